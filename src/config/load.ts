import path from 'node:path';
import type { ParseError } from 'jsonc-parser';
import { decode, type Disk } from '../disk/index.js';
import { UserError } from '../model/user-error.js';

/** What a configuration file holds, not yet checked. */
export interface Content {
  readonly file: string;
  /** The file as messages name it: relative to the working directory, with `/`. */
  readonly name: string;
  readonly value: unknown;
}

/** Which kinds of files may be read; without any, all may. */
export type Kinds = ReadonlySet<'json' | 'yaml' | 'js' | 'ts'>;

/** Loads a file; gives nothing if there is none, or if it is a `package.json` that does not speak of this tool. */
export async function load(file: string, cwd: string, disk: Disk, kinds?: Kinds): Promise<Content | undefined> {
  const name = path.relative(cwd, file).split(path.sep).join('/');
  const text = read(file, name, disk);
  if (text === undefined) return undefined;
  if (path.basename(file) === 'package.json') {
    const value = manifestKey(text);
    if (value !== undefined && kinds && !kinds.has('json') && !kinds.has('yaml')) {
      throw new UserError(
        `${name} is written in JSON, and --config-format allows ${[...kinds].join(', ')} only.`,
        'Move the configuration to another file, or name one with --config.',
      );
    }
    return value === undefined ? undefined : { file, name: `${name} (key "mi-audit")`, value };
  }
  const kind = KINDS.get(path.extname(file)) ?? 'yaml';
  if (kinds && !kinds.has(kind)) {
    throw new UserError(
      `${name} is ${PROGRAMS.has(kind) ? 'a program' : `written in ${kind.toUpperCase()}`}, and --config-format allows ${[...kinds].join(', ')} only.`,
      'Move the configuration to another file, or name one with --config.',
    );
  }
  // A file without content, like one of comments only, leaves everything as it is.
  if (text.trim() === '') return { file, name, value: {} };
  const loader = LOADERS.get(path.extname(file));
  if (!loader) {
    const known = [...LOADERS.keys()].filter((key) => key !== '').join(', ');
    throw new UserError(`${name} is of no kind that can be read.`, `A configuration file ends in ${known}.`);
  }
  // What a program says may come from anywhere.
  if (PROGRAMS.has(kind)) disk.beyond();
  return { file, name, value: (await loader(text, name, file)) ?? {} };
}

function read(file: string, name: string, disk: Disk): string | undefined {
  try {
    return decode(disk.read(file));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes(code)) return undefined;
    throw new UserError(`${name} cannot be read (${code}).`, 'Make it readable, or choose another file with --config.');
  }
}

/** A broken manifest is not judged here: discovery reports it with its place, and the audit goes on. */
function manifestKey(text: string): unknown {
  // Most do not speak of it, and it could only be spelt otherwise with an escape.
  if (!text.includes('mi-audit') && !text.includes('\\u')) return undefined;
  try {
    const manifest: unknown = JSON.parse(text);
    return typeof manifest === 'object' && manifest !== null && 'mi-audit' in manifest
      ? manifest['mi-audit']
      : undefined;
  } catch {
    return undefined;
  }
}

type Loader = (text: string, name: string, file: string) => Promise<unknown>;

/** Comments and commas at the end are as welcome as in a `tsconfig.json`. */
const loadJson: Loader = async (text, name) => {
  const { parse, printParseErrorCode, visit } = await import('jsonc-parser');
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true });
  const [error] = errors;
  if (!error) return value;
  let place = '1:1';
  visit(text, {
    onError(_, offset, __, line, character) {
      if (offset === error.offset) place = `${line + 1}:${character + 1}`;
    },
  });
  // 'CommaExpected' -> 'comma expected'
  const words = printParseErrorCode(error.error)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
  throw new UserError(`${name}:${place} is not valid JSON: ${words}.`, MEND);
};

const loadYaml: Loader = async (text, name) => {
  const { LineCounter, parseDocument } = await import('yaml');
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [error] = document.errors;
  if (error) {
    const { line, col } = lines.linePos(error.pos[0]);
    throw new UserError(`${name}:${line}:${col} is not valid YAML: ${sentence(error.message)}`, MEND);
  }
  try {
    return document.toJS();
  } catch (reason) {
    // Aliases that would unfold without end.
    throw new UserError(`${name} cannot be read: ${sentence(String(reason))}`, MEND);
  }
};

/** Runs the file, TypeScript or not. Nothing is left behind on the disk. */
const loadModule: Loader = async (text, name, file) => {
  try {
    // Where the tool is not installed in the project, as under npx, its own name leads here all the same.
    const { createJiti } = await import('jiti');
    const { toolModules } = await import('../plugins/tool-modules.js');
    const virtualModules = text.includes('mi-audit') ? await toolModules() : {};
    const jiti = createJiti(import.meta.url, { fsCache: false, virtualModules });
    return await jiti.import(file, { default: true });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const at = /:(\d{1,9}):(\d{1,9})\s*$/.exec(message.slice(-300));
    if (at && message.startsWith('ParseError:')) {
      // Its columns begin at 0.
      const place = `${at[1]}:${Number(at[2]) + 1}`;
      const words = message.slice('ParseError:'.length, message.trimEnd().lastIndexOf('\n')).trim();
      throw new UserError(`${name}:${place} cannot be understood: ${sentence(words)}`, MEND);
    }
    throw new UserError(`${name} failed when it was loaded: ${sentence(message)}`, MEND);
  }
};

const MEND = 'Mend it, or choose another file with --config.';

/** The first line of a message, with one full stop at its end. */
function sentence(message: string): string {
  return `${message.split('\n', 1)[0]!.trim().replace(/\.$/, '')}.`;
}

const KINDS = new Map<string, 'json' | 'yaml' | 'js' | 'ts'>([
  ['.json', 'json'],
  ['.jsonc', 'json'],
  ['.js', 'js'],
  ['.cjs', 'js'],
  ['.mjs', 'js'],
  ['.ts', 'ts'],
  ['.mts', 'ts'],
  ['.cts', 'ts'],
]);
const PROGRAMS = new Set(['js', 'ts']);

const LOADERS = new Map<string, Loader>([
  ['.json', loadJson],
  ['.jsonc', loadJson],
  ['.yaml', loadYaml],
  ['.yml', loadYaml],
  ['.js', loadModule],
  ['.cjs', loadModule],
  ['.mjs', loadModule],
  ['.ts', loadModule],
  ['.mts', loadModule],
  ['.cts', loadModule],
  // `.mi-auditrc`: JSON is YAML as well.
  ['', loadYaml],
]);

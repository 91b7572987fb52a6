import { posix } from 'node:path';
import type { Manifest, Problem } from '../model/input.js';
import { asObject, asStrings, readJson } from './json.js';
import type { Files } from './read.js';

/** Reads every `package.json` among the files. What is broken is reported and the rest of it still counts. */
export async function readManifests(
  paths: readonly string[],
  files: Files,
): Promise<{ manifests: Manifest[]; problems: Problem[] }> {
  const manifests: Manifest[] = [];
  const problems: Problem[] = [];
  const known = new Set(paths);
  for (const file of paths.filter((path) => posix.basename(path) === 'package.json')) {
    const text = files.text(file);
    if (text === undefined) continue;
    const { value, flaw } = readJson(text, 'strict');
    if (flaw) {
      problems.push({ ...broken(file, `is not valid JSON: ${flaw.words}.`), span: flaw.span });
    } else if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      problems.push(broken(file, 'is not a JSON object.'));
    }
    const dir = posix.dirname(file);
    const pnpm = posix.join(dir, 'pnpm-workspace.yaml');
    const workspaces = known.has(pnpm) ? await pnpmWorkspaces(pnpm, files, problems) : [];
    manifests.push(toManifest(dir, asObject(value), workspaces, text));
  }
  return { manifests: manifests.sort((a, b) => (a.dir < b.dir ? -1 : 1)), problems };
}

function broken(file: string, message: string): Problem {
  return {
    kind: 'broken-manifest',
    level: 'error',
    file,
    message: `${message} What it says of entry points and dependencies may be missing; mend it, or name it in "ignores".`,
  };
}

async function pnpmWorkspaces(file: string, files: Files, problems: Problem[]): Promise<string[]> {
  const text = files.text(file);
  if (text === undefined) return [];
  const { LineCounter, parseDocument } = await import('yaml');
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const error = document.errors[0];
  if (error) {
    const { line, col } = lines.linePos(error.pos[0]);
    const reason = error.message.split('\n', 1)[0]!.replace(/\.?$/, '.');
    problems.push({ ...broken(file, `is not valid YAML: ${reason}`), span: [line, col, line, col + 1] });
    return [];
  }
  try {
    return asStrings(asObject(document.toJS()).packages);
  } catch {
    // Aliases that would unfold without end.
    problems.push(broken(file, 'is not valid YAML: it has too many aliases.'));
    return [];
  }
}

function toManifest(
  dir: string,
  json: Readonly<Record<string, unknown>>,
  pnpm: readonly string[],
  text: string,
): Manifest {
  const { name, main, module, type, imports, exports, workspaces } = json;
  return {
    dir,
    ...(typeof name === 'string' && { name }),
    ...(typeof main === 'string' && { main }),
    ...(typeof module === 'string' && { module }),
    ...(typeof type === 'string' && { type }),
    ...(typeof json.private === 'boolean' && { private: json.private }),
    bin: binOf(json, dir),
    scripts: stringsByName(json.scripts),
    // Peers and optional packages are there in production too, if they are there at all.
    dependencies: {
      ...stringsByName(json.peerDependencies),
      ...stringsByName(json.optionalDependencies),
      ...stringsByName(json.dependencies),
    },
    devDependencies: stringsByName(json.devDependencies),
    ...(imports !== undefined && { imports }),
    ...(exports !== undefined && { exports }),
    workspaces: [...asStrings(Array.isArray(workspaces) ? workspaces : asObject(workspaces).packages), ...pnpm],
    text,
  };
}

/** `bin` may be a path alone; the command is then called like the package, without its scope. */
function binOf({ bin, name }: Readonly<Record<string, unknown>>, dir: string): Record<string, string> {
  if (typeof bin !== 'string') return stringsByName(bin);
  const command = typeof name === 'string' ? name.replace(/^@[^/]*\//, '') : posix.basename(dir);
  return { [command]: bin };
}

function stringsByName(value: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(asObject(value)).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

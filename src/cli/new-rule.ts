import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../model/user-error.js';
import { entryOf, nameOf, skeleton, withRule } from '../plugins/skeleton.js';
import type { NewRuleRequest } from './arguments.js';
import { type Io, print } from './io.js';

const KEBAB_CASE = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
/** Where the rules of an application live that brings its own. */
const FOLDER = 'mi-audit-rules';

/** `mi-audit new-rule ID`: starts a rule of one's own, as a package in an empty folder, or in a folder of an application. Nothing is overwritten. */
export async function newRule(request: NewRuleRequest, version: string, io: Io): Promise<number> {
  const { id, runner } = request;
  if (!KEBAB_CASE.test(id))
    throw new UserError(`${JSON.stringify(id)} is no id for a rule.`, 'Name the hazard in kebab-case: local-clock.');
  const name = nameOfPackage(io.cwd);
  if (name === 'mi-audit')
    throw new UserError(
      'this is the repository of mi-audit itself.',
      `Here a rule is started by: npm run new-rule ${id}`,
    );
  const isPackage = name === undefined || isPluginName(name);
  const folder = isPackage ? '' : FOLDER;
  const extension = isPackage ? 'js' : 'mjs';
  const entryFile = isPackage ? entryOf(extension) : `${folder}/${entryOf(extension)}`;
  const entry = join(io.cwd, entryFile);
  const before = existsSync(entry) ? readFileSync(entry, 'utf8') : undefined;
  const plugin = request.plugin ?? (before && pluginName(before)) ?? nameFor(name, io.cwd);
  if (!KEBAB_CASE.test(plugin))
    throw new UserError(`${JSON.stringify(plugin)} is no name for a plugin.`, 'Give one in kebab-case: --plugin acme.');

  const files = new Map(skeleton({ id, plugin, folder, runner, version, extension, withManifest: name === undefined }));
  const extended = before === undefined ? undefined : withRule(before, id, extension);
  if (before !== undefined) files.delete(entryFile);
  const taken = [...files.keys()].find((file) => existsSync(join(io.cwd, file)));
  if (taken !== undefined)
    throw new UserError(`${taken} is there already, and nothing was written.`, 'Choose another id, or go on there.');
  if (extended !== undefined) files.set(entryFile, extended);
  for (const [file, text] of files) write(join(io.cwd, file), text);

  const lines = [...files.keys()].map((file) => `${file === entryFile && extended ? 'changed' : 'wrote'} ${file}`);
  if (before !== undefined && extended === undefined)
    lines.push(
      `Add it to ${entryFile}: import ${nameOf(id)} from './rules/${id}.${extension}'; and ${nameOf(id)} to its rules.`,
    );
  lines.push('', ...next(isPackage, name === undefined, plugin, runner, id));
  await print(io.stdout, `${lines.join('\n')}\n`);
  return 0;
}

function next(
  isPackage: boolean,
  isNew: boolean,
  plugin: string,
  runner: NewRuleRequest['runner'],
  id: string,
): string[] {
  const test = runner === 'vitest' ? `npx vitest run ${FOLDER}` : `node --test ${FOLDER}/test/${id}.test.mjs`;
  const named = isPackage ? `mi-audit-plugin-${plugin}` : `./${FOLDER}/${entryOf('mjs')}`;
  return [
    isPackage ? `Try it: ${isNew ? 'npm install && npm test' : 'npm test'}` : `Try it: ${test}`,
    `Use it: "plugins": [${JSON.stringify(named)}] in the configuration of mi-audit.`,
    'How rules are written: https://github.com/mi-audit/mi-audit/blob/main/docs/plugins.md',
  ];
}

function write(file: string, text: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new UserError(`${file} could not be written (${code}).`, 'Choose a folder that is writable.');
  }
}

/** `undefined` where there is no manifest; one without a name is an application's. */
function nameOfPackage(folder: string): string | undefined {
  const file = join(folder, 'package.json');
  if (!existsSync(file)) return undefined;
  try {
    const { name } = JSON.parse(readFileSync(file, 'utf8')) as { name?: unknown };
    return typeof name === 'string' ? name : '';
  } catch {
    throw new UserError('package.json is not valid JSON.', 'Mend it first.');
  }
}

function isPluginName(name: string): boolean {
  return /(^|\/)mi-audit-plugin(-|$)/.test(name);
}

function pluginName(entry: string): string | undefined {
  return /\bname: ['"]([a-z0-9-]+)['"]/.exec(entry)?.[1];
}

/** From `mi-audit-plugin-acme`, `@acme/mi-audit-plugin`, the application's name, or the folder's. */
function nameFor(name: string | undefined, cwd: string): string {
  const [, scope, rest] = /^(?:@([^/]+)\/)?mi-audit-plugin(?:-(.+))?$/.exec(name ?? basename(cwd)) ?? [];
  const source = rest ?? scope ?? (name || basename(cwd)).replace(/^@[^/]+\//, '');
  return (
    source
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^[^a-z]+|-$/g, '') || 'own'
  );
}

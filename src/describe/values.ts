import type { Command, Environment, Stated, Probe } from '../model/deployment.js';
import { entries, get, type Tree, textOf } from '../parse/tree.js';
import { commandOf, execCommand, shellCommand, wordsOf } from './commands.js';
import type { Source } from './source.js';

/* Forms that several kinds of descriptors share. */

/** `1m30s`, `500ms`, `30`, as seconds. */
export function seconds(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const plain = text.trim();
  if (/^\d+(?:\.\d+)?$/.test(plain)) return Number(plain);
  const parts = [...plain.matchAll(/(?<!\d)(\d+(?:\.\d+)?)\s*(ms|us|ns|m(?:in)?|s(?:ec)?|h|d)/g)];
  if (parts.length === 0 || parts.map(([whole]) => whole).join('') !== plain.replace(/(?<!\s)\s+(?=\d)/g, ''))
    return undefined;
  return parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (UNITS[unit as string] ?? 0), 0);
}

const UNITS: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  ms: 0.001,
  s: 1,
  sec: 1,
  m: 60,
  min: 60,
  h: 3600,
  d: 86_400,
};

export function givenSeconds(source: Source, tree: Tree | undefined): Stated<number> | undefined {
  const given = source.given(tree);
  if (!given) return undefined;
  const value = seconds(given.value);
  return { ...(value === undefined ? {} : { value }), place: given.place };
}

/**
 * Variables as a map, as a list of `NAME=value`, or as a list of maps with a name and a value. What is put together from other
 * variables, or comes from elsewhere, is there without its value.
 */
export function environment(
  source: Source,
  tree: Tree | undefined,
  names: readonly string[] = ['name', 'key'],
): Environment {
  const found: [string, Stated<string>][] = [];
  for (const { key, keySpan, value } of entries(tree)) {
    if (value.kind === 'value' && value.value === null) found.push([key, { place: source.place(keySpan) }]);
    else found.push([key, settled(source.given(value) ?? { place: source.place(keySpan) })]);
  }
  for (const item of tree?.kind === 'list' ? tree.items : []) {
    const place = source.place(item.span);
    const line = textOf(item);
    if (line !== undefined) {
      const equals = line.indexOf('=');
      found.push(
        equals < 0 ? [line, { place }] : [line.slice(0, equals), settled({ value: line.slice(equals + 1), place })],
      );
    } else if (item.kind === 'map') {
      const name = names.map((one) => textOf(get(item, one))).find((one) => one !== undefined);
      if (name !== undefined) found.push([name, { ...settled(source.given(get(item, 'value')) ?? { place }), place }]);
    }
  }
  return Object.fromEntries(found);
}

function settled({ value, place }: Stated<string>): Stated<string> {
  return value === undefined || /\$\{|(?<!\$)\$[A-Za-z_]|\(\(/.test(value) ? { place } : { value, place };
}

/** `test: ["CMD", "curl", …]`, `["CMD-SHELL", "…"]`, `"curl …"`, as Docker's health checks have it. */
export function healthTest(source: Source, tree: Tree | undefined): Command | 'off' | undefined {
  if (!tree) return undefined;
  const words = wordsOf(tree);
  const first = words[0]?.value;
  if (first === 'NONE') return 'off';
  if (tree.kind !== 'list') return commandOf(source, 'start', tree, 'shell');
  if (first === 'CMD') return execCommand(source, 'start', words.slice(1));
  const line = words[1];
  return first === 'CMD-SHELL' && line
    ? shellCommand(source, 'start', line.value, line.raw)
    : commandOf(source, 'start', tree, 'shell');
}

/** The path that a command asks for over HTTP: `curl -f http://localhost:3000/health`. */
export function pathAsked(command: Command | undefined): string | undefined {
  for (const word of command?.steps.flatMap(({ words }) => words) ?? []) {
    const path = /https?:\/\/[^/\s'"]+(\/[^\s'"?]*)?/.exec(word);
    if (path) return path[1] ?? '/';
  }
  return undefined;
}

export function healthProbe(
  source: Source,
  tree: Tree,
  kind: Probe['kind'],
  command: Command | 'off' | undefined,
): Probe {
  const place = source.place(tree.span);
  if (command === 'off' || command === undefined)
    return { kind, ...(command === 'off' ? { off: true as const } : {}), place };
  const path = pathAsked(command);
  return { kind, command, ...(path === undefined ? {} : { path: { value: path, place: command.place } }), place };
}

/** A path that is asked for by the platform itself. */
export function httpProbe(source: Source, tree: Tree | undefined, kind: Probe['kind'] = 'health'): readonly Probe[] {
  const path = source.given(tree);
  return path && tree ? [{ kind, path, place: source.place(tree.span) }] : [];
}

import {
  type Call,
  type Condition,
  type EmbeddedDatabase,
  type Expr,
  type Fn,
  type Given,
  isTemporary,
  type Option,
  optionsAt,
  type Program,
  pathText,
  type Unit,
  USER_PHASES,
  type Value,
} from '../../src/api/index.js';
import type { Driver } from './drivers.js';

/** Where the data of a database is. */
export type Home =
  | {
      readonly kind: 'file';
      readonly path: string | undefined;
      readonly when: readonly Condition[];
      /** The call that puts the file's name together, where one does. */
      readonly file?: string;
      /** What it is named with. */
      readonly at?: { readonly unit: Unit; readonly expr: Expr };
    }
  | { readonly kind: 'memory'; readonly path: string | undefined; readonly when: readonly Condition[] }
  | { readonly kind: 'scratch'; readonly reason: string }
  | { readonly kind: 'elsewhere' };

const MEMORY = /^(?:$|:memory:$|memory:\/\/|file::memory:|file:.*\bmode=memory\b)/;
const READ_ONLY_ADDRESS = /^file:.*\b(?:mode=ro|immutable=1)\b/;

export function homeOf(program: Program, call: Call, entry: EmbeddedDatabase, driver: Driver): Home {
  const given = (entry.file ?? []).flatMap((one) => namesOf(program, call, entry, one, driver));
  const [option] = given;
  if (isReadOnly(program, call, entry)) return { kind: 'scratch', reason: 'it is opened for reading only' };
  if (!option) {
    if (entry.otherwise === 'elsewhere') return { kind: 'elsewhere' };
    // `options.storage = file`, a line of its own: that much is said, and not which.
    const file = nameOfPackage(program, call, entry);
    if (file !== undefined) return { kind: 'file', path: undefined, when: [], file };
    if (entry.otherwise === 'memory' && !isGivenLater(program, call, entry)) return inMemory(program, call, entry, []);
    return { kind: 'file', path: undefined, when: [] };
  }
  const { text, when } = option;
  if (READ_ONLY_ADDRESS.test(text)) return { kind: 'scratch', reason: 'it is opened for reading only' };
  if (MEMORY.test(text)) return inMemory(program, call, entry, when);
  if (isTemporary(program, option.unit, option.expr))
    return { kind: 'scratch', reason: 'a scratch file in the temporary folder' };
  const made = program.values(option.unit, option.expr).flatMap(({ value }) => {
    const by = value.kind === 'external' ? value.call : undefined;
    return by && by !== call ? [`${by.unit.file} ${by.id}`] : [];
  });
  const file = made.length === 1 ? made[0] : undefined;
  return {
    kind: 'file',
    path: text === '…' ? undefined : text,
    when,
    ...(file ? { file } : {}),
    at: { unit: option.unit, expr: option.expr },
  };
}

/** A function with a name of its own that nothing which runs comes to: tests call it, and they are not here. */
function isLeftAlone(program: Program, fn: Fn, depth = 0): boolean {
  if (fn.id === 0 || !fn.fact.name || depth > 4) return false;
  return program.callers(fn).every((call) => isLeftAlone(program, call.fn, depth + 1));
}

function isGivenLater(program: Program, call: Call, entry: EmbeddedDatabase): boolean {
  return (entry.file ?? []).some(({ arg, path }) => {
    const options = call.fact.args[arg];
    return (
      options !== undefined &&
      path !== undefined &&
      program.property(call.unit, options, path.split('.')).some(({ value }) => value.kind !== 'undefined')
    );
  });
}

/** `new Database(config.url)`, where a package gave the configuration: some name stands there, the same wherever it does. */
function nameOfPackage(program: Program, call: Call, { file }: EmbeddedDatabase): string | undefined {
  const names = (file ?? []).flatMap(({ arg, path }) => {
    const name = path === undefined ? call.fact.args[arg] : undefined;
    return name?.k === 'member' ? program.values(call.unit, name) : [];
  });
  return names.flatMap(({ value }) =>
    value.kind === 'external' && !value.api.endsWith('()')
      ? [`${value.api} ${value.call?.unit.file ?? ''} ${value.call?.id ?? ''}`]
      : [],
  )[0];
}

function inMemory(program: Program, call: Call, entry: EmbeddedDatabase, when: readonly Condition[]): Home {
  if (entry.computes) return { kind: 'scratch', reason: 'in memory it only computes, and keeps nothing' };
  const phases = new Set(program.reaches(call.fn).map(({ phase }) => phase));
  // One made for a request is gone with it.
  if (phases.size > 0 && [...phases].every((phase) => USER_PHASES.includes(phase) || phase === 'job'))
    return { kind: 'scratch', reason: 'made in memory for one request, and gone with it' };
  if (phases.size === 0 && !entry.driver && isLeftAlone(program, call.fn))
    return { kind: 'scratch', reason: 'made in memory by a function that nothing here calls' };
  return { kind: 'memory', path: undefined, when };
}

interface Name extends Option {
  readonly text: string;
}

/** The names that are given in one place; of an address only local ones count, with what must hold for it to be one. */
function namesOf(program: Program, call: Call, entry: EmbeddedDatabase, at: Given, driver: Driver): Name[] {
  return optionsOf(program, call, entry, at, driver).flatMap((option) => {
    const all = program.values(option.unit, option.expr);
    const texts = all.flatMap(({ value, when }) => {
      const text = textOf(program, option, entry, value);
      return text === undefined ? [] : [{ text, when }];
    });
    // Whichever file it is, it is a file; the conditions matter where it can be something else.
    return texts.map(({ text, when }) => ({
      ...option,
      text,
      when: texts.length === all.length ? option.when : [...option.when, ...when],
    }));
  });
}

function textOf(program: Program, option: Option, entry: EmbeddedDatabase, value: Value): string | undefined {
  const isLocal = (text: string) => entry.local === undefined || new RegExp(entry.local, 'i').test(text);
  if (value.kind === 'literal')
    return typeof value.value === 'string' && isLocal(value.value) ? value.value : undefined;
  // Options and connections in the place of a name have entries of their own.
  if (value.kind !== 'unknown' && !(value.kind === 'external' && /^(?:env|path|url):/.test(value.api)))
    return undefined;
  // An address from the environment can be anything.
  if (value.kind === 'external' && entry.local) return undefined;
  const text = pathText(program, option.unit, option.expr);
  const isText = text !== '…' || (entry.otherwise !== 'elsewhere' && !entry.local);
  return isText && isLocal(text) ? text : undefined;
}

function optionsOf(program: Program, call: Call, entry: EmbeddedDatabase, at: Given, driver: Driver): Option[] {
  const path = at.path?.split('.') ?? [];
  if (entry.driver && driver.options && at.arg === entry.driver.arg) {
    // The driver's own set of options, so that one way's file is not taken for another's.
    const above = entry.driver.path.split('.').slice(0, -1);
    const own = path.slice(above.length);
    return optionsAt(program, { ...driver.options, when: [] }, own);
  }
  const expr = call.fact.args[at.arg];
  return expr ? optionsAt(program, { unit: call.unit, expr, span: call.fact.span, when: [] }, path) : [];
}

function isReadOnly(program: Program, call: Call, { readOnly }: EmbeddedDatabase): boolean {
  const arg = readOnly ? call.fact.args[readOnly.arg] : undefined;
  if (!readOnly || !arg) return false;
  const path = readOnly.path?.split('.') ?? [];
  const values = path.length ? program.property(call.unit, arg, path) : program.values(call.unit, arg);
  return values.some(({ value }) =>
    readOnly.in
      ? value.kind === 'external' && readOnly.in.includes(value.api)
      : value.kind === 'literal' && value.value === true,
  );
}

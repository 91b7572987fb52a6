import { posix } from 'node:path';
import { type ConfigurationFile, configurationFiles } from '../knowledge/configuration-files.js';
import type { CallFact, ExportFact, Expr } from '../model/facts.js';
import type { Call, Unit } from '../model/program.js';
import type { Span } from '../model/span.js';
import { dependsOn, insideOf } from './modules/file-kinds.js';
import { isTestFile } from '../knowledge/test-files.js';
import type { Linked, Tables } from './tables.js';
import type { Values } from './values/values.js';

/*
 * Files that a framework reads for its options are made calls of that framework, with what they export as the argument. No
 * function is entered by them, and nothing in the program refers to them: they are there to be asked for.
 */

const FILES = configurationFiles.map((entry) => ({ ...entry, pattern: new RegExp(entry.files) }));
const DEEPEST = 6;
/** The number of a call that is written nowhere. */
export const BEHIND_ALL_CALLS = 1_000_000_000;

/** The calls that stand for configuration files, each with its API path. */
export function configurationCalls(tables: Tables, values: Values): ReadonlyMap<Call, string> {
  const found = new Map<Call, string>();
  // What holds for all environments goes before what one of them adds.
  const units = [...tables.units].sort((a, b) => depth(a.file) - depth(b.file));
  for (const unit of units) {
    const { manifest } = unit;
    if (!manifest || unit.vendored || isTestFile(unit.file)) continue;
    const inside = insideOf(unit);
    for (const entry of FILES) {
      if (!entry.pattern.test(inside) || !dependsOn(manifest, entry.packages)) continue;
      const call = read(tables, values, unit, entry, turnedOff(tables, manifest.dir, entry));
      if (call) found.set(call, entry.api);
      break;
    }
  }
  return found;
}

function depth(file: string): number {
  return file.split('/').length;
}

/** The parts that a settings file turns off: `{ "hooks": { "session": false } }`. */
function turnedOff(tables: Tables, dir: string, { off }: ConfigurationFile): ReadonlySet<string> {
  const names = new Set<string>();
  if (!off) return names;
  for (const settings of tables.settings(off.file)) {
    const parts = settings.dir === dir ? record(record(settings.value)[off.under]) : {};
    for (const [name, value] of Object.entries(parts)) if (value === false) names.add(name);
  }
  return names;
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function read(
  tables: Tables,
  values: Values,
  unit: Linked,
  { underName }: ConfigurationFile,
  off: ReadonlySet<string>,
): Call | undefined {
  const whole = tables.exportsNamed(unit, ['=', 'default']).find(({ value }) => value);
  const own = whole?.value ?? together(unit.facts.exports);
  const span = whole?.span ?? unit.facts.exports[0]?.span;
  if (!own || !span) return undefined;
  const given = optionsIn(values, unit, own);
  const name = posix.basename(unit.file).replace(/\.[cm]?[jt]s$/, '');
  const options = without(underName ? put(name, given.expr, span) : given.expr, off);
  const fact: CallFact = {
    callee: { k: 'other', parts: [] },
    args: [options],
    fn: 0,
    when: [],
    use: 'used',
    span,
  };
  // The place is of the file that the framework reads; what it hands on may stand in another one.
  return given.unit === unit ? { unit, id: BEHIND_ALL_CALLS, fact, fn: tables.fn(unit, 0) } : undefined;
}

/** `exports.session = …; exports.sockets = …` as one object. */
function together(exports: readonly ExportFact[]): Expr | undefined {
  const props = exports.flatMap(({ name, value, span }) => (value && name !== '*' ? [{ name, value, span }] : []));
  const span = props[0]?.span;
  return span ? { k: 'object', props, span } : undefined;
}

function without(options: Expr, off: ReadonlySet<string>): Expr {
  if (options.k !== 'object' || off.size === 0) return options;
  return { ...options, props: options.props.filter(({ name }) => name === undefined || !off.has(name)) };
}

function put(name: string, value: Expr, span: Span): Expr {
  return { k: 'object', props: [{ name, value, span }], span };
}

/**
 * What stands inside the calls of packages that only add to it or say its type, `withSentry(config, {…})`,
 * `withPlugins([…])(config)`, `defineConfig({…})`, and what a function gives: `({ env }) => ({ … })`.
 */
function optionsIn(values: Values, unit: Unit, expr: Expr, step = 0): { readonly unit: Unit; readonly expr: Expr } {
  if (step > DEEPEST) return { unit, expr };
  for (const { value } of values.of(unit, expr)) {
    if (value.kind === 'function') {
      const [only, ...others] = value.fn.fact.returns.flatMap((one) => one.value ?? []);
      // Of several it may be any: whoever reads the options asks for each with its conditions.
      if (only && others.length === 0) return optionsIn(values, value.fn.unit, only, step + 1);
    }
    if (value.kind !== 'external' || !value.call) continue;
    const { call } = value;
    const first = call.fact.args.find((arg) =>
      values.of(call.unit, arg).some((one) => /^(?:object|function|external)$/.test(one.value.kind)),
    );
    if (first) return optionsIn(values, call.unit, first, step + 1);
  }
  return { unit, expr };
}

import { ApiTable } from '../knowledge/api-table.js';
import type { PluginStyle } from '../knowledge/types.js';
import type { Expr } from '../model/facts.js';
import type { Call, Program, Unit } from '../model/program.js';
import { callsKnown, callsOfMember, inOrder } from './calls.js';
import { onceOf } from './once.js';

/** A call that knowledge knows, and the expression that holds its options. */
export interface Match<T> {
  readonly call: Call;
  readonly entry: T;
  readonly options?: { readonly unit: Unit; readonly expr: Expr };
}

interface Known {
  readonly api: string;
  readonly plugin?: PluginStyle;
  /** Which argument holds the options; -1 for none. */
  readonly options: number;
}

/** Finds the calls of a table, those that hand a plugin to a framework's `register` among them. */
export function matches<T extends Known>(program: Program, table: readonly T[]): readonly Match<T>[] {
  return search(program, table) as readonly Match<T>[];
}

const search = onceOf((program: Program, table: readonly Known[]): readonly Match<Known>[] => {
  const direct = new ApiTable(table.filter(({ plugin }) => !plugin).map((entry) => ({ patterns: [entry.api], entry })));
  const calls = new Map(callsKnown(program, direct).map(({ call, api }) => [call, api]));
  const plugged = table.filter(({ plugin }) => plugin);
  if (plugged.length === 0) return [...calls].flatMap(([call, api]) => ofTable(call, direct.find(api)));
  const plugins = new ApiTable(plugged.map((entry) => ({ patterns: [entry.api], entry })));
  const registers = callsOfMember(program, ['register']);
  return inOrder(program, [...calls.keys(), ...registers]).flatMap((call) => {
    const api = calls.get(call);
    const own = api === undefined ? [] : ofTable(call, direct.find(api));
    const { callee, args } = call.fact;
    if (callee.k !== 'member' || callee.name !== 'register' || !args[0]) return own;
    return [...own, ...registered(program, call, call.unit, args[0], plugins)];
  });
});

/** Several where an entry holds for some versions only. */
function ofTable<T extends Known>(call: Call, entries: readonly T[]): Match<T>[] {
  return entries.map((known) => withOptions(call, known, call.unit, call.fact.args[known.options]));
}

/** `register(plugin, options)`, `register({ plugin, options })`, `register([…])`. */
function registered<T extends Known>(
  program: Program,
  call: Call,
  unit: Unit,
  expr: Expr,
  plugins: ApiTable<T>,
): Match<T>[] {
  const found: Match<T>[] = [];
  for (const { value } of program.values(unit, expr)) {
    if (value.kind === 'external') {
      const entry = plugins.first(value.api.replace(/\(\)$/, ''));
      if (entry?.plugin === 'fastify') found.push(withOptions(call, entry, call.unit, call.fact.args[entry.options]));
      else if (entry) found.push({ call, entry });
    } else if (value.kind === 'array') {
      for (const item of value.items) found.push(...registered(program, call, value.unit, item, plugins));
    } else if (value.kind === 'object') {
      const plugin = value.expr.props.find(({ name }) => name === 'plugin')?.value;
      const options = value.expr.props.find(({ name }) => name === 'options')?.value;
      for (const one of plugin ? program.values(value.unit, plugin) : []) {
        const entry = one.value.kind === 'external' ? plugins.first(one.value.api) : undefined;
        if (entry) found.push(withOptions(call, entry, value.unit, options));
      }
    }
  }
  return found;
}

function withOptions<T>(call: Call, entry: T, unit: Unit, expr: Expr | undefined): Match<T> {
  return expr ? { call, entry, options: { unit, expr } } : { call, entry };
}

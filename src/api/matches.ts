import { ApiTable } from '../knowledge/api-table.js';
import type { PluginStyle } from '../knowledge/types.js';
import type { Expr } from '../model/facts.js';
import type { Call, Program, Unit } from '../model/program.js';

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
export function matches<T extends Known>(program: Program, table: readonly T[]): Match<T>[] {
  const direct = new ApiTable(table.filter(({ plugin }) => !plugin).map((entry) => ({ patterns: [entry.api], entry })));
  const plugins = new ApiTable(table.filter(({ plugin }) => plugin).map((entry) => ({ patterns: [entry.api], entry })));
  const found: Match<T>[] = [];
  for (const call of program.calls) {
    const api = program.apis(call).find((one) => direct.first(one) !== undefined);
    // Several where an entry holds for some versions only.
    for (const known of api ? direct.find(api) : [])
      found.push(withOptions(call, known, call.unit, call.fact.args[known.options]));
    const { callee, args } = call.fact;
    if (callee.k === 'member' && callee.name === 'register' && args[0])
      found.push(...registered(program, call, call.unit, args[0], plugins));
  }
  return found;
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

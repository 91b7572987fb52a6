import type { Expr } from '../../model/facts.js';
import type { Call, Fn } from '../../model/program.js';
import type { CallGraph } from '../calls/graph.js';
import type { Tables } from '../tables.js';

/** More helpers around helpers than anybody writes. */
const MOST = 400;

/**
 * Functions of the project that send the database the statement that their caller writes: `query: (text, values) =>
 * pool.query(text, values)`. What such a function does, only the call of it tells.
 */
export class SqlHelpers {
  /** The argument that is the statement, of each call of such a function. */
  private readonly asked = new Map<Call, number>();
  /** The calls in such functions that send on what was given. */
  private readonly sending = new Set<Call>();

  /** @param argument The argument of a call that is a statement, where the call is a database's. */
  constructor(
    private readonly tables: Tables,
    private readonly graph: CallGraph,
    argument: (call: Call) => number | undefined,
  ) {
    const helpers: { readonly fn: Fn; readonly index: number }[] = [];
    const seen = new Set<string>();
    const note = (call: Call, index: number) => {
      const helper = this.given(call, index);
      if (!helper) return;
      this.sending.add(call);
      const key = `${helper.fn.unit.file} ${helper.fn.id} ${helper.index}`;
      if (seen.has(key) || helpers.length >= MOST) return;
      seen.add(key);
      helpers.push(helper);
    };
    for (const unit of tables.served)
      for (const call of unit.calls) {
        const index = argument(call);
        if (index !== undefined) note(call, index);
      }
    for (const { fn, index } of helpers)
      for (const call of this.graph.callersOf.get(fn) ?? []) {
        if (this.asked.has(call)) continue;
        this.asked.set(call, index);
        note(call, index);
      }
  }

  /** The argument of a call that a helper sends as a statement; nothing where the caller itself was given it. */
  statementOf(call: Call): number | undefined {
    return this.sending.has(call) ? undefined : this.asked.get(call);
  }

  /** The statement is the caller's. */
  sendsOn(call: Call): boolean {
    return this.sending.has(call);
  }

  isAsked(call: Call): boolean {
    return this.asked.has(call);
  }

  /** The function around the call one of whose parameters is the argument. */
  private given(call: Call, index: number): { readonly fn: Fn; readonly index: number } | undefined {
    const arg = call.fact.args[index];
    const binding = arg && call.unit.facts.bindings[bindingOf(arg)];
    if (binding?.kind !== 'param' || !binding.param || binding.param.path || binding.param.rest) return undefined;
    return { fn: this.tables.fn(call.unit, binding.fn), index: binding.param.index };
  }
}

/** `text`, `{ text }`. */
function bindingOf(expr: Expr): number {
  if (expr.k === 'id') return expr.b;
  if (expr.k !== 'object') return -1;
  const text = expr.props.find(({ name }) => name === 'text' || name === 'sql');
  return text?.value.k === 'id' ? text.value.b : -1;
}

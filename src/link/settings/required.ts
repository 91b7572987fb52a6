import type { CallFact } from '../../model/facts.js';
import type { Condition, Unit } from '../../model/program.js';
import { within } from '../state/observed.js';
import { text } from '../tables.js';

/*
 * What a file demands while it is loaded: `if (!process.env.VIEWS) throw new Error('VIEWS must be set')`. A process that goes on has
 * it, so that what follows depends on nothing.
 */
export class Required {
  private readonly known = new Map<Unit, ReadonlySet<string>>();

  /** A condition that holds in every process that comes past it. */
  has({ unit, fact }: Condition): boolean {
    return fact.kind === 'exit' && this.in(unit).has(key(fact));
  }

  /** The tests under which loading the file fails. */
  private in(unit: Unit): ReadonlySet<string> {
    const before = this.known.get(unit);
    if (before) return before;
    // What is caught ends nothing.
    const thrown = (unit.facts.throws ?? []).filter(
      ({ fn, span }) => fn === 0 && !unit.facts.tries?.some(({ block }) => within(span, block)),
    );
    const fails = isFailure(unit);
    const found = new Set<string>();
    for (const call of unit.facts.calls) {
      if (call.fn !== 0 || call.when.length === 0) continue;
      const isThrown = thrown.some(({ span }) => within(call.span, span));
      const last = isThrown || fails(call) ? unit.facts.conditions[call.when.at(-1) as number] : undefined;
      if (last?.kind === 'if') found.add(key(last));
    }
    this.known.set(unit, found);
    return found;
  }
}

/** `process.exit(1)`: with another number it may be that all is done. */
function isFailure(unit: Unit): (call: CallFact) => boolean {
  return ({ callee, args: [code] }) =>
    callee.k === 'member' && text(unit, callee) === 'process.exit' && code?.k === 'lit' && Number(code.v) > 0;
}

function key({ span }: { readonly span: readonly number[] }): string {
  return span.join(':');
}

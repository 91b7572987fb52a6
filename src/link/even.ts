import type { BindingFact, CallFact, FileFacts } from '../model/facts.js';

/*
 * Facts say only what there is to say, so that calls alone come with five different lists of properties. The engine compiles a
 * function for the lists that it has met, and once more for each that it meets later; of the processor time of linking nearly half is
 * such compiling. Here the facts that are read most get all their properties, in one order.
 */

/** The same facts, calls and bindings with all their properties. */
export function evened(facts: FileFacts): FileFacts {
  const { file, functions, classes, accesses, conditions, tries, throws, imports, exports, directives } = facts;
  return {
    file,
    functions,
    classes,
    bindings: facts.bindings.map(evenBinding),
    calls: facts.calls.map(evenCall),
    accesses,
    conditions,
    tries,
    throws,
    imports,
    exports,
    directives,
    globals: facts.globals,
    jsx: facts.jsx,
    shebang: facts.shebang,
    more: facts.more,
  } as FileFacts;
}

function evenCall(fact: CallFact): CallFact {
  const { callee, args, fn, when, use, span } = fact;
  return { callee, args, new: fact.new, decorates: fact.decorates, fn, when, use, span, loop: fact.loop } as CallFact;
}

function evenBinding({ name, kind, fn, nested, span, init, type, from, param }: BindingFact): BindingFact {
  return { name, kind, fn, nested, span, init, type, from, param } as BindingFact;
}

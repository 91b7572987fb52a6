import type { Call, Fn, Unit } from '../../model/program.js';
import type { CallGraph } from '../calls/graph.js';
import { type Tables, text } from '../tables.js';
import type { Values } from '../values/values.js';

/*
 * What leads to the opening of a server, and what the same program does instead when it is told to.
 */

const OPENS =
  /^(?:https?:createServer|net:createServer|http2:create(?:Secure)?Server|express:|fastify:|koa:|@hapi\/hapi:(?:Server|server))\(\)\.(?:listen|start)$/;
/** How far above the call that opens the server the start may be. */
const STEPS_TO_OPEN = 4;

export function startingServers(
  tables: Tables,
  values: Values,
  graph: CallGraph,
  atBoot: (fn: Fn) => boolean,
): Set<Fn> {
  const found = new Set<Fn>();
  let near = tables.served.flatMap((unit) =>
    unit.calls.filter((call) => values.calleeApis(call).some((api) => OPENS.test(api))).map((call) => call.fn),
  );
  for (let step = 0; step < STEPS_TO_OPEN; step++) {
    const next: Fn[] = [];
    for (const fn of near) {
      // Of a module's own top, and of what does not run at the start, it is not known that it starts anything.
      if (fn.id === 0 || !atBoot(fn) || found.has(fn)) continue;
      found.add(fn);
      for (const call of graph.callersOf.get(fn) ?? []) next.push(call.fn);
    }
    near = next;
  }
  return found;
}

/** Asked of what the program was told on its command line. */
const TOLD = /command|argv|(?:^|[^a-z])(?:cmd|cli|args)(?:[^a-z]|$)/i;

/**
 * `if (command) await command.run(); else app.listen(port);`: the calls on the way that is taken instead of opening the server. The
 * program ends with them, and nobody is served.
 */
export function commandCalls(tables: Tables, values: Values, graph: CallGraph): ReadonlySet<Call> {
  const found = new Set<Call>();
  const opening = new Set<Call>();
  let near = tables.served.flatMap((unit) =>
    unit.calls.filter((call) => values.calleeApis(call).some((api) => OPENS.test(api))),
  );
  for (let step = 0; step < STEPS_TO_OPEN && near.length > 0; step++) {
    for (const call of near) opening.add(call);
    near = [...new Set(near.map(({ fn }) => fn))]
      .filter((fn) => fn.id !== 0)
      .flatMap((fn) => graph.callersOf.get(fn) ?? [])
      .filter((call) => !opening.has(call));
  }
  for (const { unit, fn, fact } of opening)
    for (const id of fact.when)
      if (isTold(unit, id))
        for (const call of tables.callsIn(fn))
          if (!opening.has(call) && call.fact.when.some((other) => isOpposite(unit, id, other))) found.add(call);
  return found;
}

function isTold(unit: Unit, id: number): boolean {
  const condition = unit.facts.conditions[id];
  return condition !== undefined && TOLD.test(text(unit, condition.test));
}

function isOpposite(unit: Unit, one: number, other: number): boolean {
  const [a, b] = [unit.facts.conditions[one], unit.facts.conditions[other]];
  return a !== undefined && b !== undefined && a.sense !== b.sense && a.span.join(':') === b.span.join(':');
}

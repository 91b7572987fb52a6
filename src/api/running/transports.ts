import { ApiTable } from '../../knowledge/api-table.js';
import { type PollingKnowledge, pollingClients } from '../../knowledge/sockets/polling.js';
import type { CallFact, Expr } from '../../model/facts.js';
import type { Program, Unit } from '../../model/program.js';
import type { Place } from '../../model/span.js';

/** Which transports a server or client of sockets is set up with: with none named, long polling is among them. */
export type Transports = 'polling' | 'without polling' | 'unknown';

const STAYS_OPEN = new Set(['websocket', 'webtransport']);

/** A call, also one in a page, which the program has no calls of. */
interface Connecting {
  readonly unit: Unit;
  readonly fact: CallFact;
}

const CLIENTS = new ApiTable<PollingKnowledge>(pollingClients.map((entry) => ({ patterns: [entry.api], entry })));

/** The places where the project's own clients connect, pages among them, and with which transports. */
export function clientTransports(
  program: Program,
): readonly { readonly place: Place; readonly transports: Transports }[] {
  return program.units
    .filter(({ facts, roles, vendored }) => !vendored && !roles.has('test') && facts.imports.some(isOfClient))
    .flatMap((unit) =>
      unit.facts.calls.flatMap((fact) => {
        const entry = program
          .values(unit, fact.callee)
          .map(({ value }) => (value.kind === 'external' ? CLIENTS.first(value.api) : undefined))
          .find((one) => one !== undefined);
        if (!entry) return [];
        const transports = transportsOf(program, { unit, fact }, entry.args);
        return [{ place: { file: unit.file, span: fact.span }, transports }];
      }),
    );
}

function isOfClient({ specifier }: { readonly specifier?: string }): boolean {
  return specifier !== undefined && pollingClients.some(({ api }) => api.split(':')[0] === specifier);
}

/** What is told by `transports` in the options, which stand in one of these arguments. */
export function transportsOf(program: Program, { unit, fact }: Connecting, args: readonly number[]): Transports {
  const given = args.flatMap((index) => (fact.args[index] ? [fact.args[index] as Expr] : []));
  const holders = given.filter((expr) => program.values(unit, expr).some(({ value }) => value.kind === 'object'));
  if (holders.length > 0) return worst(holders.map((expr) => inOptions(program, unit, expr)));
  // The first of two is the server or the address; of one alone nobody knows which it is.
  const last = given.at(-1);
  if (!last || given.length < 2) return 'polling';
  const isGiven = program.values(unit, last).some(({ value }) => value.kind !== 'undefined');
  return isGiven ? 'unknown' : 'polling';
}

function inOptions(program: Program, unit: Unit, expr: Expr): Transports {
  return worst(
    program.property(unit, expr, ['transports']).map(({ value }): Transports => {
      if (value.kind === 'undefined') return 'polling';
      if (value.kind !== 'array') return 'unknown';
      const names = value.items.flatMap((item) => program.values(value.unit, item).map((one) => one.value));
      if (names.some((name) => name.kind === 'literal' && name.value === 'polling')) return 'polling';
      const isOpen = names.every((name) => name.kind === 'literal' && STAYS_OPEN.has(String(name.value)));
      return isOpen ? 'without polling' : 'unknown';
    }),
  );
}

function worst(all: readonly Transports[]): Transports {
  if (all.includes('polling')) return 'polling';
  return all.length === 0 || all.includes('unknown') ? 'unknown' : 'without polling';
}

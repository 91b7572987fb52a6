import { ApiTable, expand, packageOf } from '../../knowledge/api-table.js';
import { harmless } from '../../knowledge/harmless.js';
import { besidePages, staticPages } from '../../knowledge/static-pages.js';
import type { Expr } from '../../model/facts.js';
import type { Call, Program, Unit } from '../../model/program.js';
import { callsAmong } from '../calls.js';
import type { Server } from './servers.js';

const PAGES = new ApiTable(staticPages.map((entry) => ({ patterns: [entry.api], entry })));
/** An entry that ends with its package means all of it. */
const PLAIN = new Set([
  ...staticPages.flatMap(({ api }) => expand(api)).map(packageOf),
  ...harmless.flatMap(({ api }) => expand(api).filter((one) => one.endsWith(':'))).map(packageOf),
]);
/** With more files than these it is an application, whatever it imports. */
const MOST = 40;

/**
 * The place where a server gives out pages or files, if that is all it does: it connects to nothing, keeps nothing, changes
 * nothing and imports nothing that might. Whoever is cut off asks again and is answered the same.
 */
export function pagesOnly(program: Program, { units, assumed }: Server): Call | undefined {
  if (assumed || units.size > MOST) return undefined;
  const calls = callsAmong(program, units);
  const pages = calls.find((call) => givesOutPages(program, call));
  if (!pages) return undefined;
  for (const unit of units)
    for (const { specifier, typeOnly } of unit.facts.imports) if (!typeOnly && !isPlain(specifier)) return undefined;
  for (const call of calls) {
    const phases = program.reaches(call.fn).map(({ phase }) => phase);
    if (phases.some((phase) => phase === 'job' || phase === 'consumer' || phase === 'socket')) return undefined;
    if (program.effect(call)?.writes) return undefined;
    if (!phases.includes('request')) continue;
    const { effects, unknown } = program.effects(call.fn);
    if (unknown || effects.some(({ writes }) => writes)) return undefined;
  }
  const keeps = program.cells.some(
    ({ unit, writes }) =>
      units.has(unit) && writes.some(({ fn }) => program.reaches(fn).some(({ phase }) => phase === 'request')),
  );
  return keeps ? undefined : pages;
}

/** Calls it, or hands it to the framework as it is: `app.use('/docs', swaggerUi.serve)`. */
function givesOutPages(program: Program, call: Call): boolean {
  const isKnown = (unit: Unit, expr: Expr) =>
    program.values(unit, expr).some(({ value }) => value.kind === 'external' && PAGES.first(value.api) !== undefined);
  return (
    program.apis(call).some((api) => PAGES.first(api) !== undefined) ||
    call.fact.args.some((arg) => arg.k === 'member' && isKnown(call.unit, arg))
  );
}

/** A file of the project, or a package that is known to be plain. */
function isPlain(specifier: string): boolean {
  if (specifier.startsWith('.') || specifier.startsWith('#')) return true;
  const name = specifier.replace(/^node:/, '');
  return besidePages.has(name) || PLAIN.has(name);
}

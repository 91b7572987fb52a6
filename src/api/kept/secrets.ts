import { once } from '../once.js';
import { ApiTable } from '../../knowledge/api-table.js';
import { secretMakers, secretProperties, secretStores, secretUsers, secretVectors } from '../../knowledge/secrets.js';
import { fileWrites } from '../../knowledge/uploads.js';
import type { Expr } from '../../model/facts.js';
import type { Call, Condition, Fn, Program, StateCell, Unit } from '../../model/program.js';
import type { Place, Span } from '../../model/span.js';
import { callAt } from '../chains.js';
import { matches } from '../matches.js';
import { optionsBehind } from './options.js';

/** A place where a secret is used, and the expression that is the secret. */
interface Use {
  readonly unit: Unit;
  readonly fn: Fn;
  readonly place: Place;
  readonly expr: Expr;
  readonly does: string;
  readonly mixed?: true;
}

/** A call that makes a secret, with everything that is signed or encrypted with what it makes. */
export interface MadeSecret {
  /** The call that a reader would point at: that of the project's own helper, where there is one. */
  readonly site: Call;
  readonly maker: Call;
  readonly uses: readonly Use[];
  readonly when: readonly Condition[];
  readonly kept: KeptSecret;
}

/** Where the secret lives: for each process, in a file of it, or not beyond the work that has made it. */
export type KeptSecret =
  | { readonly how: 'module' | 'boot' }
  | { readonly how: 'cell'; readonly cell: StateCell }
  | { readonly how: 'file'; readonly place: Place }
  | { readonly how: 'shared'; readonly place?: Place }
  | { readonly how: 'passing' };

const MAKERS = new ApiTable(secretMakers.map((entry) => ({ patterns: [entry.api], entry })));
const PROPERTIES = new ApiTable(secretProperties.map((entry) => ({ patterns: [entry.api], entry })));
const STORES = new ApiTable(secretStores.map((entry) => ({ patterns: [entry.api], entry })));
const FILES = new ApiTable(fileWrites.map((entry) => ({ patterns: [entry.api], entry })));
const VECTORS = new ApiTable(secretVectors.map((entry) => ({ patterns: [entry.api], entry })));
const DEEPEST = 4;
/** Of so many callers of a helper each can be the one. */
const FEW = 3;

/** The secrets that the program makes for itself and uses. */
export const madeSecrets = once((program: Program): readonly MadeSecret[] => {
  const found = new Map<Call, MadeSecret>();
  for (const use of uses(program)) {
    for (const { maker, when } of makers(program, use)) {
      if (isVector(program, maker)) continue;
      for (const site of sites(program, maker, use)) {
        if (!serves(site.unit)) continue;
        // Hashed where it is made, it is one more random text.
        if (use.mixed && (maker.fn === use.fn || site.fn === use.fn)) continue;
        const known = found.get(site);
        if (known) found.set(site, { ...known, uses: [...known.uses, use] });
        else found.set(site, { site, maker, uses: [use], when, kept: keptAs(program, site, use) });
      }
    }
  }
  const secrets = [...found.values()];
  return secrets.filter(({ kept }) => kept.how !== 'cell' || !secrets.some(({ site }) => isFirstOf(kept.cell, site)));
});

/** What makes the value that a variable begins with; whatever replaces it later is no matter of its own. */
function isFirstOf({ unit, place }: StateCell, site: Call): boolean {
  return site.fn.id === 0 && site.unit === unit && site.fact.span[0] === place.span[0];
}

function serves({ roles, vendored }: Unit): boolean {
  return !vendored && (roles.has('server') || roles.has('worker'));
}

function uses(program: Program): Use[] {
  const found: Use[] = [];
  for (const { call, entry, options: written } of matches(program, secretUsers)) {
    if (!written || !serves(call.unit)) continue;
    const place = { file: call.unit.file, span: call.fact.span };
    for (const { unit, expr } of optionsBehind(program, written.unit, written.expr))
      for (const path of entry.paths) {
        const secret = at(program, unit, expr, path);
        if (!secret || (entry.mixed && secret.expr.k !== 'text' && secret.expr.k !== 'binary')) continue;
        found.push({ ...secret, fn: call.fn, place, does: entry.does, ...(entry.mixed ? { mixed: true } : {}) });
      }
  }
  for (const unit of program.units) {
    if (!serves(unit)) continue;
    for (const { op, target, value, fn, span } of unit.facts.accesses) {
      if (op !== 'assign' || !value || target.k !== 'member') continue;
      if (!secretProperties.some(({ property }) => property === target.name)) continue;
      for (const { value: object } of program.values(unit, target.of)) {
        const entry = object.kind === 'external' ? PROPERTIES.first(object.api) : undefined;
        if (entry)
          found.push({
            unit,
            fn: program.fn(unit, fn),
            place: { file: unit.file, span },
            expr: value,
            does: entry.does,
          });
      }
    }
  }
  return found;
}

/** The expression that stands under a path of the options. */
function at(program: Program, unit: Unit, expr: Expr, path: string): { unit: Unit; expr: Expr } | undefined {
  if (path === '') return { unit, expr };
  let here = { unit, expr };
  for (const name of path.split('.')) {
    const object = program.values(here.unit, here.expr).find(({ value }) => value.kind === 'object')?.value;
    if (object?.kind !== 'object') return undefined;
    const prop = object.expr.props.find((one) => one.name === name);
    if (!prop) return undefined;
    here = { unit: object.unit, expr: prop.value };
  }
  return here;
}

interface Made {
  readonly maker: Call;
  readonly when: readonly Condition[];
}

/** The calls that an expression's content comes from. */
function makers(program: Program, { unit, expr, place }: Use): Made[] {
  const found = new Map<Call, Made>();
  const add = (made: readonly Made[]) => {
    for (const one of made) if (!found.has(one.maker)) found.set(one.maker, one);
  };
  add(byValue(program, unit, expr, [], 0));
  for (const origin of program.origins(unit, expr, place.span)) {
    if (origin.expr.k === 'call') {
      const call = callAt(program, origin.unit, origin.expr.c);
      if (call && program.apis(call).some((api) => MAKERS.first(api))) add([{ maker: call, when: [] }]);
    } else if (origin.expr.k === 'member') {
      add(byValue(program, origin.unit, origin.expr, [], 1));
      for (const { unit: by, value } of writesOfLocals(program, origin.unit, origin.expr))
        if (value) add(byValue(program, by, value, [], 1));
    }
  }
  return [...found.values()];
}

/** What is put under a name that the whole application shares: `req.app.locals.key` is what `app.locals.key = …` was given. */
function writesOfLocals(program: Program, unit: Unit, expr: Expr & { readonly k: 'member' }) {
  if (expr.of.k !== 'member' || !/^(?:locals|context|settings|app)$/.test(expr.of.name)) return [];
  return program.cells
    .filter(
      ({ kind, name, reads }) =>
        kind === 'app-locals' && name.endsWith(`.${expr.name}`) && reads.some((read) => read.unit === unit),
    )
    .flatMap(({ writes }) => writes);
}

function byValue(program: Program, unit: Unit, expr: Expr, when: readonly Condition[], depth: number): Made[] {
  if (depth > DEEPEST) return [];
  return program.values(unit, expr).flatMap(({ value, when: and }) => {
    const all = [...when, ...and];
    if (value.kind === 'external') {
      const maker = value.call && makerBehind(program, value.call);
      return maker ? [{ maker, when: all }] : [];
    }
    if (value.kind === 'array')
      return value.items.flatMap((item) => byValue(program, value.unit, item, all, depth + 1));
    if (value.kind === 'function')
      return value.fn.fact.returns.flatMap((given) =>
        given.value ? byValue(program, value.fn.unit, given.value, all, depth + 1) : [],
      );
    return [];
  });
}

/** `randomBytes(32).toString('hex')`: the call in front that makes it. */
function makerBehind(program: Program, call: Call): Call | undefined {
  let here: Call | undefined = call;
  for (let depth = 0; here && depth < DEEPEST; depth++) {
    if (program.apis(here).some((api) => MAKERS.first(api))) return here;
    let callee: Expr = here.fact.callee;
    while (callee.k === 'member' || callee.k === 'index' || callee.k === 'await') callee = callee.of;
    const next: number | undefined = callee.k === 'call' ? callee.c : undefined;
    const of: Unit = here.unit;
    here = next === undefined ? undefined : callAt(program, of, next);
  }
  return undefined;
}

/** What a function makes to encrypt one message with goes wherever the message goes, and is found in what comes back. */
function isVector(program: Program, maker: Call): boolean {
  if (maker.fn.id === 0) return false;
  return program.callsIn(maker.fn).some((call) =>
    program
      .apis(call)
      .flatMap((api) => VECTORS.find(api))
      .some(({ arg }) => carries(program, call, arg, maker)),
  );
}

/** Where the secret is made, as the project puts it: `generateKey()` rather than the `randomBytes` inside it. */
function sites(program: Program, maker: Call, { unit, expr, place }: Use): readonly Call[] {
  let here: readonly Call[] = [maker];
  for (let depth = 0; depth < DEEPEST; depth++) {
    const next = here.flatMap((call) => (isHelper(program, call.fn) ? program.callers(call.fn) : [call]));
    if (next.length === here.length && next.every((call, i) => call === here[i])) break;
    here = next;
  }
  if (here.length < 2) return here;
  const on = new Set(
    program
      .origins(unit, expr, place.span)
      .flatMap((origin) => (origin.expr.k === 'call' ? [`${origin.unit.file} ${origin.expr.c}`] : [])),
  );
  const there = here.filter((call) => on.has(`${call.unit.file} ${call.id}`));
  if (there.length) return there;
  // One helper fills several fields: `settings.key` is made where something is put under that name.
  const name = expr.k === 'member' ? expr.name : undefined;
  const named = here.filter((call) => name !== undefined && namesOf(call).has(name));
  if (named.length) return named;
  // A helper for anything random: what came back from where it was kept says nothing of who has made it.
  return here.length <= FEW ? here : [];
}

/** The names that what a call gives is put under. */
function namesOf({ unit, fn, fact }: Call): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { op, target, value, span } of unit.facts.accesses)
    if (op === 'assign' && target.k === 'member' && value && isWithin(fact.span, span)) names.add(target.name);
  for (const { name, span, fn: of } of unit.facts.bindings)
    if (of === fn.id && span[0] === fact.span[0]) names.add(name);
  const walk = (expr: Expr, depth: number): void => {
    if (expr.k !== 'object' || depth > DEEPEST) return;
    for (const prop of expr.props) {
      if (prop.name !== undefined && isWithin(fact.span, prop.span)) names.add(prop.name);
      walk(prop.value, depth + 1);
    }
  };
  for (const { init } of unit.facts.bindings) if (init) walk(init, 0);
  for (const { value } of [...unit.facts.exports, ...unit.facts.accesses]) if (value) walk(value, 0);
  return names;
}

/** Only makes something and hands it back: it keeps nothing, and has no effect. */
function isHelper(program: Program, fn: Fn): boolean {
  if (fn.id === 0 || fn.fact.kind === 'constructor' || fn.fact.returns.length === 0) return false;
  if (program.callers(fn).length === 0 || program.effects(fn).effects.length > 0) return false;
  if (program.callsIn(fn).some((call) => program.apis(call).some((api) => STORES.first(api)))) return false;
  return !program.cells.some((cell) => cell.writes.some((write) => write.fn === fn));
}

function keptAs(program: Program, site: Call, use: Use): KeptSecret {
  const { fn, unit } = site;
  const file = program.callsIn(fn).find((call) => {
    const entry = program
      .apis(call)
      .map((api) => FILES.first(api))
      .find((known) => known?.content !== undefined);
    return entry && carries(program, call, entry.content as number, site);
  });
  if (file) return { how: 'file', place: { file: unit.file, span: file.fact.span } };
  const stored = storedBy(program, site, use) ?? savedBy(program, site);
  if (stored) return { how: 'shared', place: { file: stored.unit.file, span: stored.fact.span } };
  if (fn.id === 0) return { how: 'module' };
  const isInCall = (span: Span) => isWithin(site.fact.span, span);
  const cell = program.cells.find(
    (candidate) =>
      (candidate.unit === unit && isInCall(candidate.place.span)) ||
      candidate.writes.some(
        (write) =>
          (write.op === 'assign' || write.op === 'update') &&
          write.fn === fn &&
          (isInCall(write.place.span) ||
            (write.value && isMadeIn(program, write.unit, write.value, write.place.span, site))),
      ),
  );
  if (cell) return { how: 'cell', cell };
  const phases = program.reaches(fn).map(({ phase }) => phase);
  return phases.includes('boot') ? { how: 'boot' } : { how: 'passing' };
}

/** The call that puts it where all instances look: one that is handed the secret, or any of the function that makes it for that. */
function storedBy(program: Program, site: Call, use: Use): Call | undefined {
  const isStore = (call: Call) => {
    if (program.apis(call).some((api) => STORES.first(api))) return true;
    const effect = program.effect(call);
    return effect?.writes && (effect.kind === 'database' || effect.kind === 'http');
  };
  const stores = program.callsIn(site.fn).filter((call) => call !== site && isStore(call));
  const own = stores.find((call) => call.fact.args.some((_, i) => carries(program, call, i, site)));
  if (own || site.fn.id === 0 || site.fn === use.fn) return own;
  return (
    stores[0] ??
    program
      .callsIn(site.fn)
      .find((call) => call.fact.args.some((_, i) => carries(program, call, i, site)) && writesDatabase(program, call))
  );
}

/** It is put on an object, and the next call on that object saves it: `settings.row.key = key; await settings.save()`. */
function savedBy(program: Program, site: Call): Call | undefined {
  const { unit, fn } = site;
  const put = unit.facts.accesses.filter(({ op, fn: of, value }) => op === 'assign' && of === fn.id && value);
  const own = put.filter(({ span }) => isWithin(site.fact.span, span)).map(({ target }) => program.text(unit, target));
  const roots = put.flatMap(({ target, value, span }) => {
    const isIt =
      value &&
      (own.includes(program.text(unit, value)) ||
        (span[0] >= site.fact.span[0] && isMadeIn(program, unit, value, span, site)));
    const root = isIt && target.k === 'member' ? rootOf(target) : undefined;
    return root && root.k !== 'this' ? [{ name: program.text(unit, root), line: span[0] }] : [];
  });
  return program.callsIn(fn).find(({ fact }, at, calls) => {
    const call = calls[at] as Call;
    const about = [fact.callee, ...fact.args].map((expr) => program.text(unit, rootOf(expr)));
    return roots.some(({ name, line }) => line <= fact.span[0] && about.includes(name)) && saves(program, call);
  });
}

/** It writes the database, or is called as if it did and could not be followed to where it ends. */
function saves(program: Program, call: Call): boolean {
  if (writesDatabase(program, call)) return true;
  const { callee } = call.fact;
  return (
    callee.k === 'member' &&
    /^(?:save|update|persist|store|upsert|commit)/.test(callee.name) &&
    program.callees(call).some((fn) => program.effects(fn).unknown)
  );
}

function rootOf(expr: Expr): Expr {
  return expr.k === 'member' || expr.k === 'index' ? rootOf(expr.of) : expr;
}

function writesDatabase(program: Program, call: Call): boolean {
  const own = program.effect(call);
  if (own?.writes && own.kind === 'database') return true;
  return program
    .callees(call)
    .some((fn) => program.effects(fn).effects.some(({ writes, kind }) => writes && kind === 'database'));
}

function carries(program: Program, call: Call, argument: number, site: Call): boolean {
  const arg = call.fact.args[argument];
  return arg !== undefined && isMadeIn(program, call.unit, arg, call.fact.span, site);
}

function isMadeIn(program: Program, unit: Unit, expr: Expr, span: Span, site: Call): boolean {
  return program
    .origins(unit, expr, span)
    .some((origin) => origin.unit === site.unit && origin.expr.k === 'call' && origin.expr.c === site.id);
}

function isWithin(inner: Span, outer: Span): boolean {
  const starts = inner[0] > outer[0] || (inner[0] === outer[0] && inner[1] >= outer[1]);
  const ends = inner[2] < outer[2] || (inner[2] === outer[2] && inner[3] <= outer[3]);
  return starts && ends;
}

import { ApiTable, packageOf } from '../../knowledge/api-table.js';
import type { Confidence, Evidence } from '../../model/finding.js';
import { configurationFiles } from '../../knowledge/configuration-files.js';
import {
  type Concern,
  type Home,
  type KeeperKnowledge,
  type StoreKnowledge,
  UNCHECKED,
} from '../../model/knowledge.js';
import type {
  Alternative,
  Call,
  Cls,
  Condition,
  Phase,
  Program,
  Setting,
  StateCell,
  Unit,
  Value,
} from '../../model/program.js';
import type { Place } from '../../model/span.js';
import { once } from '../once.js';
import { sharing } from '../sharing.js';
import { idleBecause } from './idle.js';
import { type Match, matches } from '../matches.js';
import { option, type Options, optionsBehind } from './options.js';

/** One place that things can be kept in, and what must hold for it. */
export interface Outcome {
  readonly home: Home | 'unknown' | 'off';
  /** In words, behind "kept in": "`memorystore` keeps them there", "no store is given". */
  readonly what: string;
  readonly when: readonly Condition[];
  readonly evidence: readonly Evidence[];
  /** The class of this project that keeps them. */
  readonly cls?: Cls;
  /** Nothing is given: it is the default. */
  readonly absent?: true;
}

/** A call that keeps things, with every place these can end up in. */
export interface Kept {
  readonly call: Call;
  readonly entry: KeeperKnowledge;
  readonly place: Place;
  readonly outcomes: readonly Outcome[];
  /** The outcome to report: kept where other instances do not see it, in production. */
  readonly hazard?: { readonly outcome: Outcome; readonly setting: Setting };
  readonly confidence: Confidence;
  /** What keeps the confidence from being high, in words. */
  readonly doubts: readonly string[];
  /** Why there is no hazard, in words. */
  readonly reason: string;
  /** It holds back what the application does to others. */
  readonly outbound?: true;
  /** Everything that led here, without the primary place. */
  readonly evidence: readonly Evidence[];
}

const LOCAL: readonly Outcome['home'][] = ['memory', 'host', 'file'];

/** What a program keeps by calls that knowledge knows. Only files of servers and workers count. */
export function kept(program: Program, concern: Concern): readonly Kept[] {
  const known = byConcern(program);
  const before = known.get(concern);
  if (before) return before;
  const found = search(program, concern);
  known.set(concern, found);
  return found;
}

const byConcern = once((_: Program) => new Map<Concern, readonly Kept[]>());

function search(program: Program, concern: Concern): readonly Kept[] {
  const stores = new ApiTable(program.knowledge.stores.map((entry) => ({ patterns: [entry.api], entry })));
  const keepers = program.knowledge.keepers.filter((entry) => entry.concern === concern);
  const standIns = standInsOf(program, keepers);
  const told = new Set<string>();
  const found = matches(program, keepers)
    .filter(
      ({ call, entry }) => (serves(call.unit) || isFile(entry)) && !standIns.has(call) && holds(program, call, entry),
    )
    .flatMap((match) => {
      const outcomes = outcomesOf(program, match, stores);
      return outcomes.length > 0 && isWritten(program, match) ? [judge(program, match, outcomes)] : [];
    });
  // Of what a framework keeps once for an application, the first place speaks.
  return found.filter(({ entry, call, hazard }) => {
    if (!hazard || !(isFile(entry) || entry.written)) return true;
    const key = `${entry.api} ${entry.note} ${call.unit.manifest?.dir ?? ''}`;
    const isFirst = !told.has(key);
    told.add(key);
    return isFirst;
  });
}

const AT_WORK = new Set<Phase>(['request', 'socket', 'consumer', 'job']);

function isWritten(program: Program, { call, entry }: Match<KeeperKnowledge>): boolean {
  if (!entry.written) return true;
  return sharing(program, call.unit, program.callsTo(entry.written)).some(({ call: write }) =>
    program.reaches(write.fn).some(({ phase }) => AT_WORK.has(phase)),
  );
}

/** The calls that only make what steps in for a store that fails. */
function standInsOf(program: Program, keepers: readonly KeeperKnowledge[]): ReadonlySet<Call> {
  const found = new Set<Call>();
  for (const { api, path } of new Set(keepers.flatMap(({ standIn }) => standIn ?? [])))
    for (const { call } of program.callsTo([api]))
      for (const { value } of program.property(call.unit, call.fact.args[0], path.split('.')))
        if (value.kind === 'external' && value.call) found.add(value.call);
  return found;
}

function serves({ roles, vendored }: Unit): boolean {
  return !vendored && (roles.has('server') || roles.has('worker'));
}

/** The options stand in a file of their own, which a framework reads whoever else does. */
function isFile({ api }: KeeperKnowledge): boolean {
  return FILE_APIS.has(api);
}

const FILE_APIS = new Set(configurationFiles.map(({ api }) => api));

/** The entry is about the version that the project has. */
function holds(program: Program, call: Call, { api, versions }: KeeperKnowledge): boolean {
  if (versions === undefined) return true;
  const stack = program.stack(call.unit);
  const name =
    program
      .apis(call)
      .map(packageOf)
      .find((one) => stack.has(one)) ?? packageOf(api);
  return stack.isVersion(name, versions);
}

function judge(program: Program, match: Match<KeeperKnowledge>, outcomes: readonly Outcome[]): Kept {
  const { call, entry } = match;
  const place = { file: call.unit.file, span: call.fact.span };
  const around = program.conditions(call);
  const local = outcomes.filter(({ home }) => LOCAL.includes(home));
  const settings = local.map((outcome) => ({ outcome, setting: program.setting([...outcome.when, ...around]) }));
  const inProduction = settings.filter(({ setting }) => !setting.developmentOnly && !setting.never);
  const hazard =
    inProduction.find(({ setting }) => setting.when === 'always') ??
    inProduction.find(({ setting }) => setting.when === 'default-config') ??
    inProduction[0];
  const isUnchecked = entry.source.startsWith(UNCHECKED);
  const unsure = outcomes.length > 1 ? outcomes.find(({ home }) => home === 'unknown') : undefined;
  return {
    call,
    entry,
    place,
    outcomes,
    ...(hazard ? { hazard } : {}),
    confidence: isUnchecked ? 'low' : unsure ? 'medium' : 'high',
    doubts: [
      ...(isUnchecked
        ? [`what is known of \`${packageOf(entry.api)}\` was not checked against its documentation`]
        : []),
      ...(unsure ? [`it may also be ${unsure.what || 'a store that could not be told'}`] : []),
    ],
    ...(isOutbound(program, match) ? { outbound: true } : {}),
    reason: reasonOf(outcomes, settings),
    evidence: hazard
      ? [
          ...hazard.outcome.evidence,
          ...local.filter((other) => other !== hazard.outcome).flatMap(({ evidence }) => evidence),
          ...hazard.setting.evidence,
        ]
      : (outcomes.find(({ evidence }) => evidence.length > 0)?.evidence ?? []),
  };
}

function reasonOf(
  outcomes: readonly Outcome[],
  local: readonly { readonly outcome: Outcome; readonly setting: Setting }[],
): string {
  const others = outcomes.filter((one) => !local.some(({ outcome }) => outcome === one) && one.what !== '');
  const words = others.map(({ what }) => what).join(' or ');
  const settled = local.find(({ setting }) => setting.settled)?.setting;
  if (settled) return `${words || 'nothing of this kind'}: ${idleBecause(settled, '')}`;
  return local.length > 0 ? 'outside production only' : words;
}

function isOutbound(program: Program, { call, entry, options: written }: Match<KeeperKnowledge>): boolean {
  if (!entry.outbound) return false;
  const { unless, refusing } = entry.outbound;
  const options = written && unless !== undefined ? optionsBehind(program, written.unit, written.expr) : [];
  if (option(program, options, unless ?? '').some(({ value }) => isGiven(value))) return false;
  return !program
    .callsTo(refusing ?? [])
    .some(
      ({ call: { unit, fact } }) =>
        fact.callee.k === 'member' &&
        program.values(unit, fact.callee.of).some(({ value }) => value.kind === 'external' && value.call === call),
    );
}

function isGiven(value: Value): boolean {
  return !(value.kind === 'undefined' || (value.kind === 'literal' && !value.value));
}

/** One of some values, or the member of an enumeration that is called like one: `ValidateInResponseTo.never`. */
function isOff({ value }: Alternative, is: readonly unknown[]): boolean {
  if (value.kind === 'external') return is.some((one) => typeof one === 'string' && value.api.endsWith(`.${one}`));
  return value.kind === 'literal' && is.includes(value.value);
}

/** Every place that things can end up in with this call; none where it keeps nothing. */
function outcomesOf(
  program: Program,
  match: Match<KeeperKnowledge>,
  stores: ApiTable<StoreKnowledge>,
): readonly Outcome[] {
  const { entry, options: written } = match;
  const options = written ? optionsBehind(program, written.unit, written.expr) : [];
  const only = (entry.only ?? [])
    .flatMap((path) => option(program, options, path))
    .filter(({ value }) => isGiven(value));
  if (entry.only && only.length === 0) return [];
  const switches = (entry.off ?? [])
    .map(({ path, is }) => option(program, options, path).map((one) => ({ ...one, off: isOff(one, is) })))
    .find((alternatives) => alternatives.some(({ off }) => off));
  const on = [only, switches?.filter(({ off }) => !off) ?? []].filter((ways) => ways.length > 0);
  const off = (switches ?? []).filter((one) => one.off);
  const outcomes: Outcome[] = off.map(({ when }) => ({
    home: 'off',
    what: 'nothing: it is switched off',
    when,
    evidence: [],
  }));
  if (switches && off.length === switches.length) return outcomes;
  const kept = keptWhenOn(program, match, options, stores);
  // What holds with no condition at all makes those of the other ways void.
  const whens = on.flatMap((ways) => ways.find(({ when }) => when.length === 0)?.when ?? ways[0]?.when ?? []);
  return [...outcomes, ...kept.map((outcome) => ({ ...outcome, when: [...whens, ...outcome.when] }))];
}

function keptWhenOn(
  program: Program,
  { call, entry }: Match<KeeperKnowledge>,
  options: readonly Options[],
  stores: ApiTable<StoreKnowledge>,
): Outcome[] {
  const ways = [
    ...(entry.stores ?? []).map((path) =>
      among(
        entry,
        path,
        option(program, options, path).map((alternative) => outcomeOf(program, entry, alternative, stores)),
      ),
    ),
    ...(entry.switches ?? []).map((one) =>
      among(
        entry,
        one.path,
        option(program, options, one.path).map((alternative) => switched(entry, alternative, one)),
      ),
    ),
    ...(entry.later ?? []).map((later) => givenLater(program, call, entry, later, stores)),
  ];
  // The ways that are not taken say nothing beside the one that is.
  const taken = ways.filter((way) => way.some(({ absent }) => !absent));
  if (taken.length > 0) return taken.flat();
  return [ways.flat().find(({ when }) => when.length === 0) ?? byDefault(entry, [])];
}

/**
 * Of a list, one item can be the store: the others say nothing beside it. Where it is there under a condition, without it
 * things stay where they are by default.
 */
function among(entry: KeeperKnowledge, path: string, outcomes: readonly Outcome[]): Outcome[] {
  if (!path.split('.').includes('*')) return [...outcomes];
  const told = outcomes.filter(({ absent }) => !absent);
  const sure = told.filter(({ home }) => home !== 'unknown');
  if (sure.length === 0) return told.length > 0 ? [...told, byDefault(entry, [])] : [...outcomes];
  if (sure.some(({ when }) => when.length === 0)) return sure;
  return [...sure, ...sure.flatMap(({ when }) => withoutEach(entry, when))];
}

function withoutEach(entry: KeeperKnowledge, when: readonly Condition[]): Outcome[] {
  return when.map((condition) =>
    byDefault(entry, [{ ...condition, fact: { ...condition.fact, sense: !condition.fact.sense } }]),
  );
}

/** What other calls give it: `if (url) io.adapter(…)`. Where these are not made, things stay where they are by default. */
function givenLater(
  program: Program,
  call: Call,
  entry: KeeperKnowledge,
  { api, arg, path }: NonNullable<KeeperKnowledge['later']>[number],
  stores: ApiTable<StoreKnowledge>,
): Outcome[] {
  const found: Outcome[] = [];
  for (const { call: later } of sharing(program, call.unit, program.callsTo([api]))) {
    const expr = later.fact.args[arg];
    if (!expr) continue;
    const around = program.conditions(later);
    const given = option(program, [{ unit: later.unit, expr, when: [] }], path ?? '');
    for (const { value, when } of given)
      found.push(outcomeOf(program, entry, { value, when: [...around, ...when] }, stores));
    found.push(...withoutEach(entry, around));
  }
  // A call that does not say it leaves it to the others.
  const told = found.filter(({ absent, when }) => !absent || when.length > 0);
  return told.length > 0 ? told : found;
}

function byDefault(entry: KeeperKnowledge, when: readonly Condition[]): Outcome {
  const home = entry.default === 'none' ? 'unknown' : entry.default;
  const what =
    home === 'memory' ? 'no store is given' : home === 'cookie' ? "the browser's cookie" : 'the default of the package';
  return { home, what: home === 'unknown' ? '' : what, when, evidence: [], absent: true };
}

function switched(
  entry: KeeperKnowledge,
  { value, when }: Alternative,
  { path, is, home }: NonNullable<KeeperKnowledge['switches']>[number],
): Outcome {
  const isOff = value.kind === 'undefined' || (value.kind === 'literal' && !value.value);
  if (isOff || (is && value.kind === 'literal' && !is.includes(value.value as string))) return byDefault(entry, when);
  // What is not known may be one of them.
  if (value.kind === 'unknown' || (is && value.kind !== 'literal'))
    return { home: 'unknown', what: `what \`${path}\` says`, when, evidence: [] };
  const place = value.kind === 'external' && value.call ? placeOf(value.call) : undefined;
  return {
    home,
    what: `\`${path}\``,
    when,
    evidence: place ? [{ role: 'option', ...place, note: `given as \`${path}\`` }] : [],
  };
}

function outcomeOf(
  program: Program,
  entry: KeeperKnowledge,
  { value, when }: Alternative,
  stores: ApiTable<StoreKnowledge>,
): Outcome {
  if (!isGiven(value)) return byDefault(entry, when);
  const name = nameIn(value);
  const named = name === undefined ? undefined : entry.named?.[name];
  if (named) return { home: named, what: `\`${name}\` is its store`, when, evidence: [] };
  if (program.isShared(value))
    return { home: 'shared', what: 'a store that the configuration declares to be shared', when, evidence: [] };
  if (value.kind === 'array') {
    // Several tiers: what one of them shares is not lost with an instance.
    const tiers = value.items.flatMap((item) =>
      program.values(value.unit, item).map((one) => outcomeOf(program, entry, one, stores)),
    );
    return (
      tiers.find(({ home }) => home === 'shared') ??
      tiers.find(({ home }) => home === 'unknown') ??
      tiers[0] ??
      byDefault(entry, when)
    );
  }
  if (value.kind === 'external') {
    const known = stores.first(value.api) ?? stores.first(`${value.api}()`);
    const name = packageOf(value.api);
    const evidence: Evidence[] = value.call
      ? [{ role: 'option', ...placeOf(value.call), note: `the store, from \`${name}\`` }]
      : [];
    if (!known) return { home: 'unknown', what: `a store of \`${name}\``, when, evidence };
    const inner = known.within && value.call ? innerOf(program, entry, known.within, value.call, stores) : undefined;
    if (inner) return { ...inner, when: [...when, ...inner.when], evidence: [...evidence, ...inner.evidence] };
    const home = keeps(program, known, value.call);
    const there = home === 'memory' ? ' keeps them there' : home === 'file' ? ' writes them there' : '';
    return { home, what: `\`${name}\`${there}`, when, evidence };
  }
  const own = ownStore(program, value);
  if (own) return { ...own, when };
  return { home: 'unknown', what: 'a store of this project', when, evidence: [] };
}

/** A text, or the member of an enumeration that is called like one. */
function nameIn(value: Value): string | undefined {
  if (value.kind === 'literal') return String(value.value);
  return value.kind === 'external' && !value.call ? /\.(\w+)$/.exec(value.api)?.[1] : undefined;
}

/** A store in a store: `new Keyv({ store: new KeyvRedis(url) })`, `new Keyv(new KeyvRedis(url))`, `new Keyv('redis://…')`. */
function innerOf(
  program: Program,
  entry: KeeperKnowledge,
  { option: path, otherwise }: NonNullable<StoreKnowledge['within']>,
  made: Call,
  stores: ApiTable<StoreKnowledge>,
): Outcome {
  const first = made.fact.args[0];
  const absent: Outcome = {
    home: otherwise,
    what: `\`${packageOf(program.apis(made)[0] ?? ':')}\` without a store`,
    when: [],
    evidence: [],
  };
  const given = first ? program.values(made.unit, first) : [];
  for (const { value, when } of given) {
    if (value.kind === 'literal' && typeof value.value === 'string')
      return { home: 'shared', what: 'a store named by an address', when, evidence: [] };
    const inner = value.kind === 'object' ? program.property(made.unit, first, path.split('.')) : [{ value, when }];
    const found = inner
      .filter((one) => isGiven(one.value))
      .map((one) => outcomeOf(program, { ...entry, default: otherwise }, one, stores));
    if (found[0]) return found.find(({ home }) => home === 'shared' || home === 'unknown') ?? found[0];
  }
  return absent;
}

function keeps(program: Program, known: StoreKnowledge, made: Call | undefined): Home {
  if (!known.needs || !made) return known.keeps;
  const given = program.property(made.unit, made.fact.args[0], known.needs.option.split('.'));
  return given.every(({ value }) => value.kind === 'undefined') ? known.needs.otherwise : known.keeps;
}

/** A store written in this project keeps things in memory if its methods fill a Map or object of the process. */
function ownStore(program: Program, value: Value): Omit<Outcome, 'when'> | undefined {
  const cell = program.cells.find((candidate) =>
    candidate.writes.some(({ op, fn }) => (op === 'insert' || op === 'update') && isOf(value, fn, candidate)),
  );
  if (value.kind === 'instance') {
    const { cls } = value;
    const member = cls.fact.members.find(
      ({ value: init }) =>
        init && program.values(cls.unit, init).some((one) => one.value.kind === 'external' && MAP.test(one.value.api)),
    );
    const place = cell?.place ?? (member ? { file: cls.unit.file, span: member.span } : undefined);
    if (!place) return undefined;
    return {
      home: 'memory',
      what: `\`${cls.fact.name}\` keeps them in a Map`,
      evidence: [{ role: 'declared', ...place, note: 'where the store keeps them' }],
      cls,
    };
  }
  if (!cell) return undefined;
  return {
    home: 'memory',
    what: `its store keeps them in \`${cell.name}\``,
    evidence: [{ role: 'declared', ...cell.place, note: 'where the store keeps them' }],
  };
}

const MAP = /^global:Map\(\)$/;

function isOf(value: Value, fn: StateCell['writes'][number]['fn'], cell: StateCell): boolean {
  if (value.kind === 'instance')
    return cell.cls === value.cls || (fn.unit === value.cls.unit && fn.fact.cls === value.cls.id);
  if (value.kind !== 'object') return false;
  const [from, , to] = value.expr.span;
  return fn.unit === value.unit && fn.fact.span[0] >= from && fn.fact.span[2] <= to;
}

function placeOf(call: Call): Place {
  return { file: call.unit.file, span: call.fact.span };
}

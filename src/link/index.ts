import { modulesStated } from './modules/stated.js';
import type { Expr, FileFacts, ScriptFact } from '../model/facts.js';
import type { Descriptor } from '../model/deployment.js';
import type { Manifest, Project } from '../model/input.js';
import type {
  Alternative,
  Call,
  Cls,
  Collected,
  Deployed,
  Fn,
  Process,
  Program,
  Run,
  Stack,
  TestsSetting,
  Unit,
} from '../model/program.js';
import type { Place } from '../model/span.js';
import { ApiPaths, ApiTable } from '../knowledge/api-table.js';
import { joined } from '../knowledge/index.js';
import { listenCalls } from '../knowledge/servers.js';
import { BEHIND_ALL_CALLS, configurationCalls } from './configurations.js';
import { Conditions } from './settings/conditions.js';
import { Effects } from './effects/effects.js';
import { CallGraph } from './calls/graph.js';
import { Declared, type Declarations, NOTHING_DECLARED } from './guards/declared.js';
import { Guards } from './guards/guards.js';
import { Origins } from './origins.js';
import { Locks } from './guards/locks.js';
import { Phases } from './phases/phases.js';
import { roleOfScript, scriptChain } from './processes/commands.js';
import { begunInTurn } from './processes/before.js';
import { Processes } from './processes/processes.js';
import { type InUse, inUse, isNamed, operations, scalingsOf } from './processes/production.js';
import { OperationsOf } from './processes/operations-of.js';
import { settingOfTests } from './settings/shell-tests.js';
import { InProduction } from './settings/in-production.js';
import { Workloads } from './processes/workloads.js';
import { assignRoles } from './processes/roles.js';
import { Schemas } from './schema/schema.js';
import { stackOf } from './stack.js';
import { State } from './state/state.js';
import { Tables, text } from './tables.js';
import { Values } from './values/values.js';

export type { Declarations } from './guards/declared.js';
export { namedFiles } from './modules/in-use.js';

const OPENS = new ApiTable(listenCalls.map((entry) => ({ patterns: [entry.api], entry })));

/** Joins the facts of all files into the program that rules ask. Pure; the order of the facts does not matter. */
export function link(
  project: Project,
  facts: readonly FileFacts[],
  scripts: ReadonlyMap<Manifest, readonly ScriptFact[]>,
  declarations: Declarations = NOTHING_DECLARED,
  descriptors: readonly Descriptor[] = [],
): Program {
  const knowledge = joined(declarations.knowledge);
  const tables = new Tables(project, facts, scripts, modulesStated(descriptors));
  const processes = new Processes(tables, assignRoles(tables, begunInTurn(tables, descriptors)));
  const workloads = new Workloads(tables, processes.all, descriptors).all;
  const declared = declarations.deployment ?? {};
  const used = inUse(processes.all, workloads, declared);
  const values = new Values(tables);
  const graph = new CallGraph(tables, values);
  const shared = (a: Unit, b: Unit): boolean => processes.shared(a, b);
  const phases = new Phases(tables, values, graph, knowledge.registrations, shared);
  const conditions = new Conditions(tables, values, phases, new InProduction(used), graph);
  const effects = new Effects(tables, values, graph, phases, knowledge, shared);
  const own = new Declared(values, declarations);
  const locks = new Locks(values, graph, effects, own);
  const guards = new Guards(tables, values, graph, phases, conditions, effects, locks);
  const state = new State(tables, values, graph, phases, effects, shared);
  const origins = new Origins(tables, graph, shared);
  const configured = configurationCalls(tables, values);
  const calls = [...tables.served.flatMap((unit) => unit.calls), ...configured.keys()];
  const apis = new Map<string, Call[]>();
  const apisOf = (call: Call): readonly string[] => {
    const read = call.id < BEHIND_ALL_CALLS ? undefined : configured.get(call);
    return read === undefined ? values.calleeApis(call) : [read];
  };
  for (const call of calls) {
    for (const api of apisOf(call)) {
      const list = apis.get(api);
      if (list) list.push(call);
      else apis.set(api, [call]);
    }
  }

  const scalings = scalingsOf(descriptors);
  const paths = new ApiPaths(apis.keys());
  const operated = operations(used, { declared, descriptors, scalings, forks: forksOf(apis, conditions) });
  const places = new OperationsOf(operated, tables.byFile);

  // Every object of it is made where production never comes, as where a test gives no database.
  const standIns = new Map<Cls, boolean>();
  const isStandIn = (cls: Cls): boolean => {
    const known = standIns.get(cls);
    if (known !== undefined) return known;
    const makers = state.makers(cls);
    const settings = makers.map((call) => conditions.setting(conditions.of(call)));
    const found = makers.length > 0 && settings.every(({ never, developmentOnly }) => never || developmentOnly);
    standIns.set(cls, found);
    return found;
  };

  const stacks = new Map<Manifest | undefined, Stack>();
  /** By their patterns: of several servers each asks for the same calls. */
  const calledBy = new Map<string, ReturnType<Program['callsTo']>>();

  return {
    knowledge,
    units: tables.units,
    manifests: tables.manifests,
    schema: new Schemas(tables, declarations.migrations?.since),
    descriptors,
    workloads,
    operations: operated,
    settingOfRun: (deployed, run) => settingOfRun(deployed, run, used),
    operationsOf: (place) => places.of(place),
    scalings,
    declared,
    calls,
    cells: state.cells.filter(({ cls }) => !cls || !(own.isSharedClass(cls) || isStandIn(cls))),
    unresolvedImports: tables.unresolvedImports,
    unresolvedLoads: tables.unresolvedLoads,
    serving: phases.handlers + OPENS.among(paths).length,
    processes: processes.all,
    processesOf: (unit) => processes.of(unit),
    sharedBy: shared,
    unmatched: [
      ...own.unmatched(tables, apis.keys()),
      ...Object.keys(typeof declared.instances === 'object' ? declared.instances : {}).filter(
        (name) => !used.some((one) => isNamed(one, name)),
      ),
    ],
    imports: (unit) => importsOf(tables, unit),
    stack(unit) {
      let stack = stacks.get(unit.manifest);
      if (!stack) {
        stack = stackOf(unit, tables.manifests);
        stacks.set(unit.manifest, stack);
      }
      return stack;
    },
    callsTo(patterns) {
      const key = patterns.join('\n');
      const before = calledBy.get(key);
      if (before) return before;
      const found = new Map<Call, string>();
      const table = new ApiTable(patterns.map((pattern) => ({ patterns: [pattern], entry: pattern })));
      for (const [api, pattern] of table.among(paths))
        for (const call of apis.get(api) ?? []) if (!found.has(call)) found.set(call, pattern);
      const list = [...found].map(([call, pattern]) => ({ call, pattern }));
      calledBy.set(key, list);
      return list;
    },
    apis: apisOf,
    values: (unit, expr) => values.of(unit, expr),
    property: (unit, expr, path) => property(values, unit, expr, path),
    origins: (unit, expr, span, isEnd) => origins.of(unit, expr, span, isEnd),
    callees: (call) => graph.callees(call),
    callers: (fn) => graph.callersOf.get(fn) ?? [],
    functions: (unit, expr) => graph.functions(unit, expr),
    callsIn: (fn) => tables.callsIn(fn),
    reaches: (fn) => phases.reaches(fn),
    keeps: (call) => state.keeps(call),
    registrations: (fn) => phases.registrationsOf.get(fn) ?? [],
    effects: (fn, among) => effects.of(fn, undefined, among),
    effect: (call) => effects.ofCall(call),
    statement: (call) => effects.sql(call),
    guards: (call, inside) => guards.of(call, inside),
    unguarded: (fn, among) => guards.unguarded(fn, among),
    isShared: (value) => own.isShared(value),
    inSharedStore: (fn) => own.isInShared(fn),
    known: (unit, expr) => conditions.known(unit, expr),
    setting: (list) => conditions.setting(list),
    conditions: (site, phase) => conditions.of(site, phase),
    scriptChain: (manifest, script) => scriptChain(scripts.get(manifest) ?? [], script),
    scriptRole: roleOfScript,
    fn: (unit, id) => tables.fn(unit, id),
    facts: (collector) => collectedBy(tables, collector),
    symbol: (place) => symbol(tables, place),
    text,
  };
}

/** By what its workload sets; of an image by what all workloads that run it set, where that comes to the same. */
function settingOfRun(deployed: Deployed, { tests }: Run, used: readonly InUse[]): TestsSetting {
  const [first, ...others] = used
    .filter((one) => one.deployed === deployed || one.deployed?.image === deployed.workload)
    .map(({ environment }) => settingOfTests(tests, environment));
  const isAgreed = others.every(({ when, words, safe }) =>
    safe === undefined ? when === first?.when && words === first.words && !first.safe : first?.safe !== undefined,
  );
  return first && isAgreed ? first : settingOfTests(tests);
}

/** Where each process starts more of itself, in production and with nothing to set for it. */
function forksOf(apis: ReadonlyMap<string, readonly Call[]>, conditions: Conditions) {
  const calls = (apis.get('cluster:fork') ?? []).filter((call) => {
    const { when, developmentOnly, never } = conditions.setting(conditions.of(call));
    return when !== 'optional-config' && !developmentOnly && !never;
  });
  return ({ units }: Process): Place | undefined => {
    const call = calls.find(({ unit }) => units.has(unit));
    return call && { file: call.unit.file, span: call.fact.span };
  };
}

function importsOf(tables: Tables, unit: Unit): ReturnType<Program['imports']> {
  return unit.facts.imports.flatMap(({ specifier, typeOnly, span }) => {
    const target = typeOnly ? undefined : tables.target(unit, specifier);
    const imported = target?.kind === 'file' ? tables.byFile.get(target.file) : undefined;
    return imported && imported !== unit ? [{ unit: imported, span }] : [];
  });
}

function property(values: Values, unit: Unit, expr: Expr | undefined, path: readonly string[]): readonly Alternative[] {
  if (!expr) return [{ value: { kind: 'undefined' }, when: [] }];
  const [first, ...rest] = path;
  if (first === undefined) return values.of(unit, expr);
  // Asked as an access, since the options' variable may get properties later: `options.store = …`.
  let at: readonly Alternative[] = values.of(unit, { k: 'member', of: expr, name: first });
  for (const name of rest)
    at = at.flatMap(({ value, when }): readonly Alternative[] =>
      // What a part that is not given would hold is not given either.
      value.kind === 'undefined' || (value.kind === 'literal' && (value.value === null || value.value === false))
        ? [{ value: { kind: 'undefined' }, when }]
        : values.memberOf(value, name).map((next) => ({ value: next.value, when: [...when, ...next.when] })),
    );
  return at;
}

/** What a rule's own collector wrote down; the files come in the order of their names, as all tables do. */
function collectedBy(tables: Tables, collector: string): Collected[] {
  return tables.units.flatMap((unit) =>
    (unit.facts.more?.[collector] ?? []).map(({ span, value }) => {
      const place = { file: unit.file, span };
      return { ...place, unit, fn: around(unit, place) ?? tables.fn(unit, 0), value };
    }),
  );
}

/** The class and function, or the file, around a place. */
function symbol(tables: Tables, place: Place): string {
  const unit = tables.byFile.get(place.file);
  return (unit && around(unit, place)?.name) ?? place.file;
}

function around(unit: Tables['units'][number], { span: [line, column] }: Place): Fn | undefined {
  let best: Fn | undefined;
  for (const fn of unit.fns) {
    const [from, start, to, end] = fn.fact.span;
    const inside = (line > from || (line === from && column >= start)) && (line < to || (line === to && column <= end));
    if (fn.id > 0 && inside) best = fn;
  }
  return best;
}

import type { AccessFact, CallFact, Expr } from '../../model/facts.js';
import type { Call, Cls, Condition, Fn, Known, Phase, Setting, Unit } from '../../model/program.js';
import { Mounts } from '../phases/mounts.js';
import type { Phases } from '../phases/phases.js';
import { containerWrites } from '../../knowledge/containers.js';
import { ApiTable } from '../../knowledge/api-table.js';
import type { CallGraph } from '../calls/graph.js';
import { testKey } from '../processes/branches.js';
import { amount, type Asked, INSTANCE_INDEX } from './amount.js';
import type { InProduction } from './in-production.js';
import { isSaid } from './named.js';
import { Required } from './required.js';
import { compare, evaluate, names, type Term, truth } from './terms.js';
import { Listings } from './listings.js';
import { Settings } from './settings.js';
import { add, type Linked, type Tables, text } from '../tables.js';
import type { Values } from '../values/values.js';

/** An instance's number is read from the environment, in a constant or a helper: not behind half of the program. */
const STEPS_TO_INDEX = 100;

const NO_NAMES: readonly string[] = [];

/** Calls that have a container make objects of a class they are handed. */
const BINDS = new ApiTable(
  containerWrites.filter(({ made }) => made).map((entry) => ({ patterns: [entry.api], entry })),
);

/** Says what conditions amount to for an operator: which settings they ask for, and whether these hold by default. */
export class Conditions {
  private made: Map<Cls, Condition[][]> | undefined;
  private readonly mounts: Mounts;
  private readonly reader: Settings;
  private readonly required = new Required();
  private readonly listings: Listings;
  /** Asked again for each call that stands under the same test. */
  private readonly indexes = new Map<Expr, readonly string[]>();
  private hasIndexes: boolean | undefined;
  private readonly importers = new Map<string, { unit: Linked; when: readonly number[] }[]>();

  constructor(
    private readonly tables: Tables,
    private readonly values: Values,
    private readonly phases: Phases,
    private readonly production?: InProduction,
    private readonly graph?: CallGraph,
  ) {
    this.reader = new Settings(tables, values);
    this.listings = new Listings(tables, values);
    this.mounts = new Mounts(tables, values);
    for (const unit of tables.units) {
      for (const { specifier, when, typeOnly } of unit.facts.imports) {
        const target = typeOnly ? undefined : tables.target(unit, specifier);
        if (target?.kind !== 'file') continue;
        const list = this.importers.get(target.file) ?? [];
        list.push({ unit, when });
        this.importers.set(target.file, list);
      }
    }
  }

  /** The conditions of a place: its own, those of the functions around it, and those on the way from the start of the process. */
  of(
    site: { readonly unit: Unit; readonly fn: Fn; readonly fact: AccessFact | CallFact },
    phase: Phase = 'boot',
  ): Condition[] {
    const found = [...this.tables.conditions(site.unit, site.fact.when), ...this.around(site.fn)];
    const path = this.phases.callsOnPath(site.fn, phase);
    for (const call of path) {
      found.push(...this.tables.conditions(call.unit, call.fact.when), ...this.around(call.fn));
    }
    found.push(...this.composing(site.fn, path));
    const registration = this.phases.registration(site.fn, phase);
    if (registration) {
      found.push(
        ...this.tables.conditions(registration.unit, registration.fact.when),
        ...this.around(registration.fn),
        ...this.mounting(registration),
      );
      if (registration.unit !== site.unit) found.push(...this.loading(registration.unit as Linked, 0, new Set()));
    }
    found.push(...this.loading(site.unit as Linked, 0, new Set()));
    if (site.fn.fact.cls !== undefined) {
      const cls = this.tables.cls(site.unit, site.fn.fact.cls);
      found.push(...this.making(cls), ...this.listings.of(cls));
    }
    // A method's decorator stands at the top of its file.
    const decorated =
      'decorates' in site.fact && site.fact.decorates ? this.decoratedClass(site.unit, site.fact) : undefined;
    if (decorated) found.push(...this.listings.of(decorated));
    // Whether a process is the application or a command decides nothing about the application.
    const { tests } = this.tables.branches;
    return tests.size === 0 ? found : found.filter(({ unit, fact }) => !tests.has(testKey(unit.file, fact.span)));
  }

  private decoratedClass(unit: Unit, { decorates }: CallFact): Cls | undefined {
    const cls = decorates?.fn === undefined ? undefined : unit.facts.functions[decorates.fn]?.cls;
    return cls === undefined ? undefined : this.tables.cls(unit, cls);
  }

  /** Conditions under which the router that something is registered on is used at all: `if (debug) app.use('/debug', router)`. */
  private mounting(registration: Call, depth = 0): Condition[] {
    if (depth > 3 || registration.fact.callee.k !== 'member') return [];
    const routers = this.mounts.makers(registration.unit, registration.fact.callee.of);
    const ways = routers.flatMap((router) => this.mounts.of(router));
    const lists = ways.map((call) => [
      ...this.tables.conditions(call.unit, call.fact.when),
      ...this.around(call.fn),
      ...this.mounting(call, depth + 1),
    ]);
    return lists.length > 0 && lists.every((list) => list.length > 0) ? (lists[0] as Condition[]) : [];
  }

  /** Conditions under which a class is used at all: `driver === 's3' ? new BucketFiles() : new LocalFiles()`. */
  private making(cls: Cls): readonly Condition[] {
    if (!this.made) {
      this.made = new Map();
      for (const unit of this.tables.served) {
        for (const call of unit.calls) {
          if (!call.fact.new && !call.fact.decorates) {
            this.bound(call, this.made);
            continue;
          }
          if (call.fact.new)
            for (const { value, when } of this.values.of(unit, call.fact.callee))
              if (value.kind === 'class')
                add(this.made, value.cls, [
                  ...this.tables.conditions(unit, call.fact.when),
                  ...this.around(call.fn),
                  ...when,
                ]);
          for (const arg of call.fact.args) this.provided(unit, arg, this.made, 0);
        }
      }
    }
    const ways = this.made.get(cls) ?? [];
    return ways.length > 0 && ways.every((list) => list.length > 0) ? (ways[0] as Condition[]) : [];
  }

  /** `container.bind(FILES).to(LocalFiles)` */
  private bound(call: Call, made: Map<Cls, Condition[][]>): void {
    if (call.fact.callee.k !== 'member' || call.fact.args.length === 0) return;
    for (const api of this.values.calleeApis(call))
      for (const { value: at } of BINDS.find(api)) {
        const arg = typeof at === 'number' ? call.fact.args[at] : undefined;
        for (const { value, when } of arg ? this.values.of(call.unit, arg) : [])
          if (value.kind === 'class')
            add(made, value.cls, [
              ...this.tables.conditions(call.unit, call.fact.when),
              ...this.around(call.fn),
              ...when,
            ]);
      }
  }

  /** `{ provide: Files, useClass: isLocal ? LocalFiles : BucketFiles }`, wherever it stands in a module's metadata. */
  private provided(unit: Unit, expr: Expr, made: Map<Cls, Condition[][]>, depth: number): void {
    if (depth > 4) return;
    if (expr.k === 'array') for (const item of expr.items) this.provided(unit, item, made, depth + 1);
    if (expr.k !== 'object') return;
    for (const prop of expr.props) {
      if (prop.name === 'useClass')
        for (const { value, when } of this.values.of(unit, prop.value))
          if (value.kind === 'class') add(made, value.cls, [...when]);
      if (prop.name !== 'useClass') this.provided(unit, prop.value, made, depth + 1);
    }
  }

  /** Conditions under which the function is called that makes this one: `if (redis) return shared(redis); return countedHere();`. */
  private composing(fn: Fn, path: readonly Call[]): readonly Condition[] {
    const found: Condition[] = [];
    for (let at = this.tables.parent(fn); at && at.id !== 0; at = this.tables.parent(at)) {
      const maker = at;
      // Run on the way, its callers have been looked at.
      if (path.some((call) => call.fn === maker)) return found;
      const ways = (this.graph?.callersOf.get(maker) ?? []).map((call) => [
        ...this.tables.conditions(call.unit, call.fact.when),
        ...this.around(call.fn),
      ]);
      const [first, ...others] = ways;
      const isCommon = ({ fact }: Condition) =>
        others.every((list) => list.some((other) => other.fact.test === fact.test && other.fact.sense === fact.sense));
      for (const condition of first ?? []) if (isCommon(condition)) found.push(condition);
    }
    return found;
  }

  private around(fn: Fn): Condition[] {
    const found: Condition[] = [];
    for (let at: Fn | undefined = fn; at && at.id !== 0; at = this.tables.parent(at))
      found.push(...this.tables.conditions(at.unit, at.fact.when));
    return found;
  }

  /** Conditions under which a module is loaded at all: `if (isPrimary) require('./cron')`. */
  private loading(unit: Linked, depth: number, seen: Set<string>): Condition[] {
    if (depth > 3 || seen.has(unit.file)) return [];
    seen.add(unit.file);
    const importers = (this.importers.get(unit.file) ?? []).filter(
      ({ unit: by }) => !by.roles.has('test') || by.roles.size > 1,
    );
    if (importers.length === 0 || importers.length > 3) return [];
    const own = importers.map(({ unit: by, when }) => this.tables.conditions(by, when));
    if (own.every((list) => list.length > 0)) return own[0] as Condition[];
    return importers.length === 1 ? this.loading((importers[0] as { unit: Linked }).unit, depth + 1, seen) : [];
  }

  /** Environment variables and named settings that an expression asks for. */
  settings(unit: Unit, expr: Expr): string[] {
    return names(this.reader.term(unit, expr));
  }

  /** What an expression is when only NODE_ENV=production is set, and what production is said to set. */
  known(unit: Unit, expr: Expr): Known | undefined {
    const read = this.reader.term(unit, expr);
    const term = this.production?.term(unit, read) ?? read;
    const result = evaluate(term);
    const stated = term === read ? undefined : this.production?.evidence(unit, read);
    if (!result) return undefined;
    if ('value' in result) return stated ? { ...result, stated } : result;
    if (result.is === 'production') return { value: 'production' };
    return result.is === 'thing' ? { value: true } : undefined;
  }

  setting(conditions: readonly Condition[]): Setting {
    const asked = conditions.flatMap((condition): Asked[] => {
      const { unit, fact } = condition;
      if (fact.kind === 'catch' || fact.kind === 'loop') return [];
      const term = this.chosenDriver(condition) ?? this.reader.term(unit, fact.test);
      return isNoDemo(term, fact.sense) ? [] : [{ condition, term }];
    });
    const found = this.decided(asked);
    return conditions.some((condition) => this.isDead(condition)) ? { ...found, never: true } : found;
  }

  /** What a file demands of every process decides only whether something else can be at all. */
  private decided(asked: readonly Asked[]): Setting {
    const whole = this.production?.setting(asked) ?? amount(asked);
    if (whole.when === 'always' || whole.never || whole.developmentOnly) return whole;
    const open = asked.filter(({ condition }) => !this.required.has(condition));
    if (open.length === asked.length) return whole;
    return this.production?.setting(open) ?? amount(open);
  }

  /** Asks for an option that the code itself leaves off, and nothing ever sets: `if (options.trace)` after `{ trace: false }`. */
  private isDead({ unit, fact: { test, sense, kind } }: Condition): boolean {
    if (kind === 'catch' || kind === 'loop') return false;
    const [asked, wanted] = test.k === 'unary' && test.op === '!' ? [test.of, !sense] : [test, sense];
    if (asked.k !== 'member') return false;
    const values = this.values.of(unit, asked);
    const objects = this.values.of(unit, asked.of);
    const [{ value }, of] = [values[0] ?? { value: undefined }, objects[0]?.value];
    if (values.length !== 1 || objects.length !== 1 || value?.kind !== 'literal' || of?.kind !== 'object') return false;
    // A file of its own for options is made to be edited by whoever installs it.
    const isOwn = of.unit === unit;
    return isOwn && typeof value.value === 'boolean' && value.value !== wanted && this.values.isFixed(of, asked.name);
  }

  /** `switch (app.config.db.type) { case 'sqlite': …`: whoever installs it chooses, wherever the configuration comes from. */
  private chosenDriver({ unit, fact }: Condition): Term | undefined {
    const { test, kind } = fact;
    if (kind !== 'case' || test.k !== 'binary' || test.right.k !== 'lit' || test.left.k !== 'member') return undefined;
    const left = this.reader.term(unit, test.left);
    const name = text(unit, test.left);
    // Read from a file by a package, what it holds is as little known.
    const isOpen = left.k === 'unknown' || (left.k === 'thing' && left.value.kind === 'external');
    if (!isOpen || !/(?:^|[._])(?:config|configuration|settings|options?)\.[\w.]+$/i.test(name)) return undefined;
    return compare('===', { k: 'setting', name }, this.reader.term(unit, test.right));
  }

  /** The variables that tell instances apart among those a condition asks for. */
  instanceIndex(unit: Unit, test: Expr): readonly string[] {
    this.hasIndexes ??= isSaid(this.tables.project, this.tables.units, INSTANCE_INDEX);
    if (!this.hasIndexes) return NO_NAMES;
    let known = this.indexes.get(test);
    if (!known) {
      const { term, isAll } = this.reader.nearTerm(unit, test, STEPS_TO_INDEX);
      const found = names(term).filter((name) => INSTANCE_INDEX.has(name));
      // One side of it may lead far away, and the other tell.
      const sides = !isAll && found.length === 0 && test.k === 'logic' ? [test.left, test.right] : [];
      known = [...found, ...sides.flatMap((side) => this.instanceIndex(unit, side))];
      this.indexes.set(test, known);
    }
    return known;
  }
}

/** Nobody makes a demonstration of an installation to be safe: that it is none goes without saying. */
function isNoDemo(term: Term, sense: boolean): boolean {
  const list = names(term);
  if (list.length !== 1 || !/(?:^|_)demo(?:_?mode)?$/i.test(list[0] ?? '')) return false;
  return truth(evaluate(term)) === sense;
}

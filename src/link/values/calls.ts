import type { Expr } from '../../model/facts.js';
import type { Alternative, Call, Cls, Fn, Value } from '../../model/program.js';
import { passThrough } from '../../knowledge/aliases.js';
import { copiers } from '../../knowledge/collections.js';
import { models } from '../../knowledge/models.js';
import { ApiTable, called, expand } from '../../knowledge/api-table.js';
import type { Linked, Tables } from '../tables.js';
import type { Values } from './values.js';
import {
  extended,
  external,
  instance,
  NOTHING,
  isSolid,
  MOST,
  one,
  UNDEFINED,
  UNKNOWN,
  under,
} from './alternatives.js';

/** What calls give back. */
/** Most calls are of functions of the project. */
const NO_APIS: readonly string[] = [];

export class Calls {
  private readonly through = new ApiTable(
    // What copies into an object gives that object back: `merge(defaults, options)`.
    [...passThrough, ...copiers.filter(({ to }) => to === 0).map(({ api, to }) => ({ api, arg: to }))].map((entry) => ({
      patterns: [entry.api],
      entry,
    })),
  );

  private readonly models = new ApiTable(models.map((entry) => ({ patterns: [entry.api], entry })));

  private readonly named = new Map<string, Map<string, Cls | null>>();

  constructor(
    private readonly values: Values,
    private readonly tables: Tables,
  ) {}

  result(call: Call): readonly Alternative[] {
    const { fact, unit } = call;
    const first = fact.args[0];
    if (fact.callee.k === 'global' && (fact.callee.name === 'require' || fact.callee.name === 'import')) {
      return first?.k === 'lit' && typeof first.v === 'string'
        ? this.values.imported(unit, first.v, '*')
        : this.loaded(call);
    }
    const required = first?.k === 'lit' && typeof first.v === 'string' ? this.required(call, first.v) : undefined;
    if (required) return required;
    const own = this.values.method(call);
    if (own?.length) return own;
    let found: readonly Alternative[] = NOTHING;
    for (const { value, when } of this.values.of(unit, fact.callee)) {
      if (value.kind === 'external') {
        const api = this.values.same(called(value.api));
        const kept = this.values.kept(this.values.registry.asked(call, value.api));
        if (kept.length) {
          found = extended(found, under(kept, when));
          continue;
        }
        const settled = value.api === 'global:Promise' ? this.values.promised.executed(call) : [];
        if (settled.some((one) => isSolid(one.value))) {
          found = extended(found, under(settled, when));
          continue;
        }
        const builtin = this.values.builtin(call, value.api);
        if (builtin?.length) {
          found = extended(found, under(builtin, when));
          continue;
        }
        const through = this.through.first(value.api);
        const handed = through ? fact.args[through.arg] : undefined;
        if (handed) found = extended(found, under(this.values.of(unit, handed), when));
        else if (/(?:^global:__importDefault|^global:__importStar|^global:_interopRequire\w*)\(\)$/.test(api) && first)
          found = extended(found, this.values.of(unit, first));
        else {
          const whole = one(external(api, call, value.model));
          found = extended(found, under(this.handedOut(call, value) ?? this.contained(call, whole), when));
        }
      } else if (value.kind === 'class') {
        const { cls } = value;
        if (fact.new) found = extended(found, [{ value: instance(cls, call), when }]);
        else if (fact.callee.k === 'member' && fact.callee.name === 'bind') found = extended(found, [{ value, when }]);
        else if (cls.fact.byFunction && cls.fact.ctor !== undefined)
          found = extended(found, under(this.returned(this.tables.fn(cls.unit, cls.fact.ctor)), when));
      } else if (value.kind === 'function') {
        if (fact.callee.k === 'member' && fact.callee.name === 'bind') found = extended(found, [{ value, when }]);
        else if (isImportHelper(value.fn) && first) found = extended(found, this.values.of(unit, first));
        else found = extended(found, under(this.returned(value.fn), when));
      } else if (value.kind === 'unknown') {
        found = extended(found, this.contained(call, UNKNOWN));
      }
    }
    if (found.every(({ value }) => !isSolid(value))) {
      const promised = this.promised(call);
      if (promised.length) return promised;
    }
    if (!found.some(({ value }) => isSolid(value))) found = extended(found, this.element(call));
    return found.length ? found : UNKNOWN;
  }

  /** `require` of a computed path gives one of the files it can mean; of very many, that tells nothing. */
  private loaded(call: Call): readonly Alternative[] {
    const files = this.tables.loads(call.unit as Linked).byCall.get(call.id) ?? [];
    if (files.length > MOST) return UNKNOWN;
    if (files.length === 0) return this.loadedPackages(call);
    return files.flatMap((file) => this.values.namespace(file));
  }

  /** `require(inTests ? 'redis-mock' : 'redis')`: one of a few packages, each under its condition. */
  private loadedPackages({ unit, fact }: Call): readonly Alternative[] {
    const names = fact.args[0] ? this.values.of(unit, fact.args[0]) : [];
    const isPackage = ({ value }: Alternative) =>
      value.kind === 'literal' && typeof value.value === 'string' && /^(?:@|node:)?[a-z]/.test(value.value);
    if (names.length === 0 || names.length > MOST || !names.every(isPackage)) return UNKNOWN;
    return names.flatMap(({ value, when }) =>
      value.kind === 'literal' ? under(this.values.imported(unit, String(value.value), '*'), when) : [],
    );
  }

  /** `const require = createRequire(import.meta.url)`. */
  private required(call: Call, specifier: string): readonly Alternative[] | undefined {
    const { callee } = call.fact;
    if (callee.k !== 'id' || call.unit.facts.bindings[callee.b]?.init?.k !== 'call') return undefined;
    return this.calleeApis(call).includes('module:createRequire()')
      ? this.values.imported(call.unit, specifier, '*')
      : undefined;
  }

  /** `User.findOne(…)` of a class that extends an ORM's model, `repository.find(…)`: objects of the project's class. */
  private handedOut(call: Call, callee: Value & { kind: 'external' }): readonly Alternative[] | undefined {
    const entry = this.models.first(callee.api);
    if (!entry) return undefined;
    const named = entry.of === undefined ? undefined : call.fact.args[entry.of];
    const known = named && this.values.of(call.unit, named).find(({ value }) => value.kind === 'class')?.value;
    const byText = entry.named && named?.k === 'lit' ? this.classNamed(entry.named, String(named.v)) : undefined;
    const cls = known?.kind === 'class' ? known.cls : entry.of === undefined ? callee.model : byText;
    if (!cls) return undefined;
    const api = this.values.same(called(callee.api));
    if (entry.gives === 'repository') return one(external(api, call, cls));
    const row = one(instance(cls, call));
    if (entry.gives === 'first') return this.values.list(call, 'row', row);
    if (entry.gives === 'many') return this.values.list(call, 'rows', row);
    return entry.chained ? [...row, ...one(external(api, call, cls))] : row;
  }

  /** A class that extends one of these and is called so, or stands in a file called so; of two, neither. */
  private classNamed(bases: string, name: string): Cls | undefined {
    let known = this.named.get(bases);
    if (!known) {
      known = new Map();
      this.named.set(bases, known);
      const wanted = new Set(expand(bases));
      for (const unit of this.tables.units)
        for (const cls of unit.classes) {
          const base = cls.fact.extends;
          const isModel =
            base && this.values.of(unit, base).some(({ value }) => value.kind === 'external' && wanted.has(value.api));
          const file = unit.file.slice(unit.file.lastIndexOf('/') + 1).replace(/\.[cm]?[jt]s$/, '');
          if (isModel)
            for (const key of new Set([file, cls.fact.name].map(plain))) known.set(key, known.has(key) ? null : cls);
        }
    }
    return known.get(plain(name)) ?? undefined;
  }

  /** `work().catch(…)` gives what the work gives, `work().then(f)` what `f` gives. */
  private promised(call: Call): readonly Alternative[] {
    const { callee, args } = call.fact;
    if (callee.k !== 'member') return [];
    if (callee.name === 'catch' || callee.name === 'finally')
      return [
        ...this.values.of(call.unit, callee.of).filter(({ value }) => isSolid(value)),
        ...(args[0] && callee.name === 'catch' ? this.given(call, args[0]) : []),
      ];
    const first = callee.name === 'then' ? args[0] : undefined;
    return first ? this.given(call, first) : [];
  }

  /** What a callback gives that does not only end in nothing. */
  private given(call: Call, callback: Expr): readonly Alternative[] {
    return this.values
      .of(call.unit, callback)
      .flatMap(({ value }) =>
        value.kind === 'function' && value.fn.fact.returns.length ? this.returned(value.fn) : [],
      );
  }

  /** `jobs.find(…)`, `handlers.get(name)`: one of the things that were put in. */
  private element(call: Call): readonly Alternative[] {
    const { callee } = call.fact;
    if (callee.k !== 'member' || !/^(?:get|find|at|pop|shift|findLast)$/.test(callee.name)) return [];
    return this.values.elements(call.unit as Linked, callee.of);
  }

  /** `container.get(UserService)`, `app.get(UserService)`: a container gives an instance of the class it is asked for. */
  private contained(call: Call, otherwise: readonly Alternative[]): readonly Alternative[] {
    const { callee, args } = call.fact;
    const first = args[0];
    if (callee.k !== 'member' || !/^(?:get|resolve|inject|getService|select)$/.test(callee.name) || first?.k !== 'id')
      return otherwise;
    const values = this.values.of(call.unit, first);
    const classes = values.filter(({ value }) => value.kind === 'class');
    const ofPackages = values.flatMap(({ value }) =>
      value.kind === 'external' && /^[^:]+:[A-Z]\w*$/.test(value.api) && !value.api.startsWith('global:')
        ? [value.api]
        : [],
    );
    if (classes.length === 0 && ofPackages.length > 0)
      return ofPackages.flatMap((api) => one(external(this.values.same(called(api)))));
    return classes.length
      ? classes.map(({ value }) => ({
          value: instance((value as Value & { kind: 'class' }).cls),
          when: [],
        }))
      : otherwise;
  }

  returned(fn: Fn): readonly Alternative[] {
    const { unit, fact } = fn;
    let found: readonly Alternative[] = NOTHING;
    for (const { value, when } of fact.returns) {
      const conditions = this.tables.conditions(unit, when);
      found = extended(found, under(value ? this.values.of(unit, value) : UNDEFINED, conditions));
    }
    if (fact.open && fact.returns.some(({ value }) => value)) {
      const first = fact.returns.find(({ when }) => when.length > 0);
      const condition = first ? this.tables.conditions(unit, first.when)[0] : undefined;
      if (condition)
        found = extended(found, [
          {
            value: { kind: 'undefined' },
            when: [{ unit, fact: { ...condition.fact, sense: !condition.fact.sense } }],
          },
        ]);
    }
    if (fact.returnType && !found.some(({ value }) => isSolid(value)))
      found = extended(found, this.values.typed(unit as Linked, fact.returnType));
    return found.length ? found : UNKNOWN;
  }

  calleeApis(call: Call): readonly string[] {
    let found: readonly string[] = NO_APIS;
    for (const { value } of this.values.of(call.unit, call.fact.callee))
      if (value.kind === 'external' && !found.includes(value.api))
        found = found.length === 0 ? [value.api] : found.concat(value.api);
    return found;
  }
}

function plain(name: string): string {
  return name.replaceAll('_', '').toLowerCase();
}

function isImportHelper(fn: Fn): boolean {
  return /^(?:__importDefault|__importStar|_interopRequire\w*)$/.test(fn.fact.name);
}

import type { Expr, MemberFact } from '../../model/facts.js';
import type { Cls, Fn, StateAccess, StateCell, StateKind, Unit } from '../../model/program.js';
import type { Place } from '../../model/span.js';
import type { Phases } from '../phases/phases.js';
import type { Singletons } from './singletons.js';
import type { Linked, Tables } from '../tables.js';
import type { Values } from '../values/values.js';

export type OpenCell = { -readonly [K in keyof StateCell]: StateCell[K] } & {
  writes: StateAccess[];
  reads: StateAccess[];
  declaredIn?: number;
  /** It stands where it was hung, whoever changes it later. */
  stays?: true;
};

/** A name that was hung on a framework's object for all to use. */
interface Hung {
  readonly unit: Unit;
  readonly name: string;
  readonly label: string;
  readonly value?: Expr;
  readonly place: Place;
  readonly stays?: true;
}

/** What frameworks themselves look at on the application. */
const OF_FRAMEWORKS = new Set(
  'keys proxy proxyIpHeader maxIpsCount env silent subdomainOffset context request response middleware compose locals mountpath settings engines router _router parent'.split(
    ' ',
  ),
);

/** The places where state can live: what is declared there outlives a request in one process. */
export class Cells {
  private readonly byKey = new Map<string, OpenCell>();
  private readonly owners = new Map<Expr, OpenCell>();
  /** Names put on the global object, and properties put on exports of packages. */
  private readonly globals = new Set<string>();
  private readonly foreign = new Map<string, Set<string>>();
  /** What is known of the fields of a class, by name: each is asked for wherever it is mentioned. */
  private readonly fields = new Map<Cls, Map<string, OpenCell | undefined>>();
  private readonly statics = new Map<Cls, Map<string, OpenCell | undefined>>();
  /** By the API path that it is read by. */
  private readonly hung = new Map<string, Map<string, Hung>>();

  constructor(
    private readonly tables: Tables,
    private readonly values: Values,
    private readonly phases: Phases,
    private readonly singletons: Singletons,
  ) {
    for (const unit of tables.units) this.ownObjects(unit);
    for (const unit of tables.units)
      if (singletons.isServed(unit)) {
        this.findHung(unit);
        this.findForeign(unit);
      }
  }

  all(): OpenCell[] {
    return [...this.byKey.values()];
  }

  /** The cell that an object literal is kept in. */
  ofObject(object: Expr): OpenCell | undefined {
    return this.owners.get(object);
  }

  private cell(key: string, make: () => Omit<OpenCell, 'writes' | 'reads' | 'shape'>): OpenCell {
    let cell = this.byKey.get(key);
    if (!cell) {
      cell = { ...make(), writes: [], reads: [], shape: 'value' };
      this.byKey.set(key, cell);
    }
    return cell;
  }

  bindingCell(unit: Linked, id: number): OpenCell | undefined {
    const fact = unit.facts.bindings[id];
    if (
      !fact ||
      fact.kind === 'import' ||
      fact.kind === 'param' ||
      fact.kind === 'function' ||
      fact.kind === 'class' ||
      fact.kind === 'enum' ||
      fact.kind === 'catch'
    )
      return undefined;
    if (!this.singletons.isServed(unit)) return undefined;
    // Nothing inside a text or number changes.
    if (fact.kind === 'const' && fact.init && /^(?:lit|text|unary|binary|undefined)$/.test(fact.init.k))
      return undefined;
    // `const axios = require('axios')` names a package, as an import does.
    if (
      fact.init &&
      this.values
        .of(unit, fact.init)
        .some(({ value }) => value.kind === 'external' && value.api.endsWith(':') && value.api !== 'global:')
    )
      return undefined;
    const kind: StateKind = fact.fn === 0 ? 'module' : 'closure';
    if (kind === 'closure' && !this.phases.isOnlyStart(this.tables.fn(unit, fact.fn))) return undefined;
    return this.cell(`b ${unit.file} ${id}`, () => ({
      kind,
      name: fact.name,
      unit,
      place: { file: unit.file, span: fact.span },
      declaredIn: fact.fn,
      ...(fact.init ? { init: fact.init } : {}),
    }));
  }

  fieldCell(cls: Cls, name: string, isStatic: boolean): OpenCell | undefined {
    const told = isStatic ? this.statics : this.fields;
    let names = told.get(cls);
    if (!names) {
      names = new Map();
      told.set(cls, names);
    }
    if (!names.has(name)) names.set(name, this.findField(cls, name, isStatic));
    return names.get(name);
  }

  private findField(cls: Cls, name: string, isStatic: boolean): OpenCell | undefined {
    const isIt = (member: MemberFact) => member.name === name && Boolean(member.static) === isStatic;
    const owner = [cls, ...this.values.bases(cls)].find((candidate) => candidate.fact.members.some(isIt)) ?? cls;
    const member = owner.fact.members.find(isIt);
    if (member && member.kind !== 'field') return undefined;
    if (!this.singletons.isServed(owner.unit)) return undefined;
    // A field that is inherited belongs to each object by itself: that there is one of a sibling says nothing of this one's.
    if (!isStatic && !this.singletons.isSingleton(cls)) return undefined;
    const unit = owner.unit as Linked;
    const declared = member ?? unit.fields.get(`${owner.id}.${name}`)?.[0];
    // A name the class itself never mentions belongs to something that was only taken for its object.
    if (!declared) return undefined;
    const init = member?.value ?? unit.fields.get(`${owner.id}.${name}`)?.[0]?.value;
    const holder = isStatic ? undefined : this.singletons.holder(owner);
    return this.cell(`f ${unit.file} ${owner.id} ${isStatic} ${name}`, () => ({
      kind: isStatic ? 'static' : 'field',
      name: `${owner.fact.name || 'class'}.${name}`,
      unit,
      place: { file: unit.file, span: declared.span },
      cls: owner,
      ...(init ? { init } : {}),
      ...(holder ? { holder } : {}),
    }));
  }

  /**
   * Objects that a module, or a function that runs once, keeps under a name or exports whole: what is changed in them is changed
   * in that one place.
   */
  private ownObjects(unit: Linked): void {
    if (!this.singletons.isServed(unit)) return;
    unit.facts.bindings.forEach((fact, id) => {
      if (fact.kind === 'param' || fact.init?.k !== 'object') return;
      // What a function only hands on is kept by somebody else, under a name of their own.
      if (fact.fn !== 0 && !(this.phases.isOnlyStart(this.tables.fn(unit, fact.fn)) && isCaptured(unit, id))) return;
      const cell = this.bindingCell(unit, id);
      if (cell) this.owners.set(fact.init, cell);
    });
    // Not what a class has for all its objects (`static EMPTY = {}`): that is given out, mostly, to be copied.
    unit.facts.classes.forEach(({ members }, id) => {
      const cls = this.tables.cls(unit, id);
      const own = (name: string, init: Expr | undefined) => {
        const cell = init?.k === 'object' ? this.fieldCell(cls, name, false) : undefined;
        if (init && cell?.init === init) this.owners.set(init, cell);
      };
      for (const { kind, name, value, static: isStatic } of members)
        if (kind === 'field' && !isStatic) own(name, value);
      for (const [key, [first]] of unit.fields)
        if (key.startsWith(`${id}.`)) own(key.slice(key.indexOf('.') + 1), first?.value);
    });
    for (const fact of unit.facts.exports) {
      if ((fact.name !== '=' && fact.name !== 'default') || fact.value?.k !== 'object') continue;
      const init = fact.value;
      this.owners.set(
        init,
        this.cell(`x ${unit.file}`, () => ({
          kind: 'module',
          name: 'module.exports',
          unit,
          place: { file: unit.file, span: fact.span },
          init,
        })),
      );
    }
  }

  private hang(api: string, hung: Hung): void {
    const names = this.hung.get(api);
    if (names) names.set(hung.name, hung);
    else this.hung.set(api, new Map([[hung.name, hung]]));
  }

  /** `app.x = …` is read as `ctx.app.x`, `app.context.x = …` as `ctx.x`, and `app.decorate('x', …)` as `app.x`. */
  private findHung(unit: Linked): void {
    const apis = (expr: Expr) =>
      this.values.of(unit, expr).flatMap(({ value }) => (value.kind === 'external' ? [value.api] : []));
    for (const { op, target, value, span } of unit.facts.accesses) {
      if (op !== 'assign' || target.k !== 'member') continue;
      const { name } = target;
      const on = apis(target.of);
      const hung = { unit, name, place: { file: unit.file, span }, ...(value ? { value } : {}) };
      if (on.includes('koa:().context')) this.hang('koa:().use/0.0', { ...hung, label: `app.context.${name}` });
      if (!OF_FRAMEWORKS.has(name))
        for (const api of on)
          if (/^(?:express|koa|fastify):\(\)$/.test(api))
            this.hang(api, { ...hung, label: `app.${name}`, stays: true });
    }
    for (const call of unit.calls) {
      const [name, value] = call.fact.args;
      if (
        name?.k !== 'lit' ||
        !value ||
        value.k === 'fn' ||
        !this.values.calleeApis(call).includes('fastify:().decorate')
      )
        continue;
      this.hang('fastify:()', {
        unit,
        name: String(name.v),
        label: `app.${name.v}`,
        value,
        place: { file: unit.file, span: call.fact.span },
      });
    }
  }

  /** What hangs on the process or the framework's application object. */
  externalCell(unit: Unit, api: string, name: string, at: Place): OpenCell | undefined {
    if (!this.singletons.isServed(unit)) return undefined;
    const make = (kind: StateKind, label: string) =>
      this.cell(`${kind} ${name}`, () => ({ kind, name: label, unit, place: at }));
    if (api === 'global:' || api === 'global:global') return make('global', `globalThis.${name}`);
    if (isEnvironment(api)) return make('environment', `process.env.${name}`);
    if (/^(?:express:\(\)|express:\(\)\.get\/1\.0\.app)\.locals$/.test(api))
      return make('app-locals', `app.locals.${name}`);
    if (/^koa:\(\)\.context$/.test(api)) return make('app-locals', `app.context.${name}`);
    if (this.foreign.get(api)?.has(name))
      return this.cell(`g ${api} ${name}`, () => ({
        kind: 'global',
        name: `${api.replace(/:$/, '').replace(':', '.')}.${name}`,
        unit,
        place: at,
      }));
    const hung = this.hung.get(api)?.get(name);
    if (hung)
      return this.cell(`app-locals ${name}`, () => ({
        kind: 'app-locals',
        name: hung.label,
        unit: hung.unit,
        place: hung.place,
        ...(hung.value ? { init: hung.value } : {}),
        ...(hung.stays ? { stays: true as const } : {}),
      }));
    if (/^@hapi\/hapi:Server\(\)\.app$/.test(api)) return make('app-locals', `server.app.${name}`);
    return undefined;
  }

  /** `process.env[name]`: whichever of its variables. */
  anyVariable(unit: Unit, at: Place): OpenCell | undefined {
    if (!this.singletons.isServed(unit)) return undefined;
    return this.cell('environment', () => ({ kind: 'environment', name: 'process.env[…]', unit, place: at }));
  }

  /** Where a variable is set whose name is computed, any that is read may be the one. */
  settleEnvironment(): void {
    const any = this.byKey.get('environment');
    if (!any) return;
    // What is taken out is gone on every instance, sooner or later.
    any.writes = any.writes.filter(({ value }) => value !== undefined);
    if (any.writes.length === 0) return;
    for (const cell of this.byKey.values())
      if (cell.kind === 'environment' && cell !== any) any.reads.push(...cell.reads);
  }

  /** What a function carries as a property: `next.calls = 0`. */
  functionCell(fn: Fn, name: string, at: Place): OpenCell | undefined {
    if (fn.fact.parent !== 0 || fn.id === 0 || name === 'prototype' || !this.singletons.isServed(fn.unit))
      return undefined;
    // Nobody keeps anything with a function that has no name of its own: it only came by the same helper as what is meant.
    if (!fn.fact.name) return undefined;
    return this.cell(`p ${fn.unit.file} ${fn.id} ${name}`, () => ({
      kind: 'module',
      name: `${fn.name}.${name}`,
      unit: fn.unit,
      place: at,
    }));
  }

  /** What is kept under a name given as text: `app.set('title', …)`. */
  namedCell(unit: Unit, label: string, at: Place): OpenCell | undefined {
    if (!this.singletons.isServed(unit)) return undefined;
    return this.cell(`n ${label}`, () => ({ kind: 'app-locals', name: label, unit, place: at }));
  }

  /** A name that nothing declares, and that somewhere is put on `global`. */
  globalCell(unit: Unit, name: string, at: Place): OpenCell | undefined {
    return this.globals.has(name) ? this.externalCell(unit, 'global:', name, at) : undefined;
  }

  /** Properties that the project puts on `global` or on what packages export: only those are state, not all that is read there. */
  private findForeign(unit: Linked): void {
    for (const { op, target } of unit.facts.accesses) {
      if (op === 'read' || target.k !== 'member') continue;
      const isNamed = isNamedHere(unit, target.of, 0);
      for (const { value } of this.values.of(unit, target.of)) {
        if (value.kind !== 'external') continue;
        if (value.api === 'global:' || value.api === 'global:global') this.globals.add(target.name);
        else if (isNamed && isExported(value.api)) {
          const names = this.foreign.get(value.api);
          if (names) names.add(target.name);
          else this.foreign.set(value.api, new Set([target.name]));
        }
      }
    }
  }

  /** What is made by being written (`app.locals.x`, `process.env.X`) stands where it is first written while serving. */
  settlePlace(cell: OpenCell): void {
    if (cell.stays || (cell.kind !== 'global' && cell.kind !== 'app-locals' && cell.kind !== 'environment')) return;
    const asked = cell.writes.filter(({ fn }) => this.phases.has(fn, 'request') || this.phases.has(fn, 'socket'));
    const write = asked.find(({ fn }) => !this.phases.has(fn, 'boot')) ?? asked[0] ?? cell.writes[0];
    if (!write) return;
    cell.place = write.place;
    if (cell.unit === write.unit) return;
    cell.unit = write.unit;
    delete cell.init;
  }
}

/** Functions that are written in the one that declares it use it. */
function isCaptured({ facts }: Unit, binding: number): boolean {
  const declaring = facts.bindings[binding]?.fn;
  const isIt = (expr: Expr): boolean =>
    expr.k === 'id' ? expr.b === binding : (expr.k === 'member' || expr.k === 'index') && isIt(expr.of);
  return (
    facts.accesses.some(({ fn, target }) => fn !== declaring && isIt(target)) ||
    facts.calls.some(({ fn, callee, args }) => fn !== declaring && [callee, ...args].some(isIt))
  );
}

export function isEnvironment(api: string): boolean {
  return api === 'global:process.env' || api === 'process:env';
}

/** What is written leads to an import by names alone: what a function was handed, or gave, may be a row of anything. */
function isNamedHere(unit: Linked, expr: Expr, depth: number): boolean {
  if (depth > 6) return false;
  if (expr.k === 'member') return isNamedHere(unit, expr.of, depth + 1);
  if (expr.k === 'global') return true;
  if (expr.k === 'call') {
    const callee = unit.facts.calls[expr.c]?.callee;
    return callee?.k === 'global' && callee.name === 'require';
  }
  if (expr.k !== 'id') return false;
  const fact = unit.facts.bindings[expr.b];
  if (!fact || fact.param) return false;
  return fact.from !== undefined || (fact.init !== undefined && isNamedHere(unit, fact.init, depth + 1));
}

/** An export of a package, or a part of one: the same object for all who import it. Not what calls gave, nor parameters. */
function isExported(api: string): boolean {
  return !/^(?:global|env|unknown|process|module):/.test(api) && !/[()/]/.test(api.slice(api.indexOf(':')));
}

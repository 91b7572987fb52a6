import { posix } from 'node:path';
import type { AccessFact, BindingId, ExportFact, Expr, FileFacts, FunctionId, ScriptFact } from '../model/facts.js';
import type { Manifest, Project, SettingsFile } from '../model/input.js';
import type { Call, Cls, Condition, Fn, Role, Unit } from '../model/program.js';
import type { Span } from '../model/span.js';
import { Loaders, type Loads } from './modules/loads.js';
import { vendoredBy } from './modules/vendored.js';
import { type Modules, modulesOf, type Target } from './modules/modules.js';
import { type Branches, branchesOf } from './processes/branches.js';
import type { Question } from './values/answers.js';
import { evened } from './even.js';
import { none } from './values/alternatives.js';

/** A unit with its entities made, and the indexes that looking up values needs. */
export interface Linked extends Unit {
  readonly roles: Set<Role>;
  readonly fns: readonly Fn[];
  readonly classes: readonly Cls[];
  readonly calls: readonly Call[];
  /** Assignments to a binding itself, and to a path below it (`options.store = …`). */
  readonly assigned: ReadonlyMap<BindingId, readonly AccessFact[]>;
  readonly properties: ReadonlyMap<BindingId, readonly AccessFact[]>;
  /** Assignments `this.x = …` by class and field. */
  readonly fields: ReadonlyMap<string, readonly AccessFact[]>;
  /** What is put into a binding's or a field's collection: `list.push(x)`, `this.byId.set(id, x)`, `byId[id] = x`. */
  readonly collected: ReadonlyMap<string, readonly Expr[]>;
  readonly targets: ReadonlyMap<string, Target>;
  /** The binding a function or an object literal is the value of. */
  readonly boundTo: ReadonlyMap<FunctionId, BindingId>;
  readonly ownerOf: ReadonlyMap<Expr, BindingId>;
  /** What `values/` is asked of exports, by name, and the API paths of each call's callee, of which reading. */
  readonly askedExports: Map<string, Question>;
  readonly toldApis: { readonly reading: number; readonly apis: readonly string[] }[];
  /** Made when they are first asked for: one object each, since they are asked for with every value on the way. */
  readonly conditions: (Condition | undefined)[];
}

type ObjectLiteral = Expr & { readonly k: 'object' };

/** The exports under one name, and where in the list each stands. */
interface Named {
  readonly facts: ExportFact[];
  readonly at: number[];
}

const NO_EXPORTS: readonly ExportFact[] = [];
const UNCONDITIONAL = none<Condition>();

/** Everything the parts of the linker look things up in; made once, then only read. */
export class Tables {
  readonly units: readonly Linked[];
  readonly byFile = new Map<string, Linked>();
  readonly modules: Modules;
  private readonly isVendored: (file: string) => boolean;
  readonly manifests: readonly Manifest[];
  unresolvedImports = 0;
  private branching: Branches | undefined;
  private loaders: Loaders | undefined;
  private servedMemo: readonly Linked[] | undefined;
  private readonly importsMemo = new Map<Linked, readonly Linked[]>();
  private readonly objectsMemo = new Map<Linked, ReadonlyMap<string, ObjectLiteral>>();
  private readonly loadsMemo = new Map<Linked, Loads>();
  private readonly insideMemo = new Map<Linked, Map<Fn, Fn[]>>();
  private readonly byFunction = new Map<Fn, Call[]>();
  private readonly byExport = new Map<Unit, ReadonlyMap<string, Named>>();

  constructor(
    readonly project: Project,
    facts: readonly FileFacts[],
    /** The scripts of each manifest. */
    readonly scripts: ReadonlyMap<Manifest, readonly ScriptFact[]>,
    /** Paths of modules that descriptors give in variables. */
    readonly modulesStated: ReadonlyMap<string, readonly string[]>,
  ) {
    this.isVendored = vendoredBy(
      project.files,
      project.manifests.map(({ dir }) => dir),
    );
    this.modules = modulesOf(project);
    this.manifests = [...project.manifests].sort((a, b) => (a.dir < b.dir ? -1 : 1));
    const sorted = [...facts].sort((a, b) => (a.file < b.file ? -1 : 1));
    this.units = sorted.map((file) => this.unit(file));
    for (const unit of this.units) {
      this.byFile.set(unit.file, unit);
      for (const call of unit.calls) add(this.byFunction, call.fn, call);
    }
  }

  private unit(given: FileFacts): Linked {
    const facts = evened(given);
    const assigned = new Map<BindingId, AccessFact[]>();
    const properties = new Map<BindingId, AccessFact[]>();
    const fields = new Map<string, AccessFact[]>();
    for (const access of facts.accesses) {
      if (access.op !== 'assign') continue;
      const { target } = access;
      if (target.k === 'id') add(assigned, target.b, access);
      else if (target.k === 'member' && target.of.k === 'id') add(properties, target.of.b, access);
      else if (target.k === 'member' && target.of.k === 'this' && target.of.cls !== undefined)
        add(fields, `${target.of.cls}.${target.name}`, access);
    }
    const collected = new Map<string, Expr[]>();
    for (const { callee, args } of facts.calls) {
      const last = args.at(-1);
      if (callee.k !== 'member' || !last || !/^(?:push|unshift|add|set)$/.test(callee.name)) continue;
      const key = collectionKey(callee.of);
      if (key) add(collected, key, last);
    }
    for (const { op, target, value } of facts.accesses) {
      const key = op === 'assign' && target.k === 'index' ? collectionKey(target.of) : undefined;
      if (key && value) add(collected, key, value);
    }
    const targets = new Map<string, Target>();
    for (const { specifier, typeOnly } of facts.imports) {
      if (targets.has(specifier)) continue;
      const target = this.modules.resolve(facts.file, specifier);
      targets.set(specifier, target);
      if (target.kind === 'missing' && !typeOnly) this.unresolvedImports++;
    }
    const boundTo = new Map<FunctionId, BindingId>();
    const ownerOf = new Map<Expr, BindingId>();
    facts.bindings.forEach(({ init }, id) => {
      if (init?.k === 'fn' && !boundTo.has(init.f)) boundTo.set(init.f, id);
      if (init?.k === 'object') ownerOf.set(init, id);
    });
    const manifest = this.modules.manifestOf(posix.dirname(facts.file));
    const unit: Linked = {
      file: facts.file,
      facts,
      roles: new Set<Role>(),
      fns: [],
      classes: [],
      calls: [],
      assigned,
      properties,
      fields,
      collected,
      targets,
      boundTo,
      ownerOf,
      askedExports: new Map(),
      toldApis: new Array(facts.calls.length),
      conditions: new Array(facts.conditions.length),
      manifest,
      vendored: this.isVendored(facts.file) || undefined,
    } as Linked;
    const fns = unit.fns as Fn[];
    facts.functions.forEach((fact, id) => fns.push({ unit, id, fact, name: functionName(facts, id) }));
    const classes = unit.classes as Cls[];
    facts.classes.forEach((fact, id) => classes.push({ unit, id, fact }));
    const calls = unit.calls as Call[];
    facts.calls.forEach((fact, id) => calls.push({ unit, id, fact, fn: fns[fact.fn] as Fn }));
    return unit;
  }

  /** The units that some server, worker or script reaches. Tests, build files and browser code tell nothing about how these run. */
  get served(): readonly Linked[] {
    // Nobody asks before the files have their roles, and everybody asks after that, some for every call there is.
    this.servedMemo ??= this.units.filter(
      ({ roles }) => roles.has('server') || roles.has('worker') || roles.has('script'),
    );
    return this.servedMemo;
  }

  linked(unit: Unit): Linked {
    return unit as Linked;
  }

  fn(unit: Unit, id: number): Fn {
    return (unit as Linked).fns[id] as Fn;
  }

  cls(unit: Unit, id: number): Cls {
    return (unit as Linked).classes[id] as Cls;
  }

  call(unit: Unit, id: number): Call {
    return (unit as Linked).calls[id] as Call;
  }

  parent(fn: Fn): Fn | undefined {
    return fn.id === 0 ? undefined : this.fn(fn.unit, fn.fact.parent);
  }

  /** A function and those written inside it, in the order of the file. */
  within(fn: Fn): readonly Fn[] {
    const inner = this.inside(fn.unit as Linked);
    const found = [fn];
    for (let at = 0; at < found.length; at++) found.push(...(inner.get(found[at] as Fn) ?? []));
    return found.sort((a, b) => a.id - b.id);
  }

  private inside(unit: Linked): ReadonlyMap<Fn, readonly Fn[]> {
    let known = this.insideMemo.get(unit);
    if (!known) {
      known = new Map();
      for (const fn of unit.fns) {
        const parent = this.parent(fn);
        if (parent && parent !== fn) add(known, parent, fn);
      }
      this.insideMemo.set(unit, known);
    }
    return known;
  }

  target(unit: Unit, specifier: string): Target {
    return (unit as Linked).targets.get(specifier) ?? this.modules.resolve(unit.file, specifier);
  }

  /** The files of the project that a file imports, types left out. */
  importsOf(unit: Linked): readonly Linked[] {
    const known = this.importsMemo.get(unit);
    if (known) return known;
    const found: Linked[] = [];
    for (const { specifier, typeOnly } of unit.facts.imports) {
      const target = typeOnly ? undefined : this.target(unit, specifier);
      const to = target?.kind === 'file' ? this.byFile.get(target.file) : undefined;
      if (to) found.push(to);
    }
    this.importsMemo.set(unit, found);
    return found;
  }

  /** The object literal that begins at a place, where it has a name, alone or inside another: what `this` means in its methods. */
  objectAt(unit: Linked, span: Span): ObjectLiteral | undefined {
    let known = this.objectsMemo.get(unit);
    if (!known) {
      known = objectsOf(unit.facts);
      this.objectsMemo.set(unit, known);
    }
    return known.get(span.join(':'));
  }

  /** What a file loads and starts by paths that are put together at run time. */
  loads(unit: Linked): Loads {
    let found = this.loadsMemo.get(unit);
    if (!found) {
      this.loaders ??= new Loaders(this);
      found = this.loaders.of(unit);
      this.loadsMemo.set(unit, found);
    }
    return found;
  }

  /** The ways from an application's start that lead to an installer or a command instead. */
  get branches(): Branches {
    this.branching ??= branchesOf(this);
    return this.branching;
  }

  /** Runs on such a way and nowhere else. */
  isAside(unit: Unit): boolean {
    return (
      this.branches.loaded.has(unit as Linked) && !(unit as Linked).roles.has('server') && !unit.roles.has('worker')
    );
  }

  get unresolvedLoads(): number {
    return this.units.reduce((sum, unit) => sum + this.loads(unit).unresolved, 0);
  }

  /** What the settings files of other tools hold, by the name they are known under. */
  settings(name: SettingsFile['name']): readonly (SettingsFile & { readonly dir: string })[] {
    return (this.project.settings ?? [])
      .filter((one) => one.name === name)
      .map((one) => ({ ...one, dir: posix.dirname(one.file) }));
  }

  conditions(unit: Unit, ids: readonly number[]): readonly Condition[] {
    if (ids.length === 0) return UNCONDITIONAL;
    const { conditions } = unit as Linked;
    const list: Condition[] = [];
    for (const id of ids) {
      conditions[id] ??= { unit, fact: unit.facts.conditions[id] as Condition['fact'] };
      list.push(conditions[id] as Condition);
    }
    return list;
  }

  /** The exports under a name, in the order of the file. Generated modules have thousands. */
  exportsOf(unit: Unit, name: string): readonly ExportFact[] {
    return this.exportNames(unit).get(name)?.facts ?? NO_EXPORTS;
  }

  /** The exports under any of these names, in the order of the file. */
  exportsNamed(unit: Unit, names: readonly string[]): readonly ExportFact[] {
    const lists = names.flatMap((name) => this.exportNames(unit).get(name) ?? []);
    if (lists.length < 2) return lists[0]?.facts ?? NO_EXPORTS;
    const all = lists.flatMap(({ facts, at }) => facts.map((fact, index) => ({ fact, at: at[index] as number })));
    return all.sort((a, b) => a.at - b.at).map(({ fact }) => fact);
  }

  private exportNames(unit: Unit): ReadonlyMap<string, Named> {
    const known = this.byExport.get(unit);
    if (known) return known;
    const byName = new Map<string, Named>();
    unit.facts.exports.forEach((fact, at) => {
      const named = byName.get(fact.name);
      if (named) {
        named.facts.push(fact);
        named.at.push(at);
      } else byName.set(fact.name, { facts: [fact], at: [at] });
    });
    this.byExport.set(unit, byName);
    return byName;
  }

  /** The calls that stand in a function itself, not in those written inside it. */
  callsIn(fn: Fn): readonly Call[] {
    return this.byFunction.get(fn) ?? [];
  }
}

export function add<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** Few files ask for these, so that they are looked for when one does. */
function objectsOf({ bindings, exports, accesses }: FileFacts): ReadonlyMap<string, ObjectLiteral> {
  const found = new Map<string, ObjectLiteral>();
  const note = (expr: Expr | undefined): void => {
    if (expr?.k !== 'object') return;
    const at = expr.span.join(':');
    if (found.has(at)) return;
    found.set(at, expr);
    for (const { value } of expr.props) note(value);
  };
  for (const { init } of bindings) note(init);
  for (const { value } of exports) note(value);
  for (const { value } of accesses) note(value);
  return found;
}

/** Names a binding (`b3`) or a class's field (`c1.items`) of one file. */
export function collectionKey(expr: Expr): string | undefined {
  if (expr.k === 'id') return `b${expr.b}`;
  return expr.k === 'member' && expr.of.k === 'this' && expr.of.cls !== undefined
    ? `c${expr.of.cls}.${expr.name}`
    : undefined;
}

function functionName(facts: FileFacts, id: number): string {
  if (id === 0) return facts.file;
  const fact = facts.functions[id];
  if (!fact) return '';
  const cls = fact.cls === undefined ? undefined : facts.classes[fact.cls]?.name;
  const own = fact.name && fact.name !== '*' ? fact.name : '';
  if (cls) return own ? `${cls}.${own}` : cls;
  if (own) return own;
  const parent = fact.parent === 0 ? '' : functionName(facts, fact.parent);
  return parent && !parent.startsWith('a function') ? `a function in ${parent}` : parent || 'a function';
}

/** An access path as it would be written, shortened where it is long. */
export function text(unit: Unit, expr: Expr): string {
  switch (expr.k) {
    case 'lit':
      return typeof expr.v === 'string' ? `'${expr.v}'` : String(expr.v);
    case 'undefined':
      return 'undefined';
    case 'id':
      return unit.facts.bindings[expr.b]?.name ?? '?';
    case 'global':
      return expr.name;
    case 'this':
      return 'this';
    case 'super':
      return 'super';
    case 'member':
      return `${text(unit, expr.of)}.${expr.name}`;
    case 'index':
      return `${text(unit, expr.of)}[${expr.key.k === 'other' ? '…' : text(unit, expr.key)}]`;
    case 'call': {
      const call = unit.facts.calls[expr.c];
      return call ? `${call.new ? 'new ' : ''}${text(unit, call.callee)}(${call.args.length ? '…' : ''})` : '…';
    }
    case 'await':
      return text(unit, expr.of);
    case 'unary':
      return `${expr.op}${/\w$/.test(expr.op) ? ' ' : ''}${text(unit, expr.of)}`;
    case 'text':
      return `\`${expr.parts.map((part) => (part.k === 'lit' ? String(part.v) : `\${${text(unit, part)}}`)).join('')}\``;
    case 'binary':
      return `${text(unit, expr.left)} ${expr.op} ${text(unit, expr.right)}`;
    case 'logic':
      return `${text(unit, expr.left)} ${expr.op} ${text(unit, expr.right)}`;
    case 'fn':
      return unit.facts.functions[expr.f]?.name || 'a function';
    case 'class':
      return unit.facts.classes[expr.c]?.name || 'a class';
    default:
      return '…';
  }
}

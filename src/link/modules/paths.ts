import { posix } from 'node:path';
import { globs } from '../../knowledge/loaders.js';
import { ApiTable } from '../../knowledge/api-table.js';
import type { CallFact, Expr } from '../../model/facts.js';
import { apiOf, exported, functionNamed, required } from '../calls/names.js';
import { add, type Linked, type Tables } from '../tables.js';

/*
 * Which paths an expression can be. The project's root is `/`; what is known only at run time is a hole, for a part of one name
 * or (as `**` stands for) for any names in a row. Values are not known yet when this is asked, and need not be: paths are made of
 * few things.
 */

export const HOLE = '\u0000';
export const DEEP_HOLE = '\u0001';

/** Applications list what they load, one by one. */
const MOST = 200;
const DEEPEST = 16;
const CALLERS = 24;
const ITERATES = /^(?:forEach|map|flatMap|filter|find|some|every|each|mapSeries)$/;
const KEEPS = /^(?:filter|slice|sort|reverse|concat|flat|toSorted|toReversed|values|stream)$/;
const ENVIRONMENT = /^(?:global:process\.env|process:env|global:Bun\.env)$/;
const UNKNOWN: readonly string[] = [HOLE];

/** Where a function written in place is handed to. */
interface Handed {
  readonly call: CallFact;
  readonly argument: number;
}

export class Paths {
  private readonly memo = new WeakMap<Expr, readonly string[]>();
  private readonly active = new Set<Expr>();
  private readonly globs = new ApiTable(globs.map((entry) => ({ patterns: [entry.api], entry })));
  private callers: Map<string, { unit: Linked; call: CallFact }[]> | undefined;
  private readonly handed = new Map<Linked, Map<number, Handed>>();
  private readonly added = new Map<Linked, Map<number, Expr[]>>();

  constructor(private readonly tables: Tables) {}

  /** The paths an expression can be, holes included; one that nothing is known of is a single hole. */
  of(unit: Linked, expr: Expr): readonly string[] {
    const known = this.memo.get(expr);
    if (known) return known;
    if (this.active.has(expr) || this.active.size > DEEPEST) return UNKNOWN;
    this.active.add(expr);
    const found = [...new Set(this.find(unit, expr))].slice(0, MOST);
    this.active.delete(expr);
    this.memo.set(expr, found);
    return found;
  }

  /** Where a relative path of the process starts from: the folder of the application. */
  cwd(unit: Linked): string {
    return unit.manifest && unit.manifest.dir !== '.' ? `/${unit.manifest.dir}` : '/';
  }

  private find(unit: Linked, expr: Expr): readonly string[] {
    switch (expr.k) {
      case 'lit':
        return [String(expr.v ?? '')];
      case 'text':
        return this.joined(expr.parts.map((part) => this.of(unit, part)));
      case 'binary':
        return expr.op === '+' ? this.joined([this.of(unit, expr.left), this.of(unit, expr.right)]) : UNKNOWN;
      case 'choose':
        return [...this.of(unit, expr.yes), ...this.of(unit, expr.no)];
      case 'logic':
        return [...this.of(unit, expr.left), ...this.of(unit, expr.right)];
      case 'await':
      case 'spread':
        return this.of(unit, expr.of);
      case 'global':
        if (expr.name === '__dirname') return [`/${posix.dirname(unit.file)}`];
        return expr.name === '__filename' ? [`/${unit.file}`] : UNKNOWN;
      case 'id':
        return this.binding(unit, expr.b);
      case 'member':
        return this.member(unit, expr);
      case 'index':
        return this.elements(unit, expr.of);
      case 'call':
        return this.call(unit, unit.facts.calls[expr.c] as CallFact);
      default:
        return UNKNOWN;
    }
  }

  private joined(parts: readonly (readonly string[])[]): readonly string[] {
    let whole: string[] = [''];
    for (const part of parts) whole = whole.flatMap((head) => part.map((tail) => head + tail)).slice(0, MOST);
    return whole;
  }

  private binding(unit: Linked, id: number): readonly string[] {
    const fact = unit.facts.bindings[id];
    if (!fact) return UNKNOWN;
    if (fact.from) {
      const found = exported(this.tables, unit, fact.from.specifier, fact.from.name);
      return found ? this.of(found.unit, found.expr) : UNKNOWN;
    }
    if (fact.param) return this.parameter(unit, fact.fn, fact.param.index, fact.param.path);
    const values = [fact.init, ...(unit.assigned.get(id) ?? []).map(({ value }) => value)];
    const found = values.flatMap((value) => (value ? this.of(unit, value) : []));
    return found.length ? found : UNKNOWN;
  }

  private parameter(unit: Linked, fn: number, index: number, path: readonly string[] | undefined): readonly string[] {
    if (path?.length) return UNKNOWN;
    const found: string[] = [];
    const handed = this.handedFrom(unit).get(fn);
    if (handed) {
      const { callee } = handed.call;
      if (callee.k === 'member' && index === 0 && ITERATES.test(callee.name) && handed.argument === 0)
        return this.elements(unit, callee.of);
      return UNKNOWN;
    }
    for (const { unit: where, call } of this.callersOf(unit, fn)) {
      const arg = call.args[index];
      if (arg && arg.k !== 'spread') found.push(...this.of(where, arg));
    }
    return found.length ? found : UNKNOWN;
  }

  private member(unit: Linked, expr: Expr & { readonly k: 'member' }): readonly string[] {
    const { of, name } = expr;
    // What the descriptors of the application choose: `STORE: '../stores/mongo'`.
    const stated = this.tables.modulesStated.get(name);
    if (stated && ENVIRONMENT.test(apiOf(this.tables, unit, of) ?? '')) return stated;
    if (of.k === 'global' && of.name === 'import.meta') {
      if (name === 'dirname' || name === 'dir') return [`/${posix.dirname(unit.file)}`];
      return name === 'url' || name === 'filename' ? [`/${unit.file}`] : UNKNOWN;
    }
    if (name === 'sep' && /^path:/.test(apiOf(this.tables, unit, of) ?? '')) return ['/'];
    if (of.k === 'global' && of.name === 'module' && name === 'filename') return [`/${unit.file}`];
    const object = this.object(unit, of);
    const prop = object?.expr.props.findLast((one) => one.name === name);
    if (object && prop) return this.of(object.unit, prop.value);
    if (of.k === 'this' && of.cls !== undefined) {
      const init = unit.facts.classes[of.cls]?.members.find((one) => one.name === name)?.value;
      const values = [init, ...(unit.fields.get(`${of.cls}.${name}`) ?? []).map(({ value }) => value)];
      const found = values.flatMap((value) => (value ? this.of(unit, value) : []));
      return found.length ? found : UNKNOWN;
    }
    // What a URL or a folder's entry says of itself.
    return name === 'href' || name === 'pathname' || name === 'name' ? this.of(unit, of) : UNKNOWN;
  }

  private object(
    unit: Linked,
    expr: Expr,
  ): { readonly unit: Linked; readonly expr: Expr & { readonly k: 'object' } } | undefined {
    if (expr.k !== 'id') return undefined;
    const fact = unit.facts.bindings[expr.b];
    if (fact?.init?.k === 'object') return { unit, expr: fact.init };
    const whole = fact?.init && required(unit, fact.init);
    const from = fact?.from ?? (whole === undefined ? undefined : { specifier: whole, name: 'default' });
    const found = from && exported(this.tables, unit, from.specifier, from.name);
    if (!found) return undefined;
    if (found.expr.k === 'object') return { unit: found.unit, expr: found.expr };
    return found.expr.k === 'id' && found.unit !== unit ? this.object(found.unit, found.expr) : undefined;
  }

  private call(unit: Linked, call: CallFact): readonly string[] {
    const { callee, args } = call;
    const arg = (index: number) => (args[index] ? this.of(unit, args[index]) : UNKNOWN);
    const api = apiOf(this.tables, unit, callee);
    const path = api && /^path:(?:posix\.|win32\.)?(\w+)$/.exec(api)?.[1];
    if (path === 'join') return this.joining(args.map((_, index) => arg(index)));
    if (path === 'resolve')
      return this.resolving(
        this.cwd(unit),
        args.map((_, index) => arg(index)),
      );
    if (path === 'dirname') return arg(0).map((one) => (isOpen(one) && !one.includes('/') ? HOLE : posix.dirname(one)));
    if (path === 'normalize') return arg(0).map((one) => posix.normalize(one));
    if (path === 'basename') return arg(0).map((one) => posix.basename(one));
    if (api === 'global:process.cwd' || api === 'process:cwd') return [this.cwd(unit)];
    if (api === 'url:fileURLToPath' || api === 'url:pathToFileURL' || api === 'global:String') return arg(0);
    if ((api === 'global:URL' || api === 'url:URL') && args[1])
      return this.resolving('/', [arg(1).map((one) => posix.dirname(one)), arg(0)]);
    if (api === 'global:require.resolve' || api === 'global:import.meta.resolve') return this.resolved(unit, arg(0));
    if (
      callee.k === 'member' &&
      /^(?:replace|replaceAll|toString|trim|toLowerCase|split|slice|at)$/.test(callee.name)
    ) {
      // A known text is another one afterwards; a hole remains one.
      const of = this.of(unit, callee.of);
      return callee.name === 'toString' ? of : of.map((one) => (isOpen(one) ? one : HOLE));
    }
    const fn = functionNamed(this.tables, unit, callee);
    if (fn) {
      const returns = fn.unit.facts.functions[fn.fn]?.returns ?? [];
      const found = returns.flatMap(({ value }) => (value ? this.of(fn.unit, value) : []));
      if (found.length) return found;
    }
    return UNKNOWN;
  }

  private resolved(unit: Linked, specifiers: readonly string[]): readonly string[] {
    return specifiers.map((specifier) => {
      const target = isOpen(specifier) ? undefined : this.tables.modules.resolve(unit.file, specifier);
      return target?.kind === 'file' ? `/${target.file}` : HOLE;
    });
  }

  private joining(parts: readonly (readonly string[])[]): readonly string[] {
    return this.joined(parts.map((part, index) => (index === 0 ? part : part.map((one) => `/${one}`)))).map((one) =>
      posix.normalize(one),
    );
  }

  private resolving(base: string, parts: readonly (readonly string[])[]): readonly string[] {
    let whole: readonly string[] = [base];
    for (const part of parts)
      whole = whole
        .flatMap((head) => part.map((tail) => (tail.startsWith('/') ? tail : posix.join(head, tail))))
        .slice(0, MOST);
    return whole;
  }

  /** What a list of paths holds. */
  elements(unit: Linked, expr: Expr, depth = 0): readonly string[] {
    if (depth > DEEPEST) return UNKNOWN;
    if (expr.k === 'array') return expr.items.flatMap((item) => this.of(unit, item)).slice(0, MOST);
    if (expr.k === 'await' || expr.k === 'spread') return this.elements(unit, expr.of, depth + 1);
    if (expr.k === 'logic')
      return [...this.elements(unit, expr.left, depth + 1), ...this.elements(unit, expr.right, depth + 1)];
    if (expr.k === 'id') {
      const fact = unit.facts.bindings[expr.b];
      if (fact?.param) return this.listParameter(unit, fact.fn, fact.param.index, depth);
      const assigned = unit.assigned.get(expr.b)?.[0]?.value;
      const init = fact?.init && fact.init.k !== 'array' ? fact.init : (assigned ?? fact?.init);
      if (!init) return UNKNOWN;
      const added = (this.addedTo(unit).get(expr.b) ?? []).flatMap((item) => this.of(unit, item));
      return [...this.elements(unit, init, depth + 1), ...added].slice(0, MOST);
    }
    const call = expr.k === 'call' ? unit.facts.calls[expr.c] : undefined;
    if (!call) return UNKNOWN;
    const { callee, args } = call;
    const first = args[0];
    const api = apiOf(this.tables, unit, callee);
    if (api && first && this.globs.first(api)) return this.matching(unit, call);
    if (callee.k === 'member') {
      if (callee.name === 'all' && callee.of.k === 'global' && first) return this.elements(unit, first, depth + 1);
      if (KEEPS.test(callee.name) && callee.of.k !== 'global') return this.elements(unit, callee.of, depth + 1);
      if (/^(?:map|flatMap)$/.test(callee.name) && first?.k === 'fn') return this.returned(unit, first.f);
    }
    const fn = functionNamed(this.tables, unit, callee);
    const returns = fn?.unit.facts.functions[fn.fn]?.returns ?? [];
    const found = fn ? returns.flatMap(({ value }) => (value ? this.elements(fn.unit, value, depth + 1) : [])) : [];
    return found.length ? found.slice(0, MOST) : UNKNOWN;
  }

  private listParameter(unit: Linked, fn: number, index: number, depth: number): readonly string[] {
    const handed = this.handedFrom(unit).get(fn);
    const api = handed && apiOf(this.tables, unit, handed.call.callee);
    // `glob(pattern, (error, files) => …)`, `glob(pattern).then((files) => …)`
    if (handed && api && this.globs.first(api)) return this.matching(unit, handed.call);
    if (handed?.call.callee.k === 'member' && handed.call.callee.name === 'then')
      return this.elements(unit, handed.call.callee.of, depth + 1);
    const found = this.callersOf(unit, fn).flatMap(({ unit: where, call }) => {
      const arg = call.args[index];
      return arg ? this.elements(where, arg, depth + 1) : [];
    });
    return found.length ? found.slice(0, MOST) : UNKNOWN;
  }

  private returned(unit: Linked, fn: number): readonly string[] {
    const found = (unit.facts.functions[fn]?.returns ?? []).flatMap(({ value }) => (value ? this.of(unit, value) : []));
    return found.length ? found : UNKNOWN;
  }

  /** The paths a pattern stands for, as the call gives them: relative, unless it is told to give whole ones. */
  private matching(unit: Linked, call: CallFact): readonly string[] {
    const [first, options] = call.args;
    const patterns = first ? this.patterns(unit, first) : [];
    const option = (name: string) =>
      options?.k === 'object' ? options.props.find((prop) => prop.name === name)?.value : undefined;
    const absolute = option('absolute');
    if (absolute?.k !== 'lit' || absolute.v !== true) return patterns;
    const cwd = option('cwd');
    return this.resolving(this.cwd(unit), [cwd ? this.of(unit, cwd) : [''], patterns]);
  }

  /** One pattern or a list of them, with holes for what they leave open; those that take away are left out. */
  patterns(unit: Linked, expr: Expr): readonly string[] {
    const texts = expr.k === 'array' || expr.k === 'id' ? [...this.list(unit, expr)] : this.of(unit, expr);
    return texts.filter((text) => !text.startsWith('!')).map(holesOf);
  }

  private list(unit: Linked, expr: Expr): readonly string[] {
    const whole = this.of(unit, expr);
    if (expr.k === 'id' && whole.some((one) => one !== HOLE)) return whole;
    return this.elements(unit, expr);
  }

  // Callers

  /** What is put into lists later: `names.push('metrics')`. */
  private addedTo(unit: Linked): ReadonlyMap<number, readonly Expr[]> {
    let found = this.added.get(unit);
    if (!found) {
      found = new Map<number, Expr[]>();
      for (const { callee, args } of unit.facts.calls)
        if (callee.k === 'member' && callee.of.k === 'id' && (callee.name === 'push' || callee.name === 'unshift'))
          for (const arg of args) if (arg.k !== 'spread') add(found, callee.of.b, arg);
      this.added.set(unit, found);
    }
    return found;
  }

  private handedFrom(unit: Linked): Map<number, Handed> {
    const known = this.handed.get(unit);
    if (known) return known;
    const found = new Map<number, Handed>();
    for (const call of unit.facts.calls)
      call.args.forEach((arg, argument) => {
        if (arg.k === 'fn') found.set(arg.f, { call, argument });
      });
    this.handed.set(unit, found);
    return found;
  }

  private callersOf(unit: Linked, fn: number): readonly { readonly unit: Linked; readonly call: CallFact }[] {
    if (!this.callers) {
      this.callers = new Map();
      for (const where of this.tables.units) {
        for (const call of where.facts.calls) {
          const { callee } = call;
          if (callee.k === 'id' || (callee.k === 'member' && (callee.of.k === 'id' || callee.of.k === 'this'))) {
            const named = functionNamed(this.tables, where, callee);
            if (named) add(this.callers, `${named.unit.file} ${named.fn}`, { unit: where, call });
          }
        }
      }
    }
    return (this.callers.get(`${unit.file} ${fn}`) ?? []).slice(0, CALLERS);
  }
}

/** Whether some part of a path is not known. */
export function isOpen(path: string): boolean {
  return path.includes(HOLE) || path.includes(DEEP_HOLE);
}

/** A glob with its open parts as holes. */
export function holesOf(glob: string): string {
  return glob
    .replace(/[!@?+*]\([^()]*\)/g, HOLE)
    .replace(/\{[^{}]*\}|\[[^[\]]*\]|\?/g, HOLE)
    .replace(/\*\*(?:\/\*\*)*/g, DEEP_HOLE)
    .replaceAll('*', HOLE)
    .replace(/\u0000+/g, HOLE);
}

import type { Expr, FileFacts, TypeFact } from '../model/facts.js';
import type { Mutable } from './scope.js';

type Tables = Pick<FileFacts, 'functions' | 'classes' | 'bindings' | 'calls' | 'accesses' | 'conditions' | 'exports'>;

/**
 * Makes one object of all expressions that say the same: of a name, of `this` in one class, and of a member of the same. An expression has no
 * place, so that nothing is lost; what it stands for is then asked once for all its mentions. Literals of objects and lists,
 * functions, classes and calls stay apart: each makes something of its own.
 */
export function joinAlike(tables: Tables): void {
  new Alike().join(tables);
}

class Alike {
  private readonly names: Expr[] = [];
  private readonly globals = new Map<string, Expr>();
  private readonly selves = new Map<string, Expr>();
  private readonly members = new Map<Expr, Map<string, Expr>>();
  /** What was gone through: facts have parts in common. */
  private readonly seen = new Set<Expr>();

  join({ functions, classes, bindings, calls, accesses, conditions, exports }: Tables): void {
    for (const call of calls as Mutable<Tables['calls'][number]>[]) {
      call.callee = this.one(call.callee);
      this.list(call.args);
    }
    for (const access of accesses as Mutable<Tables['accesses'][number]>[]) {
      access.target = this.one(access.target);
      if (access.value) access.value = this.one(access.value);
    }
    for (const binding of bindings as Mutable<Tables['bindings'][number]>[]) {
      if (binding.init) binding.init = this.one(binding.init);
      this.type(binding.type);
    }
    for (const condition of conditions as Mutable<Tables['conditions'][number]>[])
      condition.test = this.one(condition.test);
    for (const { returns, returnType } of functions) {
      this.values(returns);
      this.type(returnType);
    }
    for (const cls of classes as Mutable<Tables['classes'][number]>[]) {
      if (cls.extends) cls.extends = this.one(cls.extends);
      for (const type of cls.implements ?? []) this.type(type);
      this.values(cls.members);
      for (const { type } of cls.members) this.type(type);
    }
    this.values(exports);
  }

  private one(expr: Expr): Expr {
    switch (expr.k) {
      case 'id':
        this.names[expr.b] ??= expr;
        return this.names[expr.b] as Expr;
      case 'global':
        return kept(this.globals, expr.name, expr);
      case 'this':
        return expr.object ? expr : kept(this.selves, `${expr.cls} ${expr.static}`, expr);
      case 'member': {
        const open = expr as Mutable<typeof expr>;
        open.of = this.one(expr.of);
        let names = this.members.get(open.of);
        if (!names) {
          names = new Map();
          this.members.set(open.of, names);
        }
        return kept(names, expr.name, expr);
      }
      default:
        return this.inside(expr);
    }
  }

  /** What stays apart, with its parts. */
  private inside(expr: Expr): Expr {
    if (expr.k === 'lit' || expr.k === 'call' || expr.k === 'fn' || this.seen.has(expr)) return expr;
    const open = expr as { -readonly [K in 'of' | 'key' | 'left' | 'right' | 'test' | 'yes' | 'no']?: Expr };
    this.seen.add(expr);
    switch (expr.k) {
      case 'object':
        this.values(expr.props);
        break;
      case 'array':
        this.list(expr.items);
        break;
      case 'text':
      case 'other':
        this.list(expr.parts);
        break;
      case 'choose':
        open.test = this.one(expr.test);
        open.yes = this.one(expr.yes);
        open.no = this.one(expr.no);
        break;
      case 'logic':
      case 'binary':
        open.left = this.one(expr.left);
        open.right = this.one(expr.right);
        break;
      case 'index':
        open.of = this.one(expr.of);
        open.key = this.one(expr.key);
        break;
      case 'unary':
      case 'await':
      case 'spread':
        open.of = this.one(expr.of);
        break;
    }
    return expr;
  }

  private list(list: readonly Expr[]): void {
    const open = list as Expr[];
    for (let at = 0; at < open.length; at++) open[at] = this.one(open[at] as Expr);
  }

  private values(list: readonly { readonly value?: Expr }[]): void {
    for (const one of list as { value?: Expr }[]) if (one.value) one.value = this.one(one.value);
  }

  private type(type: TypeFact | undefined): void {
    if (!type) return;
    const open = type as Mutable<TypeFact>;
    open.ref = this.one(type.ref);
    for (const arg of type.args ?? []) this.type(arg);
  }
}

function kept(known: Map<string, Expr>, name: string, expr: Expr): Expr {
  const before = known.get(name);
  if (before) return before;
  known.set(name, expr);
  return expr;
}

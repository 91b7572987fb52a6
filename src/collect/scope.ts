import type { BindingFact, BindingId, ClassId, Expr } from '../model/facts.js';

export type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** A lexical scope. Names are looked up when the whole file is known, since declarations may follow their uses. */
export class Scope {
  private readonly names = new Map<string, BindingId>();

  constructor(
    readonly parent: Scope | undefined,
    /** The scope that `var` declarations rise to. */
    readonly isFunction: boolean,
  ) {}

  /** Classes made by functions, by how they are written: `A`, `exports.A`; `a=prototype` is a name for the prototype itself. */
  private classes: Map<string, ClassId> | undefined;

  declareClass(written: string, cls: ClassId): void {
    this.classes ??= new Map();
    this.classes.set(written, cls);
  }

  findClass(written: string): ClassId | undefined {
    for (let scope: Scope | undefined = this; scope; scope = scope.parent) {
      const cls = scope.classes?.get(written);
      if (cls !== undefined) return cls;
      if (scope.names.has(written)) return undefined;
    }
    return undefined;
  }

  declare(name: string, binding: BindingId): void {
    this.names.set(name, binding);
  }

  own(name: string): BindingId | undefined {
    return this.names.get(name);
  }

  find(name: string): BindingId | undefined {
    for (let scope: Scope | undefined = this; scope; scope = scope.parent) {
      const binding = scope.names.get(name);
      if (binding !== undefined) return binding;
    }
    return undefined;
  }

  functionScope(): Scope {
    let scope: Scope = this;
    while (!scope.isFunction && scope.parent) scope = scope.parent;
    return scope;
  }
}

/** References waiting for the end of the file; `settle` turns each into an `id` or leaves it `global`. */
export class References {
  private readonly pending: { expr: { k: string; name?: string; b?: number }; scope: Scope }[] = [];

  refer(name: string, scope: Scope): Expr {
    const expr = { k: 'global' as const, name };
    this.pending.push({ expr, scope });
    return expr;
  }

  settle(): Set<string> {
    const globals = new Set<string>();
    for (const { expr, scope } of this.pending) {
      const name = expr.name as string;
      const binding = scope.find(name);
      if (binding === undefined) globals.add(name);
      else {
        // While the name is the property that came last: otherwise V8 makes each of them a hash table of six times the size.
        delete expr.name;
        expr.k = 'id';
        expr.b = binding;
      }
    }
    return globals;
  }
}

/** Keeps a binding's facts open until the file ends. */
export type OpenBinding = Mutable<BindingFact>;

import type { Span } from './span.js';

/*
 * What one file says, as plain JSON. Facts are made by `collect/` from the syntax of a single file and know nothing of
 * other files. Tables refer to one another by index ("id"); every id is valid within its own file only.
 */

export type BindingId = number;
export type FunctionId = number;
export type ClassId = number;
export type CallId = number;
export type ConditionId = number;

/**
 * An expression, reduced to what can carry a value or a name. Anything else becomes `other`, which keeps the parts that
 * could still matter. Parentheses, type assertions and non-null marks are dropped; optional chaining reads as plain access.
 */
export type Expr =
  | { readonly k: 'lit'; readonly v: string | number | boolean | null }
  | { readonly k: 'undefined' }
  | { readonly k: 'id'; readonly b: BindingId }
  /** A name that nothing in the file declares: `process`, `Map`, `require`. */
  | { readonly k: 'global'; readonly name: string }
  /**
   * `this`; `cls` is the class whose instance (or, in static members, whose constructor) it is, `object` the span of the object
   * literal whose method it stands in.
   */
  | { readonly k: 'this'; readonly cls?: ClassId; readonly static?: true; readonly object?: Span }
  | { readonly k: 'super'; readonly cls?: ClassId }
  | { readonly k: 'member'; readonly of: Expr; readonly name: string }
  | { readonly k: 'index'; readonly of: Expr; readonly key: Expr }
  | { readonly k: 'call'; readonly c: CallId }
  | { readonly k: 'fn'; readonly f: FunctionId }
  | { readonly k: 'class'; readonly c: ClassId }
  | { readonly k: 'object'; readonly props: readonly Prop[]; readonly span: Span }
  | { readonly k: 'array'; readonly items: readonly Expr[] }
  /** A template or a `+` of strings, part by part. */
  | { readonly k: 'text'; readonly parts: readonly Expr[] }
  | { readonly k: 'choose'; readonly test: Expr; readonly yes: Expr; readonly no: Expr }
  | { readonly k: 'logic'; readonly op: '||' | '&&' | '??'; readonly left: Expr; readonly right: Expr }
  | { readonly k: 'binary'; readonly op: string; readonly left: Expr; readonly right: Expr }
  | { readonly k: 'unary'; readonly op: string; readonly of: Expr }
  | { readonly k: 'await'; readonly of: Expr }
  | { readonly k: 'spread'; readonly of: Expr }
  | { readonly k: 'other'; readonly parts: readonly Expr[] };

/** One property of an object literal. A spread has no name; a computed key that is no constant has the name `*`. */
export interface Prop {
  readonly name?: string;
  readonly value: Expr;
  readonly span: Span;
}

/** A type annotation that names something: `Repository<User>` is `{ ref: Repository, args: [User] }`. */
export interface TypeFact {
  readonly ref: Expr;
  readonly args?: readonly TypeFact[];
}

export interface BindingFact {
  readonly name: string;
  readonly kind: 'const' | 'let' | 'var' | 'function' | 'class' | 'param' | 'import' | 'catch' | 'enum';
  /** The function whose scope declares it; 0 is the module. */
  readonly fn: FunctionId;
  /** Declared inside a block rather than at the top of its function. */
  readonly nested?: true;
  readonly span: Span;
  /** What it is declared as, with destructuring written out as access: `const { a: b } = x` gives `x.a`. */
  readonly init?: Expr;
  readonly type?: TypeFact;
  /** For `import`: where from, and under which name there (`default`, `*` for the namespace). */
  readonly from?: { readonly specifier: string; readonly name: string; readonly typeOnly?: true };
  /** For `param`: its position, and the access path when destructured. */
  readonly param?: { readonly index: number; readonly rest?: true; readonly path?: readonly string[] };
}

export interface FunctionFact {
  readonly name: string;
  readonly kind: 'module' | 'function' | 'arrow' | 'method' | 'constructor' | 'getter' | 'setter' | 'static-block';
  /** The function it is written in; the module's is itself (0). */
  readonly parent: FunctionId;
  readonly cls?: ClassId;
  readonly static?: true;
  readonly async?: true;
  /** One entry a parameter: the binding, or -1 for a pattern (its parts are bindings with `param.index`). */
  readonly params: readonly BindingId[];
  readonly returns: readonly ReturnFact[];
  /** The end of the body can be reached without `return`. */
  readonly open?: true;
  readonly decorators?: readonly CallId[];
  readonly returnType?: TypeFact;
  /** Conditions under which the place where it is written is reached, inside its parent. */
  readonly when: readonly ConditionId[];
  readonly span: Span;
  /** The name alone, for reports. */
  readonly nameSpan: Span;
  /** First statement is `'use server'` (the module's own: the whole file). */
  readonly directive?: 'use server' | 'use client' | 'use strict';
}

export interface ReturnFact {
  readonly value?: Expr;
  readonly when: readonly ConditionId[];
  readonly span: Span;
}

export interface ClassFact {
  readonly name: string;
  readonly fn: FunctionId;
  readonly extends?: Expr;
  readonly implements?: readonly TypeFact[];
  readonly decorators?: readonly CallId[];
  readonly members: readonly MemberFact[];
  readonly ctor?: FunctionId;
  /** Written as a function with a prototype; it may be called without `new` as well. */
  readonly byFunction?: true;
  readonly span: Span;
  readonly nameSpan: Span;
}

export interface MemberFact {
  readonly name: string;
  readonly kind: 'field' | 'method' | 'getter' | 'setter';
  readonly static?: true;
  readonly readonly?: true;
  readonly fn?: FunctionId;
  readonly value?: Expr;
  readonly type?: TypeFact;
  readonly decorators?: readonly CallId[];
  /** Declared in the constructor's parameter list; the value is that parameter. */
  readonly param?: BindingId;
  readonly span: Span;
}

/** A call, a `new`, a tagged template, or a decorator (`decorates` says of what; one written without `()` has no args). */
export interface CallFact {
  readonly callee: Expr;
  readonly args: readonly Expr[];
  readonly new?: true;
  readonly decorates?: {
    readonly fn?: FunctionId;
    readonly cls?: ClassId;
    readonly member?: string;
    readonly param?: number;
  };
  readonly fn: FunctionId;
  readonly when: readonly ConditionId[];
  /** What becomes of the result. */
  readonly use: 'awaited' | 'returned' | 'stored' | 'dropped' | 'voided' | 'used';
  /** From the callee's own name where calls are chained, else from the start of the expression. */
  readonly span: Span;
  readonly loop?: true;
}

/** A mention of a binding, field or property that is not local to the function it stands in. */
export interface AccessFact {
  readonly op: 'read' | 'assign' | 'update' | 'delete';
  readonly target: Expr;
  readonly value?: Expr;
  /** For compound assignment and `++`: the operator; `??=` and `||=` also count as conditional on being empty. */
  readonly operator?: string;
  readonly fn: FunctionId;
  readonly when: readonly ConditionId[];
  readonly span: Span;
}

/** Control reaches here only if `test` was truthy (`sense`) or falsy. */
export interface ConditionFact {
  readonly test: Expr;
  readonly sense: boolean;
  readonly kind: 'if' | 'choose' | 'logic' | 'case' | 'loop' | 'exit' | 'catch';
  readonly span: Span;
}

/** A `try` with a handler: what fails in `block` is dealt with in `handler`. */
export interface TryFact {
  readonly fn: FunctionId;
  readonly block: Span;
  readonly handler: Span;
  /** Control never goes on behind the handler: it returns, throws or ends the process. */
  readonly leaves?: true;
}

/** A `throw`. */
export interface ThrowFact {
  readonly fn: FunctionId;
  readonly span: Span;
}

export interface ExportFact {
  /** `default`, `*` for `export * from` (a namespace re-export has its own name), `=` for `module.exports = …`. */
  readonly name: string;
  readonly value?: Expr;
  readonly from?: { readonly specifier: string; readonly name: string };
  readonly span: Span;
}

/** A module this file names: `import`, `export … from`, `require('…')`, `import('…')`. */
export interface ImportFact {
  readonly specifier: string;
  readonly kind: 'import' | 'require' | 'dynamic' | 'reexport';
  readonly typeOnly?: true;
  readonly fn: FunctionId;
  readonly when: readonly ConditionId[];
  readonly span: Span;
}

/** A script of a `package.json`, its shell line parsed. */
export interface ScriptFact {
  readonly name: string;
  /** Each command's words, in order. */
  readonly commands: readonly (readonly string[])[];
  /** Of the line's text, without its quotes. */
  readonly span: Span;
}

/** A `mi-audit-disable…` comment, as written; `judge/` decides what it means. */
export interface DirectiveFact {
  readonly text: string;
  readonly span: Span;
  /** Nothing but white space stands before the comment on its line. */
  readonly ownLine: boolean;
}

/** What a collector of a rule wrote down: any JSON. */
export interface MoreFact {
  readonly span: Span;
  readonly value: unknown;
}

export interface FileFacts {
  readonly file: string;
  readonly functions: readonly FunctionFact[];
  readonly classes: readonly ClassFact[];
  readonly bindings: readonly BindingFact[];
  readonly calls: readonly CallFact[];
  readonly accesses: readonly AccessFact[];
  readonly conditions: readonly ConditionFact[];
  readonly tries?: readonly TryFact[];
  readonly throws?: readonly ThrowFact[];
  readonly imports: readonly ImportFact[];
  readonly exports: readonly ExportFact[];
  readonly directives: readonly DirectiveFact[];
  /** Undeclared names the file mentions, for telling browser code from server code. */
  readonly globals: readonly string[];
  readonly jsx?: true;
  /** `#!` in the first line. */
  readonly shebang?: true;
  /** Facts of further collectors, by their names. */
  readonly more?: Readonly<Record<string, readonly MoreFact[]>>;
}

import type { ts } from 'ts-morph';
import type {
  AccessFact,
  ClassFact,
  FunctionFact,
  BindingId,
  ClassId,
  CallFact,
  CallId,
  ConditionFact,
  ConditionId,
  ExportFact,
  Expr,
  FileFacts,
  FunctionId,
  ImportFact,
  ReturnFact,
  ThrowFact,
  TryFact,
} from '../model/facts.js';
import type { Span } from '../model/span.js';
import { joinAlike } from './alike.js';
import { namesIn } from './prototypes.js';
import { type Mutable, type OpenBinding, References, Scope } from './scope.js';

/** A condition of the place the walk is at; it gets an id when the first fact under it needs one. */
interface OpenCondition extends ConditionFact {
  id?: ConditionId;
}

/** The state of the one walk over a file, and the tables it fills. */
export class Walk {
  readonly functions: Mutable<FunctionFact>[] = [];
  readonly classes: Mutable<ClassFact>[] = [];
  readonly bindings: OpenBinding[] = [];
  readonly calls: CallFact[] = [];
  readonly accesses: AccessFact[] = [];
  readonly conditions: ConditionFact[] = [];
  readonly tries: TryFact[] = [];
  readonly throws: ThrowFact[] = [];
  readonly imports: ImportFact[] = [];
  readonly exports: ExportFact[] = [];
  readonly references = new References();
  /** The classes that functions make. */
  readonly constructors = new Map<ts.Node, ClassId>();
  readonly named: ReturnType<typeof namesIn>;

  scope = new Scope(undefined, true);
  fn: FunctionId = 0;
  /** What `this` means here. */
  self: Expr = { k: 'this' };
  /** What becomes of the next call's result; set by the parent just before the call is lowered. */
  use: CallFact['use'] = 'used';
  inLoop = false;
  /** The object literal whose properties are being lowered. */
  object: Span | undefined;
  jsx = false;
  /** The returns of the function the walk is in. */
  returns: ReturnFact[] = [];
  private open: OpenCondition[] = [];
  private snapshot: readonly ConditionId[] | undefined = [];

  constructor(readonly source: ts.SourceFile) {
    this.named = namesIn(source.text);
  }

  span(from: ts.Node, to: ts.Node = from): Span {
    return this.range(from.getStart(this.source), to.end);
  }

  range(start: number, end: number): Span {
    const from = this.source.getLineAndCharacterOfPosition(start);
    const to = this.source.getLineAndCharacterOfPosition(end);
    return [from.line + 1, from.character + 1, to.line + 1, to.character + 1];
  }

  declare(name: string, fact: Omit<OpenBinding, 'name' | 'fn'>): BindingId {
    const scope = fact.kind === 'var' ? this.scope.functionScope() : this.scope;
    const earlier = fact.kind === 'var' ? scope.own(name) : undefined;
    if (earlier !== undefined) return earlier;
    const id = this.bindings.length;
    this.bindings.push({ name, fn: this.fn, ...(scope.isFunction ? {} : { nested: true as const }), ...fact });
    scope.declare(name, id);
    return id;
  }

  refer(name: string): Expr {
    if (name === 'undefined') return { k: 'undefined' };
    return this.references.refer(name, this.scope);
  }

  /** The conditions of the place the walk is at. */
  when(): readonly ConditionId[] {
    this.snapshot ??= this.open.map((condition) => {
      if (condition.id === undefined) {
        condition.id = this.conditions.length;
        const { id: _, ...fact } = condition;
        this.conditions.push(fact);
      }
      return condition.id;
    });
    return this.snapshot;
  }

  push(test: Expr, sense: boolean, kind: ConditionFact['kind'], span: Span): void {
    this.open.push({ test, sense, kind, span });
    this.snapshot = undefined;
  }

  pop(count = 1): void {
    this.open.length -= count;
    this.snapshot = undefined;
  }

  under(test: Expr, sense: boolean, kind: ConditionFact['kind'], span: Span, body: () => void): void {
    this.push(test, sense, kind, span);
    body();
    this.pop();
  }

  /** Runs the body in a nested block scope. */
  inBlock(body: () => void): void {
    const outer = this.scope;
    this.scope = new Scope(outer, false);
    body();
    this.scope = outer;
  }

  /** Runs the body as the inside of a function: its own scope, conditions and `this`. */
  inFunction(id: FunctionId, self: Expr | undefined, body: () => void): void {
    const saved = {
      scope: this.scope,
      fn: this.fn,
      self: this.self,
      open: this.open,
      snapshot: this.snapshot,
      inLoop: this.inLoop,
      object: this.object,
    };
    this.object = undefined;
    this.scope = new Scope(saved.scope, true);
    this.fn = id;
    if (self) this.self = self;
    this.open = [];
    this.snapshot = [];
    this.inLoop = false;
    body();
    Object.assign(this, saved);
  }

  looping(body: () => void): void {
    const saved = this.inLoop;
    this.inLoop = true;
    body();
    this.inLoop = saved;
  }

  call(fact: Pick<CallFact, 'callee' | 'args' | 'span'> & Partial<CallFact>): CallId {
    this.calls.push({
      fn: this.fn,
      when: this.when(),
      use: 'used',
      ...(this.inLoop ? { loop: true as const } : {}),
      ...fact,
    });
    return this.calls.length - 1;
  }

  access(fact: Pick<AccessFact, 'op' | 'target' | 'span'> & Partial<AccessFact>): void {
    this.accesses.push({ fn: this.fn, when: this.when(), ...fact });
  }

  import(specifier: string, kind: ImportFact['kind'], span: Span, typeOnly?: boolean): void {
    this.imports.push({
      specifier,
      kind,
      fn: this.fn,
      when: this.when(),
      span,
      ...(typeOnly ? { typeOnly: true as const } : {}),
    });
  }

  /** The tables, once every name is looked up; reads of names local to their own function are left out. */
  facts(): Omit<FileFacts, 'file' | 'directives'> {
    const globals = this.references.settle();
    const facts = {
      functions: this.functions,
      classes: this.classes,
      bindings: this.bindings,
      calls: this.calls,
      accesses: this.accesses.filter((access) => access.op !== 'read' || this.outlivesCall(access)),
      conditions: this.conditions,
      ...(this.tries.length > 0 ? { tries: this.tries } : {}),
      ...(this.throws.length > 0 ? { throws: this.throws } : {}),
      imports: this.imports,
      exports: this.exports,
      globals: [...globals].sort(),
      ...(this.jsx ? { jsx: true as const } : {}),
      ...(this.source.text.startsWith('#!') ? { shebang: true as const } : {}),
    };
    joinAlike(facts);
    return facts;
  }

  private outlivesCall(access: AccessFact): boolean {
    const root = rootOf(access.target);
    if (root.k === 'this') return true;
    if (root.k === 'global') return access.target.k === 'member' && !BUILT_IN.has(root.name);
    if (root.k !== 'id') return access.target.k === 'member';
    const binding = this.bindings[root.b] as OpenBinding;
    if (binding.kind === 'function' || binding.kind === 'class' || binding.kind === 'enum')
      return access.target.k === 'member';
    return binding.fn !== access.fn || binding.fn === 0 || access.target.k === 'member';
  }
}

/** What these offer is never put there by the project; any other name that nothing declares may be one it hung on `global`. */
const BUILT_IN = new Set(
  'Array Buffer Date Intl JSON Map Math Number Object Promise Reflect RegExp Set String Symbol URL console document exports module require window'.split(
    ' ',
  ),
);

/** The innermost expression an access path starts from. */
export function rootOf(expr: Expr): Expr {
  let at = expr;
  while (at.k === 'member' || at.k === 'index') at = at.of;
  return at;
}

import {
  ApiTable,
  type Call,
  callIn,
  type Expr,
  type Program,
  storedTogether,
  type StoredValue,
  storedValues,
} from '../../src/api/index.js';

const TABLE = new ApiTable<StoredValue>(storedValues.map((entry) => ({ patterns: [entry.write], entry })));
const MUTATORS = /^(?:push|unshift|splice|pop|shift|sort|set|add|delete|clear)$/;
const DEEPEST = 8;

/** A value that is written over the one it was made from. */
export interface StoredPair {
  readonly read: Call;
  /** The key, as written. */
  readonly key: string;
  /** It was told apart from what only hands the value on. */
  readonly isNumber: boolean;
}

/** `const n = await redis.get(key); await redis.set(key, Number(n) + 1);` */
export function storedPair(program: Program, call: Call): StoredPair | undefined {
  const entry = program.apis(call).flatMap((api) => TABLE.find(api))[0];
  const { callee, args } = call.fact;
  const value = entry && args[entry.value];
  if (!entry || !value || callee.k !== 'member') return undefined;
  const keys = (one: Call) => one.fact.args.slice(0, entry.keys).map((arg) => program.text(one.unit, arg));
  const wanted = keys(call).join();
  const client = program.text(call.unit, callee.of);
  const isRead = (one: Call) =>
    one.fact.callee.k === 'member' &&
    entry.reads.includes(one.fact.callee.name) &&
    program.text(one.unit, one.fact.callee.of) === client &&
    keys(one).join() === wanted;
  // Only where there is nothing: others have not written meanwhile.
  const rest = args.slice(entry.value + 1).map((arg) => writtenOut(program, call, arg));
  if (rest.some((text) => /\b(?:nx|ifeq)\b/i.test(text))) return undefined;
  const found = new Walk(program, call, isRead).of(value, 0);
  return found?.isChanged ? { read: found.read, key: wanted, isNumber: found.isNumber } : undefined;
}

/** Somebody watches the key, or all of it is one script. */
export function isStoredTogether(program: Program, call: Call): boolean {
  return program
    .callsIn(call.fn)
    .some(({ fact }) => fact.callee.k === 'member' && storedTogether.has(fact.callee.name));
}

function writtenOut(program: Program, call: Call, arg: Expr): string {
  if (arg.k === 'lit') return String(arg.v);
  if (arg.k === 'object')
    return arg.props.map(({ name, value }) => `${name} ${program.text(call.unit, value)}`).join(' ');
  return program.text(call.unit, arg);
}

interface Found {
  readonly read: Call;
  readonly isChanged: boolean;
  readonly isNumber: boolean;
}

/** Follows a value back to where it was read, and looks at what is made of it on the way. */
class Walk {
  private readonly seen = new Set<number>();

  constructor(
    private readonly program: Program,
    private readonly write: Call,
    private readonly isRead: (call: Call) => boolean,
  ) {}

  of(expr: Expr, depth: number): Found | undefined {
    if (depth > DEEPEST) return undefined;
    const next = (one: Expr) => this.of(one, depth + 1);
    switch (expr.k) {
      case 'call': {
        const call = callIn(this.program, this.write.unit, expr);
        if (!call || call.fn !== this.write.fn) return undefined;
        if (this.isRead(call)) return { read: call, isChanged: false, isNumber: false };
        const { callee, args } = call.fact;
        // `Number(x)`, `JSON.parse(x)`, `x.toString()`, `list.concat(y)`.
        const inner = callee.k === 'member' ? next(callee.of) : undefined;
        if (inner) return { ...inner, isChanged: inner.isChanged || args.length > 0 };
        return first(args, next);
      }
      case 'id':
        return this.named(expr, depth);
      case 'binary': {
        const found = next(expr.left) ?? next(expr.right);
        return found && /^[-+*/%]$/.test(expr.op) ? { ...found, isChanged: true, isNumber: true } : undefined;
      }
      case 'object': {
        const found = first(
          expr.props.map(({ value }) => value),
          next,
        );
        // A copy of one thing is that thing; with others beside it is another.
        return found && { ...found, isChanged: found.isChanged || expr.props.length > 1 };
      }
      case 'array': {
        const found = first(expr.items, next);
        return found && { ...found, isChanged: found.isChanged || expr.items.length > 1 };
      }
      case 'logic':
        return next(expr.left) ?? next(expr.right);
      case 'choose':
        return next(expr.yes) ?? next(expr.no);
      case 'text': {
        const found = first(expr.parts, next);
        return found && { ...found, isChanged: found.isChanged || expr.parts.length > 1 };
      }
      case 'await':
      case 'spread':
      case 'unary':
      case 'member':
        return next(expr.of);
      case 'other':
        return first(expr.parts, next);
      default:
        return undefined;
    }
  }

  private named(expr: Expr & { readonly k: 'id' }, depth: number): Found | undefined {
    const { b } = expr;
    if (this.seen.has(b)) return undefined;
    this.seen.add(b);
    const { unit, fn } = this.write;
    const binding = unit.facts.bindings[b];
    if (binding?.fn !== fn.id) return undefined;
    const found = binding.init && this.of(binding.init, depth + 1);
    const changed = this.changes(b);
    return found && changed !== undefined
      ? { ...found, isChanged: true, isNumber: found.isNumber || changed === 'number' }
      : found;
  }

  /** What is done to the value under this name before it is written. */
  private changes(b: number): 'number' | 'other' | undefined {
    const { unit, fn, fact } = this.write;
    const isOf = (target: Expr): boolean =>
      target.k === 'id' ? target.b === b : (target.k === 'member' || target.k === 'index') && isOf(target.of);
    const isBefore = (span: Call['fact']['span']) =>
      span[0] < fact.span[0] || (span[0] === fact.span[0] && span[1] < fact.span[1]);
    const access = unit.facts.accesses.find(
      ({ op, target, fn: at, span }) =>
        at === fn.id && op !== 'read' && target.k !== 'id' && isOf(target) && isBefore(span),
    );
    if (access) return access.op === 'update' || /^[-+]=$/.test(access.operator ?? '') ? 'number' : 'other';
    const mutated = this.program.callsIn(fn).some(({ fact: { callee, span } }) => {
      if (callee.k !== 'member' || !MUTATORS.test(callee.name) || !isBefore(span)) return false;
      return isOf(callee.of);
    });
    return mutated ? 'other' : undefined;
  }
}

function first(exprs: readonly Expr[], next: (expr: Expr) => Found | undefined): Found | undefined {
  for (const expr of exprs) {
    const found = next(expr);
    if (found) return found;
  }
  return undefined;
}

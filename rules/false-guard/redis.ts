import {
  ApiTable,
  type Call,
  callsKnown,
  type Expr,
  isBefore,
  type Program,
  redisMethods,
  type Unit,
} from '../../src/api/index.js';
import type { Weak } from './weak.js';

const METHODS = new ApiTable(redisMethods.map((entry) => ({ patterns: [entry.api], entry })));
const LOCK = /lock|mutex|lease|leader|semaphore/i;
const EXPIRES = /^(?:PX|EX|PXAT|EXAT|expiration|ttl)$/i;

type Does = (typeof redisMethods)[number]['does'];

export function does(program: Program, call: Call): Does | undefined {
  for (const api of program.apis(call)) {
    const known = METHODS.first(api);
    if (known) return known.does;
  }
  return undefined;
}

/** Locks made of commands of Redis, and what is wrong with them. */
export function redisLocks(program: Program): Weak[] {
  const found: Weak[] = [];
  for (const { call, entry } of callsKnown(program, METHODS)) {
    const what = entry.does;
    if (what !== 'set' && what !== 'setnx') continue;
    const key = call.fact.args[0];
    if (!key || !isLockKey(program, call, key)) continue;
    const weak =
      what === 'setnx' || isNx(program, call) ? ofLock(program, call, key, what) : ofPlainSet(program, call, key);
    if (weak) found.push(weak);
  }
  return found;
}

/** It is called a lock: the key, the text of the key, or the function around. */
function isLockKey(program: Program, { unit, fn }: Call, key: Expr): boolean {
  if (LOCK.test(fn.fact.name) || LOCK.test(program.text(unit, key)) || textsIn(key).some((text) => LOCK.test(text)))
    return true;
  return program.values(unit, key).some(({ value }) => value.kind === 'literal' && LOCK.test(String(value.value)));
}

function textsIn(expr: Expr): string[] {
  if (expr.k === 'lit') return [String(expr.v)];
  return expr.k === 'text' ? expr.parts.flatMap(textsIn) : [];
}

/** Words and names of options that follow key and value. */
function wordsOf(program: Program, { unit, fact }: Call): string[] {
  return fact.args
    .slice(2)
    .flatMap((arg) => [
      ...(arg.k === 'lit' ? [String(arg.v)] : []),
      ...program
        .values(unit, arg)
        .flatMap(({ value }) =>
          value.kind === 'object'
            ? value.expr.props.map(({ name, value: given }) =>
                given.k === 'lit' && typeof given.v === 'string' ? `${name} ${given.v}` : (name ?? '*'),
              )
            : [],
        ),
    ]);
}

function isNx(program: Program, call: Call): boolean {
  return wordsOf(program, call).some((word) => /^NX$/i.test(word) || /^condition NX$/i.test(word));
}

function ofLock(program: Program, call: Call, key: Expr, what: Does): Weak | undefined {
  const name = program.text(call.unit, call.fact.callee);
  if (call.fact.use === 'awaited' || call.fact.use === 'dropped' || call.fact.use === 'voided') {
    const isHandedCallback = call.fact.args.some((arg) => arg.k === 'fn');
    if (!isHandedCallback)
      return {
        call,
        message: `\`${name}\` tries to take a lock, and nothing looks at whether it was taken: the work goes on either way.`,
        hint: 'Go on only if the answer is `OK` (of `SETNX`: 1).',
        confidence: 'high',
      };
  }
  const others = program.callsIn(call.fn).filter((other) => other !== call);
  const words = wordsOf(program, call);
  const isUnknown = words.includes('*') || call.fact.args.some(({ k }) => k === 'spread');
  const expires =
    words.some((word) => EXPIRES.test(word) || EXPIRES.test(word.split(' ')[0] ?? '')) ||
    others.some((other) => does(program, other) === 'expire');
  if (!expires && !isUnknown)
    return {
      call,
      message: `\`${name}\` takes a lock that never expires: an instance that is stopped while it has the lock keeps it for good.`,
      hint:
        what === 'setnx'
          ? 'Take it with one command that has an expiry: `SET key token NX PX milliseconds`.'
          : 'Give it an expiry that is longer than the work: `PX` with milliseconds, beside `NX`.',
      confidence: 'high',
      consequence:
        'After a crash or a deploy at the wrong moment no instance ever gets the lock again: the work stops for good, until somebody deletes the key by hand.',
    };
  const freed = others.find((other) => does(program, other) === 'del' && isSame(other.fact.args[0], key));
  if (freed && !isCompared(program, freed, key))
    return {
      call: freed,
      message: `\`${program.text(freed.unit, freed.fact.callee)}\` gives back the lock without asking whether it is still this instance's own.`,
      hint: 'Set the key to a random token, and delete it only while it still holds that token (a small Lua script, or `redlock`, does both at once).',
      confidence: 'medium',
      doubts: ['as long as the work never takes longer than the expiry, nothing goes wrong'],
      because: call,
      consequence:
        'When the work takes longer than the expiry, another instance has the lock by then; this one deletes it, and a third one comes in.',
    };
  return undefined;
}

/** Something looks at what the key holds first. */
function isCompared(program: Program, { unit, fn, fact }: Call, key: Expr): boolean {
  if (
    fact.when.some((id) =>
      /get|token|own|value|mine/i.test(wordsOfTest(program, unit, unit.facts.conditions[id]?.test)),
    )
  )
    return true;
  return program
    .callsIn(fn)
    .some(
      (other) =>
        does(program, other) === 'get' && isSame(other.fact.args[0], key) && isBefore(other.fact.span, fact.span),
    );
}

function wordsOfTest(program: Program, unit: Unit, test: Expr | undefined): string {
  return test?.k === 'binary' ? `${program.text(unit, test.left)} ${program.text(unit, test.right)}` : '';
}

/** `if (await redis.get(key)) return; await redis.set(key, …)`: two commands, and others come in between. */
function ofPlainSet(program: Program, call: Call, key: Expr): Weak | undefined {
  const asked = program
    .callsIn(call.fn)
    .find(
      (other) =>
        does(program, other) === 'get' && isSame(other.fact.args[0], key) && isBefore(other.fact.span, call.fact.span),
    );
  // What it asked must decide: a value that is read and written back is no lock.
  const decides =
    asked &&
    call.fact.when.some(
      (id) => call.unit.facts.conditions[id]?.kind === 'exit' || call.unit.facts.conditions[id]?.kind === 'if',
    );
  // Set once the work has failed, it keeps the next try back, and held nobody off from this one.
  const isAfterFailure = call.fact.when.some((id) => call.unit.facts.conditions[id]?.kind === 'catch');
  if (!asked || !decides || isAfterFailure) return undefined;
  return {
    call,
    message: `The lock is asked for with one command and taken with another: two instances can both ask before either has taken it.`,
    hint: 'Ask and take with one command: `SET key token NX PX milliseconds`, and go on only if the answer is `OK`.',
    confidence: 'high',
    because: asked,
  };
}

function isSame(a: Expr | undefined, b: Expr): boolean {
  return a !== undefined && JSON.stringify(a) === JSON.stringify(b);
}

import {
  ApiTable,
  type Call,
  callsAmong,
  callsKnown,
  memoryLockStores,
  pooledStatements,
  type Program,
  statements,
} from '../../src/api/index.js';
import type { Weak } from './weak.js';

const POOLED = new ApiTable(pooledStatements.map((entry) => ({ patterns: [entry.api], entry })));
const STORES = new ApiTable(memoryLockStores.map((entry) => ({ patterns: [entry.api], entry })));
const SESSION = /\bpg_(?:try_)?advisory_lock(?:_shared)?\b|\bGET_LOCK\s*\(/i;
const OF_TRANSACTION = /\bpg_(?:try_)?advisory_xact_lock/i;
const TRIES = /\bpg_try_advisory_(?:xact_)?lock|\bGET_LOCK\s*\(/i;

/** Locks of databases that are taken in a way that does not hold. */
export function databaseLocks(program: Program): Weak[] {
  const found: Weak[] = [];
  for (const { call, statement } of statements(program)) {
    if (!(SESSION.test(statement) || OF_TRANSACTION.test(statement))) continue;
    const weak = ofStatement(program, call, statement);
    if (weak) found.push(weak);
  }
  return found;
}

function ofStatement(program: Program, call: Call, statement: string): Weak | undefined {
  const name = program.text(call.unit, call.fact.callee);
  const isIgnored = call.fact.use === 'awaited' || call.fact.use === 'dropped' || call.fact.use === 'voided';
  if (TRIES.test(statement) && isIgnored && !call.fact.args.some((arg) => arg.k === 'fn'))
    return {
      call,
      message: `\`${name}\` tries to take a lock, and nothing looks at whether it was taken: the work goes on either way.`,
      hint: 'Read the answer and go on only if it is true, or wait for the lock with `pg_advisory_xact_lock`.',
      confidence: 'high',
    };
  if (!isPooled(program, call)) return undefined;
  // A pool of one connection has nothing to choose from.
  if (isOfOne(program, call)) return undefined;
  if (OF_TRANSACTION.test(statement))
    return {
      call,
      message: `\`${name}\` takes a lock of a transaction over a pool: the statement is a transaction of its own, and gives it back at once.`,
      hint: 'Take one connection (`pool.connect()`, or the transaction of the ORM), and run `BEGIN`, the lock, the work and `COMMIT` on it.',
      confidence: 'high',
    };
  return {
    call,
    message: `\`${name}\` takes a lock of a session over a pool: the lock stays with whichever connection was free, and the work and the unlock may get others.`,
    hint: 'Take one connection for lock and unlock (`const client = await pool.connect()`), or take `pg_advisory_xact_lock` in a transaction.',
    confidence: 'high',
    consequence:
      'The unlock on another connection does nothing: the lock is held until that connection is closed, and no instance gets it; or, on the same connection, a second request of this instance passes the lock.',
  };
}

/** On a pool itself; a client, a transaction or what a function is handed is one connection. */
function isPooled(program: Program, call: Call): boolean {
  if (!program.apis(call).some((api) => POOLED.first(api) !== undefined)) return false;
  let root = call.fact.callee;
  while (root.k === 'member') root = root.of;
  if (root.k !== 'id') return root.k === 'this';
  const fact = call.unit.facts.bindings[root.b];
  return (
    fact !== undefined &&
    fact.kind !== 'param' &&
    !/^(?:client|conn|connection|tx|trx|transaction|session|runner|queryRunner)$/i.test(fact.name)
  );
}

function isOfOne(program: Program, { unit, fact }: Call): boolean {
  if (fact.callee.k !== 'member') return false;
  return program
    .values(unit, fact.callee.of)
    .some(
      ({ value }) =>
        value.kind === 'external' &&
        value.call !== undefined &&
        program
          .property(value.call.unit, value.call.fact.args[0], ['max'])
          .some((one) => one.value.kind === 'literal' && one.value.value === 1),
    );
}

/** A lock library whose locks are kept in this process. */
export function memoryStores(program: Program): Weak[] {
  return callsKnown(program, STORES).flatMap(({ call }): Weak[] =>
    !hasOther(program, call)
      ? [
          {
            call,
            message: `\`${program.text(call.unit, call.fact.callee)}\` keeps the locks in the memory of this process: every instance has locks of its own.`,
            hint: 'Use the store of the library for Redis or for your database in production, and this one in tests.',
            confidence: 'high',
          },
        ]
      : [],
  );
}

/** Another store stands beside it, and a setting or a name decides. */
function hasOther(program: Program, call: Call): boolean {
  return callsAmong(program, [call.unit]).some(
    (other) =>
      other !== call &&
      program
        .apis(other)
        .some(
          (api) => /^@verrou\/core\/drivers\/|^@adonisjs\/lock:stores\./.test(api) && STORES.first(api) === undefined,
        ),
  );
}

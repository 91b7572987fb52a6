import {
  ApiTable,
  type Call,
  callsKnown,
  type Condition,
  type Expr,
  type Fn,
  inOrder,
  type Program,
  schemaCalls,
  statements,
} from '../../src/api/index.js';

/** Schema changes that the project wrote itself, without a tool: one a function. */
export interface ByHand {
  /** The call that a finding stands at. */
  readonly call: Call;
  /** What it does, to follow "every instance". */
  readonly does: string;
  readonly words: string;
  /** Each statement looks first by itself: a race remains, but a second run changes nothing. */
  readonly repeatable: boolean;
  /** The conditions in its function ask for what it keeps itself. */
  readonly ownState?: true;
}

const CALLS = new ApiTable<boolean>(
  schemaCalls.map(({ api, looksFirst }) => ({ patterns: [api], entry: looksFirst === true })),
);
const CHANGES_SCHEMA =
  /^\s*(?:create|alter|drop)\s+(?:unlogged\s+|or\s+replace\s+)?(?:table|type|schema|column|view|materialized)\b/i;
const LOOKS_FIRST = /\bif\s+(?:not\s+)?exists\b/i;
const ABOUT_SCHEMA = /migrat|schema|db_?version|database_?version|upgrade/i;
const READS = /^(?:get|find|read|load|fetch|setting)/i;
const WRITES = /^(?:set|update|save|write|store|upsert|put)/i;

export function schemaByHand(program: Program): readonly ByHand[] {
  const found: ByHand[] = [];
  const changes = new Map<Fn, { call: Call; repeatable: boolean }[]>();
  const known = callsKnown(program, CALLS).map(({ call }) => call);
  const sending = statements(program).map(({ call }) => call);
  for (const call of inOrder(program, [...known, ...sending])) {
    const repeatable = changesSchema(program, call);
    if (repeatable === undefined) continue;
    const list = changes.get(call.fn);
    if (list) list.push({ call, repeatable });
    else changes.set(call.fn, [{ call, repeatable }]);
  }
  for (const list of changes.values()) {
    const [first] = list;
    if (!first) continue;
    const repeatable = list.every((one) => one.repeatable);
    // One statement that looks first is settled by the database, or fails for the later of two once.
    if (repeatable && list.length === 1) continue;
    found.push({
      call: (list.find((one) => !one.repeatable) ?? first).call,
      does: 'changes tables itself',
      words: repeatable
        ? 'Each statement looks whether there is anything to do, but two instances look at the same moment'
        : 'Nothing keeps two instances from doing it at the same moment',
      repeatable,
    });
  }
  return [...found, ...keptVersions(program)];
}

/** Whether a call changes the schema, and if so whether it looks first. */
function changesSchema(program: Program, call: Call): boolean | undefined {
  for (const api of program.apis(call)) {
    const looksFirst = CALLS.first(api);
    if (looksFirst !== undefined) return looksFirst;
  }
  const statement = program.statement(call);
  return statement !== undefined && CHANGES_SCHEMA.test(statement) ? LOOKS_FIRST.test(statement) : undefined;
}

/** A state of the migration that is read, tested, and written later under the same key: `get('schemaVersion')`, `set('schemaVersion', 2)`. */
function keptVersions(program: Program): ByHand[] {
  const found: ByHand[] = [];
  for (const call of program.calls) {
    const key = call.fact.args.length > 0 ? keyOf(call, WRITES) : undefined;
    if (key === undefined || !(ABOUT_SCHEMA.test(key) || ABOUT_SCHEMA.test(call.fn.name))) continue;
    if (found.some((one) => one.call.fn === call.fn)) continue;
    const earlier = program
      .callsIn(call.fn)
      .some((other) => keyOf(other, READS) === key && other.fact.span[0] < call.fact.span[0]);
    const isTested = call.fn.fact.returns.length > 0 || call.fact.when.length > 0;
    if (!earlier || !isTested || !writesDatabase(program, call)) continue;
    found.push({
      call,
      does: `migrates data and keeps in \`${key}\` how far it is`,
      words: 'It is read first and written later, so two instances both find that nobody has begun',
      repeatable: false,
      ownState: true,
    });
  }
  return found;
}

function keyOf(call: Call, pattern: RegExp): string | undefined {
  const { callee, args } = call.fact;
  const name =
    callee.k === 'member' ? callee.name : callee.k === 'id' ? (call.unit.facts.bindings[callee.b]?.name ?? '') : '';
  const first = args[0];
  return pattern.test(name) && first?.k === 'lit' && typeof first.v === 'string' ? first.v : undefined;
}

function writesDatabase(program: Program, call: Call): boolean {
  const isWrite = (effect: { kind: string; writes: boolean } | undefined) =>
    effect?.kind === 'database' && effect.writes;
  return isWrite(program.effect(call)) || program.callees(call).some((fn) => program.effects(fn).effects.some(isWrite));
}

/** Done only where the database is a file of this instance: `if (type === 'sqlite')`. */
export function isEmbedded(program: Program, call: Call, conditions: readonly Condition[]): boolean {
  if (
    program
      .apis(call)
      .some((api) => /^(?:better-sqlite3|sqlite3|sqlite|node:sqlite|@libsql\/client|sql\.js|bun:sqlite)\b/.test(api))
  )
    return true;
  return conditions.some(
    ({ fact }) =>
      fact.sense &&
      fact.test.k === 'binary' &&
      /^={2,3}$/.test(fact.test.op) &&
      [fact.test.left, fact.test.right].some(isSqlite),
  );
}

function isSqlite(expr: Expr): boolean {
  return expr.k === 'lit' && /sqlite/i.test(String(expr.v));
}

import {
  busyFlag,
  busyHolder,
  busyState,
  type Call,
  chainedBefore,
  chainedBehind,
  doubtsOfReach,
  handing,
  type Effect,
  type Expr,
  type Fn,
  idleBecause,
  idleState,
  olderThan,
  onceOf,
  onlyForOwnFile,
  ownerField,
  type Program,
  type Reach,
  type RuleContext,
  stateField,
  type Unit,
} from '../../src/api/index.js';

/*
 * What was under way when the process ended is set back when it starts: right with one instance, but with two it is the other
 * one's work. A short lock around it changes nothing, since the work itself is not done under it.
 */

const DEEPEST = 3;
/** Methods that change a row which is there, or store one. */
const UPDATES = /^(?:update|set$|save$|patch|replace|modify|merge|upsert|findOneAndUpdate|findByIdAndUpdate)/i;
/** What stands beside the values in the options of an update; what is made where nothing was sets nothing back. */
const NOT_SET = new Set(['where', 'filter', 'query', 'create', '$setOnInsert', 'include', 'select']);
const SQL_UPDATE = /^\s*(?:with\b[\s\S]*?\)\s*)?update\b[\s\S]*?\bset\b([\s\S]*?)(?:\bwhere\b([\s\S]*))?$/i;
const KEPT_TO_ONE = new Set(['leader', 'instance-index', 'declared']);

/** A field that is set to what it is when nobody is at work. */
interface Reset {
  /** `running: false` */
  readonly words: string;
  /** A state says it only of rows that somebody was at work on; a flag and a holder say it by their names. */
  readonly isState: boolean;
}

/**
 * @param boot How a call is reached when a server starts, if it is.
 * @param servesToo Whether requests, messages or jobs run it as well: then it may give back what this instance has just done.
 */
export function checkResets(
  context: RuleContext,
  boot: (call: Call) => Reach | undefined,
  servesToo: (call: Call) => boolean,
): void {
  const { program } = context;
  const said = new Set<string>();
  for (const call of program.calls) {
    if (!call.unit.roles.has('server') && !call.unit.roles.has('worker')) continue;
    const reset = resetOf(program, call);
    const once = `${call.unit.file} ${call.fn.id} ${reset?.words}`;
    if (said.has(once)) continue;
    const reach = reset && boot(call);
    const effect = reach && updates(program, call);
    if (!reset || !effect) continue;
    if ((reset.isState || servesToo(call)) && !askedIn(program, call.fn).busy) continue;
    said.add(once);
    judge(context, call, reset, effect, reach);
  }
}

function resetOf(program: Program, call: Call): Reset | undefined {
  const { callee, args } = call.fact;
  if (callee.k !== 'member' && args.length < 2) return undefined;
  const sql = program.statement(call);
  if (sql !== undefined) return resetInSql(withParameters(program, call, sql));
  for (const arg of args) {
    const found = resetIn(program, call.unit, arg, 0);
    if (found) return found;
  }
  return callee.k === 'member' && callee.name === 'save' ? assignedTo(program, call, callee.of) : undefined;
}

function resetIn(program: Program, unit: Unit, expr: Expr, depth: number): Reset | undefined {
  if (expr.k === 'id' && depth === 0) {
    const { init } = unit.facts.bindings[expr.b] ?? {};
    return init?.k === 'object' ? resetIn(program, unit, init, 1) : undefined;
  }
  if (expr.k !== 'object' || depth > DEEPEST) return undefined;
  for (const { name, value } of expr.props) {
    if (name === undefined || NOT_SET.has(name)) continue;
    const found = value.k === 'object' ? resetIn(program, unit, value, depth + 1) : resetBy(program, unit, name, value);
    if (found) return found;
  }
  return undefined;
}

function resetBy(program: Program, unit: Unit, field: string, value: Expr): Reset | undefined {
  const none = value.k === 'undefined' || (value.k === 'lit' && !value.v);
  if (none) return isIdle(field, '') ? { words: `${field}: ${program.text(unit, value)}`, isState: false } : undefined;
  if (!stateField.test(field)) return undefined;
  const state = stateOf(program, unit, value);
  return state !== undefined && idleState.test(state) ? { words: `${field}: '${state}'`, isState: true } : undefined;
}

function isIdle(field: string, value: string): boolean {
  return value === ''
    ? busyFlag.test(field) || busyHolder.test(field)
    : stateField.test(field) && idleState.test(value);
}

/** `'failed'`, `Status.FAILED`: what it is, or what it is called. */
function stateOf(program: Program, unit: Unit, value: Expr): string | undefined {
  if (value.k === 'lit') return typeof value.v === 'string' ? value.v : undefined;
  // What the caller handed over is the caller's to say.
  if (value.k !== 'member' || isParam(unit, value.of)) return undefined;
  for (const one of program.values(unit, value))
    if (one.value.kind === 'literal' && typeof one.value.value === 'string') return one.value.value;
  return value.name;
}

function isParam(unit: Unit, expr: Expr): boolean {
  return expr.k === 'id'
    ? unit.facts.bindings[expr.b]?.kind === 'param'
    : expr.k === 'member' && isParam(unit, expr.of);
}

/** `job.status = 'failed'; await job.save();` */
function assignedTo(program: Program, call: Call, row: Expr): Reset | undefined {
  if (row.k !== 'id') return undefined;
  for (const { op, target, fn, value, span } of call.unit.facts.accesses) {
    if (op !== 'assign' || fn !== call.fact.fn || !value || span[0] > call.fact.span[0]) continue;
    if (target.k !== 'member' || target.of.k !== 'id' || target.of.b !== row.b) continue;
    const found = resetBy(program, call.unit, target.name, value);
    if (found) return found;
  }
  return undefined;
}

function resetInSql(sql: string): Reset | undefined {
  const [, set] = SQL_UPDATE.exec(sql) ?? [];
  for (const [, field = '', quoted, bare] of set?.matchAll(/(?<!\w)(\w+)["'`\]]?\s*=\s*(?:'([^']*)'|(\w+))/g) ?? []) {
    const none = bare !== undefined && /^(?:false|null|0)$/i.test(bare);
    if (none && isIdle(field, '')) return { words: `${field} = ${bare}`, isState: false };
    if (quoted && isIdle(field, quoted)) return { words: `${field} = '${quoted}'`, isState: true };
  }
  return undefined;
}

/** The statement with those of its parameters that are constants. */
function withParameters(program: Program, call: Call, sql: string): string {
  const list = call.fact.args[1];
  if (list?.k !== 'array') return sql;
  let next = 0;
  return sql.replace(/\$(\d+)|\?/g, (sign, number: string | undefined) => {
    const item = list.items[number === undefined ? next++ : Number(number) - 1];
    if (item?.k === 'lit') return typeof item.v === 'string' ? `'${item.v}'` : String(item.v);
    const state = item && stateOf(program, call.unit, item);
    return state === undefined ? sign : `'${state}'`;
  });
}

/** The change of rows that a call is, is chained to, or hands its values on to. */
function updates(program: Program, call: Call): Effect | undefined {
  for (const one of [call, ...chainedBefore(program, call), ...chainedBehind(program, call)]) {
    const effect = program.effect(one);
    if (effect?.kind === 'database' && effect.writes && (isUpdate(one) || isUpdate(call) || program.statement(one)))
      return effect;
  }
  for (const fn of program.callees(call).slice(0, 4)) {
    const effect = handsOn(program, fn, 0);
    if (effect) return effect;
  }
  return undefined;
}

function isUpdate({ fact }: Call): boolean {
  return fact.callee.k === 'member' && UPDATES.test(fact.callee.name);
}

/** A function of the project that changes rows with what it was given. */
function handsOn(program: Program, fn: Fn, depth: number): Effect | undefined {
  for (const call of program.callsIn(fn)) {
    if (!call.fact.args.some((arg) => holdsParam(fn, arg, 0))) continue;
    const effect = program.effect(call);
    if (effect?.kind === 'database' && effect.writes && isUpdate(call)) return effect;
    if (depth >= DEEPEST || effect) continue;
    for (const next of program.callees(call).slice(0, 4)) {
      const found = handsOn(program, next, depth + 1);
      if (found) return found;
    }
  }
  return undefined;
}

function holdsParam(fn: Fn, expr: Expr, depth: number): boolean {
  if (expr.k === 'id') return fn.fact.params.includes(expr.b);
  return expr.k === 'object' && depth < DEEPEST && expr.props.some(({ value }) => holdsParam(fn, value, depth + 1));
}

/** What says which rows an update changes: the options and values beside that are none of it. */
function filters(call: Call): readonly Expr[] {
  const { args } = call.fact;
  if (!isUpdate(call)) return args;
  const wheres = args.flatMap((arg) =>
    arg.k === 'object' ? arg.props.flatMap(({ name, value }) => (name === 'where' ? [value] : [])) : [],
  );
  return wheres.length > 0 ? wheres : args.length > 1 ? args.slice(0, 1) : [];
}

/** What the calls of a function ask the database for, as far as constants say: in filters, and in the tests of a list's rows. */
interface Asked {
  readonly busy: boolean;
  /** Only what has been so for some time, or what this instance itself had. */
  readonly narrowed?: string;
}

const askedIn = onceOf((program: Program, fn: Fn): Asked => {
  let busy = false;
  let narrowed: string | undefined;
  let isOfRows = false;
  const old = 'only what has been so for some time is set back';
  const own = 'only what belonged to this instance is set back';
  const held = 'only the row that was held until then is given back';
  const handed = handing(program, fn) ? [] : fn.fact.params;
  const named = 'only the row that the caller names is changed';
  const visit = (unit: Unit, expr: Expr, depth: number): void => {
    if (depth > 2 * DEEPEST) return;
    if (handed.some((param) => reads(expr, param))) narrowed ??= named;
    if (expr.k === 'lit' || expr.k === 'member') {
      const word = expr.k === 'lit' ? expr.v : stateOf(program, unit, expr);
      if (typeof word !== 'string') return;
      if (busyState.test(word)) busy = true;
      if (olderThan.test(word)) narrowed ??= old;
    } else if (expr.k === 'array') for (const item of expr.items) visit(unit, item, depth + 1);
    else if (expr.k === 'object')
      for (const { name, value } of expr.props) {
        if (name === undefined) continue;
        const isGiven = value.k !== 'undefined' && !(value.k === 'lit' && value.v === null);
        if (olderThan.test(name)) narrowed ??= old;
        if (isOfRows && ((ownerField.test(name) && isGiven) || ownerField.test(lastName(value)))) narrowed ??= own;
        if (busyFlag.test(name) && value.k === 'lit' && value.v === true) busy = true;
        visit(unit, value, depth + 1);
      }
  };
  for (const call of program.callsIn(fn)) {
    const { callee } = call.fact;
    if (callee.k === 'member' ? olderThan.test(callee.name) : olderThan.test(program.text(call.unit, callee)))
      narrowed ??= old;
    const sql = program.statement(call);
    const [, , where = ''] = (sql !== undefined && SQL_UPDATE.exec(withParameters(program, call, sql))) || [];
    if (/[^<>]<[^>]|\bbetween\b/i.test(where)) narrowed ??= old;
    for (const [, field = ''] of where.matchAll(/(?<!\w)(\w+)["'`\]]?\s*=/g))
      if (ownerField.test(field)) narrowed ??= own;
    for (const [, word = ''] of where.matchAll(/'([^']*)'/g)) if (busyState.test(word)) busy = true;
    // The `host` that a pool or a server is given says nothing of rows; `eq(jobs.host, me)` does.
    isOfRows = isAboutRows(program, call);
    const isEqual = program.text(call.unit, callee) === 'eq';
    if (isEqual && call.fact.args.some((arg) => ownerField.test(lastName(arg)))) narrowed ??= own;
    for (const arg of filters(call)) visit(call.unit, arg, 0);
    if (isUpdate(call) && filters(call).some((arg) => isCompared(program, call.unit, arg))) narrowed ??= held;
  }
  return narrowed === undefined ? { busy } : { busy, narrowed };
});

/** It asks the database, as a part of a chain too, or has a function of the project do so. */
function isAboutRows(program: Program, call: Call): boolean {
  if (call.fact.new) return false;
  const chain = [call, ...chainedBefore(program, call), ...chainedBehind(program, call)];
  return chain.some((one) => program.effect(one)?.kind === 'database') || program.callees(call).length > 0;
}

/** `this.instanceId` */
function lastName(expr: Expr): string {
  return expr.k === 'member' ? expr.name : '';
}

/** `{ name, state: 'running', startedAt }`: of the rows at work one, as this function knows it. */
function isCompared(program: Program, unit: Unit, filter: Expr): boolean {
  if (filter.k !== 'object') return false;
  const states = filter.props.map(({ value }) => stateOf(program, unit, value));
  return (
    states.some((state) => state !== undefined && busyState.test(state)) &&
    filter.props.some(({ value }, index) => states[index] === undefined && (value.k === 'id' || value.k === 'member'))
  );
}

/** `id`, `params.id` */
function reads(expr: Expr, binding: number): boolean {
  return expr.k === 'id' ? expr.b === binding : expr.k === 'member' && reads(expr.of, binding);
}

function judge(context: RuleContext, call: Call, reset: Reset, effect: Effect, boot: Reach): void {
  const { program } = context;
  const place = { file: call.unit.file, span: call.fact.span };
  const { narrowed } = askedIn(program, call.fn);
  if (narrowed) return context.safe({ ...place, reason: narrowed });
  const guard = program.guards(call).find(({ kind }) => KEPT_TO_ONE.has(kind));
  if (guard) return context.safe({ ...place, reason: `guarded: ${guard.label}`, because: guard.place });
  const conditions = program.conditions(call, 'boot');
  if (onlyForOwnFile(conditions))
    return context.safe({ ...place, reason: 'done only where the database is a file of this instance alone' });
  const setting = program.setting(conditions);
  if (setting.never || setting.developmentOnly)
    return context.safe({ ...place, reason: idleBecause(setting, 'runs only outside production') });
  context.report({
    ...place,
    confidence: boot.weak || effect.confidence === 'low' ? 'low' : 'medium',
    doubts: doubtsOfReach(boot),
    when: setting.when,
    ...(setting.words ? { condition: setting.words } : {}),
    symbol: program.symbol(place),
    message: `Every instance sets rows back when it starts (\`${reset.words}\`), also those that another instance is at work on.`,
    consequence:
      'A deploy or a second instance starts while the first one works: its running work is marked as ended or begun a second time, and who is connected to it is shown as away.',
    hint: 'Note in the row who works on it and until when (`lockedBy`, `lockedUntil`), renew that while the work goes on, and set back only rows whose time is over: then any instance can do it, at any time.',
    evidence: [
      { role: 'primary', ...place, note: 'set back here' },
      ...effect.path.filter(({ file, span }) => file !== place.file || span !== place.span),
      ...boot.path,
      ...setting.evidence,
    ],
  });
}

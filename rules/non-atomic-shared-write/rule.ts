import {
  acting,
  askedAbsent,
  type Call,
  callIn,
  chainedBefore,
  type Condition,
  countingRecipes,
  defineRule,
  type Evidence,
  type Expr,
  fieldsAsked,
  idleBecause,
  insertsRow,
  type Phase,
  type Place,
  type Program,
  type Reach,
  recipeFor,
  type RuleContext,
  seedRecipes,
  uniqueAmong,
  wordOf,
} from '../../src/api/index.js';
import { isStoredTogether, type StoredPair, storedPair } from './stored.js';

const SERVING: readonly Phase[] = ['request', 'socket', 'consumer', 'job'];

/** Two steps that read a row and then write what follows from it. */
interface Pair {
  readonly call: Call;
  readonly place: Place;
  readonly read: Call;
  readonly field: string;
}

export default defineRule({
  meta: {
    id: 'non-atomic-shared-write',
    title: 'A row that is read, changed here and written back, while another instance does the same',
    category: 'state',
    severity: 'warning',
    triggers: ['scale-out', 'rolling-deploy'],
  },
  check(context) {
    const { program } = context;
    for (const { call, effect } of acting(program)) {
      if (effect.kind !== 'database' || !effect.writes) continue;
      const reach = program.reaches(call.fn).find(({ phase }) => SERVING.includes(phase));
      if (!reach) continue;
      const pair = savedField(program, call) ?? updatedField(program, call);
      const stored = pair ? undefined : storedPair(program, call);
      if (pair) checkCounter(context, pair, reach);
      else if (stored) checkStored(context, call, stored, reach);
      else checkInsert(context, call, reach);
    }
  },
});

/** `product.stock -= 1; await product.save();`, or `await products.save(product)`. */
function savedField(program: Program, call: Call): Pair | undefined {
  const { callee, args } = call.fact;
  if (callee.k !== 'member' || callee.name !== 'save') return undefined;
  for (const row of [...args, callee.of]) {
    const pair = row.k === 'id' ? countedOn(program, call, row) : undefined;
    if (pair) return pair;
  }
  return undefined;
}

function countedOn(program: Program, call: Call, row: Expr & { readonly k: 'id' }): Pair | undefined {
  const access = call.unit.facts.accesses.find(({ op, operator, target, fn, value, span }) => {
    if (fn !== call.fact.fn || target.k !== 'member' || target.of.k !== 'id' || target.of.b !== row.b) return false;
    if (span[0] > call.fact.span[0]) return false;
    if (op === 'update' || operator === '+=' || operator === '-=') return value === undefined || isNumber(value);
    return op === 'assign' && value !== undefined && countsOn(value, target.name, row.b) !== undefined;
  });
  const read = access ? readBehind(program, call, row) : undefined;
  if (!access || !read || access.target.k !== 'member') return undefined;
  return { call, read, field: access.target.name, place: { file: call.unit.file, span: access.span } };
}

/** A text that grows is no counter, but is lost in the same way; what is added must be plain to see all the same. */
function isNumber(value: Expr): boolean {
  return value.k === 'lit' ? typeof value.v === 'number' : value.k === 'id' || value.k === 'member';
}

/** `update({ where: { id }, data: { stock: product.stock - 1 } })`. */
function updatedField(program: Program, call: Call): Pair | undefined {
  const { callee } = call.fact;
  if (
    callee.k !== 'member' ||
    !/^(?:update|updateOne|updateMany|findByIdAndUpdate|findOneAndUpdate|patch)$/.test(callee.name)
  )
    return undefined;
  for (const arg of call.fact.args) {
    const found = fieldIn(arg, 0);
    if (!found) continue;
    const read = readBehind(program, call, found.row);
    // Held to the value that was read, it fails instead of losing an update.
    if (read && !call.fact.args.some((one) => compares(one, found.field, 0)))
      return { call, read, field: found.field, place: { file: call.unit.file, span: found.span } };
  }
  return undefined;
}

interface Field {
  readonly field: string;
  readonly row: Expr & { readonly k: 'id' };
  readonly span: Place['span'];
}

function fieldIn(expr: Expr, depth: number): Field | undefined {
  if (expr.k !== 'object' || depth > 2) return undefined;
  for (const { name, value, span } of expr.props) {
    if (name === undefined || name === 'where') continue;
    const row = countsOn(value, name);
    if (row) return { field: name, row, span };
    const inner = fieldIn(value, depth + 1);
    if (inner) return inner;
  }
  return undefined;
}

/** `row.field + 1`: the row, if it is that field of one that is counted on. */
function countsOn(value: Expr, field: string, row?: number): (Expr & { readonly k: 'id' }) | undefined {
  if (value.k !== 'binary' || (value.op !== '+' && value.op !== '-')) return undefined;
  const { left } = value;
  if (left.k !== 'member' || left.name !== field || left.of.k !== 'id') return undefined;
  return row === undefined || left.of.b === row ? left.of : undefined;
}

function compares(expr: Expr, field: string, depth: number): boolean {
  if (expr.k !== 'object' || depth > 2) return false;
  const isRow = (value: Expr) => value.k === 'member' && (value.name === field || value.name === 'version');
  return expr.props.some(
    ({ name, value }) => ((name === field || name === 'version') && isRow(value)) || compares(value, field, depth + 1),
  );
}

/** The call in the same function that read the row. */
function readBehind(program: Program, call: Call, row: Expr & { readonly k: 'id' }): Call | undefined {
  const init = call.unit.facts.bindings[row.b]?.init;
  const inner = init?.k === 'index' || init?.k === 'member' ? init.of : init;
  const made = callIn(program, call.unit, inner);
  if (!made || made.fn !== call.fn) return undefined;
  return [made, ...chainedBefore(program, made)].find((one) => {
    const effect = program.effect(one);
    return effect?.kind === 'database' && !effect.writes;
  });
}

function checkCounter(context: RuleContext, { call, place, read, field }: Pair, reach: Reach): void {
  const { program } = context;
  const held = holder(program, call, read);
  if (held) return context.safe({ ...place, reason: held });
  const setting = program.setting(program.conditions(call));
  if (setting.developmentOnly || setting.never)
    return context.safe({ ...place, reason: idleBecause(setting, 'runs outside production only') });
  const isSure =
    program.effect(call)?.confidence === 'high' && program.effect(read)?.confidence === 'high' && !reach.weak;
  context.report({
    ...place,
    confidence: isSure ? 'medium' : 'low',
    when: setting.when,
    ...(setting.words ? { condition: setting.words } : {}),
    symbol: program.symbol(place),
    message: `\`${field}\` is read, counted on here and written back (\`${program.text(call.unit, call.fact.callee)}\`), in ${reach.label}.`,
    consequence:
      'Two requests that meet on two instances read the same number and write the same result: one of the two changes is lost, without an error.',
    hint: recipeFor(countingRecipes, '', program.stack(call.unit), { field: wordOf(field, 'count') }),
    evidence: evidence(place, read, call, reach),
  });
}

function checkStored(context: RuleContext, call: Call, { read, key, isNumber }: StoredPair, reach: Reach): void {
  const { program } = context;
  const place = { file: call.unit.file, span: call.fact.span };
  const held = isStoredTogether(program, call)
    ? 'nobody can write between reading and writing'
    : holder(program, call, read);
  if (held) return context.safe({ ...place, reason: held });
  const setting = program.setting(program.conditions(call));
  if (setting.developmentOnly || setting.never)
    return context.safe({ ...place, reason: 'runs outside production only' });
  context.report({
    ...place,
    confidence: reach.weak ? 'low' : 'medium',
    when: setting.when,
    ...(setting.words ? { condition: setting.words } : {}),
    symbol: program.symbol(place),
    message: `What stands under ${key} is read, ${isNumber ? 'counted on' : 'changed'} here and written back (\`${program.text(call.unit, call.fact.callee)}\`), in ${reach.label}.`,
    consequence:
      'Two requests that meet on two instances read the same value and write one after the other: the first of the two changes is lost, without an error.',
    hint: isNumber
      ? 'Let the store count in one command (`INCRBY`, `HINCRBY`), and look at the number that it gives back.'
      : 'Keep each part under a field or key of its own (`HSET`, `SADD`, `RPUSH`), or read and write in one script (`EVAL`) or under `WATCH`.',
    evidence: evidence(place, read, call, reach),
  });
}

function evidence(place: Place, read: Call, write: Call, reach: Reach): Evidence[] {
  return [
    { role: 'primary', ...place, note: 'made from what was read' },
    { role: 'read', file: read.unit.file, span: read.fact.span, note: 'read some time before' },
    { role: 'written', file: write.unit.file, span: write.fact.span, note: 'written back' },
    ...reach.path,
  ];
}

/** What keeps two of them apart. */
function holder(program: Program, call: Call, read: Call): string | undefined {
  const guard = program.guards(call).find(({ kind }) => kind !== 'role-switch');
  if (guard) return `guarded: ${guard.label}`;
  const texts = [read, call, ...chainedBefore(program, read)].flatMap(({ unit, fact }) =>
    fact.args.flatMap((arg) =>
      arg.k === 'object' ? arg.props.map(({ name, value }) => `${name} ${program.text(unit, value)}`) : [],
    ),
  );
  if (texts.some((text) => /\block\b|forUpdate|\btransaction\b|\bsession\b/i.test(text)))
    return 'in a transaction that locks the row';
  const chain = [...chainedBefore(program, read), ...chainedBefore(program, call)];
  const own = program
    .callsIn(read.fn)
    .some(
      ({ fact }) =>
        fact.callee.k === 'member' && /^(?:forUpdate|setLock|startTransaction|\$transaction)$/.test(fact.callee.name),
    );
  return own || chain.some(({ fact }) => fact.callee.k === 'member' && /^(?:forUpdate|setLock)$/.test(fact.callee.name))
    ? 'in a transaction that locks the row'
    : undefined;
}

/** `if (!(await User.findOne({ email }))) await User.create({ email })`, where nothing makes `email` unique. */
function checkInsert(context: RuleContext, call: Call, reach: Reach): void {
  const { program } = context;
  if (insertsRow(program, call) !== 'plain') return;
  const conditions = call.fact.when.flatMap((id): Condition[] => {
    const fact = call.unit.facts.conditions[id];
    return fact ? [{ unit: call.unit, fact }] : [];
  });
  for (const condition of conditions) {
    const asked = askedAbsent(program, condition);
    if (asked?.fn !== call.fn || receiver(program, asked) !== receiver(program, call)) continue;
    const place = { file: call.unit.file, span: call.fact.span };
    const unique = uniqueAmong(program, asked, fieldsAsked(program, asked));
    if (unique) return context.safe({ ...place, reason: `\`${unique}\` is unique, so that the database lets one in` });
    const held = holder(program, call, asked);
    if (held) return context.safe({ ...place, reason: held });
    // Whether the database has a constraint is mostly said elsewhere, in migrations.
    return context.report({
      ...place,
      confidence: 'low',
      doubts: ['a unique constraint that is not declared in the model would be enough'],
      when: 'always',
      symbol: program.symbol(place),
      message: `A row is looked for and created if it is missing (\`${program.text(call.unit, call.fact.callee)}\`), in ${reach.label}, and nothing seen makes it unique.`,
      consequence: 'Two requests that meet on two instances both find nothing and both create it.',
      hint: recipeFor(seedRecipes, '', program.stack(call.unit)),
      evidence: evidence(place, asked, call, reach),
    });
  }
}

function receiver(program: Program, { unit, fact }: Call): string {
  return fact.callee.k === 'member' ? program.text(unit, fact.callee.of) : '';
}

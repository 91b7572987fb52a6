import {
  type Condition,
  type Database,
  type DatabaseLimit,
  databaseLimitOf,
  defineRule,
  type Expr,
  type Holders,
  holdersOf,
  type Known,
  type Match,
  matches,
  optionsBehind,
  type PoolKnowledge,
  type Program,
  pools,
  type RuleContext,
  type Span,
  type Unit,
  idleBecause,
} from '../../src/api/index.js';

/** How many instances are counted with: the first step beyond one. */
const INSTANCES = 2;

export default defineRule({
  meta: {
    id: 'oversized-connection-pool',
    title: 'Connection pools that together ask for more than the database gives',
    category: 'lifecycle',
    severity: 'warning',
    triggers: ['scale-out', 'rolling-deploy'],
  },
  check(context) {
    for (const match of matches(context.program, pools)) {
      const { call } = match;
      if (call.unit.vendored || (!call.unit.roles.has('server') && !call.unit.roles.has('worker'))) continue;
      checkPool(context, match);
    }
  },
});

/** An option that bounds a pool, as written. */
interface Bound {
  readonly unit: Unit;
  readonly expr: Expr;
  readonly span: Span;
  readonly path: string;
  readonly when: readonly Condition[];
}

function checkPool(context: RuleContext, { call, entry, options }: Match<PoolKnowledge>): void {
  const { program } = context;
  // Sequelize takes its options behind the name of the database, or its address.
  const args = options ? [options.expr, ...call.fact.args.slice(entry.options + 1)] : [];
  const given = args.flatMap((expr) => optionsBehind(program, call.unit, expr));
  const bounds = given.flatMap(({ unit, expr, when }) => boundsIn(program, unit, expr, entry.max, when));
  const around = program.conditions(call);
  for (const { path, instead } of entry.ignored ?? []) {
    const [misplaced] = given.flatMap(({ unit, expr, when }) => boundsIn(program, unit, expr, [path], when));
    if (misplaced && bounds.length === 0) reportIgnored(context, call.unit, misplaced, instead, around);
  }
  const database = entry.database ?? dialectOf(program, given, entry.dialect) ?? databaseOfStack(program, call.unit);
  if (!database) return;
  for (const bound of bounds) checkBound(context, call.unit, bound, database, around);
}

function checkBound(
  context: RuleContext,
  unit: Unit,
  bound: Bound,
  database: Database,
  around: readonly Condition[],
): void {
  const { program } = context;
  const place = { file: bound.unit.file, span: bound.span };
  const limit = databaseLimitOf(program, database);
  const literals = program
    .values(bound.unit, bound.expr)
    .flatMap(({ value }) => (value.kind === 'literal' ? [Number(value.value)] : []));
  const isConstant =
    literals.length === 1 && program.values(bound.unit, bound.expr).every(({ value }) => value.kind === 'literal');
  const known: Known | undefined = isConstant ? { value: literals[0] } : program.known(bound.unit, bound.expr);
  const max = Number(known?.value ?? Number.NaN);
  if (!Number.isFinite(max) || known?.value === null || known?.value === '')
    return context.safe({ ...place, reason: 'the size of the pool is a setting without a default here' });
  const holders = holdersOf(program, { file: unit.file, span: bound.span });
  const load = loadOf(holders, max, limit);
  if (Math.max(load.sum, load.peakSum) <= limit.max)
    return context.safe({
      ...place,
      reason: `${load.words}: within the ${limit.max} connections that ${limit.words} takes ${limit.because}`,
      ...(limit.place ? { because: limit.place } : {}),
    });
  const setting = program.setting([...bound.when, ...around]);
  if (setting.developmentOnly || setting.never)
    return context.safe({ ...place, reason: idleBecause(setting, 'only outside production') });
  const isDefault = !isConstant && !known?.stated && setting.when === 'always';
  const text = program.text(bound.unit, bound.expr);
  const most = Math.max(load.count, load.peak);
  const fits = Math.floor((limit.max - limit.reserved) / (load.peak > load.count ? most : most + 1));
  context.report({
    ...place,
    confidence: 'high',
    when: isDefault ? 'default-config' : setting.when,
    ...(isDefault
      ? { condition: `safe when its setting is ${Math.floor((limit.max - limit.reserved) / most)} or less` }
      : setting.words
        ? { condition: setting.words }
        : {}),
    symbol: program.symbol(place),
    message: `Each instance may open ${max} connections${isDefault ? ' unless set otherwise' : ''}: ${load.words}, and ${limit.words} takes ${limit.max} ${limit.because}.`,
    consequence: `Under load, or while a deploy runs old and new instances side by side, ${limit.words} refuses connections: requests fail on every instance, the one that was there first included.`,
    hint: `Set \`${bound.path}\` to about ${fits}, which leaves room for ${load.peak > load.count ? 'those that a deploy starts beside the others' : 'a third instance during a deploy'}, or put a pooler such as ${database === 'postgres' ? 'PgBouncer' : 'ProxySQL'} in front; if the database takes more, ${limit.because === 'as it is installed' ? 'say so as `deployment.databaseMaxConnections` in the configuration, and ' : ''}divide its \`max_connections\` by the most instances there can be.`,
    evidence: [
      {
        role: 'primary',
        ...place,
        note: `\`${bound.path}\` is ${isConstant ? max : `\`${text}\`, ${max} ${known?.stated ? 'in production' : 'by default'}`}`,
      },
      ...(known?.stated ?? []),
      ...setting.evidence,
      ...(holders?.evidence ?? []),
      ...(limit.place
        ? [{ role: 'option' as const, ...limit.place, note: `${limit.words} takes ${limit.max} connections` }]
        : []),
    ],
  });
}

/** The sum of all pools, and what it comes to while a deploy replaces them. */
interface Load {
  readonly count: number;
  readonly sum: number;
  readonly peak: number;
  readonly peakSum: number;
  readonly words: string;
}

function loadOf(holders: Holders | undefined, max: number, { reserved }: DatabaseLimit): Load {
  const isSeveral = holders !== undefined && holders.count > 1;
  const count = isSeveral ? holders.count : INSTANCES;
  const peak = Math.max(count, holders?.peak ?? 0);
  const sum = count * max + reserved;
  const peakSum = peak * max + reserved;
  const here = isSeveral ? holders.words : `${count} instances`;
  const start = `${here} × ${max} + ${reserved} reserved = ${sum}`;
  return {
    count,
    sum,
    peak,
    peakSum,
    words:
      peak > count ? `${start}, and ${peak} × ${max} + ${reserved} = ${peakSum} while a deploy replaces them` : start,
  };
}

function reportIgnored(
  context: RuleContext,
  unit: Unit,
  bound: Bound,
  instead: string,
  around: readonly Condition[],
): void {
  const { program } = context;
  const place = { file: bound.unit.file, span: bound.span };
  const setting = program.setting([...bound.when, ...around]);
  if (setting.developmentOnly || setting.never) return;
  context.report({
    ...place,
    confidence: 'medium',
    when: setting.when,
    ...(setting.words ? { condition: setting.words } : {}),
    doubts: ['the pool has its default size, which may fit'],
    symbol: program.symbol({ file: unit.file, span: bound.span }),
    message: `The bound \`${bound.path}\` stands where the library does not look, so the pool keeps its default size.`,
    consequence:
      'Whoever lowers it to make room for another instance changes nothing: the instances together run into the limit of the database, and requests fail.',
    hint: `Move it to ${instead}.`,
    evidence: [{ role: 'primary', ...place, note: 'the bound that is not read' }, ...setting.evidence],
  });
}

/** The properties that bound the pool: of several paths, the first that is given. */
function boundsIn(
  program: Program,
  unit: Unit,
  expr: Expr,
  paths: readonly string[],
  when: readonly Condition[],
): Bound[] {
  for (const path of paths) {
    const found = propsAt(program, unit, expr, path.split('.'), when, 0).map((one) => ({ ...one, path }));
    if (found.length > 0) return found;
  }
  return [];
}

function propsAt(
  program: Program,
  unit: Unit,
  expr: Expr,
  path: readonly string[],
  when: readonly Condition[],
  depth: number,
): Omit<Bound, 'path'>[] {
  const [first, ...rest] = path;
  if (depth > 5 || first === undefined) return [];
  return program.values(unit, expr).flatMap((one) => {
    if (one.value.kind !== 'object') return [];
    const { unit: home, expr: object } = one.value;
    const conditions = [...when, ...one.when];
    return object.props.flatMap((prop) => {
      if (prop.name === undefined) return propsAt(program, home, prop.value, path, conditions, depth + 1);
      if (prop.name !== first) return [];
      return rest.length === 0
        ? [{ unit: home, expr: prop.value, span: prop.span, when: conditions }]
        : propsAt(program, home, prop.value, rest, conditions, depth + 1);
    });
  });
}

function dialectOf(
  program: Program,
  given: readonly { readonly unit: Unit; readonly expr: Expr }[],
  dialect: string | undefined,
): Database | undefined {
  if (!dialect) return undefined;
  for (const { unit, expr } of given)
    for (const { value } of program.property(unit, expr, [dialect])) {
      if (value.kind !== 'literal') continue;
      if (/^(?:pg|postgres|postgresql|pg-native|cockroachdb)$/.test(String(value.value))) return 'postgres';
      if (/^(?:mysql2?|mariadb)$/.test(String(value.value))) return 'mysql';
    }
  return undefined;
}

/** Where nothing else tells: the only database server that the application has a driver for. */
function databaseOfStack(program: Program, unit: Unit): Database | undefined {
  const { database } = program.stack(unit);
  return database === 'postgres' || database === 'mysql' ? database : undefined;
}

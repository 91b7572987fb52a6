import {
  type Confidence,
  defineRule,
  type Evidence,
  type Fn,
  migrationClasses,
  type MigrationAge,
  migrationFiles,
  type Place,
  type Program,
  type RawFinding,
  type RuleContext,
  type SqlMigration,
  type Unit,
} from '../../src/api/index.js';
import { type Before, type Breaking, breakingOf } from './breaking.js';
import type { Made } from './change.js';
import { changesOfCall } from './methods.js';

const MOST_FUNCTIONS = 60;
const MOST_OLD = 500;
/** So many of a folder, the newest ones, are told of at once. */
const MOST_SHOWN = 3;
/** Where nobody says what has been rolled out, those so close to each other may be of one release. */
const MOST_TOGETHER = 3;
const DAYS_TOGETHER = 14;
const OLDER = 'newer ones of its folder break likewise, and it has more likely been rolled out';
const ORDER = new Intl.Collator('en', { numeric: true });
/** The database is a file, and every instance has its own. */
const OWN_FILE = /sqlite/i;
/** `0007-drop-menu.js`, `Version-1.0.13.ts`: files that run one after the other. */
const NUMBERED = /\d/;
/** The release before is said to do without already. */
const SECOND_PHASE = /unused|deprecated|obsolete|legacy|contract|clean-?_?up|orphan|no-?_?longer/i;

interface Found {
  readonly migration: Migration;
  readonly finding: RawFinding;
}

/** A migration in code. */
interface Coded {
  readonly unit: Unit;
  readonly ups: readonly Fn[];
  readonly downs: readonly Fn[];
}

interface Aged extends Coded {
  readonly age: MigrationAge;
}

/** A migration in whatever language. */
interface Migration {
  readonly file: string;
  /** Those that run in one order: a folder. */
  readonly group: string;
  /** Without what tells its order; the same for several databases. */
  readonly name: string;
  readonly application: string;
  readonly age: MigrationAge;
  readonly isOwnFile: boolean;
  readonly before: Before;
  /** What it changes was made by one of the same release. */
  isMadeLately(change: Made['change']): boolean;
  made(): readonly Made[];
}

export default defineRule({
  meta: {
    id: 'breaking-migration',
    title: 'A schema change that the version before, still running during the deploy, cannot live with',
    category: 'deployment',
    severity: 'warning',
    triggers: ['rolling-deploy'],
  },
  check(context) {
    const { program } = context;
    const coded = program.units.flatMap((unit) => codedOf(program, unit) ?? []);
    const ages = program.schema.agesOf(coded.map(({ unit }) => unit.file));
    const inOrder = coded
      .map((one): Aged => ({ ...one, age: ages.get(one.unit.file) ?? 'unknown' }))
      .sort((a, b) => ORDER.compare(a.unit.file, b.unit.file));
    const all = [
      ...inOrder.map((one) => ofCode(program, one, inOrder)),
      ...worthReading(program).map((one) => ofSql(program, one)),
    ];
    const seen = new Set<string>();
    // Of the same migration for several databases one is enough, and a file of one instance has no second instance.
    const found = all.sort(byDialect).flatMap((migration) => check(context, migration, seen) ?? []);
    for (const finding of newestFirst(found)) context.report(finding);
  },
});

function codedOf(program: Program, unit: Unit): Coded | undefined {
  if (unit.vendored || (unit.roles.size > 0 && [...unit.roles].every((role) => role === 'test' || role === 'browser')))
    return undefined;
  const inFolder = migrationFiles.test(unit.file);
  const ups = new Set<Fn>();
  const downs = new Set<Fn>();
  const keep = (name: string, fn: Fn) => (name === 'up' ? ups : name === 'down' ? downs : undefined)?.add(fn);
  for (const cls of unit.facts.classes) {
    const bases = [cls.extends, ...(cls.implements ?? []).map(({ ref }) => ref)];
    const isOne = bases.some((base) => base && migrationClasses.has(program.text(unit, base).split('.').at(-1) ?? ''));
    if (!isOne && !inFolder) continue;
    for (const { name, fn } of cls.members) if (fn !== undefined) keep(name, program.fn(unit, fn));
  }
  if (inFolder)
    for (const { name, value } of unit.facts.exports) {
      if (!value) continue;
      for (const fn of program.functions(unit, value)) if (fn.unit === unit) keep(name, fn);
      if (name !== 'default' && name !== '=') continue;
      for (const part of ['up', 'down'])
        for (const found of program.property(unit, value, [part]))
          if (found.value.kind === 'function' && found.value.fn.unit === unit) keep(part, found.value.fn);
    }
  if (inFolder && ups.size === 0 && NUMBERED.test(unit.file.slice(unit.file.lastIndexOf('/') + 1)))
    for (const fn of onlyFunction(program, unit)) ups.add(fn);
  return ups.size > 0 ? { unit, ups: [...ups], downs: [...downs] } : undefined;
}

/** `export default async (connection) => { … }`: there is one direction, and no word for it. */
function onlyFunction(program: Program, unit: Unit): readonly Fn[] {
  return unit.facts.exports.flatMap(({ name, value }) =>
    value && (name === 'default' || name === '=')
      ? program.functions(unit, value).filter((fn) => fn.unit === unit)
      : [],
  );
}

function ofCode(program: Program, coded: Aged, inOrder: readonly Aged[]): Migration {
  const { unit, ups, downs, age } = coded;
  const undone = () => changes(program, downs, ups);
  return {
    file: unit.file,
    group: unit.file.slice(0, unit.file.lastIndexOf('/')),
    name: nameOf(unit.file.slice(unit.file.lastIndexOf('/') + 1)),
    application: unit.manifest?.dir ?? '',
    age,
    isOwnFile: OWN_FILE.test(unit.file),
    before: {
      // Undoing brings back what was there.
      columns: (table) => madeColumns(undone(), table),
      values: () => undefined,
      isLeftover: () => false,
    },
    isMadeLately: (change) => justBefore(program, coded, inOrder).some((one) => makes(program, one, change)),
    made: () => changes(program, ups, downs),
  };
}

/** Those of its folder that are, or are likely to be, rolled out together with it. */
function justBefore({ schema }: Program, coded: Aged, inOrder: readonly Aged[]): readonly Aged[] {
  const folder = ({ unit: { file } }: Coded) => file.slice(0, file.lastIndexOf('/'));
  const own = inOrder.filter((one) => folder(one) === folder(coded));
  const at = own.indexOf(coded);
  if (coded.age === 'new') return own.slice(0, at).filter(({ age }) => age === 'new');
  // Nobody rolls the first one out together with others.
  const last = own.slice(Math.max(at - MOST_TOGETHER, 1), Math.max(at, 1));
  return last.filter((one) => {
    const days = schema.daysBetween(one.unit.file, coded.unit.file);
    return days !== undefined && days <= DAYS_TOGETHER;
  });
}

function makes(program: Program, { ups, downs }: Coded, { does, table, column }: Made['change']): boolean {
  return changes(program, ups, downs).some(({ change }) => {
    if (change.table !== table || table === '?') return false;
    if (change.does === 'creates-table') return true;
    // A new column of an old table is what the version before does not fill.
    return does !== 'requires-column' && change.does === 'adds-column' && change.column === column;
  });
}

function madeColumns(made: readonly Made[], table: string): ReadonlySet<string> | undefined {
  const last = made.filter(({ change }) => {
    if (change.does !== 'creates-table' || !change.columns?.length) return false;
    return change.table === table || change.table.replace(/^_*(?:temporary|temp|tmp|new|old|backup)_/, '') === table;
  });
  const columns = last.at(-1)?.change.columns;
  return columns && new Set(columns);
}

/** What is old is shown with low confidence at most: of that only what looks like something, and not without end. */
function worthReading({ schema }: Program): SqlMigration[] {
  const old = schema.migrations.filter((one) => one.age === 'old' && schema.mayBreak(one)).slice(-MOST_OLD);
  return [...schema.migrations.filter(({ age }) => age !== 'old'), ...old];
}

function ofSql(program: Program, migration: SqlMigration): Migration {
  const { schema } = program;
  const { file, dialect, group } = migration;
  return {
    file,
    group,
    name: nameOf(migration.name),
    application: nearest(program, file),
    age: migration.age,
    isOwnFile: dialect === 'sqlite' || (dialect === undefined && OWN_FILE.test(file)),
    before: {
      columns: (table) => schema.columnsBefore(migration, table),
      values: (type) => schema.valuesBefore(migration, type),
      isLeftover: (table) => schema.columnsBefore(migration, table) === undefined,
    },
    // A new column of an old table is what the version before does not fill.
    isMadeLately: ({ does, table, column }) =>
      schema.isMadeLately(migration, table) ||
      (column !== undefined && does !== 'requires-column' && schema.isMadeLately(migration, table, column)),
    made: () => schema.changesIn(migration).map((change) => ({ place: { file, span: change.span }, change })),
  };
}

function nearest({ manifests }: Program, file: string): string {
  const above = manifests.filter(({ dir }) => dir === '.' || file.startsWith(`${dir}/`));
  return above.sort((a, b) => b.dir.length - a.dir.length)[0]?.dir ?? '';
}

function nameOf(name: string): string {
  return name.replace(/^\d+[-_]?/, '');
}

function byDialect(a: Migration, b: Migration): number {
  const rank = ({ file, isOwnFile }: Migration) =>
    /postgres|(?:^|\/)pg\//i.test(file) ? 0 : /mysql|mariadb/i.test(file) ? 1 : isOwnFile ? 3 : 2;
  return rank(a) - rank(b) || (a.file < b.file ? -1 : a.file > b.file ? 1 : 0);
}

/** What the functions given change, in order, helpers of the same file included. */
function changes(program: Program, fns: readonly Fn[], not: readonly Fn[]): Made[] {
  const seen = new Set<Fn>(not);
  const found: Made[] = [];
  const visit = (fn: Fn): void => {
    if (seen.has(fn) || seen.size > MOST_FUNCTIONS) return;
    seen.add(fn);
    const inner = fn.unit.facts.functions.flatMap((fact, id) =>
      id !== 0 && fact.parent === fn.id && id !== fn.id ? [program.fn(fn.unit, id)] : [],
    );
    for (const call of program.callsIn(fn)) {
      const place = { file: call.unit.file, span: call.fact.span };
      for (const change of changesOfCall(program, call)) found.push({ place, change });
      for (const callee of program.callees(call)) if (callee.unit === fn.unit) visit(callee);
    }
    for (const one of inner) visit(one);
  };
  for (const fn of fns) visit(fn);
  return found.sort((a, b) => a.place.span[0] - b.place.span[0] || a.place.span[1] - b.place.span[1]);
}

/**
 * Old ones are read for a habit, and a habit is told by its latest examples: those before them have most likely been rolled out
 * long ago, and nobody edits what has run.
 */
function newestFirst(found: readonly Found[]): readonly RawFinding[] {
  const shown = new Map<string, number>();
  return [...found]
    .sort((a, b) => ORDER.compare(b.migration.file, a.migration.file))
    .map(({ migration: { group, age }, finding }) => {
      if (age === 'new' || finding.confidence === 'low') return finding;
      const before = shown.get(group) ?? 0;
      shown.set(group, before + 1);
      if (before < MOST_SHOWN) return finding;
      return { ...finding, confidence: 'low', doubts: [...(finding.doubts ?? []), OLDER] };
    });
}

function check(context: RuleContext, migration: Migration, seen: Set<string>): Found | undefined {
  const { program } = context;
  const { file, age } = migration;
  const made = migration.made();
  const all = breakingOf(made, migration.before);
  // Nobody has met yet what the same release makes.
  const breaking = age === 'new' ? all.filter(({ change }) => !migration.isMadeLately(change)) : all;
  const isLateChange = ({ change }: Breaking) => age === 'recent' && migration.isMadeLately(change);
  const sure = breaking.filter(({ isUnsure }) => !isUnsure);
  const first = sure.find((one) => !isLateChange(one)) ?? sure[0] ?? breaking[0];
  if (!first) {
    const [one] = all.length > 0 ? all : made;
    const reason =
      all.length > 0 ? 'made by a migration of the same release' : 'nothing goes that the version before uses';
    if (one) context.safe({ file, span: one.place.span, reason });
    return undefined;
  }
  const { place } = first;
  const name = `${migration.application} ${migration.name} ${first.words}`;
  if (seen.has(name)) {
    context.safe({ ...place, reason: 'the same migration for another database is reported' });
    return undefined;
  }
  seen.add(name);
  const isSecond = SECOND_PHASE.test(file);
  const isLate = isLateChange(first);
  const isWeak =
    age === 'old' || age === 'unknown' || migration.isOwnFile || isSecond || isLate || first.isUnsure === true;
  // Where another of the same name takes its place, the code means that.
  const isBack = made.some(({ change }) => change.does === 'creates-table' && change.table === first.change.table);
  const named = isWeak || isBack ? undefined : namedIn(program, first);
  const confidence: Confidence = isWeak ? 'low' : named?.length ? 'high' : 'medium';
  const others = breaking.filter((one) => one !== first);
  const finding: RawFinding = {
    ...place,
    confidence,
    doubts: [
      ...(age === 'old' ? ['it is old, and has probably been rolled out everywhere'] : []),
      ...(age === 'unknown' ? ['its name does not tell how old it is'] : []),
      ...(isLate ? ['what it changes was made by a migration that is nearly as new'] : []),
      ...(isSecond ? ['its name says that nobody uses it any more'] : doubtsOf(named)),
    ],
    when: 'always',
    symbol: program.symbol(place),
    message: `This migration ${first.words}${others.length > 0 ? `, and ${others.length} more like this` : ''}, while instances of the version before still run.`,
    consequence: first.consequence,
    hint: first.hint,
    evidence: [
      { role: 'primary', ...place, note: first.words },
      ...others.slice(0, 11).map((one): Evidence => ({ role: 'effect', ...one.place, note: one.words })),
      ...(named ?? [])
        .slice(0, 4)
        .map((one): Evidence => ({ role: 'read', file: one.file, span: one.span, note: one.words })),
    ],
  };
  return { migration, finding };
}

/** Where the code as it is now still names what goes; nothing where that is not asked. */
function namedIn(program: Program, { change }: Breaking): readonly (Place & { readonly words: string })[] | undefined {
  const { does, table, column, to } = change;
  if (table === '?' || !/^(?:drops|renames)-(?:table|column)$/.test(does)) return undefined;
  const isColumn = does.endsWith('-column');
  if (isColumn && (column === undefined || column === '?')) return undefined;
  const letters = (name: string) => name.replace(/[^a-z\d]/gi, '').toLowerCase();
  // `user_id` and `userId` are one name to many an ORM.
  if (to !== undefined && letters(to) === letters((isColumn ? column : table) ?? '')) return undefined;
  return program.schema
    .mentions(table, isColumn ? column : undefined)
    .map(({ file, span, words }) => ({ file, span, words: `still named here: ${words}` }));
}

function doubtsOf(named: readonly unknown[] | undefined): string[] {
  if (named === undefined) return ['that the version before still uses it is assumed'];
  return named.length > 0 ? [] : ['no code here names it any more; that the version before still does is assumed'];
}

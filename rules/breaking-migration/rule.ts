import {
  type Call,
  type Confidence,
  defineRule,
  type Evidence,
  type Fn,
  migrationClasses,
  migrationFiles,
  type Program,
  type RuleContext,
  type Unit,
} from '../../src/api/index.js';
import { changesOfCall } from './methods.js';
import type { Change } from './statements.js';

/** So many of a folder's migrations, by name from the end, may still be rolled out somewhere. */
const RECENT = 20;
const MOST_FUNCTIONS = 60;
/** The database is a file, and every instance has its own. */
const OWN_FILE = /sqlite/i;
/** The release before is said to do without already. */
const SECOND_PHASE = /unused|deprecated|obsolete|legacy|contract|clean-?_?up|orphan|no-?_?longer/i;

/** A change, and the call that makes it. */
interface Made {
  readonly call: Call;
  readonly change: Change;
}

interface Migration {
  readonly unit: Unit;
  readonly ups: readonly Fn[];
  readonly downs: readonly Fn[];
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
    const migrations = program.units.flatMap((unit) => migrationOf(program, unit) ?? []);
    const recent = recentOf(migrations);
    const seen = new Set<string>();
    // Of the same migration for several databases one is enough, and a file of one instance has no second instance.
    for (const migration of [...migrations].sort(byDialect)) check(context, migration, recent, seen);
  },
});

function migrationOf(program: Program, unit: Unit): Migration | undefined {
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
  return ups.size > 0 ? { unit, ups: [...ups], downs: [...downs] } : undefined;
}

function folderOf(unit: Unit): string {
  return unit.file.slice(0, unit.file.lastIndexOf('/') + 1);
}

/** The newest files of each folder by their names, which begin with a date or a number. */
function recentOf(migrations: readonly Migration[]): ReadonlySet<Unit> {
  const folders = new Map<string, Unit[]>();
  for (const { unit } of migrations) folders.set(folderOf(unit), [...(folders.get(folderOf(unit)) ?? []), unit]);
  const collator = new Intl.Collator('en', { numeric: true });
  return new Set(
    [...folders.values()].flatMap((units) => units.sort((a, b) => collator.compare(a.file, b.file)).slice(-RECENT)),
  );
}

function byDialect(a: Migration, b: Migration): number {
  const rank = ({ unit: { file } }: Migration) =>
    /postgres|(?:^|\/)pg\//i.test(file) ? 0 : /mysql|mariadb/i.test(file) ? 1 : /sqlite/i.test(file) ? 3 : 2;
  return rank(a) - rank(b) || (a.unit.file < b.unit.file ? -1 : 1);
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
      for (const change of changesOfCall(program, call)) found.push({ call, change });
      for (const callee of program.callees(call)) if (callee.unit === fn.unit) visit(callee);
    }
    for (const one of inner) visit(one);
  };
  for (const fn of fns) visit(fn);
  return found.sort((a, b) => a.call.fact.span[0] - b.call.fact.span[0] || a.call.fact.span[1] - b.call.fact.span[1]);
}

function check(context: RuleContext, migration: Migration, recent: ReadonlySet<Unit>, seen: Set<string>): void {
  const { program } = context;
  const { unit, ups, downs } = migration;
  const made = changes(program, ups, downs);
  const breaking = breakingOf(made, () => changes(program, downs, ups));
  const [first] = breaking;
  if (!first) {
    const call = made[0]?.call;
    if (call)
      context.safe({ file: unit.file, span: call.fact.span, reason: 'nothing goes that the version before uses' });
    return;
  }
  const place = { file: unit.file, span: first.call.fact.span };
  const name = `${unit.manifest?.dir ?? ''} ${unit.file.slice(folderOf(unit).length).replace(/^\d+[-_]?/, '')} ${first.words}`;
  if (seen.has(name)) return context.safe({ ...place, reason: 'the same migration for another database is reported' });
  seen.add(name);
  const isOld = !recent.has(unit);
  const isSecond = SECOND_PHASE.test(unit.file);
  const isOwn = OWN_FILE.test(unit.file);
  const confidence: Confidence =
    isOld || isOwn || isSecond || breaking.every(({ isUnsure }) => isUnsure) ? 'low' : 'medium';
  context.report({
    ...place,
    confidence,
    doubts: [
      ...(isOld ? ['it is old, and has probably been rolled out everywhere'] : []),
      ...(isSecond
        ? ['its name says that nobody uses it any more']
        : ['that the version before still uses it is assumed']),
    ],
    when: 'always',
    symbol: program.symbol(place),
    message: `This migration ${first.words}${breaking.length > 1 ? `, and ${breaking.length - 1} more like this` : ''}, while instances of the version before still run.`,
    consequence: first.consequence,
    hint: first.hint,
    evidence: [
      { role: 'primary', ...place, note: first.words },
      ...breaking
        .slice(1, 12)
        .map(
          ({ call, words }): Evidence => ({ role: 'effect', file: call.unit.file, span: call.fact.span, note: words }),
        ),
    ],
  });
}

interface Breaking {
  readonly call: Call;
  /** What it does, to follow "this migration". */
  readonly words: string;
  readonly consequence: string;
  readonly hint: string;
  readonly isUnsure?: true;
}

const TEMPORARY = /^_*(?:temporary|temp|tmp|new|old|backup)(?:_|$)|_(?:temporary|temp|tmp|new|old|backup)$/;

/** The changes that another version can meet; those of tables that this migration makes itself are nobody else's. */
function breakingOf(made: readonly Made[], undone: () => readonly Made[]): Breaking[] {
  const created = new Set<string>();
  const defaults = new Set<string>();
  const rebuilt = new Set(
    made.flatMap(({ change: { does, table, to } }) =>
      does === 'renames-table' && to && TEMPORARY.test(table) ? [to] : [],
    ),
  );
  const found: Breaking[] = [];
  for (const [at, { call, change }] of made.entries()) {
    const { does, table, column, to, written } = change;
    const key = `${table}.${column ?? ''}`;
    const later = made.slice(at + 1).map((one) => one.change);
    if (does === 'creates-table') {
      if (table !== '?') created.add(table);
      if (written !== undefined) created.add(written);
    }
    if (written !== undefined && created.has(written)) continue;
    // It is there again when the migration is done: built anew, or with another that takes its place.
    if (does === 'drops-table' && later.some((one) => takesPlace(one, change, created))) continue;
    if (
      does === 'drops-column' &&
      later.some((one) => one.does === 'adds-column' && one.table === table && one.column === column)
    ) {
      defaults.add(key);
      continue;
    }
    // A table whose name is not known may be anybody's.
    if (table === '?' && /-table$/.test(does)) continue;
    if (does === 'sets-default' || does === 'adds-column') {
      if (does === 'sets-default') defaults.add(key);
      continue;
    }
    if (created.has(table) || does === 'creates-table') continue;
    // SQLite changes a table by making another, copying, and taking the old one's place.
    if (rebuilt.has(table) && does === 'drops-table') {
      const gone = lostColumns(table, made, undone());
      if (gone.length > 0) found.push({ call, ...told({ does: 'drops-column', table, column: gone.join('`, `') }) });
      continue;
    }
    if (does === 'renames-table' && to && TEMPORARY.test(table)) continue;
    if (does === 'drops-table' && TEMPORARY.test(table)) continue;
    if (does === 'requires-column' && defaults.has(key)) continue;
    const isUnsure = does === 'converts-column' || does === 'unsets-field' || table === '?';
    found.push({ call, ...told(change), ...(isUnsure ? { isUnsure: true as const } : {}) });
  }
  return found;
}

function takesPlace(one: Change, dropped: Change, created: ReadonlySet<string>): boolean {
  const isIt = (name: string | undefined, written: string | undefined) =>
    (name !== undefined && name !== '?' && name === dropped.table) ||
    (written !== undefined && written === dropped.written);
  if (one.does === 'creates-table') return isIt(one.table, one.written);
  // What SQL says of the new table's columns is looked at apart.
  return (
    one.does === 'renames-table' &&
    !TEMPORARY.test(one.table) &&
    (created.has(one.table) || (one.written !== undefined && created.has(one.written))) &&
    isIt(one.to, one.toWritten)
  );
}

/** Columns that undoing brings back: they were there before, and are not in the table that takes the place. */
function lostColumns(table: string, made: readonly Made[], undone: readonly Made[]): string[] {
  const last = (list: readonly Made[]) =>
    [...list].reverse().find(({ change }) => {
      if (change.does !== 'creates-table' || !change.columns?.length) return false;
      return change.table === table || change.table.replace(TEMPORARY, '') === table;
    })?.change.columns;
  const now = last(made);
  const before = last(undone);
  return now && before ? before.filter((column) => !now.includes(column)) : [];
}

function told({ does, table, column, to }: Change): Pick<Breaking, 'words' | 'consequence' | 'hint'> {
  const of = table === '?' ? '' : ` of \`${table}\``;
  const what = column === undefined ? 'a column' : `the column \`${column}\``;
  const fails = 'Until the last old instance is stopped, every request that meets it there fails';
  switch (does) {
    case 'drops-table':
      return {
        words: `drops the table \`${table}\``,
        consequence: `${fails}, since the old version still reads and writes the table.`,
        hint: 'Release code that does without the table first, and drop it one release later.',
      };
    case 'renames-table':
      return {
        words: `renames the table \`${table}\`${to ? ` to \`${to}\`` : ''}`,
        consequence: `${fails}, since the old version looks for the old name.`,
        hint: 'Leave a view under the old name for one release, or make the new table, write to both, and drop the old one later.',
      };
    case 'renames-column':
      return {
        words: `renames ${what}${of}`,
        consequence: `${fails}, since the old version looks for the old name.`,
        hint: 'Add the new column, write both, copy, read the new one, and drop the old one a release later.',
      };
    case 'requires-column':
      return {
        words: `makes ${what}${of} mandatory without a default`,
        consequence:
          'Until the last old instance is stopped, every row that it inserts is refused, since it does not fill the column.',
        hint: 'Give the column a default in the database, or make it mandatory one release after all instances fill it.',
      };
    case 'converts-column':
      return {
        words: `changes the type of ${what}${of}`,
        consequence: 'Instances of the old version read and write values of a type that is no longer there.',
        hint: 'Add a column of the new type, write both, copy, and drop the old one a release later.',
      };
    default:
      return {
        words: does === 'unsets-field' ? `removes the field \`${column}\`${of}` : `drops ${what}${of}`,
        consequence: `${fails}, since the old version still reads and writes it; with an ORM that names all columns, that is every query of the table.`,
        hint: 'Release code that does without it first (an ORM must no longer list it), and drop it one release later.',
      };
  }
}

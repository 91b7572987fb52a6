import { posix } from 'node:path';
import type { Problem } from '../../model/input.js';
import type {
  Mention,
  MigrationAge,
  PrismaSchema,
  Schema,
  SchemaChange,
  SchemaFile,
  SqlMigration,
} from '../../model/schema.js';
import { parsePrisma } from '../../parse/prisma.js';
import { schemaChanges } from '../../parse/sql.js';
import { dialectOf } from '../../parse/sql-tokens.js';
import type { Tables } from '../tables.js';
import { dialectOfGroup } from './dialects.js';
import { columnsAfter, namesIn, valuesAfter } from './history.js';
import { agesOf, type Dated, dateOf, journalOf, lastOf, placeOfSql, timeOf, upOnly } from './layout.js';
import { Mentions } from './mentions.js';

/** Where nobody says what has been rolled out, so many migrations one after the other may be of one release. */
const ONE_RELEASE = 4;
/** A table that is made, up to the end of the statement: nothing in it can break anybody. */
const NEW_TABLE = /^[ \t]*create\s+table\b[^;]*;?/gim;
const BREAKS = /\b(?:drop|rename|modify|change|sp_rename|not\s+null|type|unique|check|foreign)\b/i;
const DAY = 24 * 60 * 60 * 1000;
/** A table is followed back through so many migrations. */
const MOST_BEFORE = 200;

/** What is known of the database's schema beside the code. A migration is parsed when somebody asks for what it does. */
export class Schemas implements Schema {
  readonly migrations: readonly SqlMigration[];
  readonly prisma: readonly PrismaSchema[];
  /** How many texts were parsed. */
  parsed = 0;
  private readonly texts = new Map<string, string>();
  private readonly known = new Map<string, readonly SchemaChange[]>();
  private readonly strings = new Map<string, readonly SchemaChange[]>();
  private readonly places = new Map<SqlMigration, number>();
  private readonly found: Problem[] = [];
  private readonly mentioned: Mentions;
  /** Whether `since` names one of the migrations seen so far. */
  private sinceIsKnown = false;
  private byName: Map<string, SqlMigration[]> | undefined;

  constructor(
    tables: Tables,
    private readonly since: string | undefined,
  ) {
    const files = [...(tables.project.schemas ?? [])].sort((a, b) => (a.file < b.file ? -1 : 1));
    this.prisma = files.filter(({ kind }) => kind === 'prisma').map(({ file, text }) => parsePrisma(file, text));
    this.mentioned = new Mentions(tables, this.prisma);
    this.migrations = this.order(files, tables);
    for (const [at, migration] of this.migrations.entries()) this.places.set(migration, at);
  }

  /** Those that run, each folder's in their order. */
  private order(files: readonly SchemaFile[], tables: Tables): readonly SqlMigration[] {
    const journals = new Map(
      files.flatMap((one) =>
        one.kind === 'journal' ? [[posix.dirname(posix.dirname(one.file)), journalOf(one)] as const] : [],
      ),
    );
    const folders = new Set(journals.keys());
    const dated = files.flatMap((one): Dated[] => {
      const placed = one.kind === 'sql' ? placeOfSql(one.file, folders) : undefined;
      if (!placed || placed.isDown) return [];
      this.texts.set(one.file, one.text);
      const time = journals.get(placed.group)?.times.get(placed.name);
      return [{ file: one.file, name: placed.name, group: placed.group, ...(time === undefined ? {} : { time }) }];
    });
    const ages = this.aged(dated);
    const dialects = new Map(
      [...new Set(dated.map(({ group }) => group))].map(
        (group) => [group, dialectOfGroup(group, files, this.prisma, tables.manifests)] as const,
      ),
    );
    // The ages are made group by group in order.
    const byFile = new Map(dated.map((one) => [one.file, one]));
    return [...ages].flatMap(([file, age]): SqlMigration[] => {
      const one = byFile.get(file);
      if (!one) return [];
      const dialect = dialects.get(one.group);
      return [{ file, name: one.name, group: one.group, age, ...(dialect ? { dialect } : {}) }];
    });
  }

  mayBreak({ file }: SqlMigration): boolean {
    return BREAKS.test((this.texts.get(file) ?? '').replace(NEW_TABLE, ''));
  }

  changesIn(migration: SqlMigration): readonly SchemaChange[] {
    const known = this.known.get(migration.file);
    if (known) return known;
    const text = upOnly(this.texts.get(migration.file) ?? '');
    this.parsed++;
    const { changes, unread } = schemaChanges(text, migration.dialect ?? dialectOf(text));
    this.known.set(migration.file, changes);
    const [first] = unread;
    if (first && migration.age !== 'old')
      this.found.push({
        kind: 'unparsable',
        level: 'note',
        file: migration.file,
        span: first.span,
        message: `was read in part: ${first.words}${unread.length > 1 ? `, and ${unread.length - 1} more like it` : ''}. The other statements were audited.`,
      });
    return changes;
  }

  changesOf(sql: string): readonly SchemaChange[] {
    const known = this.strings.get(sql);
    if (known) return known;
    const { changes } = schemaChanges(sql, dialectOf(sql));
    this.strings.set(sql, changes);
    return changes;
  }

  agesOf(files: readonly string[]): ReadonlyMap<string, MigrationAge> {
    const dated = files.map((file): Dated => {
      const base = posix.basename(file).replace(/\.[cm]?[jt]sx?$/, '');
      return { file, name: base, group: posix.dirname(file) };
    });
    return this.aged(dated);
  }

  daysBetween(file: string, other: string): number | undefined {
    const [time, before] = [timeOf(posix.basename(file)), timeOf(posix.basename(other))];
    return time === undefined || before === undefined ? undefined : Math.abs(time - before) / DAY;
  }

  columnsBefore(migration: SqlMigration, table: string): ReadonlySet<string> | undefined {
    return columnsAfter(this.before(migration, table), table);
  }

  valuesBefore(migration: SqlMigration, type: string): readonly string[] | undefined {
    return valuesAfter(this.before(migration, type), type);
  }

  isMadeLately(migration: SqlMigration, table: string, column?: string): boolean {
    return this.about(table).some(
      (one) =>
        one.group === migration.group &&
        one.age === migration.age &&
        this.placeOf(one) <= this.placeOf(migration) &&
        (migration.age === 'new' || this.mayBeOneRelease(one, migration)) &&
        this.changesIn(one).some((change) =>
          column === undefined
            ? change.does === 'creates-table' && change.table === table
            : (change.does === 'adds-column' || change.does === 'requires-column') &&
              change.table === table &&
              change.column === column,
        ),
    );
  }

  mentions(table: string, column?: string): readonly Mention[] {
    return this.mentioned.of(table, column);
  }

  problems(): readonly Problem[] {
    const { since } = this;
    if (since === undefined || this.sinceIsKnown || dateOf(since) !== undefined) return this.found;
    const message = `"migrations.since" is "${since}", which is neither a date (2026-03-01) nor the name of a migration that was found; the newest of each folder count.`;
    return [...this.found, { kind: 'unmatched-declaration', level: 'note', message }];
  }

  private aged(dated: readonly Dated[]): Map<string, MigrationAge> {
    if (this.since !== undefined && lastOf(dated, this.since) >= 0) this.sinceIsKnown = true;
    return agesOf(dated, this.since);
  }

  /** Nobody rolls the first one out together with others. */
  private mayBeOneRelease(one: SqlMigration, migration: SqlMigration): boolean {
    const at = this.placeOf(one);
    return at > this.placeOf(migration) - ONE_RELEASE && this.migrations[at - 1]?.group === one.group;
  }

  private placeOf(migration: SqlMigration): number {
    return this.places.get(migration) ?? 0;
  }

  /** All that those before it in its folder do, as far as they speak of the name. */
  private before(migration: SqlMigration, name: string): readonly SchemaChange[] {
    return this.about(name)
      .filter((one) => one.group === migration.group && this.placeOf(one) < this.placeOf(migration))
      .slice(-MOST_BEFORE)
      .flatMap((one) => this.changesIn(one));
  }

  private about(name: string): readonly SqlMigration[] {
    if (!this.byName) {
      this.byName = new Map();
      for (const migration of this.migrations)
        for (const one of namesIn(upOnly(this.texts.get(migration.file) ?? ''))) {
          const known = this.byName.get(one);
          if (known) known.push(migration);
          else this.byName.set(one, [migration]);
        }
    }
    return this.byName.get(name) ?? [];
  }
}

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts that are read here hold variables.
import { describe, expect, it } from 'vitest';
import type { SqlDialect } from '../model/schema.js';
import { schemaChanges } from './sql.js';
import { dialectOf, sqlTokens } from './sql-tokens.js';

/** `drops-column users.name`, `renames-table users > people`, with the place. */
function told(sql: string, dialect?: SqlDialect): string[] {
  const { changes, unread } = schemaChanges(sql, dialect);
  return [
    ...changes.map(({ does, table, column, to, maybe, span }) =>
      [does, column === undefined ? table : `${table}.${column}`, ...(to ? ['>', to] : []), ...(maybe ? ['maybe'] : [])]
        .concat(`${span[0]}:${span[1]}`)
        .join(' '),
    ),
    ...unread.map(({ words, span }) => `unread ${span[0]}:${span[1]} ${words}`),
  ];
}

describe('what SQL changes', () => {
  it.each<[SqlDialect | undefined, string, string[]]>([
    [
      'postgresql',
      'ALTER TABLE ONLY "public"."Users" DROP COLUMN IF EXISTS "Name" CASCADE;',
      ['drops-column users.name 1:1'],
    ],
    [
      'postgresql',
      'alter table a\n  add column b int,\n  drop c,\n  alter d set not null;',
      ['adds-column a.b 2:3', 'drops-column a.c 3:3', 'requires-column a.d 4:3'],
    ],
    ['postgresql', 'DROP TABLE IF EXISTS a, b.c CASCADE', ['drops-table a 1:1', 'drops-table c 1:1']],
    ['postgresql', 'ALTER TABLE a RENAME CONSTRAINT x TO y; ALTER INDEX i RENAME TO j;', []],
    ['postgresql', 'ALTER TABLE a RENAME b TO c', ['renames-column a.b > c 1:1']],
    ['postgresql', 'ALTER TABLE a SET SCHEMA old', ['renames-table a > old.a 1:1']],
    ['postgresql', "ALTER TYPE t RENAME VALUE 'a' TO 'b'", ['renames-value t > b 1:1']],
    ['postgresql', 'ALTER TABLE a ADD COLUMN b int NOT NULL', ['requires-column a.b 1:1']],
    ['postgresql', 'ALTER TABLE a ADD COLUMN b text NOT NULL DEFAULT concat(1, 2)', ['adds-column a.b 1:1']],
    ['postgresql', 'ALTER TABLE a ADD b int[] , ADD c text', ['adds-column a.b 1:15', 'adds-column a.c 1:29']],
    ['postgresql', 'DO $$ BEGIN\nALTER TABLE a DROP COLUMN b;\nEND $$;', ['drops-column a.b maybe 2:1']],
    [
      'mysql',
      'ALTER TABLE `a` CHANGE `b` `c` INT, MODIFY COLUMN d INT NOT NULL',
      ['renames-column a.b > c 1:17', 'converts-column a.d 1:37', 'requires-column a.d maybe 1:37'],
    ],
    ['mysql', 'RENAME TABLE a TO b, c TO d', ['renames-table a > b 1:14', 'renames-table c > d 1:22']],
    [
      'mysql',
      'ALTER TABLE a DROP PRIMARY KEY, DROP FOREIGN KEY f, DROP INDEX i, ENGINE=InnoDB',
      ['frees-rows a 1:33', 'frees-rows a 1:53'],
    ],
    ['mysql', "# it's\nINSERT INTO a VALUES ('\\'; DROP TABLE b'); DROP TABLE c", ['drops-table c 2:44']],
    ['sqlite', 'CREATE TABLE [a b] (id INTEGER); DROP TABLE [a b];', ['creates-table a b 1:1', 'drops-table a b 1:34']],
    [
      'mssql',
      'ALTER TABLE dbo.A DROP COLUMN b, c\nALTER TABLE dbo.A ALTER COLUMN d INT NOT NULL\nGO',
      ['drops-column a.b 1:19', 'drops-column a.c 1:34', 'requires-column a.d 2:1'],
    ],
    ['mssql', "EXEC sp_rename N'dbo.A', N'B'", ['renames-table a > b 1:1']],
    [undefined, 'alter table {{prefix}}users drop column `name`', ['drops-column ?.name 1:1']],
    [undefined, 'SELECT 1; VACUUM; GRANT ALL ON a TO b; DELETE FROM a;', []],
  ])('%s: %s', (dialect, sql, expected) => {
    expect(told(sql, dialect)).toEqual(expected);
  });

  it('knows the columns of a new table, and which must be given', () => {
    const [made] = schemaChanges(
      'CREATE TABLE a (id serial PRIMARY KEY, key varchar(9) NOT NULL, "b" numeric(10, 2) NOT NULL DEFAULT 0, PRIMARY KEY (id), CONSTRAINT x CHECK (b > 0));',
      'postgresql',
    ).changes;
    expect(made?.columns).toEqual(['id', 'key', 'b']);
    expect(made?.required).toEqual(['key']);
  });

  it('knows what a limit is about', () => {
    const { changes } = schemaChanges(
      'CREATE UNIQUE INDEX CONCURRENTLY u ON a USING btree (b, lower(c)); ALTER TABLE a ADD CONSTRAINT f FOREIGN KEY (b) REFERENCES x (id) NOT VALID;',
      'postgresql',
    );
    expect(changes.map(({ limit, columns, name }) => ({ limit, columns, name }))).toEqual([
      { limit: 'unique', columns: ['b', '?'], name: 'u' },
      { limit: 'foreign', columns: ['b'], name: 'f' },
    ]);
  });
});

describe('SQL that cannot be read', () => {
  it.each([
    ["ALTER TABLE a DROP b; INSERT INTO a VALUES ('never closed", 'unread 1:45 a quote that is never closed'],
    ['ALTER TABLE a DROP b; /* never closed', 'unread 1:23 a comment that never ends'],
    ['ALTER TABLE a DROP b; DO $x$ BEGIN', 'unread 1:26 a body in dollar quotes that never ends'],
    ['ALTER TABLE a DROP b; ALTER TABLE ;', 'unread 1:23 a statement that could not be read'],
    ['ALTER TABLE a DROP b; ALTER TABLE a ${changes};', 'unread 1:23 a statement that could not be read'],
  ])('says where, and keeps what stands before: %s', (sql, unread) => {
    expect(told(sql, 'postgresql')).toEqual(['drops-column a.b 1:1', unread]);
  });

  it('ends on anything', () => {
    const signs = [
      '(',
      ')',
      ',',
      ';',
      "'",
      '"',
      '`',
      '[',
      ']',
      '$$',
      '/*',
      '--',
      '{{',
      '\\',
      'alter table',
      'drop',
      'a',
      '1',
      '\n',
      'begin',
      'end',
      'create trigger',
    ];
    let seed = 7;
    for (let round = 0; round < 3000; round++) {
      let sql = '';
      for (let at = 0; at < 14; at++) {
        seed = (seed * 1103515245 + 12345) % 2147483648;
        sql += `${signs[seed % signs.length]} `;
      }
      for (const dialect of ['postgresql', 'mysql', 'sqlite', 'mssql', undefined] as const) {
        const { changes } = schemaChanges(sql, dialect);
        expect(changes.every(({ span }) => span[0] >= 1 && span[1] >= 1)).toBe(true);
      }
    }
  });
});

describe('statements', () => {
  it('end where the dialect says', () => {
    const ends = (sql: string, dialect?: SqlDialect) =>
      sqlTokens(sql, dialect).statements.map(({ from, to }) => sql.slice(from, to));
    expect(ends('a; b;;c')).toEqual(['a', 'b', 'c']);
    expect(ends('\\connect x\na;\nCOPY t FROM STDIN;\n1;2\n\\.\nb', 'postgresql')).toEqual([
      'a',
      'COPY t FROM STDIN',
      'b',
    ]);
    expect(ends('DELIMITER $$\na; b $$\nDELIMITER ;\nc;', 'mysql')).toEqual(['a; b', 'c']);
    expect(ends('CREATE TRIGGER t BEGIN SELECT CASE WHEN 1 THEN 2 END; b; END; c', 'sqlite')).toHaveLength(2);
    expect(ends('a -- b;\n--> statement-breakpoint\nc')).toEqual(['a', 'c']);
  });

  it.each([
    ['CREATE TABLE a (id INT AUTO_INCREMENT)', 'mysql'],
    ['CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT)', 'sqlite'],
    ['CREATE TABLE a (id serial)', 'postgresql'],
    ['CREATE TABLE [dbo].[a] (id int)', 'mssql'],
    ['-- a `name`\nDROP TABLE a', undefined],
  ])('tell their dialect: %s', (sql, dialect) => {
    expect(dialectOf(sql)).toBe(dialect);
  });
});

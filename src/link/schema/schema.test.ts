import { describe, expect, it } from 'vitest';
import { audit } from '../../audit.js';
import rule from '../../../rules/breaking-migration/rule.js';
import type { Audit } from '../../model/audit.js';
import type { Input, Project } from '../../model/input.js';
import type { SchemaFile } from '../../model/schema.js';

const SERVER: Input = {
  file: 'src/server.js',
  language: 'javascript',
  text: "import express from 'express';\nconst app = express();\napp.listen(3000);\n",
};

function run(files: Readonly<Record<string, string>>, since?: string, inputs: readonly Input[] = [SERVER]) {
  const schemas = Object.entries(files).map(([file, text]): SchemaFile => {
    const kind = file.endsWith('.prisma') ? 'prisma' : file.endsWith('.toml') ? 'lock' : 'sql';
    return { file, kind, text };
  });
  const project: Project = {
    root: '/app',
    inputs,
    manifests: [],
    tsconfigs: [],
    files: [...inputs.map(({ file }) => file), ...Object.keys(files)],
    problems: [],
    schemas,
  };
  return audit(project, [rule], undefined, { guards: [], sharedStores: [], migrations: { since } });
}

const told = ({ findings }: Audit) =>
  findings.map(({ file, span, confidence }) => `${file}:${span[0]}:${span[1]} ${confidence}`);

const INITIAL = { 'migrations/20250101_initial.sql': 'CREATE TABLE users (id int, name text, fax text);' };

describe('migrations in SQL', () => {
  it('count from a date or a name on', async () => {
    const files = {
      ...INITIAL,
      'migrations/20250201_fax.sql': 'ALTER TABLE users DROP COLUMN fax;',
      'migrations/20250301_name.sql': 'ALTER TABLE users DROP COLUMN name;',
    };
    const [fax, name] = ['migrations/20250201_fax.sql:1:1', 'migrations/20250301_name.sql:1:1'];
    expect(told(await run(files))).toEqual([`${fax} medium`, `${name} medium`]);
    expect(told(await run(files, '2025-03-01'))).toEqual([`${fax} low`, `${name} medium`]);
    expect(told(await run(files, '20250201_fax'))).toEqual([`${fax} low`, `${name} medium`]);
  });

  it('have a name that the configuration must not miss', async () => {
    const kinds = async (since: string) => (await run(INITIAL, since)).problems.map(({ kind }) => kind);
    expect(await kinds('v1.2.0')).toEqual(['unmatched-declaration']);
    expect(await kinds('20250101_initial')).toEqual([]);
    expect(await kinds('2025-01-01')).toEqual([]);
  });

  it('say nothing of what the same release makes', async () => {
    const files = {
      ...INITIAL,
      'migrations/20250201_pets.sql': 'CREATE TABLE pets (id int, age int); ALTER TABLE users ADD COLUMN pet int;',
      'migrations/20250301_age.sql': 'ALTER TABLE pets DROP COLUMN age; ALTER TABLE users RENAME COLUMN pet TO pet_id;',
    };
    expect(told(await run(files, '20250101_initial'))).toEqual([]);
    expect(told(await run(files, '20250201_pets'))).toEqual(['migrations/20250301_age.sql:1:1 medium']);
  });

  it('are of high confidence where the code still names what goes', async () => {
    const code = (text: string): Input => ({ ...SERVER, text: `${SERVER.text}${text}` });
    const files = { ...INITIAL, 'migrations/20250201_fax.sql': 'ALTER TABLE users DROP COLUMN fax;' };
    const evidence = async (text: string) => {
      const [finding] = (await run(files, undefined, [code(text)])).findings;
      const named = finding?.evidence.find(({ role }) => role === 'read');
      return [finding?.confidence, named && `${named.file}:${named.span[0]}`];
    };
    expect(await evidence("knex('users').where('fax', 1);")).toEqual(['high', 'src/server.js:4']);
    expect(await evidence('prisma.user.update({ data: { fax: null } });')).toEqual(['high', 'src/server.js:4']);
    expect(await evidence("db.query('SELECT id, fax FROM users');")).toEqual(['high', 'src/server.js:4']);
    expect(await evidence("sequelize.define('user', { fax: DataTypes.STRING });")).toEqual(['high', 'src/server.js:4']);
    expect(await evidence("knex('offices').where('fax', 1); knex('users').where('name', 1);")).toEqual([
      'medium',
      undefined,
    ]);
    expect(await evidence("send({ fax: 1 }); users.push({ name: 'fax' });")).toEqual(['medium', undefined]);
  });

  it('are held against the models of Prisma', async () => {
    const result = await run({
      ...INITIAL,
      'migrations/20250201_fax.sql': 'ALTER TABLE users DROP COLUMN fax;',
      'schema.prisma': 'model User {\n  id Int @id\n  telefax String? @map("fax")\n\n  @@map("users")\n}\n',
    });
    expect(result.findings[0]?.evidence.at(-1)).toMatchObject({ file: 'schema.prisma', span: [3, 3, 3, 10] });
  });

  it('keep what could be read of a broken one, with a note', async () => {
    const result = await run({
      ...INITIAL,
      'migrations/20250201_fax.sql': "ALTER TABLE users DROP fax;\nINSERT INTO a VALUES ('",
    });
    expect(told(result)).toEqual(['migrations/20250201_fax.sql:1:1 medium']);
    expect(result.problems).toMatchObject([{ kind: 'unparsable', level: 'note', span: [2, 23, 2, 24] }]);
  });

  it('of a database in a file have no second instance', async () => {
    const files = { ...INITIAL, 'migrations/20250201_fax.sql': 'ALTER TABLE users DROP COLUMN fax;' };
    const lock = { 'migrations/migration_lock.toml': 'provider = "sqlite"' };
    expect(told(await run({ ...files, ...lock }))).toEqual(['migrations/20250201_fax.sql:1:1 low']);
  });

  it('are read as far as they matter, however many there are', async () => {
    const files: Record<string, string> = {};
    for (let at = 0; at < 10_000; at++)
      files[`migrations/${20_000 + at}_m.sql`] =
        `CREATE TABLE t${at} (id int NOT NULL, a text);\nALTER TABLE t${at} ADD b int;\n`;
    files['migrations/30000_last.sql'] = 'DROP TABLE t7; ALTER TABLE t8 DROP COLUMN a;';
    const result = await run(files);
    expect(told(result)).toEqual(['migrations/30000_last.sql:1:1 medium']);
    const { schema } = result.program as unknown as { schema: { parsed: number } };
    expect(schema.parsed).toBeLessThan(30);
  });
});

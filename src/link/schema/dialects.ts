import { posix } from 'node:path';
import type { Manifest } from '../../model/input.js';
import type { PrismaSchema, SchemaFile, SqlDialect } from '../../model/schema.js';
import { journalOf } from './layout.js';

const BY_NAME: Readonly<Record<string, SqlDialect>> = {
  postgresql: 'postgresql',
  postgres: 'postgresql',
  pg: 'postgresql',
  cockroachdb: 'postgresql',
  mysql: 'mysql',
  mariadb: 'mysql',
  singlestore: 'mysql',
  sqlite: 'sqlite',
  sqlite3: 'sqlite',
  turso: 'sqlite',
  mssql: 'mssql',
  sqlserver: 'mssql',
};

/** Packages that speak one dialect only. */
const DRIVERS: Readonly<Record<string, SqlDialect>> = {
  pg: 'postgresql',
  postgres: 'postgresql',
  slonik: 'postgresql',
  '@neondatabase/serverless': 'postgresql',
  mysql: 'mysql',
  mysql2: 'mysql',
  mariadb: 'mysql',
  sqlite3: 'sqlite',
  'better-sqlite3': 'sqlite',
  '@libsql/client': 'sqlite',
  mssql: 'mssql',
  tedious: 'mssql',
};

/** In which dialect the migrations of a folder are: as their tool says, as the folder is called, as the one driver speaks. */
export function dialectOfGroup(
  group: string,
  files: readonly SchemaFile[],
  prisma: readonly PrismaSchema[],
  manifests: readonly Manifest[],
): SqlDialect | undefined {
  for (const { file, kind, text } of files) {
    if (kind === 'lock' && posix.dirname(file) === group) {
      const [, name] = /^[ \t]*provider\s*=\s*"([^"]+)"/m.exec(text) ?? [];
      if (name !== undefined && BY_NAME[name]) return BY_NAME[name];
    }
    if (kind === 'journal' && posix.dirname(posix.dirname(file)) === group) {
      const { dialect } = journalOf({ file, kind, text });
      if (dialect !== undefined && BY_NAME[dialect]) return BY_NAME[dialect];
    }
  }
  const named = group
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .flatMap((part) => BY_NAME[part] ?? []);
  if (named.length > 0) return named.at(-1);
  const beside = prisma.find(
    ({ file }) => posix.dirname(file) === posix.dirname(group) || posix.dirname(file) === group,
  );
  const provider = beside?.sources[0]?.provider?.text;
  if (provider !== undefined && BY_NAME[provider]) return BY_NAME[provider];
  const [nearest] = manifests
    .filter(({ dir }) => dir === '.' || group === dir || group.startsWith(`${dir}/`))
    .sort((a, b) => b.dir.length - a.dir.length);
  const spoken = new Set(Object.keys(nearest?.dependencies ?? {}).flatMap((name) => DRIVERS[name] ?? []));
  return spoken.size === 1 ? [...spoken][0] : undefined;
}

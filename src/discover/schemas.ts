import { posix } from 'node:path';
import type { Problem } from '../model/input.js';
import type { SchemaFile } from '../model/schema.js';
import type { Files } from './read.js';

/*
 * Files that say how the database looks and changes, and are no sources: SQL of migrations, Prisma's schemas, and what says in
 * which dialect and order they are.
 */

/** A migration's folder, or a name that only tools for migrations give. SQL elsewhere is queries, dumps and samples. */
const MIGRATION =
  /(?:migrat|flyway|evolution|drizzle|liquibase|sqitch|dbmate|goose)[^/]*\/|(?:^|\/)(?:V\d[\w.]*|U\d[\w.]*|R)__[^/]+\.sql$|[.-](?:up|do)\.sql$/i;
const ELSEWHERE =
  /(?:^|\/)(?:node_modules|vendor|third_party|__snapshots__|__fixtures__|fixtures|tests?|__tests__|examples?)\//i;

/** Longer ones are dumps. */
const LARGEST = 1024 * 1024;
const MOST = 50_000;

export function readSchemas(
  paths: readonly string[],
  links: ReadonlySet<string>,
  files: Files,
): { readonly schemas: readonly SchemaFile[]; readonly problems: readonly Problem[] } {
  const wanted = paths
    .flatMap((file) => {
      const kind = kindOf(file);
      return kind && !links.has(file) && !ELSEWHERE.test(file) ? [{ file, kind }] : [];
    })
    .slice(0, MOST);
  const schemas: SchemaFile[] = [];
  const problems: Problem[] = [];
  for (const { file, kind } of wanted) {
    const text = files.textIfAny(file);
    if (text === undefined || text.includes('\0')) continue;
    if (text.length <= LARGEST) schemas.push({ file, kind, text });
    else
      problems.push({
        kind: 'too-large',
        level: 'note',
        file,
        message: `was not read as a migration: it has ${Math.round(text.length / 1024)} KB, and ${LARGEST / 1024} KB is the limit.`,
      });
  }
  return { schemas, problems };
}

function kindOf(file: string): SchemaFile['kind'] | undefined {
  const name = posix.basename(file);
  if (name.endsWith('.prisma')) return 'prisma';
  if (name === 'migration_lock.toml') return 'lock';
  if (file.endsWith('meta/_journal.json')) return 'journal';
  // Drizzle's folder may have any name; its SQL begins with four digits.
  return /\.sql$/i.test(name) && (MIGRATION.test(file) || /^\d{3,}[_-]/.test(name)) ? 'sql' : undefined;
}

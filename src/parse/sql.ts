import type { SchemaChange, SchemaChanges, SqlDialect, UnreadStatement } from '../model/schema.js';
import type { Span } from '../model/span.js';
import { Lines } from './lines.js';
import { isWord, SqlCursor, type SqlName } from './sql-cursor.js';
import { changesOfColumnOrConstraint, tableParts } from './sql-table.js';
import { type SqlStatement, type SqlToken, sqlTokens } from './sql-tokens.js';

/*
 * What SQL does to the schema: statements that make, change and drop tables, columns, constraints and types, in the spelling of
 * PostgreSQL, MySQL, MariaDB, SQLite and SQL Server. Everything else is passed over; one of these that cannot be read is said.
 */

/** More blocks within blocks than anybody writes. */
const DEEPEST = 3;
/** Changes of one file; what has more is no migration, and each is compared with the others. */
const MOST = 2_000;

type Place = (from: number, to: number) => Span;

export function schemaChanges(text: string, dialect: SqlDialect | undefined): SchemaChanges {
  const lines = new Lines(text);
  return changesBetween(text, dialect, (from, to) => lines.span(from, to), 0);
}

function changesBetween(text: string, dialect: SqlDialect | undefined, span: Place, depth: number): SchemaChanges {
  const { statements, flaw } = sqlTokens(text, dialect);
  const changes: SchemaChange[] = [];
  const unread: UnreadStatement[] = [];
  for (const statement of statements) {
    if (changes.length > MOST) {
      unread.push({ words: `what follows its first ${MOST} changes`, span: span(statement.from, statement.to) });
      break;
    }
    const block = depth < DEEPEST ? blockOf(statement) : undefined;
    if (block) {
      const inner = changesBetween(
        block.text,
        dialect,
        (from, to) => span(block.from + from, block.from + to),
        depth + 1,
      );
      changes.push(...inner.changes.map((one) => ({ ...one, maybe: true as const })));
      continue;
    }
    const found = changesOfStatement(statement, dialect, span);
    if (found) changes.push(...found);
    else unread.push({ words: 'a statement that could not be read', span: span(statement.from, statement.to) });
  }
  if (flaw) unread.push({ words: flaw.words, span: span(flaw.at, flaw.at + 1) });
  return { changes, unread };
}

/** `DO $$ BEGIN … END $$`, `IF … BEGIN … END`: statements that run now, if at all. A function's body runs when it is called. */
function blockOf({ tokens }: SqlStatement): { readonly text: string; readonly from: number } | undefined {
  const [first] = tokens;
  const body = isWord(first, 'do') ? tokens.find(({ kind }) => kind === 'body') : undefined;
  if (!body) return undefined;
  // Words of the block's own language that stand before a statement end what was before.
  const from = body.from + (body.to - body.from - body.text.length) / 2;
  return {
    text: body.text.replace(/\b(?:declare|begin|then|else|loop|exception)\b/gi, (word) => ';'.padEnd(word.length)),
    from,
  };
}

/** Nothing where it is about the schema and was not understood. */
function changesOfStatement(
  { tokens }: SqlStatement,
  dialect: SqlDialect | undefined,
  span: Place,
): SchemaChange[] | undefined {
  // `IF COL_LENGTH(…) IS NULL ALTER TABLE …`, on SQL Server.
  const cursor = new SqlCursor(dialect === 'mssql' ? unconditional(tokens) : tokens);
  if (cursor.take('alter')) {
    if (cursor.takeAny('table', 'foreign table', 'ignore table')) return altersTable(cursor, tokens, span);
    return cursor.take('type') ? altersType(cursor, tokens, span) : [];
  }
  if (cursor.take('create')) return creates(cursor, tokens, span);
  if (cursor.take('drop')) return drops(cursor, tokens, span);
  if (cursor.takeAny('rename table', 'rename tables')) return renamesTables(cursor, span);
  if (cursor.takeAny('exec', 'execute')) return renamesByProcedure(cursor, tokens, span);
  return [];
}

function unconditional(tokens: readonly SqlToken[]): readonly SqlToken[] {
  if (!isWord(tokens[0], 'if')) return tokens;
  const at = tokens.findIndex((token, index) => isWord(token, 'alter') && isWord(tokens[index + 1], 'table'));
  return at < 0 ? tokens : tokens.slice(at);
}

function creates(cursor: SqlCursor, tokens: readonly SqlToken[], span: Place): SchemaChange[] | undefined {
  cursor.take('or replace');
  while (cursor.takeAny('global', 'local', 'temporary', 'temp', 'unlogged', 'virtual', 'external'));
  if (cursor.take('table')) {
    const ifExists = cursor.take('if not exists');
    const table = cursor.name();
    if (!table) return undefined;
    const { columns, required } = tableParts(cursor);
    return [
      {
        does: 'creates-table',
        ...tableOf(table),
        columns,
        required,
        ...(ifExists ? { ifExists } : {}),
        span: spanOf(tokens, span),
      },
    ];
  }
  // A view under the old name of a table serves the version before.
  if (cursor.takeAny('view', 'materialized view')) {
    const view = cursor.name();
    return view ? [{ does: 'creates-table', view: true, ...tableOf(view), span: spanOf(tokens, span) }] : [];
  }
  if (cursor.take('type')) {
    const type = cursor.name();
    if (!type) return undefined;
    const values = cursor.take('as enum')
      ? cursor.parts().flatMap(([value]) => (value ? [value.text] : []))
      : undefined;
    return [{ does: 'makes-type', ...tableOf(type), ...(values ? { values } : {}), span: spanOf(tokens, span) }];
  }
  return createsIndex(cursor, tokens, span);
}

function createsIndex(cursor: SqlCursor, tokens: readonly SqlToken[], span: Place): SchemaChange[] {
  if (!cursor.take('unique')) return [];
  while (cursor.takeAny('clustered', 'nonclustered'));
  if (!cursor.take('index')) return [];
  while (cursor.takeAny('concurrently', 'if not exists'));
  const name = cursor.isNext('on') ? undefined : cursor.name();
  if (!cursor.take('on')) return [];
  cursor.take('only');
  const table = cursor.name();
  if (cursor.take('using')) cursor.name();
  const columns = cursor.names().map((column) => column.name);
  if (!table || columns.length === 0) return [];
  return [
    {
      does: 'limits-rows',
      limit: 'unique',
      ...tableOf(table),
      columns,
      ...(name ? { name: name.name } : {}),
      span: spanOf(tokens, span),
    },
  ];
}

function drops(cursor: SqlCursor, tokens: readonly SqlToken[], span: Place): SchemaChange[] | undefined {
  // A temporary table is nobody else's.
  if (cursor.take('temporary')) return [];
  const does = cursor.takeAny('table', 'foreign table')
    ? ('drops-table' as const)
    : cursor.take('type')
      ? ('drops-type' as const)
      : cursor.take('index')
        ? ('frees-rows' as const)
        : undefined;
  if (!does) return [];
  cursor.take('concurrently');
  const ifExists = cursor.take('if exists');
  const found: SchemaChange[] = [];
  do {
    const one = cursor.name();
    if (!one) return undefined;
    const own = does === 'frees-rows' ? { table: '?', name: one.name } : tableOf(one);
    found.push({ does, ...own, ...(ifExists ? { ifExists } : {}), span: spanOf(tokens, span) });
  } while (cursor.sign(','));
  return found;
}

function renamesTables(cursor: SqlCursor, span: Place): SchemaChange[] | undefined {
  cursor.take('if exists');
  const found: SchemaChange[] = [];
  for (const part of cursor.rest()) {
    const one = new SqlCursor(part);
    const table = one.name();
    const to = one.take('to') ? one.name() : undefined;
    if (!table || !to) return undefined;
    found.push({ does: 'renames-table', ...tableOf(table), ...toOf(table, undefined, to), span: spanOf(part, span) });
  }
  return found.length > 0 ? found : undefined;
}

/** `EXEC sp_rename 'dbo.users.name', 'full_name', 'COLUMN'`. */
function renamesByProcedure(cursor: SqlCursor, tokens: readonly SqlToken[], span: Place): SchemaChange[] {
  if (cursor.name()?.name !== 'sp_rename') return [];
  const [what, to, kind] = cursor
    .rest()
    .map((part) => part.find((token) => token.kind === 'string'))
    .map((token) => token?.text);
  if (what === undefined || to === undefined) return [];
  const path = what.split('.').map((part) => part.replace(/[[\]"]/g, ''));
  const last = path.at(-1) ?? '?';
  const place = spanOf(tokens, span);
  const lower = { to: to.toLowerCase() };
  if (kind === undefined || /^object$/i.test(kind))
    return [{ does: 'renames-table', table: last.toLowerCase(), ...lower, shown: { table: last, to }, span: place }];
  if (!/^column$/i.test(kind)) return [];
  const table = path.at(-2) ?? '?';
  return [
    {
      does: 'renames-column',
      table: table.toLowerCase(),
      column: last.toLowerCase(),
      ...lower,
      shown: { table, column: last, to },
      span: place,
    },
  ];
}

function altersType(cursor: SqlCursor, tokens: readonly SqlToken[], span: Place): SchemaChange[] | undefined {
  const type = cursor.name();
  if (!type) return undefined;
  const own = { ...tableOf(type), span: spanOf(tokens, span) };
  if (cursor.take('rename to')) {
    const to = cursor.name();
    return to ? [{ does: 'renames-type', ...own, ...toOf(type, undefined, to) }] : undefined;
  }
  if (cursor.take('add value')) {
    cursor.take('if not exists');
    const value = cursor.token?.text;
    return value === undefined ? undefined : [{ does: 'adds-value', ...own, values: [value] }];
  }
  if (cursor.take('rename value')) {
    const value = cursor.token?.text;
    cursor.skip();
    const to = cursor.take('to') ? cursor.token?.text : undefined;
    return value === undefined || to === undefined
      ? undefined
      : [{ does: 'renames-value', ...own, values: [value], to }];
  }
  return [];
}

function altersTable(cursor: SqlCursor, tokens: readonly SqlToken[], span: Place): SchemaChange[] | undefined {
  cursor.take('if exists');
  cursor.take('only');
  const table = cursor.name();
  if (!table) return undefined;
  cursor.sign('*');
  cursor.takeAny('with check', 'with nocheck', 'wait', 'nowait');
  const parts = cursor.rest();
  if (parts.length === 0) return undefined;
  const found: SchemaChange[] = [];
  // `DROP COLUMN a, b` and `ADD a int, b int`, on SQL Server: what follows the comma is of the same kind.
  let again: readonly SqlToken[] = [];
  for (const [at, part] of parts.entries()) {
    const isOne = at > 0 && again.length > 0 && !STARTS.test(part[0]?.text ?? '');
    const action = isOne ? [...again, ...part] : part;
    const changes = changesOfColumnOrConstraint(new SqlCursor(action), table, action);
    if (!changes) return undefined;
    const words = action.slice(0, isWord(action[1], 'column') || isWord(action[1], 'constraint') ? 2 : 1);
    again = /^(?:drop|add)$/i.test(words[0]?.text ?? '') ? words : [];
    const place = parts.length === 1 ? spanOf(tokens, span) : spanOf(part, span);
    found.push(...changes.map((one) => ({ ...one, span: place })));
  }
  return found;
}

const STARTS =
  /^(?:add|drop|alter|change|modify|rename|set|reset|enable|disable|validate|owner|inherit|no|attach|detach|order|convert|engine|auto_increment|comment|algorithm|lock|partition|check|cluster|replica|row_format|default|character|collate|of|not|force)$/i;

function spanOf(tokens: readonly SqlToken[], span: Place): Span {
  return span(tokens[0]?.from ?? 0, tokens.at(-1)?.to ?? 0);
}

function tableOf({ name, shown }: SqlName): { readonly table: string; readonly shown: { readonly table: string } } {
  return { table: name, shown: { table: shown } };
}

function toOf(table: SqlName, column: SqlName | undefined, to: SqlName): Pick<SchemaChange, 'to' | 'shown'> {
  return {
    to: to.name,
    shown: { table: table.shown, ...(column ? { column: column.shown } : {}), to: to.shown },
  };
}

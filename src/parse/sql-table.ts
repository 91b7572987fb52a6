import type { SchemaChange } from '../model/schema.js';
import { isWord, says, SqlCursor, type SqlName } from './sql-cursor.js';
import type { SqlToken } from './sql-tokens.js';

/*
 * The parts of a table in SQL: what `CREATE TABLE` lists, and the actions of `ALTER TABLE`.
 */

type Action = Omit<SchemaChange, 'span'>;

const CONSTRAINT =
  /^(?:constraint|primary|unique|foreign|check|exclude|index|key|fulltext|spatial|period|partition|like)$/i;
/** What else gives a column a value. */
const FILLED = ['default', 'generated', 'auto_increment', 'autoincrement', 'identity', 'as', 'primary key'];
const SERIAL = /^(?:small|big)?serial\d?$|^identity$|^rowversion$/i;

/** The columns that a `CREATE TABLE` lists, and those that must be given. */
export function tableParts(cursor: SqlCursor): { readonly columns: string[]; readonly required: string[] } {
  const columns: string[] = [];
  const required: string[] = [];
  for (const part of cursor.parts()) {
    const [first] = part;
    if (first?.kind === 'word' && CONSTRAINT.test(first.text) && !isColumnCalled(part)) continue;
    const name = new SqlCursor(part).name();
    if (!name) continue;
    columns.push(name.name);
    if (isMandatory(part.slice(1))) required.push(name.name);
  }
  return { columns, required };
}

/** `key VARCHAR(255)`: MySQL would take it for an index, the others for a column. */
function isColumnCalled([first, second, third]: readonly SqlToken[]): boolean {
  return (
    /^(?:key|index|like|period|partition)$/i.test(first?.text ?? '') &&
    second?.kind === 'word' &&
    /^(?:var)?char\w*$|^(?:tiny|small|big|medium|long)?(?:int|integer|text|blob)$|^uuid$|^json/i.test(second.text) &&
    third?.kind !== 'name'
  );
}

function isMandatory(definition: readonly SqlToken[]): boolean {
  return says(definition, 'not null') && !isFilled(definition);
}

function isFilled(definition: readonly SqlToken[]): boolean {
  return FILLED.some((words) => says(definition, words)) || SERIAL.test(definition[0]?.text ?? '');
}

/** What one action of `ALTER TABLE` does; none where it could not be read. */
export function changesOfColumnOrConstraint(
  cursor: SqlCursor,
  table: SqlName,
  action: readonly SqlToken[],
): Action[] | undefined {
  if (cursor.take('add')) return adds(cursor, table);
  if (cursor.take('drop')) return dropsPart(cursor, table);
  if (cursor.take('rename')) return renames(cursor, table);
  if (cursor.take('alter')) return altersColumn(cursor, table);
  if (cursor.take('change')) return changesColumn(cursor, table);
  if (cursor.take('modify')) return modifiesColumn(cursor, table);
  if (cursor.take('set schema')) {
    const to = cursor.name();
    const name = `${to?.shown}.${table.shown}`;
    return (
      to && [{ does: 'renames-table', ...of(table), to: name.toLowerCase(), shown: { table: table.shown, to: name } }]
    );
  }
  // Owners, storage, partitions and triggers are nobody's columns; a template may be anything.
  return action[0]?.kind === 'word' ? [] : undefined;
}

function of(table: SqlName, column?: SqlName): Pick<Action, 'table' | 'column' | 'shown'> {
  return {
    table: table.name,
    ...(column ? { column: column.name } : {}),
    shown: { table: table.shown, ...(column ? { column: column.shown } : {}) },
  };
}

function adds(cursor: SqlCursor, table: SqlName): Action[] | undefined {
  const { token } = cursor;
  if (token?.kind === 'word' && CONSTRAINT.test(token.text)) {
    const limit = limitOf(cursor, table);
    return limit ? [limit] : [];
  }
  cursor.take('column');
  cursor.take('if not exists');
  if (cursor.token?.kind === 'sign' && cursor.token.text === '(')
    return cursor.parts().flatMap((part) => addsColumn(new SqlCursor(part), table) ?? []);
  return addsColumn(cursor, table);
}

function addsColumn(cursor: SqlCursor, table: SqlName): Action[] | undefined {
  const column = cursor.name();
  if (!column) return undefined;
  const definition = cursor.ahead();
  if (isMandatory(definition)) return [{ does: 'requires-column', ...of(table, column), added: true }];
  const filled = says(definition, 'not null') ? ({ filled: true } as const) : {};
  return [{ does: 'adds-column', ...of(table, column), ...filled }];
}

/** A constraint that rows must meet from now on, also those that the version before writes. */
export function limitOf(cursor: SqlCursor, table: SqlName): Action | undefined {
  let name: SqlName | undefined;
  if (cursor.take('constraint')) {
    cursor.take('if not exists');
    if (!cursor.isNext('unique', 'check', 'foreign', 'primary')) name = cursor.name();
  }
  const own = { ...of(table), ...(name ? { name: name.name } : {}) };
  if (cursor.take('unique')) {
    cursor.takeAny('index', 'key');
    // An index that is there already.
    if (cursor.isNext('using')) return undefined;
    if (cursor.token?.kind !== 'sign') {
      const index = cursor.name();
      if (index) name = index;
    }
    const columns = cursor.names().map((column) => column.name);
    return columns.length === 0
      ? undefined
      : { does: 'limits-rows', limit: 'unique', ...own, ...(name ? { name: name.name } : {}), columns };
  }
  if (cursor.take('check')) {
    const columns = cursor
      .ahead()
      .flatMap(({ kind, text }) => (kind === 'word' || kind === 'name' ? [text.toLowerCase()] : []));
    return { does: 'limits-rows', limit: 'check', ...own, columns };
  }
  if (!cursor.take('foreign key')) return undefined;
  if (cursor.token?.kind !== 'sign') cursor.name();
  return { does: 'limits-rows', limit: 'foreign', ...own, columns: cursor.names().map((column) => column.name) };
}

function dropsPart(cursor: SqlCursor, table: SqlName): Action[] | undefined {
  if (cursor.takeAny('constraint', 'index', 'key', 'foreign key', 'check')) {
    cursor.take('if exists');
    const name = cursor.name();
    return name ? [{ does: 'frees-rows', ...of(table), name: name.name }] : [];
  }
  if (cursor.isNext('primary', 'partition', 'period', 'identity', 'expression')) return [];
  cursor.take('column');
  const ifExists = cursor.take('if exists');
  if (cursor.token?.kind === 'sign')
    return cursor.names().map((column) => ({ does: 'drops-column', ...of(table, column) }));
  const column = cursor.name();
  return column && [{ does: 'drops-column', ...of(table, column), ...(ifExists ? { ifExists } : {}) }];
}

function renames(cursor: SqlCursor, table: SqlName): Action[] | undefined {
  if (cursor.isNext('constraint', 'index', 'key')) return [];
  if (cursor.takeAny('to', 'as')) {
    const to = cursor.name();
    return to && [{ does: 'renames-table', ...of(table), to: to.name, shown: { table: table.shown, to: to.shown } }];
  }
  cursor.take('column');
  const column = cursor.name();
  // `RENAME users2`, on MySQL.
  if (column && cursor.isAtEnd)
    return [{ does: 'renames-table', ...of(table), to: column.name, shown: { table: table.shown, to: column.shown } }];
  const to = cursor.take('to') ? cursor.name() : undefined;
  return column && to && [{ does: 'renames-column', ...of(table, column), ...toName(table, column, to) }];
}

function toName(table: SqlName, column: SqlName, to: SqlName): Pick<Action, 'to' | 'shown'> {
  return { to: to.name, shown: { table: table.shown, column: column.shown, to: to.shown } };
}

function altersColumn(cursor: SqlCursor, table: SqlName): Action[] | undefined {
  if (cursor.isNext('index', 'constraint', 'check')) return [];
  cursor.take('column');
  const column = cursor.name();
  if (!column) return undefined;
  const own = of(table, column);
  if (cursor.take('set not null')) return [{ does: 'requires-column', ...own }];
  if (cursor.take('set default')) return [{ does: 'sets-default', ...own }];
  if (cursor.take('drop default')) return [{ does: 'drops-default', ...own }];
  const isTyped = cursor.takeAny('set data type', 'type');
  if (!isTyped) {
    // SQL Server: the type, and whether it is mandatory, said again.
    const { token } = cursor;
    if (token?.kind !== 'word' || cursor.isNext('drop', 'set', 'add', 'reset', 'restart')) return [];
    return says(cursor.ahead(), 'not null') ? [{ does: 'requires-column', ...own }] : [typed(own, cursor.ahead())];
  }
  return [typed(own, cursor.ahead())];
}

function typed(own: Pick<Action, 'table' | 'column' | 'shown'>, definition: readonly SqlToken[]): Action {
  const [first, second] = definition;
  const at = definition.findIndex((token) => isWord(token, 'using'));
  const type = `${first?.text ?? ''}${second?.text === '(' ? '()' : ''}`.toLowerCase();
  const values = /^(?:enum|set)$/.test(first?.text.toLowerCase() ?? '')
    ? new SqlCursor(definition.slice(1)).parts().flatMap(([value]) => (value ? [value.text] : []))
    : undefined;
  return {
    does: 'converts-column',
    ...own,
    type,
    ...(values ? { values } : {}),
    ...(at >= 0 ? { using: true as const } : {}),
  };
}

/** `CHANGE old new INT NOT NULL`, on MySQL: everything about it is said again. */
function changesColumn(cursor: SqlCursor, table: SqlName): Action[] | undefined {
  cursor.take('column');
  cursor.take('if exists');
  const column = cursor.name();
  const to = cursor.name();
  if (!column || !to) return undefined;
  if (column.name !== to.name) return [{ does: 'renames-column', ...of(table, column), ...toName(table, column, to) }];
  return restated(cursor, table, column);
}

function modifiesColumn(cursor: SqlCursor, table: SqlName): Action[] | undefined {
  cursor.take('column');
  cursor.take('if exists');
  const column = cursor.name();
  return column && restated(cursor, table, column);
}

function restated(cursor: SqlCursor, table: SqlName, column: SqlName): Action[] {
  const definition = cursor.ahead();
  const own = of(table, column);
  // Whether it was mandatory before is not said, so that this need not be new.
  const mandatory: Action[] = isMandatory(definition) ? [{ does: 'requires-column', ...own, maybe: true }] : [];
  return [typed(own, definition), ...mandatory];
}

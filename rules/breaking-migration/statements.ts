import type { SchemaChangeKind } from '../../src/api/index.js';

/*
 * What one SQL statement of a migration does to the schema. Read by its shape, not parsed: dialects differ, and what is
 * not recognised says nothing.
 */

export interface Change {
  readonly does:
    | Exclude<SchemaChangeKind, 'sql' | 'alters-column' | 'adds-column' | 'changes-documents'>
    | 'sets-default'
    | 'adds-column'
    | 'converts-column'
    | 'unsets-field';
  readonly table: string;
  readonly column?: string;
  /** The new name. */
  readonly to?: string;
  /** How the code writes a table's name that it works out, and a new name: the same variable is the same table. */
  readonly written?: string;
  readonly toWritten?: string;
  /** Columns of a table that is made. */
  readonly columns?: readonly string[];
}

const NAME = String.raw`((?:["\`\[]?[\w$?-]+["\`\]]?\.)?["\`\[]?[\w$?-]+["\`\]]?)`;
const CREATE = new RegExp(
  String.raw`^create\s+(?:(?:global|local|temp|temporary|unlogged)\s+)*table\s+(?:if\s+not\s+exists\s+)?${NAME}`,
  'i',
);
const DROP = new RegExp(String.raw`^drop\s+table\s+(?:if\s+exists\s+)?${NAME}`, 'i');
const RENAME_TABLE = new RegExp(String.raw`^rename\s+table\s+${NAME}\s+to\s+${NAME}`, 'i');
const ALTER = new RegExp(String.raw`^alter\s+table\s+(?:if\s+exists\s+)?(?:only\s+)?${NAME}\s+([\s\S]*)$`, 'i');
const RENAME_TO = new RegExp(String.raw`^rename\s+(?:to|as)\s+${NAME}`, 'i');
const RENAME_COLUMN = new RegExp(String.raw`^rename\s+(?:column\s+)?${NAME}\s+to\s+${NAME}`, 'i');
const CHANGE_COLUMN = new RegExp(String.raw`^change\s+(?:column\s+)?${NAME}\s+${NAME}\s`, 'i');
const DROP_COLUMN = new RegExp(
  String.raw`^drop\s+(?!constraint\b|index\b|key\b|primary\b|foreign\b|check\b|partition\b|identity\b|not\b|default\b)(?:column\s+)?(?:if\s+exists\s+)?${NAME}`,
  'i',
);
const ADD_COLUMN = new RegExp(
  String.raw`^add\s+(?!constraint\b|index\b|key\b|primary\b|foreign\b|check\b|unique\b|fulltext\b|partition\b)(?:column\s+)?(?:if\s+not\s+exists\s+)?\(?${NAME}`,
  'i',
);
const ALTER_COLUMN = new RegExp(String.raw`^alter\s+(?:column\s+)?${NAME}\s+([\s\S]*)$`, 'i');

export function changesOf(sql: string): Change[] {
  return split(sql.replace(/--[^\n]*\n|\/\*[\s\S]*?\*\//g, ' '), ';').flatMap((one) => changesOfStatement(one.trim()));
}

function changesOfStatement(sql: string): Change[] {
  const created = CREATE.exec(sql);
  if (created?.[1]) return [{ does: 'creates-table', table: plain(created[1]), columns: columnsOf(sql) }];
  const dropped = DROP.exec(sql);
  if (dropped?.[1]) return [{ does: 'drops-table', table: plain(dropped[1]) }];
  const renamed = RENAME_TABLE.exec(sql);
  if (renamed?.[1] && renamed[2]) return [{ does: 'renames-table', table: plain(renamed[1]), to: plain(renamed[2]) }];
  const altered = ALTER.exec(sql);
  const [, name, actions] = altered ?? [];
  if (!name || !actions) return [];
  return split(actions, ',').flatMap((action) => changesOfAction(plain(name), action.trim()));
}

function changesOfAction(table: string, action: string): Change[] {
  const one = (pattern: RegExp) =>
    pattern
      .exec(action)
      ?.slice(1)
      .map((name) => name && plain(name)) ?? [];
  const [to] = one(RENAME_TO);
  if (to) return [{ does: 'renames-table', table, to }];
  if (/^rename\s+(?:constraint|index|key)\b/i.test(action)) return [];
  const [from, after] = one(RENAME_COLUMN);
  if (from && after) return [{ does: 'renames-column', table, column: from, to: after }];
  const [before, now] = one(CHANGE_COLUMN);
  if (before && now) return before === now ? [] : [{ does: 'renames-column', table, column: before, to: now }];
  const [gone] = one(DROP_COLUMN);
  if (gone) return [{ does: 'drops-column', table, column: gone }];
  const [added] = one(ADD_COLUMN);
  if (added) {
    const isRequired =
      /\bnot\s+null\b/i.test(action) &&
      !/\bdefault\b|\bgenerated\b|\bauto_?increment\b|\bserial\b|\bidentity\b/i.test(action);
    return [{ does: isRequired ? 'requires-column' : 'adds-column', table, column: added }];
  }
  const alter = ALTER_COLUMN.exec(action);
  if (!alter?.[1] || !alter[2]) return [];
  const column = plain(alter[1]);
  if (/^set\s+not\s+null/i.test(alter[2])) return [{ does: 'requires-column', table, column }];
  if (/^set\s+default/i.test(alter[2])) return [{ does: 'sets-default', table, column }];
  // That it needs to be told how values are converted says that the new type is another one.
  if (/^(?:set\s+data\s+)?type\b[\s\S]*\busing\b/i.test(alter[2])) return [{ does: 'converts-column', table, column }];
  return [];
}

/** Names without quotes and schema. */
export function plain(name: string): string {
  return (name.split('.').at(-1) ?? name).replace(/["`[\]]/g, '').toLowerCase();
}

/** The columns that a `CREATE TABLE` lists. */
function columnsOf(sql: string): string[] {
  const open = sql.indexOf('(');
  const close = sql.lastIndexOf(')');
  if (open < 0 || close < open) return [];
  return split(sql.slice(open + 1, close), ',').flatMap((part) => {
    const [, name] = /^\s*(["`[]?[\w$]+["`\]]?)/.exec(part) ?? [];
    return name && !/^(?:constraint|primary|unique|foreign|check|key|index|exclude|like)$/i.test(name)
      ? [plain(name)]
      : [];
  });
}

/** Parts between separators that stand outside brackets and quotes. */
function split(text: string, separator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quote = '';
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] as string;
    if (quote) {
      if (sign === quote) quote = '';
    } else if (sign === "'" || sign === '"' || sign === '`') quote = sign;
    else if (sign === '(') depth++;
    else if (sign === ')') depth--;
    else if (sign === separator && depth === 0) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  parts.push(text.slice(from));
  return parts.filter((part) => part.trim() !== '');
}

import type { SchemaChange } from '../../model/schema.js';

/** Makes tables, changes or drops them: which names a text is about, without reading it. */
const NAMED =
  /\b(?:create|alter|drop|rename)\s+(?:(?:or\s+replace|unlogged|temp|temporary|foreign|global|local)\s+)*(?:table|type)\s+(?:if\s+(?:not\s+)?exists\s+)?(?:only\s+)?(?:["`[]?[\w$-]+["`\]]?\s*\.\s*)?["`[]?([\w$-]+)/gi;
const RENAMED = /\brename\s+to\s+["`[]?([\w$-]+)/gi;

/** The tables and types that a text is about. */
export function namesIn(text: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const pattern of [NAMED, RENAMED])
    for (const [, name] of text.matchAll(pattern)) if (name) names.add(name.toLowerCase());
  return names;
}

/** What a table's columns are after some changes, in order; nothing where none of them makes it. */
export function columnsAfter(changes: readonly SchemaChange[], table: string): Set<string> | undefined {
  const tables = new Map<string, Set<string>>();
  for (const { does, table: name, column, to, columns } of changes) {
    const own = tables.get(name);
    if (does === 'creates-table') tables.set(name, new Set(columns));
    else if (does === 'drops-table') tables.delete(name);
    else if (does === 'renames-table' && own && to !== undefined) {
      tables.delete(name);
      tables.set(to, own);
    } else if (column === undefined) continue;
    else if (does === 'drops-column') own?.delete(column);
    else if (does === 'renames-column') {
      if (own?.delete(column) && to !== undefined) own.add(to);
    } else if (does === 'adds-column' || does === 'requires-column') own?.add(column);
  }
  return tables.get(table);
}

/** The values of an enumeration after some changes. */
export function valuesAfter(changes: readonly SchemaChange[], type: string): readonly string[] | undefined {
  const types = new Map<string, string[]>();
  for (const { does, table: name, values, to } of changes) {
    const own = types.get(name);
    if (does === 'makes-type' && values) types.set(name, [...values]);
    else if (does === 'drops-type') types.delete(name);
    else if (does === 'adds-value') own?.push(...(values ?? []));
    else if (does === 'renames-value' && own && to !== undefined)
      types.set(
        name,
        own.map((value) => (value === values?.[0] ? to : value)),
      );
    else if (does === 'renames-type' && own && to !== undefined) {
      types.delete(name);
      types.set(to, own);
    }
  }
  return types.get(type);
}

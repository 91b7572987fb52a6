import type { CallFact, Expr } from '../../model/facts.js';
import type { Mention, PrismaSchema } from '../../model/schema.js';
import type { Span } from '../../model/span.js';
import { migrationFiles } from '../../knowledge/schema-changes.js';
import type { Linked, Tables } from '../tables.js';

/*
 * Where models and queries name a table, or a column of it. Both names must stand in one place (a class, a call and the chain
 * before it, one text of SQL), since a column is often called as half of all other things are.
 */

const MOST = 12;
const DEEPEST = 6;
const SQL = /^\s*(?:select|insert|update|delete|with|replace)\b/i;
const ENDING = /(?:repositor(?:y|ies)|repo|model|entity|table|collection|schema)$/;

/** `user_id`, `userId` and `UserID` are one name. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/[^a-z\d]/g, '');
}

/** `users`, `user`, `User`, `userRepository`: the words for one table. */
function tableName(name: string): string {
  const plain = plainName(name);
  const short = plain.length > 6 ? plain.replace(ENDING, '') || plain : plain;
  return short.replace(/ies$/, 'y').replace(/(?:(s|x|ch|sh)es|s)$/, '$1');
}

/** A call, or a class, with the names in it. */
interface Entry {
  readonly file: string;
  readonly span: Span;
  readonly words: string;
  readonly tables: ReadonlySet<string>;
  readonly columns: ReadonlyMap<string, Span>;
}

export class Mentions {
  private index: Map<string, Entry[]> | undefined;

  constructor(
    private readonly tables: Tables,
    private readonly prisma: readonly PrismaSchema[],
  ) {}

  of(table: string, column: string | undefined): readonly Mention[] {
    const wanted = tableName(table);
    if (wanted === '') return [];
    const declared = this.prisma.flatMap(({ file, models }) =>
      models
        .filter((model) => plainName(model.table) === plainName(table))
        .flatMap((model): Mention[] => {
          if (column === undefined) return [{ file, span: model.span, words: `the model \`${model.name}\` is of it` }];
          const field = model.fields.find((one) => plainName(one.column) === plainName(column));
          return field ? [{ file, span: field.span, words: `\`${model.name}.${field.name}\` is it` }] : [];
        }),
    );
    const used = (this.all().get(column === undefined ? `#${wanted}` : plainName(column)) ?? [])
      .filter(({ tables }) => tables.has(wanted))
      .map(({ file, span, words, columns }): Mention => {
        const at = column === undefined ? span : (columns.get(plainName(column)) ?? span);
        return { file, span: at, words };
      });
    return [...declared, ...used].slice(0, MOST);
  }

  private all(): Map<string, Entry[]> {
    if (this.index) return this.index;
    const index = new Map<string, Entry[]>();
    const keep = (key: string, entry: Entry) => {
      const known = index.get(key);
      if (known) known.push(entry);
      else index.set(key, [entry]);
    };
    for (const unit of this.tables.units) {
      const isOnly = unit.roles.size > 0 && [...unit.roles].every((role) => role === 'test' || role === 'browser');
      if (unit.vendored || isOnly || migrationFiles.test(unit.file)) continue;
      for (const entry of entriesOf(unit)) {
        for (const column of entry.columns.keys()) keep(column, entry);
        for (const table of entry.tables) keep(`#${table}`, entry);
      }
    }
    this.index = index;
    return index;
  }
}

function entriesOf(unit: Linked): Entry[] {
  const entries: Entry[] = [];
  for (const [id, cls] of unit.facts.classes.entries()) {
    const decorated = unit.facts.calls.filter(({ decorates }) => decorates?.cls === id && !decorates.member);
    if (decorated.length === 0) continue;
    const names = new Set([cls.name, ...decorated.flatMap(({ args }) => args.flatMap((arg) => textsIn(arg, 0)))]);
    entries.push({
      file: unit.file,
      span: cls.nameSpan,
      words: 'declared in the model',
      tables: new Set([...names].map(tableName)),
      columns: new Map(cls.members.map(({ name, span }) => [plainName(name), span])),
    });
  }
  for (const call of unit.facts.calls) {
    const entry = call.decorates ? undefined : entryOf(unit, call);
    if (entry) entries.push(entry);
  }
  return entries;
}

function entryOf(unit: Linked, call: CallFact): Entry | undefined {
  const columns = new Map<string, Span>();
  const tables = new Set<string>();
  let isSql = false;
  const add = (name: string, span: Span) => {
    if (name.length > 0 && name.length < 64) columns.set(plainName(name), span);
  };
  const visit = (expr: Expr, span: Span, depth: number): void => {
    if (depth > DEEPEST) return;
    if (expr.k === 'lit' && typeof expr.v === 'string') {
      if (SQL.test(expr.v)) {
        isSql = true;
        for (const word of expr.v.match(/[\w$]+/g)?.slice(0, 400) ?? []) {
          add(word, span);
          tables.add(tableName(word));
        }
      } else for (const part of expr.v.split('.')) if (/^[\w ]+$/.test(part)) add(part.split(' ', 1)[0] ?? '', span);
    } else if (expr.k === 'object')
      for (const prop of expr.props) {
        if (prop.name !== undefined && prop.name !== '*') add(prop.name, prop.span);
        visit(prop.value, prop.span, depth + 1);
      }
    else if (expr.k === 'array') for (const item of expr.items) visit(item, span, depth + 1);
    else if (expr.k === 'text') {
      const text = expr.parts.map((part) => (part.k === 'lit' ? String(part.v) : '?')).join('');
      visit({ k: 'lit', v: text }, span, depth + 1);
    } else if (expr.k === 'await' || expr.k === 'spread') visit(expr.of, span, depth + 1);
  };
  for (const arg of call.args) visit(arg, call.span, 0);
  chain(unit, call, tables, 0);
  if (tables.size === 0) return undefined;
  return {
    file: unit.file,
    span: call.span,
    words: isSql ? 'named in SQL' : 'named in a query or model',
    tables,
    columns,
  };
}

/** The names before the dot, and what the calls before it were handed: `knex('users').where(…)`, `prisma.user.update(…)`. */
function chain(unit: Linked, call: CallFact, tables: Set<string>, depth: number): void {
  const first = call.args[0];
  if (first?.k === 'lit' && typeof first.v === 'string' && /^[\w."]{2,60}$/.test(first.v))
    tables.add(tableName(first.v.split(/\.| as /i).at(-1) ?? ''));
  for (const arg of call.args.slice(0, 3))
    if (arg.k === 'object')
      for (const { name, value } of arg.props)
        if (
          (name === 'tableName' || name === 'table' || name === 'name') &&
          value.k === 'lit' &&
          typeof value.v === 'string'
        )
          tables.add(tableName(value.v));
  let at: Expr = call.callee;
  for (let steps = 0; steps < 8; steps++) {
    if (at.k === 'member') {
      if (at !== call.callee) tables.add(tableName(at.name));
      at = at.of;
    } else if (at.k === 'id') {
      const name = unit.facts.bindings[at.b]?.name;
      if (name !== undefined && call.callee !== at) tables.add(tableName(name));
      return;
    } else if (at.k === 'call') {
      const before = unit.facts.calls[at.c];
      if (before && depth < 12) chain(unit, before, tables, depth + 1);
      return;
    } else if (at.k === 'await') at = at.of;
    else return;
  }
}

function textsIn(expr: Expr, depth: number): string[] {
  if (expr.k === 'lit') return typeof expr.v === 'string' ? [expr.v] : [];
  return expr.k === 'object' && depth < 2 ? expr.props.flatMap(({ value }) => textsIn(value, depth + 1)) : [];
}

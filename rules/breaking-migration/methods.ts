import {
  type Call,
  callIn,
  chainedBefore,
  chainedBehind,
  type Expr,
  handing,
  newTableMethods,
  oldTableMethods,
  type Program,
  type SchemaChangeKind,
  schemaChangeMethods,
} from '../../src/api/index.js';
import { type Change, plain } from './change.js';

const METHODS = new Map(schemaChangeMethods.map(({ method, does }) => [method, does]));

/** What a call in a migration does to the schema. */
export function changesOfCall(program: Program, call: Call): Change[] {
  const { callee, args } = call.fact;
  if (callee.k !== 'member') return tagged(program, call);
  const does = METHODS.get(callee.name);
  if (!does) return [...mongo(program, call, callee.name), ...addedByBuilder(program, call)];
  if (does === 'sql') return [...program.schema.changesOf(sqlOf(program, call, args[0], 0) ?? '')];
  if (does === 'changes-documents') return documents(program, call);
  const home = tableAround(program, call);
  // A builder's method names the column first, a runner's the table.
  const table = home?.table ?? literal(program, call, args[0]);
  const rest = home ? args : args.slice(1);
  if (home?.isNew && does !== 'drops-table') return [];
  const written = home ? undefined : writtenAs(program, call, args[0]);
  const found =
    table === undefined ? unnamed(does, program, call, rest) : named(program, call, does, plain(table), rest);
  return written === undefined ? found : found.map((one) => ({ ...one, written }));
}

/** The variable that stands for a name. */
function writtenAs(program: Program, call: Call, expr: Expr | undefined): string | undefined {
  return expr?.k === 'id' || expr?.k === 'member' ? program.text(call.unit, expr) : undefined;
}

/** `table.string('name')` of a table that exists: any method of the builder that is no other change names a new column. */
function addedByBuilder(program: Program, call: Call): Change[] {
  const { callee, args } = call.fact;
  if (
    callee.k !== 'member' ||
    callee.of.k !== 'id' ||
    /^(?:drop|set|rename|foreign|unique|index|primary|comment)/.test(callee.name)
  )
    return [];
  const home = tableAround(program, call);
  const column = home && !home.isNew ? literal(program, call, args[0]) : undefined;
  return home?.table === undefined || column === undefined
    ? []
    : [{ does: 'adds-column', table: plain(home.table), column: plain(column) }];
}

/** The table is worked out at run time; what is done to it is plain all the same. */
function unnamed(does: SchemaChangeKind, program: Program, call: Call, rest: readonly Expr[]): Change[] {
  return /^(?:drops|renames)-column$|-table$/.test(does) ? named(program, call, does, '?', rest) : [];
}

function named(program: Program, call: Call, does: SchemaChangeKind, table: string, rest: readonly Expr[]): Change[] {
  const column = literal(program, call, rest[0]);
  const part = column === undefined ? { table } : { table, column: plain(column), shown: { column } };
  switch (does) {
    case 'creates-table':
    case 'drops-table':
    case 'drops-column':
      return [{ does, ...part }];
    case 'renames-table':
    case 'renames-column': {
      const to = literal(program, call, rest[does === 'renames-table' ? 0 : 1]);
      const toWritten = does === 'renames-table' ? writtenAs(program, call, rest[0]) : undefined;
      return [
        {
          does,
          ...(does === 'renames-table' ? { table } : part),
          ...(to === undefined ? {} : { to: plain(to) }),
          ...(toWritten === undefined ? {} : { toWritten }),
        },
      ];
    }
    case 'adds-column': {
      const required = rest.some((arg) => isRequired(program, call, arg, true));
      return [required ? { does: 'requires-column', ...part, added: true } : { does: 'adds-column', ...part }];
    }
    case 'alters-column':
      return rest.some((arg) => isRequired(program, call, arg, false)) ? [{ does: 'requires-column', ...part }] : [];
    case 'requires-column':
      return requiredByBuilder(program, call, table, column);
    default:
      return [];
  }
}

/** `table.string('name').notNullable()` of a table that exists, without `defaultTo`; `table.dropNullable('name')`. */
function requiredByBuilder(program: Program, call: Call, table: string, column: string | undefined): Change[] {
  const name = call.fact.callee.k === 'member' ? call.fact.callee.name : '';
  if (name === 'dropNullable')
    return [{ does: 'requires-column', table, ...(column ? { column: plain(column) } : {}) }];
  const before = chainedBefore(program, call);
  const names = [...before, ...chainedBehind(program, call)].flatMap(({ fact }) =>
    fact.callee.k === 'member' ? [fact.callee.name] : [],
  );
  // `alter()` says all there is to a column again; that it may be new to it is not known.
  if (names.some((one) => /^(?:defaultTo|default|alter|increments|bigIncrements|primary)$/.test(one))) return [];
  const first = before.at(-1);
  const own = first ? literal(program, first, first.fact.args[0]) : undefined;
  return [{ does: 'requires-column', table, ...(own ? { column: plain(own) } : {}), added: true }];
}

/** Options that make a column mandatory and give no default: `{ allowNull: false }`, `{ notNull: true }`, `new TableColumn(…)`. */
function isRequired(program: Program, call: Call, arg: Expr, isNew: boolean): boolean {
  if (arg.k === 'object') {
    const of = (name: string) => arg.props.find((prop) => prop.name === name)?.value;
    if (
      ['default', 'defaultValue', 'defaultTo', 'primaryKey', 'autoIncrement', 'generated', 'sequenceGenerated'].some(
        (name) => of(name),
      )
    )
      return false;
    const isSo = (expr: Expr | undefined, value: boolean) => expr?.k === 'lit' && expr.v === value;
    // A runner that changes a column is told everything about it again.
    if (isNew && isSo(of('allowNull'), false)) return true;
    if (
      isSo(of('notNull'), true) &&
      (isNew || call.fact.callee.k !== 'member' || call.fact.callee.name === 'alterColumn')
    )
      return true;
    return isNew && arg.props.some(({ value }) => value.k === 'object' && isRequired(program, call, value, true));
  }
  if (arg.k === 'array') return arg.items.some((item) => isRequired(program, call, item, isNew));
  if (arg.k === 'fn') return isRequiredByFunction(program, call, arg);
  const made = callIn(program, call.unit, arg);
  const options =
    made?.fact.new && /TableColumn$/.test(program.text(made.unit, made.fact.callee)) ? made.fact.args[0] : undefined;
  if (!isNew || options?.k !== 'object') return false;
  // TypeORM takes a column for mandatory unless told otherwise.
  const has = (name: string) =>
    options.props.some((prop) => prop.name === name && !(prop.value.k === 'lit' && prop.value.v === false));
  return !['isNullable', 'default', 'isGenerated', 'isPrimary', 'generatedType', 'asExpression'].some(has);
}

/** Kysely: `(column) => column.notNull()`, `(column) => column.setNotNull()`. */
function isRequiredByFunction(program: Program, call: Call, arg: Expr): boolean {
  return program.functions(call.unit, arg).some((fn) => {
    const names = program.callsIn(fn).flatMap(({ fact }) => (fact.callee.k === 'member' ? [fact.callee.name] : []));
    return (
      names.some((name) => name === 'notNull' || name === 'setNotNull') &&
      !names.includes('defaultTo') &&
      !names.includes('setDefault')
    );
  });
}

/** The table that a builder is of: of the call that the function around is handed to, or that the chain began with. */
function tableAround(program: Program, call: Call): { readonly table?: string; readonly isNew: boolean } | undefined {
  const isHome = (one: Call) => {
    const { callee } = one.fact;
    return callee.k === 'member' && (newTableMethods.has(callee.name) || oldTableMethods.has(callee.name));
  };
  const describe = (one: Call) => {
    const table = literal(program, one, one.fact.args[0]);
    const { callee } = one.fact;
    return {
      ...(table === undefined ? {} : { table }),
      isNew: callee.k === 'member' && newTableMethods.has(callee.name),
    };
  };
  // `knex.schema.alterTable(…).dropTable('b')` goes on with another table.
  const isStep =
    call.fact.callee.k === 'member' && /^(?:create|drop|rename)Table|^renameCollection/.test(call.fact.callee.name);
  const chain = isStep ? [] : chainedBefore(program, call);
  const began = chain.find(isHome);
  if (began) return describe(began);
  let { fn } = call;
  for (let depth = 0; depth < 4 && fn.id !== 0 && !isStep; depth++) {
    const by = handing(program, fn);
    if (by && isHome(by)) return describe(by);
    fn = program.fn(fn.unit, fn.fact.parent);
  }
  return undefined;
}

function literal(program: Program, call: Call, expr: Expr | undefined): string | undefined {
  if (!expr) return undefined;
  if (expr.k === 'lit') return typeof expr.v === 'string' ? expr.v : undefined;
  // `{ tableName: 'users', schema }`, `new Table({ name: 'users' })`
  const of = expr.k === 'object' ? expr : callIn(program, call.unit, expr)?.fact.args[0];
  if (of?.k === 'object') {
    const name = of.props.find((prop) => prop.name === 'tableName' || prop.name === 'name')?.value;
    if (name) return literal(program, call, name);
  }
  for (const { value } of program.values(call.unit, expr))
    if (value.kind === 'literal' && typeof value.value === 'string') return value.value;
  return undefined;
}

/** A statement's text, with `?` for what is not constant. */
function sqlOf(program: Program, call: Call, expr: Expr | undefined, depth: number): string | undefined {
  if (!expr || depth > 3) return undefined;
  if (expr.k === 'lit') return typeof expr.v === 'string' ? expr.v : undefined;
  if (expr.k === 'text')
    return expr.parts
      .map((part) => (part.k === 'lit' ? String(part.v) : (literal(program, call, part) ?? '?')))
      .join('');
  const made = callIn(program, call.unit, expr);
  if (made) return sqlOf(program, made, made.fact.args[0], depth + 1);
  return literal(program, call, expr);
}

/** `` sql`alter table …`.execute(db) ``: the tag is the call; `execute(connection, 'alter table …')`: a function of another file is handed it. */
function tagged(program: Program, call: Call): Change[] {
  const { callee, args } = call.fact;
  const isTag = /(?:^|\.)sql$/.test(program.text(call.unit, callee));
  // What a function of the same file does with it is looked at there.
  if (!isTag && program.callees(call).some(({ unit }) => unit === call.unit)) return [];
  for (const arg of isTag ? args.slice(0, 1) : args) {
    const text = arg.k === 'lit' || arg.k === 'text' || isTag ? sqlOf(program, call, arg, 0) : undefined;
    if (text !== undefined && (isTag || STATEMENT.test(text))) return [...program.schema.changesOf(text)];
  }
  return [];
}

const STATEMENT = /^\s*(?:alter|drop|create|rename)\s+(?:table|column|index|type|view|sequence)\b/i;

const COLLECTION = /collection\b/i;

function mongo(program: Program, call: Call, name: string): Change[] {
  const { callee, args } = call.fact;
  if (
    (name !== 'rename' && name !== 'drop') ||
    callee.k !== 'member' ||
    !COLLECTION.test(program.text(call.unit, callee.of))
  )
    return [];
  const [before] = chainedBefore(program, call);
  const table = before ? literal(program, before, before.fact.args[0]) : undefined;
  if (name === 'drop') return table ? [{ does: 'drops-table', table: plain(table) }] : [];
  const to = literal(program, call, args[0]);
  return table ? [{ does: 'renames-table', table: plain(table), ...(to ? { to: plain(to) } : {}) }] : [];
}

/** `updateMany({}, { $unset: { name: '' } })`, `$rename`: fields that the old version still reads. */
function documents(program: Program, call: Call): Change[] {
  const { args, callee } = call.fact;
  const update = args[1];
  const updates = update?.k === 'array' ? update.items : update ? [update] : [];
  const [before] = callee.k === 'member' ? chainedBefore(program, call) : [];
  const table = (before ? literal(program, before, before.fact.args[0]) : undefined) ?? '?';
  return updates.flatMap((one): Change[] => {
    if (one.k !== 'object') return [];
    return one.props.flatMap(({ name, value }): Change[] => {
      const [field] = value.k === 'object' ? value.props : [];
      const column = field?.name ?? '?';
      if (name === '$unset') return [{ does: 'unsets-field', table: plain(table), column }];
      return name === '$rename' ? [{ does: 'renames-column', table: plain(table), column }] : [];
    });
  });
}

import {
  type AccessFact,
  type Call,
  callsAmong,
  CLIENT_DECORATOR,
  CLIENT_PART,
  CLIENT_REQUEST,
  type ClientAddressKnowledge,
  clientAddressCalls,
  type Evidence,
  type Expr,
  FORWARDED_HEADER,
  type Match,
  matches,
  onceOf,
  optionsAt,
  type Place,
  type Program,
  type Setting,
  type Span,
  type Unit,
  userReach,
} from '../../src/api/index.js';

/*
 * What an application does that goes wrong behind a proxy it does not trust.
 */

export interface Need {
  readonly kind: 'limit' | 'cookie' | 'address' | 'encryption';
  readonly framework: 'express' | 'fastify' | 'koa' | 'nest';
  readonly place: Place;
  readonly what: string;
  readonly path: readonly Evidence[];
  readonly setting: Setting;
  /** Reasons to doubt that it matters. */
  readonly weak?: readonly string[];
}

const KINDS: readonly Need['kind'][] = ['limit', 'cookie', 'address', 'encryption'];

/** The needs of these files, the most telling first. */
export function needsOf(program: Program, units: ReadonlySet<Unit>): readonly Need[] {
  const found: Need[] = [];
  // A server with a certificate of its own sees how users connect.
  const isEncrypted = [...units].some((unit) => isEncryptedBy(program, unit));
  for (const match of matches(program, clientAddressCalls)) {
    if (!units.has(match.call.unit)) continue;
    const need = needOfCall(program, match, units);
    if (need) found.push(need);
  }
  for (const unit of units) found.push(...needsOfReads(program, unit));
  for (const { call } of program.callsTo([CLIENT_DECORATOR]))
    if (call.fact.decorates && units.has(call.unit)) found.push(needOfDecorator(program, call));
  const rank = (need: Need) =>
    KINDS.indexOf(need.kind) + (need.weak ? 10 : 0) + (need.setting.when === 'always' ? 0 : 4);
  return found
    .filter(({ kind }) => !isEncrypted || kind === 'limit' || kind === 'address')
    .filter(({ setting }) => !setting.never && !setting.developmentOnly)
    .sort((a, b) => rank(a) - rank(b));
}

const isEncryptedBy = onceOf((program: Program, unit: Unit): boolean =>
  callsAmong(program, [unit]).some((call) => mayOpenEncrypted(call) && opensEncrypted(program, call)),
);

const needsOfReads = onceOf((program: Program, unit: Unit): readonly Need[] => {
  const reads = unit.facts.accesses.filter(
    ({ op, target }) => op === 'read' && target.k === 'member' && CLIENT_PART.test(target.name),
  );
  if (reads.length === 0 || looksAtHeaders(unit)) return [];
  return reads.flatMap((fact) => needOfRead(program, unit, fact) ?? []);
});

function needOfCall(
  program: Program,
  { call, entry, options }: Match<ClientAddressKnowledge>,
  units: ReadonlySet<Unit>,
): Need | undefined {
  if (entry.override && [...units].some(({ facts }) => overrides(facts.classes, entry.override))) return undefined;
  const place = { file: call.unit.file, span: call.fact.span };
  const at = options && { ...options, span: call.fact.span, when: [] };
  if (at && entry.unless && isGiven(program, at, entry.unless)) return undefined;
  const setting = program.setting(program.conditions(call, 'boot'));
  const text = program.text(call.unit, call.fact.callee);
  const framework = frameworkOf(program.apis(call)[0] ?? '', entry.api);
  if (!entry.needs)
    return { kind: 'limit', framework, place, what: `\`${text}\` counts requests by address`, path: [], setting };
  const asked = at ? optionsAt(program, at, entry.needs.split('.')) : [];
  // Where a setting decides it, whoever makes the setting has seen to it.
  const secure = asked.find(({ unit, expr }) => program.known(unit, expr)?.value === true);
  if (!secure) return undefined;
  return {
    kind: 'cookie',
    framework,
    place: { file: secure.unit.file, span: secure.span },
    what: `\`${text}\` sends its cookie only when the request came encrypted`,
    path: [{ role: 'registered', ...place, note: 'the session is set up here' }],
    setting: program.setting([...program.conditions(call, 'boot'), ...secure.when]),
  };
}

function overrides(classes: Unit['facts']['classes'], method: string | undefined): boolean {
  return classes.some((one) => one.extends !== undefined && one.members.some(({ name }) => name === method));
}

/** The option is there, or may be. */
function isGiven(
  program: Program,
  at: { readonly unit: Unit; readonly expr: Expr; readonly span: Span },
  path: string,
) {
  if (optionsAt(program, { ...at, when: [] }, path.split('.')).length > 0) return true;
  if (optionsAt(program, { ...at, when: [] }, ['*', ...path.split('.')]).length > 0) return true;
  const values = program.values(at.unit, at.expr);
  return values.some(({ value }) => value.kind === 'unknown' || value.kind === 'external');
}

/** `req.ip` and its like, where a request is handled. */
function needOfRead(program: Program, unit: Unit, fact: AccessFact): Need | undefined {
  const { target } = fact;
  if (target.k !== 'member') return undefined;
  const api = program
    .values(unit, target.of)
    .flatMap(({ value }) => (value.kind === 'external' ? [value.api] : []))
    .find((one) => CLIENT_REQUEST.test(one));
  if (!api) return undefined;
  const fn = program.fn(unit, fact.fn);
  const reach = userReach(program, fn, ['request']);
  if (!reach) return undefined;
  const setting = program.setting(program.conditions({ unit, fn, fact }, 'request'));
  const kind = /^ips?$/.test(target.name) ? 'address' : 'encryption';
  const text = program.text(unit, target);
  const weak = [
    ...(isLogged(program, unit, fact) ? ['it is only written to a log'] : []),
    ...(reach.weak ? ['that requests come here is told from a name alone'] : []),
  ];
  return {
    kind,
    framework: frameworkOf(api, api),
    place: { file: unit.file, span: fact.span },
    what: `\`${text}\` is ${kind === 'address' ? 'the address of' : 'how'} whoever opened the connection${kind === 'address' ? '' : ' came'}`,
    path: reach.path,
    setting,
    ...(weak.length > 0 ? { weak } : {}),
  };
}

function needOfDecorator(program: Program, call: Call): Need {
  return {
    kind: 'address',
    framework: 'nest',
    place: { file: call.unit.file, span: call.fact.span },
    what: '`@Ip()` is the address of whoever opened the connection',
    path: [],
    setting: program.setting([]),
  };
}

function isLogged(program: Program, unit: Unit, { fn, span }: AccessFact): boolean {
  return program.callsIn(program.fn(unit, fn)).some(({ fact }) => {
    const [line, column, endLine, endColumn] = fact.span;
    const isInside =
      (line < span[0] || (line === span[0] && column <= span[1])) &&
      (endLine > span[2] || (endLine === span[2] && endColumn >= span[3]));
    return (
      isInside &&
      /(?:^|[._])(?:console|log\w{0,40}|\w{0,40}Log(?:ger)?|winston|pino|debug|info|warn|error|trace|verbose)\b/.test(
        program.text(unit, fact.callee),
      )
    );
  });
}

/** A look at the two ends of what is called, before its text is put together: nearly every call is something else. */
function mayOpenEncrypted({ unit, fact: { callee } }: Call): boolean {
  if (callee.k === 'member' && callee.name.endsWith('createSecureServer')) return true;
  let first: Expr | undefined = callee;
  while (first) {
    if (first.k === 'member' || first.k === 'index' || first.k === 'await') first = first.of;
    else if (first.k === 'call') first = unit.facts.calls[first.c]?.callee;
    else break;
  }
  const name = first?.k === 'id' ? unit.facts.bindings[first.b]?.name : first?.k === 'global' ? first.name : undefined;
  return name === undefined
    ? first?.k === 'fn' || first?.k === 'class'
    : /^(?:https|http2|spdy|tls)|createSecureServer$/.test(name);
}

/** `https.createServer(…)`, on every start. */
function opensEncrypted(program: Program, call: Call): boolean {
  const text = program.text(call.unit, call.fact.callee);
  if (!/^(?:https|http2|spdy|tls)\w*\.createS|createSecureServer$/.test(text)) return false;
  return program.setting(program.conditions(call, 'boot')).when === 'always';
}

/** The file looks at what the proxy says by itself. */
function looksAtHeaders({ facts: { accesses, bindings, calls, functions } }: Unit): boolean {
  const looks = (expr: Expr | undefined) => expr !== undefined && mentions(expr, 0);
  return (
    accesses.some(({ target }) => looks(target)) ||
    calls.some(({ callee, args }) => looks(callee) || args.some(looks)) ||
    bindings.some(({ init }) => looks(init)) ||
    functions.some(({ returns }) => returns.some(({ value }) => looks(value)))
  );
}

function mentions(expr: Expr, depth: number): boolean {
  if (depth > 4) return false;
  switch (expr.k) {
    case 'lit':
      return typeof expr.v === 'string' && FORWARDED_HEADER.test(expr.v);
    case 'member':
      return FORWARDED_HEADER.test(expr.name) || mentions(expr.of, depth + 1);
    case 'index':
      return mentions(expr.key, depth + 1) || mentions(expr.of, depth + 1);
    case 'logic':
      return mentions(expr.left, depth + 1) || mentions(expr.right, depth + 1);
    case 'array':
      return expr.items.some((item) => mentions(item, depth + 1));
  }
  return false;
}

function frameworkOf(api: string, pattern: string): Need['framework'] {
  const text = `${api} ${pattern}`;
  if (/nestjs/.test(text)) return 'nest';
  if (/fastify/.test(text)) return 'fastify';
  return /koa/.test(text) ? 'koa' : 'express';
}

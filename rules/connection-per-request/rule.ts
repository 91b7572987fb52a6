import {
  ApiTable,
  type Call,
  callsKnown,
  connectionCalls,
  type ConnectionKnowledge,
  connectionRecipes,
  defineRule,
  doubtsOfReach,
  type Evidence,
  type Expr,
  idleBecause,
  type Program,
  type RawFinding,
  type Reach,
  recipeFor,
  type RuleContext,
  type Stack,
} from '../../src/api/index.js';

const CONNECTIONS = new ApiTable<ConnectionKnowledge>(
  connectionCalls.map((entry) => ({ patterns: [entry.api], entry })),
);
/** What a user sent, or what comes with a message: a server that the user named, not the application's own. */
const SENT =
  /^(?:express:\(\)\.get\/1\.0|fastify:\(\)\.get\/1\.0|koa:\(\)\.use\/0\.0|http:createServer\/0\.0|hono:Hono\(\)\.get\/1\.0|@hapi\/hapi:Server\(\)\.route\/0\.handler\.0|next)/;

export default defineRule({
  meta: {
    id: 'connection-per-request',
    title: 'A database client or pool opened anew for each request',
    category: 'lifecycle',
    severity: 'warning',
    triggers: ['scale-out', 'rolling-deploy'],
  },
  check(context) {
    const { program } = context;
    const keptCalls = keptIn(program);
    // A function that connects one way or the other, by a branch, is one place to mend.
    const told = new Map<string, RawFinding>();
    for (const { call, entry } of callsKnown(program, CONNECTIONS)) {
      if (call.fact.decorates || call.unit.vendored) continue;
      if (!call.unit.roles.has('server') && !call.unit.roles.has('worker')) continue;
      const found = judge(context, call, entry, keptCalls);
      if (!found) continue;
      const key = `${call.unit.file} ${call.fn.id} ${entry.to} ${entry.opens}`;
      const first = told.get(key);
      told.set(key, first ? eitherWay(first, found) : found);
    }
    for (const finding of told.values()) context.report(finding);
  },
});

/** One of the two is opened, whatever the settings that choose between them say. */
function eitherWay(first: RawFinding, { file, span, when }: RawFinding): RawFinding {
  const { condition, ...rest } = first;
  const other: Evidence = { role: 'effect', file, span, note: 'and opened here, the same way' };
  const always = first.when === 'always' || when === 'always' || first.when !== when;
  return {
    ...rest,
    ...(condition && !always ? { condition } : {}),
    when: always ? 'always' : first.when,
    evidence: [...first.evidence, other],
  };
}

function judge(
  context: RuleContext,
  call: Call,
  entry: ConnectionKnowledge,
  keptCalls: ReadonlySet<Call>,
): RawFinding | undefined {
  const { program } = context;
  const safe = (reason: string): undefined => {
    context.safe({ ...place, reason });
  };
  const place = { file: call.unit.file, span: call.fact.span };
  const reaches = program.reaches(call.fn);
  const reach = reaches.find(({ phase }) => phase === 'request') ?? reaches.find(({ phase }) => phase === 'socket');
  if (!reach) return undefined;
  const name = `\`${program.text(call.unit, call.fact.callee)}\``;
  // The same function makes it at the start: the one that the process lives with.
  if (reaches.some(({ phase }) => phase === 'boot')) return safe(`${name} is made at the start too`);
  if (keptCalls.has(call)) return safe(`${name} is kept for the next request`);
  if (isBehindCheck(program, call)) return safe(`${name} is made only where there is none yet`);
  const target = targetOf(program, call);
  if (target === 'sent') return safe('what it connects to comes with the request');
  const setting = program.setting(program.conditions(call, reach.phase));
  if (setting.developmentOnly || setting.never) return safe(idleBecause(setting, 'only outside production'));
  const doubts = [
    ...doubtsOfReach(reach),
    ...(target === 'unknown' ? ['what it connects to could not be told: it may be a server that a user named'] : []),
  ];
  const stack = program.stack(call.unit);
  const opens = entry.opens === 'pool' ? 'a pool of connections' : 'a connection';
  return {
    ...place,
    confidence: target === 'unknown' ? 'low' : doubts.length > 0 ? 'medium' : 'high',
    doubts,
    when: setting.when,
    ...(setting.words ? { condition: setting.words } : {}),
    symbol: program.symbol(place),
    message: `${name} opens ${opens} to ${entry.to} for each ${wordsOf(reach)}.`,
    consequence: `Under load every instance opens connections as fast as requests come in, and all instances draw on the same limit: ${entry.to === 'the database' ? 'the database' : entry.to} refuses connections, and users of all instances get errors.`,
    hint: hint(name, call, stack),
    evidence: [
      { role: 'primary', ...place, note: `${opens} to ${entry.to} is opened here` },
      ...reach.path,
      ...closed(program, call),
      ...setting.evidence,
    ],
  };
}

function wordsOf({ phase, label }: Reach): string {
  return phase === 'socket' ? `message (${label})` : `request (${label})`;
}

/** Connections that end up in something which outlives the request. */
function keptIn(program: Program): ReadonlySet<Call> {
  const found = new Set<Call>();
  for (const cell of program.cells)
    for (const { unit, value } of cell.writes)
      if (value)
        for (const one of program.values(unit, value))
          if (one.value.kind === 'external' && one.value.call) found.add(one.value.call);
  return found;
}

/** `client ?? new Client()`, `if (!pool) pool = new Pool()`: a check of something that is no parameter. */
function isBehindCheck(program: Program, call: Call): boolean {
  for (let { fn, when } = { fn: call.fn, when: call.fact.when }; ; ) {
    const asks = when.some((id) => {
      const condition = call.unit.facts.conditions[id];
      return condition !== undefined && asksForAbsence(program, call, condition.test, condition.sense);
    });
    if (asks) return true;
    if (fn.id === 0) return false;
    when = fn.fact.when;
    fn = program.fn(fn.unit, fn.fact.parent);
  }
}

function asksForAbsence(program: Program, call: Call, test: Expr, sense: boolean): boolean {
  if (test.k === 'unary' && test.op === '!') return asksForAbsence(program, call, test.of, !sense);
  if (test.k === 'binary' && /^[!=]==?$/.test(test.op)) {
    const none = [test.left, test.right].some(
      (side) => side.k === 'undefined' || (side.k === 'lit' && side.v === null),
    );
    // A setting that is not given is no connection that is not there yet.
    const asksSetting = [test.left, test.right].some((side) => isSetting(program, call, side));
    return none && !asksSetting && sense === test.op.startsWith('=');
  }
  if (sense || isSetting(program, call, test)) return false;
  if (test.k === 'member' || test.k === 'index')
    return test.of.k === 'this' || test.of.k === 'global' || isOwn(call, test.of);
  if (test.k === 'call') {
    // `if (!clients.has(name))`.
    const callee = call.unit.facts.calls[test.c]?.callee;
    return callee?.k === 'member' && /^(?:has|get)$/.test(callee.name);
  }
  return isOwn(call, test);
}

function isSetting(program: Program, call: Call, expr: Expr): boolean {
  return program
    .values(call.unit, expr)
    .some(({ value }) => value.kind === 'external' && /^(?:env:|global:process\.env)/.test(value.api));
}

/** Declared outside the function that runs for the request. */
function isOwn(call: Call, expr: Expr): boolean {
  if (expr.k === 'member' || expr.k === 'index') return isOwn(call, expr.of);
  if (expr.k !== 'id') return expr.k === 'this' || expr.k === 'global';
  const binding = call.unit.facts.bindings[expr.b];
  return binding !== undefined && binding.kind !== 'param' && binding.fn !== call.fact.fn;
}

/** Whether the server it connects to is the application's own: told by a setting or constant, or by nothing at all. */
function targetOf(program: Program, call: Call): 'own' | 'sent' | 'unknown' {
  const { args } = call.fact;
  if (args.length === 0) return 'own';
  let own = false;
  for (const arg of args) {
    for (const { unit, expr } of program.origins(call.unit, arg, call.fact.span)) {
      if (expr.k === 'lit') own ||= typeof expr.v === 'string';
      if (expr.k === 'lit' || expr.k === 'object' || expr.k === 'array') continue;
      for (const { value } of program.values(unit, expr)) {
        if (value.kind !== 'external') continue;
        if (SENT.test(value.api)) return 'sent';
        if (/^(?:env:|@nestjs\/config:|config:|nconf:|convict:|global:process\.env)/.test(value.api)) own = true;
      }
    }
  }
  return own ? 'own' : 'unknown';
}

/** That it is closed again in the same function saves no connection: one is opened for each request all the same. */
function closed(program: Program, call: Call): Evidence[] {
  const close = program
    .callsIn(call.fn)
    .find(
      ({ fact }) =>
        fact.callee.k === 'member' &&
        /^(?:close|end|quit|disconnect|destroy|release|\$disconnect)$/.test(fact.callee.name) &&
        fact.span[0] > call.fact.span[0],
    );
  return close
    ? [{ role: 'effect', file: close.unit.file, span: close.fact.span, note: 'closed again, after each use' }]
    : [];
}

function hint(name: string, call: Call, stack: Stack): string {
  const made = call.fact.new ? `new ${name.slice(1, -1)}(…)` : `${name.slice(1, -1)}(…)`;
  return recipeFor(connectionRecipes, '', stack, { made });
}

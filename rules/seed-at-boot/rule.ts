import {
  ApiTable,
  askedAbsent,
  type Call,
  type Condition,
  chainedBehind,
  defineRule,
  doubtsOfEffect,
  doubtsOfReach,
  type Effect,
  fieldsAsked,
  type Fn,
  goingRound,
  insertsRow,
  isCaught,
  once,
  onceOf,
  onlyForOwnFile,
  type Program,
  type Reach,
  recipeFor,
  type RuleContext,
  serversOf,
  type SetupCall,
  seedCalls,
  seedRecipes,
  setupCalls,
  type Span,
  type Unit,
  uniqueAmong,
  idleBecause,
} from '../../src/api/index.js';
import { checkResets } from './resets.js';
import { checkScripts } from './scripts.js';

const SEEDS = new ApiTable(seedCalls.map((entry) => ({ patterns: [entry.api], entry })));
const SETUPS = new ApiTable<SetupCall>(setupCalls.map((entry) => ({ patterns: [entry.api], entry })));

/** A name that says that first data is loaded here. */
const SEED_NAME = /seed|fixture|populate|default(?:s|data)|initial(?:data|rows)|demo_?data|sample_?data/i;

/** A place on the boot path where something is made that may be made by another instance at the same moment. */
interface Candidate {
  readonly call: Call;
  readonly boot: Reach;
  readonly effect: Effect;
  /** The question that decides, and where it is decided. */
  readonly asked?: Call;
  readonly decided?: Condition;
}

export default defineRule({
  meta: {
    id: 'seed-at-boot',
    title: 'Data that every instance creates, or sets back, when it starts',
    category: 'jobs',
    severity: 'warning',
    triggers: ['scale-out', 'rolling-deploy'],
  },
  check(context) {
    const { program } = context;
    const candidates: Candidate[] = [];
    for (const call of program.calls) {
      if (!call.unit.roles.has('server') && !call.unit.roles.has('worker')) continue;
      const setup = firstOf(program, call, SETUPS);
      if (setup) checkSetup(context, call, setup);
      else if (firstOf(program, call, SEEDS)) checkSeeder(context, call);
      else {
        const candidate = candidateOf(context, call);
        if (candidate) candidates.push(candidate);
      }
    }
    const reported = report(context, candidates);
    checkScripts(context, reported);
    checkResets(
      context,
      (call) => (isScript(program, call) ? undefined : bootOf(program, call)),
      (call) => servesToo(program, call),
    );
  },
});

function firstOf<T>(program: Program, call: Call, table: ApiTable<T>): T | undefined {
  for (const api of program.apis(call)) {
    const entry = table.first(api);
    if (entry) return entry;
  }
  return undefined;
}

function bootOf(program: Program, call: Call): Reach | undefined {
  return program.reaches(call.fn).find(({ phase }) => phase === 'boot');
}

/** A name that says that what is there from the first is made here, whoever asks for it. */
const FIRST_NAME = new RegExp(`${SEED_NAME.source}|bootstrap|built_?in`, 'i');

/**
 * What runs for requests or jobs as well is the application's work, which the start only happens to do once more; unless it is
 * first data by its name, made of nothing that a request could hand over: then a button runs the seed again.
 */
function servesToo(program: Program, call: Call): boolean {
  if (call.fn.fact.params.length === 0 && FIRST_NAME.test(call.fn.name)) return false;
  return program
    .reaches(call.fn)
    .some(({ phase }) => phase !== 'boot' && phase !== 'script' && phase !== 'test' && phase !== 'shutdown');
}

/** What a loop does in each of its rounds is a job, which the start only begins, or does once more. */
function isRound(program: Program, { path }: Reach): boolean {
  const rounds = goingRound(program);
  return path.some(({ span }) => {
    const at = callsBySpan(program).get(span);
    return at !== undefined && (rounds.has(at.fn) || program.callers(at.fn).some(({ fn }) => rounds.has(fn)));
  });
}

/** An insert, or a call that leads to one, that runs on the boot path only where the database was found to lack something. */
function candidateOf({ program }: RuleContext, call: Call): Candidate | undefined {
  if (call.fact.when.length === 0 && call.fn.fact.when.length === 0 && !SEED_NAME.test(call.fn.name)) return undefined;
  const boot = bootOf(program, call);
  if (!boot || servesToo(program, call) || isScript(program, call) || isRound(program, boot)) return undefined;
  // Few tests ask for what is absent, and what a call leads to is dear to tell: so they are looked at first.
  const absence = asksAbsent(program, call);
  const isPlainSeed = SEED_NAME.test(call.fn.name) && insertsRow(program, call) === 'plain';
  const effect = absence || isPlainSeed ? inserts(program, call) : undefined;
  return effect && { call, boot, effect, ...absence };
}

/** A test that holds only where the database was found to lack something. */
interface Absence {
  readonly asked: Call;
  readonly decided: Condition;
}

function asksAbsent(program: Program, call: Call): Absence | undefined {
  const known = absences(program, call.unit);
  for (const id of [...call.fact.when, ...call.fn.fact.when]) {
    const fact = call.unit.facts.conditions[id];
    if (!fact) continue;
    if (!known.has(id)) {
      const decided = { unit: call.unit, fact };
      const asked = askedAbsent(program, decided);
      known.set(id, asked && { asked, decided });
    }
    const absence = known.get(id);
    if (absence) return absence;
  }
  return undefined;
}

/** Of a file's tests, as far as they were asked: many calls stand under one. */
const absences = onceOf((_: Program, _unit: Unit) => new Map<number, Absence | undefined>());

/**
 * A script that also stands in front of the server: the line that puts it there is what is wrong, not the script. And a file
 * that nothing starts and nothing loads is taken for no part of a server here, since seeders often lie about like that.
 */
function isScript(program: Program, call: Call): boolean {
  const processes = program.processesOf(call.unit);
  if (processes.length === 0) return program.processes.some(({ role }) => role === 'server');
  const scripts = new Set(processes.flatMap(({ role, entry }) => (role === 'script' ? [entry] : [])));
  return processes.every(({ entry }) => scripts.has(entry) && !openers(program).has(entry));
}

/** What opens a server is one, also where a script starts it in another way. */
const openers = once(
  (program: Program) => new Set(serversOf(program).flatMap(({ processes }) => processes.map(({ entry }) => entry))),
);

function makesRows({ kind, writes, idempotent }: Effect): boolean {
  return kind === 'database' && writes && !idempotent;
}

/** The insert that a call is or leads to, unless the database puts up with a second one. */
function inserts(program: Program, call: Call): Effect | undefined {
  const own = insertsRow(program, call);
  if (own === 'plain') return program.effect(call);
  if (own === 'tolerant') return undefined;
  for (const fn of program.callees(call).slice(0, 4)) {
    const effect = insertsWithin(program, fn);
    if (effect) return effect;
  }
  return undefined;
}

const insertsWithin = onceOf((program: Program, fn: Fn): Effect | undefined => {
  const all = program.effects(fn);
  if (!all.isCut && !all.effects.some(makesRows)) return undefined;
  return program.unguarded(fn).effects.find((effect) => {
    const last = makesRows(effect) ? effect.path.at(-1) : undefined;
    const at = last && callsBySpan(program).get(last.span);
    return at && insertsRow(program, at) === 'plain';
  });
});

/** A span is an object of its own, so that it tells the call. */
const callsBySpan = once((program: Program): ReadonlyMap<Span, Call> => {
  const found = new Map<Span, Call>();
  for (const call of program.calls) if (!found.has(call.fact.span)) found.set(call.fact.span, call);
  return found;
});

/** Reports each function once, and leaves out what another candidate leads to. */
function report(context: RuleContext, candidates: readonly Candidate[]): Call[] {
  const key = (file: string, line: number, column: number) => `${file}:${line}:${column}`;
  const places = new Set(candidates.map(({ call }) => key(call.unit.file, call.fact.span[0], call.fact.span[1])));
  const seen = new Set<string>();
  const found: Call[] = [];
  for (const candidate of candidates) {
    const { call, boot, asked } = candidate;
    if (boot.path.some(({ file, span }) => places.has(key(file, span[0], span[1])))) continue;
    const once = `${call.unit.file} ${call.fn.id} ${asked ? `${asked.unit.file} ${asked.id}` : ''}`;
    if (seen.has(once)) continue;
    seen.add(once);
    if (judge(context, candidate)) found.push(call);
  }
  return found;
}

function judge(context: RuleContext, { call, boot, effect, asked, decided }: Candidate): boolean {
  const { program } = context;
  const place = { file: call.unit.file, span: call.fact.span };
  const silence = (reason: string, because?: { file: string; span: typeof place.span }): false => {
    context.safe({ ...place, reason, ...(because ? { because } : {}) });
    return false;
  };
  if (asked && isOwnFile(program, asked)) return silence('the database is a file of this instance alone');
  const guard = program.guards(call).find(({ kind }) => kind !== 'role-switch');
  if (guard) return silence(`guarded: ${guard.label}`, guard.place);
  const unique = asked ? uniqueAmong(program, asked, fieldsAsked(program, asked)) : undefined;
  if (unique && asked)
    return silence(`\`${unique}\` is unique, so that the database lets one in`, {
      file: asked.unit.file,
      span: asked.fact.span,
    });
  const conditions = program.conditions(call, 'boot');
  const own = onlyForOwnFile(conditions);
  if (own)
    return silence('done only where the database is a file of this instance alone', {
      file: own.unit.file,
      span: own.fact.span,
    });
  const setting = program.setting(
    conditions.filter(({ unit, fact }) => unit !== decided?.unit || fact !== decided.fact),
  );
  if (setting.never) return silence('asks for the absence of a setting that is required');
  if (setting.developmentOnly) return silence(idleBecause(setting, 'runs only outside production'));
  const isSure = effect.confidence === 'high' && !boot.weak;
  context.report({
    ...place,
    severity: asked ? 'warning' : 'error',
    confidence:
      effect.confidence === 'low' || (boot.weak && effect.confidence !== 'high')
        ? 'low'
        : isSure && asked
          ? 'high'
          : 'medium',
    doubts: [...doubtsOfReach(boot), ...doubtsOfEffect(effect)],
    when: setting.when,
    ...(setting.words ? { condition: setting.words } : {}),
    symbol: program.symbol(place),
    message: asked
      ? `Every instance looks for this when it starts and creates it if it is missing: \`${call.fn.name}\` asks (\`${program.text(asked.unit, asked.fact.callee)}\`), then ${effect.label}.`
      : `Every instance loads this data when it starts: \`${call.fn.name}\` ${effect.label}.`,
    consequence: asked
      ? 'Two instances that start on an empty database both find nothing and both create it: users see the entry twice, or one instance fails on the other’s row and does not come up.'
      : 'Each instance, and each restart, loads the data once more: users see everything twice.',
    hint: recipeFor(seedRecipes, '', program.stack(call.unit)),
    evidence: [
      { role: 'primary', ...place, note: 'created here' },
      ...(asked
        ? [
            {
              role: 'condition' as const,
              file: asked.unit.file,
              span: asked.fact.span,
              note: 'asked here, some time before',
            },
          ]
        : []),
      ...effect.path.filter(({ file, span }) => file !== place.file || span !== place.span),
      ...boot.path,
      ...setting.evidence,
    ],
  });
  return true;
}

function isOwnFile(program: Program, call: Call): boolean {
  return program
    .apis(call)
    .some((api) =>
      /^(?:better-sqlite3|sqlite3|sqlite|node:sqlite|sql\.js|bun:sqlite|lowdb|nedb|@seald-io\/nedb|level):/.test(api),
    );
}

/** `await knex.seed.run()` on the way of a starting server. */
function checkSeeder(context: RuleContext, call: Call): void {
  const { program } = context;
  const place = { file: call.unit.file, span: call.fact.span };
  const boot = bootOf(program, call);
  if (!boot) return context.safe({ ...place, reason: 'not on the way of a starting server' });
  const guard = program.guards(call).find(({ kind }) => kind !== 'role-switch');
  if (guard) return context.safe({ ...place, reason: `guarded: ${guard.label}`, because: guard.place });
  const setting = program.setting(program.conditions(call, 'boot'));
  if (setting.never || setting.developmentOnly)
    return context.safe({ ...place, reason: idleBecause(setting, 'runs only outside production') });
  context.report({
    ...place,
    confidence: boot.weak ? 'medium' : 'high',
    doubts: doubtsOfReach(boot),
    when: setting.when,
    ...(setting.words ? { condition: setting.words } : {}),
    symbol: program.symbol(place),
    message: `Every instance runs the seeders when it starts (\`${program.text(call.unit, call.fact.callee)}\`).`,
    consequence:
      'Two instances that start together load the same data at the same moment: rows are there twice, or one instance fails and does not come up.',
    hint: recipeFor(seedRecipes, '', program.stack(call.unit)),
    evidence: [{ role: 'primary', ...place, note: 'seeders run here' }, ...boot.path, ...setting.evidence],
  });
}

/** A webhook, index or bucket that every instance sets up at another service. */
function checkSetup(context: RuleContext, call: Call, entry: SetupCall): void {
  const { program } = context;
  const place = { file: call.unit.file, span: call.fact.span };
  const boot = bootOf(program, call);
  if (!boot) return context.safe({ ...place, reason: 'not on the way of a starting server' });
  const guard = program.guards(call).find(({ kind }) => kind !== 'role-switch');
  if (guard) return context.safe({ ...place, reason: `guarded: ${guard.label}`, because: guard.place });
  const options = entry.unless ? call.fact.args[entry.unless.arg] : undefined;
  const isTolerant = entry.unless?.paths.some((path) =>
    program
      .property(call.unit, options, [path])
      .some(({ value }) => value.kind !== 'undefined' && value.kind !== 'unknown'),
  );
  if (isTolerant) return context.safe({ ...place, reason: 'an option puts up with what is there already' });
  const chain = chainedBehind(program, call);
  if (entry.twice !== 'again' && (isCaught(program, call) || chain.some((next) => isCaught(program, next))))
    return context.safe({ ...place, reason: 'what fails here is caught: the instance that comes second goes on' });
  const setting = program.setting(program.conditions(call, 'boot'));
  if (setting.never || setting.developmentOnly)
    return context.safe({ ...place, reason: idleBecause(setting, 'runs only outside production') });
  context.report({
    ...place,
    severity: entry.twice === 'again' ? 'warning' : 'info',
    // What is asked before may well be whether it is there already.
    confidence: boot.weak ? 'low' : entry.twice === 'again' && call.fact.when.length === 0 ? 'high' : 'medium',
    doubts: doubtsOfReach(boot),
    when: setting.when,
    ...(setting.words ? { condition: setting.words } : {}),
    symbol: program.symbol(place),
    message: `Every instance creates ${entry.makes} when it starts (\`${program.text(call.unit, call.fact.callee)}\`).`,
    consequence:
      entry.twice === 'again'
        ? 'Each instance, and each restart, registers once more: the service then delivers every event several times.'
        : entry.twice === 'fails'
          ? 'Two instances that start together both try: one of them gets an error and may not come up.'
          : 'Each instance sets the same thing again; the service may refuse calls that come too fast, and an instance that is still on the old version sets its old value.',
    hint: 'Set it up once a deploy, in a release command or a script of its own; on the way of the server, look it up by a fixed id first and take “already exists” for success.',
    evidence: [{ role: 'primary', ...place, note: 'set up here' }, ...boot.path, ...setting.evidence],
  });
}

import {
  ApiTable,
  type Call,
  callsKnown,
  defineRule,
  doubtsOfEffect,
  doubtsOfReach,
  type Effect,
  type Evidence,
  type Fn,
  idleBecause,
  ownMeasures,
  type Program,
  type RuleContext,
  runWith,
  savesOwn,
  type SchedulerKnowledge,
  type Severity,
  type Pause,
  pauses,
  rearms,
} from '../../src/api/index.js';

import { checkDescribed } from './described.js';
import { isOfOwnRows } from './own-rows.js';
import { hint, scheduleText } from './schedule.js';
import { endsWithItsWork, isOfTheProcess } from './started.js';

const LOOP: SchedulerKnowledge = { api: '', kind: 'interval', source: 'a loop that pauses between its rounds' };

const MEASURES = new ApiTable(ownMeasures.map((entry) => ({ patterns: [entry.api], entry })));

/** Effects that two instances would each have on the same outside; files and programs are each instance's own. */
const SHARED = new Set<Effect['kind']>(['mail', 'database', 'http', 'publish', 'enqueue']);

export default defineRule({
  meta: {
    id: 'unguarded-cron',
    title: 'Scheduled work that every instance runs, with nothing to make it happen once',
    category: 'jobs',
    severity: 'error',
    triggers: ['scale-out', 'rolling-deploy'],
  },
  check(context) {
    const rounds = new Map<Fn, Call>();
    const table = new ApiTable(context.program.knowledge.schedulers.map((entry) => ({ patterns: [entry.api], entry })));
    for (const { call } of callsKnown(context.program, table)) {
      for (const api of context.program.apis(call)) {
        // One call is one place, even where two shapes of its arguments are known.
        const entries = table.find(api).filter((entry) => isMeant(context.program, call, entry));
        if (entries.length === 0) continue;
        check(context, call, entries, rounds);
        break;
      }
    }
    for (const pause of pauses(context.program)) checkLoop(context, pause);
    checkDescribed(context);
  },
});

/** `rounds`: the functions that begin themselves anew, by where they were reported. */
function check(context: RuleContext, call: Call, entries: readonly SchedulerKnowledge[], rounds: Map<Fn, Call>): void {
  const { program } = context;
  const entry =
    entries.find((candidate) => callbacks(program, call, candidate).length > 0) ?? (entries[0] as SchedulerKnowledge);
  const jobs = callbacks(program, call, entry);
  if (entry.kind === 'delay' && !rearms(program, call, jobs)) return;
  const round = entry.kind === 'delay' ? roundOf(program, call) : undefined;
  const other = round && rounds.get(round);
  if (other)
    return context.safe({
      file: call.unit.file,
      span: call.fact.span,
      reason: 'the same work is begun anew in another way, and reported there',
      because: { file: other.unit.file, span: other.fact.span },
    });
  // Adding a job for now is no schedule.
  if (entry.locks && entry.schedule?.path && !isSet(program, call, entry.schedule.arg, [entry.schedule.path])) return;
  if (judge(context, call, entry, jobs) && round) rounds.set(round, call);
}

/** `while (running) { await work(); await sleep(ms); }`: the job is the function that the loop stands in. */
function checkLoop(context: RuleContext, { call, fn, length }: Pause): void {
  judge(context, call, { ...LOOP, ...(length === undefined ? {} : { schedule: { arg: length } }) }, [fn]);
}

/** One call registers every plugin of a framework: only one of them schedules. */
function isMeant(program: Program, call: Call, { only }: SchedulerKnowledge): boolean {
  const arg = only && call.fact.args[only.arg];
  if (!only) return true;
  return (
    arg !== undefined &&
    program.values(call.unit, arg).some(({ value }) => value.kind === 'external' && value.api === only.api)
  );
}

/** The function that a timer which begins it anew stands in, callbacks aside. */
function roundOf(program: Program, call: Call): Fn | undefined {
  let at = call.fn;
  while (at.id !== 0 && at.fact.kind === 'arrow' && at.fact.parent !== 0) at = program.fn(at.unit, at.fact.parent);
  return at.id === 0 ? undefined : at;
}

/** Whether it was reported. */
function judge(context: RuleContext, call: Call, entry: SchedulerKnowledge, jobs: readonly Fn[]): boolean {
  const { program } = context;
  const place = { file: call.unit.file, span: call.fact.span };
  const silence = (reason: string, because?: { readonly file: string; readonly span: Evidence['span'] }): false => {
    context.safe({ ...place, reason, ...(because ? { because } : {}) });
    return false;
  };
  if (entry.locks) return silence('the scheduler keeps its state where all instances see it, and fires once');
  if (!call.unit.roles.has('server')) {
    if (call.unit.roles.has('worker')) silence('runs in a process of its own that serves no users');
    return false;
  }
  const reaches = program.reaches(call.fn);
  const started =
    reaches.find(({ phase }) => phase === 'boot') ??
    reaches.find((reach) => isOfTheProcess(program, reach) && !endsWithItsWork(program, call)) ??
    (entry.kind === 'cron' ? reaches.find(({ phase }) => phase !== 'shutdown') : undefined);
  if (!entry.decorator && reaches.length > 0 && !started)
    return silence('started for one request or connection, not by the process');
  if (isOnce(program, call, entry) && !reaches.some(({ phase }) => phase === 'boot'))
    return silence('planned for one moment by a request: looked at by in-memory-queue');
  if (isSet(program, call, entry.safe?.arg, entry.safe?.paths))
    return silence(entry.safe?.note ?? 'an option makes one instance run it');
  if (entry.disabled && isSet(program, call, entry.disabled.arg, [entry.disabled.path])) return silence('switched off');

  const dangerous = jobs.filter((job) => program.effects(job).effects.some(isShared));
  const unknown = jobs.length === 0 || jobs.some((job) => program.effects(job).unknown);
  if (dangerous.length === 0 && !unknown)
    return silence(
      'touches only its own process: no write, message or call that changes something reaches the outside',
    );

  const [around] = program.guards(call).filter(({ kind }) => kind !== 'role-switch');
  if (around) return silence(`guarded: ${around.label}`, around.place);
  const left = jobs.map((job) => program.unguarded(job));
  const effects = left.flatMap((one) => one.effects.filter(isShared));
  const [inside] = left.flatMap(({ guards }) => guards);
  if (inside && effects.length === 0 && (dangerous.length > 0 || left.every((one) => !one.unknown)))
    return silence(`guarded: ${inside.label}`, inside.place);
  const setting = program.setting(program.conditions(call));
  if (setting.never) return silence('asks for the absence of a setting that is required');
  if (setting.developmentOnly) return silence(idleBecause(setting, 'scheduled only outside production'));

  if (left.every((one) => !one.unknown) && isOfOwnRows(program, effects))
    return silence('writes under the name of this process only, which each instance has to do for itself');
  if (effects.length > 0 && effects.every((one) => savesOwn(program, one)))
    return silence('saves what this process has gathered in its own memory, which each instance has to do for itself');

  const effect = strongest(effects);
  const idempotent = effect?.idempotent === true;
  // Each instance has to run it for itself, and what it does besides changes nothing the second time.
  const isOwn =
    idempotent && effects.every((one) => one.idempotent) && jobs.some((job) => changesOwnMemory(program, job));
  const measures = effects.length > 0 && jobs.every((job) => measuresItself(program, job));
  const schedule = scheduleText(program, call, entry);
  context.report({
    ...place,
    severity: severityOf(effect),
    confidence:
      !effect || isOwn || measures
        ? 'low'
        : started?.weak || (!started && !entry.decorator)
          ? 'low'
          : effect.confidence === 'low'
            ? 'low'
            : idempotent || effect.confidence === 'medium' || entry.api === LOOP.api
              ? 'medium'
              : 'high',
    doubts: [
      ...doubtsOfReach(started),
      ...(started || entry.decorator ? [] : ['nothing is known to start it']),
      ...(effect ? doubtsOfEffect(effect) : [unresolvedWords(program, jobs)]),
      ...(idempotent ? ['a second run at the same time changes nothing more'] : []),
      ...(measures ? ['it measures the process it runs in, which each instance has to do for itself'] : []),
      ...(isOwn ? ['every instance may have to run it for what it keeps in its own memory'] : []),
    ],
    when: setting.when,
    ...(setting.words ? { condition: setting.words } : {}),
    symbol: program.symbol(place),
    message: `Every instance runs this job${schedule ? ` (${schedule})` : ''}${effect ? `, and it ${effect.label}` : '; what it does could not be followed'}.`,
    consequence: consequence(effect),
    hint: hint(program, call, entry, jobs),
    evidence: [
      { role: 'primary', ...place, note: 'scheduled here' },
      ...(started?.path ?? []),
      ...(effect?.path ?? []),
      ...setting.evidence,
    ],
  });
  return true;
}

/** It asks how this very process is doing, and passes that on. */
function measuresItself(program: Program, job: Fn): boolean {
  return [...runWith(program, job, 2)].some((fn) =>
    program.callsIn(fn).some((call) => program.apis(call).some((api) => MEASURES.first(api) !== undefined)),
  );
}

/** It sets what others of this process read: a field of its object, or a part of one. */
function changesOwnMemory(program: Program, job: Fn): boolean {
  const fns = new Set([...runWith(program, job, 1)]);
  return [...fns].some(({ unit, id }) =>
    unit.facts.accesses.some(
      ({ fn, op, target }) => fn === id && op === 'assign' && target.k === 'member' && target.of.k === 'member',
    ),
  );
}

/** The schedule is a date rather than a rule. */
function isOnce(program: Program, call: Call, { schedule }: SchedulerKnowledge): boolean {
  const arg = schedule && !schedule.path ? call.fact.args[schedule.arg] : undefined;
  return (
    arg !== undefined &&
    program.values(call.unit, arg).some(({ value }) => value.kind === 'external' && value.api === 'global:Date()')
  );
}

function isShared({ kind, writes }: Effect): boolean {
  return writes && SHARED.has(kind);
}

function unresolvedWords(program: Program, jobs: readonly Fn[]): string {
  const call = jobs.flatMap((job) => program.effects(job).unresolved)[0];
  return call
    ? `\`${program.text(call.unit, call.fact.callee)}\`, which the job calls, could not be resolved`
    : 'the function that it runs could not be told';
}

function callbacks(program: Program, call: Call, entry: SchedulerKnowledge): readonly Fn[] {
  if (entry.decorator) return decorated(program, call, entry);
  if (!entry.callback) return call.fact.args.flatMap((arg) => program.functions(call.unit, arg));
  const arg = call.fact.args[entry.callback.arg];
  if (!arg) return [];
  if (!entry.callback.path) return program.functions(call.unit, arg);
  const path = entry.callback.path.split('.');
  return program.property(call.unit, arg, path).flatMap(({ value }) => (value.kind === 'function' ? [value.fn] : []));
}

/** The method that a decorator is put on, or the one of its class that runs. */
function decorated(program: Program, { unit, fact }: Call, { method }: SchedulerKnowledge): readonly Fn[] {
  const { fn, cls } = fact.decorates ?? {};
  const of = cls === undefined ? undefined : unit.facts.classes[cls];
  const found = method && of ? of.members.find(({ name, kind }) => name === method && kind === 'method')?.fn : fn;
  return found === undefined ? [] : [program.fn(unit, found)];
}

function isSet(program: Program, call: Call, arg: number | undefined, paths: readonly string[] | undefined): boolean {
  if (arg === undefined || !paths?.length) return false;
  const options = call.fact.args[arg];
  if (!options) return false;
  return paths.every((path) =>
    program
      .property(call.unit, options, path.split('.'))
      .some(
        ({ value }) =>
          value.kind !== 'undefined' && value.kind !== 'unknown' && !(value.kind === 'literal' && !value.value),
      ),
  );
}

function strongest(effects: readonly Effect[]): Effect | undefined {
  const rank = (effect: Effect) =>
    (effect.idempotent ? 10 : 0) +
    (effect.confidence === 'high' ? 0 : effect.confidence === 'medium' ? 3 : 6) +
    ['mail', 'database', 'http', 'publish', 'enqueue'].indexOf(effect.kind) / 10;
  return [...effects].sort((a, b) => rank(a) - rank(b))[0];
}

function severityOf(effect: Effect | undefined): Severity {
  if (!effect) return 'warning';
  return effect.idempotent ? 'info' : 'error';
}

function consequence(effect: Effect | undefined): string {
  if (effect?.idempotent)
    return 'The result is the same, but every instance does the work at the same moment: as many times the load, and locks in each other’s way.';
  switch (effect?.kind) {
    case 'mail':
      return 'With two instances each message goes out twice.';
    case 'http':
      return 'With two instances the other service is called twice for the same thing.';
    case 'publish':
    case 'enqueue':
      return 'With two instances the work is handed on twice.';
    default:
      return 'With two instances the work is done twice at the same moment: rows are written twice or overwrite one another.';
  }
}

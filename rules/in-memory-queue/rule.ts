import {
  askedBy,
  bufferOf,
  type Call,
  callsWithin,
  type Confidence,
  defineRule,
  doubtsOfEffect,
  doubtsOfReach,
  doubtsOfState,
  type Effect,
  type Evidence,
  evidenceOfState,
  type Fn,
  isLock,
  isQueue,
  judgeState,
  kept,
  nameOfState,
  type Place,
  type Program,
  queueOf,
  type Reach,
  reportKept,
  type RuleContext,
  type Setting,
  type Severity,
} from '../../src/api/index.js';
import { delayed } from './delays.js';
import { memoryQueuesOf, type Put } from './libraries.js';

export default defineRule({
  meta: {
    id: 'in-memory-queue',
    title: 'Work accepted from users that waits in the memory of one instance',
    category: 'jobs',
    severity: 'error',
    triggers: ['restart', 'crash', 'rolling-deploy', 'scale-out'],
  },
  check(context) {
    checkLibraries(context);
    checkDelays(context);
    for (const thing of kept(context.program, 'queue'))
      reportKept(context, thing, {
        subject: 'events and work',
        consequence: CONSEQUENCE,
        hint: `Put what waits into ${queueOf(context.program.stack(thing.call.unit), 'work')}.`,
      });
    for (const cell of context.program.cells) {
      if (!isQueue(context.program, cell) || isLock(cell) || bufferOf(context.program, cell)) continue;
      const hazard = judgeState(context, cell);
      if (!hazard) continue;
      const { write, read, setting, confidence } = hazard;
      context.report({
        ...cell.place,
        severity: hazard.severity,
        confidence: cell.shape === 'queue' ? confidence : confidence === 'high' ? 'medium' : confidence,
        doubts: doubtsOfState(hazard),
        ...whenOf(setting),
        symbol: cell.name,
        message: `${nameOfState(cell)} holds work in the memory of this process: put in by ${write.reach.label}, taken out by ${read.reach.label}.`,
        consequence: CONSEQUENCE,
        hint: `Put what waits, so that it outlives the instance and any instance can take it, into ${queueOf(context.program.stack(cell.unit), cell.name)}.`,
        evidence: evidenceOfState(hazard),
      });
    }
  },
});

const CONSEQUENCE =
  'The user was told that it is under way; when this instance stops, by a deploy or a crash, what still waits here is lost, and no other instance knows of it.';

function whenOf(setting: Setting) {
  return { when: setting.when, ...(setting.words ? { condition: setting.words } : {}) };
}

function isServed({ unit }: Call): boolean {
  return !unit.vendored && (unit.roles.has('server') || unit.roles.has('worker'));
}

/** Queues of packages: one finding each, with the places that put something in. */
function checkLibraries(context: RuleContext): void {
  const { program } = context;
  for (const queue of memoryQueuesOf(program)) {
    const place = { file: queue.made.unit.file, span: queue.made.fact.span };
    const silence = (reason: string, because?: Place) =>
      context.safe({ ...place, reason: `\`${queue.name}\`: ${reason}`, ...(because ? { because } : {}) });
    const put = queue.puts.filter(({ call }) => isServed(call));
    const served = put.flatMap((one) => {
      const reach = askedBy(program, one.call.fn);
      return reach ? [{ ...one, reach }] : [];
    });
    if (served.length === 0) {
      silence('nothing is put in for a user');
      continue;
    }
    const free = served.filter(({ isWaited }) => !isWaited);
    if (free.length === 0) {
      silence('waited for before the user is answered: it only limits how much runs at once', placeOf(served[0]?.call));
      continue;
    }
    const candidates = free
      .map((one) => ({
        ...one,
        effect: strongest(one),
        setting: program.setting(program.conditions(one.call, one.reach.phase)),
      }))
      .filter(({ setting }) => !setting.developmentOnly && !setting.never)
      .sort(
        (a, b) =>
          Number(!a.effect) - Number(!b.effect) ||
          Number(a.setting.when !== 'always') - Number(b.setting.when !== 'always'),
      );
    const [worst] = candidates;
    if (!worst) silence('used only outside production');
    else if (!worst.effect && !worst.unknown)
      silence('what waits in it touches this process only', placeOf(worst.call));
    else
      report(context, place, {
        ...worst,
        symbol: queue.name,
        confidence: !worst.effect ? 'low' : sure(worst.effect, worst.reach),
        message: `The queue \`${queue.name}\` (\`${queue.packageName}\`) ${queue.keeps === 'file' ? "keeps its items in a file of this instance's own disk" : 'keeps its items in the memory of this process'}: ${worst.reach.label} puts work in that ${worst.effect?.label ?? 'could not be followed'}, and answers without waiting for it.`,
        first: { role: 'primary', ...place, note: 'the queue is made' },
        second: {
          role: 'written',
          ...(placeOf(worst.call) as Place),
          note: `work is put in by \`${worst.call.fn.name}\``,
        },
      });
  }
}

function placeOf(call: Call | undefined): Place | undefined {
  return call && { file: call.unit.file, span: call.fact.span };
}

function strongest({ effects }: Put): Effect | undefined {
  return effects.find(({ writes, idempotent }) => writes && !idempotent) ?? effects.find(({ writes }) => writes);
}

function sure(effect: Effect, reach: Reach): Confidence {
  const weaknesses = Number(effect.confidence !== 'high') + Number(reach.weak) + Number(effect.idempotent);
  if (effect.confidence === 'low' || weaknesses > 1) return 'low';
  return weaknesses > 0 || effect.kind === 'file' || effect.kind === 'process' ? 'medium' : 'high';
}

/** Timers and schedules for one moment, set for one request. */
function checkDelays(context: RuleContext): void {
  const { program } = context;
  const savers = new Set(program.cells.flatMap((cell) => bufferOf(program, cell)?.saver ?? []));
  for (const { call, fns, words, isShort, reason } of delayed(program)) {
    if (!isServed(call)) continue;
    const place = placeOf(call) as Place;
    const reach = askedBy(program, call.fn);
    if (!reach) continue;
    const why = fns.some((fn) => savers.has(fn)) ? 'saves what is gathered: looked at by unflushed-buffer' : reason;
    if (why) {
      context.safe({ ...place, reason: why });
      continue;
    }
    const works = fns.map((fn) => program.unguarded(fn));
    const effect = works
      .flatMap(({ effects }) => effects)
      .find(({ kind, writes }) => writes && kind !== 'file' && kind !== 'process');
    if (!effect) {
      context.safe({ ...place, reason: 'what is put off touches this process only' });
      continue;
    }
    const early = doneWhenStopped(program, fns, effect);
    if (early) {
      context.safe({ ...place, reason: 'done as well when the process is told to stop', because: early });
      continue;
    }
    const setting = program.setting(program.conditions(call, reach.phase));
    if (setting.developmentOnly || setting.never) continue;
    const confidence = sure(effect, reach);
    report(context, place, {
      call,
      effect,
      reach,
      setting,
      symbol: program.symbol(place),
      severity: effect.idempotent || isShort ? 'warning' : 'error',
      confidence: isShort && confidence === 'high' ? 'medium' : confidence,
      message: `${upper(reach.label)} puts work off ${words}, in the memory of this process: then it ${effect.label}.`,
      first: { role: 'primary', ...place, note: 'put off here' },
    });
  }
}

/** What is put off runs at once when the process stops: `close` after a minute, and of all that are open on SIGTERM. */
function doneWhenStopped(program: Program, fns: readonly Fn[], effect: Effect): Place | undefined {
  const end = effect.path.at(-1);
  for (const callee of fns.flatMap((fn) => callsWithin(program, fn)).flatMap((call) => program.callees(call))) {
    const stop = program.reaches(callee).find(({ phase, weak }) => phase === 'shutdown' && !weak);
    const leads = program.effects(callee).effects.some(({ path }) => {
      const last = path.at(-1);
      return last !== undefined && last.file === end?.file && last.span[0] === end.span[0];
    });
    if (stop && leads) return stop.path[0];
  }
  return undefined;
}

function upper(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function report(
  context: RuleContext,
  place: Place,
  found: {
    readonly call: Call;
    readonly effect: Effect | undefined;
    readonly reach: Reach;
    readonly setting: Setting;
    readonly symbol: string;
    readonly severity?: Severity;
    readonly confidence: Confidence;
    readonly message: string;
    readonly first: Evidence;
    readonly second?: Evidence;
  },
): void {
  const { program } = context;
  const { call, effect, reach, setting } = found;
  context.report({
    ...place,
    severity: found.severity ?? 'error',
    confidence: found.confidence,
    doubts: [
      ...doubtsOfReach(reach),
      ...(effect ? doubtsOfEffect(effect) : ['what the work does could not be followed']),
      ...(effect?.idempotent ? ['what is lost may be made good by the next run'] : []),
    ],
    ...whenOf(setting),
    symbol: found.symbol,
    message: found.message,
    consequence: CONSEQUENCE,
    hint: hint(program, call, found.symbol),
    evidence: [
      found.first,
      ...reach.path,
      ...(found.second ? [found.second] : []),
      ...(effect?.path ?? []),
      ...setting.evidence,
    ],
  });
}

function hint(program: Program, { unit, fact }: Call, name: string): string {
  const isTimer = fact.callee.k === 'global' && fact.callee.name === 'setTimeout';
  const time = fact.args[1];
  const later = isTimer && time ? program.text(unit, time) : undefined;
  return `Put the work, before the user is answered, into ${queueOf(program.stack(unit), name, later)}.`;
}

import {
  askedBy,
  combined,
  type Confidence,
  defineRule,
  doubtsOfEffect,
  doubtsOfReach,
  type Effect,
  exclusionOf,
  type Guard,
  isBefore,
  kept,
  type Program,
  type Reach,
  reportKept,
  type RuleContext,
  savesOwn,
} from '../../src/api/index.js';
import type { Lock, Taking } from './held.js';
import { libraryLocks } from './libraries.js';
import { classLocks, flagLocks } from './own.js';

export default defineRule({
  meta: {
    id: 'in-memory-lock',
    title: 'Locks that hold in one process or on one host, around what all instances share',
    category: 'state',
    severity: 'error',
    triggers: ['scale-out', 'rolling-deploy'],
  },
  check(context) {
    const { program } = context;
    for (const lock of [...libraryLocks(program), ...classLocks(program), ...flagLocks(program)]) judge(context, lock);
    for (const thing of kept(program, 'lock'))
      reportKept(context, thing, {
        subject: 'locks',
        consequence:
          'Two instances hold the same lock at once: what it was to keep apart happens side by side, and one of them overwrites or repeats the work of the other.',
        hint: exclusionOf(program.stack(thing.call.unit), thing.entry.api.replace(/:.*/, '')),
      });
  },
});

interface Candidate {
  readonly taking: Taking;
  readonly reach: Reach;
  readonly effect: Effect;
  readonly download: boolean;
}

function judge(context: RuleContext, lock: Lock): void {
  const { program } = context;
  const silence = (reason: string, because?: Lock['place']) =>
    context.safe({ ...lock.place, reason: `\`${lock.name}\`: ${reason}`, ...(because ? { because } : {}) });
  if (lock.unit.vendored) return silence('a lock of a copied library');
  const served = lock.takings.flatMap((taking) => {
    const { roles } = taking.unit;
    const reach = roles.has('server') || roles.has('worker') ? askedBy(program, taking.fn) : undefined;
    return reach ? [{ taking, reach }] : [];
  });
  // Two schedules of one process: that every process has them is what the rule about schedules says.
  if (served.length === 0) return silence('taken at the start or by scheduled work only, not for users');
  let reason: { readonly words: string; readonly place?: Lock['place'] } | undefined;
  const found: Candidate[] = [];
  for (const { taking, reach } of served) {
    const { effects, guards, unknown } = combined(taking.works);
    const [guard] = [...around(program, taking), ...guards].filter(({ kind }) => kind !== 'role-switch');
    const effect = effects.find((one) => !lock.limiter || one.kind === 'database');
    if (effect && around(program, taking).length === 0 && !isOfOwnMemory(program, taking, effects)) {
      if (!isOnOwnDisk(program, taking, effects))
        found.push({ taking, reach, effect, download: isDownload(program, taking) });
      else reason ??= { words: 'what it protects is a database file of this instance' };
    } else if (guard) reason ??= { words: `guarded as well by ${guard.label}`, place: guard.place };
    else if (effect && effects.every((one) => savesOwn(program, one)))
      reason ??= { words: 'keeps in order what this process saves of its own memory' };
    else if (effect) reason ??= { words: 'fetches a copy that this process keeps for itself' };
    else
      reason ??= {
        words: unknown
          ? 'what is done under it could not be followed to anything that others share'
          : 'what it protects is of this process: nothing that others share is changed under it',
      };
  }
  const settled = found
    .map((candidate) => {
      const { unit, fn, site } = candidate.taking;
      const fact = site.fact;
      const conditions = program.conditions({ unit, fn, fact }, candidate.reach.phase);
      return { ...candidate, setting: program.setting(conditions) };
    })
    .filter(({ setting }) => !setting.developmentOnly && !setting.never)
    .sort(
      (a, b) =>
        Number(a.setting.when !== 'always') - Number(b.setting.when !== 'always') ||
        CONFIDENCES.indexOf(confidence(lock, a)) - CONFIDENCES.indexOf(confidence(lock, b)),
    );
  const [worst] = settled;
  if (!worst) return silence(reason?.words ?? 'taken only outside production', reason?.place);
  report(
    context,
    lock,
    worst,
    settled.slice(1).map(({ taking }) => taking),
  );
}

/** Guards on the way to where the lock is taken. */
function around(program: Program, { site, fn, place }: Taking): readonly Guard[] {
  const call = 'id' in site ? site : program.callsIn(fn).find(({ fact }) => isBefore(place.span, fact.span));
  return call ? program.guards(call).filter(({ kind }) => kind !== 'role-switch') : [];
}

/** All that is done under it is for what this process keeps for itself. */
function isOfOwnMemory(program: Program, taking: Taking, effects: readonly Effect[]): boolean {
  return isOwnCopy(program, taking, effects) || effects.every((one) => savesOwn(program, one));
}

/** A token or list that is fetched once for all who wait, into a variable of this process. */
function isOwnCopy(program: Program, taking: Taking, effects: readonly Effect[]): boolean {
  return effects.every(({ kind }) => kind === 'http') && fillsCopy(program, taking);
}

function fillsCopy(program: Program, { fns }: Taking): boolean {
  return program.cells.some(
    ({ shape, writes }) =>
      COPIES.has(shape) &&
      writes.some((write) => fns.includes(write.fn) && (write.op === 'assign' || write.op === 'insert')),
  );
}

/** A list is downloaded and kept here, and what is stored besides is the same list: a second download does no harm. */
function isDownload(program: Program, taking: Taking): boolean {
  return (
    fillsCopy(program, taking) &&
    taking.fns.some((fn) =>
      program.callsIn(fn).some((call) => {
        const effect = program.effect(call);
        return effect?.kind === 'http' && !effect.writes;
      }),
    )
  );
}

const COPIES = new Set<string>(['handle', 'cache', 'snapshot', 'token-store', 'map', 'value', 'single-flight']);

/** A database that is a file of this instance, opened by hand: only this process writes it. */
function isOnOwnDisk(program: Program, { unit }: Taking, effects: readonly Effect[]): boolean {
  const stack = program.stack(unit);
  return stack.database === 'sqlite' && !stack.orm && effects.every(({ kind }) => kind === 'database');
}

const CONFIDENCES: readonly Confidence[] = ['high', 'medium', 'low'];

function confidence(lock: Lock, { effect, reach, download }: Candidate): Confidence {
  if (download || effect.idempotent || effect.confidence === 'low') return 'low';
  const weaknesses = Number(effect.confidence === 'medium') + Number(reach.weak) + Number(lock.limiter ?? false);
  if (weaknesses > 1) return 'low';
  // Another service may well refuse the second call by itself.
  return weaknesses > 0 || effect.kind === 'http' ? 'medium' : 'high';
}

function report(
  context: RuleContext,
  lock: Lock,
  worst: Candidate & { readonly setting: ReturnType<Program['setting']> },
  others: readonly Taking[],
): void {
  const { program } = context;
  const { taking, reach, effect, download, setting } = worst;
  const where = lock.holds === 'host' ? 'on this host' : 'in this process';
  context.report({
    ...lock.place,
    severity: effect.idempotent ? 'warning' : 'error',
    confidence: confidence(lock, worst),
    doubts: [
      ...doubtsOfReach(reach),
      ...doubtsOfEffect(effect),
      ...(effect.idempotent ? ['a second run at the same time changes nothing more'] : []),
      ...(download
        ? ['it seems to keep one process from fetching a copy of its own twice, and what it stores may be that copy']
        : []),
      ...(lock.limiter ? ['it may be meant to spare resources only, not to keep two runs apart'] : []),
      ...(effect.kind === 'http' ? ['the other service may refuse a second call by itself'] : []),
    ],
    when: setting.when,
    ...(setting.words ? { condition: setting.words } : {}),
    symbol: lock.cell?.name ?? program.symbol(lock.place),
    message: `${subject(lock)} holds ${where} only, but under it ${reach.label} ${effect.label}.`,
    consequence: consequence(effect),
    hint: exclusionOf(program.stack(taking.unit), lock.name),
    evidence: [
      { role: 'primary', ...lock.place, note: `\`${lock.name}\` is ${lock.cell ? 'declared' : 'made'}` },
      ...reach.path,
      { role: 'written', ...taking.place, note: `taken in \`${taking.fn.name}\`, reached from ${reach.label}` },
      ...effect.path,
      ...others
        .slice(0, 4)
        .map(({ place, fn }) => ({ role: 'written' as const, ...place, note: `taken in \`${fn.name}\` as well` })),
      ...setting.evidence,
    ],
  });
}

function subject({ name, kind, holds, cell }: Lock): string {
  if (cell)
    return kind === 'chain'
      ? `The chain of promises \`${name}\`, which makes one wait for the other,`
      : `The lock \`${name}\``;
  return holds === 'host' ? `The lock file of \`${name}\`` : `The lock \`${name}\` (${kind})`;
}

function consequence({ kind }: Effect): string {
  switch (kind) {
    case 'mail':
      return 'Two requests that meet different instances both get the lock: the message goes out twice.';
    case 'http':
      return 'Two requests that meet different instances both get the lock: the other service is called twice for the same thing.';
    case 'publish':
    case 'enqueue':
      return 'Two requests that meet different instances both get the lock: the work is handed on twice.';
    default:
      return 'Two requests that meet different instances both get the lock: rows are written twice, or one write overwrites the other.';
  }
}

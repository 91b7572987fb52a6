import {
  ApiTable,
  type Call,
  callsKnown,
  type Deployed,
  drains,
  type Evidence,
  type Fn,
  graceKnowledge,
  isAside,
  matches,
  type Place,
  type Program,
  type RuleContext,
  type Stated,
} from '../../src/api/index.js';
import { placeOf } from './stopping.js';

/*
 * Whether the platform waits as long as the application takes to stop: a limit that the code sets itself, or a pause before the
 * stop, is of no use beyond the moment at which it is killed.
 */

/** How long the code lets the stop take, and where it says so. */
interface Wait {
  readonly call: Call;
  readonly seconds: number;
  readonly words: string;
}

interface Grace {
  readonly seconds: number;
  readonly said?: Place;
  readonly remedy: string;
  readonly isUnchecked: boolean;
}

export function checkGrace(context: RuleContext): void {
  const { program } = context;
  const waits = waitsOf(program);
  const seen = new Set<string>();
  for (const deployed of program.workloads) {
    if (isAside(deployed) !== undefined || ['cron', 'migration', 'release'].includes(deployed.workload.does)) continue;
    const grace = graceOf(deployed);
    if (!grace) continue;
    const pause = pauseOf(deployed);
    const units = new Set(deployed.processes.flatMap((process) => [...process.units]));
    const [longest] = waits.filter(({ call }) => units.has(call.unit)).sort((a, b) => b.seconds - a.seconds);
    const needed = (pause?.seconds ?? 0) + (longest?.seconds ?? 0);
    const place = grace.said ?? pause?.place ?? (longest && placeOf(longest.call));
    if (!place || (!longest && !pause)) continue;
    // A pause that takes all of it leaves nothing for the requests, whatever the code does.
    const isShort = pause && !longest ? pause.seconds >= grace.seconds : needed > grace.seconds;
    const key = `${place.file}:${place.span[0]}`;
    if (!isShort) {
      context.safe({ ...place, reason: `the platform waits ${grace.seconds} seconds, and ${needed} are needed` });
      continue;
    }
    if (seen.has(key)) continue;
    seen.add(key);
    report(context, { deployed, grace, place, needed, longest, pause });
  }
}

function report(
  context: RuleContext,
  {
    deployed: { descriptor, workload },
    grace,
    place,
    needed,
    longest,
    pause,
  }: {
    readonly deployed: Deployed;
    readonly grace: Grace;
    readonly place: Place;
    readonly needed: number;
    readonly longest: Wait | undefined;
    readonly pause: Pause | undefined;
  },
): void {
  const isSure = grace.said !== undefined && descriptor.purpose === 'production';
  const doubts = [
    ...(grace.said
      ? []
      : [`nothing says how long it waits, and ${grace.seconds} seconds are the default of the platform`]),
    ...(descriptor.purpose === 'production' ? [] : [`nothing says whether \`${descriptor.file}\` is for production`]),
  ];
  const takes = [
    ...(pause ? [`a pause of ${pause.seconds} seconds before the signal`] : []),
    ...(longest ? [`${longest.words} up to ${longest.seconds} seconds`] : []),
  ].join(' and ');
  const more = needed + 5;
  const evidence: Evidence[] = [
    { role: 'primary', ...place, note: `killed ${grace.seconds} seconds after it was told to stop` },
    ...(pause ? [{ role: 'option' as const, ...pause.place, note: `waits ${pause.seconds} seconds first` }] : []),
    ...(longest
      ? [{ role: 'option' as const, ...placeOf(longest.call), note: `waits ${longest.seconds} seconds` }]
      : []),
    { role: 'declared', ...workload.place, note: `\`${workload.name}\` is described here; ${descriptor.why}` },
  ];
  context.report({
    ...place,
    confidence: grace.isUnchecked ? 'low' : isSure ? 'high' : 'medium',
    doubts,
    when: 'always',
    symbol: `${workload.name} grace`,
    message: `\`${workload.name}\` is killed ${grace.seconds} seconds after it is told to stop, while it is given ${takes}.`,
    consequence:
      'In each deploy and scale-down what takes longer is cut off in the middle, as if nothing waited for it: users get a broken connection, and what was half done stays half done.',
    hint: `Let the platform wait longer than that: ${grace.remedy.replaceAll('$', String(more)).replaceAll('%', String(more * 1000))}; or wait less long.`,
    evidence,
  });
}

function graceOf({ descriptor, workload, image }: Deployed): Grace | undefined {
  const entry = graceKnowledge.find(({ kinds }) => kinds.includes(descriptor.kind));
  const said: Stated<number> | undefined = workload.graceSeconds ?? image?.graceSeconds;
  const remedy = entry?.remedy ?? 'a longer grace period';
  if (said) {
    if (said.value === undefined) return undefined;
    return { seconds: said.value, said: said.place, remedy, isUnchecked: false };
  }
  if (!entry || descriptor.unread.length > 0) return undefined;
  return { seconds: entry.seconds, remedy, isUnchecked: entry.source.startsWith('unchecked:') };
}

interface Pause {
  readonly seconds: number;
  readonly place: Place;
}

/** `sleep 15` in front of the signal. */
function pauseOf({ workload }: Deployed): Pause | undefined {
  for (const { at, steps, place } of workload.commands) {
    if (at !== 'before-stop') continue;
    const slept = steps.flatMap(({ words }) => {
      const found = words[0]?.endsWith('sleep') ? /^(\d+(?:\.\d+)?)(s|m)?$/.exec(words[1] ?? '') : null;
      return found ? [Number(found[1]) * (found[2] === 'm' ? 60 : 1)] : [];
    });
    if (slept.length > 0) return { seconds: slept.reduce((sum, one) => sum + one, 0), place };
  }
  return undefined;
}

const TIMERS = new ApiTable([{ patterns: ['{global,timers/promises}:setTimeout'], entry: true }]);

/** Limits that the code sets to its own stop, and pauses in it. */
function waitsOf(program: Program): readonly Wait[] {
  const found: Wait[] = [];
  for (const { call, entry } of matches(program, drains)) {
    const given = call.fact.args[entry.options];
    const value =
      given &&
      (entry.path === undefined ? knownNumber(program, call, given) : knownOption(program, call, given, entry.path));
    const isGiven = given !== undefined && (entry.path === undefined || hasOption(program, call, given, entry.path));
    const seconds = isGiven ? (value === undefined ? undefined : value / 1000) : entry.seconds;
    const words = `\`${program.text(call.unit, call.fact.callee)}(…)\``;
    if (seconds !== undefined) found.push({ call, seconds, words });
  }
  for (const { call } of callsKnown(program, TIMERS)) {
    if (!isAtStop(program, call.fn)) continue;
    const promised = program.apis(call).includes('timers/promises:setTimeout');
    const delay = call.fact.args[promised ? 0 : 1];
    const value = delay && knownNumber(program, call, delay);
    if (value === undefined || value < 1000) continue;
    const words = endsProcess(program, call) ? 'its own limit of' : 'a pause of';
    found.push({ call, seconds: value / 1000, words });
  }
  return found;
}

/** It runs when the process is told to stop, and at no other time. */
function isAtStop(program: Program, fn: Fn): boolean {
  const phases = program.reaches(fn).map(({ phase }) => phase);
  return phases.length > 0 && phases.every((phase) => phase === 'shutdown');
}

function endsProcess(program: Program, call: Call): boolean {
  return call.fact.args
    .slice(0, 1)
    .flatMap((arg) => program.functions(call.unit, arg))
    .some((fn) =>
      program
        .callsIn(fn)
        .some((one) => program.apis(one).some((api) => /^(?:global:process\.|process:)exit$/.test(api))),
    );
}

function knownNumber(program: Program, call: Call, expr: Call['fact']['args'][number]): number | undefined {
  const value = program.known(call.unit, expr)?.value;
  return typeof value === 'number' ? value : undefined;
}

function hasOption(program: Program, call: Call, expr: Call['fact']['args'][number], path: string): boolean {
  return program.property(call.unit, expr, path.split('.')).some(({ value }) => value.kind !== 'undefined');
}

function knownOption(
  program: Program,
  call: Call,
  expr: Call['fact']['args'][number],
  path: string,
): number | undefined {
  const values = program.property(call.unit, expr, path.split('.')).map(({ value }) => value);
  const [only] = values;
  return values.length === 1 && only?.kind === 'literal' && typeof only.value === 'number' ? only.value : undefined;
}

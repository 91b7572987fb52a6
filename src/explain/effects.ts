import type { EffectWord } from '../model/explanation.js';
import type { Evidence } from '../model/finding.js';
import type { Call, Effect, Fn, Program } from '../model/program.js';
import { remark } from './remark.js';
import type { Subject } from './subject.js';

const MOST_CALLS = 3;
const MOST_EFFECTS = 4;

/** What the calls of the line and the function around them do outside the process. */
export function effectsOf({ program, functions, calls, handed, line }: Subject): EffectWord[] {
  const ofCalls = calls.flatMap((call) => ofCall(program, call)).slice(0, MOST_CALLS);
  const fn = functions.at(-1);
  const ofHanded = handed.filter((one) => one !== fn).map((one) => ofFunction(program, one));
  // What a file's top does is told by its calls; the whole of it says little about one line.
  const ofFn = fn && (fn.id !== 0 || (calls.length === 0 && line === 1)) ? [ofFunction(program, fn)] : [];
  return [...ofCalls, ...ofHanded, ...ofFn];
}

function ofCall(program: Program, call: Call): EffectWord[] {
  const of = `the call \`${program.text(call.unit, call.fact.callee)}\``;
  const own = program.effect(call);
  if (own) return [word(program, of, [own], [], false)];
  const callees = program.callees(call);
  if (callees.length === 0) return [];
  const found = callees.map((fn) => program.effects(fn));
  return [
    word(
      program,
      of,
      found.flatMap(({ effects }) => effects),
      found.flatMap(({ unresolved }) => unresolved),
      found.some(({ unknown }) => unknown),
    ),
  ];
}

function ofFunction(program: Program, fn: Fn): EffectWord {
  const { effects, unresolved, unknown } = program.effects(fn);
  return word(program, `\`${fn.name}\``, effects, unresolved, unknown);
}

function word(
  program: Program,
  of: string,
  effects: readonly Effect[],
  unresolved: readonly Call[],
  unknown: boolean,
): EffectWord {
  const verdict = effects.some(({ writes }) => writes)
    ? 'reaches'
    : unknown
      ? 'unknown'
      : effects.length > 0
        ? 'only-reads'
        : 'own-process';
  return {
    of,
    verdict,
    effects: effects.slice(0, MOST_EFFECTS).map(({ label, writes, confidence, path }) => ({
      label,
      writes,
      confidence,
      path: steps(path, label),
    })),
    unresolved: unresolved.map((call) => ({
      file: call.unit.file,
      span: call.fact.span,
      note: `nothing is known of what \`${program.text(call.unit, call.fact.callee)}\` does`,
    })),
  };
}

/** The last step is the effect itself, told by its label already. */
function steps(path: readonly Evidence[], label: string) {
  return path.map((step) => remark(step.note === label ? { ...step, note: 'here' } : step));
}

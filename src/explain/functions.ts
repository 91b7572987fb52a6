import type { FunctionWord, PhaseWord } from '../model/explanation.js';
import type { Evidence } from '../model/finding.js';
import type { Fn, Phase, Program, Reach } from '../model/program.js';
import { remark } from './remark.js';
import type { Subject } from './subject.js';

const MOST_WAYS = 4;

/** When the functions around the line run. The module counts where the line is in no other function. */
export function functionsOf({ program, functions }: Subject): FunctionWord[] {
  const inner = functions.filter(({ id }) => id !== 0);
  const told = inner.length > 0 ? inner : functions;
  return told.map((fn) => functionWord(program, fn));
}

function functionWord(program: Program, fn: Fn): FunctionWord {
  const reaches = [...program.reaches(fn)].sort((a, b) => Number(a.weak) - Number(b.weak));
  return {
    name: fn.name,
    place: { file: fn.unit.file, span: fn.fact.nameSpan },
    isModule: fn.id === 0,
    phases: reaches.slice(0, MOST_WAYS).map(phaseWord),
    more: Math.max(0, reaches.length - MOST_WAYS),
  };
}

const PHASE_WORDS: Record<Phase, string> = {
  boot: 'while the process starts',
  request: 'for a request',
  socket: 'for a connected client',
  job: 'on a schedule',
  consumer: 'for a message of a queue',
  shutdown: 'while the process ends',
  event: 'at an event',
  script: 'in a script',
  test: 'in a test',
};

function phaseWord({ phase, label, weak, path, everyInstance }: Reach): PhaseWord {
  return {
    phase,
    words: PHASE_WORDS[phase],
    label: isSaid(phase, label) ? '' : label,
    guessed: weak,
    everyInstance: everyInstance === true,
    path: path.map((step) => remark(isLoading(phase, step) ? { ...step, note: 'the file is loaded' } : step)),
  };
}

/** What runs because its file does has the beginning of the file for a place. */
function isLoading(phase: Phase, { span }: Evidence): boolean {
  return (phase === 'boot' || phase === 'script' || phase === 'test') && span[0] === 1 && span[3] === 1;
}

/** The phase in other words. */
function isSaid(phase: Phase, label: string): boolean {
  return label === { boot: 'the start of the process', script: 'a script', test: 'a test' }[phase as string];
}

/** "POST /login", "while the process starts": what brings a function about, in few words. */
export function shortWays(program: Program, fn: Fn): string[] {
  const words = program
    .reaches(fn)
    .map(({ phase, label, weak }) => (isSaid(phase, label) ? PHASE_WORDS[phase] : label) + (weak ? ' (guessed)' : ''));
  return [...new Set(words)].slice(0, MOST_WAYS);
}

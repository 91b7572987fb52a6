import type { ConditionsWord, GuardWord } from '../model/explanation.js';
import type { AccessFact } from '../model/facts.js';
import type { Condition, Guard, Program } from '../model/program.js';
import type { Subject } from './subject.js';

const MOST_TESTS = 6;

const GUARD_WORDS: Record<Guard['kind'], string> = {
  lock: 'a lock',
  leader: 'a leader election',
  'instance-index': 'the number of the instance',
  'role-switch': 'a role that is given to a process',
  claim: 'a claim in the database',
  'shared-scheduler': 'a scheduler that all instances share',
  'worker-process': 'a process of its own',
  declared: 'declared in the configuration',
};

/** What makes the line happen on one instance only: around its calls, and around what registers the functions around it. */
export function guardsOf({ program, calls, functions, handed }: Subject): GuardWord[] {
  const found = [
    ...calls.flatMap((call) => program.guards(call, [...program.callees(call), ...handed])),
    ...functions.flatMap((fn) => program.registrations(fn).flatMap((call) => program.guards(call, [fn]))),
  ];
  const words = found.map(({ kind, label, place }) => ({ ...place, kind: GUARD_WORDS[kind], label }));
  return [...new Map(words.map((guard) => [JSON.stringify(guard), guard])).values()];
}

/** What must hold on the way to the line, and what that means for an operator. */
export function conditionsOf(subject: Subject): ConditionsWord | undefined {
  const found = tests(subject);
  if (found.length === 0) return undefined;
  const { program } = subject;
  const { when, developmentOnly, words } = program.setting(found);
  const remarks = found.map((condition) => ({
    file: condition.unit.file,
    span: condition.fact.span,
    note: testWords(program, condition),
  }));
  const unique = [...new Map(remarks.map((remark) => [JSON.stringify(remark), remark])).values()];
  return {
    when,
    developmentOnly,
    ...(words === undefined ? {} : { words }),
    tests: unique.slice(0, MOST_TESTS),
    more: Math.max(0, unique.length - MOST_TESTS),
  };
}

function tests({ program, unit, calls, accesses, functions, line }: Subject): readonly Condition[] {
  const fn = functions.at(-1);
  if (!fn) return [];
  const reaches = program.reaches(fn);
  const phase = (reaches.find((reach) => reach.phase === 'boot') ?? reaches[0])?.phase;
  const site = calls[0]?.fact ?? accesses[0] ?? nothingAt(fn.id, line);
  return program.conditions({ unit, fn: program.fn(unit, site.fn), fact: site }, phase);
}

/** A line without calls and accesses is under the conditions of its function. */
function nothingAt(fn: number, line: number): AccessFact {
  return { op: 'read', target: { k: 'undefined' }, fn, when: [], span: [line, 1, line, 1] };
}

function testWords(program: Program, { unit, fact }: Condition): string {
  const text = `\`${program.text(unit, fact.test)}\``;
  switch (fact.kind) {
    case 'catch':
      return 'only after something failed';
    case 'loop':
      return `in a loop over or while ${text}`;
    case 'exit':
      return `left before ${fact.sense ? 'unless' : 'if'} ${text}`;
    default:
      return `${fact.sense ? 'only if' : 'unless'} ${text}`;
  }
}

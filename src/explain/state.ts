import type { AccessWord, Remark, StateWord } from '../model/explanation.js';
import type { Program, StateAccess, StateCell, StateKind, StateShape } from '../model/program.js';
import type { Place } from '../model/span.js';
import { shortWays } from './functions.js';
import type { Subject, Touched } from './subject.js';

const MOST_ACCESSES = 6;

/** The state that the line declares, writes or reads, with all that is known of it. */
export function stateOf(subject: Subject): StateWord[] {
  return subject.state.map((touched) => stateWord(subject, touched));
}

function stateWord({ program, unit, line }: Subject, { cell, how }: Touched): StateWord {
  const accesses = (list: readonly StateAccess[]) => {
    const words = list.map((access) => accessWord(program, access, unit.file, line));
    // What the line itself does comes first, then what is known to run.
    return words
      .sort((a, b) => Number(b.here) - Number(a.here) || Number(b.phases.length > 0) - Number(a.phases.length > 0))
      .slice(0, MOST_ACCESSES);
  };
  return {
    ...cell.place,
    name: cell.name,
    how,
    kind: KINDS[cell.kind],
    shape: cell.shape,
    meaning: MEANINGS[cell.shape] ?? '',
    ...(cell.holder ? { holder: holder(cell, cell.holder) } : {}),
    writes: accesses(cell.writes),
    reads: accesses(cell.reads),
    moreWrites: Math.max(0, cell.writes.length - MOST_ACCESSES),
    moreReads: Math.max(0, cell.reads.length - MOST_ACCESSES),
  };
}

function holder(cell: StateCell, place: Place): Remark {
  return { ...place, note: `makes the one \`${cell.cls?.fact.name ?? 'object'}\` of the process` };
}

const DOES: Record<StateAccess['op'], string> = {
  assign: 'sets it',
  insert: 'adds to it',
  remove: 'removes from it',
  clear: 'empties it',
  update: 'changes it',
  read: 'reads it',
  lookup: 'looks something up in it',
};

function accessWord(program: Program, access: StateAccess, file: string, line: number): AccessWord {
  return {
    ...access.place,
    does: DOES[access.op],
    fn: access.fn.name,
    isModule: access.fn.id === 0,
    phases: shortWays(program, access.fn),
    here: access.place.file === file && access.place.span[0] === line,
  };
}

const KINDS: Record<StateKind, string> = {
  module: 'a module variable',
  closure: 'a variable that outlives the function around it',
  field: 'a field of an object that the process has once',
  static: 'a static field',
  global: 'a global',
  'app-locals': 'a property of the application object',
  environment: 'an environment variable of this process',
};

/** What a shape says of the state, as told from its writes and reads. */
const MEANINGS: Partial<Record<StateShape, string>> = {
  handle: 'made once when first needed and kept: a connection, a client, a timer',
  registry: 'filled while the process starts, and only read afterwards',
  'single-flight': 'work under way, taken out again when it ends',
  cache: 'a copy of what is kept elsewhere, looked up before it is made anew',
  'token-store': 'tokens or codes that one request hands out and a later one checks',
  'session-store': 'sessions, by which a later request knows its user',
  limiter: 'how often somebody did something, to refuse the next time',
  lock: 'a mark that work is going on, looked at before it starts again',
  queue: 'work that waits here until somebody takes it out',
  counter: 'a number that goes up, so that the next differs from the last',
  snapshot: 'one value that is replaced from time to time, and read in between',
  connections: 'the clients that are connected to this process',
  'task-handles': 'work that this process is doing, kept so that it can be stopped',
  progress: 'how far a piece of work is, for somebody to ask',
  metrics: 'only measured or logged',
  flag: 'a switch',
  current: 'kept beside one object of the process, and gone with it',
  map: 'entries under keys, put in here and looked up there',
  value: 'changed and read, with no purpose that could be told',
};

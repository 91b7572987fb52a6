import {
  ApiTable,
  type Call,
  callsAmong,
  type Condition,
  type Environment,
  type Expr,
  type InstanceIndexVariable,
  instanceIndexVariables,
  isSeveral,
  type Operation,
  type Place,
  type Program,
  roleSwitchVariables,
  runWith,
  schedulers,
  type Unit,
} from '../../src/api/index.js';
import type { Weak } from './weak.js';

/*
 * What production makes of the tests by which one instance is to be picked: a variable that its platform never sets, or that is set
 * to the same value for every instance.
 */

const SCHEDULES = new ApiTable(
  schedulers.filter(({ locks }) => !locks).map((entry) => ({ patterns: [entry.api], entry })),
);
const INDEXES = new Map(instanceIndexVariables.map((entry) => [entry.name, entry]));
const SWITCHES = new Set(roleSwitchVariables);

/** Variables that are asked for and that no platform here gives. */
export function absentIndex(program: Program, unit: Unit, name: string): readonly Operation[] {
  const entry = INDEXES.get(name);
  const operations = program.operationsOf({ file: unit.file, span: [1, 1, 1, 1] });
  if (!entry?.setBy || operations.length === 0) return [];
  return operations.every((operation) => isAbsent(operation, entry)) ? operations : [];
}

function isAbsent({ deployed, environment }: Operation, { name, setBy = [] }: InstanceIndexVariable): boolean {
  if (!deployed || environment[name]) return false;
  const { descriptor, workload, image, runs } = deployed;
  // A file of variables that is not read can hold it, and so can what was left unread.
  if (workload.environmentFrom.length > 0 || descriptor.unread.length > 0 || image?.environment[name]) return false;
  if (setBy.includes(descriptor.kind)) return false;
  // What a container starts can set it as well: `pm2-runtime`, `node_modules/.bin/pm2`.
  const starters = runs.flatMap(({ step }) => step.words.map((word) => word.split('/').at(-1)?.split('-')[0] ?? ''));
  return !starters.some((name) => setBy.some((kind) => kind === name));
}

/** A variable that says who does the jobs, given to every instance alike. */
export function sharedRoles(program: Program): Weak[] {
  const found: Weak[] = [];
  const seen = new Set<string>();
  for (const operation of program.operations) {
    const several = severalOf(operation);
    if (!several) continue;
    const names = Object.keys(operation.environment).filter((name) => INDEXES.has(name) || SWITCHES.has(name));
    const units = new Set(operation.processes.flatMap((process) => [...process.units]));
    for (const name of names) {
      const given = operation.environment[name];
      if (!given || given.value === undefined) continue;
      const under = pickedBy(program, units, name, operation.environment);
      const key = `${given.place.file}:${given.place.span[0]}`;
      if (!under || seen.has(key)) continue;
      seen.add(key);
      found.push(weakOf(operation.name, several, { name, value: given.value, place: given.place }, under));
    }
  }
  return found;
}

export interface Several {
  readonly words: string;
  readonly place: Place;
}

/** Several containers, machines or processes of it are asked for; what it forks itself is another matter. */
export function severalOf({ deployed, instances }: Operation): Several | undefined {
  const asked = deployed?.workload.instances;
  if (deployed && asked && isSeveral(deployed.workload))
    return {
      words:
        asked.value?.max === asked.value?.min && asked.value
          ? `runs ${asked.value.min} instances`
          : 'runs several instances',
      place: asked.place,
    };
  const isSaid = instances && instances.value.min > 1 && !instances.words.startsWith('starts');
  return isSaid && instances.place ? { words: instances.words, place: instances.place } : undefined;
}

function weakOf(
  workload: string,
  several: Several,
  given: { readonly name: string; readonly value: string; readonly place: Place },
  { call, condition }: Picked,
): Weak {
  return {
    call,
    place: given.place,
    message: `\`${given.name}\` is \`${given.value}\` for every instance of \`${workload}\`, which ${several.words}: the schedule that it is to keep to one of them runs on all.`,
    hint: `Give \`${given.name}\` to a workload of its own that runs once, and not to \`${workload}\`; or take a lock that all instances see around the job.`,
    confidence: 'high',
    more: [
      {
        role: 'condition',
        file: condition.unit.file,
        span: condition.fact.span,
        note: `\`${given.name}\` decides here`,
      },
      { role: 'started', ...several.place, note: `\`${workload}\` ${several.words}` },
    ],
  };
}

interface Picked {
  readonly call: Call;
  readonly condition: Condition;
}

/** A schedule under a test of the variable that holds with what is set. */
function pickedBy(
  program: Program,
  units: ReadonlySet<Unit>,
  name: string,
  environment: Environment,
): Picked | undefined {
  for (const unit of units) {
    if (unit.vendored) continue;
    for (const [id, fact] of unit.facts.conditions.entries()) {
      const holds = truth(program, unit, fact.test, name, environment);
      if (holds === undefined || holds !== fact.sense) continue;
      const call = callsAmong(program, [unit]).find((one) => one.fact.when.includes(id) && isSchedule(program, one));
      if (call) return { call, condition: { unit, fact } };
    }
  }
  return undefined;
}

/** Makes a schedule, itself or by what it calls. */
function isSchedule(program: Program, call: Call): boolean {
  const isOne = (one: Call) =>
    program.apis(one).some((api) => SCHEDULES.first(api) !== undefined && !/setTimeout$/.test(api));
  if (isOne(call)) return true;
  return program
    .callees(call)
    .some((fn) => [...runWith(program, fn, 2)].some((each) => program.callsIn(each).some(isOne)));
}

/** What a test of this variable says with these values; nothing where something else has a part in it. */
function truth(program: Program, unit: Unit, test: Expr, name: string, environment: Environment): boolean | undefined {
  if (test.k === 'unary' && test.op === '!') {
    const inner = truth(program, unit, test.of, name, environment);
    return inner === undefined ? undefined : !inner;
  }
  if (test.k === 'binary' && /^[=!]==?$/.test(test.op)) {
    for (const [side, other] of [
      [test.left, test.right],
      [test.right, test.left],
    ] as const) {
      if (!isVariable(program, unit, side, name) || other.k !== 'lit') continue;
      const value = environment[name]?.value;
      const isEqual = test.op.length === 3 ? value === other.v : String(value) === String(other.v);
      return test.op.startsWith('!') ? !isEqual : isEqual;
    }
    return undefined;
  }
  return isVariable(program, unit, test, name) ? Boolean(environment[name]?.value) : undefined;
}

function isVariable(program: Program, unit: Unit, expr: Expr, name: string): boolean {
  const values = program.values(unit, expr);
  return values.length === 1 && values[0]?.value.kind === 'external' && values[0].value.api === `env:${name}`;
}

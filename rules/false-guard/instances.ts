import {
  ApiTable,
  type Call,
  callsAmong,
  type Condition,
  type Expr,
  instanceIndexVariables,
  isShared,
  onHostItself,
  type Operation,
  type Place,
  type Program,
  type RuleContext,
  schedulers,
  type Unit,
} from '../../src/api/index.js';
import { absentIndex, severalOf } from './production.js';
import type { Weak } from './weak.js';

const SCHEDULES = new ApiTable(schedulers.map((entry) => ({ patterns: [entry.api], entry })));
const VARIABLES = new Map(instanceIndexVariables.map((entry) => [`env:${entry.name}`, entry]));
const ONE_PER_HOST = /^cluster:(?:isPrimary|isMaster|worker\.id)$/;

/** Tests that are to pick one instance, and pick none, all, or one of each host. */
export function instanceTests(context: RuleContext): Weak[] {
  const { program } = context;
  const found: Weak[] = [];
  for (const unit of program.units) {
    if (unit.vendored || !(unit.roles.has('server') || unit.roles.has('worker'))) continue;
    unit.facts.conditions.forEach((fact, id) => {
      const told = kindOf(program, unit, fact.test);
      if (!told) return;
      // In order, unless production says otherwise.
      if (told.kind === 'index' && absentIndex(program, unit, told.name).length === 0) return;
      const call = guarded(program, unit, id);
      if (!call || found.some(({ place }) => place?.span[0] === fact.span[0] && place.file === unit.file)) return;
      const place = { file: unit.file, span: fact.span };
      const missing = told.kind === 'number' ? [] : absentIndex(program, unit, told.name);
      const [first] = missing;
      if (first) {
        found.push({ call, place, ...absentWords(program, unit, fact, told.name, first) });
        return;
      }
      const operations = told.kind === 'host' ? program.operationsOf(place) : [];
      if (operations.length > 0 && operations.every((one) => isOneHost(one))) {
        context.safe({ ...place, reason: 'production runs on one host, as far as its descriptors say' });
        return;
      }
      found.push({ call, place, ...wordsOf(told, fact), ...severalHosts(told, operations) });
    });
  }
  return found;
}

interface Told {
  readonly kind: 'number' | 'unset' | 'host' | 'index';
  readonly name: string;
  readonly is: string;
}

function kindOf(program: Program, unit: Unit, test: Expr): Told | undefined {
  if (test.k === 'logic') return kindOf(program, unit, test.left) ?? kindOf(program, unit, test.right);
  if (test.k === 'binary' && /^[=!]==?$/.test(test.op)) {
    for (const [side, other] of [
      [test.left, test.right],
      [test.right, test.left],
    ] as const) {
      const name = variable(program, unit, side);
      if (name && other.k === 'lit' && typeof other.v === 'number' && test.op.length === 3)
        return { kind: 'number', name, is: `${test.op} ${other.v}` };
      if (name && VARIABLES.get(`env:${name}`)?.perHost) return { kind: 'host', name, is: '' };
      if (name && other.k === 'lit') return { kind: 'index', name, is: '' };
      if (isOnePerHost(program, unit, side)) return { kind: 'host', name: program.text(unit, side), is: '' };
    }
    return undefined;
  }
  if (test.k === 'unary' && test.op === '!') {
    const name = variable(program, unit, test.of);
    const entry = name ? VARIABLES.get(`env:${name}`) : undefined;
    // Of the others every value is a text as well, but no number counts from 0.
    if (name && entry && /INDEX|INSTANCE$|pm_id|^INSTANCE_NUMBER$/.test(name)) return { kind: 'unset', name, is: '' };
    return kindOf(program, unit, test.of);
  }
  return isOnePerHost(program, unit, test) ? { kind: 'host', name: program.text(unit, test), is: '' } : undefined;
}

function variable(program: Program, unit: Unit, expr: Expr): string | undefined {
  for (const { value } of program.values(unit, expr))
    if (value.kind === 'external' && VARIABLES.has(value.api)) return value.api.slice('env:'.length);
  return undefined;
}

function isOnePerHost(program: Program, unit: Unit, expr: Expr): boolean {
  return program.values(unit, expr).some(({ value }) => value.kind === 'external' && ONE_PER_HOST.test(value.api));
}

/** Something under the test that only one instance should do. */
function guarded(program: Program, unit: Unit, id: number): Call | undefined {
  return callsAmong(program, [unit]).find(
    (call) =>
      call.fact.when.includes(id) &&
      (program.apis(call).some((api) => SCHEDULES.first(api) !== undefined && !/setTimeout$/.test(api)) ||
        [program.effect(call)].some((effect) => effect !== undefined && isShared(effect)) ||
        program.callees(call).some((fn) => program.effects(fn).effects.some(isShared))),
  );
}

function wordsOf({ kind, name, is }: Told, { sense }: Condition['fact']): Omit<Weak, 'call' | 'place'> {
  if (kind === 'number')
    return {
      message: `\`${name} ${is}\` compares a text with a number, so it is never equal: what it should keep to one instance runs on ${is.startsWith('!') === sense ? 'all of them' : 'none'}.`,
      hint: `Compare it with a text, \`${name} === '0'\`, or make it a number first.`,
      confidence: 'high',
    };
  if (kind === 'unset')
    return {
      message: `\`!${name}\` is true only where the variable is not set at all: \`'0'\`, the first instance, is a text and counts as true.`,
      hint: `Ask for the first instance: \`${name} === '0'\`.`,
      confidence: 'medium',
      doubts: ['it may be meant to ask whether the platform sets the variable at all'],
    };
  return {
    message: `\`${name}\` picks one process of each host, not one of all: on two hosts, or in two containers, it happens twice.`,
    hint: 'Take a lock that all instances see, or use the instance index of a platform that counts over all hosts (`CF_INSTANCE_INDEX`).',
    severity: 'info',
    // On a single host it does what it should.
    confidence: 'low',
    doubts: ['how many hosts or containers there are is not known'],
  };
}

/** What a host counts for itself is in order where there is but one: all processes of pm2, or one instance with its workers. */
function isOneHost({ deployed, instances }: Operation): boolean {
  if (!deployed) return false;
  if (onHostItself.includes(deployed.descriptor.kind)) return true;
  return instances?.value.max === 1 && instances.place !== undefined;
}

/** Production runs it in several containers, each of which counts from the start. */
function severalHosts({ kind, name }: Told, operations: readonly Operation[]): Partial<Weak> {
  const [first] = (kind === 'host' ? operations.filter(isContained) : []).flatMap((one) => {
    const several = severalOf(one);
    return several ? [{ ...several, name: one.name }] : [];
  });
  if (!first) return {};
  return {
    message: `\`${name}\` picks one process of each container, and \`${first.name}\` ${first.words}: it happens in each of them.`,
    severity: 'warning',
    confidence: 'high',
    doubts: [],
    more: [{ role: 'started', ...first.place, note: `\`${first.name}\` ${first.words}` }],
  };
}

function isContained({ deployed }: Operation): boolean {
  return deployed !== undefined && !onHostItself.includes(deployed.descriptor.kind);
}

/** The variable is not there: the test says the same on every instance. */
function absentWords(
  program: Program,
  unit: Unit,
  { test, sense }: Condition['fact'],
  name: string,
  { name: workload, deployed }: Operation,
): Omit<Weak, 'call' | 'place'> {
  const platform = VARIABLES.get(`env:${name}`)?.platform ?? 'another platform';
  const known = program.known(unit, test);
  const where =
    known === undefined ? 'on all of them or on none' : Boolean(known.value) === sense ? 'on all of them' : 'on none';
  const place: Place | undefined = deployed?.workload.place;
  return {
    message: `\`${name}\` is set by ${platform}, and \`${workload}\` runs elsewhere, where nothing sets it: what it should keep to one instance runs ${where}.`,
    hint: 'Take a lock that all instances see around the job, or run it as a scheduled job of the platform; a guard that asks for the platform holds on that platform only.',
    confidence: 'medium',
    doubts: ['it may run on that platform as well, without a descriptor here'],
    ...(place ? { more: [{ role: 'started', ...place, note: `\`${workload}\` is described here` }] } : {}),
  };
}

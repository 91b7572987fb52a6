import { rules } from '../rules/index.js';
import type { Program } from '../src/model/program.js';
import { programOf, type Sources } from './in-memory.js';

/* Programs as generators write them, and the questions that rules would ask of each. */

export const MANIFEST = { scripts: { start: 'node server.js' }, dependencies: { express: '4' } };
export const HEAD = "const express = require('express');\nconst app = express();\n";

/** Links a server and asks of it what rules ask: of some functions and calls, since rules ask each question of a few places. */
export async function asked(sources: Sources | string): Promise<Program> {
  const program = await programOf(
    typeof sources === 'string'
      ? { 'package.json': MANIFEST, 'server.js': sources }
      : { 'package.json': MANIFEST, ...sources },
  );
  const fns = program.units.flatMap((unit) => unit.facts.functions.map((_, id) => program.fn(unit, id)));
  for (const fn of some(fns)) {
    program.reaches(fn);
    program.effects(fn);
  }
  for (const call of some(program.calls)) {
    program.callees(call);
    program.effect(call);
    program.setting(program.conditions(call));
    program.text(call.unit, call.fact.callee);
    for (const arg of call.fact.args) program.values(call.unit, arg);
  }
  for (const call of program.calls.slice(-10)) program.guards(call);
  for (const rule of rules) rule.check({ program, report() {}, safe() {} });
  return program;
}

/** The first and the last, and some between. */
function some<T>(list: readonly T[]): T[] {
  const step = Math.max(1, Math.floor(list.length / 60));
  return list.filter((_, index) => index < 20 || index >= list.length - 20 || index % step === 0);
}

export const times = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => line(index));

/** Of this process, so that a busy machine does not make the test fail. */
export function cpuSeconds(): number {
  return process.cpuUsage().user / 1e6;
}

import type { Timings } from '../model/report.js';
import type { Stopwatch } from '../model/timings.js';
import { type Io, print } from './io.js';

/** Keeps account of where the time went. */
export class Clock implements Stopwatch {
  private readonly began: number;
  private readonly stages = new Map<string, number>();
  private readonly rules = new Map<string, number>();

  constructor(readonly now: () => number) {
    this.began = now();
  }

  took(stage: string, milliseconds: number, rule?: true): void {
    const list = rule ? this.rules : this.stages;
    list.set(stage, (list.get(stage) ?? 0) + milliseconds);
  }

  async during<T>(stage: string, work: () => Promise<T>): Promise<T> {
    const began = this.now();
    const result = await work();
    this.took(stage, this.now() - began);
    return result;
  }

  get timings(): Timings {
    const rows = (list: ReadonlyMap<string, number>) =>
      Object.fromEntries([...list].map(([name, time]) => [name, Math.round(time * 10) / 10]));
    return {
      total: Math.round((this.now() - this.began) * 10) / 10,
      stages: rows(this.stages),
      rules: rows(this.rules),
    };
  }
}

/** A table on stderr, which leaves the report as it is: stages in their order, rules with the slowest first. */
export function printTimings({ total, stages, rules }: Timings, io: Io): Promise<void> {
  const slowest = Object.entries(rules).sort(([, a], [, b]) => b - a);
  const all = slowest.reduce((sum, [, time]) => sum + time, 0);
  const rows: [string, number][] = [
    ...Object.entries(stages),
    ['rules', all],
    ...slowest.map(([rule, time]): [string, number] => [`  ${rule}`, time]),
    ['total', total],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  const line = ([name, time]: [string, number]) => `${name.padEnd(width)} ${time.toFixed(1).padStart(10)} ms`;
  return print(io.stderr, `${rows.map(line).join('\n')}\n`);
}

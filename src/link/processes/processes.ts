import type { Process, Role, Unit } from '../../model/program.js';
import type { Entry } from './entries.js';
import { reached } from './roles.js';
import { add, type Linked, type Tables } from '../tables.js';

/*
 * Processes as values: what begins together shares its memory, and nothing else does. Tests, builds and pages are no processes
 * of an application.
 */

const SERVING: readonly Role[] = ['server', 'worker'];
/** More than this many are no longer looked at one by one; whoever asks is told that files may share. */
const MOST = 400;

export class Processes {
  readonly all: readonly Process[];
  private readonly byUnit = new Map<Unit, Process[]>();

  constructor(tables: Tables, entries: readonly Entry[]) {
    const groups = new Map<string, { entry: Entry; units: Set<Linked> }>();
    for (const entry of entries) {
      if (entry.role !== 'server' && entry.role !== 'worker' && entry.role !== 'script') continue;
      const key = `${entry.role} ${entry.application} ${entry.name}`;
      const group = groups.get(key) ?? { entry, units: new Set() };
      group.units.add(entry.unit);
      groups.set(key, group);
    }
    const found: (Process & { name: string })[] = [];
    const known = new Map<string, Process & { name: string }>();
    const make = (name: string, role: Role, application: string, from: readonly Linked[]): void => {
      const key = `${role} ${from.map(({ file }) => file).join(' ')}`;
      const same = known.get(key);
      // The same files started in another way are the same process, and production's way gives it its name.
      if (same && isForDevelopment(same.name) && !isForDevelopment(name)) same.name = name;
      if (same || found.length >= MOST) return;
      const units = reached(tables, from, role, 'not');
      const process = { name, role, application, entry: from[0] as Linked, units };
      known.set(key, process);
      found.push(process);
      // What it starts is a process of its own, as often as this one is there.
      for (const unit of units)
        for (const started of tables.loads(unit as Linked).started)
          make(`${started.file}, started by ${unit.file}`, role, application, [started]);
    };
    for (const { entry, units } of groups.values()) make(entry.name, entry.role, entry.application, [...units]);
    this.all = found;
    for (const process of found) for (const unit of process.units) add(this.byUnit, unit, process);
  }

  of(unit: Unit): readonly Process[] {
    return this.byUnit.get(unit) ?? [];
  }

  /** Whether some process that serves holds both files; of files that no process is known of, that cannot be denied. */
  shared(a: Unit, b: Unit): boolean {
    if (a === b || this.all.length >= MOST) return true;
    const [first, second] = [this.of(a), this.of(b)];
    if (!first.length || !second.length) return true;
    return first.some((process) => SERVING.includes(process.role) && process.units.has(b));
  }
}

/** By its script's name: `npm run dev of apps/api`. Only what a script is called counts, not the folder it stands in. */
function isForDevelopment(name: string): boolean {
  return /^npm run \S*\b(dev|develop|development|watch|debug|local)\b/i.test(name);
}

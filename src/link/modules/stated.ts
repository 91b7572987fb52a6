import type { Descriptor, Environment } from '../../model/deployment.js';

/** Beside a file, or above: `../stores/memory`. What is no path of a module is of no interest here. */
const BESIDE = /^\.{1,2}\/[\w./-]+$/;

/** The modules that descriptors name in variables, by the variable: which driver is loaded, `STORE: '../stores/mongo'`. */
export function modulesStated(descriptors: readonly Descriptor[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, Set<string>>();
  const note = (environment: Environment) => {
    for (const [name, { value }] of Object.entries(environment)) {
      if (value === undefined || !BESIDE.test(value)) continue;
      const known = found.get(name);
      if (known) known.add(value);
      else found.set(name, new Set([value]));
    }
  };
  for (const { environment, workloads } of descriptors) {
    note(environment);
    for (const workload of workloads) note(workload.environment);
  }
  return new Map([...found].map(([name, values]) => [name, [...values].sort()]));
}

import type { Descriptor } from '../../model/deployment.js';
import type { Tables } from '../tables.js';
import { startedBy } from './commands.js';
import { Workloads, unwrapped } from './workloads.js';

/*
 * What a container runs on the way to its server: `node prepare.js && node server.js`, in its command or in the script that is
 * its entry point. Every instance runs it whenever it starts, as a process of its own.
 */

/** Files of one workload in the order in which they are begun, whatever is set: the last begins its server, if any does. */
export function begunInTurn(tables: Tables, descriptors: readonly Descriptor[]): readonly (readonly string[])[] {
  return new Workloads(tables, [], descriptors).all.flatMap(({ descriptor, workload, runs }) => {
    const { kind, purpose, workloads } = descriptor;
    if (purpose === 'development' || purpose === 'test' || workload.owns === false) return [];
    if (workload.does === 'cron' || workload.does === 'migration' || workload.does === 'release') return [];
    // A stage that is not the last is built for what names it, and looked at there.
    if (kind === 'dockerfile' && workload !== workloads.at(-1)) return [];
    const files = runs.flatMap(({ at, step, tests, folder }) => {
      if (at !== 'start' || step.background || tests.length > 0) return [];
      return startedBy(unwrapped(step.words)).flatMap((started) => {
        const file = started.kind === 'file' ? tables.modules.started(folder, started.path) : undefined;
        return file === undefined ? [] : [file];
      });
    });
    return files.length > 1 ? [files] : [];
  });
}

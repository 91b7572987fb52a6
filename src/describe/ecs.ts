import { pick, pickEntry, serviceOf, taskWorkloads } from './containers.js';
import { jsonOf } from './platforms.js';
import { purposeOf } from './purpose.js';
import { type Describer, workload } from './source.js';
import { textOf } from '../parse/tree.js';

/** A task definition, or the input of the command that makes or updates a service. */
export const describeEcs: Describer = (source, around) => {
  const root = jsonOf(source);
  const task = pick(root, 'taskDefinition');
  const whole = task?.kind === 'map' ? task : root;
  const containers = pick(whole, 'containerDefinitions');
  if (!root || !whole) return purposeOf(source.file, []);
  const service = serviceOf(source, root);
  const tasks = taskWorkloads(source, around, whole, containers);
  const named = pickEntry(root, 'serviceName') ?? pickEntry(root, 'service');
  const isService = pick(root, 'desiredCount') !== undefined || named !== undefined;
  const alone =
    tasks.length === 0 && isService
      ? [
          workload({
            name: textOf(named?.value) ?? 'service',
            place: named ? source.of(named.value) : source.of(root),
            as: 'service',
            owns: 'unknown',
            ownsWhy: 'its task is defined elsewhere',
            ...service,
          }),
        ]
      : [];
  const workloads = [...tasks.map((one) => ({ ...one, ...service })), ...alone];
  return { workloads, ...purposeOf(source.file, workloads, { platform: 'it is registered with ECS' }) };
};

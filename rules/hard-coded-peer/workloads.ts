import { isForUse, isSeveral, type Place, type Program } from '../../src/api/index.js';

/*
 * Hosts that are workloads of the descriptors. The name of a service leads to whichever instance is free; that of one pod, task
 * or container leads to this one, and is a fixed address like any other.
 */

export interface OneInstance {
  /** In words: "the first pod of `web`". */
  readonly what: string;
  readonly place: Place;
}

/** The instance that a host of an address means, where it is one of several, or cannot be more than one. */
export function instanceNamed(program: Program, host: string): OneInstance | undefined {
  const name = host.toLowerCase();
  for (const { descriptor, workload } of program.workloads) {
    if (!isForUse(descriptor) || workload.owns !== true) continue;
    const own = workload.name.toLowerCase().split('/')[0] ?? '';
    if (own === '') continue;
    // `web-0.web`, of a StatefulSet.
    if (workload.as === 'StatefulSet' && isNumbered(name.split('.')[0] ?? '', `${own}-`))
      return { what: `one pod of \`${own}\``, place: workload.place };
    // `shop-web-1`, as Compose calls its containers; `web.1` of a swarm.
    if (descriptor.kind === 'compose' && isSeveral(workload) && isContainer(name, own))
      return { what: `one container of \`${own}\``, place: workload.instances?.place ?? workload.place };
    const pin = workload.pins.find(({ kind, text }) => kind === 'container-name' && text.toLowerCase() === name);
    if (pin && name !== own) return { what: `the one container of \`${own}\` that is called so`, place: pin.place };
  }
  return undefined;
}

function isNumbered(name: string, front: string): boolean {
  return name.startsWith(front) && /^\d+$/.test(name.slice(front.length));
}

function isContainer(name: string, service: string): boolean {
  const at = Math.max(...['-', '_', '.'].map((mark) => name.lastIndexOf(mark)));
  const before = name.slice(0, Math.max(at, 0));
  if (!/^\d+$/.test(name.slice(at + 1)) || before.includes('.')) return false;
  return before === service || before.endsWith(`-${service}`) || before.endsWith(`_${service}`);
}

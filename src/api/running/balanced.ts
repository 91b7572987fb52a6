import {
  type BalancerIdle,
  balancerIdle,
  KEEP_ALIVE_NAME,
  KEEP_ALIVE_OF_CLIENTS,
  nodeKeepAlive,
  type ServerKeepAlive,
  serverKeepAlive,
} from '../../knowledge/deployment/keep-alive.js';
import { ApiTable } from '../../knowledge/api-table.js';
import type { Balancer } from '../../model/deployment.js';
import type { Expr } from '../../model/facts.js';
import type { Deployed, Program, Unit } from '../../model/program.js';
import type { Place } from '../../model/span.js';
import { callsAmong } from '../calls.js';

/*
 * What stands in front of a server, and how long either of them keeps a connection open that nobody uses.
 */

export { type FrameworkKeepAlive, frameworkKeepAlive, platformIdle } from '../../knowledge/deployment/keep-alive.js';

/** Everything a balancer leads to, as far as its descriptors tell: by name, by labels, through Services of a cluster. */
export function behind(program: Program, { targets }: Balancer, depth = 0): readonly Deployed[] {
  return program.workloads.filter((deployed) => {
    const { workload } = deployed;
    return targets.some(({ value = '' }) => {
      const [key, label] = value.split('=');
      if (label !== undefined) return workload.labels[key ?? '']?.value === label;
      const name = value.replace(/^\w+:\/\//, '').split(/[:/]/)[0];
      if (name === '' || name === undefined) return false;
      if (name === workload.name) return true;
      return (
        depth === 0 &&
        program.descriptors.some(({ balancers }) =>
          balancers.some(
            (service) =>
              service.name === name &&
              service.targets.some((one) => one.value?.includes('=')) &&
              behind(program, service, 1).includes(deployed),
          ),
        )
      );
    });
  });
}

/** How long a balancer keeps idle connections to instances; nothing where it keeps none, or where that cannot be told. */
export function idleOf({
  sort,
  reuses,
  idleSeconds,
}: Balancer): { readonly entry: BalancerIdle; readonly seconds: number; readonly place?: Place } | undefined {
  const entry = balancerIdle.find((one) => one.sort === sort);
  if (!entry || reuses?.value === false || (entry.whenSaid && reuses?.value !== true)) return undefined;
  if (!idleSeconds) return { entry, seconds: entry.seconds };
  return idleSeconds.value === undefined ? undefined : { entry, seconds: idleSeconds.value, place: idleSeconds.place };
}

/** The major version of Node that an application runs on: of its images, or the lowest that its manifest allows. */
export function nodeVersion(
  program: Program,
  units: ReadonlySet<Unit>,
): { readonly major: number; readonly isSure: boolean } | undefined {
  const own = program.workloads.filter(({ processes }) =>
    processes.some((process) => [...process.units].some((unit) => units.has(unit))),
  );
  const majors = own.flatMap(({ workload, image }) => {
    const base = (image ?? workload).image?.value ?? '';
    const found = /(?:^|\/)node:v?(\d+)/.exec(base)?.[1];
    return found === undefined ? [] : [Number(found)];
  });
  if (majors.length > 0) return { major: Math.min(...majors), isSure: true };
  const manifests = new Set([...units].map(({ manifest }) => manifest));
  for (const manifest of [...manifests, program.manifests.find(({ dir }) => dir === '.')]) {
    const range = /"engines"\s*:\s*\{[^}]*"node"\s*:\s*"([^"]+)"/.exec(manifest?.text ?? '')?.[1];
    const found = /\d+/.exec(range ?? '')?.[0];
    if (found !== undefined) return { major: Number(found), isSure: /^[\^~v\d]/.test(range ?? '') };
  }
  return undefined;
}

/** How long Node's own server keeps an idle connection in a version; in one that is not known, as older ones do. */
export function nodeKeeps(major: number | undefined): number {
  const entry = nodeKeepAlive.find(({ before }) => before === undefined || (major ?? 0) < before);
  return entry?.seconds ?? 0;
}

const SERVERS = new ApiTable<ServerKeepAlive>(serverKeepAlive.map((entry) => ({ patterns: [entry.api], entry })));

/** What a server's files say of how long it keeps idle connections. */
export interface Keeping {
  /** Absent where it cannot be told. */
  readonly seconds?: number;
  readonly place: Place;
  readonly words: string;
}

/** The places that say it, and the servers among the files that do not do as Node's own. */
export function keepingOf(program: Program, units: ReadonlySet<Unit>): readonly Keeping[] {
  const found: Keeping[] = [];
  const add = (unit: Unit, value: Expr | undefined, place: Place) => {
    const known = value && program.known(unit, value)?.value;
    const seconds = typeof known === 'number' ? { seconds: known / 1000 } : {};
    found.push({ ...seconds, place, words: `\`${KEEP_ALIVE_NAME}\`` });
  };
  for (const unit of units) {
    for (const { op, target, value, span } of unit.facts.accesses)
      if (op === 'assign' && target.k === 'member' && target.name === KEEP_ALIVE_NAME)
        add(unit, value, { file: unit.file, span });
    for (const { value } of unit.facts.exports)
      for (const prop of named(value)) add(unit, prop.value, { file: unit.file, span: prop.span });
    for (const { init } of unit.facts.bindings)
      for (const prop of named(init)) add(unit, prop.value, { file: unit.file, span: prop.span });
  }
  for (const call of callsAmong(program, units)) {
    const apis = program.apis(call);
    if (apis.some((api) => KEEP_ALIVE_OF_CLIENTS.test(api))) continue;
    for (const arg of call.fact.args)
      for (const prop of named(arg)) add(call.unit, prop.value, { file: call.unit.file, span: prop.span });
  }
  return found;
}

/** What it does where nothing is said: as Node's own server, or as the one that is made here instead. */
export function ownKeeping(program: Program, units: ReadonlySet<Unit>): ServerKeepAlive | undefined {
  for (const call of callsAmong(program, units)) {
    for (const api of program.apis(call)) {
      const entry = SERVERS.first(`${api}()`) ?? SERVERS.first(api);
      if (entry) return entry;
    }
  }
  return undefined;
}

/** Properties of that name, in objects within objects as well. */
function named(expr: Expr | undefined, depth = 0): readonly { readonly value: Expr; readonly span: Place['span'] }[] {
  if (expr?.k !== 'object' || depth > 4) return [];
  return expr.props.flatMap((prop) => (prop.name === KEEP_ALIVE_NAME ? [prop] : named(prop.value, depth + 1)));
}

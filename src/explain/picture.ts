import type { Finding, SafeCandidate, Severity } from '../model/finding.js';
import type { Picture, PictureItem, PictureProcess, PictureStore } from '../model/picture.js';
import type { Process, Program, Stack } from '../model/program.js';
import type { RuleMeta } from '../model/rule.js';

const MOST_PROCESSES = 4;
const MOST_STORES = 8;
const SEVERITIES: readonly PictureItem['severity'][] = ['error', 'warning', 'info', 'safe'];
/** What belongs to a process; descriptors and directives have places of their own. */
const DRAWN: readonly RuleMeta['category'][] = ['state', 'disk', 'jobs', 'lifecycle'];

export interface Drawn {
  readonly program: Program;
  /** Those that are open; paths relative to the project root. */
  readonly findings: readonly Finding[];
  readonly safe: readonly SafeCandidate[];
  readonly metas: readonly RuleMeta[];
}

/** The application as a picture. Pure; paths stay relative to the project root. */
export function picture(drawn: Drawn): Picture {
  const { program, findings } = drawn;
  const holding = distinct(program).map((process): Holding => ({ process, files: filesOf(process) }));
  const held = new Set(holding.flatMap(({ files }) => [...files]));
  const isHeld = (file: string) => held.has(file);
  // With one process there is no doubt which is meant by what stands outside of all.
  const all = holding.map((one) => ({ ...one, drawing: processOf(one, isHeld, holding.length === 1, drawn) }));
  const weight = ({ items, files }: PictureProcess) =>
    items.filter(({ severity }) => severity !== 'safe').length * 100_000 + files;
  const telling = mostTelling(all);
  const ordered = telling.sort((a, b) => weight(b.drawing) - weight(a.drawing)).slice(0, MOST_PROCESSES);
  return {
    processes: ordered.map(({ drawing }) => drawing),
    more: all.length - ordered.length,
    stores: storesOf(
      program,
      ordered.map(({ process }) => process),
    ),
    holders: Object.fromEntries(
      findings.map(({ file }) => [file, ordered.flatMap(({ files }, index) => (files.has(file) ? [index] : []))]),
    ),
  };
}

/** Those with findings; where there are none, those in which something was looked at; else all. */
function mostTelling<T extends { readonly drawing: PictureProcess }>(all: readonly T[]): T[] {
  const found = all.filter(({ drawing }) => drawing.items.some(({ severity }) => severity !== 'safe'));
  const seen = all.filter(({ drawing }) => drawing.items.length > 0);
  return [...(found.length > 0 ? found : seen.length > 0 ? seen : all)];
}

interface Holding {
  readonly process: Process;
  readonly files: ReadonlySet<string>;
}

/** One process can be started in several ways: by a script, an image, a process manager. It is drawn once, as production has it. */
function distinct({ processes, workloads }: Program): Process[] {
  const deployed = new Set(
    workloads.filter(({ descriptor }) => descriptor.purpose === 'production').flatMap((workload) => workload.processes),
  );
  const byEntry = new Map<string, Process>();
  for (const process of processes) {
    if (process.role !== 'server' && process.role !== 'worker') continue;
    const known = byEntry.get(process.entry.file);
    if (!known || (deployed.has(process) && !deployed.has(known))) byEntry.set(process.entry.file, process);
  }
  return [...byEntry.values()];
}

function processOf(
  { process, files }: Holding,
  isHeld: (file: string) => boolean,
  isOnly: boolean,
  { program, findings, safe, metas }: Drawn,
): PictureProcess {
  // A descriptor or manifest is in no process; the finding is about the one that its evidence leads to.
  const isAbout = ({ file, evidence }: Finding) =>
    files.has(file) || (!isHeld(file) && (isOnly || evidence.some((step) => files.has(step.file))));
  const here = findings.filter(isAbout);
  const items = metas
    .filter(({ category }) => DRAWN.includes(category))
    .flatMap((meta) =>
      itemOf(
        meta,
        ofRule(here, meta),
        ofRule(safe, meta).filter(({ file }) => files.has(file)),
      ),
    )
    .sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || b.count - a.count);
  const instances = instancesOf(process, program);
  return {
    name: process.name,
    role: process.role === 'worker' ? 'worker' : 'server',
    entry: process.entry.file,
    files: files.size,
    ...(instances ? { instances } : {}),
    items,
  };
}

function filesOf({ units }: Process): Set<string> {
  return new Set([...units].map(({ file }) => file));
}

function ofRule<T extends { readonly ruleId: string }>(list: readonly T[], { id }: RuleMeta): T[] {
  return list.filter(({ ruleId }) => ruleId === id);
}

function itemOf(
  { id, category }: RuleMeta,
  findings: readonly Finding[],
  safe: readonly SafeCandidate[],
): PictureItem[] {
  const rank = (severity: Severity) => SEVERITIES.indexOf(severity);
  const [worst] = [...findings].sort((a, b) => rank(a.severity) - rank(b.severity));
  if (worst) {
    const { severity, file, span, symbol } = worst;
    const name = symbol === '' ? {} : { name: symbol };
    return [{ ruleId: id, category, severity, count: findings.length, place: { file, span }, ...name }];
  }
  const [first] = safe;
  // That start and stop are in order is no part of a picture of what two instances have apart.
  if (!first || category === 'lifecycle') return [];
  return [
    { ruleId: id, category, severity: 'safe', count: safe.length, place: { file: first.file, span: first.span } },
  ];
}

/** The greatest number that a descriptor of production gives; what nobody says stays unsaid. */
function instancesOf(process: Process, program: Program): PictureProcess['instances'] {
  const stated = program.workloads
    .filter(({ descriptor, processes }) => descriptor.purpose === 'production' && processes.includes(process))
    .flatMap(({ workload }) => {
      const { value, place } = workload.instances ?? {};
      return value && place ? [{ ...place, ...value }] : [];
    });
  return stated.sort((a, b) => (b.max ?? b.min) - (a.max ?? a.min))[0];
}

const KINDS = ['database', 'redis', 'queue', 'objectStorage'] as const satisfies readonly (keyof Stack)[];
const STORE_KINDS = { database: 'database', redis: 'redis', queue: 'queue', objectStorage: 'objects' } as const;
const NAMES: Readonly<Record<string, string>> = {
  postgres: 'PostgreSQL',
  mysql: 'MySQL',
  mongodb: 'MongoDB',
  mssql: 'SQL Server',
};
/** A file on the disk of one instance, whatever speaks SQL to it. */
const LOCAL = 'sqlite';

function storesOf(program: Program, processes: readonly Process[]): PictureStore[] {
  const stores = new Map<string, PictureStore>();
  const add = (store: PictureStore) => stores.set(`${store.kind} ${store.label}`, store);
  for (const { entry } of processes) {
    const stack = program.stack(entry);
    for (const key of KINDS) {
      const label = stack[key];
      if (label !== undefined && label !== LOCAL) add({ kind: STORE_KINDS[key], label: NAMES[label] ?? label });
    }
  }
  for (const { descriptor, workload, processes: run } of program.workloads) {
    if (descriptor.purpose !== 'production' || !run.some((process) => processes.includes(process))) continue;
    for (const { spread, path } of workload.volumes) if (spread === 'shared') add({ kind: 'volume', label: path });
  }
  return [...stores.values()].slice(0, MOST_STORES);
}

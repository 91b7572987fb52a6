import type { Cache } from '../cache/index.js';
import { type Recording, recording } from '../disk/index.js';
import { join } from 'node:path';
import { isOn, UNSOUND_DIRECTIVE } from '../judge/index.js';
import type { Audit, Audited } from '../model/audit.js';
import type { Project } from '../model/input.js';
import { timed } from '../model/timings.js';
import type { AuditRequest } from './arguments.js';
import { declarationsOf } from './declarations.js';
import { openGate } from './gate.js';
import { askedOf, memoryOf, openCache, remembered, saveCache } from './memory.js';
import { startProgress } from './progress.js';
import { type Configured, readProject } from './project.js';
import { canBeRecalled, diskFor, startKey } from './recall.js';
import { MoreRoom, roomFor } from './room.js';
import type { Run, RunSetting } from './run-audit.js';
import type { Clock } from './timings.js';
import { threadsFor } from './threads.js';

interface FindSetting extends RunSetting {
  readonly clock: Clock;
  /** The answer of an earlier run will do. */
  readonly mayBeKnown: boolean;
}

/** The long way: reads configuration and project, and audits it where no earlier run knows the answer. */
export async function find(request: AuditRequest, setting: FindSetting): Promise<Run> {
  const { cwd, io, parts, builtIn, clock, mayBeKnown } = setting;
  const notes = mayBeKnown && parts.recalled && canBeRecalled(request) ? recording(diskFor(request, cwd)) : undefined;
  const disk = notes?.disk ?? diskFor(request, cwd);
  const builtInIds = [...builtIn.map(({ meta }) => meta.id), UNSOUND_DIRECTIVE];
  const { only, failOn, minConfidence, maxWarnings } = request;
  const asked = {
    cwd: io.cwd,
    ...(request.config === undefined ? {} : { explicit: request.config }),
    ...(request.configFormat ? { kinds: request.configFormat } : {}),
    ruleIds: builtInIds,
    disk,
    cli: {
      ...(only ? { only } : {}),
      ...(failOn ? { failOn } : {}),
      ...(minConfidence ? { minConfidence } : {}),
      ...(maxWarnings === undefined ? {} : { maxWarnings }),
    },
  };
  const loaded = await clock.during('config', () => parts.loadConfig(asked));
  const rules = [...builtIn, ...(loaded.plugins ?? []).flatMap((plugin) => plugin.rules)];
  const reading = {
    io,
    parts,
    cwd,
    ruleIds: [...rules.map(({ meta }) => meta.id), UNSOUND_DIRECTIVE],
    explicit: request.config,
    configFormat: request.configFormat,
    minConfidence,
    disk,
  };
  const { place, judge } = await clock.during('discover', () =>
    openGate<Configured>(request, {
      cwd,
      io,
      parts,
      place: (overlay) => readProject(request.paths, loaded, { ...reading, overlay }),
    }),
  );
  const { project, config } = place;
  const progress = startProgress(io, !request.quiet);
  const selected = rules.filter(({ meta }) => isOn(config, meta.id));
  const declared = declarationsOf(config, loaded.file, project.root);
  const cache = openCache(request, project.root, selected, cwd);
  const memory = memoryOf(request, cache, selected, cwd);
  const means = { watch: clock, threads: threadsFor(request.concurrency), ...(memory ? { memory } : {}) };
  let whole: Audit | undefined;
  const audit = async (): Promise<Audit> => {
    const megabytes = io.room && roomFor(lengthOf(project), io.room);
    if (megabytes !== undefined) {
      progress.clear();
      throw new MoreRoom(megabytes);
    }
    whole = await parts.audit(project, selected, progress.update, declared, undefined, means).finally(progress.clear);
    return whole;
  };
  const question =
    cache && mayBeKnown ? timed(clock, 'recall', () => askedOf(project, selected, builtIn, declared)) : undefined;
  const { found, key } = await remembered(cache, question, project, audit);
  if (cache && question && key !== undefined && notes) {
    const { spareable } = question;
    const begun = { key, spareable, notes, place, found, configFile: loaded.file };
    keepStart(cache, startKey(request, io.cwd, cwd), begun);
  }
  if (cache) await clock.during('remember', () => saveCache(cache, io, request.debug === true));
  return { rules, place, found, whole, judge, configFile: loaded.file };
}

/** In characters. */
function lengthOf({ inputs }: Project): number {
  return inputs.reduce((sum, { text }) => sum + text.length, 0);
}

interface Begun {
  /** Of the answer. */
  readonly key: string;
  readonly spareable: ReadonlyMap<string, string>;
  readonly notes: Recording;
  readonly place: Configured;
  readonly found: Audited;
  readonly configFile: string | undefined;
}

/** For the next run that is asked the same. */
function keepStart(cache: Cache, asked: string, { key, spareable, notes, place, found, configFile }: Begun): void {
  const { project, root, reportPaths, config, notes: said } = place;
  const spared = new Map(found.unread.map((file) => [join(root, file), spareable.get(file)]));
  const trace = notes.trace((path) => spared.get(path));
  if (!trace) return;
  cache.keepStart(asked, {
    trace,
    answer: key,
    root,
    reportPaths,
    config,
    notes: said,
    ...(configFile === undefined ? {} : { file: configFile }),
    quoted: quotedFiles(project, found),
  });
}

/** Files in which something was found; of a manifest it is known what it says, and not how it is written. */
function quotedFiles({ inputs, descriptors = [], schemas = [] }: Project, found: Audited): string[] {
  const places = [...found.findings.flatMap((finding) => [finding, ...finding.evidence]), ...found.directives];
  const wanted = new Set(places.map(({ file }) => file));
  return [...inputs, ...descriptors, ...schemas].map(({ file }) => file).filter((file) => wanted.has(file));
}

import { posix } from 'node:path';
import { frameworkCommands, launchers } from '../../knowledge/launchers.js';
import { developmentRunners, replacing, scriptRunners, signalKnowledge } from '../../knowledge/signals.js';
import type { Command } from '../../model/deployment.js';
import type { Deployed, Program, Run } from '../../model/program.js';
import type { Place } from '../../model/span.js';

/*
 * How a workload comes to its server: the steps one inside the other, from the command of the descriptor down to the words that
 * start Node, and what runs beside them before.
 */

/** One step on the way: the process it begins, and what reads it. */
export interface Link {
  readonly run: Run;
  /** The shell that reads it: of a line (`sh -c`), of a script in a file, or none. */
  readonly shell: 'line' | 'file' | undefined;
  /** The other steps that the same shell reads. */
  readonly beside: readonly Run[];
}

export interface Start {
  readonly command: Command;
  /** Outermost first; the last starts the server. */
  readonly links: readonly Link[];
}

const NODE = new Set([...launchers.flatMap(({ commands }) => commands), ...scriptRunners]);
const PACKAGE_MANAGERS = /^(?:npm|npx|pnpm|pnpx|yarn|yarnpkg|bun)$/;
const DEVELOPMENT = /^(?:.*[:.\-_])?(?:dev|develop|development|watch|debug|tests?|e2e|ci|storybook)(?:[:.\-_].*)?$/;

/** How this workload starts the application in production; nothing where it does not, or where that cannot be told. */
export function startOf(program: Program, deployed: Deployed): Start | undefined {
  const { descriptor, workload, image, runs } = deployed;
  if (descriptor.purpose === 'development' || descriptor.purpose === 'test' || workload.owns === false)
    return undefined;
  if (workload.does === 'cron' || workload.does === 'migration' || workload.does === 'release') return undefined;
  // A stage that is not the last is built for what names it, and judged there.
  if (descriptor.kind === 'dockerfile' && workload !== descriptor.workloads.at(-1)) return undefined;
  const command = [...workload.commands, ...(image?.commands ?? [])].find(({ at }) => at === 'start');
  if (!command || command.unknown) return undefined;
  const server = serverAmong(
    program,
    runs.filter(({ at }) => at === 'start'),
  );
  if (!server) return undefined;
  const links = chainOf(deployed, server, command);
  if (links.some(({ run }) => isForDevelopment(run))) return undefined;
  const isServer = deployed.processes.some(({ role }) => role === 'server' || role === 'worker');
  return isServer || startsNode(program, server) ? { command, links } : undefined;
}

/** The last step, but for what only ends the script; of a script that waits (`node server.js & wait`), the last that starts Node. */
function serverAmong(program: Program, starts: readonly Run[]): Run | undefined {
  const front = starts.filter(({ step }) => !step.background);
  const waits = front.some(({ step }) => nameOf(step.words) === 'wait');
  const node = waits ? starts.findLast((run) => startsNode(program, run)) : undefined;
  return node ?? front.findLast(({ step }) => !/^(?:wait|exit)$/.test(nameOf(step.words)));
}

/** The steps that lead to a step, with it. */
export function chainOf(deployed: Deployed, run: Run, command: Command): readonly Link[] {
  const outer = run.via.flatMap((place, depth) => {
    const found = deployed.runs.find(({ step, via }) => via.length === depth && isSame(step.place, place));
    return found ? [found] : [];
  });
  return [...outer, run].map((one, depth) => ({
    run: one,
    shell: depth > 0 ? (isManifest(one.step.place) ? 'line' : 'file') : command.form === 'shell' ? 'line' : undefined,
    beside: deployed.runs.filter((other) => other !== one && other.at === one.at && isBeside(one, other)),
  }));
}

/** The step of a start by which something is run that is not on the way to the server itself, where they part. */
export function beside(start: Start, deployed: Deployed, run: Run): Link | undefined {
  const way = new Set(start.links.map((link) => link.run));
  return chainOf(deployed, run, start.command).find((link) => !way.has(link.run));
}

/** Something that every instance runs on its way to the server, and where it parts from that way. */
export interface Before {
  readonly deployed: Deployed;
  readonly run: Run;
  readonly place: Place;
}

/** What the workloads of this program run before their servers, in every instance. */
export function beforeServers(program: Program): readonly Before[] {
  return program.workloads.flatMap((deployed) => {
    const start = startOf(program, deployed);
    if (!start) return [];
    const server = start.links.at(-1)?.run;
    const before = deployed.runs.slice(0, server ? deployed.runs.indexOf(server) : 0);
    const found = before.flatMap((run): Before[] => {
      const link = run.at === 'start' ? beside(start, deployed, run) : undefined;
      if (!link) return [];
      const isOutermost = link.run.via.length === 0;
      return [{ deployed, run, place: isOutermost ? start.command.place : link.run.step.place }];
    });
    // A script that two ways lead to (`[ "$(id -u)" -ne 0 ] && exec "$@"`) is met on each; the last one is the server's own.
    return found.filter(
      ({ run: { step } }, at) => !found.slice(at + 1).some(({ run }) => isSame(run.step.place, step.place)),
    );
  });
}

/** Without what becomes the command behind it, and without an init process. */
export function started(words: readonly string[]): readonly string[] {
  let rest = words;
  for (let depth = 0; depth < 6; depth++) {
    const name = nameOf(rest);
    const own = Object.hasOwn(replacing, name) ? replacing[name] : undefined;
    const init = signalKnowledge.some(
      ({ commands, does }) => (does === 'one' || does === 'group') && commands.includes(name),
    );
    if (own === undefined && !init) return rest;
    const dashes = init ? rest.indexOf('--') : -1;
    rest = rest.slice(dashes > 0 ? dashes + 1 : (own ?? 1));
    while (rest[0]?.startsWith('-') || /^\w+=/.test(rest[0] ?? '')) rest = rest.slice(1);
  }
  return rest;
}

export function nameOf(words: readonly string[]): string {
  return posix.basename(words[0] ?? '');
}

function startsNode(program: Program, { step }: Run): boolean {
  const words = started(step.words);
  const [first = ''] = words;
  const name = nameOf(words);
  if (NODE.has(name)) return !words.some((word) => /^(?:-e|--eval|-p|--print|--version|-v)$/.test(word));
  // A script that was not found, since its manifest is made while building.
  if (PACKAGE_MANAGERS.test(name))
    return words.some((word) => /^(?:start|serve|server|prod|production)(?:$|[:\-_.])/.test(word));
  if (frameworkCommands.some(({ command, verbs }) => command === name && words.some((word) => verbs.includes(word))))
    return true;
  if (/^\.{1,2}\/[\w./-]+$/.test(first)) return !/\.sh$/.test(first);
  return program.manifests.some(({ bin }) => Object.hasOwn(bin, name));
}

function isForDevelopment({ step }: Run): boolean {
  const words = started(step.words);
  const name = nameOf(words);
  if (developmentRunners.includes(name) || words.includes('--watch')) return true;
  return PACKAGE_MANAGERS.test(name) && words.slice(1).some((word) => DEVELOPMENT.test(word));
}

function isBeside(one: Run, other: Run): boolean {
  return one.via.length === other.via.length && one.via.every((place, at) => isSame(place, other.via[at] as Place));
}

function isManifest({ file }: Place): boolean {
  return posix.basename(file) === 'package.json';
}

function isSame(one: Place, other: Place): boolean {
  return one.file === other.file && one.span.every((part, at) => part === other.span[at]);
}

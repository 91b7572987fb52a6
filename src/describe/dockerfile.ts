import type { Command, Stated, Port, Probe, Volume, Workload } from '../model/deployment.js';
import { type DockerInstruction, parseDockerfile } from '../parse/dockerfile.js';
import { execCommand, shellCommand, splitWords, type Word } from './commands.js';
import { dutyOf } from './duty.js';
import { ownership } from './owner.js';
import { purposeOf } from './purpose.js';
import { type Describer, said, type Source, type Surroundings, workload } from './source.js';
import { pathAsked } from './values.js';

/** One stage as it stands after an instruction; the next stage that is built on it begins with a copy. */
interface Stage {
  readonly name: string | undefined;
  readonly from: DockerInstruction;
  readonly image: Stated<string>;
  readonly isLocal: boolean;
  /** Something of the project, or of a stage before, is in it. */
  copiesAnything: boolean;
  /** What is more than settings of whatever the image holds already. */
  copiesCode: boolean;
  readonly copies: Workload['copies'][number][];
  readonly environment: Map<string, Stated<string>>;
  readonly build: Command[];
  readonly volumes: Volume[];
  readonly ports: Port[];
  /** It says itself how it is started, or is the last. */
  startsItself: boolean;
  workdir?: Stated<string>;
  entrypoint?: DockerInstruction;
  cmd?: DockerInstruction;
  probe?: Probe;
  stopSignal?: Stated<string>;
}

export const describeDockerfile: Describer = (source, around) => {
  const { instructions, flaw } = parseDockerfile(source.text);
  source.broken(flaw, 'a Dockerfile');
  const stages: Stage[] = [];
  const globals = new Map<string, string>();
  for (const instruction of instructions) {
    if (instruction.keyword === 'FROM') stages.push(begun(source, instruction, stages, globals));
    else if (instruction.keyword === 'ARG' && stages.length === 0) {
      const [name, value] = assigned(instruction.text);
      if (name && value !== undefined) globals.set(name, value);
    } else {
      const stage = stages.at(-1);
      if (stage) apply(source, stage, instruction);
    }
  }
  const last = stages.at(-1);
  const workloads = stages
    .filter((stage) => stage === last || (stage.name && stage.startsItself))
    .map((stage) => toWorkload(source, stage, around));
  return { workloads, ...purposeOf(source.file, workloads.slice(-1), { platform: 'an image is built from it' }) };
};

function begun(
  source: Source,
  from: DockerInstruction,
  stages: readonly Stage[],
  globals: ReadonlyMap<string, string>,
): Stage {
  const [, written = '', name] = /^(\S+)(?:\s+[aA][sS]\s+(\S+))?/.exec(from.text) ?? [];
  const image = resolved(written, (variable) => globals.get(variable));
  const base =
    stages.find((stage) => stage.name?.toLowerCase() === image.toLowerCase()) ??
    stages.findLast((stage) => isOneOf(stage.name, image));
  const at = { from: from.textAt, to: from.textAt + written.length };
  const place = source.at(at);
  const empty = { copies: [], build: [], volumes: [], ports: [], environment: new Map() };
  const plain = { ...empty, copiesAnything: false, copiesCode: false };
  return {
    ...(base
      ? {
          ...base,
          copies: [...base.copies],
          build: [...base.build],
          volumes: [...base.volumes],
          ports: [...base.ports],
          environment: new Map(base.environment),
        }
      : plain),
    name,
    from,
    image: base ? base.image : image.includes('$') ? { place } : { value: image, place },
    isLocal: base !== undefined,
    startsItself: false,
  };
}

/** `FROM build-${TARGETARCH}`: one of the stages called so; which, the machine decides, and they are alike in what is asked here. */
function isOneOf(name: string | undefined, image: string): boolean {
  const parts = image.toLowerCase().split(/\$\{\w+\}|\$\w+/);
  const [before = '', after = ''] = parts;
  const known = name?.toLowerCase() ?? '';
  return (
    parts.length === 2 &&
    before.length + after.length > 2 &&
    known.length > before.length + after.length &&
    known.startsWith(before) &&
    known.endsWith(after)
  );
}

function apply(source: Source, stage: Stage, instruction: DockerInstruction): void {
  const { keyword, text, textAt } = instruction;
  const raw = { from: textAt, to: textAt + text.length };
  const place = source.at(instruction.raw);
  switch (keyword) {
    case 'WORKDIR': {
      const path = resolved(text.replace(/^(['"])(.*)\1$/, '$2'), (name) => stage.environment.get(name)?.value);
      const before = stage.workdir?.value;
      const joined = path.startsWith('/') || before === undefined ? path : `${before.replace(/\/$/, '')}/${path}`;
      stage.workdir = joined.includes('$') ? { place } : { value: joined, place };
      break;
    }
    case 'ENV':
    case 'ARG':
      for (const [name, value, at] of variables(source, instruction))
        if (keyword === 'ENV' || !stage.environment.has(name)) {
          const known = resolved(value, (variable) => stage.environment.get(variable)?.value);
          stage.environment.set(name, { ...(known.includes('$') ? {} : { value: known }), place: source.at(at) });
        }
      break;
    case 'COPY':
    case 'ADD': {
      const words = instruction.json?.map(({ value }) => value) ?? text.split(/\s+/);
      const to = absolute(words.at(-1) as string, stage.workdir?.value);
      stage.copiesAnything = true;
      stage.copiesCode ||= !SETTINGS.test(to);
      if ('from' in instruction.flags || words.length < 2) break;
      stage.copies.push({ from: words.slice(0, -1), to, place });
      break;
    }
    case 'RUN': {
      const [heredoc] = instruction.heredocs;
      const command =
        heredoc && /^<<-?\s*["']?\w+["']?\s*$/.test(text)
          ? shellCommand(source, 'build', heredoc.text, { from: heredoc.at, to: heredoc.at + heredoc.text.length })
          : commandOf(source, 'build', instruction);
      stage.build.push(command);
      break;
    }
    case 'CMD':
      stage.cmd = instruction;
      stage.startsItself = true;
      break;
    case 'ENTRYPOINT':
      stage.entrypoint = instruction;
      // It resets the CMD of the image it is built on.
      if (stage.isLocal && stage.cmd && stage.cmd.raw.from < stage.from.raw.from) delete stage.cmd;
      stage.startsItself = true;
      break;
    case 'HEALTHCHECK':
      stage.probe = healthcheck(source, instruction);
      stage.startsItself = true;
      break;
    case 'STOPSIGNAL':
      stage.stopSignal = { value: text, place };
      break;
    case 'EXPOSE':
      for (const found of text.matchAll(/\S+/g)) {
        const number = Number.parseInt(
          resolved(found[0], (name) => stage.environment.get(name)?.value),
          10,
        );
        const at = { from: raw.from + found.index, to: raw.from + found.index + found[0].length };
        stage.ports.push({ ...(Number.isNaN(number) ? {} : { inside: number }), place: source.at(at) });
      }
      break;
    case 'VOLUME': {
      const words =
        instruction.json?.map(({ value, raw: at }) => ({ value, raw: at })) ?? splitWords(source, text, raw);
      for (const { value, raw: at } of words)
        stage.volumes.push({
          path: value,
          spread: 'instance',
          keeps: false,
          why: 'each container gets a volume of its own, unless one is given when it is started',
          place: source.at(at),
        });
      break;
    }
    default:
  }
}

/** Where servers of others look for their settings, and databases for what they begin with. */
const SETTINGS = /^\/(?:etc|usr\/local\/etc|docker-entrypoint-initdb\.d)(?:\/|$)/;

function toWorkload(source: Source, stage: Stage, around: Surroundings): Workload {
  const place = source.at(stage.from.raw);
  const start = startOf(source, stage);
  const known = ownership(stage.image, undefined, around, stage.copiesAnything);
  const isOwn = known.owns === false ? stage.copiesCode : stage.copiesAnything;
  const own = isOwn ? ({ owns: true, ownsWhy: 'its image is built from this repository' } as const) : known;
  const commands = [...(start ? [start] : []), ...stage.build];
  const crontab = stage.build.find(({ steps }) => steps.some(({ words }) => words[0] === 'crontab'));
  return workload({
    name: stage.name ?? 'image',
    place,
    as: 'stage',
    ...own,
    // Stages are called `release` or `server` for what is built in them; what they start says more.
    does: crontab ? 'cron' : dutyOf('', commands, stage.ports.length > 0),
    ...said<Partial<Workload>>({
      image: stage.image,
      workdir: stage.workdir,
      stopSignal: stage.stopSignal,
    }),
    build: { dockerfile: source.file, ...(stage.name === undefined ? {} : { stage: stage.name }), place },
    commands,
    environment: Object.fromEntries(stage.environment),
    volumes: stage.volumes,
    probes: stage.probe ? [stage.probe] : [],
    ports: stage.ports,
    copies: stage.copies,
  });
}

/** ENTRYPOINT and CMD together, as Docker puts them: a CMD is handed to an entry point in its list form, and left out behind one in shell form. */
function startOf(source: Source, { entrypoint, cmd, environment }: Stage): Command | undefined {
  if (!entrypoint) return cmd && withVariables(source, commandOf(source, 'start', cmd), environment, cmd);
  if (!entrypoint.json) return withVariables(source, commandOf(source, 'start', entrypoint), environment, entrypoint);
  const front: readonly Word[] = entrypoint.json;
  const raw = cmd && { from: cmd.textAt, to: cmd.textAt + cmd.text.length };
  const rest: readonly Word[] = cmd?.json ?? (raw ? ['/bin/sh', '-c', cmd.text].map((value) => ({ value, raw })) : []);
  const command = execCommand(source, 'start', [...front, ...rest]);
  const place = source.at((cmd ?? entrypoint).raw);
  return { ...command, place, steps: command.steps, ...(command.form === 'exec' ? { entrypoint: front.length } : {}) };
}

/** A command that is held in a variable is what the image sets that to. */
function withVariables(
  source: Source,
  command: Command,
  environment: Stage['environment'],
  { textAt, text }: DockerInstruction,
): Command {
  const [step] = command.steps;
  const name = /^\$\{?(\w+)\}?$/.exec(step?.words[0] ?? '')?.[1];
  if (!step || name === undefined || command.form !== 'shell' || name === '@') return command;
  const value = environment.get(name)?.value;
  if (value === undefined) return { ...command, unknown: true };
  const raw = { from: textAt, to: textAt + text.length };
  const words = [...splitWords(source, value, raw).map((word) => word.value), ...step.words.slice(1)];
  return { ...command, steps: [{ ...step, words }, ...command.steps.slice(1)] };
}

function commandOf(source: Source, at: Command['at'], { json, text, textAt, raw }: DockerInstruction): Command {
  const command = json
    ? execCommand(source, at, json)
    : shellCommand(source, at, text, { from: textAt, to: textAt + text.length });
  return { ...command, place: source.at(raw) };
}

function healthcheck(source: Source, instruction: DockerInstruction): Probe {
  const place = source.at(instruction.raw);
  const { text, textAt } = instruction;
  if (/^NONE\b/i.test(text)) return { kind: 'health', off: true, place };
  const keyword = /^CMD\s*/i.exec(text)?.[0] ?? '';
  const rest = text.slice(keyword.length);
  const from = textAt + keyword.length;
  const raw = { from, to: from + rest.length };
  let command: Command;
  const list = /^\[/.test(rest) ? listed(rest) : undefined;
  if (list)
    command = execCommand(
      source,
      'start',
      list.map((value) => ({ value, raw })),
    );
  else command = shellCommand(source, 'start', rest, raw);
  const path = pathAsked(command);
  return { kind: 'health', command, ...(path === undefined ? {} : { path: { value: path, place } }), place };
}

function listed(text: string): readonly string[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.map(String) : undefined;
  } catch {
    return undefined;
  }
}

/** `ENV A=1 B="two words"`, and the older `ENV NAME the rest`. */
function variables(
  source: Source,
  { text, textAt, keyword }: DockerInstruction,
): [string, string, { from: number; to: number }][] {
  const found: [string, string, { from: number; to: number }][] = [];
  if (keyword === 'ENV' && !/^[\w.-]+=/.test(text)) {
    const [whole, name, value] = /^(\S+)\s+(?!\s)(.*)$/s.exec(text) ?? [];
    return name !== undefined && whole ? [[name, value ?? '', { from: textAt, to: textAt + whole.length }]] : [];
  }
  for (const part of text.matchAll(/([\w.-]+)(?:=((?:"(?:\\.|[^"\\])*"|'[^']*'|\\.|[^\s"'\\])*))?/g)) {
    const [whole, name, value] = part;
    if (name === undefined || (keyword === 'ENV' && value === undefined)) continue;
    const at = { from: textAt + part.index, to: textAt + part.index + whole.length };
    if (value !== undefined)
      found.push([
        name,
        splitWords(source, value, at)
          .map((word) => word.value)
          .join(' '),
        at,
      ]);
  }
  return found;
}

function assigned(text: string): readonly [string | undefined, string | undefined] {
  const [, name, value] = /^([\w.-]+)(?:=["']?(.*?)["']?)?$/.exec(text.trim()) ?? [];
  return [name, value];
}

/** Variables put in, as far as they are known: `${NODE_VERSION:-20}`. */
function resolved(text: string, value: (name: string) => string | undefined): string {
  return text.replace(
    /\$\{(\w+)(?::?-([^}]*))?\}|\$(\w+)/g,
    (whole, braced?: string, fallback?: string, bare?: string) => {
      return value((braced ?? bare) as string) ?? fallback ?? whole;
    },
  );
}

function absolute(path: string, workdir: string | undefined): string {
  if (path.startsWith('/') || workdir === undefined) return path;
  return `${workdir.replace(/\/$/, '')}/${path.replace(/^\.\/?/, '')}`;
}

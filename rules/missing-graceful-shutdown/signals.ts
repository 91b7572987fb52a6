import {
  type Deployed,
  type Link,
  nameOf,
  type Place,
  type RawFinding,
  type RuleContext,
  type SignalKnowledge,
  type Start,
  signalKnowledge,
  signalsFirstProcess,
  started,
  startOf,
} from '../../src/api/index.js';

/*
 * Whether the signal that stops a container gets as far as node: the platform tells the first process only, and shells and
 * package managers stand between that and the server.
 */

interface Stop {
  readonly place: Place;
  /** Who has the signal and does not hand it on. */
  readonly who: string;
  readonly words: string;
  readonly sure: boolean;
  readonly fix: string;
}

export function checkSignals(context: RuleContext): void {
  const seen = new Set<string>();
  const found = context.program.workloads.flatMap((deployed) => {
    const start = startOf(context.program, deployed);
    return (start && checkStart(context, deployed, start, seen)) ?? [];
  });
  // The same command stands in an image and in each composition that is there to choose from: it is one mistake.
  const alike = new Map<string, RawFinding>();
  for (const finding of found) {
    const known = alike.get(finding.message);
    alike.set(finding.message, known ? together(known, finding) : finding);
  }
  for (const finding of alike.values()) context.report(finding);
}

function together(first: RawFinding, other: RawFinding): RawFinding {
  const { file, span } = other;
  return { ...first, evidence: [...first.evidence, { role: 'declared', file, span, note: 'the same here' }] };
}

function checkStart(context: RuleContext, deployed: Deployed, start: Start, seen: Set<string>): RawFinding | undefined {
  const { descriptor, workload, image } = deployed;
  const silence = (reason: string): undefined => {
    context.safe({ ...start.command.place, reason });
    return undefined;
  };
  if (!signalsFirstProcess.has(descriptor.kind)) return silence('the platform tells every process of it to stop');
  const group = groupOf(deployed, start);
  if (group) return silence(group);
  // What a trap does is the script's own matter.
  if (start.links.some(({ beside }) => beside.some(({ step }) => step.words[0] === 'trap')))
    return silence('the script handles signals itself');
  const stop = firstStop(context, start);
  if (!stop) return silence('the signal reaches the process that serves');
  const key = `${stop.place.file}:${stop.place.span[0]}`;
  if (seen.has(key)) return undefined;
  seen.add(key);
  const last = short(started(start.links.at(-1)?.run.step.words ?? []));
  // Where the script itself is not known, the last step is the one that the signal ends at.
  const served = stop.who.includes(`\`${last}\``) ? 'what that starts' : `\`${last}\``;
  return {
    ...stop.place,
    confidence: stop.sure ? 'high' : 'medium',
    doubts: stop.sure ? [] : ['some shells become the last command of a line, and then the signal does arrive'],
    when: 'always',
    symbol: workload.name || descriptor.kind,
    message: `SIGTERM ends at ${stop.who} and does not reach ${served}: ${stop.words}.`,
    consequence:
      'Each deploy, restart or scale-down kills the instance in the middle of its requests and jobs, whatever the application does on SIGTERM: users get a broken connection, and what was half done stays half done.',
    hint: stop.fix,
    evidence: [
      { role: 'primary', ...stop.place, note: `${stop.who} stands between the platform and node` },
      ...start.links
        .filter(({ run }) => run.step.place !== stop.place)
        .map(({ run }) => ({ role: 'started' as const, ...run.step.place, note: `runs \`${short(run.step.words)}\`` })),
      ...(image ? [{ role: 'started' as const, ...workload.place, note: `started by \`${workload.name}\`` }] : []),
    ],
  };
}
/** The first on the way that keeps the signal to itself. */
function firstStop(context: RuleContext, { command, links }: Start): Stop | undefined {
  // Yarn 2 and later reads the line of a script itself.
  let ownShell = false;
  for (const [depth, link] of links.entries()) {
    const { step } = link.run;
    const place = depth === 0 ? command.place : step.place;
    if (link.shell && !step.exec && !ownShell) return { place, ...shellStop(link) };
    const words = started(step.words);
    const entry = knownOf(words);
    if (entry?.does === 'manages') return undefined;
    ownShell = isYarnOfToday(context, nameOf(words));
    // What runs scripts and is not known here may tell what it started, or be its own shell.
    if (!entry && links[depth + 1]?.shell === 'line') return undefined;
    if (entry?.does === 'keeps' && !ownShell)
      return {
        place,
        who: `\`${short(words)}\``,
        words: entry.words,
        sure: entry.sure ?? false,
        fix: 'Start node itself, in exec form: `CMD ["node", "dist/server.js"]`, with the file that the script starts.',
      };
  }
  return undefined;
}

function shellStop({ shell, beside, run }: Link): Omit<Stop, 'place'> {
  const chained = beside.length > 0;
  const exec = `\`exec ${short(run.step.words)}\``;
  if (shell === 'file')
    return {
      who: 'the shell of the script',
      words: 'a shell waits for what it started without telling it, since there is no `exec`',
      sure: true,
      fix: `Let the server take the shell’s place in the last line: ${exec}, with \`node\` itself rather than a package manager.`,
    };
  return {
    who: 'the shell',
    words: chained
      ? 'a shell that runs several commands in a row stays and tells none of them'
      : 'it is started as a line for a shell, which stays and does not tell what it started',
    sure: false,
    fix: chained
      ? `Begin the last command with \`exec\`, and start \`node\` itself there rather than a package manager; what runs before belongs in a step of the release.`
      : 'Write the command in exec form, as a list of words that begins with `node`: `CMD ["node", "dist/server.js"]`.',
  };
}

function groupOf({ workload, image }: Deployed, { command, links }: Start): string | undefined {
  const words = [...(command.before ?? []), ...(links[0]?.run.step.words ?? [])];
  for (const { commands, does, groupBy, words: says } of signalKnowledge) {
    const at = words.findIndex((word) => commands.includes(nameOf([word])));
    if (at < 0) continue;
    if (does === 'group') return says;
    if (!groupBy) continue;
    const own = words.slice(at + 1, words.indexOf('--', at) < 0 ? at + 2 : words.indexOf('--', at));
    if (own.includes(groupBy.option)) return `${commands[0]} tells the whole group`;
    if (groupBy.variable && { ...image?.environment, ...workload.environment }[groupBy.variable])
      return `${commands[0]} tells the whole group`;
  }
  return undefined;
}

function knownOf(words: readonly string[]): SignalKnowledge | undefined {
  return signalKnowledge.find(({ commands }) => commands.includes(nameOf(words)));
}

/** From version 2 on yarn runs scripts in a shell of its own, tells what it started, and waits. https://github.com/yarnpkg/berry/pull/2347 */
function isYarnOfToday({ program }: RuleContext, name: string): boolean {
  return name === 'yarn' && program.manifests.some(({ text }) => /"packageManager"\s*:\s*"yarn@[2-9]/.test(text ?? ''));
}

function short(words: readonly string[]): string {
  const text = words.join(' ');
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

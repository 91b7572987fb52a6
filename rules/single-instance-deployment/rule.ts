import {
  type Confidence,
  countedOtherwise,
  defineRule,
  type Deployed,
  type Evidence,
  heldIn,
  instancesKnowledge,
  isAside,
  moreElsewhere,
  onEachHost,
  type Pin,
  type Place,
  type RuleContext,
  type Volume,
} from '../../src/api/index.js';
import { alike, type Cause, type Found, inOneFile, type Same } from './alike.js';

/** Kinds that describe an image, which is none of where and how often it runs. */
const IMAGES = new Set(['dockerfile']);

export default defineRule({
  meta: {
    id: 'single-instance-deployment',
    title: 'A deployment descriptor that allows or asks for one instance only',
    category: 'deployment',
    severity: 'warning',
    triggers: ['scale-out', 'rolling-deploy', 'restart', 'crash'],
  },
  check(context) {
    const seen = new Seen();
    const found: Found[] = [];
    for (const deployed of context.program.workloads) {
      if (IMAGES.has(deployed.descriptor.kind)) continue;
      const aside = isAside(deployed);
      if (aside !== undefined) passOver(context, deployed, aside);
      else found.push(...causesOf(context, deployed, seen));
    }
    for (const same of inOneFile(alike(found))) report(context, same);
    checkCommands(context);
  },
});

/** What stands in a base is met again in whatever is built on it. */
class Seen {
  private readonly places = new Set<string>();

  isNew({ file, span }: Place): boolean {
    const key = `${file}:${span[0]}:${span[1]}`;
    if (this.places.has(key)) return false;
    this.places.add(key);
    return true;
  }
}

function causesOf(context: RuleContext, deployed: Deployed, seen: Seen): readonly Found[] {
  const causes = [
    ...pinned(context, deployed),
    ...keptHere(context, deployed),
    ...counted(context, deployed),
    ...uncounted(context, deployed),
    ...replaced(deployed),
  ];
  return causes.filter(({ place }) => seen.isNew(place)).map((cause) => ({ deployed, cause }));
}

function report(context: RuleContext, [first, ...others]: Same): void {
  const { descriptor, workload } = first.deployed;
  const { place, more = [], ...said } = first.cause;
  // The default of a chart, which whoever installs it can give otherwise.
  const isDefault = place.file !== descriptor.file && /(?:^|\/)values[^/]*\.ya?ml$/.test(place.file);
  context.report({
    ...place,
    confidence: descriptor.purpose === 'production' || said.confidence === 'low' ? said.confidence : 'medium',
    doubts:
      descriptor.purpose === 'production' ? [] : [`nothing says whether \`${descriptor.file}\` is for production`],
    when: isDefault ? 'default-config' : 'always',
    ...(isDefault ? { condition: 'safe when the chart is installed with another value' } : {}),
    symbol: `${workload.name} ${said.symbol}`,
    message: said.message,
    consequence: said.consequence,
    hint: said.hint,
    triggers: said.triggers,
    evidence: [
      { role: 'primary', ...place, note: `${workload.as} \`${workload.name}\`: ${workload.ownsWhy}` },
      ...more,
      ...others.map(
        ({ cause, deployed }): Evidence => ({
          role: 'declared',
          ...cause.place,
          note: deployed.descriptor === descriptor ? `\`${deployed.workload.name}\` as well` : 'the same here',
        }),
      ),
      ...others.flatMap(({ cause }) => cause.more ?? []),
      { role: 'declared', ...workload.place, note: `\`${workload.name}\` is described here; ${descriptor.why}` },
    ],
  });
}

// What a second one would have to have as well

const SECOND_FAILS =
  'A second instance does not start beside the first: neither for good, nor for the minute in which a deploy lets the new version take over, so that each deploy is an interruption.';

function pinned(context: RuleContext, deployed: Deployed): readonly Cause[] {
  const { descriptor, workload } = deployed;
  const pins = workload.pins.filter(({ kind, place }) => kind !== 'host-path' && place.file === descriptor.file);
  if (pins.length === 0) return [];
  const { min } = workload.instances?.value ?? {};
  const reason = onEachHost.includes(workload.as)
    ? `one runs on each host, as a ${workload.as} does`
    : descriptor.kind === 'compose' && (workload.update || (min ?? 0) > 1)
      ? 'it is run by a swarm, whose network publishes a port once for all containers and which leaves names out'
      : undefined;
  if (reason !== undefined) {
    for (const { place } of pins) context.safe({ ...place, reason: `\`${workload.name}\`: ${reason}` });
    return [];
  }
  return [causeOfPins(deployed, pins)];
}

/** Everything for which a second one cannot start stands at one workload, and goes in one change. */
function causeOfPins({ descriptor, workload }: Deployed, pins: readonly Pin[]): Cause {
  const kinds = new Map<Pin['kind'], Pin[]>();
  for (const pin of pins) kinds.set(pin.kind, [...(kinds.get(pin.kind) ?? []), pin]);
  const words = [...kinds].map(([kind, same]) =>
    PINS[kind](workload.name, same.map(({ text }) => `\`${text}\``).join(', '), descriptor.kind === 'compose'),
  );
  const [first] = [...kinds.values()].map(([pin]) => pin) as [Pin];
  const isHigh = words.some(({ confidence }) => confidence === undefined);
  const [one] = words as [PinWords];
  const others = [...kinds.values()].slice(1).flat();
  return {
    place: first.place,
    symbol: 'pinned',
    confidence: isHigh ? 'high' : 'medium',
    message: `${one.message}${others.length > 0 ? ` The same goes for ${others.map(({ text }) => `\`${text}\``).join(', ')}.` : ''}`,
    consequence: SECOND_FAILS,
    hint: words.map(({ hint }) => hint).join(' '),
    triggers: ['scale-out', 'rolling-deploy'],
    more: pins
      .filter((pin) => pin !== first)
      .map(({ text, place }) => ({ role: 'declared', ...place, note: `\`${text}\` as well` })),
  };
}

interface PinWords {
  readonly message: string;
  readonly hint: string;
  readonly confidence?: Confidence;
}

const PINS: Readonly<Record<Pin['kind'], (name: string, text: string, isCompose: boolean) => PinWords>> = {
  'container-name': (name, text) => ({
    message: `A second instance of \`${name}\` cannot start on this host: its container must be called ${text}, and one is already.`,
    hint: `Take \`container_name\` out. Compose then numbers the containers of \`${name}\`, and others still reach them all by the name of the service.`,
  }),
  'host-port': (name, text, isCompose) => ({
    message: `A second instance of \`${name}\` cannot start on this host: ${text.includes(', ') ? `ports ${text} are` : `port ${text} is`} taken.`,
    hint: isCompose
      ? `Let a proxy (Traefik, Caddy, nginx) publish ${text}, and give \`${name}\` no port of the host: list under \`ports\` the container's port alone, or name it under \`expose\`.`
      : `Take the port of the host out, and let a balancer or Service reach \`${name}\` at the port inside.`,
    ...(isCompose ? {} : { confidence: 'medium' as const }),
  }),
  'host-network': (name) => ({
    message: `A second instance of \`${name}\` cannot listen on this host: it uses the host's own network, where its ports are taken.`,
    hint: `Take the host's network out, so that each instance of \`${name}\` has ports of its own.`,
    confidence: 'medium',
  }),
  'host-path': (name, text) => ({
    message: `\`${name}\` uses the folder ${text} of its host.`,
    hint: 'Use a volume that every instance can reach.',
  }),
  address: (name, text) => ({
    message: `A second instance of \`${name}\` cannot start in this network: the address ${text} is taken.`,
    hint: 'Take the address out, and let others find the service by its name.',
  }),
  node: (name, text) => ({
    message: `Every instance of \`${name}\` runs on the node ${text}: when that is away, all are.`,
    hint: 'Take `nodeName` out, or say by labels which nodes will do.',
  }),
  single: (name, text) => ({
    message: `\`${name}\` is said to run once (${text}).`,
    hint: 'Allow a second instance here.',
  }),
};

// What a second one elsewhere would miss

const OTHER_FOLDER =
  'An instance on another host begins with a folder of its own: what a user saved through one is not there through the other, and is lost with its host.';

function keptHere(context: RuleContext, { descriptor, workload }: Deployed): readonly Cause[] {
  const found: { readonly volume: Volume; readonly isSure: boolean; readonly words: string }[] = [];
  for (const volume of workload.volumes) {
    if (volume.place.file !== descriptor.file || volume.spread === 'unknown') continue;
    const { holds, words } = heldIn(volume);
    // A folder that goes with its container is a matter only where its name says that data are meant to stay.
    const reason =
      volume.spread === 'shared'
        ? `${volume.why}, which every instance sees`
        : onEachHost.includes(workload.as)
          ? `one runs on each host, as a ${workload.as} does`
          : holds === 'something else'
            ? words
            : volume.keeps !== true && holds !== 'data'
              ? `${volume.why}, where nothing is kept`
              : undefined;
    if (reason !== undefined) context.safe({ ...volume.place, reason: `\`${volume.path}\`: ${reason}` });
    else found.push({ volume, isSure: holds === 'data', words });
  }
  const first = found.find(({ isSure }) => isSure) ?? found[0];
  if (!first) return [];
  const { volume } = first;
  return [
    {
      place: volume.place,
      symbol: 'data',
      confidence: first.isSure && volume.keeps === true ? 'high' : 'medium',
      message: `\`${workload.name}\` keeps ${first.words} (\`${volume.path}\`) in ${volume.why}${volume.spread === 'host' ? ', which ties it to this host' : ', which no other instance sees'}.`,
      consequence: OTHER_FOLDER,
      hint: `Keep it where every instance reaches it: files in object storage (S3), records in a database server; or mount at \`${volume.path}\` a volume that all hosts share (NFS, EFS, \`ReadWriteMany\`).`,
      triggers: ['scale-out'],
      more: found
        .filter((one) => one !== first)
        .map(({ volume: { path, place } }) => ({ role: 'declared', ...place, note: `\`${path}\` is kept so as well` })),
    },
  ];
}

// How many there are

function counted(context: RuleContext, deployed: Deployed): readonly Cause[] {
  const { descriptor, workload } = deployed;
  const { instances } = workload;
  if (instances?.value?.max !== 1 || countedOtherwise.includes(workload.as)) return [];
  const { place } = instances;
  if (workload.does === 'cron' || workload.does === 'migration' || workload.does === 'release') {
    context.safe({ ...place, reason: `\`${workload.name}\` is there for a ${workload.does}, which one is enough for` });
    return [];
  }
  const more = moreElsewhere(context.program, deployed);
  if (more) {
    context.safe({ ...place, reason: `\`${workload.name}\`: more than one elsewhere`, because: more });
    return [];
  }
  const knowledge = instancesKnowledge.find(({ kind }) => kind === descriptor.kind);
  return [
    {
      place,
      symbol: 'instances',
      confidence: 'high',
      message: `\`${workload.name}\` runs as one instance.`,
      consequence: idle(workload.does),
      hint: `${knowledge?.remedy ?? 'Ask for 2 here (or more).'} First mend what the other findings say: while a deploy replaces it, two run already.`,
      triggers: ['restart', 'crash'],
    },
  ];
}

/** Where nothing is said the platform's own number counts, if it has one and nothing here was left unread. */
function uncounted({ program }: RuleContext, deployed: Deployed): readonly Cause[] {
  const { descriptor, workload } = deployed;
  const knowledge = instancesKnowledge.find(({ kind }) => kind === descriptor.kind);
  if (knowledge?.unsaid !== 1 || workload.instances || workload.autoscaled || descriptor.unread.length > 0) return [];
  if (countedOtherwise.includes(workload.as) || workload.place.file !== descriptor.file) return [];
  if (workload.does !== 'web' && workload.does !== 'worker') return [];
  if (moreElsewhere(program, deployed)) return [];
  return [
    {
      place: workload.place,
      symbol: 'instances',
      confidence: knowledge.source.startsWith('unchecked:') ? 'low' : 'medium',
      message: `\`${workload.name}\` runs as one instance: nothing says how many, and one is the default of its platform.`,
      consequence: idle(workload.does),
      hint: `${knowledge.absent ?? knowledge.remedy} First mend what the other findings say: while a deploy replaces it, two run already.`,
      triggers: ['restart', 'crash'],
    },
  ];
}

function idle(does: string): string {
  return does === 'worker'
    ? 'While it restarts, is replaced or has crashed, no job is worked on.'
    : 'While it restarts, is moved or has crashed, nobody is answered.';
}

function replaced({ descriptor, workload }: Deployed): readonly Cause[] {
  const { update } = workload;
  if (!update || countedOtherwise.includes(workload.as)) return [];
  const isOne = workload.instances?.value?.max === 1;
  // With several, the others answer in the meantime.
  const isWithoutSurge = isOne && /^0%?$/.test(update.surge?.value ?? '');
  if (update.kind !== 'recreate' && !isWithoutSurge) return [];
  const place = update.kind === 'recreate' ? update.place : (update.surge?.place ?? update.place);
  if (workload.does === 'cron' || workload.does === 'migration' || workload.does === 'release') return [];
  const isCluster = descriptor.kind === 'kubernetes' || descriptor.kind === 'kustomization';
  return [
    {
      place,
      symbol: 'update',
      confidence: 'high',
      message: `Every deploy of \`${workload.name}\` is an interruption: the old ${isOne ? 'instance stops' : 'instances stop'} before a new one starts.`,
      consequence:
        workload.does === 'worker'
          ? 'From the stop of the old version to the start of the new one no job is worked on.'
          : 'From the stop of the old version until the new one is ready users see errors.',
      hint: isCluster
        ? 'Change it to a `RollingUpdate` with `maxSurge: 1` and `maxUnavailable: 0`, once old and new version can run side by side.'
        : 'Change it to a rolling update, once old and new version can run side by side.',
      triggers: ['rolling-deploy'],
    },
  ];
}

/** `cf scale shop -i 1` in a script. */
function checkCommands(context: RuleContext): void {
  for (const { name, count, place, file } of context.program.scalings) {
    if (count !== 1) continue;
    context.report({
      ...place,
      confidence: 'medium',
      when: 'always',
      symbol: `${name ?? ''} instances`,
      message: `${name === undefined ? 'The application' : `\`${name}\``} is scaled to one instance by this command.`,
      consequence: 'While it restarts, is moved or has crashed, nobody is answered.',
      hint: 'Ask for 2 here (or more), once the other findings are mended.',
      triggers: ['restart', 'crash'],
      evidence: [{ role: 'primary', ...place, note: `run by \`${file}\`` }],
    });
  }
}

function passOver({ safe }: RuleContext, { workload }: Deployed, reason: string): void {
  const { instances, pins, volumes } = workload;
  const places = [...pins, ...volumes, ...(instances ? [instances] : [])].map(({ place }) => place);
  for (const place of places) safe({ ...place, reason: `\`${workload.name}\`: ${reason}` });
}

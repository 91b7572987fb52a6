import {
  acting,
  type Call,
  type Confidence,
  defineRule,
  doubtsOfReach,
  type Effect,
  endNearby,
  type Evidence,
  type Fn,
  idleBecause,
  type KeptFile,
  keptFiles,
  type Place,
  placeInWords,
  type Program,
  type Reach,
  type RuleContext,
  served,
  surest,
  USER_PHASES,
} from '../../src/api/index.js';
import { hint } from './hint.js';
import { temporaryPathIn } from './paths.js';

export default defineRule({
  meta: {
    id: 'temp-file-handoff',
    title: 'The path of a temporary file handed to another request or worker',
    category: 'disk',
    severity: 'error',
    triggers: ['scale-out', 'rolling-deploy', 'restart', 'crash'],
  },
  check(context) {
    // Where the path is handed on says more than where the file is written.
    const told = new Set<Fn>();
    checkSent(context, told);
    checkState(context, told);
    for (const kept of keptFiles(context.program)) if (!told.has(kept.write.call.fn)) checkKept(context, kept);
  },
});

/** A temporary file that another request reads by its name. */
function checkKept(context: RuleContext, { write, reads, isRemade }: KeptFile): void {
  const { program } = context;
  // A folder that is served has been made for others to read, whatever it is called.
  if (!write.isTemporary || isRemade || write.isUpload || reads.some(({ entry }) => entry.serves && entry.folder))
    return;
  const labels = new Set(write.reaches.map(({ label }) => label));
  // A helper that reads for many requests reads for the one that writes as well: the path came to it in the same request.
  const isHelper = (one: (typeof reads)[number]) => {
    const ways = new Set(one.reaches.map(({ label }) => label));
    return [...labels].every((label) => ways.has(label));
  };
  const read = reads.find(
    (one) =>
      !isHelper(one) &&
      hasNameOfItsOwn(one.place) &&
      one.reaches.some(({ phase, label }) => !labels.has(label) && phase !== 'boot' && phase !== 'shutdown'),
  );
  const place = { file: write.call.unit.file, span: write.call.fact.span };
  if (!read) return;
  const end = endNearby(program, write.call, write.path);
  if (end) return context.safe({ ...place, reason: `the file is ${end.how} by the function that writes it` });
  const reader = read.reaches.find(({ label }) => !labels.has(label)) as Reach;
  const reach = write.reaches[0] as Reach;
  report(context, write.call, {
    confidence: reach.weak || reader.weak ? 'medium' : 'high',
    reach,
    doubts: doubtsOfReach(reach, reader),
    message: `${placeInWords(write.place)}, in the temporary folder of one instance, is written by ${reach.label} and read by ${reader.label}.`,
    to: 'request',
    evidence: [{ role: 'read', file: read.call.unit.file, span: read.call.fact.span, note: `read by ${reader.label}` }],
    note: 'written to the temporary folder here',
  });
}

/** Beyond the temporary folder and an extension something is known of the path: all temporary files have these in common. */
function hasNameOfItsOwn(place: string): boolean {
  const own = place.replace(/^(?:<[^>]*>|\/(?:var\/)?tmp|\/dev\/shm)/, '').replace(/\.\w+$/, '');
  return /[\w-]{2,}/.test(own);
}

const TO: Partial<Record<Effect['kind'], 'worker' | 'database'>> = {
  enqueue: 'worker',
  publish: 'worker',
  database: 'database',
};

/** A temporary path among what is put into a queue or a database. */
function checkSent(context: RuleContext, told: Set<Fn>): void {
  const { program } = context;
  for (const { call, effect } of acting(program)) {
    if (call.fact.args.length === 0 || call.unit.vendored) continue;
    const to = TO[effect.kind];
    if (!effect.writes || !to || effect.confidence === 'low') continue;
    const path = call.fact.args
      .map((arg) => temporaryPathIn(program, call.unit, arg, call.fact.span, to === 'worker'))
      .find((found) => found !== undefined);
    if (!path) continue;
    const reach = reachOf(program, call);
    if (!reach) continue;
    told.add(call.fn);
    const isSure = effect.confidence === 'high' && !reach.weak;
    report(context, call, {
      confidence: isSure ? 'high' : 'medium',
      reach,
      doubts: doubtsOfReach(reach),
      message:
        to === 'worker'
          ? `The path of a temporary file is put into a queue (\`${program.text(call.unit, call.fact.callee)}\`), whose workers may run on another instance.`
          : `The path of a temporary file is kept in the database (\`${program.text(call.unit, call.fact.callee)}\`), which all instances read.`,
      to,
      evidence: [path],
      note: 'handed on here',
    });
  }
}

/** A temporary path kept in memory for a later request. */
function checkState(context: RuleContext, told: Set<Fn>): void {
  const { program } = context;
  for (const cell of program.cells) {
    const writes = cell.writes.filter(({ op, value }) => value && (op === 'assign' || op === 'insert'));
    const write = surest(served(program, writes).filter(({ reach }) => USER_PHASES.includes(reach.phase)));
    const value = write?.access.value;
    if (!write || !value) continue;
    const path = temporaryPathIn(program, write.access.unit, value, write.access.place.span, false);
    if (!path) continue;
    const read = surest(
      served(program, cell.reads).filter(
        ({ access, reach }) => access.fn !== write.access.fn && reach.label !== write.reach.label,
      ),
    );
    if (!read) {
      context.safe({ ...write.access.place, reason: `no other request reads \`${cell.name}\`` });
      continue;
    }
    const setting = program.setting(
      program.conditions({ unit: write.access.unit, fn: write.access.fn, fact: write.access.fact }, write.reach.phase),
    );
    if (setting.never || setting.developmentOnly) continue;
    told.add(write.access.fn);
    emit(context, write.access.place, {
      confidence: write.reach.weak || read.reach.weak ? 'medium' : 'high',
      doubts: doubtsOfReach(write.reach, read.reach),
      setting,
      message: `The path of a temporary file is kept in \`${cell.name}\` by ${write.reach.label}, and looked up by ${read.reach.label}.`,
      consequence: CONSEQUENCES.request,
      hint: hint(program.stack(cell.unit), 'request'),
      evidence: [
        { role: 'primary', ...write.access.place, note: 'handed on here' },
        path,
        { role: 'declared', ...cell.place, note: `\`${cell.name}\` is declared` },
        { role: 'read', ...read.access.place, note: `looked up in \`${read.access.fn.name}\`` },
      ],
    });
  }
}

const CONSEQUENCES = {
  worker:
    'The job is taken by a worker on another instance, or after a deploy: there is no such file there, the job fails however often it is tried again, and what the user sent is lost.',
  database:
    'Whoever reads the entry on another instance, or after a deploy, finds a path to a file that is not there: the content is lost although the entry says that it is kept.',
  request:
    'The request that comes back for the file may reach another instance, which has no such file: a download fails or an upload in parts cannot be put together, and a deploy in between loses it for good.',
} as const;

interface What {
  readonly confidence: Confidence;
  readonly reach: Reach;
  readonly doubts: readonly string[];
  readonly message: string;
  readonly to: keyof typeof CONSEQUENCES;
  readonly evidence: readonly Evidence[];
  readonly note: string;
}

function report(context: RuleContext, call: Call, what: What): void {
  const { program } = context;
  const place = { file: call.unit.file, span: call.fact.span };
  const setting = program.setting(program.conditions(call, what.reach.phase));
  if (setting.never) return context.safe({ ...place, reason: 'asks for the absence of a setting that is required' });
  if (setting.developmentOnly)
    return context.safe({ ...place, reason: idleBecause(setting, 'only outside production') });
  if (program.inSharedStore(call.fn))
    return context.safe({ ...place, reason: 'the configuration declares that what is kept here is shared' });
  emit(context, place, {
    confidence: what.confidence,
    doubts: what.doubts,
    setting,
    message: what.message,
    consequence: CONSEQUENCES[what.to],
    hint: hint(program.stack(call.unit), what.to),
    evidence: [{ role: 'primary', ...place, note: what.note }, ...what.evidence, ...what.reach.path],
  });
}

function emit(
  context: RuleContext,
  place: Place,
  {
    setting,
    evidence,
    ...rest
  }: Pick<Parameters<RuleContext['report']>[0], 'confidence' | 'message' | 'consequence' | 'hint' | 'evidence'> & {
    readonly doubts: readonly string[];
    readonly setting: ReturnType<Program['setting']>;
  },
): void {
  context.report({
    file: place.file,
    span: place.span,
    ...rest,
    when: setting.when,
    ...(setting.words ? { condition: setting.words } : {}),
    symbol: context.program.symbol(place),
    evidence: [...evidence, ...setting.evidence],
  });
}

function reachOf(program: Program, call: Call): Reach | undefined {
  const reaches = program
    .reaches(call.fn)
    .filter(({ phase }) => USER_PHASES.includes(phase) || phase === 'job' || phase === 'event');
  return reaches.find(({ weak }) => !weak) ?? reaches[0];
}

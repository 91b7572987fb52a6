import {
  type Call,
  type Confidence,
  defineRule,
  doubtsOfReach,
  endNearby,
  type Evidence,
  fileRecipes,
  isLog,
  type KeptFile,
  keptFiles,
  lastingStoreOf,
  madeSecrets,
  type Place,
  placeInWords,
  type Program,
  type RawFinding,
  type Reach,
  type ReadFile,
  recipeFor,
  type RuleContext,
  type Setting,
  type Stack,
  type WrittenFile,
  diskAt,
  idleBecause,
} from '../../src/api/index.js';
import { programBehind } from './other-programs.js';

export default defineRule({
  meta: {
    id: 'local-file-write',
    title: 'Data written to the local disk of one instance and read back later',
    category: 'disk',
    severity: 'warning',
    triggers: ['scale-out', 'rolling-deploy', 'restart', 'crash'],
  },
  check(context) {
    const { program } = context;
    // Several places that write one file are one decision, and so are several that write one store or empty one folder.
    const told = new Map<string, RawFinding>();
    const inboxes = new Map<string, WrittenFile[]>();
    const files = keptFiles(program);
    const uploads = uploadStores(program, files);
    const secrets = new Set(madeSecrets(program).map(({ kept }) => (kept.how === 'file' ? nameOf(kept.place) : '')));
    for (const kept of files) {
      const { place, call, takenFrom, store } = kept.write;
      const dir = call.unit.manifest?.dir ?? '.';
      if (takenFrom) {
        const key = `${dir} ${takenFrom.place}`;
        inboxes.set(key, [...(inboxes.get(key) ?? []), kept.write]);
        continue;
      }
      if (secrets.has(nameOf(placeOf(call)))) {
        context.safe({ ...placeOf(call), reason: 'a secret of this instance: reported as per-instance-secret' });
        continue;
      }
      const upload = store && !kept.write.isUpload ? uploads.get(store) : undefined;
      const found = judge(context, kept, upload);
      if (!found) continue;
      const key = `${dir} ${store ?? place}`;
      const first = told.get(key);
      if (!first) told.set(key, found);
      else if (store && first.evidence.length < MOST_EVIDENCE)
        told.set(key, { ...first, evidence: [...first.evidence, { role: 'written', ...placeOf(call), note: ALSO }] });
    }
    for (const finding of told.values()) context.report(finding);
    for (const moves of inboxes.values()) checkInbox(context, moves);
  },
});

const ALSO = 'written to the same store here too';
const MOST_EVIDENCE = 12;

function nameOf({ file, span }: Place): string {
  return `${file}:${span.join(':')}`;
}

function placeOf(call: Call): Place {
  return { file: call.unit.file, span: call.fact.span };
}

/** The stores that uploads stay in, each with a place that is reported as such. */
function uploadStores(program: Program, files: readonly KeptFile[]): ReadonlyMap<string, Place> {
  const found = new Map<string, Place>();
  for (const { write } of files) {
    const { store, call, path, isUpload, isTemporary } = write;
    if (!store || !isUpload || isTemporary || found.has(store) || endNearby(program, call, path)) continue;
    found.set(store, placeOf(call));
  }
  return found;
}

/** What is to be reported of a file, if anything. */
function judge(
  context: RuleContext,
  { write, reads, isRemade, isStore, isBuilt }: KeptFile,
  upload: Place | undefined,
): RawFinding | undefined {
  const { program } = context;
  const { call, path } = write;
  const at = placeOf(call);
  const safe = (reason: string, because?: Place): undefined => {
    context.safe({ ...at, reason, ...(because ? { because: { file: because.file, span: because.span } } : {}) });
  };
  if (write.isUpload) return safe('reported as local-file-upload where it stays');
  if (upload) return safe('one more way into a store that is reported as local-file-upload', upload);
  if (isLog(program, call.unit, path)) return safe('a log: reported as local-log-file where it stays');
  const isServed = reads.some(({ entry }) => entry.serves && entry.folder);
  if (write.isTemporary && !isServed) return safe('written to the temporary folder');
  const end = endNearby(program, call, path);
  if (end) return safe(`the file is ${end.how} by the function that writes it`);
  const other = reads.length === 0 ? programBehind(program, write) : undefined;
  if (reads.length === 0 && !other) return safe('nothing in the program was found that reads it');
  if (isStore) return safe('a file used as a database: reported as embedded-database');
  if (isBuilt) return safe('built from the sources, the same on every instance');
  if (isRemade) return safe('a copy that the same work makes again where it is missing');
  // Work of the process itself, such as a job, that nobody else reads, stays with it.
  const reach = other?.reach ?? (write.reaches[0] as Reach);
  const setting = program.setting(program.conditions(call, reach.phase));
  if (setting.never) return safe('asks for the absence of a setting that is required');
  if (setting.developmentOnly) return safe(idleBecause(setting, 'written only outside production'));
  if (program.inSharedStore(call.fn)) return safe('the configuration declares that what is kept here is shared');
  const disk = diskAt(program, call.unit, write.place);
  if (disk.shared) return safe(disk.shared.reason, disk.shared.because);
  if (other) return forAnother(program, write, other, setting, disk.evidence);
  const read = mostTelling(reads);
  const where = placeInWords(write.place);
  const readPlace = { file: read.call.unit.file, span: read.call.fact.span };
  const confidence = confidenceOf(write.place, reach, read);
  return {
    ...at,
    confidence,
    doubts: [
      ...doubtsOfReach(reach, read.reaches[0]),
      ...(confidence === 'high' || reach.weak
        ? []
        : ['that both mean the same file is told from the parts of their paths that are known']),
    ],
    when: setting.when,
    ...(setting.words ? { condition: setting.words } : {}),
    symbol: program.symbol(at),
    message: `${where} is written to the local disk by ${reach.label}, and ${readBy(read)}.`,
    consequence: consequenceOf(read),
    hint: hint(program.stack(call.unit), read),
    evidence: [
      { role: 'primary', ...at, note: 'written here' },
      ...reach.path,
      { role: 'read', ...readPlace, note: readBy(read) },
      ...reads
        .filter((one) => one !== read)
        .slice(0, 3)
        .map(
          (one): Evidence => ({ role: 'read', file: one.call.unit.file, span: one.call.fact.span, note: readBy(one) }),
        ),
      ...disk.evidence,
      ...setting.evidence,
    ],
  };
}

/** What a web server or another daemon on the host works with. */
function forAnother(
  program: Program,
  { call, place }: WrittenFile,
  { reach, started }: NonNullable<ReturnType<typeof programBehind>>,
  setting: Setting,
  disk: readonly Evidence[],
): RawFinding {
  const at = placeOf(call);
  return {
    ...at,
    confidence: 'medium',
    doubts: [
      ...doubtsOfReach(reach),
      'that another program reads the file is told from its place and from what is started',
    ],
    when: setting.when,
    ...(setting.words ? { condition: setting.words } : {}),
    symbol: program.symbol(at),
    message: `${placeInWords(place)} is written to the local disk by ${reach.label}, for another program on this host.`,
    consequence:
      'Only the program beside the instance that the request has reached works with the change; those beside the other instances go on with what they had, and a new container starts without it.',
    hint: `Keep what the file is made from in ${lastingStoreOf(program.stack(call.unit))}, and let every instance write its own at the start and whenever it hears of a change.`,
    evidence: [{ role: 'primary', ...at, note: 'written here' }, ...reach.path, started, ...disk, ...setting.evidence],
  };
}

/** A folder is the list of what is still to do: looked through by a request, and emptied by moving files away. */
function checkInbox(context: RuleContext, moves: readonly WrittenFile[]): void {
  const { program } = context;
  // What is moved last is what was done; before it stand those that are left out.
  const done = moves.at(-1);
  const inbox = done?.takenFrom;
  if (!done || !inbox) return;
  const { call, reaches } = done;
  const at = { file: call.unit.file, span: call.fact.span };
  const reach = reaches[0] as Reach;
  const setting = program.setting(program.conditions(call, reach.phase));
  if (setting.never || setting.developmentOnly)
    return context.safe({ ...at, reason: idleBecause(setting, 'used only outside production') });
  context.report({
    ...at,
    confidence: 'medium',
    doubts: ['who puts files into the folder is not known', ...doubtsOfReach(reach)],
    when: setting.when,
    ...(setting.words ? { condition: setting.words } : {}),
    symbol: program.symbol(at),
    message: `A folder on the local disk is the list of what is to be done: ${reach.label} takes files out of ${placeInWords(inbox.place)} and moves them on.`,
    consequence:
      'A file that lies on one instance is found only when a request happens to reach that one; and on a folder that all mount, two requests can take the same file and do its work twice.',
    hint: `Keep the files in object storage and what is to be done with them in ${lastingStoreOf(program.stack(call.unit))}, where one worker can claim an entry.`,
    evidence: [
      { role: 'primary', ...at, note: 'moved on here' },
      { role: 'read', file: inbox.call.unit.file, span: inbox.call.fact.span, note: 'the folder is looked through' },
      ...moves.slice(0, -1).map(
        (move): Evidence => ({
          role: 'written',
          file: move.call.unit.file,
          span: move.call.fact.span,
          note: 'moved on here too',
        }),
      ),
      ...reach.path,
      ...setting.evidence,
    ],
  });
}

/** What clients are served says most, then what other requests read, then what the next start reads. */
function mostTelling(reads: readonly ReadFile[]): ReadFile {
  const rank = ({ entry, reaches }: ReadFile) =>
    entry.serves ? 0 : reaches.some(({ phase }) => phase === 'request' || phase === 'socket') ? 1 : 2;
  return [...reads].sort((a, b) => rank(a) - rank(b))[0] as ReadFile;
}

function isAtStart({ entry, reaches }: ReadFile): boolean {
  return !entry.serves && reaches.every(({ phase }) => phase === 'boot');
}

function readBy(read: ReadFile): string {
  if (read.entry.serves && read.entry.folder) return 'served to clients from there';
  const reach = read.reaches.find(({ phase }) => phase !== 'boot') ?? read.reaches[0];
  if (isAtStart(read) || !reach) return 'read at the start of the process';
  return `${read.entry.serves ? 'sent to clients' : read.entry.folder ? 'looked for' : 'read'} by ${reach.label}`;
}

function confidenceOf(place: string, reach: Reach, read: ReadFile): Confidence {
  if (reach.weak || reach.phase === 'event') return 'medium';
  // Names that both are made from settings of the code are the same; a folder whose name is not known is likely so.
  const folder = place.slice(0, place.lastIndexOf('/'));
  return folder.includes('*') || read.place.split('/').slice(0, -1).join('/').includes('*') ? 'medium' : 'high';
}

function consequenceOf(read: ReadFile): string {
  if (read.entry.serves)
    return 'The file exists on the instance that made it, and no other: the request that asks for it next may reach another one, and is answered with "not found"; a deploy takes all of them away.';
  if (isAtStart(read))
    return 'A change that a user makes through one instance is unknown to the others, which go on with what they read when they started, and it is gone when the container is replaced.';
  return 'What one instance has written the others do not find, or they find an older version of their own: users get other answers depending on which instance they reach, and a deploy throws all of it away.';
}

function hint(stack: Stack, read: ReadFile): string {
  if (read.entry.serves) return recipeFor(fileRecipes, '', stack, { file: read.call.unit.file, body: 'content' });
  const store = lastingStoreOf(stack);
  if (isAtStart(read))
    return `Keep it in ${store} and read it there when it is needed, or take it from the environment; a file can stay as a default that nobody writes.`;
  return `Keep it in ${store}; what is large belongs in object storage, with its key in the database.`;
}

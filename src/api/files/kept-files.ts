import { posix } from 'node:path';
import { callsKnown } from '../calls.js';
import { isAgedCopyOnDisk } from './aged-copies.js';
import { isBuiltFromSources } from './built-files.js';
import { ApiTable } from '../../knowledge/api-table.js';
import { fileOutputMethods, fileOutputs, fileReads } from '../../knowledge/disk/file-access.js';
import { once } from '../once.js';
import type { FileOutput, FileRead, Given } from '../../knowledge/disk/types.js';
import type { Expr } from '../../model/facts.js';
import type { Call, Phase, Program, Reach, Unit } from '../../model/program.js';
import { isTemporary } from './file-paths.js';
import { isWithin, placeOnDisk } from './file-places.js';
import { fileWriteOf, uploadIn } from './file-writes.js';
import { optionsAt } from '../kept/option-places.js';
import { USER_PHASES } from '../serving.js';

/** A file (or folder of files) that is written while serving. */
export interface WrittenFile {
  readonly call: Call;
  readonly path: Expr;
  readonly place: string;
  readonly isFolder: boolean;
  /** The ways it comes to be written while serving, the surest first. */
  readonly reaches: readonly Reach[];
  readonly content: readonly Expr[];
  readonly isTemporary: boolean;
  /** For a move: where from. */
  readonly from?: Expr;
  /** For a move: the folder that is listed to find what to move. */
  readonly takenFrom?: ReadFile;
  /** A client sent what is written. */
  readonly isUpload: boolean;
  /** The store of many files that it is one way into: all that a class writes below one folder, or what a setting names. */
  readonly store?: string;
}

/** A place that reads files. */
export interface ReadFile {
  readonly call: Call;
  readonly place: string;
  readonly entry: FileRead;
  readonly reaches: readonly Reach[];
}

/** What is written in one place and read in another. */
export interface KeptFile {
  readonly write: WrittenFile;
  readonly reads: readonly ReadFile[];
  /** All that reads it is the work that writes it, which would write it again; or it is a copy that is fetched anew with age. */
  readonly isRemade: boolean;
  /** A file of JSON that requests read and write, as a table of a database is. */
  readonly isStore: boolean;
  /** Every instance makes the same of it from what it was installed with. */
  readonly isBuilt: boolean;
}

const WHILE_SERVING: readonly Phase[] = [...USER_PHASES, 'job', 'event'];
const READS = new ApiTable(fileReads.map((entry) => ({ patterns: [entry.api], entry })));
const OUTPUTS = new ApiTable(fileOutputs.map((entry) => ({ patterns: [entry.api], entry })));
const METHODS = fileOutputMethods.map((entry) => ({ entry, receiver: new RegExp(entry.receiver, 'i') }));
const METHOD_NAMES = new Set(fileOutputMethods.map(({ method }) => method));
const TEMPORARY = /^(?:<os:tmpdir\(\)>|\/(?:var\/)?tmp|\/dev\/shm|<env:(?:TMPDIR|TEMP|TMP)>)(?:\/|$)/;
/** Files of the process itself. */
const OWN = /\.(?:pid|lock|lck|sock|socket|heapsnapshot|cpuprofile)$/i;

/** Every file that a serving process writes, with what reads it. */
export const keptFiles: (program: Program) => readonly KeptFile[] = once(find);

function find(program: Program): KeptFile[] {
  const serving = program.calls.filter(({ unit }) => serves(unit));
  const writes = serving.flatMap((call) => written(program, call));
  if (writes.length === 0) return [];
  const reads = callsKnown(program, READS).flatMap(({ call }) => (serves(call.unit) ? read(program, call) : []));
  return writes.map((write) => {
    const own = inProduction(program, preferred(reads.filter((one) => canRead(program, write, one))));
    const from = write.from;
    const takenFrom = from && reads.find((one) => isInbox(program, write, from, one));
    return {
      write: takenFrom ? { ...write, takenFrom } : write,
      reads: own,
      isRemade:
        own.length > 0 &&
        (own.every((one) => isSameWork(program, write, one)) || isAgedCopyOnDisk(program, write.call, write.content)),
      isStore: isStore(program, write, own),
      isBuilt: own.length > 0 && isBuiltFromSources(program, write),
    };
  });
}

/** What lists a folder, to tidy it up or to count, says nothing beside what reads the file itself. */
function preferred(reads: readonly ReadFile[]): readonly ReadFile[] {
  const contents = reads.filter(({ entry }) => !entry.folder || entry.serves);
  return contents.length > 0 ? contents : reads;
}

/** Without the ways that are only there in development. */
function inProduction(program: Program, reads: readonly ReadFile[]): ReadFile[] {
  return reads.flatMap((one) => {
    const phases = new Set(one.reaches.map(({ phase }) => phase));
    const idle = [...phases].filter((phase) => program.setting(program.conditions(one.call, phase)).developmentOnly);
    const reaches = one.reaches.filter(({ phase }) => !idle.includes(phase));
    return reaches.length > 0 || (one.entry.serves && idle.length === 0) ? [{ ...one, reaches }] : [];
  });
}

/** A folder that a request looks through, and moves files out of as they are done. */
function isInbox(program: Program, write: WrittenFile, from: Expr, { call, place, entry }: ReadFile): boolean {
  if (!entry.folder || entry.serves || call.unit !== write.call.unit) return false;
  const source = placeOnDisk(program, write.call.unit, from);
  return source !== undefined && isWithin(place, source, true) && source !== place;
}

function serves({ roles, vendored }: Unit): boolean {
  return !vendored && (roles.has('server') || roles.has('worker'));
}

function written(program: Program, call: Call): WrittenFile[] {
  const write = fileWriteOf(program, call);
  const output = write ? undefined : outputOf(program, call);
  const path = write?.path ?? output?.path;
  if (!path) return [];
  const reaches = program.reaches(call.fn).filter(({ phase }) => WHILE_SERVING.includes(phase));
  if (reaches.length === 0) return [];
  const place = placeOnDisk(program, call.unit, path);
  if (place === undefined || OWN.test(place)) return [];
  const isByUser = reaches.some(({ phase }) => USER_PHASES.includes(phase));
  const store = storeAt(call, place);
  return [
    {
      call,
      ...(store ? { store } : {}),
      path,
      place,
      isFolder: output?.entry.folder === true,
      reaches: [...reaches].sort((a, b) => rank(a) - rank(b)),
      content: write?.content ?? [],
      ...(write?.from && /(?:rename|move|mv)/i.test(program.text(call.unit, call.fact.callee))
        ? { from: write.from }
        : {}),
      isTemporary: TEMPORARY.test(place) || isTemporary(program, call.unit, path),
      isUpload: write !== undefined && isByUser && uploadIn(program, write) !== undefined,
    },
  ];
}

/** The folder below which names are made up, if it has a name of its own; one that only the code names is its class's. */
function storeAt({ unit, fn }: Call, place: string): string | undefined {
  const parts = place.split('/');
  const open = parts.findIndex((part) => part.includes('*'));
  const folder = parts.slice(0, Math.max(open, 0)).join('/');
  if (!/[^@/.]/.test(folder)) return undefined;
  if (folder.startsWith('<env:')) return folder;
  return fn.fact.cls === undefined ? undefined : `${unit.file}#${fn.fact.cls} ${folder}`;
}

function rank({ phase, weak }: Reach): number {
  return (weak ? 10 : 0) + WHILE_SERVING.indexOf(phase);
}

function outputOf(
  program: Program,
  call: Call,
): { readonly entry: Pick<FileOutput, 'folder'>; path: Expr } | undefined {
  for (const entry of program.apis(call).flatMap((api) => OUTPUTS.find(api))) {
    const path = given(program, call, entry.path);
    if (path) return { entry, path };
  }
  const { callee } = call.fact;
  if (callee.k !== 'member' || !METHOD_NAMES.has(callee.name) || program.callees(call).length > 0) return undefined;
  const receiver = program.text(call.unit, callee.of);
  const method = METHODS.find(
    ({ entry, receiver: pattern }) => entry.method === callee.name && pattern.test(receiver),
  )?.entry;
  const path = method && given(program, call, method.path);
  return path ? { entry: {}, path } : undefined;
}

function given(program: Program, call: Call, { arg, path }: Given): Expr | undefined {
  const expr = call.fact.args[arg];
  if (!expr || !path) return expr;
  const [option] = optionsAt(program, { unit: call.unit, expr, span: call.fact.span, when: [] }, path.split('.'));
  // An option that stands in another file would be read in the wrong one.
  return option?.unit === call.unit ? option.expr : undefined;
}

function read(program: Program, call: Call): ReadFile[] {
  const entries = program.apis(call).flatMap((api) => READS.find(api));
  return [...new Set(entries)].flatMap((entry): ReadFile[] => {
    const path = given(program, call, entry.path);
    if (!path || path.k === 'fn') return [];
    const reaches = program.reaches(call.fn).filter(({ phase }) => phase !== 'script' && phase !== 'test');
    if (reaches.length === 0 && !entry.serves) return [];
    const root = entry.root && given(program, call, entry.root);
    const base = root && placeOnDisk(program, call.unit, root);
    const own = placeOnDisk(program, call.unit, path);
    const place = base === undefined ? own : `${base}/${own?.replace(/^@\/(?:\.\/)?/, '') ?? '*'}`;
    return place === undefined ? [] : [{ call, place, entry, reaches }];
  });
}

function canRead(program: Program, write: WrittenFile, one: ReadFile): boolean {
  const { call, place, entry } = one;
  // What a handler reads back right where it wrote it never leaves the request.
  if (call.fn === write.call.fn && !entry.folder && !entry.serves && !derives(program, write, one)) return false;
  const isMeant =
    entry.folder || write.isFolder
      ? isWithin(place, write.place, true) || (write.isFolder && isWithin(write.place, place, true))
      : isWithin(write.place, place, false) && !isAnySource(program, place, write.place);
  return isMeant && program.sharedBy(write.call.unit, call.unit);
}

/** Whoever asks names any file beside the sources, `join(__dirname, req.params.path)`: that one of these is written says nothing. */
function isAnySource(program: Program, read: string, written: string): boolean {
  if (posix.basename(read) !== '*' || posix.basename(written).includes('*')) return false;
  return sourceFolders(program).has(posix.dirname(read));
}

const sourceFolders = once(
  (program: Program): ReadonlySet<string> =>
    new Set(program.units.map(({ file }) => posix.join('@', posix.dirname(file)))),
);

/** Every way to the reading is a way to the writing too: what one request makes, it makes again where it is missing. */
function isSameWork(program: Program, write: WrittenFile, one: ReadFile): boolean {
  if ((one.entry.folder && one.entry.serves) || derives(program, write, one)) return false;
  const labels = new Set(write.reaches.map(({ label }) => label));
  // What is read at the start of a process was written before it, by another.
  return one.reaches.every(({ label }) => labels.has(label));
}

/** What is written is made from what was read there: a count that goes up, a list that grows. */
function derives(program: Program, write: WrittenFile, { call, place }: ReadFile): boolean {
  if (call.unit !== write.call.unit || place.includes('*')) return false;
  return write.content.some((expr) =>
    program
      .origins(write.call.unit, expr, write.call.fact.span)
      .some((at) => at.unit === call.unit && at.expr.k === 'call' && at.expr.c === call.id),
  );
}

function isStore(program: Program, write: WrittenFile, reads: readonly ReadFile[]): boolean {
  if (write.isFolder || write.place.includes('*')) return false;
  const isJson =
    /\.json5?$/i.test(write.place) &&
    (write.content.some((expr) => saysJson(program, write.call.unit, expr)) || /json/i.test(calleeOf(program, write)));
  return isJson && reads.some(({ entry, reaches }) => !entry.folder && reaches.some(isByUser));
}

function isByUser({ phase }: Reach): boolean {
  return USER_PHASES.includes(phase);
}

function calleeOf(program: Program, { call }: WrittenFile): string {
  return program.text(call.unit, call.fact.callee);
}

function saysJson(program: Program, unit: Unit, expr: Expr): boolean {
  if (expr.k === 'text') return expr.parts.some((part) => saysJson(program, unit, part));
  const init = expr.k === 'id' ? unit.facts.bindings[expr.b]?.init : expr;
  const call = init?.k === 'call' ? unit.facts.calls[init.c] : undefined;
  return call !== undefined && /(?:^|\.)JSON\.stringify$/.test(program.text(unit, call.callee));
}

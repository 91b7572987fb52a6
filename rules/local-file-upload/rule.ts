import {
  ApiTable,
  type Call,
  callsWith,
  type Confidence,
  defineRule,
  diskOf,
  doubtsOfReach,
  endNearby,
  type Evidence,
  type Expr,
  fileRecipes,
  fileWriteOf,
  type Fn,
  idleBecause,
  isTemporary,
  type Match,
  matches,
  pathInWords,
  type Place,
  type Program,
  type Reach,
  recipeFor,
  type RuleContext,
  type Setting,
  settledBy,
  type Stack,
  type Unit,
  uploadIn,
  type UploadKnowledge,
  uploads,
  uploadStorages,
} from '../../src/api/index.js';
import { endInRequest, rewrittenInPlace } from './ends.js';
import { checkPlatforms, CONSEQUENCE } from './platforms.js';

const STORAGES = new ApiTable(uploadStorages.map((entry) => ({ patterns: [entry.api], entry })));

export default defineRule({
  meta: {
    id: 'local-file-upload',
    title: 'Uploads kept on the local disk of one instance',
    category: 'disk',
    severity: 'error',
    triggers: ['scale-out', 'rolling-deploy', 'restart', 'crash'],
  },
  check(context) {
    const { program } = context;
    checkPlatforms(context);
    for (const match of matches(program, uploads)) checkLibrary(context, match);
    const told = new Set<Fn>();
    const storages = new Set(callsWith(program, (api) => STORAGES.first(`${api}()`)?.keeps === 'disk'));
    for (const call of program.calls) {
      const storage = storages.has(call)
        ? program
            .apis(call)
            .map((api) => STORAGES.first(`${api}()`))
            .find((entry) => entry?.keeps === 'disk')
        : undefined;
      if (storage) checkStorage(context, call, storage.folder);
      // Several ways of writing in one function are one decision.
      if (!told.has(call.fn) && checkWrite(context, call)) told.add(call.fn);
    }
  },
});

// Libraries that write uploads by themselves

function checkLibrary(context: RuleContext, match: Match<UploadKnowledge>): void {
  const { program } = context;
  const { call, entry, options } = match;
  if (!isServer(call)) return;
  const place = placeOf(call);
  const given = (path: string | undefined) =>
    path && options ? program.property(options.unit, options.expr, path.split('.')) : [];
  if (entry.switch) {
    const on = given(entry.switch).some(({ value }) =>
      entry.switchOn
        ? value.kind === 'literal' && entry.switchOn.includes(String(value.value))
        : value.kind !== 'undefined' && !(value.kind === 'literal' && !value.value),
    );
    if (!on) return;
  }
  const storage = given(entry.storage).filter(({ value }) => value.kind !== 'undefined');
  // A disk storage is reported where it is made; another one is the project's answer.
  if (storage.length > 0) return;
  const fromFactory = options ? factoryFolder(program, options, entry) : undefined;
  const folder = given(entry.folder).filter(({ value }) => value.kind !== 'undefined');
  const folderExpr =
    options && entry.folder ? propertyExpr(program, options.unit, options.expr, entry.folder.split('.')) : undefined;
  if (folder.length === 0 && !fromFactory && entry.default !== 'folder') {
    if (entry.default !== 'stream')
      context.safe({
        ...place,
        reason:
          entry.default === 'memory' ? 'uploads stay in memory for the request' : 'uploads go to the temporary folder',
      });
    return;
  }
  const at = fromFactory ?? folderExpr;
  if (at && isTemporary(program, at.unit, at.expr))
    return context.safe({ ...place, reason: 'uploads go to the temporary folder' });
  const end = endInRequest(program, call);
  if (end)
    return context.safe({ ...place, reason: `the upload is ${end.how} in the same request`, because: end.place });
  const where = at ? pathInWords(program, at.unit, at.expr) : 'a folder of its own';
  report(context, call, {
    message: `Uploads are written to the local disk (${where}): ${entry.note}.`,
    confidence: 'high',
    folders: at ? [at] : [],
    evidence: at
      ? [{ role: 'option', file: at.unit.file, span: at.span ?? call.fact.span, note: `the folder: ${where}` }]
      : [],
  });
}

/** `MulterModule.registerAsync({ useFactory: () => ({ dest }) })`. */
function factoryFolder(
  program: Program,
  options: { readonly unit: Unit; readonly expr: Expr },
  entry: UploadKnowledge,
): Found | undefined {
  if (!entry.folder) return undefined;
  for (const { value } of program.values(options.unit, options.expr)) {
    if (value.kind !== 'object') continue;
    const factory = value.expr.props.find(({ name }) => name === 'useFactory')?.value;
    for (const fn of factory ? program.functions(value.unit, factory) : []) {
      for (const returned of fn.fact.returns) {
        const found = returned.value && propertyExpr(program, fn.unit, returned.value, entry.folder.split('.'));
        if (found) return found;
      }
    }
  }
  return undefined;
}

interface Found {
  readonly unit: Unit;
  readonly expr: Expr;
  readonly span?: Evidence['span'];
}

/** The expression that a property of an options object is written with. */
function propertyExpr(program: Program, unit: Unit, expr: Expr, path: readonly string[]): Found | undefined {
  for (const { value } of program.values(unit, expr)) {
    if (value.kind !== 'object') continue;
    for (const prop of value.expr.props) {
      if (prop.name === path[0])
        return path.length === 1
          ? { unit: value.unit, expr: prop.value, span: prop.span }
          : propertyExpr(program, value.unit, prop.value, path.slice(1));
      const spread = prop.name === undefined ? propertyExpr(program, value.unit, prop.value, path) : undefined;
      if (spread) return spread;
    }
  }
  return undefined;
}

/** `multer.diskStorage({ destination })`: a folder, or a function that hands one on. */
function checkStorage(
  context: RuleContext,
  call: Call,
  folder: { readonly arg: number; readonly path?: string } | undefined,
): void {
  const { program } = context;
  if (!isServer(call)) return;
  const options = folder ? call.fact.args[folder.arg] : undefined;
  const destination =
    options && folder?.path
      ? propertyExpr(program, call.unit, options, folder.path.split('.'))
      : options
        ? { unit: call.unit, expr: options }
        : undefined;
  if (!destination)
    return context.safe({ ...placeOf(call), reason: 'without a destination the storage uses the temporary folder' });
  const folders = handedOn(program, destination);
  if (folders.length > 0 && folders.every(({ unit, expr }) => isTemporary(program, unit, expr)))
    return context.safe({ ...placeOf(call), reason: 'uploads go to the temporary folder' });
  const end = endInRequest(program, call);
  if (end)
    return context.safe({
      ...placeOf(call),
      reason: `the upload is ${end.how} in the same request`,
      because: end.place,
    });
  const where = folders[0] ? pathInWords(program, folders[0].unit, folders[0].expr) : 'a folder';
  report(context, call, {
    message: `Uploads are written to the local disk (${where}).`,
    confidence: 'high',
    folders,
    evidence: [],
  });
}

/** The folder itself, or what the destination function passes to its callback. */
function handedOn(program: Program, destination: Found): Found[] {
  const fns = program.functions(destination.unit, destination.expr);
  if (fns.length === 0) return [destination];
  return fns.flatMap((fn) =>
    program.callsIn(fn).flatMap((inner) => {
      const { callee, args } = inner.fact;
      const binding = callee.k === 'id' ? fn.unit.facts.bindings[callee.b] : undefined;
      const isCallback = binding?.param !== undefined && binding.fn === fn.id;
      const last = args.at(-1);
      return isCallback && args.length > 1 && last ? [{ unit: fn.unit, expr: last }] : [];
    }),
  );
}

// Writes by hand

/** Says whether it was reported. */
function checkWrite(context: RuleContext, call: Call): boolean {
  const { program } = context;
  if (!isServer(call)) return false;
  const write = fileWriteOf(program, call);
  if (!write) return false;
  const reach = servedBy(program, call);
  const upload = reach && uploadIn(program, write);
  if (!reach || !upload) return false;
  const { sent } = upload;
  const place = placeOf(call);
  const path = pathInWords(program, call.unit, write.path);
  if (isTemporary(program, call.unit, write.path)) {
    context.safe({ ...place, reason: 'written to the temporary folder' });
    return false;
  }
  const rewritten = rewrittenInPlace(program, call, write.path);
  if (rewritten) {
    context.safe({
      ...place,
      reason: 'the upload is rewritten where it lies; who put it there is judged for itself',
      because: rewritten,
    });
    return false;
  }
  const end = endNearby(program, call, write.path);
  if (end) {
    context.safe({ ...place, reason: `the file is ${end.how} in the same request`, because: end.place });
    return false;
  }
  report(context, call, {
    message: `What a client uploads is written to the local disk (${path}), reached from ${reach.label}.`,
    confidence: reach.weak ? (sent ? 'medium' : 'low') : sent ? 'high' : 'medium',
    doubts: [...doubtsOfReach(reach), ...(sent ? [] : ['that a client sent what is written is told from names alone'])],
    evidence: [...(sent ? [sent] : []), ...reach.path],
    folders: [{ unit: call.unit, expr: write.path }],
    reach,
  });
  return true;
}

// Shared

function report(
  context: RuleContext,
  call: Call,
  what: {
    readonly message: string;
    readonly confidence: Confidence;
    readonly doubts?: readonly string[];
    readonly evidence: readonly Evidence[];
    readonly reach?: Reach;
    /** Where they are written to, as far as that is known. */
    readonly folders: readonly { readonly unit: Unit; readonly expr: Expr }[];
  },
): void {
  const { program } = context;
  const place = placeOf(call);
  const setting: Setting = program.setting(program.conditions(call, what.reach?.phase ?? 'boot'));
  if (setting.never) return context.safe({ ...place, reason: 'asks for the absence of a setting that is required' });
  if (setting.developmentOnly)
    return context.safe({ ...place, reason: idleBecause(setting, 'used only outside production') });
  if (program.inSharedStore(call.fn))
    return context.safe({ ...place, reason: 'the configuration declares that what is kept here is shared' });
  const disk = diskOf(program, what.folders);
  if (disk.shared) return context.safe({ ...place, ...disk.shared });
  const stack = program.stack(call.unit);
  context.report({
    ...place,
    confidence: what.confidence,
    ...(what.doubts ? { doubts: what.doubts } : {}),
    when: setting.when,
    ...(setting.words ? { condition: setting.words } : {}),
    symbol: program.symbol(place),
    message: what.message,
    consequence: CONSEQUENCE,
    hint: (stack.objectStorage && settledBy(setting)) ?? hint(call, stack, program.text(call.unit, call.fact.callee)),
    evidence: [
      { role: 'primary', ...place, note: 'uploads are written here' },
      ...what.evidence,
      ...disk.evidence,
      ...setting.evidence,
    ],
  });
}

function servedBy(program: Program, call: Call): Reach | undefined {
  const reaches = program
    .reaches(call.fn)
    .filter(({ phase }) => phase === 'request' || phase === 'socket' || phase === 'consumer');
  return reaches.find(({ weak }) => !weak) ?? reaches[0];
}

function isServer(call: Call): boolean {
  return call.unit.roles.has('server') || call.unit.roles.has('worker');
}

function placeOf(call: Call): Place {
  return { file: call.unit.file, span: call.fact.span };
}

function hint({ unit }: Call, stack: Stack, callee: string): string {
  const isMulter = /multer|storage|interceptor/i.test(callee);
  return recipeFor(fileRecipes, isMulter ? 'multer' : '', stack, {
    file: unit.file,
    body: isMulter ? 'req.file.buffer' : 'content',
  });
}

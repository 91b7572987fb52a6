import {
  ApiTable,
  type Call,
  type Confidence,
  defineRule,
  doubtsOfReach,
  type Evidence,
  type Expr,
  type Fn,
  fileWrites,
  type Match,
  matches,
  type Place,
  type Program,
  type Reach,
  type RuleContext,
  type Setting,
  type Stack,
  temporaryFolders,
  temporaryPaths,
  type Unit,
  type UploadKnowledge,
  uploadedValues,
  uploadMethods,
  uploads,
  uploadStorages,
} from '../../src/api/index.js';

const STORAGES = new ApiTable(uploadStorages.map((entry) => ({ patterns: [entry.api], entry })));
const WRITES = new ApiTable(fileWrites.map((entry) => ({ patterns: [entry.api], entry })));
const TEMPORARY = new ApiTable(temporaryFolders.map((entry) => ({ patterns: [entry.api], entry })));
const UPLOADED = new ApiTable(uploadedValues.map((entry) => ({ patterns: [entry.api], entry })));
const METHODS = uploadMethods.map((entry) => ({ entry, receiver: new RegExp(entry.receiver, 'i') }));
const TEMPORARY_PATHS = temporaryPaths.map((source) => new RegExp(source));
const REMOVES = new ApiTable([
  {
    patterns: [
      '{fs:{,promises.},fs/promises:,fs-extra:}{unlink,rm,unlinkSync,rmSync}',
      'fs-extra:{remove,removeSync}',
      'rimraf:{,rimraf}',
      'del:{,deleteAsync}',
    ],
    entry: true,
  },
]);

/** Words of names that hold what a client sent to be kept, and of places it is kept in. */
const CONTENT_NAME =
  /(?:^|[^a-z])(?:upload(?:ed)?|attachment|avatar|photo|picture|logo|data_?uri)(?:s|data|buffer|content|stream|base64|uri|url)?(?![a-z])/i;
const PLACE_NAME = /upload|avatar|attachment|photo|picture|image|logo|media|storage|asset|document/i;
/** `file.buffer`: how upload middleware hands a file over. */
const FILE_BUFFER =
  /(?:^|[^a-z])\w*(?:file|upload|image|photo|avatar|attachment|picture|logo)\w*\.(?:buffer|data|tempFilePath|filepath)$/i;
const TEMPORARY_NAME = /(?:^|[^a-z])te?mp(?:orary)?(?:dir|path|file|folder|name)?(?![a-z])/i;

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
    for (const match of matches(program, uploads)) checkLibrary(context, match);
    for (const call of program.calls) {
      const storage = program
        .apis(call)
        .map((api) => STORAGES.first(`${api}()`))
        .find((entry) => entry?.keeps === 'disk');
      if (storage) checkStorage(context, call, storage.folder);
      checkWrite(context, call);
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
  const removal = removedInRequest(program, call);
  if (removal)
    return context.safe({ ...place, reason: 'the upload is removed again in the same request', because: removal });
  const where = at ? text(program, at.unit, at.expr) : 'a folder of its own';
  report(context, call, {
    message: `Uploads are written to the local disk (${where}): ${entry.note}.`,
    confidence: 'high',
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
  const removal = removedInRequest(program, call);
  if (removal)
    return context.safe({
      ...placeOf(call),
      reason: 'the upload is removed again in the same request',
      because: removal,
    });
  const where = folders[0] ? text(program, folders[0].unit, folders[0].expr) : 'a folder';
  report(context, call, {
    message: `Uploads are written to the local disk (${where}).`,
    confidence: 'high',
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

function checkWrite(context: RuleContext, call: Call): void {
  const { program } = context;
  if (!isServer(call)) return;
  const write = writeOf(program, call);
  if (!write?.path) return;
  const reach = servedBy(program, call);
  if (!reach) return;
  const place = placeOf(call);
  const encoding = call.fact.args[2];
  const base64 =
    encoding?.k === 'lit' && encoding.v === 'base64'
      ? ({ role: 'read', ...place, note: 'decoded from base64, as files in requests are' } as const)
      : undefined;
  const sent =
    base64 ?? write.content.map((expr) => sentByClient(program, call.unit, expr)).find((found) => found !== undefined);
  const enclosing = `${call.fn.name} ${call.fn.fact.cls === undefined ? '' : (call.unit.facts.classes[call.fn.fact.cls]?.name ?? '')} ${call.unit.file}`;
  const path = text(program, call.unit, write.path);
  const byName =
    write.content.some((expr) => CONTENT_NAME.test(program.text(call.unit, expr))) &&
    PLACE_NAME.test(`${enclosing} ${path}`);
  if (!sent && !byName) return;
  if (isTemporary(program, call.unit, write.path))
    return context.safe({ ...place, reason: 'written to the temporary folder' });
  const removal = removedNearby(program, call, write.path);
  if (removal)
    return context.safe({ ...place, reason: 'the file is removed again in the same request', because: removal });
  report(context, call, {
    message: `What a client uploads is written to the local disk (${path}), reached from ${reach.label}.`,
    confidence: reach.weak ? (sent ? 'medium' : 'low') : sent ? 'high' : 'medium',
    doubts: [...doubtsOfReach(reach), ...(sent ? [] : ['that a client sent what is written is told from names alone'])],
    evidence: [...(sent ? [sent] : []), ...reach.path],
    reach,
  });
}

interface Write {
  readonly path: Expr | undefined;
  readonly content: readonly Expr[];
}

function writeOf(program: Program, call: Call): Write | undefined {
  const { args, callee } = call.fact;
  for (const api of program.apis(call)) {
    const entry = WRITES.first(api);
    if (!entry) continue;
    const content = [entry.content, entry.from].flatMap((index) => (index === undefined ? [] : (args[index] ?? [])));
    if (entry.stream) content.push(...piped(program, call));
    // What is written is the receiver: `photo.mv(path)`, `sharp(buffer).toFile(path)`.
    if (content.length === 0 && callee.k === 'member') content.push(callee.of);
    return { path: args[entry.path], content };
  }
  if (callee.k !== 'member' || program.callees(call).length > 0) return undefined;
  const receiver = program.text(call.unit, callee.of);
  const method = METHODS.find(({ entry, receiver: pattern }) => entry.method === callee.name && pattern.test(receiver));
  return method ? { path: args[method.entry.path], content: [callee.of] } : undefined;
}

/** What is piped into a stream: `source.pipe(stream)`, `pipeline(source, stream)`. */
function piped(program: Program, stream: Call): Expr[] {
  const { facts } = stream.unit;
  const isStream = (expr: Expr | undefined): boolean => {
    if (expr?.k === 'id') return isStream(facts.bindings[expr.b]?.init);
    return expr?.k === 'call' && expr.c === stream.id;
  };
  return program.calls.flatMap((call) => {
    if (call.unit !== stream.unit || !call.fact.args.some(isStream)) return [];
    const { callee, args } = call.fact;
    if (callee.k === 'member' && callee.name === 'pipe') return [callee.of];
    const first = args[0];
    return first && /(?:^|\.)(?:pipeline|pump)$/.test(program.text(call.unit, callee)) ? [first] : [];
  });
}

/** Follows an expression to what a client sent. */
function sentByClient(program: Program, unit: Unit, expr: Expr, depth = 0): Evidence | undefined {
  if (depth > 8) return undefined;
  const inner = (part: Expr) => sentByClient(program, unit, part, depth + 1);
  for (const { value } of program.values(unit, expr)) {
    if (value.kind === 'external' && value.call && isDecoding(value.api, value.call)) {
      return {
        role: 'read',
        file: value.call.unit.file,
        span: value.call.fact.span,
        note: 'decoded from base64, as files in requests are',
      };
    }
    if (value.kind === 'external' && isUploaded(value.api)) {
      const span = expr.k === 'call' ? unit.facts.calls[expr.c]?.span : undefined;
      return {
        role: 'read',
        file: unit.file,
        span: span ?? unit.facts.functions[0]?.nameSpan ?? [1, 1, 1, 1],
        note: `what the client sent: \`${program.text(unit, expr)}\``,
      };
    }
  }
  switch (expr.k) {
    case 'member': {
      const name = program.text(unit, expr);
      if (FILE_BUFFER.test(name))
        return {
          role: 'read',
          file: unit.file,
          span: unit.facts.functions[0]?.nameSpan ?? [1, 1, 1, 1],
          note: `what the client sent: \`${name}\``,
        };
      return inner(expr.of);
    }
    case 'index':
    case 'await':
    case 'spread':
    case 'unary':
      return inner(expr.of);
    case 'call': {
      const call = unit.facts.calls[expr.c];
      if (!call) return undefined;
      // A field of a submitted form: `form.get('picture')`.
      if (
        call.callee.k === 'member' &&
        /^get(?:All)?$/.test(call.callee.name) &&
        /form/i.test(program.text(unit, call.callee.of))
      ) {
        return {
          role: 'read',
          file: unit.file,
          span: call.span,
          note: `what the client sent: \`${program.text(unit, expr)}\``,
        };
      }
      const own = call.callee.k === 'member' ? inner(call.callee.of) : undefined;
      return own ?? call.args.map(inner).find((found) => found !== undefined);
    }
    case 'id': {
      const init = unit.facts.bindings[expr.b]?.init;
      return init && init.k !== 'fn' && init.k !== 'class' ? inner(init) : throughParam(program, unit, expr.b, depth);
    }
    case 'logic':
      return inner(expr.left) ?? inner(expr.right);
    case 'choose':
      return inner(expr.yes) ?? inner(expr.no);
    case 'text':
    case 'other':
      return expr.parts.map(inner).find((found) => found !== undefined);
    case 'array':
      return expr.items.map(inner).find((found) => found !== undefined);
    case 'object':
      return expr.props.map(({ value }) => inner(value)).find((found) => found !== undefined);
    default:
      return undefined;
  }
}

/** Files inside JSON travel as base64. */
function isDecoding(api: string, call: Call): boolean {
  const encoding = call.fact.args[1];
  return /^(?:global|buffer):Buffer(?:\.from)?\(\)$/.test(api) && encoding?.k === 'lit' && encoding.v === 'base64';
}

/** A parameter is what its callers pass; one decorated as an upload is one. */
function throughParam(program: Program, unit: Unit, id: number, depth: number): Evidence | undefined {
  const binding = unit.facts.bindings[id];
  if (!binding?.param) return undefined;
  const fn = program.fn(unit, binding.fn);
  const { index } = binding.param;
  for (const call of program.calls) {
    const { decorates } = call.fact;
    if (call.unit !== unit || decorates?.param !== index || decorates.fn !== fn.id) continue;
    if (program.apis(call).some((api) => isUploaded(`${api}()`)))
      return { role: 'read', file: unit.file, span: call.fact.span, note: 'the uploaded file' };
  }
  for (const call of program.callers(fn)) {
    const arg = call.fact.args[index];
    const found = arg && sentByClient(program, call.unit, arg, depth + 2);
    if (found) return found;
  }
  return undefined;
}

function isUploaded(api: string): boolean {
  for (let at = api; at.includes(':'); at = at.replace(/(?:\.[^.()/]+|\(\)|\/[\d.]+)$/, '')) {
    if (UPLOADED.first(at)) return true;
    if (!/(?:\.[^.()/]+|\(\)|\/[\d.]+)$/.test(at)) return false;
  }
  return false;
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
  },
): void {
  const { program } = context;
  const place = placeOf(call);
  const setting: Setting = program.setting(program.conditions(call, what.reach?.phase ?? 'boot'));
  if (setting.developmentOnly) return context.safe({ ...place, reason: 'used only outside production' });
  context.report({
    ...place,
    confidence: what.confidence,
    ...(what.doubts ? { doubts: what.doubts } : {}),
    when: setting.when,
    ...(setting.words ? { condition: setting.words } : {}),
    symbol: program.symbol(place),
    message: what.message,
    consequence:
      'A file uploaded through one instance does not exist on the others: it is shown or missing depending on which one is asked, and gone when its container is replaced.',
    hint: hint(program.stack(call.unit), program.text(call.unit, call.fact.callee)),
    evidence: [{ role: 'primary', ...place, note: 'uploads are written here' }, ...what.evidence, ...setting.evidence],
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

/** A path below the temporary folder, told from where it comes or what it is called. */
function isTemporary(program: Program, unit: Unit, expr: Expr, depth = 0): boolean {
  if (depth > 6) return false;
  const inner = (part: Expr) => isTemporary(program, unit, part, depth + 1);
  for (const { value } of program.values(unit, expr)) {
    if (value.kind === 'external' && TEMPORARY.first(value.api)) return true;
    if (value.kind === 'literal' && typeof value.value === 'string') {
      const path = value.value;
      if (TEMPORARY_PATHS.some((pattern) => pattern.test(path))) return true;
    }
  }
  switch (expr.k) {
    case 'call': {
      const call = unit.facts.calls[expr.c];
      return Boolean(call?.args.some(inner)) || (call?.callee.k === 'member' && inner(call.callee.of));
    }
    case 'id': {
      const binding = unit.facts.bindings[expr.b];
      if (binding && TEMPORARY_NAME.test(binding.name)) return true;
      const init = binding?.init;
      return init !== undefined && init.k !== 'fn' && inner(init);
    }
    case 'member':
      return TEMPORARY_NAME.test(expr.name) || inner(expr.of);
    case 'text':
      return expr.parts.some(inner);
    case 'logic':
      return inner(expr.left) && inner(expr.right);
    case 'await':
      return inner(expr.of);
    default:
      return false;
  }
}

/** The handlers behind this upload remove the file again, whatever happens: a temporary file with another name. */
function removedInRequest(program: Program, upload: Call): Place | undefined {
  for (const fn of handlersBehind(program, upload)) {
    let queue = [fn];
    const seen = new Set(queue);
    for (let depth = 0; depth < 4; depth++) {
      const next: typeof queue = [];
      for (const at of queue) {
        for (const call of program.callsIn(at)) {
          const first = call.fact.args[0];
          const isRemoval =
            first &&
            program.apis(call).some((api) => REMOVES.first(api)) &&
            !call.fact.when.some((id) => call.unit.facts.conditions[id]?.kind === 'catch');
          if (isRemoval && sentByClient(program, call.unit, first)) return placeOf(call);
          const inner = [
            ...program.callees(call),
            ...call.fact.args.flatMap((arg) => (arg.k === 'fn' ? [program.fn(call.unit, arg.f)] : [])),
          ];
          for (const to of inner) if (!seen.has(to)) next.push(to);
          for (const to of inner) seen.add(to);
        }
      }
      queue = next;
    }
  }
  return undefined;
}

/** The functions registered or decorated together with an upload: `router.post(path, upload.single('file'), handler)`. */
function handlersBehind(program: Program, upload: Call): Fn[] {
  const isUpload = (unit: Unit, expr: Expr, depth = 0): boolean => {
    if (depth > 4) return false;
    if (expr.k === 'call' && unit === upload.unit && expr.c === upload.id) return true;
    if (
      program
        .values(unit, expr)
        .some(
          ({ value }) =>
            value.kind === 'external' &&
            value.call !== undefined &&
            (value.call === upload ||
              value.call.fact.args.some((arg) => depth < 2 && isUpload(value.call?.unit ?? unit, arg, depth + 2))),
        )
    )
      return true;
    if (expr.k === 'object') return expr.props.some(({ value }) => isUpload(unit, value, depth + 1));
    const call = expr.k === 'call' ? unit.facts.calls[expr.c] : undefined;
    return (
      call !== undefined &&
      ((call.callee.k === 'member' && isUpload(unit, call.callee.of, depth + 1)) ||
        call.args.some((arg) => isUpload(unit, arg, depth + 1)))
    );
  };
  return program.calls.flatMap((call) => {
    const { decorates, args } = call.fact;
    if (
      args.length === 0 ||
      (decorates ? decorates.fn === undefined : args.length < 2) ||
      !args.some((arg) => isUpload(call.unit, arg))
    )
      return [];
    return decorates?.fn !== undefined
      ? [program.fn(call.unit, decorates.fn)]
      : args.flatMap((arg) => program.functions(call.unit, arg));
  });
}

/** The very file that is written here is removed in the same function. */
function removedNearby(program: Program, write: Call, path: Expr): Place | undefined {
  const written = program.text(write.unit, path);
  const scope = new Set([write.fn.id, write.fn.fact.parent].filter((id) => id > 0));
  for (const call of program.calls) {
    const first = call.fact.args[0];
    if (
      !first ||
      call.unit !== write.unit ||
      !(scope.has(call.fn.id) || scope.has(call.fn.fact.parent)) ||
      !program.apis(call).some((api) => REMOVES.first(api))
    )
      continue;
    if (call.fact.when.some((id) => call.unit.facts.conditions[id]?.kind === 'catch')) continue;
    const removed = program.text(call.unit, first);
    if (removed === written || (removed !== '…' && removed.length > 2 && written.includes(removed)))
      return placeOf(call);
  }
  return undefined;
}

function text(program: Program, unit: Unit, expr: Expr): string {
  const literal = program.values(unit, expr).find(({ value }) => value.kind === 'literal')?.value;
  return literal?.kind === 'literal' ? `\`${literal.value}\`` : `\`${program.text(unit, expr)}\``;
}

function hint(stack: Stack, callee: string): string {
  if (stack.has('@aws-sdk/client-s3') || stack.has('minio') || stack.has('aws-sdk')) {
    return /multer|storage|interceptor/i.test(callee)
      ? 'Use `multer-s3` (or `memoryStorage()` and a `PutObjectCommand`) with the S3 client this project has.'
      : 'Put the file into object storage with the S3 client this project has, and serve it from there.';
  }
  if (stack.has('@google-cloud/storage'))
    return 'Put the file into the Google Cloud Storage bucket this project has a client for.';
  if (stack.has('@azure/storage-blob'))
    return 'Put the file into Azure Blob Storage, which this project has a client for.';
  if (stack.has('cloudinary'))
    return 'Send the file to Cloudinary, which this project has a client for, and keep only its address.';
  return /multer|storage|interceptor/i.test(callee)
    ? 'Send uploads to object storage, for example with `multer-s3`, or put the folder on a volume that all instances mount (NFS, EFS).'
    : 'Put the file into object storage (for example with `@aws-sdk/client-s3`) and serve it from there, or put the folder on a volume that all instances mount (NFS, EFS).';
}

import {
  ApiTable,
  type Call,
  callAt,
  callsWith,
  endOf,
  type Expr,
  type FileEnd,
  type Fn,
  isPlaceOfUpload,
  matches,
  once,
  type Place,
  type Program,
  sentByClient,
  type Unit,
  uploads,
  uploadStorages,
} from '../../src/api/index.js';

/** Calls that take in the file at a path. */
const READS = new ApiTable([
  {
    patterns: [
      '{fs:{,promises.},fs/promises:,fs-extra:}{readFile,readFileSync,createReadStream,open,openSync}',
      'sharp:',
      'jimp:{,Jimp.}read',
    ],
    entry: true,
  },
]);

const STORAGES = new ApiTable(uploadStorages.map((entry) => ({ patterns: [entry.api], entry })));

/** The handlers behind this upload remove the file or move it on, whatever happens: a temporary file with another name. */
export function endInRequest(program: Program, upload: Call): FileEnd | undefined {
  for (const fn of handlersBehind(program, upload)) {
    let queue = [fn];
    const seen = new Set(queue);
    for (let depth = 0; depth < 4; depth++) {
      const next: typeof queue = [];
      for (const at of queue) {
        for (const call of program.callsIn(at)) {
          const first = call.fact.args[0];
          const how = endOf(program, call);
          if (how && first && sentByClient(program, call.unit, first, call.fact.span))
            return { how, place: { file: call.unit.file, span: call.fact.span } };
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
function handlersBehind(program: Program, upload: Call): readonly Fn[] {
  return (registering(program).get(upload) ?? []).flatMap(({ unit, fact: { decorates, args } }) =>
    decorates?.fn !== undefined
      ? [program.fn(unit, decorates.fn)]
      : args.flatMap((arg) => program.functions(unit, arg)),
  );
}

/** The calls that are handed an upload, or what holds one, for all uploads at once. */
const registering = once((program: Program): ReadonlyMap<Call, readonly Call[]> => {
  const found = new Map<Call, Call[]>();
  const isWanted = new Set([
    ...matches(program, uploads).map(({ call }) => call),
    ...callsWith(program, (api) => STORAGES.first(`${api}()`) !== undefined),
  ]);
  if (isWanted.size === 0) return found;
  for (const call of program.calls) {
    const { decorates, args } = call.fact;
    if (args.length === 0 || (decorates ? decorates.fn === undefined : args.length < 2)) continue;
    const handed = new Set<Call>();
    for (const arg of args) collect(program, call.unit, arg, 0, handed);
    for (const upload of handed) if (isWanted.has(upload)) found.set(upload, [...(found.get(upload) ?? []), call]);
  }
  return found;
});

/** The calls that an expression is, or is made with. */
function collect(program: Program, unit: Unit, expr: Expr, depth: number, found: Set<Call>): void {
  if (depth > 4) return;
  const own = expr.k === 'call' ? callAt(program, unit, expr.c) : undefined;
  if (own) found.add(own);
  for (const { value } of program.values(unit, expr)) {
    if (value.kind !== 'external' || value.call === undefined) continue;
    const { call } = value;
    found.add(call);
    if (depth < 2) for (const arg of call.fact.args) collect(program, call.unit, arg, depth + 2, found);
  }
  if (expr.k === 'object') {
    for (const { value } of expr.props) collect(program, unit, value, depth + 1, found);
    return;
  }
  const fact = expr.k === 'call' ? unit.facts.calls[expr.c] : undefined;
  if (!fact) return;
  if (fact.callee.k === 'member') collect(program, unit, fact.callee.of, depth + 1, found);
  for (const arg of fact.args) collect(program, unit, arg, depth + 1, found);
}

/**
 * The file was there before, and is cleaned or made smaller: the function reads the very path that it writes, or the path is the
 * one at which upload middleware has put the file.
 */
export function rewrittenInPlace(program: Program, write: Call, path: Expr): Place | undefined {
  const place = { file: write.unit.file, span: write.fact.span };
  if (isPlaceOfUpload(program, write.unit, path)) return place;
  const written = program.text(write.unit, path);
  if (written === '…' || path.k === 'lit') return undefined;
  const read = program
    .callsIn(write.fn)
    .find(
      ({ unit, fact }) =>
        fact !== write.fact &&
        fact.args[0] !== undefined &&
        program.text(unit, fact.args[0]) === written &&
        isSameVariable(fact.args[0], path),
    );
  const isRead = read && program.apis(read).some((api) => READS.first(api));
  return isRead ? { file: read.unit.file, span: read.fact.span } : undefined;
}

function isSameVariable(a: Expr, b: Expr): boolean {
  if (a.k === 'member' && b.k === 'member') return a.name === b.name && isSameVariable(a.of, b.of);
  return a.k === 'id' && b.k === 'id' ? a.b === b.b : a.k === b.k;
}

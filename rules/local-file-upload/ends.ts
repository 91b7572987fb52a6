import {
  ApiTable,
  type Call,
  endOf,
  type Expr,
  type FileEnd,
  type Fn,
  isPlaceOfUpload,
  type Place,
  type Program,
  sentByClient,
  type Unit,
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

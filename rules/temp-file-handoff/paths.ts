import {
  ApiTable,
  type Evidence,
  type Expr,
  type Origin,
  type Program,
  type Span,
  temporaryFolders,
  temporaryPaths,
  type Unit,
  uploadedValues,
} from '../../src/api/index.js';

const FOLDERS = new ApiTable(temporaryFolders.map((entry) => ({ patterns: [entry.api], entry })));
const PATHS = temporaryPaths.map((source) => new RegExp(source));
const UPLOADED = new ApiTable(uploadedValues.map((entry) => ({ patterns: [entry.api], entry })));
/** What makes a path of paths; what any other call gives is no path of the file, but what it made of it. */
const KEEPS_PATH = /(?:^|\.)(?:join|resolve|normalize|stringify|String|toString|format|assign)$/;

/**
 * The path of a temporary file in what is handed on, if there is one: made from the temporary folder, or where upload middleware
 * has put a file. That content was read from such a path says nothing. Uploads count where `withUploads` says so, since
 * the folder they are kept in is reported by itself.
 */
export function temporaryPathIn(
  program: Program,
  unit: Unit,
  expr: Expr,
  span: Span,
  withUploads: boolean,
): Evidence | undefined {
  const isEnd = (at: Origin) => endsPath(program, at);
  for (const at of program.origins(unit, expr, span, isEnd)) {
    const note = whatItIs(program, at, withUploads);
    if (note) return { role: 'declared', ...at.place, note };
  }
  return undefined;
}

function endsPath(program: Program, { unit, expr }: Origin): boolean {
  // Parts of a path, such as its length, and choices between other things.
  if (expr.k === 'member') return /^(?:length|size|mimetype|originalname|name|base|ext|fieldname)$/.test(expr.name);
  if (expr.k !== 'call') return false;
  const call = unit.facts.calls[expr.c];
  if (!call || call.new) return true;
  if (KEEPS_PATH.test(program.text(unit, call.callee))) return false;
  // A helper of the project that gives a path is looked into; a package's call gives something else.
  return program.values(unit, expr).some(({ value }) => value.kind === 'external');
}

function whatItIs(program: Program, { unit, expr }: Origin, withUploads: boolean): string | undefined {
  if (expr.k === 'lit')
    return typeof expr.v === 'string' && PATHS.some((path) => path.test(String(expr.v)))
      ? `a path in the temporary folder, \`${expr.v}\``
      : undefined;
  if (expr.k !== 'call' && expr.k !== 'member' && expr.k !== 'id') return undefined;
  for (const { value } of program.values(unit, expr)) {
    if (value.kind !== 'external') continue;
    if (FOLDERS.first(value.api) && !value.api.startsWith('env:'))
      return `made from the temporary folder: \`${program.text(unit, expr)}\``;
    const upload = /^(.*)\.(path|filepath|tempFilePath)$/.exec(value.api);
    if (withUploads && upload?.[1] && isUpload(upload[1])) return 'where the upload was put on this instance';
  }
  return undefined;
}

/** `req.file`, or a part of what it holds. */
function isUpload(api: string): boolean {
  for (let at = api; at.includes(':'); at = at.replace(/(?:\.[^.()/]+|\(\)|\/[\d.]+)$/, '')) {
    if (UPLOADED.first(at)) return true;
    if (!/(?:\.[^.()/]+|\(\)|\/[\d.]+)$/.test(at)) return false;
  }
  return false;
}

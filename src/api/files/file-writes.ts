import { ApiTable } from '../../knowledge/api-table.js';
import { fileWrites, uploadMethods } from '../../knowledge/uploads.js';
import type { Expr } from '../../model/facts.js';
import type { Evidence } from '../../model/finding.js';
import type { Call, Program } from '../../model/program.js';
import { callsAmong } from '../calls.js';
import { pathInWords } from './file-paths.js';
import { requestPiped, sentByClient } from './sent-by-client.js';

const WRITES = new ApiTable(fileWrites.map((entry) => ({ patterns: [entry.api], entry })));
const METHODS = uploadMethods.map((entry) => ({ entry, receiver: new RegExp(entry.receiver, 'i') }));
const METHOD_NAMES = new Set(uploadMethods.map(({ method }) => method));
/** Words of names that hold what a client sent to be kept, and of places it is kept in. */
const CONTENT_NAME =
  /(?:^|[^a-z])(?:upload(?:ed)?|attachment|avatar|photo|picture|logo|data_?uri)(?:s|data|buffer|content|stream|base64|uri|url)?(?![a-z])/i;
const PLACE_NAME = /upload|avatar|attachment|photo|picture|image|logo|media|storage|asset|document/i;
/** A call that writes a file: where, what, and for a move or copy from where. */
export interface FileWrite {
  readonly call: Call;
  readonly path: Expr;
  readonly content: readonly Expr[];
  readonly from?: Expr;
  /** What flows into it, where it is a stream. */
  readonly piped?: readonly Expr[];
}

export function fileWriteOf(program: Program, call: Call): FileWrite | undefined {
  const { args, callee } = call.fact;
  for (const api of program.apis(call)) {
    const entry = WRITES.first(api);
    if (!entry) continue;
    const path = args[entry.path];
    if (!path) return undefined;
    const content = [entry.content, entry.from].flatMap((index) => (index === undefined ? [] : (args[index] ?? [])));
    const flows = entry.stream ? piped(program, call) : [];
    content.push(...flows);
    // What is written is the receiver: `photo.mv(path)`, `sharp(buffer).toFile(path)`.
    if (content.length === 0 && callee.k === 'member') content.push(callee.of);
    const from = entry.from === undefined ? undefined : args[entry.from];
    return { call, path, content, ...(from ? { from } : {}), ...(flows.length > 0 ? { piped: flows } : {}) };
  }
  if (callee.k !== 'member' || !METHOD_NAMES.has(callee.name) || program.callees(call).length > 0) return undefined;
  const receiver = program.text(call.unit, callee.of);
  const method = METHODS.find(({ entry, receiver: pattern }) => entry.method === callee.name && pattern.test(receiver));
  const path = method && args[method.entry.path];
  return path ? { call, path, content: [callee.of] } : undefined;
}

/** What is piped into a stream: `source.pipe(stream)`, `pipeline(source, stream)`. */
function piped(program: Program, stream: Call): Expr[] {
  const { facts } = stream.unit;
  const isStream = (expr: Expr | undefined): boolean => {
    if (expr?.k === 'id') return isStream(facts.bindings[expr.b]?.init);
    return expr?.k === 'call' && expr.c === stream.id;
  };
  return callsAmong(program, [stream.unit]).flatMap((call) => {
    if (!call.fact.args.some(isStream)) return [];
    const { callee, args } = call.fact;
    if (callee.k === 'member' && callee.name === 'pipe') return [callee.of];
    const first = args[0];
    return first && /(?:^|\.)(?:pipeline|pump)$/.test(program.text(call.unit, callee)) ? [first] : [];
  });
}

/** Whether a client sent what is written: where it did, or that names say so. */
export function uploadIn(
  program: Program,
  { call, path, content, piped: flows = [] }: FileWrite,
): { readonly sent?: Evidence } | undefined {
  const place = { file: call.unit.file, span: call.fact.span };
  const encoding = call.fact.args[2];
  if (encoding?.k === 'lit' && encoding.v === 'base64')
    return { sent: { role: 'read', ...place, note: 'decoded from base64, as files in requests are' } };
  const sent =
    content
      .map((expr) => sentByClient(program, call.unit, expr, call.fact.span))
      .find((found) => found !== undefined) ??
    flows.map((expr) => requestPiped(program, call.unit, expr, call.fact.span)).find((found) => found !== undefined);
  if (sent) return { sent };
  const cls = call.fn.fact.cls === undefined ? '' : (call.unit.facts.classes[call.fn.fact.cls]?.name ?? '');
  const enclosing = `${call.fn.name} ${cls} ${call.unit.file}`;
  const byName =
    content.some((expr) => CONTENT_NAME.test(program.text(call.unit, expr))) &&
    PLACE_NAME.test(`${enclosing} ${pathInWords(program, call.unit, path)}`);
  return byName ? {} : undefined;
}

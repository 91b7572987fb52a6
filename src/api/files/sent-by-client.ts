import { ApiTable } from '../../knowledge/api-table.js';
import { requestStreams, uploadedValues } from '../../knowledge/uploads.js';
import type { Expr } from '../../model/facts.js';
import type { Evidence } from '../../model/finding.js';
import type { Call, Origin, Program, Unit, Value } from '../../model/program.js';
import type { Span } from '../../model/span.js';

const UPLOADED = new ApiTable(uploadedValues.map((entry) => ({ patterns: [entry.api], entry })));

const STREAMS = new ApiTable(requestStreams.map((entry) => ({ patterns: [entry.api], entry })));

/** `file.buffer`: how upload middleware hands a file over; `filepath`, in small letters, is formidable's. */
const FILE_CONTENT =
  /(?:[Ff]ile|[Uu]pload|[Ii]mage|[Pp]hoto|[Aa]vatar|[Aa]ttachment|[Pp]icture|[Ll]ogo)\w*\.(?:buffer|data|tempFilePath)$|(?:[Ff]ile|[Uu]pload)\w*\.filepath$/;

const DESCRIPTIONS =
  /^(?:original_?name|originalFilename|name|mime_?type|type|size|length|encoding|fieldname|hash|id)$/i;

/** `await req.file()`: how Fastify's multipart plugin hands it over. */
const FILE_OF_REQUEST = /(?:^|\.)req(?:uest)?\.(?:file|files|parts|saveRequestFiles)$/;

/** Where the content of an expression came from a client, if it did. */
export function sentByClient(program: Program, unit: Unit, expr: Expr, span: Span): Evidence | undefined {
  const isEnd = (at: Origin) => isDescription(program, at);
  for (const at of program.origins(unit, expr, span, isEnd)) {
    if (isEnd(at)) continue;
    const note = whatWasSent(program, at.unit, at.expr);
    if (note) return { role: 'read', ...at.place, note };
  }
  return undefined;
}

/** A request that is read as a stream, by itself or through others: what is a part of it, such as its body, is no file. */
export function requestPiped(program: Program, unit: Unit, expr: Expr, span: Span): Evidence | undefined {
  for (const at of program.origins(unit, expr, span, (one) => one.expr.k === 'member' || one.expr.k === 'object')) {
    const isRequest = program
      .values(at.unit, at.expr)
      .some(({ value }) => value.kind === 'external' && STREAMS.first(value.api) !== undefined);
    if (isRequest)
      return { role: 'read', ...at.place, note: `the request itself: \`${program.text(at.unit, at.expr)}\`` };
  }
  return undefined;
}

/** What a file is called or how large it is says nothing of what it holds. */
function isDescription(program: Program, { unit, expr }: Origin): boolean {
  if (expr.k === 'member' && DESCRIPTIONS.test(expr.name)) return true;
  if (expr.k !== 'id') return false;
  return program
    .values(unit, expr)
    .some(({ value }) => value.kind === 'external' && isUploaded(value.api) && DESCRIPTIONS.test(lastOf(value.api)));
}

function lastOf(api: string): string {
  return api.replace(/^.*[.:/]/, '');
}

function whatWasSent(program: Program, unit: Unit, expr: Expr): string | undefined {
  const values = program.values(unit, expr);
  const name = program.text(unit, expr);
  for (const { value } of values) {
    if (value.kind !== 'external') continue;
    if (value.call && isDecoding(program, value.api, value.call))
      return 'decoded from base64, as files in requests are';
    if (isUploaded(value.api)) return `what the client sent: \`${name}\``;
  }
  // What something is called counts only where nothing better is known of it.
  const isUnknown = values.every(
    ({ value }) =>
      value.kind === 'unknown' || value.kind === 'undefined' || (value.kind === 'literal' && value.value === null),
  );
  const callee = expr.k === 'call' ? unit.facts.calls[expr.c]?.callee : undefined;
  if (expr.k === 'member' && isUnknown && FILE_CONTENT.test(name)) return `what the client sent: \`${name}\``;
  if (callee && isUnknown && FILE_OF_REQUEST.test(program.text(unit, callee)))
    return `what the client sent: \`${name}\``;
  const isFormField =
    callee?.k === 'member' && /^get(?:All)?$/.test(callee.name) && /form/i.test(program.text(unit, callee.of));
  return isFormField ? `what the client sent: \`${name}\`` : undefined;
}

/** Files inside JSON travel as base64; so do keys and certificates in settings. */
function isDecoding(program: Program, api: string, call: Call): boolean {
  const [content, encoding] = call.fact.args;
  if (!/^(?:global|buffer):Buffer(?:\.from)?\(\)$/.test(api) || encoding?.k !== 'lit' || encoding.v !== 'base64')
    return false;
  return (
    content === undefined ||
    !program
      .origins(call.unit, content, call.fact.span)
      .some(({ unit, expr }) =>
        program
          .values(unit, expr)
          .some(
            ({ value }) => value.kind === 'external' && /^env:|^(?:global:process\.|process:)env\b/.test(value.api),
          ),
      )
  );
}

/** `req.file.path`: where upload middleware has put the file, and nothing else. */
export function isPlaceOfUpload(program: Program, unit: Unit, expr: Expr): boolean {
  const values = program
    .values(unit, expr)
    .map(({ value }) => value)
    .filter(({ kind }) => kind !== 'undefined' && kind !== 'unknown');
  const isPlace = (value: Value) => value.kind === 'external' && /\.(?:path|filepath|tempFilePath)$/.test(value.api);
  // One that a middleware of the project has hung on the request beside them is one of them.
  return values.every(isPlace) && values.some((value) => value.kind === 'external' && isUploaded(value.api));
}

function isUploaded(api: string): boolean {
  for (let at = api; at.includes(':'); at = at.replace(/(?:\.[^.()/]+|\(\)|\/[\d.]+)$/, '')) {
    if (UPLOADED.first(at)) return true;
    if (!/(?:\.[^.()/]+|\(\)|\/[\d.]+)$/.test(at)) return false;
  }
  return false;
}

import { ApiTable } from '../../knowledge/api-table.js';
import { callsAmong, callsKnown } from '../calls.js';
import type { Expr } from '../../model/facts.js';
import type { Call, Fn, Program } from '../../model/program.js';
import { isBefore, type Place } from '../../model/span.js';

/** Calls after which a file is no longer where it was: removed, or moved to where it is judged by itself. */
const ENDS = new ApiTable([
  {
    patterns: [
      '{fs:{,promises.},fs/promises:,fs-extra:}{unlink,rm,unlinkSync,rmSync}',
      'fs-extra:{remove,removeSync}',
      'rimraf:{,rimraf}',
      'del:{,deleteAsync}',
    ],
    entry: 'removed again',
  },
  {
    patterns: [
      '{fs:{,promises.},fs/promises:,fs-extra:}{rename,renameSync}',
      'fs-extra:{move,moveSync}',
      'mv:',
      'move-file:{,moveFile}',
    ],
    entry: 'moved on',
  },
]);

export interface FileEnd {
  readonly how: string;
  readonly place: Place;
}

/** The very file that is written here is removed or moved in the same function. */
export function endNearby(program: Program, write: Call, path: Expr): FileEnd | undefined {
  const written = program.text(write.unit, path);
  const scope = new Set([write.fn.id, write.fn.fact.parent].filter((id) => id > 0));
  for (const { call } of callsKnown(program, ENDS)) {
    const first = call.fact.args[0];
    if (!first || call.unit !== write.unit || !(scope.has(call.fn.id) || scope.has(call.fn.fact.parent))) continue;
    if (makesRoom(call, write)) continue;
    const how = endOf(program, call);
    const ended = program.text(call.unit, first);
    if (how && (ended === written || (ended !== '…' && ended.length > 2 && written.includes(ended))))
      return { how, place: { file: call.unit.file, span: call.fact.span } };
  }
  return handedOver(program, write, written, scope) ?? givenBack(program, write.fn, path);
}

/** What is removed or moved before the file is written is the one that was there before. */
function makesRoom(end: Call, write: Call): boolean {
  return end.fn === write.fn && isBefore(end.fact.span, write.fact.span);
}

/** More callers than these are not looked at one by one. */
const MOST_CALLERS = 8;
const DEEPEST = 5;

/** `cleanUp(path)`: a helper of the project removes what it is handed. */
function handedOver(program: Program, write: Call, written: string, scope: ReadonlySet<number>): FileEnd | undefined {
  for (const call of callsAmong(program, [write.unit])) {
    if (!isInside(call, scope)) continue;
    const index = call.fact.args.findIndex((arg) => arg.k === 'id' && program.text(call.unit, arg) === written);
    if (index < 0 || isAfterFailure(call) || makesRoom(call, write)) continue;
    for (const helper of program.callees(call)) {
      const param = helper.fact.params[index];
      const how =
        param !== undefined && param >= 0
          ? program
              .callsIn(helper)
              .flatMap((inner) => (isNamed(inner.fact.args[0], param) ? (endOf(program, inner) ?? []) : []))
          : [];
      if (how[0]) return { how: how[0], place: { file: call.unit.file, span: call.fact.span } };
    }
  }
  return undefined;
}

/** In one of the functions, or in a callback that is written in it. */
function isInside({ unit, fn }: Call, scope: ReadonlySet<number>): boolean {
  let id = fn.id;
  for (let depth = 0; id > 0 && depth < DEEPEST; depth++) {
    if (scope.has(id)) return true;
    id = unit.facts.functions[id]?.parent ?? 0;
  }
  return false;
}

/** `const file = await write(); try { … } finally { await unlink(file); }`: whoever is told the path removes the file. */
function givenBack(program: Program, writer: Fn, path: Expr): FileEnd | undefined {
  if (path.k !== 'id' || !writer.fact.returns.some(({ value }) => isNamed(value, path.b))) return undefined;
  const callers = program.callers(writer);
  if (callers.length === 0 || callers.length > MOST_CALLERS) return undefined;
  const ends = callers.map((call) => {
    const { unit } = call;
    const got = unit.facts.bindings.findIndex(({ fn, init }) => fn === call.fn.id && isCall(init, call.id));
    return got < 0
      ? undefined
      : callsAmong(program, [unit]).find(
          (end) => isNamed(end.fact.args[0], got) && endOf(program, end) === 'removed again',
        );
  });
  const [first] = ends;
  if (!first || ends.some((end) => !end)) return undefined;
  return { how: 'removed again', place: { file: first.unit.file, span: first.fact.span } };
}

function isNamed(expr: Expr | undefined, binding: number): boolean {
  return expr?.k === 'id' && expr.b === binding;
}

function isCall(expr: Expr | undefined, id: number): boolean {
  return expr?.k === 'await' ? isCall(expr.of, id) : expr?.k === 'call' && expr.c === id;
}

/** Tidying up after a failure is no end: where all goes well the file stays. */
export function endOf(program: Program, call: Call): string | undefined {
  if (isAfterFailure(call)) return undefined;
  return program
    .apis(call)
    .map((api) => ENDS.first(api))
    .find((how) => how !== undefined);
}

function isAfterFailure({ unit, fn, fact }: Call): boolean {
  if (fact.when.some((id) => unit.facts.conditions[id]?.kind === 'catch')) return true;
  let at = fn.id;
  for (let depth = 0; at > 0 && depth < DEEPEST; depth++) {
    if (unit.facts.calls.some((call) => hearsFailure(call, at))) return true;
    at = unit.facts.functions[at]?.parent ?? 0;
  }
  return false;
}

/** `stream.on('error', fn)`, `promise.catch(fn)`. */
function hearsFailure({ callee, args }: Call['fact'], fn: number): boolean {
  if (callee.k !== 'member' || !args.some((arg) => arg.k === 'fn' && arg.f === fn)) return false;
  if (callee.name === 'catch') return true;
  const [event] = args;
  return (
    /^(?:on|once|addListener)$/.test(callee.name) &&
    event?.k === 'lit' &&
    /^(?:error|abort(?:ed)?)$/.test(String(event.v))
  );
}

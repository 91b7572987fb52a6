import { ApiTable } from '../../knowledge/api-table.js';
import { callsKnown } from '../calls.js';
import type { Expr } from '../../model/facts.js';
import type { Call, Program } from '../../model/program.js';
import type { Place } from '../../model/span.js';

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
    const how = endOf(program, call);
    const ended = program.text(call.unit, first);
    if (how && (ended === written || (ended !== '…' && ended.length > 2 && written.includes(ended))))
      return { how, place: { file: call.unit.file, span: call.fact.span } };
  }
  return undefined;
}

/** Tidying up after a failure is no end: where all goes well the file stays. */
export function endOf(program: Program, call: Call): string | undefined {
  if (call.fact.when.some((id) => call.unit.facts.conditions[id]?.kind === 'catch')) return undefined;
  return program
    .apis(call)
    .map((api) => ENDS.first(api))
    .find((how) => how !== undefined);
}

import type { Expr } from '../../model/facts.js';
import type { Program } from '../../model/program.js';
import { fileWriteOf } from './file-writes.js';
import { placeOnDisk } from './file-places.js';
import type { WrittenFile } from './kept-files.js';
import { sentByClient } from './sent-by-client.js';

/** What a browser runs and draws a page with: made from sources, by whoever serves it. */
const ASSET = /\.(?:[cm]?js|css|s[ac]ss|less|map|woff2?|ttf|eot)$/i;
/** Where installed packages are. */
const INSTALLED = /(?:^|\/)node_modules(?:\/|$)/;

/**
 * What is written is the same on every instance: code and styles put together from the sources, or files of an installed package
 * copied to where they are served. What comes from a request or from the database is not.
 */
export function isBuiltFromSources(program: Program, { call, place, content }: WrittenFile): boolean {
  const from = fileWriteOf(program, call)?.from;
  if (from && isInstalled(program, call, from)) return true;
  return ASSET.test(place) && content.length > 0 && content.every((expr) => isOwn(program, call, expr));
}

function isOwn(program: Program, call: WrittenFile['call'], expr: Expr): boolean {
  const { unit } = call;
  if (sentByClient(program, unit, expr, call.fact.span)) return false;
  return program
    .origins(unit, expr, call.fact.span)
    .every((at) =>
      program
        .values(at.unit, at.expr)
        .every(
          ({ value }) => value.kind !== 'external' || !value.call || program.effect(value.call)?.kind !== 'database',
        ),
    );
}

/** A path into `node_modules`, or one that starts from where a package was resolved to. */
function isInstalled(program: Program, { unit, fact }: WrittenFile['call'], path: Expr): boolean {
  const place = placeOnDisk(program, unit, path);
  if (place !== undefined && INSTALLED.test(place)) return true;
  return program
    .origins(unit, path, fact.span)
    .some((at) =>
      program
        .values(at.unit, at.expr)
        .some(({ value }) => value.kind === 'external' && value.api === 'global:require.resolve()'),
    );
}

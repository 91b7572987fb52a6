import type { Changes } from '../model/changes.js';
import type { Finding } from '../model/finding.js';
import type { Place } from '../model/span.js';

/**
 * Whether a change had a part in a finding: one of the places that speak for it changed. What a hazard rests on may stand far from
 * it: the route that now reaches an old timer is new, and the timer is where it is reported.
 */
export function hasChanged(finding: Finding, changes: Changes): boolean {
  return [finding, ...finding.evidence].some((place) => isChanged(place, changes));
}

function isChanged({ file, span: [line, , endLine] }: Place, { files, folders }: Changes): boolean {
  const lines = files.get(file);
  if (lines === undefined) return folders.some((folder) => file.startsWith(`${folder}/`));
  return lines === 'all' || lines.some(([from, to]) => from <= endLine && line <= to);
}

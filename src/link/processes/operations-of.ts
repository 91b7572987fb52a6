import type { Operation } from '../../model/production.js';
import type { Deployed, Unit } from '../../model/program.js';
import type { Place } from '../../model/span.js';

/** Tells which workloads of production a place belongs to: its file is part of their processes, or it stands in what describes them. */
export class OperationsOf {
  private readonly byFile = new Map<string, readonly Operation[]>();

  constructor(
    private readonly operations: readonly Operation[],
    private readonly units: ReadonlyMap<string, Unit>,
  ) {}

  of(place: Place): readonly Operation[] {
    const unit = this.units.get(place.file);
    if (!unit) return this.operations.filter(({ deployed }) => deployed && isPartOf(place, deployed, this.operations));
    let found = this.byFile.get(place.file);
    if (!found) {
      found = this.operations.filter(({ processes }) => processes.some(({ units }) => units.has(unit)));
      this.byFile.set(place.file, found);
    }
    return found;
  }
}

/** A line of a script that it runs, of the image it is made from, or of its own description. */
function isPartOf(place: Place, deployed: Deployed, all: readonly Operation[]): boolean {
  const [line] = place.span;
  if (deployed.runs.some(({ step }) => isOnLine(step.place, place.file, line))) return true;
  if (deployed.image?.place.file === place.file) return true;
  if (deployed.descriptor.file !== place.file && deployed.workload.place.file !== place.file) return false;
  // Of several in a file, the last that begins above.
  const begins = all
    .flatMap((one) => (one.deployed?.workload.place.file === place.file ? [one.deployed.workload.place.span[0]] : []))
    .filter((at) => at <= line);
  const nearest = begins.length > 0 ? Math.max(...begins) : undefined;
  return nearest === undefined || deployed.workload.place.span[0] === nearest;
}

function isOnLine(step: Place, file: string, line: number): boolean {
  return step.file === file && step.span[0] <= line && line <= step.span[2];
}

import type { Alternative } from '../../model/program.js';
import { CIRCLE, UNKNOWN } from './alternatives.js';

/** How far a question may lead before it is given up. */
const DEEPEST = 24;

/** An answer that was found, and from how deep on it holds: 0 for a complete one. */
interface Answer {
  readonly found: readonly Alternative[];
  readonly from: number;
}

/**
 * Answers, each looked for once. A question that leads back to itself adds nothing to its own answer. An answer that was cut
 * short, by the depth it was asked in or by a circle through a question that was still open, holds only there: asked nearer to
 * the start it is looked for again. Each is looked for at most once a depth, so that the work stays bounded.
 */
export class Answers {
  private known = new Map<unknown, Answer>();
  private readonly open = new Map<unknown, number>();
  /** The outermost open question that the present answer was cut short at. */
  private lowest = Number.POSITIVE_INFINITY;

  forget(): void {
    this.known = new Map();
  }

  to(key: unknown, find: () => readonly Alternative[]): readonly Alternative[] {
    const depth = this.open.size;
    const known = this.known.get(key);
    if (known && known.from <= depth) {
      if (known.from > 0) this.lowest = 0;
      return known.found;
    }
    const open = this.open.get(key);
    if (open !== undefined || depth > DEEPEST) {
      this.lowest = Math.min(this.lowest, open ?? 0);
      return open === undefined ? UNKNOWN : CIRCLE;
    }
    const outer = this.lowest;
    this.lowest = Number.POSITIVE_INFINITY;
    this.open.set(key, depth);
    const found = find();
    this.open.delete(key);
    const isComplete = this.lowest >= depth;
    this.lowest = isComplete ? outer : Math.min(outer, this.lowest);
    this.known.set(key, { found, from: isComplete ? 0 : Math.max(1, depth) });
    return found;
  }
}

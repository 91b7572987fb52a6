import type { Alternative } from '../../model/program.js';

/** An answer that was found, and from how deep on it holds: 0 for a complete one. */
export interface Answer {
  readonly found: readonly Alternative[];
  readonly from: number;
}

/**
 * How far the question that is being answered has led. An answer that was cut short, by the depth it was asked in or by a circle
 * through a question that was still open, holds only there: asked nearer to the start it is looked for again. Each is looked for
 * at most once a depth, so that the work stays bounded.
 */
export class Progress {
  depth = 0;
  private level = 0;
  /** The outermost open question that the present answer was cut short at. */
  private lowest = Number.POSITIVE_INFINITY;

  recall(known: Answer | undefined): readonly Alternative[] | undefined {
    if (!known || known.from > this.depth) return undefined;
    if (known.from > 0) this.cut(0);
    return known.found;
  }

  /** The answer would have led on, but for the open question of this level. */
  cut(level: number): void {
    if (level < this.lowest) this.lowest = level;
  }

  answer(find: (level: number) => readonly Alternative[]): Answer {
    const level = this.level++;
    const outer = this.lowest;
    const from = Math.max(1, this.depth);
    this.lowest = Number.POSITIVE_INFINITY;
    const found = find(level);
    this.level--;
    const complete = this.lowest >= level;
    this.lowest = complete ? outer : Math.min(outer, this.lowest);
    return { found, from: complete ? 0 : from };
  }
}

import type { Alternative } from '../../model/program.js';
import { CIRCLE, UNKNOWN } from './alternatives.js';

/** How far a question may lead before it is given up. */
const DEEPEST = 24;
const CLOSED = -1;

/** A question: the answer that was found and from how deep on it holds (0 for a complete one), and how deep it is open. */
export class Question {
  found: readonly Alternative[] = UNKNOWN;
  from = 0;
  /** Of which reading this answer is; those of earlier ones are forgotten. */
  reading = 0;
  open = CLOSED;
}

/**
 * Answers, each looked for once. A question that leads back to itself adds nothing to its own answer. An answer that was cut
 * short, by the depth it was asked in or by a circle through a question that was still open, holds only there: asked nearer to
 * the start it is looked for again. Each is looked for at most once a depth, so that the work stays bounded.
 *
 * Who asks first takes what is {@link known}; only where that is nothing, {@link begin} and {@link end} go around the search.
 * Questions are asked by the million: there is no closure and no look-up between them and their answer.
 */
export class Answers {
  /** The present reading. */
  current = 1;
  private depth = 0;
  /** The outermost open question that the present answer was cut short at. */
  private lowest = Number.POSITIVE_INFINITY;

  forget(): void {
    this.current++;
  }

  /** Nobody is looking for anything: an answer given now is complete. */
  get isIdle(): boolean {
    return this.depth === 0;
  }

  /** The answer, as far as it is known, or as far as it can be at this depth. */
  known(question: Question): readonly Alternative[] | undefined {
    const { depth } = this;
    if (question.reading === this.current && question.from <= depth) {
      if (question.from > 0) this.lowest = 0;
      return question.found;
    }
    if (question.open !== CLOSED) {
      if (question.open < this.lowest) this.lowest = question.open;
      return CIRCLE;
    }
    if (depth <= DEEPEST) return undefined;
    this.lowest = 0;
    return UNKNOWN;
  }

  /** Gives what {@link end} must be handed back. */
  begin(question: Question): number {
    const outer = this.lowest;
    this.lowest = Number.POSITIVE_INFINITY;
    question.open = this.depth++;
    return outer;
  }

  end(question: Question, outer: number, found: readonly Alternative[]): readonly Alternative[] {
    const depth = --this.depth;
    question.open = CLOSED;
    const isComplete = this.lowest >= depth;
    this.lowest = isComplete ? outer : Math.min(outer, this.lowest);
    question.found = found;
    question.from = isComplete ? 0 : Math.max(1, depth);
    question.reading = this.current;
    return found;
  }
}

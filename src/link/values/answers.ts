import type { Alternative } from '../../model/program.js';
import { CIRCLE, UNKNOWN } from './alternatives.js';

/** How far a question may lead before it is given up. */
const DEEPEST = 24;
const CLOSED = -1;

/** A question: the answer that was found and from how deep on it holds (0 for a complete one), and how deep it is open. */
interface Question {
  found: readonly Alternative[];
  from: number;
  /** Of which reading this answer is; those of earlier ones are forgotten. */
  reading: number;
  open: number;
}

/**
 * Answers, each looked for once. A question that leads back to itself adds nothing to its own answer. An answer that was cut
 * short, by the depth it was asked in or by a circle through a question that was still open, holds only there: asked nearer to
 * the start it is looked for again. Each is looked for at most once a depth, so that the work stays bounded.
 */
export class Answers {
  /** Kept from one reading to the next: to let so many entries go and make them anew costs more than to look at their number. */
  private readonly questions = new Map<unknown, Question>();
  private reading = 1;
  private depth = 0;
  /** The outermost open question that the present answer was cut short at. */
  private lowest = Number.POSITIVE_INFINITY;

  forget(): void {
    this.reading++;
  }

  to(key: unknown, find: () => readonly Alternative[]): readonly Alternative[] {
    const { depth } = this;
    let question = this.questions.get(key);
    if (question) {
      if (question.reading === this.reading && question.from <= depth) {
        if (question.from > 0) this.lowest = 0;
        return question.found;
      }
      if (question.open !== CLOSED) {
        this.lowest = Math.min(this.lowest, question.open);
        return CIRCLE;
      }
    }
    if (depth > DEEPEST) {
      this.lowest = 0;
      return UNKNOWN;
    }
    if (!question) {
      question = { found: UNKNOWN, from: 0, reading: 0, open: CLOSED };
      this.questions.set(key, question);
    }
    const outer = this.lowest;
    this.lowest = Number.POSITIVE_INFINITY;
    question.open = depth;
    this.depth++;
    const found = find();
    this.depth--;
    question.open = CLOSED;
    const isComplete = this.lowest >= depth;
    this.lowest = isComplete ? outer : Math.min(outer, this.lowest);
    question.found = found;
    question.from = isComplete ? 0 : Math.max(1, depth);
    question.reading = this.reading;
    return found;
  }
}

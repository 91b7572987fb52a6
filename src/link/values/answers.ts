import type { Alternative } from '../../model/program.js';
import { CIRCLE, UNKNOWN } from './alternatives.js';

/** How far a question may lead before it is given up. */
const DEEPEST = 24;
const CLOSED = -1;

/** A question: the answer that was found and from how deep on it holds (0 for a complete one), and how deep it is open. */
export class Question {
  found: readonly Alternative[] = UNKNOWN;
  from = 0;
  /** Of which reading this answer is; 0 for none. */
  reading = 0;
  open = CLOSED;
  /** The question that it is asked for, while it is open. */
  outer: Question | undefined = undefined;
  /** The questions whose answers rest on this one: they fall with it. One that rests on it twice may stand here twice. Most have one. */
  first: Question | undefined = undefined;
  upon: Question[] | undefined = undefined;
  /** How many steps the search took at most: an answer of an earlier reading is taken only where as many could be taken again. */
  height = 0;
  /** Something on the way was cut short, by the depth or by a circle: asked in another order it might be answered otherwise. */
  isUnsure = false;
  /** The answers that it took, where somebody has to know. */
  taken: Question[] | undefined = undefined;
}

/** What answers rest on that is no question and can change from one reading to the next, with those that rest on it. */
export type Grounds<K> = Map<K, Question[]>;

/**
 * Answers, each looked for once. A question that leads back to itself adds nothing to its own answer. An answer that was cut
 * short, by the depth it was asked in or by a circle through a question that was still open, holds only there: asked nearer to
 * the start it is looked for again. Each is looked for at most once a depth, so that the work stays bounded.
 *
 * Who asks first takes what is {@link known}; only where that is nothing, {@link begin} and {@link end} go around the search.
 * Questions are asked by the million: there is no closure and no look-up between them and their answer.
 *
 * From one reading to the next most answers stay what they are. Each question notes who rests on it, so that only what rests on
 * something that has {@link change}d is looked for again, and what was cut short, which may be told better now. What is kept is
 * taken only where it could be found anew: the answer must not depend on what was asked before.
 */
export class Answers {
  /** The present reading. */
  current = 1;
  private depth = 0;
  /** The outermost open question that the present answer was cut short at. */
  private lowest = Number.POSITIVE_INFINITY;
  /** The innermost open question. */
  private asking: Question | undefined;
  private unsure: Question[] = [];
  private isSettled = false;

  /** Begins the next reading, in which the answers fall that rest on any of these. */
  change(grounds: readonly (readonly Question[] | undefined)[]): void {
    this.current++;
    const fallen = [...this.unsure];
    this.unsure = [];
    for (const list of grounds) if (list) for (const question of list) fallen.push(question);
    for (let question = fallen.pop(); question; question = fallen.pop()) {
      if (question.reading === 0) continue;
      question.reading = 0;
      const { first, upon } = question;
      question.first = undefined;
      question.upon = undefined;
      if (first && first.reading !== 0) fallen.push(first);
      if (upon) for (const other of upon) if (other.reading !== 0) fallen.push(other);
    }
  }

  /** There is no further reading: nobody has to know any more who rests on whom, which is a good part of all that is kept. */
  settle(questions: Iterable<Question>): void {
    this.isSettled = true;
    this.unsure = [];
    for (const question of questions) {
      question.first = undefined;
      question.upon = undefined;
    }
  }

  /**
   * What was found for a question in an earlier reading is what would be found now. Who found it anew would ask for the answers that it
   * took: they are of this reading then, and taken however deep somebody asks.
   */
  holds(question: Question): boolean {
    if (question.reading === 0) return false;
    if (question.reading === this.current) return true;
    question.reading = this.current;
    for (const one of question.taken ?? []) if (one.reading !== 0) one.reading = this.current;
    return true;
  }

  /** Nobody is looking for anything: an answer given now is complete. */
  get isIdle(): boolean {
    return this.asking === undefined;
  }

  /** Who is looking for an answer right now. */
  get asker(): Question | undefined {
    return this.asking;
  }

  /** The present answer rests on something that is no question. */
  restOn<K>(grounds: Grounds<K>, key: K): void {
    const { asking } = this;
    if (!asking || this.isSettled) return;
    const list = grounds.get(key);
    if (!list) grounds.set(key, [asking]);
    else if (list[list.length - 1] !== asking) list.push(asking);
  }

  /** The present answer may be another one in another order of asking. */
  doubt(): void {
    if (this.asking) this.asking.isUnsure = true;
  }

  /** The answer, as far as it is known, or as far as it can be at this depth. */
  known(question: Question): readonly Alternative[] | undefined {
    const { depth } = this;
    if (
      question.reading !== 0 &&
      question.from <= depth &&
      (question.reading === this.current || depth + question.height <= DEEPEST)
    ) {
      question.reading = this.current;
      if (question.from > 0) this.lowest = 0;
      if (this.asking) this.take(question, this.asking);
      return question.found;
    }
    if (question.open !== CLOSED) {
      if (question.open < this.lowest) this.lowest = question.open;
      this.doubt();
      return CIRCLE;
    }
    if (depth <= DEEPEST) return undefined;
    this.lowest = 0;
    this.doubt();
    return UNKNOWN;
  }

  /** Gives what {@link end} must be handed back. */
  begin(question: Question): number {
    const outer = this.lowest;
    this.lowest = Number.POSITIVE_INFINITY;
    question.open = this.depth++;
    this.enter(question);
    return outer;
  }

  end(question: Question, outer: number, found: readonly Alternative[]): readonly Alternative[] {
    const depth = --this.depth;
    question.open = CLOSED;
    const isComplete = this.lowest >= depth;
    this.lowest = isComplete ? outer : Math.min(outer, this.lowest);
    question.found = found;
    question.from = isComplete ? 0 : Math.max(1, depth);
    this.leave(question);
    return found;
  }

  /** What is found from here on, up to {@link leave}, is for this question: {@link begin} without a step in depth. */
  enter(question: Question): void {
    question.isUnsure = false;
    question.height = 0;
    question.outer = this.asking;
    this.asking = question;
  }

  leave(question: Question): void {
    const { outer } = question;
    question.reading = this.current;
    question.outer = undefined;
    this.asking = outer;
    if (!this.isSettled && (question.isUnsure || question.from > 0)) this.unsure.push(question);
    if (outer) this.take(question, outer);
  }

  /** One answer goes into another. */
  take(question: Question, into = this.asking): void {
    if (!into) return;
    if (question.isUnsure || question.from > 0 || question.reading === 0) into.isUnsure = true;
    into.taken?.push(question);
    if (question.height >= into.height) into.height = question.height + 1;
    if (this.isSettled) return;
    const { upon } = question;
    if (!question.first) question.first = into;
    else if (upon) {
      if (upon[upon.length - 1] !== into) upon.push(into);
    } else if (question.first !== into) question.upon = [into];
  }
}

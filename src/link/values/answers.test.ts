import { describe, expect, it } from 'vitest';
import type { Alternative } from '../../model/program.js';
import { CIRCLE, one, UNKNOWN } from './alternatives.js';
import { Answers, type Grounds, Question } from './answers.js';

const value = (text: string): readonly Alternative[] => one({ kind: 'literal', value: text });

/** Asks as `values/` does, and counts how often it has to search. */
function asker() {
  const answers = new Answers();
  const searched: Question[] = [];
  const ask = (question: Question, find: () => readonly Alternative[]): readonly Alternative[] => {
    const known = answers.known(question);
    if (known) return known;
    const outer = answers.begin(question);
    searched.push(question);
    return answers.end(question, outer, find());
  };
  return { answers, ask, searched };
}

describe('answers', () => {
  it('are kept from one reading to the next', () => {
    const { answers, ask, searched } = asker();
    const question = new Question();
    expect(ask(question, () => value('a'))).toEqual(value('a'));
    answers.change([]);
    expect(ask(question, () => value('b'))).toEqual(value('a'));
    expect(searched).toHaveLength(1);
  });

  it('fall with what they rest on, however far behind that is, and no others do', () => {
    const { answers, ask, searched } = asker();
    const grounds: Grounds<string> = new Map();
    const [near, far, other] = [new Question(), new Question(), new Question()];
    const onGround = (key: string) => () => {
      answers.restOn(grounds, key);
      return value(key);
    };
    const all = () => {
      ask(near, () => ask(far, onGround('changed')));
      ask(other, onGround('same'));
    };
    all();
    answers.change([grounds.get('changed')!]);
    searched.length = 0;
    all();
    expect(searched).toEqual([near, far]);
  });

  it('fall when a circle cut them short, since another order of asking may give another answer', () => {
    const { answers, ask, searched } = asker();
    const [a, b] = [new Question(), new Question()];
    expect(ask(a, () => ask(b, () => ask(a, () => value('never'))))).toBe(CIRCLE);
    answers.change([]);
    searched.length = 0;
    expect(ask(b, () => value('b'))).toEqual(value('b'));
    expect(searched).toEqual([b]);
  });

  it('of an earlier reading are taken only where the depth would let them be found again', () => {
    const { answers, ask } = asker();
    const chain = Array.from({ length: 10 }, () => new Question());
    const along = (at: number): readonly Alternative[] =>
      at === chain.length ? value('end') : ask(chain[at]!, () => along(at + 1));
    const below = (depth: number): readonly Alternative[] =>
      depth === 0 ? along(0) : ask(new Question(), () => below(depth - 1));
    expect(below(0)).toEqual(value('end'));
    answers.change([]);
    expect(below(20)).toBe(UNKNOWN);
    expect(below(5)).toEqual(value('end'));
  });

  it('rest on what is entered without a step in depth', () => {
    const { answers, ask, searched } = asker();
    const grounds: Grounds<string> = new Map();
    const [question, between] = [new Question(), new Question()];
    const find = () =>
      ask(question, () => {
        answers.enter(between);
        answers.restOn(grounds, 'list');
        answers.leave(between);
        return value('first');
      });
    find();
    answers.change([grounds.get('list')!]);
    find();
    expect(searched).toEqual([question, question]);
  });

  it('tell whether what was found by asking still holds', () => {
    const { answers, ask } = asker();
    const grounds: Grounds<string> = new Map();
    const [kept, asked] = [new Question(), new Question()];
    const find = () => {
      kept.taken = [];
      answers.enter(kept);
      ask(asked, () => {
        answers.restOn(grounds, 'ground');
        return value('asked');
      });
      answers.leave(kept);
    };
    find();
    answers.change([]);
    expect(answers.holds(kept)).toBe(true);
    // As if it had been asked again: of this reading, and so taken however deep somebody asks.
    expect(asked.reading).toBe(answers.current);
    answers.change([grounds.get('ground')!]);
    expect(answers.holds(kept)).toBe(false);
    find();
    expect(answers.holds(kept)).toBe(true);
  });
});

import { describe, expect, it } from 'vitest';
import type { Effect, Reach } from '../model/program.js';
import { doubtsOfEffect, doubtsOfReach } from './doubts.js';

const step = { role: 'reached', file: 'a.js', span: [1, 1, 1, 2], note: '`a` calls `b`' } as const;
const reach: Reach = { phase: 'request', label: 'GET /', path: [step], weak: false };
const effect: Effect = {
  kind: 'database',
  label: 'writes the database (`x.save`)',
  writes: true,
  idempotent: false,
  path: [step],
  confidence: 'high',
};

describe('doubts', () => {
  it('has none about what is sure', () => {
    expect(doubtsOfReach(reach, undefined)).toEqual([]);
    expect(doubtsOfEffect(effect)).toEqual([]);
  });

  it('names the guessed step, once', () => {
    const weak: Reach = { ...reach, weak: true, path: [step, { ...step, note: '`b` calls `c`', guessed: true }] };
    expect(doubtsOfReach(weak, weak)).toEqual(["the way to it was guessed from a method's name: `b` calls `c`"]);
    expect(doubtsOfEffect({ ...effect, confidence: 'medium', path: weak.path })).toEqual([
      "the way to what it does was guessed from a method's name: `b` calls `c`",
    ]);
  });

  it('says that only a name tells what is done', () => {
    expect(doubtsOfEffect({ ...effect, confidence: 'medium' })).toEqual([
      'that it writes the database (`x.save`) is told from the name of the method, since what it is called on could not be resolved',
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { factsOf } from '../../test/in-memory.js';
import type { Expr } from '../model/facts.js';

/** The arguments of the calls in a text, in their order. */
const args = (text: string): readonly Expr[] => factsOf(text).calls.flatMap((call) => call.args);

describe('expressions that say the same', () => {
  it.each([
    ['a name', 'const a = 1; f(a); { f(a); } const g = () => f(a);'],
    ['a name of nobody', 'f(process); const g = () => f(process);'],
    ['a member', 'const a = {}; f(a.b.c); const g = () => f(a.b.c);'],
    ['a member by its text', "const a = {}; f(a.b); f(a['b']);"],
    ['a field, in all methods of a class', 'class A { x() { f(this.a); } y() { f(this.a); } }'],
    ['a name inside something else', 'f(a ? b : a);'],
  ])('are one object: %s', (_, text) => {
    const [first, ...others] = args(text).flatMap((arg) => (arg.k === 'choose' ? [arg.test, arg.no] : [arg]));
    expect(others).not.toEqual([]);
    for (const one of others) expect(one).toBe(first);
  });

  it('are one object in a test, in a write and where it is declared', () => {
    const { conditions, accesses, bindings } = factsOf('let a; if (a.b) a.b = c.d; const { d } = c;');
    const write = accesses.find(({ op }) => op === 'assign')!;
    expect(conditions[0]!.test).toBe(write.target);
    expect(write.value).toBe(bindings[1]!.init);
  });

  it.each([
    ['names of two variables', 'const a = 1; f(a); { const a = 2; f(a); }'],
    ['members of two things', 'f(a.x); f(b.x);'],
    ['two members', 'f(a.x); f(a.y);'],
    ['fields of two classes', 'class A { x() { f(this.a); } } class B { x() { f(this.a); } }'],
    ['of an object and of its class', 'class A { x() { f(this.a); } static y() { f(this.a); } }'],
    ['two objects', 'f({}); f({});'],
    ['two lists', 'f([]); f([]);'],
    ['two functions', 'f(() => {}); f(() => {});'],
    ['what two calls give', 'f(g()); f(g());'],
  ])('others are not: %s', (_, text) => {
    const [first, second] = args(text);
    expect(second).toBeDefined();
    expect(second).not.toBe(first);
  });
});

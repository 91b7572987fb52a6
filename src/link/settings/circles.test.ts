import { describe, expect, it } from 'vitest';
import { callOf, programOf } from '../../../test/in-memory.js';

describe('objects of settings that lead back to themselves', () => {
  it.each([
    ['spread', 'let options = { ...options, a: process.env.A }; options = { ...options }; if (options.b) probe();'],
    ['spread by way of another', 'let a = { ...b, x: 1 }; var b = { ...a, y: 2 }; if (a.z) probe();'],
    ['a function', 'function merge(o) { return { ...o, ...merge(o) }; } const c = merge({ a: 1 }); if (c.b) probe();'],
    ['a parameter', 'function f(o) { const n = { ...o, k: 1 }; if (n.q) probe(); f(n); } f({});'],
  ])('ends with %s', async (_, text) => {
    const program = await programOf(text);
    expect(program.setting(program.conditions(callOf(program, 'probe'))).developmentOnly).toBeFalsy();
  });
});

import { describe, expect, it } from 'vitest';
import { exprText, factsOf, whenText } from '../../test/in-memory.js';

/** The conditions of the one call of `here`. */
function conditions(text: string): string[] {
  const facts = factsOf(text);
  const [call, ...more] = facts.calls.filter(({ callee }) => callee.k === 'global' && callee.name === 'here');
  if (!call || more.length > 0) throw new Error(`not one call of here: ${text}`);
  return whenText(facts, call.when);
}

describe('conditions', () => {
  it.each<[string, string[]]>([
    ['here();', []],
    ['if (a) here();', ['if a']],
    ['if (a) b(); else here();', ['unless a']],
    ['if (a) b(); else if (c) d(); else here();', ['unless a', 'unless c']],
    ['if (a) { if (b) { here(); } }', ['if a', 'if b']],
    ['if (here()) a();', []],
    ['if (a) b(); here();', []],

    // What follows a statement that leaves
    ['function f() { if (a) return; here(); }', ['unless a']],
    ['function f() { if (a) { b(); throw c; } here(); }', ['unless a']],
    ['function f() { if (a) b(); else return; here(); }', ['if a']],
    ['function f() { if (a) return; if (b) return; here(); }', ['unless a', 'unless b']],
    ['function f() { if (a) { if (b) return; else throw c; } here(); }', ['unless a']],
    ['function f() { if (a) { if (b) return; } here(); }', []],
    ['if (a) process.exit(1); here();', ['unless a']],
    ['for (const b of c) { if (a) continue; here(); }', ['unless a']],
    ['for (;;) { if (a) break; b(); } here();', []],
    ['function f() { if (a) try { return b(); } finally { c(); } here(); }', ['unless a']],
    ['function f() { if (a) try { return b(); } catch {} here(); }', []],
    ['function f() { if (a) { try {} finally { return; } } here(); }', ['unless a']],
    ['function f() { if (a) return; } here();', []],

    // Switches
    ['switch (a) { case 1: here(); }', ['if (a === 1)']],
    ['switch (a) { case 1: case 2: here(); }', ['if ((a === 1) || (a === 2))']],
    ['switch (a) { case 1: b(); break; case 2: here(); }', ['if (a === 2)']],
    ['switch (a) { case 1: b(); case 2: here(); }', ['if ((a === 1) || (a === 2))']],
    ['switch (a) { case 1: b(); break; default: here(); }', ['unless (a === 1)']],
    ['switch (a) { default: here(); break; case 1: b(); }', ['unless (a === 1)']],
    ['switch (a) { case 1: b(); default: here(); }', ['if ((a === 1) || !((a === 1)))']],
    ['switch (a) { default: here(); }', []],
    ['function f() { if (a) switch (b) { case 1: return; default: throw c; } here(); }', ['unless a']],
    ['switch (true) { case a: if (b) break; here(); }', ['if (true === a)', 'unless b']],

    // Expressions
    ['a ? here() : b();', ['if a']],
    ['a ? b() : here();', ['unless a']],
    ['a ? b : c ? here() : d;', ['unless a', 'if c']],
    ['a && here();', ['if a']],
    ['a || here();', ['unless a']],
    ['a ?? here();', ['unless a']],
    ['a && b && here();', ['if (a && b)']],
    ['(a || b) && here();', ['if (a || b)']],
    ['here() && a();', []],
    ['a ||= here();', ['unless a']],
    ['a.b ??= here();', ['unless a.b']],
    ['a &&= here();', ['if a']],
    ['const b = { ...(a && { c: here() }) };', ['if a']],

    // Loops and failures
    ['while (a) here();', ['if a']],
    ['do here(); while (a);', []],
    ['for (let i = 0; i < a; i++) here();', ['if (i@1 < a)']],
    ['for (const b of c) here();', []],
    ['try { a(); } catch { here(); }', ['if other()']],
    ['try { here(); } catch {}', []],
    ['try { a(); } finally { here(); }', []],

    // A function stands under conditions of its own
    ['if (a) { const f = () => here(); }', []],
    ['if (a) { const f = () => { if (b) here(); }; }', ['if b']],
    ['if (a) { const f = () => { if (b) c(); }; here(); }', ['if a']],
  ])('of here in `%s`', (text, expected) => {
    expect(conditions(text)).toEqual(expected);
  });

  it('remembers of a function under which conditions it stands', () => {
    const facts = factsOf('if (a) { function f() {} }\nconst g = b && (() => {});');
    expect(facts.functions.slice(1).map(({ name, when }) => [name, whenText(facts, when)])).toEqual([
      ['f', ['if a']],
      ['', ['if b']],
    ]);
  });

  it('makes one fact of a condition, and none of one that nothing stands under', () => {
    const { conditions: made } = factsOf('if (a) { b(); c(); d = 1; }\nif (e) {}');
    expect(made).toEqual([{ test: { k: 'global', name: 'a' }, sense: true, kind: 'if', span: [1, 5, 1, 6] }]);
  });

  it.each<[string, string]>([
    ['if (a) b();', 'if'],
    ['if (a) process.exit(); b();', 'if exit'],
    ['a ? b() : 0;', 'choose'],
    ['a && b();', 'logic'],
    ['switch (a) { case 1: b(); }', 'case'],
    ['while (a) b();', 'loop'],
    ['try {} catch { b(); }', 'catch'],
  ])('tells in `%s` what kind they are: %s', (text, kinds) => {
    expect(
      factsOf(text)
        .conditions.map(({ kind }) => kind)
        .join(' '),
    ).toBe(kinds);
  });
});

describe('returns', () => {
  it.each<[string, string[], boolean]>([
    ['function f() { return a; }', ['a'], false],
    ['function f() {}', [], true],
    ['function f() { if (a) return b; return c; }', ['b if a', 'c unless a'], false],
    ['function f() { if (a) { return b; } }', ['b if a'], true],
    ['function f() { if (a) return b; else throw c; }', ['b if a'], false],
    ['function f() { if (a) return; b(); }', ['- if a'], true],
    ['const f = () => a;', ['a'], false],
    ['const f = () => a ? b : c;', ['(a ? b : c)'], false],
    ['function f() { const g = () => { return a; }; }', [], true],
    ['function f() { try { return a; } catch { return b; } }', ['a', 'b if other()'], false],
    ['function f() { switch (a) { case 1: return b; } return c; }', ['b if (a === 1)', 'c'], false],
    [
      'function f() { switch (a) { case 1: return b; default: return c; } }',
      ['b if (a === 1)', 'c unless (a === 1)'],
      false,
    ],
    ['function f() { switch (a) { case 1: return b; } }', ['b if (a === 1)'], true],
    [
      'function f() { switch (a) { case 1: if (d) break; return b; default: throw c; } }',
      ['b if (a === 1) unless d'],
      true,
    ],
    [
      'function f() { switch (a) { case 1: for (;;) { break; } return b; default: throw c; } }',
      ['b if (a === 1)'],
      false,
    ],
    ['function f() { d: { switch (a) { default: for (;;) { break d; } } } }', [], true],
    ['function f() { switch (a) { default: return b; case 1: } }', ['b unless (a === 1)'], true],
  ])('of `%s`', (text, returns, open) => {
    const facts = factsOf(text);
    const f = facts.functions[1];
    expect(f?.returns.map(({ value, when }) => [exprText(facts, value), ...whenText(facts, when)].join(' '))).toEqual(
      returns,
    );
    expect(f?.open ?? false).toBe(open);
  });
});

import { describe, expect, it } from 'vitest';
import { factsOf } from '../../test/in-memory.js';
import { Decoder, Encoder } from './codec.js';

function back(value: unknown): unknown {
  const encoder = new Encoder();
  const bytes = encoder.encode(value);
  // As it is when it was read from a file.
  const dictionary = JSON.parse(JSON.stringify({ strings: encoder.strings, shapes: encoder.shapes }));
  return new Decoder(dictionary).decode(bytes);
}

describe('a value', () => {
  it.each<[string, unknown]>([
    ['nothing', null],
    ['undefined', undefined],
    ['truth', [true, false]],
    ['small numbers', [0, 1, 63, 64, 127, 128]],
    ['large numbers', [2 ** 31, 2 ** 32 + 1, Number.MAX_SAFE_INTEGER, -1, -300, Number.MIN_SAFE_INTEGER]],
    ['other numbers', [0.5, -0, Number.NaN, Number.POSITIVE_INFINITY, 1e300]],
    ['text', ['', 'a', 'ä\u0000\ud83d\ude00', 'a'.repeat(70_000), '\ud800']],
    [
      'spans',
      [
        [1, 1, 1, 4],
        [3, 40, 2, 1],
        [1, 2, 3],
        [-0, 1, 2, 3],
        [1, 2, 3, 4.5],
      ],
    ],
    ['lists', [[], [[]], Array.from({ length: 1000 }, (_, index) => index)]],
    ['objects', { a: { b: [{ c: undefined }] }, 'd e': {}, __proto__x: 1 }],
  ])('is the same when it is read back: %s', (_, value) => {
    expect(back(value)).toStrictEqual(value);
  });

  it('keeps the order of properties', () => {
    expect(Object.keys(back({ b: 1, a: 2 }) as object)).toEqual(['b', 'a']);
    expect(
      JSON.stringify(
        back([
          { a: 1, b: 2 },
          { b: 1, a: 2 },
        ]),
      ),
    ).toBe('[{"a":1,"b":2},{"b":1,"a":2}]');
  });

  it('keeps what is one and the same, and apart what only looks so', () => {
    const test = { k: 'id', b: 1 };
    const [yes, no, other] = back([{ test }, { test, sense: false }, { test: { k: 'id', b: 1 } }]) as {
      test: object;
    }[];
    expect(yes!.test).toBe(no!.test);
    expect(yes!.test).toEqual(other!.test);
    expect(yes!.test).not.toBe(other!.test);
  });

  it('may have more sorts of objects than a byte can count', () => {
    const many = Array.from({ length: 600 }, (_, index) => ({ [`name${index}`]: index }));
    expect(back(many)).toEqual(many);
  });

  it('is not kept where that could not be read back', () => {
    expect(() => new Encoder().encode({ a: () => 1 })).toThrow(TypeError);
  });
});

describe('facts', () => {
  const facts = factsOf(
    `import express from 'express';
     const app = express(); let n = 0; const byId = new Map();
     class A extends B { constructor(private x: C) { super(); } get y() { return this.x; } }
     if (process.env.X) app.get('/', async (req, res) => { if (n++ > 3) return; byId.set(req.ip, n); res.json({ ...n }); });
     else app.listen(3000);
     try { await f(); } catch { throw new Error(\`\${n}\`); }
     export default app;`,
  );

  it('are the same when they are read back', () => {
    expect(back(facts)).toStrictEqual(facts);
  });

  it('still share the tests of a condition and of its opposite', () => {
    const tests = (one: typeof facts) => {
      const list = one.conditions.map(({ test }) => test);
      return list.map((test) => list.indexOf(test));
    };
    expect(new Set(tests(facts)).size).toBeLessThan(facts.conditions.length);
    expect(tests(back(facts) as typeof facts)).toEqual(tests(facts));
  });

  it('end in an error where bytes are missing, left over or changed', () => {
    const encoder = new Encoder();
    const bytes = encoder.encode(facts);
    expect(() => new Decoder(encoder).decode(bytes.subarray(0, -1))).toThrow(RangeError);
    expect(() => new Decoder(encoder).decode(Buffer.concat([bytes, bytes]))).toThrow(RangeError);
    let failed = 0;
    for (let at = 0; at < bytes.length; at += 7) {
      const broken = Buffer.from(bytes);
      broken[at] = (broken[at]! + 101) % 256;
      try {
        new Decoder(encoder).decode(broken);
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
        failed++;
      }
    }
    expect(failed).toBeGreaterThan(0);
  });
});

import { describe, expect, it } from 'vitest';
import type { Sources } from './in-memory.js';
import { asked, cpuSeconds, HEAD, times } from './at-scale.js';

/* What generators write, at the size they write it: the time must not grow faster than the text does. */

describe('large', { timeout: 180_000 }, () => {
  const chain = (count: number): Sources => ({
    'server.js': "require('./f0').go();",
    ...Object.fromEntries(
      times(count, () => '').map((_, i) => [
        `f${i}.js`,
        `const next = require('./f${i + 1}');\nexports.go = () => next.go();\n`,
      ]),
    ),
    [`f${count}.js`]: 'exports.go = () => fetch("http://x", { method: "POST" });\n',
  });
  const star = (count: number): Sources => ({
    'server.js': `${times(count, (i) => `require('./f${i}').go();`).join('\n')}\n`,
    'hub.js': 'exports.hub = new Map();\n',
    ...Object.fromEntries(
      times(count, () => '').map((_, i) => [
        `f${i}.js`,
        `const { hub } = require('./hub');\nexports.go = () => hub.set(${i}, 1);\n`,
      ]),
    ),
  });
  it.each<[string, Sources | string]>([
    ['a chain of 10,000 files', chain(10_000)],
    ['a star of 10,000 files', star(10_000)],
    [
      'a chain of 10,000 re-exports',
      {
        'server.js': "import { x } from './f0.js'; x();",
        ...Object.fromEntries(times(10_000, () => '').map((_, i) => [`f${i}.js`, `export * from './f${i + 1}.js';`])),
        'f10000.js': 'export const x = () => 1;',
      },
    ],
    [
      'a chain of 10,000 functions',
      `${times(10_000, (i) => `function f${i}() { f${i + 1}(); }`).join('\n')}\nfunction f10000() { fetch('http://x', { method: 'POST' }); }\napp.get('/', () => f0());`,
    ],
    [
      'a circle of 10,000 functions',
      `${times(10_000, (i) => `function f${i}() { f${(i + 1) % 10_000}(); f${(i * 7) % 10_000}(); }`).join('\n')}\napp.get('/', () => f0());`,
    ],
    [
      '20,000 functions',
      `${times(20_000, (i) => `exports.f${i} = function f${i}(req, res) { res.end(x${i % 10}(req)); };`).join('\n')}`,
    ],
    [
      'a list of 100,000 literals',
      `const list = [${times(100_000, (i) => String(i)).join(',')}]; app.get('/', (q, r) => r.end(list[q.params.i])); list.push(1); list.forEach((x) => f(x));`,
    ],
    [
      'a list of 20,000 functions',
      `const list = [${times(20_000, (i) => `() => f${i}()`).join(',\n')}]; list[0](); list.forEach((f) => f());`,
    ],
    [
      'a parser table',
      `var t = {${times(5000, (i) => `${i}: [${i}, { 1: [1, ${i}], 2: [2, ${i + 1}], 3: function () { return t[${i}][1]; } }]`).join(',\n')}}; t[x][1][3]();`,
    ],
    [
      'a switch of 5,000 cases',
      `function s(x) { switch (x) {\n${times(5000, (i) => `case ${i}: return f${i}(x);`).join('\n')}\n} } app.get('/', (q) => s(q.x));`,
    ],
    [
      '5,000 writes to one object',
      `const o = {};\n${times(5000, (i) => `o.p${i} = () => o.p${(i + 1) % 5000}();`).join('\n')}\napp.get('/', (q) => o[q.x]());`,
    ],
    [
      '2,000 assignments to one variable',
      `let v;\n${times(2000, (i) => `v = () => f${i}(v);`).join('\n')}\napp.get('/', () => v());`,
    ],
    [
      '5,000 callers of one function',
      `function f(x) { return x.y; }\n${times(5000, (i) => `f({ y: f({ y: ${i} }) });`).join('\n')}\napp.get('/', () => f(1));`,
    ],
    [
      '2,000 routes',
      `${times(2000, (i) => `app.get('/r${i}', auth, async (req, res) => { cache.set(req.id, ${i}); res.json(await g(req)); });`).join('\n')}\nconst cache = new Map(); function auth(q, r, n) { if (cache.get(q.id)) n(); }`,
    ],
    [
      '3,000 settings',
      `${times(3000, (i) => `if (process.env.A${i}) app.get('/r${i}', (q, r) => r.end());`).join('\n')}`,
    ],
    [
      '2,000 classes that share a method',
      `${times(2000, (i) => `class C${i} { handleIt() { this.x = ${i}; other.handleIt(); } }`).join('\n')}\napp.get('/', (q) => q.y.handleIt());`,
    ],
  ])('%s', async (_, sources) => {
    const began = cpuSeconds();
    const program = await asked(typeof sources === 'string' ? HEAD + sources : sources);
    expect(program.units.length).toBeGreaterThan(0);
    expect(cpuSeconds() - began).toBeLessThan(20);
  });
});

import { describe, expect, it } from 'vitest';
import { read, type Sources } from '../../test/in-memory.js';
import { asked, cpuSeconds, HEAD, times } from '../../test/at-scale.js';

/*
 * What generators, minifiers and bad luck produce. The linker may answer "unknown", but it must answer: no crash, and no
 * time that grows faster than the text does.
 */

describe('circles', () => {
  it.each<[string, Sources | string]>([
    [
      'files that import one another',
      {
        'server.js': "require('./a');",
        'a.js': "const b = require('./b'); exports.a = b.b; b.b();",
        'b.js': "const a = require('./a'); exports.b = a.a; a.a();",
      },
    ],
    [
      're-exports that go round',
      {
        'server.js': "import { x } from './a.js'; x(); export * from './a.js';",
        'a.js': "export * from './b.js'; export { x } from './b.js';",
        'b.js': "export * from './a.js'; export { x } from './a.js'; export { default } from './a.js';",
      },
    ],
    [
      'a file that imports itself',
      { 'server.js': "import * as self from './server.js'; export const x = self.x; self.x();" },
    ],
    [
      'bindings made of themselves',
      'const a = b; const b = a; a(); let c = c; c(); const d = { ...d, e: d.e }; d.e(); const f = [...f, f]; f[0]();',
    ],
    [
      'a destructuring of itself',
      'const { a } = a; a(); const [b] = b; b(); function f({ x } = f()) { return x; } f().y();',
    ],
    [
      'functions that call one another',
      'function a() { return b(); } function b() { return a(); } a().x(); const c = () => c()(); c();',
    ],
    [
      'functions that return their own argument',
      'const id = (x) => x; id(id)(id(id))(id); const y = (f) => f(f); y(y);',
    ],
    [
      'a class that extends itself',
      'class A extends A {} new A().x(); class B extends C {} class C extends B {} new B().y(); const o = new C(); o.z = o; o.z.z.z();',
    ],
    [
      'an object that holds itself',
      'const o = {}; o.o = o; o.o.o.o(); const p = { get q() { return p.q; } }; p.q(); o.list = [o]; o.list[0].list[0].x();',
    ],
    [
      'a map that holds itself',
      "const m = new Map(); m.set('m', m); m.get('m').get('m').x(); module.exports = m; module.exports.m = module.exports;",
    ],
    [
      'parameters fed with themselves',
      'function f(x) { f(x); f({ x }); f([x]); f(() => x); return x; } f(f).y(); function g(a, b) { g(b, a); a(); } g(g, f);',
    ],
    [
      'conditions on themselves',
      'const a = a ? a : b; const b = b || a; if (a) b(); if (f()) f(); function f() { if (f()) return f(); return !f(); }',
    ],
    [
      'emitters that tell one another',
      "const { EventEmitter } = require('events'); const e = new EventEmitter(); e.on('a', () => e.emit('b')); e.on('b', () => e.emit('a')); e.emit('a');",
    ],
    [
      'timers that set themselves',
      'function t() { setTimeout(t, 1000); u(); } function u() { setInterval(t, 1000); setTimeout(u, 1); } t();',
    ],
    [
      'scripts that run one another',
      {
        'package.json': { scripts: { start: 'npm run a', a: 'npm run b', b: 'npm run a && npm start' } },
        'server.js': 'f();',
      },
    ],
  ])('%s', async (_, sources) => {
    expect((await asked(sources)).units.length).toBeGreaterThan(0);
  });
});

describe('what is not there', () => {
  it.each<[string, Sources | string]>([
    ['packages', "const x = require('no-such-package'); x.y.z(); const { a } = require('@no/such'); new a().b();"],
    [
      'files',
      {
        'server.ts':
          "import a from './nowhere.js'; import { b } from '../../../out.js'; a.b(); b(); export * from './gone.js';",
      },
    ],
    [
      'aliases',
      {
        'tsconfig.json': {
          compilerOptions: { baseUrl: './none', paths: { '@/*': ['nope/*'], '#x': [], '*': ['./*'] } },
        },
        'server.ts': "import { a } from '@/a'; import b from '#x'; import c from '~/c'; a(); b(); c();",
      },
    ],
    [
      'computed names',
      `const n = process.argv[2]; require(n)(); require('./x/' + n)(); require(require.resolve(n))(); import(\`./\${n}/\${n}.js\`).then((m) => m[n][n]()); require()(); require(...n); require(null);`,
    ],
    [
      'names',
      `a.b.c(); this.x(); super_(); new Nothing(); [][0](); ({}).x(); \`\${a}\`(); null(); undefined.x(); (1)(); ""(); exports.x(); arguments[0]();`,
    ],
  ])('%s', async (_, sources) => {
    expect((await asked(sources)).units.length).toBeGreaterThan(0);
  });
});

describe('deep', { timeout: 120_000 }, () => {
  it.each<[string, string]>([
    ['objects', `const o = ${'{ a: '.repeat(2000)}1${' }'.repeat(2000)}; o.a.a.a(); app.set('x', o);`],
    ['arrays', `const o = ${'['.repeat(2000)}1${']'.repeat(2000)}; o[0][0]();`],
    ['member chains', `const o = x${'.a'.repeat(5000)}; o.b(); y${'.a'.repeat(5000)} = 1;`],
    ['call chains', `const o = express()${'.use()'.repeat(3000)}; o.get('/', (q, r) => r.end());`],
    ['concatenations', `const s = 'a'${times(3000, (i) => ` + 'b${i}'`).join('')}; app.get(s, (q, r) => r.end());`],
    ['concatenations of names', `const s = a${times(3000, (i) => ` + b${i}`).join('')}; app.get(s);`],
    [
      'alternatives',
      `const s = a${times(3000, (i) => ` || b${i}`).join('')}; if (s) app.get(s); if (a${times(3000, (i) => ` && b${i}`).join('')}) app.get('/');`,
    ],
    ['choices', `const s = ${times(1500, (i) => `process.env.A${i} ? f${i} : `).join('')}g; s(); app.use(s);`],
    ['parentheses', `const s = ${'('.repeat(1500)}1${')'.repeat(1500)}; f(s);`],
    ['negations', `if (${'!'.repeat(1500)}process.env.A) app.get('/', (q, r) => r.end());`],
    [
      'functions in functions',
      `${times(500, (i) => `function f${i}() {`).join('')} app.get('/', () => {}); ${times(500, (i) => `} f${499 - i}();`).join('')}`,
    ],
    ['arrows', `const f = ${times(1000, (i) => `(a${i}) => `).join('')}1; f(1)(2)(3);`],
    ['calls in calls', `${'f('.repeat(1000)}1${')'.repeat(1000)};`],
    ['promises', `p${times(1000, (i) => `.then((x) => g${i}(x))`).join('')};`],
    ['blocks', `${times(500, (i) => `if (process.env.A${i}) { `).join('')} app.get('/', () => {}); ${'}'.repeat(500)}`],
    ['else ifs', `${times(500, (i) => `if (x === ${i}) { f${i}(); } else `).join('')}{ g(); }`],
    [
      'early returns',
      `function h() { ${times(500, (i) => `if (x === ${i}) return f${i}();`).join('\n')} app.get('/', () => {}); } h();`,
    ],
    [
      'classes',
      `class C0 {}\n${times(1000, (i) => `class C${i + 1} extends C${i} { m${i}() { this.m0(); } }`).join('\n')}\nconst c = new C1000(); c.m0(); app.get('/', () => c.m5());`,
    ],
    [
      'aliases',
      `const a0 = express();\n${times(5000, (i) => `const a${i + 1} = a${i};`).join('\n')}\na5000.get('/', (q, r) => r.end());`,
    ],
    [
      'values handed on',
      `function f0(x) { return x; }\n${times(1000, (i) => `function f${i + 1}(x) { return f${i}(x); }`).join('\n')}\nf1000(app).get('/', (q, r) => r.end());`,
    ],
    ['markup', `const e = ${'<div>'.repeat(800)}${'</div>'.repeat(800)}; f(e);`],
    ['templates', `const s = ${'`${'.repeat(400)}1${'}`'.repeat(400)}; f(s);`],
    ['awaits', `async function f() { const x = ${'await '.repeat(1000)}g(); x(); } f();`],
  ])('%s', async (_, text) => {
    const began = cpuSeconds();
    // The compiler itself may give up on such a text, and that is said as a problem of the file; whatever it reads is linked.
    const { facts, problems } = read(HEAD + text, 'server.jsx');
    expect(facts !== undefined || problems.length > 0).toBe(true);
    if (facts && problems.length === 0) {
      const program = await asked({ 'server.jsx': HEAD + text });
      expect(program.units).toHaveLength(1);
    }
    expect(cpuSeconds() - began).toBeLessThan(20);
  });
});

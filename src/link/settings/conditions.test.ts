// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the sources that are read here hold templates.
import { describe, expect, it } from 'vitest';
import type { Setting } from '../../model/program.js';
import { callOf, programOf, type Sources } from '../../../test/in-memory.js';

/** What the conditions of the only `probe()` amount to. */
async function setting(sources: Sources | string): Promise<Setting> {
  const program = await programOf(sources);
  return program.setting(program.conditions(callOf(program, 'probe')));
}

const words = ({ when, words: said, developmentOnly, never }: Setting): string =>
  [when, said && `(${said})`, developmentOnly && 'in development', never && 'never'].filter(Boolean).join(' ');

describe('settings', () => {
  it.each<[string, string]>([
    ['probe();', 'always'],
    ['if (a) probe();', 'always'],
    ['for (;;) probe();', 'always'],
    ['try { a(); } catch { probe(); }', 'always'],

    // What the platform sets, and what no server has, is up to nobody
    ["if (process.env.NEXT_RUNTIME === 'nodejs') probe();", 'always'],
    ["if (process.env.NEXT_RUNTIME !== 'nodejs') a(); else probe();", 'always'],
    ["if (typeof window === 'undefined') probe();", 'always'],
    [
      "if (typeof window !== 'undefined') a(); else if (process.env.A) probe();",
      'optional-config (only when A is set)',
    ],

    // Compared with something else, a setting that is only an ingredient decides nothing
    ['if (sign(process.env.A, b) === c) probe();', 'always'],
    ['if (`${process.env.A}/x` === c()) probe();', 'always'],

    // Variables of the environment, without a default
    ['if (process.env.A) probe();', 'optional-config (only when A is set)'],
    ['if (process.env.A) a(); else probe();', 'default-config (safe when A is set)'],
    ['process.env.A && probe();', 'optional-config (only when A is set)'],
    ['process.env.A || probe();', 'default-config (safe when A is set)'],
    ['process.env.A ? a() : probe();', 'default-config (safe when A is set)'],
    ["if (process.env['A']) probe();", 'optional-config (only when A is set)'],
    ["if (process.env.A === 'b') probe();", "optional-config (only when A is 'b')"],
    ["if (process.env.A !== 'b') probe();", "default-config (safe when A is 'b')"],
    ["if (process.env.A == 'true') probe();", "optional-config (only when A is 'true')"],
    ["if ('b' === process.env.A) probe();", "optional-config (only when A is 'b')"],
    ['if (Boolean(process.env.A)) probe();', 'optional-config (only when A is set)'],
    ['if (!!process.env.A) probe();', 'optional-config (only when A is set)'],
    ["if (process.env.A?.toLowerCase() === 'b') probe();", "optional-config (only when A is 'b')"],
    ['if (parseInt(process.env.A, 10) > 1) probe();', 'optional-config (only when A says so)'],
    ['const { A } = process.env; if (A) probe();', 'optional-config (only when A is set)'],
    ["const isB = process.env.A === 'b'; if (isB) probe();", "optional-config (only when A is 'b')"],
    ['function f() { if (process.env.A) return; probe(); } f();', 'default-config (safe when A is set)'],
    ["switch (process.env.A) { case 'b': a(); break; default: probe(); }", "default-config (safe when A is 'b')"],
    ["switch (process.env.A) { case 'b': probe(); }", "optional-config (only when A is 'b')"],
    ['if (process.env.A || process.env.B) probe();', 'optional-config (only when A is set or B is set)'],

    // The negation stands in the test itself
    ['if (!process.env.A) probe();', 'default-config (safe when A is set)'],
    ['const a = process.env.A; if (!a) probe();', 'default-config (safe when A is set)'],
    ['if (process.env.A === undefined) probe();', 'default-config (safe when A is set)'],
    ["if (typeof process.env.A === 'undefined') probe();", 'default-config (safe when A is set)'],
    ["if (typeof process.env.A === 'string') probe();", 'optional-config (only when A is set)'],
    ["if (!(process.env.A === 'b')) probe();", "default-config (safe when A is 'b')"],
    ['function f() { if (!process.env.A) { probe(); } } f();', 'default-config (safe when A is set)'],
    ['if (process.env.A) { if (!process.env.B) probe(); }', 'optional-config (only when A is set; safe when B is set)'],

    // Pure tests of a variable
    ["if (['a', 'b'].includes(process.env.A)) probe();", "optional-config (only when A is 'a' or 'b')"],
    ["if (!['a', 'b'].includes(process.env.A)) probe();", "default-config (safe when A is 'a' or 'b')"],
    ["if (new Set(['a', 'b']).has(process.env.A)) probe();", "optional-config (only when A is 'a' or 'b')"],
    ["if ('A' in process.env) probe();", 'optional-config (only when A is set)'],
    ["if (process.env.A?.startsWith('a')) probe();", 'optional-config (only when A says so)'],
    ['if (/x/.test(process.env.A)) probe();', 'optional-config (only when A says so)'],
    ["if (process.env.A?.trim() === 'b') probe();", "optional-config (only when A is 'b')"],
    ["import yn from 'yn'; if (yn(process.env.A)) probe();", "optional-config (only when A is 'true')"],
    [
      "import yn from 'yn'; if (yn(process.env.A, { default: true })) probe();",
      "default-config (safe when A is set and not 'true')",
    ],
    ["if (JSON.parse(process.env.A || 'false')) probe();", 'optional-config (only when A is set)'],
    ["if (process.env.A === 'a' || process.env.A === 'b') probe();", "optional-config (only when A is 'a' or 'b')"],
    [
      "switch (process.env.A) { case 'a': a(); break; case 'b': b(); break; case 'c': default: probe(); }",
      "default-config (safe when A is 'a' or 'b')",
    ],
    ["if (process.env.A && process.env.A !== 'b') probe();", "optional-config (only when A is set and not 'b')"],
    ['let on = false; if (process.env.A) on = true; if (on) probe();', 'optional-config (only when A is set)'],
    ["let a = process.env.A; if (!a) a = 'b'; if (a === 'b') probe();", "default-config (safe when A is not 'b')"],
    ["const a = process.env.A ? 'b' : 'c'; if (a === 'c') probe();", 'default-config (safe when A is set)'],
    ["enum E { B = 'b' } if (process.env.A === E.B) probe();", "optional-config (only when A is 'b')"],
    ['const a = process.env.A && new Map(); if (a) probe();', 'optional-config (only when A is set)'],
    [
      'function make() { if (!process.env.A) return undefined; return {}; } if (make()) probe();',
      'optional-config (only when A is set)',
    ],
    [
      "import Redis from 'ioredis'; const c = process.env.A ? new Redis(process.env.A) : null; if (!c) probe();",
      'default-config (safe when A is set)',
    ],
    [
      "import { createClient } from 'redis'; const c = process.env.A ? createClient() : null; if (!c) probe();",
      'default-config (safe when A is set)',
    ],
    ['const c = { ...(process.env.A ? { b: 1 } : {}) }; if (c.b) probe();', 'optional-config (only when A is set)'],
    [
      'const c = { b: false }; if (process.env.A) c.b = true; if (c.b) probe();',
      'optional-config (only when A is set)',
    ],

    // No setting: it decides about something else, or what comes out of it is not known
    ["import fs from 'fs'; if (fs.existsSync(process.env.A)) probe();", 'always'],
    ['const a = load(process.env.A); if (a) probe();', 'always'],
    ['const a = load(process.env.A); if (a.b) probe();', 'always'],
    ["import Redis from 'ioredis'; const c = new Redis(process.env.A); if (c.status === 'ready') probe();", 'always'],
    ['let a = false; function f() { if (process.env.A) a = true; } if (a) probe();', 'always'],
    ['let a = process.env.A; a += b(); if (a) probe();', 'always'],
    ['function f(a) { if (a) probe(); } f(process.env.A); f(true);', 'always'],

    // Always set, since nothing starts without it
    [
      "const e = (n) => { const v = process.env[n]; if (!v) throw new Error(n); return v; }; if (e('A')) probe();",
      'always',
    ],
    [
      "const e = (n) => { const v = process.env[n]; if (!v) throw new Error(n); return v; }; if (!e('A')) probe();",
      'always never',
    ],
    [
      "const e = (n) => { const v = process.env[n]; if (!v) throw new Error(n); return v; }; if (e('A') === 'b') probe();",
      "optional-config (only when A is 'b')",
    ],

    // With a default
    ["if ((process.env.A ?? 'b') === 'b') probe();", "default-config (safe when A is not 'b')"],
    ["const a = process.env.A || 'b'; if (a === 'b') probe();", "default-config (safe when A is not 'b')"],
    ["const a = process.env.A || 'b'; if (a === 'c') probe();", "optional-config (only when A is 'c')"],
    ["const { A = 'b' } = process.env; if (A === 'b') probe();", "default-config (safe when A is not 'b')"],
    ["if (process.env.A !== 'false') probe();", "default-config (safe when A is 'false')"],
    [
      "const a = process.env.A ? process.env.A === 'b' : true; if (a) probe();",
      "default-config (safe when A is set and not 'b')",
    ],

    // Helpers of the project
    ['const a = { b: process.env.B }; if (a.b) probe();', 'optional-config (only when B is set)'],
    ["const a = { b: { c: process.env.B === 'x' } }; if (a.b.c) probe();", "optional-config (only when B is 'x')"],
    [
      'const a = { get b() { return process.env.B; } }; const c = () => process.env.B; if (c()) probe();',
      'optional-config (only when B is set)',
    ],
    [
      'const env = (name) => process.env[name]; class A { static isOn() { return Boolean(process.env.B); } } if (A.isOn()) probe();',
      'optional-config (only when B is set)',
    ],
    [
      "import config from 'config'; if (config.get('redis.host')) probe();",
      'optional-config (only when redis.host is set)',
    ],
    [
      "class A { constructor(configService) { if (configService.get('B')) probe(); } }",
      'optional-config (only when B is set)',
    ],
    [
      "class A { constructor(configService) { if (configService.get('B', true)) probe(); } }",
      'default-config (safe when B is false)',
    ],

    [
      "const flag = (name) => process.env[name] === 'true'; if (flag('A')) probe();",
      "optional-config (only when A is 'true')",
    ],
    [
      "const get = (name, fallback) => process.env[name] ?? fallback; if (get('A', 'x') === 'x') probe();",
      "default-config (safe when A is not 'x')",
    ],
    [
      "const get = (name, fallback = 'x') => process.env[name] || fallback; if (get('A') === 'x') probe();",
      "default-config (safe when A is not 'x')",
    ],
    [
      "class Env { get(n) { return process.env[n]; } bool(n) { return this.get(n) === '1'; } } const env = new Env(); if (env.bool('A')) probe();",
      "optional-config (only when A is '1')",
    ],
    [
      'const load = (env) => ({ b: { c: env.A } }); const config = load(process.env); if (config.b.c) probe();',
      'optional-config (only when A is set)',
    ],
    [
      'class C { constructor(env) { this.b = env.A; } } const c = new C(process.env); if (c.b) probe();',
      'optional-config (only when A is set)',
    ],
    [
      'class C { get b() { return Boolean(process.env.A); } } const c = new C(); if (c.b) probe();',
      'optional-config (only when A is set)',
    ],
    ['const e = process.env; if (e.A) probe();', 'optional-config (only when A is set)'],
    ['function f({ A }) { if (A) probe(); } f(process.env);', 'optional-config (only when A is set)'],
    ['function f(on) { if (on) probe(); } f(process.env.A);', 'optional-config (only when A is set)'],
    [
      "const defaults = { b: 'x' }; const c = { ...defaults, ...(process.env.A && { b: process.env.A }) }; if (c.b === 'x') probe();",
      "default-config (safe when A is not 'x')",
    ],
    ["const k = { a: 1, b: 0 }[process.env.A ?? 'a']; if (k) probe();", "default-config (safe when A is not 'a')"],
    ['if (Bun.env.A) probe();', 'optional-config (only when A is set)'],
    ["if (Deno.env.get('A')) probe();", 'optional-config (only when A is set)'],
    ['if (import.meta.env.A) probe();', 'optional-config (only when A is set)'],

    // Schemas of the environment
    [
      "import { z } from 'zod'; const env = z.object({ A: z.string().optional() }).parse(process.env); if (env.A) probe();",
      'optional-config (only when A is set)',
    ],
    [
      "import { z } from 'zod'; const env = z.object({ A: z.string() }).parse(process.env); if (env.A) probe();",
      'always',
    ],
    [
      "import { z } from 'zod'; const env = z.object({ A: z.string() }).parse(process.env); if (!env.A) probe();",
      'always never',
    ],
    [
      "import { z } from 'zod'; const env = z.object({ A: z.string().default('x') }).extend({}).parse(process.env); if (env.A === 'x') probe();",
      "default-config (safe when A is not 'x')",
    ],
    [
      "import { z } from 'zod'; const env = z.object({ A: z.string().optional().transform((a) => a === 'yes') }).parse(process.env); if (env.A) probe();",
      "optional-config (only when A is 'yes')",
    ],
    [
      "import { z } from 'zod'; const env = z.object({ A: z.string().optional() }).safeParse(process.env).data; if (!env.A) probe();",
      'default-config (safe when A is set)',
    ],
    [
      "import { z } from 'zod'; function f(req) { if (z.object({ a: z.string() }).parse(req.body).a) probe(); } f(q);",
      'always',
    ],
    [
      "import { cleanEnv, str } from 'envalid'; const env = cleanEnv(process.env, { A: str() }); if (env.A === 'x') probe();",
      "optional-config (only when A is 'x')",
    ],
    [
      "import { cleanEnv, str } from 'envalid'; const env = cleanEnv(process.env, { A: str({ default: 'x' }) }); if (env.A === 'x') probe();",
      "default-config (safe when A is not 'x')",
    ],
    [
      "import { cleanEnv, str } from 'envalid'; const env = cleanEnv(process.env, {}); if (!env.isProduction) probe();",
      'always in development',
    ],
    [
      "import { createEnv } from '@t3-oss/env-nextjs'; import { z } from 'zod'; const env = createEnv({ server: { A: z.string().optional() } }); if (!env.A) probe();",
      'default-config (safe when A is set)',
    ],
    [
      "import convict from 'convict'; const config = convict({ a: { b: { env: 'A', default: 'x' } } }); if (config.get('a.b') === 'x') probe();",
      "default-config (safe when A is not 'x')",
    ],
    [
      "import { ConfigService, registerAs } from '@nestjs/config'; const r = registerAs('a', () => ({ b: process.env.A })); class C { constructor(private c: ConfigService) { if (this.c.get('a.b')) probe(); } } new C();",
      'optional-config (only when A is set)',
    ],

    // NODE_ENV is not a setting: production is what counts
    ["if (process.env.NODE_ENV === 'production') probe();", 'always'],
    ["if (process.env.NODE_ENV !== 'production') probe();", 'always in development'],
    ["if (process.env.NODE_ENV === 'development') probe();", 'always in development'],
    ["if (process.env.NODE_ENV === 'test') probe();", 'always in development'],
    ["if (process.env.NODE_ENV === 'test' || process.env.JEST_WORKER_ID) probe();", 'always in development'],
    ['if (process.env.VITEST === undefined) probe();', 'always'],
    ["if (process.env.NODE_ENV !== 'test') probe();", 'always'],
    ["const isProd = process.env.NODE_ENV === 'production'; if (!isProd) probe();", 'always in development'],
    ["const isProd = process.env.NODE_ENV === 'production'; if (isProd) a(); else probe();", 'always in development'],
    ["const env = process.env.NODE_ENV || 'development'; if (env === 'development') probe();", 'always in development'],
    ["function f() { if (process.env.NODE_ENV === 'production') return; probe(); } f();", 'always in development'],
    ['if (isDevelopment) probe();', 'always in development'],
    ['if (!isProduction) probe();', 'always in development'],
    ['if (isProduction) probe();', 'always'],
    ['if (config.dev) probe();', 'always in development'],
    ["if (process.env.NODE_ENV === 'staging') probe();", 'always in development'],
    ["if (process.env.APP_ENV === 'prod') probe();", 'always'],
    ["if (process.env.VERCEL_ENV !== 'production') probe();", 'always in development'],
    ["if (['development', 'test'].includes(process.env.NODE_ENV)) probe();", 'always in development'],
    ["const isProd = () => process.env.NODE_ENV === 'production'; if (!isProd()) probe();", 'always in development'],
    ["if (['production', 'staging'].includes(process.env.NODE_ENV)) probe();", 'always'],
    [
      "import express from 'express'; const app = express(); if (app.get('env') === 'development') probe();",
      'always in development',
    ],
    ["function f(config) { if (config.get('NODE_ENV') === 'test') probe(); } f();", 'always in development'],
    ['if (import.meta.env.DEV) probe();', 'always in development'],
    ["if (process.env.VITE_TEST_MODE === 'yes') probe();", 'always in development'],
    ['if (import.meta.env.PROD) probe();', 'always'],
    ['if (__DEV__) probe();', 'always in development'],
    ["if (process.env.NODE_ENV === 'production' && process.env.A) probe();", 'optional-config (only when A is set)'],
    ["if (process.env.NODE_ENV !== 'production' || process.env.A) probe();", 'optional-config (only when A is set)'],
    [
      "const dev = process.env.NODE_ENV !== 'production'; if (dev || process.env.A) probe();",
      'optional-config (only when A is set)',
    ],
    ["if (process.env.NODE_ENV === 'production' || process.env.A) probe();", 'always'],
    [
      "const url = process.env.NODE_ENV === 'test' ? undefined : process.env.A; if (!url) probe();",
      'default-config (safe when A is set)',
    ],
    [
      "if (process.env.NODE_ENV !== 'production' && process.env.A) probe();",
      'optional-config (only when A is set) in development',
    ],
  ])('`%s`: %s', async (text, expected) => {
    expect(words(await setting(text))).toBe(expected);
  });

  it.each<[string, Sources, string]>([
    [
      'a file of settings',
      {
        'server.ts': "import { config } from './config'; if (config.redis.url) probe();",
        'config.ts': 'export const config = { redis: { url: process.env.REDIS_URL } };',
      },
      'optional-config (only when REDIS_URL is set)',
    ],
    [
      'a default export',
      {
        'server.ts': "import config from './config'; if (config.url) probe();",
        'config.ts': 'export default { url: process.env.URL };',
      },
      'optional-config (only when URL is set)',
    ],
    [
      'CommonJS',
      {
        'server.js': "const config = require('./config'); if (config.url) probe();",
        'config.js': 'module.exports = { url: process.env.URL };',
      },
      'optional-config (only when URL is set)',
    ],
    [
      'a field',
      { 'server.ts': 'class Config { redis = process.env.B; } const c = new Config(); if (c.redis) probe();' },
      'optional-config (only when B is set)',
    ],
    [
      'a helper',
      {
        'server.ts': "import { bool } from './env'; if (bool(process.env.A)) probe();",
        'env.ts': "export const bool = (a) => a === 'true';",
      },
      "optional-config (only when A is 'true')",
    ],
    [
      'a named constant',
      {
        'server.ts': "import { IS_ON } from './config'; if (IS_ON) probe();",
        'config.ts': "export const IS_ON = process.env.A === 'yes';",
      },
      "optional-config (only when A is 'yes')",
    ],
    [
      'the caller',
      { 'server.ts': "import { f } from './f'; if (process.env.A) f();", 'f.ts': 'export function f() { probe(); }' },
      'optional-config (only when A is set)',
    ],
    [
      'the loading of the file',
      { 'server.js': "if (process.env.A) require('./f');", 'f.js': 'probe();' },
      'optional-config (only when A is set)',
    ],
    [
      'the choice of a class',
      {
        'server.ts':
          'class A { b() { probe(); } } class C { b() {} } const d = process.env.E ? new C() : new A(); d.b();',
      },
      'default-config (safe when E is set)',
    ],
  ])('through %s', async (_, sources, expected) => {
    expect(words(await setting(sources))).toBe(expected);
  });

  it.each([
    'let s = { a: 1 }; function f() { s = { ...s, b: 2 }; } if (s.c) probe();',
    'const a = { ...b }; const b = { ...a }; if (a.c) probe();',
    'const s = { ...s, x: { ...s.x } }; if (s.x.y.z) probe();',
    'const f = (n) => g(n); const g = (n) => f(n) || process.env[n]; if (f("A")) h(); probe();',
    'class A { get b() { return this.c; } get c() { return this.b; } } if (new A().b) probe();',
  ])('have an end: `%s`', async (text) => {
    expect(words(await setting(text))).toBe('always');
  });

  it('do not multiply with the spreads of an object', async () => {
    const spreads = Array.from({ length: 40 }, (_, i) => `...(process.env.A${i} && { b: ${i} })`).join(', ');
    const nested = Array.from({ length: 30 }, (_, i) => `const o${i + 1} = { ...o${i}, ...o${i} };`).join(' ');
    expect((await setting(`const o = { ${spreads} }; if (o.c) probe();`)).when).toBe('always');
    expect((await setting(`const o0 = {}; ${nested} if (o30.c) probe();`)).when).toBe('always');
  });

  it('point at their conditions', async () => {
    expect((await setting('const a = process.env.A;\nif (a) {\n  probe();\n}')).evidence).toEqual([
      { role: 'condition', file: 'server.ts', span: [2, 5, 2, 6], note: 'depends on A' },
    ]);
  });
});

describe('what is known in production', () => {
  it.each<[string, unknown]>([
    ['probe(1);', 1],
    ['probe(process.env.NODE_ENV);', 'production'],
    ["probe(process.env.NODE_ENV === 'production');", true],
    ["probe(process.env.NODE_ENV !== 'production');", false],
    ['probe(process.env.A);', undefined],
    ["probe(process.env.A || 'b');", 'b'],
    ["probe(process.env.A === 'b');", false],
    ['probe(!process.env.A);', true],
    ['probe(Number(process.env.A ?? 2) > 1);', true],
    ['probe(a && false);', false],
    ['probe(a || true);', true],
    ["const a = { b: process.env.A ?? 'c' }; probe(a.b);", 'c'],
    ["probe(process.env.NODE_ENV === 'production' ? 1 : 2);", 1],
    ["probe((process.env.A || 'B').toLowerCase());", 'b'],
    ['probe(24 * 60 * 60 * 1000);', 86_400_000],
    ['probe((6 + 3) / 3 - 1);', 2],
  ])('`%s`', async (text, value) => {
    const program = await programOf(text);
    const { unit, fact } = callOf(program, 'probe');
    expect(program.known(unit, fact.args[0]!)).toEqual({ value });
  });

  it.each([
    'probe(a);',
    'probe(a());',
    'probe(a && true);',
    'let a = 1; if (b) a = 2; probe(a);',
    'function f(a) { probe(a); }',
  ])('`%s` is not', async (text) => {
    const program = await programOf(text);
    const { unit, fact } = callOf(program, 'probe');
    expect(program.known(unit, fact.args[0]!)).toBeUndefined();
  });
});

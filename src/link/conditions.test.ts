import { describe, expect, it } from 'vitest';
import type { Setting } from '../model/program.js';
import { callOf, programOf, type Sources } from '../../test/in-memory.js';

/** What the conditions of the only `probe()` amount to. */
async function setting(sources: Sources | string): Promise<Setting> {
  const program = await programOf(sources);
  return program.setting(program.conditions(callOf(program, 'probe')));
}

const words = ({ when, words: said, developmentOnly }: Setting): string =>
  [when, said && `(${said})`, developmentOnly && 'in development'].filter(Boolean).join(' ');

describe('settings', () => {
  it.each<[string, string]>([
    ['probe();', 'always'],
    ['if (a) probe();', 'always'],
    ['for (;;) probe();', 'always'],
    ['try { a(); } catch { probe(); }', 'always'],

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

    // With a default
    ["if ((process.env.A ?? 'b') === 'b') probe();", "default-config (safe when A is not 'b')"],
    ["const a = process.env.A || 'b'; if (a === 'b') probe();", "default-config (safe when A is not 'b')"],
    ["const a = process.env.A || 'b'; if (a === 'c') probe();", "optional-config (only when A is 'c')"],
    ["const { A = 'b' } = process.env; if (A === 'b') probe();", "default-config (safe when A is not 'b')"],
    ["if (process.env.A !== 'false') probe();", "default-config (safe when A is 'false')"],
    [
      "const a = process.env.A ? process.env.A === 'b' : true; if (a) probe();",
      'default-config (safe when A is not set)',
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
      'default-config (safe when B is not set)',
    ],

    // NODE_ENV is not a setting: production is what counts
    ["if (process.env.NODE_ENV === 'production') probe();", 'always'],
    ["if (process.env.NODE_ENV !== 'production') probe();", 'always in development'],
    ["if (process.env.NODE_ENV === 'development') probe();", 'always in development'],
    ["if (process.env.NODE_ENV === 'test') probe();", 'always in development'],
    ["if (process.env.NODE_ENV !== 'test') probe();", 'always'],
    ["const isProd = process.env.NODE_ENV === 'production'; if (!isProd) probe();", 'always in development'],
    ["const isProd = process.env.NODE_ENV === 'production'; if (isProd) a(); else probe();", 'always in development'],
    ["const env = process.env.NODE_ENV || 'development'; if (env === 'development') probe();", 'always in development'],
    ["function f() { if (process.env.NODE_ENV === 'production') return; probe(); } f();", 'always in development'],
    ['if (isDevelopment) probe();', 'always in development'],
    ['if (!isProduction) probe();', 'always in development'],
    ['if (isProduction) probe();', 'always'],
    ['if (config.dev) probe();', 'always in development'],
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

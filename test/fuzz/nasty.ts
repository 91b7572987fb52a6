// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the languages that are read.
import type { App } from './corpus.js';

/*
 * What generators, dumps, bad luck and bad people leave in a repository: each by name, as an application of its own.
 */

const DEEP = 10_000;
const MEGABYTE = 1_048_576;

const SERVER = "const app = require('express')();\napp.get('/', (q, r) => r.end());\napp.listen(3000);\n";

/** Beside a server that can be read, so that what is wrong costs its own file only. */
function beside(file: string, text: string): App {
  return new Map([
    ['package.json', '{ "name": "app", "dependencies": { "express": "^5.0.0" } }'],
    ['server.js', `require('./${file}');\n${SERVER}`],
    [file, text],
  ]);
}

const nested = (open: string, middle: string, close: string, depth = DEEP) =>
  open.repeat(depth) + middle + close.repeat(depth);

/** Levels a person does not write but a generator might; and so many that no stack holds them. */
const DEPTHS = [200, 1000, 3000, DEEP];

const CODE: Readonly<Record<string, (depth: number) => string>> = {
  parentheses: (depth) => `const a = ${nested('(', '1', ')', depth)};`,
  arrays: (depth) => `const a = ${nested('[', '', ']', depth)}; a[0]();`,
  objects: (depth) => `module.exports = ${nested('{ a: ', '1', ' }', depth)};`,
  calls: (depth) => `${nested('f(', 'process.env.A', ')', depth)};`,
  'calls in a row': (depth) => `require('express')()${'.use((q, r) => r.end())'.repeat(depth)};`,
  'members in a row': (depth) => `const a = process${'.env'.repeat(depth)}; a.b();`,
  indices: (depth) => `const a = b${nested('[b', '[0]', ']', depth)};`,
  blocks: (depth) => nested('{', 'f();', '}', depth),
  ifs: (depth) => nested('if (process.env.A) {', 'f();', '}', depth),
  'else ifs': (depth) => `${'if (a === 1) f(); else '.repeat(depth)} g();`,
  loops: (depth) => nested('for (;;) ', 'f();', '', depth),
  functions: (depth) => nested('function f() {', 'g();', '}', depth),
  arrows: (depth) => `const f = ${nested('() => ', '1', '', depth)};`,
  'arrows with blocks': (depth) => nested('(() => {', 'g();', '})();', depth),
  classes: (depth) => nested('class A { m() {', 'g();', '} }', depth),
  tries: (depth) => nested('try {', 'g();', '} catch {}', depth),
  switches: (depth) => nested('switch (a) { case 1:', 'g();', '}', depth),
  labels: (depth) => nested('a: ', 'g();', '', depth),
  templates: (depth) => `const a = ${nested('`${', '1', '}`', depth)};`,
  'tagged templates': (depth) => `const a = sql${'`a`'.repeat(depth)};`,
  sums: (depth) => `const a = b${' + process.env.A'.repeat(depth)}; c.get(a);`,
  alternatives: (depth) => `const a = b${' || c'.repeat(depth)}; a();`,
  choices: (depth) => `const a = ${'process.env.A ? 1 : '.repeat(depth)}2; f(a);`,
  assignments: (depth) => `${'a = '.repeat(depth)}1;`,
  negations: (depth) => `if (${'!'.repeat(depth)}a) f();`,
  awaits: (depth) => `async function f() { ${'await '.repeat(depth)}g(); }`,
  news: (depth) => `${'new '.repeat(depth)}A;`,
  spreads: (depth) => `const a = ${nested('[...', 'b', ']', depth)};`,
  patterns: (depth) => `const ${nested('{ a: ', 'b', ' }', depth)} = c; b();`,
  'patterns with defaults': (depth) => `function f(${nested('[a = ', '1', ']', depth)}) {} f();`,
  commas: (depth) => `f(${'(a, '.repeat(depth)}1${')'.repeat(depth)});`,
  markup: (depth) => `const a = ${nested('<div>', 'text', '</div>', depth)};`,
  'markup in attributes': (depth) => `const a = ${nested('<A b={', '1', '} />', depth)};`,
  optionals: (depth) => `a${'?.b()'.repeat(depth)};`,
  'regular expressions': (depth) => `const a = /${nested('(', 'a', ')*', depth)}/;`,
  requires: (depth) => `${nested('require(', "'./server'", ')', depth)};`,
};

const TYPES: Readonly<Record<string, (depth: number) => string>> = {
  types: (depth) => `type A = ${nested('Array<', 'string', '>', depth)};`,
  'conditional types': (depth) => `type A<T> = ${'T extends 1 ? 2 : '.repeat(depth)}3;`,
  unions: (depth) => `type A = ${'| 1 '.repeat(depth)};`,
  assertions: (depth) => `const a = b${' as any'.repeat(depth)};`,
  'assertions in brackets': (depth) => `const a = ${'<any>'.repeat(depth)}b;`,
  bangs: (depth) => `const a = b${'!'.repeat(depth)};`,
  namespaces: (depth) => nested('namespace A {', 'f();', '}', depth),
  decorators: (depth) => `${'@a() '.repeat(depth)}class A {}`,
};

const DESCRIPTORS: Readonly<Record<string, readonly [string, (depth: number) => string]>> = {
  'YAML, flow': ['compose.yaml', (depth) => `services:\n  a: ${nested('[', '1', ']', depth)}\n`],
  'YAML, flow maps': ['compose.yaml', (depth) => `services:\n  a: ${nested('{a: ', '1', '}', depth)}\n`],
  'YAML, dashes': ['compose.yaml', (depth) => `services:\n  a:\n    ${'- '.repeat(depth)}1\n`],
  'YAML, indented': [
    'compose.yaml',
    (depth) =>
      `services:\n${Array.from({ length: Math.min(depth, 900) }, (_, at) => `${' '.repeat(at + 1)}a:`).join('\n')}\n`,
  ],
  'YAML, aliases': [
    'compose.yaml',
    (depth) =>
      `services:\n  a0: &a0 [1]\n${Array.from({ length: Math.min(depth, 400) }, (_, at) => `  a${at + 1}: &a${at + 1} [*a${at}, *a${at}]`).join('\n')}\n`,
  ],
  'YAML, merges': [
    'compose.yaml',
    (depth) =>
      `services:\n  a0: &a0 {x: 1}\n${Array.from({ length: Math.min(depth, 400) }, (_, at) => `  a${at + 1}: &a${at + 1} {<<: [*a${at}, *a${at}], y${at}: 1}`).join('\n')}\n`,
  ],
  'YAML, documents': ['k8s/all.yaml', (depth) => 'apiVersion: v1\nkind: Deployment\n---\n'.repeat(depth)],
  'JSON, arrays': ['deploy/service.json', (depth) => `{ "desiredCount": ${nested('[', '1', ']', depth)} }`],
  'JSON, objects': ['deploy/service.json', (depth) => `{ "desiredCount": ${nested('{"a":', '1', '}', depth)} }`],
  'JSON of Heroku': ['app.json', (depth) => `{ "formation": ${nested('{"a":', '1', '}', depth)} }`],
  'JSON of pm2': ['ecosystem.json', (depth) => `{ "apps": ${nested('[', '1', ']', depth)} }`],
  manifest: ['sub/package.json', (depth) => `{ "name": "x", "exports": ${nested('{"a":', '1', '}', depth)} }`],
  'manifest, scripts': [
    'sub/package.json',
    (depth) => JSON.stringify({ scripts: { start: nested('$(', 'node a', ')', depth) } }),
  ],
  tsconfig: ['sub/tsconfig.json', (depth) => `{ "compilerOptions": { "paths": ${nested('{"a":', '1', '}', depth)} } }`],
  'modules of pm2': ['ecosystem.config.js', (depth) => `module.exports = { apps: ${nested('[', '1', ']', depth)} };`],
  'modules of pm2, parentheses': [
    'ecosystem.config.js',
    (depth) => `module.exports = { apps: ${nested('(', '1', ')', depth)} };`,
  ],
  'HCL, blocks': ['main.tf', (depth) => nested('a "b" {\n', 'c = 1\n', '}\n', depth)],
  'HCL, lists': ['main.tf', (depth) => `a = ${nested('[', '1', ']', depth)}\n`],
  'HCL, objects': ['main.tf', (depth) => `a = ${nested('{ a = ', '1', ' }', depth)}\n`],
  'HCL, calls': ['main.tf', (depth) => `a = ${nested('jsonencode(', '1', ')', depth)}\n`],
  'HCL, templates': ['main.tf', (depth) => `a = "${nested('${"', '1', '"}', depth)}"\n`],
  'HCL of Nomad': ['a.nomad', (depth) => `job "a" {\n${nested('group "a" {\n', '', '}\n', depth)}}\n`],
  'TOML, arrays': ['fly.toml', (depth) => `app = "a"\nb = ${nested('[', '1', ']', depth)}\n`],
  'TOML, tables': ['fly.toml', (depth) => `[${Array.from({ length: depth }, () => 'a').join('.')}]\nb = 1\n`],
  'TOML, inline tables': ['fly.toml', (depth) => `b = ${nested('{ a = ', '1', ' }', depth)}\n`],
  'Dockerfile, continued': ['Dockerfile', (depth) => `FROM node\nRUN a ${'\\\n  b '.repeat(depth)}\n`],
  'Dockerfile, shell': ['Dockerfile', (depth) => `FROM node\nCMD ${nested('$(', 'node a', ')', depth)}\n`],
  'Dockerfile, JSON': ['Dockerfile', (depth) => `FROM node\nCMD ${nested('[', '"a"', ']', depth)}\n`],
  'Dockerfile, heredocs': ['Dockerfile', (depth) => `FROM node\nRUN ${'<<A '.repeat(Math.min(depth, 1000))}\n`],
  'Dockerfile, stages': ['Dockerfile', (depth) => `${'FROM node AS a\n'.repeat(Math.min(depth, 1000))}CMD node a\n`],
  'Dockerfile, onbuild': ['Dockerfile', (depth) => `FROM node\n${'ONBUILD '.repeat(depth)}CMD node a\n`],
  'shell, subshells': ['start.sh', (depth) => nested('(', 'node a', ')', depth)],
  'shell, substitutions': ['start.sh', (depth) => `echo ${nested('$(', 'node a', ')', depth)}`],
  'shell, backticks': ['start.sh', (depth) => nested('`', 'node a', '`', depth)],
  'shell, ifs': ['start.sh', (depth) => nested('if a; then ', 'node a', '; fi', depth)],
  'shell, groups': ['start.sh', (depth) => nested('{ ', 'node a', '; }', depth)],
  'shell, arithmetic': ['start.sh', (depth) => `echo $((${nested('(', '1', ')', depth)}))`],
  'shell, expansions': ['start.sh', (depth) => `echo ${nested('${A:-', 'b', '}', depth)}`],
  'shell, tests': ['start.sh', (depth) => `[[ ${nested('( ', 'a', ' )', depth)} ]] && node a`],
  'shell, negations': ['start.sh', (depth) => `[[ ${'! '.repeat(depth)} a ]] && node a`],
  'shell, and': ['start.sh', (depth) => `${'a && '.repeat(depth)} node a`],
  'shell, pipes': ['start.sh', (depth) => `${'a | '.repeat(depth)} node a`],
  'shell, functions': ['start.sh', (depth) => nested('f() { ', 'node a', '; }', depth)],
  'shell, itself': ['start.sh', () => 'f() { f; g; }\ng() { f; g; }\nf\nsh ./start.sh\n. ./start.sh\n'],
  'shell, cases': ['start.sh', (depth) => nested('case a in a) ', 'node a', ';; esac', depth)],
  nginx: ['nginx.conf', (depth) => nested('http {\n', 'server { listen 80; }', '}\n', depth)],
  Caddyfile: ['Caddyfile', (depth) => nested('a {\n', 'b\n', '}\n', depth)],
  templates: [
    'chart/templates/a.yaml',
    (depth) => `apiVersion: v1\nkind: Deployment\n${nested('{{ if .a }}\n', 'b: 1\n', '{{ end }}\n', depth)}`,
  ],
  'templates in templates': [
    'chart/templates/a.yaml',
    (depth) => `apiVersion: v1\nkind: Deployment\na: ${nested('{{ ', 'b', ' }}', depth)}\n`,
  ],
  'conditions of templates': [
    'chart/templates/a.yaml',
    (depth) => `apiVersion: v1\nkind: Deployment\n{{ if ${'not '.repeat(depth)}.Values.a }}\nb: 1\n{{ end }}\n`,
  ],
  'brackets of templates': [
    'chart/templates/a.yaml',
    (depth) => `apiVersion: v1\nkind: Deployment\n{{ if ${nested('(', '.Values.a', ')', depth)} }}\nb: 1\n{{ end }}\n`,
  ],
  'SQL, parentheses': [
    'migrations/001_a.sql',
    (depth) => `CREATE TABLE a (b int DEFAULT ${nested('(', '1', ')', depth)});`,
  ],
  'SQL, comments': ['migrations/001_a.sql', (depth) => nested('/*', 'a', '*/', depth)],
  'SQL, blocks': [
    'migrations/001_a.sql',
    (depth) => nested('DO $$ BEGIN ', 'ALTER TABLE a DROP b;', ' END $$;', depth),
  ],
  'SQL, statements': ['migrations/001_a.sql', (depth) => 'ALTER TABLE a DROP COLUMN b, DROP c;\n'.repeat(depth)],
  Prisma: ['prisma/schema.prisma', (depth) => `model A {\n${nested('a Int @default(', '1', ')', depth)}\n}\n`],
  '.env': ['.env', (depth) => `A=${nested('${A:-', '1', '}', depth)}\n${'B="\n'.repeat(depth)}`],
  systemd: ['a.service', (depth) => `[Service]\nExecStart=${'a \\\n'.repeat(depth)}\n`],
  Procfile: ['Procfile', (depth) => `web: ${nested('(', 'node a', ')', depth)}\n`],
  crontab: ['crontab', (depth) => `${'* '.repeat(depth)} node a\n`],
  HAProxy: ['haproxy.cfg', (depth) => `backend a\n${'  server a 1:1\n'.repeat(depth)}`],
};

const FLOW = `// @flow strict
import type { A } from './a'; import typeof B from './b'; import { type C, typeof D } from './c';
opaque type E: string = string; declare var f: number; declare export default class G {}
type H = {| +a: ?number, -b: string, [[internal]]: any, ...A |}; function i(x: mixed): boolean %checks { return !!x; }
const j = (x: any); export type K<+T: Object = *> = Array<?T>; function m<T>(...a: Array<T>): void {}
component N(a: string) renders O { return null; } enum P of string { A = 'a' } hook useQ() {}
`;

const VUE = `<template>\n  <div v-if="a">{{ a }}</div>\n</template>\n<script setup lang="ts">\nimport { ref } from 'vue';\nconst a = ref(1);\n</script>\n<style scoped>\n.a { color: red; }\n</style>\n`;

/** Syntax up to the newest that the compiler takes, of both kinds of decorators, and what stands at the edges. */
const NEWEST = `
import data from './data.json' with { type: 'json' };
import defer * as later from './later.js';
import type { A, B as C } from './types.js'; import { type D, E } from './types.js'; export type * from './types.js'; export * as ns from './types.js';
using one = open(); await using two = open(); for await (using three of all()) three.use();
@dec @dec() @(a.b) class F<const T, in out U> extends (class {}) implements A { accessor g = 1; static accessor #h = 2; static { this.i = 1; } declare j: string; override k?(): void; readonly #l!: number; get #m() { return #l in this; } constructor(private readonly n: string, @inject() public o = 1) { super(); } @dec p() {} abstract q(): asserts this is A; [Symbol.iterator]*() {} async *['r']() {} }
const s = <const T,>(x: T) => x satisfies unknown as T; const t = a?.[0]?.(1)!.b ?? c; a ||= b; a &&= c; a ??= d; const u = 1_000n ** 2n; const v = /(?<y>\\p{L})(?i:a)[\\p{L}--[a-z]]/dv; label: for (const w in a) { continue label; }
enum X { A = 1, B = A << 1, C = 'c' } declare global { interface Window { z: 1 } } namespace Y.Z { export const a = 1; } declare module 'm' { export = n; } import aa = require('aa'); export import bb = Y.Z; function cc(this: A, ...[x, { y = 1 }]: any[]): x is string; export = dd;
type Dd<T> = T extends (infer U extends string)[] ? \`\${Uppercase<U>}x\` : { readonly [K in keyof T as \`get\${K & string}\`]+?: T[K] } & typeof import('./e.js') & unique symbol; abstract class Ee { abstract ff: string; protected abstract get gg(): string; } let hh: typeof ii<string>; new jj<string>; const kk = ll<string>; if (mm < nn && oo > pp) qq(); try { } catch { } finally { } do ; while (0) debugger; with (rr) ss; var \\u0061b = import.meta.url, ⅷ = new.target; export default abstract class {}
`;

const ODD: Readonly<Record<string, readonly [string, string]>> = {
  nothing: ['a.ts', ''],
  blanks: ['a.ts', ' \n\t\r\n'.repeat(1000)],
  'a byte-order mark in the middle': ['a.ts', 'const a = 1;\uFEFF\nconst b = 2;\uFEFF'],
  'lone surrogates': ['a.ts', 'const a = "\uD800"; const \uDC00 = 1; f(`\uDBFF${a}\uD800`); // \uDFFF\n'],
  'NUL in code': ['a.ts', `const a = 1;\n${'// text\n'.repeat(2000)}const b = "\0"; \0 c();`],
  'NUL at the front': ['a.ts', '\0const a = 1;'],
  'UTF-16 read as UTF-8': ['a.ts', [...'const a = require("express")();'].join('\0')],
  'Latin-1 read as UTF-8': ['a.js', 'const a = "Gr\uFFFD\uFFFDe"; // \uFFFDbung\nf(a);'],
  'a video': [
    'a.ts',
    Array.from({ length: 20_000 }, (_, at) => String.fromCharCode(at % 188 === 0 ? 0x47 : (at * 7919) % 256)).join(''),
  ],
  'noise without NUL': [
    'a.ts',
    Array.from({ length: 20_000 }, (_, at) => String.fromCharCode(1 + ((at * 7919) % 60_000))).join(''),
  ],
  'a line of a megabyte, names': ['a.js', 'a '.repeat(MEGABYTE / 2)],
  'a line of a megabyte, calls': ['a.js', 'a();'.repeat(MEGABYTE / 4)],
  'a line of a megabyte, string': ['a.js', `const a = "${'x'.repeat(MEGABYTE)}"; f(a);`],
  'a line of a megabyte, comment': ['a.js', `// ${'x'.repeat(MEGABYTE)}\nf();`],
  'a line of a megabyte, blanks': ['a.js', `f();${' '.repeat(MEGABYTE)}g();`],
  'a line of a megabyte, dashes': ['a.js', `f(); // mi-audit-disable ${'-'.repeat(MEGABYTE)}`],
  'a directive of a megabyte': ['a.js', `// mi-audit-disable-next-line ${'a,'.repeat(MEGABYTE / 2)}\nf();`],
  'a template of a megabyte': ['a.js', `const a = \`${'line\n'.repeat(MEGABYTE / 5)}\`; f(a);`],
  'a template with many parts': ['a.js', `const a = \`${'${b} '.repeat(50_000)}\`; f(a);`],
  'a name of a megabyte': ['a.js', `const ${'x'.repeat(MEGABYTE)} = 1;`],
  'an import of a megabyte': [
    'a.js',
    `require('./${'x/'.repeat(MEGABYTE / 2)}'); require('${'../'.repeat(50_000)}a');`,
  ],
  'a regular expression of a megabyte': ['a.js', `const a = /${'(a|b)*'.repeat(MEGABYTE / 8)}/;`],
  'a route of a megabyte': ['a.js', `require('express')().get('/${':a/'.repeat(MEGABYTE / 4)}', (q, r) => r.end());`],
  'an array of numbers': ['a.js', `module.exports = [${'\n1,'.repeat(200_000)}];`],
  'an object of names': [
    'a.js',
    `module.exports = {${Array.from({ length: 50_000 }, (_, at) => `\na${at}: b${at},`).join('')}};`,
  ],
  'names of prototypes': [
    'a.js',
    `const __proto__ = {}; const constructor = { toString: {} }; exports.__proto__ = constructor; hasOwnProperty.valueOf.__proto__(); class A { constructor() { this.__proto__ = A; } static prototype() {} } process.env.__proto__ ? process.env.constructor : process.env.toString; app.get('__proto__', (q, r) => r.end());`,
  ],
  'every line ending': ['a.js', 'a();\rb();\r\nc();\u2028d();\u2029e();\u0085f();'],
  'escapes in names': [
    'a.js',
    'const \\u{61}\\u0062 = 1; require("./\\x61"); require("./\\u{110000}"); a["\\u0061"]();',
  ],
  'a shebang alone': ['a.js', '#!/usr/bin/env node'],
  'HTML comments': ['a.js', '<!-- a\nf();\n--> b\n'],
  'JSON called JavaScript': ['a.js', '{ "a": { "b": [1, 2, { "c": null }] } }'],
  'CSS called TypeScript': [
    'a.ts',
    '.a > .b::after { content: "\\201C"; color: #fff }\n@media (min-width: 1px) { a { b: c } }',
  ],
  'Vue called TypeScript': ['a.ts', VUE],
  'Vue called JavaScript': ['a.js', VUE],
  'Vue called TSX': ['a.tsx', VUE],
  Flow: ['a.js', FLOW],
  'Flow called JSX': ['a.jsx', FLOW],
  'the newest TypeScript': ['a.ts', NEWEST],
  'the newest TypeScript as TSX': ['a.tsx', NEWEST],
  'TypeScript called JavaScript': ['a.js', NEWEST],
  'merge marks': ['a.ts', '<<<<<<< HEAD\nconst a = 1;\n=======\nconst a = 2;\n>>>>>>> other\n'],
  diff: ['a.ts', '--- a/b.ts\n+++ b/b.ts\n@@ -1 +1 @@\n-const a = 1;\n+const a = 2;\n'],
  'templates of a generator': [
    'a.ts',
    "<% if (a) { %>\nimport { <%= name %> } from './<%= file %>';\n<% } %>\n{{#each b}}export const {{c}} = {{d}};{{/each}}\n",
  ],
  PEM: ['a.ts', `-----BEGIN CERTIFICATE-----\n${'QUJD'.repeat(400)}\n-----END CERTIFICATE-----\n`],
  'YAML that is a number': ['compose.yaml', 'services:\n'],
  'YAML of tabs': ['compose.yaml', 'services:\n\tweb:\n\t\timage: a\n'],
  'YAML of a megabyte': ['compose.yaml', `services:\n  web:\n    image: ${'a'.repeat(400_000)}\n`],
  'YAML of keys': [
    'compose.yaml',
    `services:\n${Array.from({ length: 10_000 }, (_, at) => `  a${at}: {image: b}`).join('\n')}\n`,
  ],
  'YAML that names prototypes': [
    'compose.yaml',
    'services:\n  __proto__:\n    image: a\n    environment: {__proto__: 1, constructor: 2}\n  constructor: {image: b, deploy: {replicas: .inf}}\n  toString: null\n  ? [a]\n  : {image: c}\n',
  ],
  'manifest that is a list': ['sub/package.json', '[1, 2]'],
  'manifest of wrong kinds': [
    'sub/package.json',
    '{ "name": 1, "main": {}, "bin": [1], "scripts": { "a": null, "__proto__": "node a", "b": ["c"] }, "dependencies": "x", "workspaces": { "packages": [1, null] }, "exports": [null, 1], "imports": { "#a": { "b": [] } } }',
  ],
  'manifest with circles': [
    'sub/package.json',
    '{ "scripts": { "a": "npm run b", "b": "npm run a && npm run a && npm run b" }, "workspaces": ["..", ".", "**/**/**/**/**"] }',
  ],
  'tsconfig of wrong kinds': [
    'sub/tsconfig.json',
    '{ "extends": ["./tsconfig.json", 1, {}], "compilerOptions": { "paths": { "*": "a", "b": [1], "*/*": ["*"] }, "baseUrl": 3, "outDir": [] }, "references": [null] }',
  ],
  'Prisma of wrong kinds': [
    'prisma/schema.prisma',
    'model {\ndatasource db { provider = env( url = \n}\nmodel A {\n @@map(\n a\n',
  ],
  'dotenv of a line': ['.env', `${'A'.repeat(300_000)}`],
  'dotenv of blanks': ['.env', `A${' '.repeat(300_000)}B`],
  'crontab of blanks': ['crontab', `*${' '.repeat(300_000)}x`],
  'shell of quotes': ['start.sh', '"\''.repeat(50_000)],
  'shell of dollars': ['start.sh', '$'.repeat(100_000)],
  'shell of heredocs': ['start.sh', 'cat <<A <<B <<C\n'.repeat(5_000)],
  'Dockerfile of backslashes': ['Dockerfile', `FROM node\nRUN ${'\\'.repeat(100_000)}`],
  'Dockerfile of blanks': ['Dockerfile', `FROM node\nRUN a${' '.repeat(100_000)}\\ b${'\t'.repeat(100_000)}x`],
  'templates of braces': ['chart/templates/a.yaml', `apiVersion: v1\nkind: Deployment\n${'{{ '.repeat(50_000)}`],
  'templates of blanks': ['chart/templates/a.yaml', `apiVersion: v1\nkind: Deployment\n{{${' '.repeat(50_000)}a`],
  'SQL of quotes': ['migrations/001_a.sql', '\'"`$$'.repeat(50_000)],
  'SQL of names': ['migrations/001_a.sql', `ALTER TABLE ${'a.'.repeat(50_000)}b DROP c;`],
  'nginx of words': ['nginx.conf', `http {\nserver { ${'listen '.repeat(50_000)}; }}`],
  'systemd of blanks': ['a.service', `[Service]\nExecStart=${' '.repeat(200_000)}x`],
};

export interface Nasty {
  readonly name: string;
  readonly sort: string;
  readonly app: () => App;
}

function deep(sort: string, kinds: Readonly<Record<string, (depth: number) => string>>, file: string): Nasty[] {
  return Object.entries(kinds).flatMap(([name, text]) =>
    DEPTHS.map((depth) => ({ sort, name: `${name}, ${depth} deep`, app: () => beside(file, text(depth)) })),
  );
}

/** Names that fit what is asked of them in as many ways as there are. */
function alike(text: string): App {
  const files = Array.from(
    { length: 20 },
    (_, at) => [`b/${'x'.repeat(200)}${at}.js`, 'module.exports = 1;\n'] as const,
  );
  return new Map([...beside('a.js', text), ...files]);
}

const PATHS: Readonly<Record<string, string>> = {
  'a path of many holes': 'module.exports = (a, b, c, d) => require(`./b/${a}x${b}x${c}x${d}y.js`);',
  'a glob of many holes': "require('globby').sync('b/*x*x*x*x*y.js').forEach((file) => require(file));",
  'a glob of many folders': "require('glob').sync('**/b/**/x/**/**/*x*.js').forEach((file) => require(`./${file}`));",
};

export const nasties: readonly Nasty[] = [
  ...Object.entries(PATHS).map(([name, text]) => ({ sort: 'paths put together', name, app: () => alike(text) })),
  ...Object.entries(ODD).map(([name, [file, text]]) => ({ sort: 'odd files', name, app: () => beside(file, text) })),
  ...deep('deep code', CODE, 'a.jsx'),
  ...deep('deep types', TYPES, 'a.ts'),
  ...Object.entries(DESCRIPTORS).flatMap(([name, [file, text]]) =>
    DEPTHS.map((depth) => ({
      sort: 'deep descriptors',
      name: `${name}, ${depth} deep`,
      app: () => beside(file, text(depth)),
    })),
  ),
];

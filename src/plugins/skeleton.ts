/*
 * What `mi-audit new-rule` writes: a rule that works as it stands, on a package that does not exist, so that whoever changes it
 * step by step always has tests that pass or say what is missing.
 */

export interface SkeletonRequest {
  /** Of the rule, kebab-case. */
  readonly id: string;
  readonly plugin: string;
  /** The folder that everything goes to, relative to where the command runs; '' for that folder itself. */
  readonly folder: string;
  readonly runner: 'node' | 'vitest';
  /** Of the tool, for the manifest. */
  readonly version: string;
  /** `.mjs` inside of an application, whose manifest may say anything of `.js`. */
  readonly extension: 'js' | 'mjs';
  /** The plugin is a package of its own, and has no manifest yet. */
  readonly withManifest: boolean;
}

/** Texts by path. */
export type Skeleton = ReadonlyMap<string, string>;

/** The module that holds the plugin, in its folder. */
export function entryOf(extension: SkeletonRequest['extension']): string {
  return `index.${extension}`;
}

export function skeleton(request: SkeletonRequest): Skeleton {
  const { id, plugin, folder, extension } = request;
  const within = (file: string) => (folder === '' ? file : `${folder}/${file}`);
  const files: [string, string][] = [
    [`rules/${id}.${extension}`, ruleText(id)],
    [`fixtures/${id}/hazard-in-a-request/package.json`, APP],
    [`fixtures/${id}/hazard-in-a-request/server.js`, server(`response.send(now()); // expect: ${plugin}/${id}`)],
    [`fixtures/${id}/safe-at-boot/package.json`, APP],
    [`fixtures/${id}/safe-at-boot/server.js`, server('response.send(started);', 'const started = now();')],
    [`test/${id}.test.${extension}`, testText(request)],
    [entryOf(extension), entryText(id, plugin, extension)],
  ];
  if (request.withManifest) files.push(['package.json', manifestText(request)], ['README.md', readmeText(request)]);
  return new Map(files.map(([file, text]) => [within(file), text]));
}

/**
 * The plugin's module with one more rule, where it still looks as `skeleton` wrote it; `undefined` where somebody has changed it
 * so that only they know where a rule goes.
 */
export function withRule(entry: string, id: string, extension: SkeletonRequest['extension']): string | undefined {
  const name = nameOf(id);
  const list = /\brules: \[([\w\s,]*)\]/.exec(entry);
  const imports = [...entry.matchAll(/^import .*;$/gm)].at(-1);
  if (!list || !imports || /\brules: \[/.test(entry.slice(list.index + list[0].length))) return undefined;
  const names = [...list[1]!.split(',').map((one) => one.trim()), name].filter((one) => one !== '');
  const end = imports.index + imports[0].length;
  return [
    entry.slice(0, end),
    `\nimport ${name} from './rules/${id}.${extension}';`,
    entry.slice(end, list.index),
    `rules: [${names.join(', ')}]`,
    entry.slice(list.index + list[0].length),
  ].join('');
}

/** `local-clock` as a variable. */
export function nameOf(id: string): string {
  const name = id.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  // What follows `import` must not be a word of the language: `import default from`.
  return /^(default|delete|new|switch|for|while|do|if|in|class|import|export|this|void|with|yield|await|case|try)$/.test(
    name,
  )
    ? `${name}Rule`
    : name;
}

function ruleText(id: string): string {
  return `// @ts-check
import { defineRule } from 'mi-audit';

// This rule works as it stands: it finds calls of \`now\` from @acme/clock that a request leads to. Change the fixtures to what
// your rule is about, watch the test fail, then change the rule.
export default defineRule({
  meta: {
    id: '${id}',
    title: 'A request is answered by the clock of one instance',
    category: 'state',
    severity: 'warning',
    triggers: ['scale-out', 'rolling-deploy'],
  },
  check({ program, report, safe }) {
    // API paths say what is meant, however it is imported: '@acme/clock:now', 'express:().get', 'global:setInterval'.
    for (const { call } of program.callsTo(['@acme/clock:now'])) {
      const place = { file: call.unit.file, span: call.fact.span };
      const reach = program.reaches(call.fn).find(({ phase }) => phase === 'request');
      if (!reach) {
        safe({ ...place, reason: 'no request leads there' });
        continue;
      }
      const setting = program.setting(program.conditions(call));
      if (setting.developmentOnly || setting.never) continue;
      report({
        ...place,
        confidence: reach.weak ? 'medium' : 'high',
        when: setting.when,
        ...(setting.words ? { condition: setting.words } : {}),
        symbol: program.symbol(place),
        message: 'The time comes from the clock of this instance.',
        consequence: 'Two instances answer the same request with different times.',
        hint: 'Take the time from the database.',
        evidence: [{ role: 'reached', ...place, note: \`reached from \${reach.label}\` }],
      });
    }
  },
});
`;
}

function testText({ id, plugin, runner, extension }: SkeletonRequest): string {
  return `import { fileURLToPath } from 'node:url';
import { testFixtures } from 'mi-audit/rule-tester';
import { test } from '${runner === 'vitest' ? 'vitest' : 'node:test'}';
import plugin from '../${entryOf(extension)}';

// A test for each folder: what its comments expect, and nothing else, must be found there.
testFixtures(fileURLToPath(new URL('../fixtures/${id}', import.meta.url)), plugin, test, { only: '${plugin}/${id}' });
`;
}

function entryText(id: string, plugin: string, extension: SkeletonRequest['extension']): string {
  return `// @ts-check
import { definePlugin } from 'mi-audit';
import ${nameOf(id)} from './rules/${id}.${extension}';

export default definePlugin({
  name: '${plugin}',
  rules: [${nameOf(id)}],
});
`;
}

const APP = json({
  name: 'fixture',
  private: true,
  type: 'module',
  scripts: { start: 'node server.js' },
  dependencies: { '@acme/clock': '^1.0.0', express: '^5.1.0' },
});

function server(answer: string, before?: string): string {
  return [
    "import { now } from '@acme/clock';",
    "import express from 'express';",
    '',
    'const app = express();',
    ...(before === undefined ? [] : [before]),
    "app.get('/time', (request, response) => {",
    `  ${answer}`,
    '});',
    'app.listen(3000);',
    '',
  ].join('\n');
}

function manifestText({ plugin, runner, version, extension }: SkeletonRequest): string {
  return json({
    name: `mi-audit-plugin-${plugin}`,
    version: '0.1.0',
    type: 'module',
    exports: `./${entryOf(extension)}`,
    files: [entryOf(extension), 'rules'],
    keywords: ['mi-audit', 'mi-audit-plugin'],
    // Fixtures are applications, not tests.
    scripts: { test: runner === 'vitest' ? 'vitest run' : 'node --test' },
    peerDependencies: { 'mi-audit': `^${version}` },
    devDependencies: { 'mi-audit': `^${version}`, ...(runner === 'vitest' ? { vitest: '^4.0.0' } : {}) },
  });
}

function readmeText({ plugin, id }: SkeletonRequest): string {
  return `# mi-audit-plugin-${plugin}

Rules for [mi-audit](https://github.com/mi-audit/mi-audit). Install it beside mi-audit, and name it in the configuration:

\`\`\`json
{ "plugins": ["mi-audit-plugin-${plugin}"], "rules": { "${plugin}/${id}": "error" } }
\`\`\`
`;
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

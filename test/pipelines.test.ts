import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { marked } from 'marked';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseAllDocuments, parse as parseYaml } from 'yaml';
import { ROOT } from './catalogue.js';

/*
 * What docs/ci.md, docs/hooks.md, action.yml and .pre-commit-hooks.yaml tell others to run, run here. (`npm run test:hooks` runs the
 * hooks inside of git, with the managers that call them.)
 */

interface Block {
  readonly document: string;
  readonly language: string;
  readonly title: string;
  readonly text: string;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string; readonly description: string }>>;
  readonly runs: {
    readonly steps: readonly [{ readonly run: string; readonly env: Readonly<Record<string, string>> }];
  };
}

const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
const action = parseYaml(read('action.yml')) as Action;

function blocksOf(document: string): Block[] {
  return marked.lexer(read(document)).flatMap((token): Block[] => {
    if (token.type !== 'code') return [];
    const info = String(token.lang ?? '');
    const title = /title="([^"]+)"/.exec(info)?.[1] ?? '';
    return [{ document, language: info.split(' ', 1)[0] ?? '', title, text: String(token.text) }];
  });
}

const blocks = ['docs/ci.md', 'docs/hooks.md'].flatMap(blocksOf);

/** Every string in a value, however deep. */
function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}

function commandsIn({ language, text }: Block): string[] {
  const lines =
    language === 'yaml'
      ? stringsIn(parseYaml(text))
      : language === 'groovy'
        ? [...text.matchAll(/\bsh '([^']+)'/g)].map((match) => match[1]!)
        : [text];
  return lines.flatMap((line) => line.split('\n')).filter((line) => /^npx (--no-install )?mi-audit\b/.test(line));
}

const commands = [...new Set(blocks.flatMap(commandsIn))].sort();

const SAFE = `import express from 'express';

const app = express();
app.get('/', (request, response) => response.send('hello'));
app.listen(3000);
`;
const HAZARD = SAFE.replace("from 'express';\n", "from 'express';\nimport session from 'express-session';\n").replace(
  'express();\n',
  'express();\napp.use(session({ secret: process.env.SECRET }));\n',
);

let scratch: string;
let started: string;
let count = 0;

const env = () => ({
  ...Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(npm_|GIT_|GITHUB_|CI_|FORCE_COLOR|NODE_ENV|VITEST)/i.test(name)),
  ),
  GIT_CONFIG_GLOBAL: path.join(scratch, 'gitconfig'),
  PATH: [path.join(scratch, 'tools'), process.env['PATH']].join(path.delimiter),
  NO_COLOR: '1',
});

function bash(script: string, cwd: string, more: Readonly<Record<string, string>> = {}) {
  const { stdout, stderr, status } = spawnSync('bash', ['-c', script], {
    cwd,
    env: { ...env(), ...more },
    encoding: 'utf8',
  });
  return { stdout, stderr, status };
}

/** A repository of two commits, the second of which brings the hazard; what is staged, another one. */
function repository(): string {
  const folder = path.join(scratch, `shop-${++count}`);
  cpSync(path.join(scratch, 'template'), folder, { recursive: true, verbatimSymlinks: true });
  return folder;
}

beforeAll(() => {
  scratch = mkdtempSync(path.join(tmpdir(), 'mi-audit-pipelines-'));
  writeFileSync(path.join(scratch, 'gitconfig'), '[user]\n\tname = A\n\temail = a@example.com\n');
  // What npx does with a package that is installed, without what it takes npm to find out.
  mkdirSync(path.join(scratch, 'tools'));
  const npx =
    '#!/bin/sh\nif [ "$1" = --no-install ]; then shift; fi\nname=$1\nshift\nexec "node_modules/.bin/$name" "$@"\n';
  writeFileSync(path.join(scratch, 'tools', 'npx'), npx, { mode: 0o755 });
  const folder = path.join(scratch, 'template');
  mkdirSync(path.join(folder, 'node_modules', '.bin'), { recursive: true });
  symlinkSync(path.join(ROOT, 'bin', 'mi-audit.js'), path.join(folder, 'node_modules', '.bin', 'mi-audit'));
  writeFileSync(path.join(folder, '.gitignore'), 'node_modules\nreports\n');
  writeFileSync(
    path.join(folder, 'package.json'),
    '{ "name": "shop", "type": "module", "scripts": { "start": "node server.js" }, "dependencies": { "express": "^5.1.0", "express-session": "^1.18.0" } }',
  );
  writeFileSync(path.join(folder, 'server.js'), SAFE);
  const made = bash('git init -q -b main && git add . && git commit -qm start && git rev-parse HEAD', folder);
  started = made.stdout.trim();
  expect(started).toMatch(/^[0-9a-f]{40}$/);
  writeFileSync(path.join(folder, 'server.js'), HAZARD);
  expect(bash('git commit -qam hazard', folder).status).toBe(0);
  writeFileSync(path.join(folder, 'server.js'), HAZARD.replace('session({ ', "session({ name: 'sid', "));
  expect(bash('git add server.js', folder).status).toBe(0);
});

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe('the pages', () => {
  it.each(blocks.map((block) => [`${block.document} ${block.title || block.language}`, block] as const))(
    '%s can be read by whom it is for',
    (_, { language, text }) => {
      expect(['yaml', 'json', 'js', 'sh', 'groovy']).toContain(language);
      if (language === 'json') expect(() => JSON.parse(text)).not.toThrow();
      if (language === 'yaml')
        for (const document of parseAllDocuments(text)) expect([...document.errors, ...document.warnings]).toEqual([]);
    },
  );

  it('use the action with inputs that it has', () => {
    const uses = blocks.flatMap(({ language, text }) => {
      if (language !== 'yaml') return [];
      const { jobs = {} } = parseYaml(text) as {
        jobs?: Record<string, { steps?: { uses?: string; with?: object }[] }>;
      };
      return Object.values(jobs).flatMap(({ steps = [] }) =>
        steps.filter((step) => step.uses?.startsWith('mi-audit/')),
      );
    });
    expect(uses.length).toBeGreaterThan(1);
    expect(uses.flatMap((step) => Object.keys(step.with ?? {})).filter((input) => !(input in action.inputs))).toEqual(
      [],
    );
  });

  it('show commands', () => {
    expect(commands.length).toBeGreaterThan(7);
  });

  it.each(commands)('%s does what it says', (command) => {
    const folder = repository();
    mkdirSync(path.join(folder, 'reports'));
    const run = bash(command, folder, { BASE: started, CI_MERGE_REQUEST_DIFF_BASE_SHA: started });
    if (command.includes('--update-baseline')) {
      expect(run.status).toBe(0);
      expect(existsSync(path.join(folder, '.mi-audit-baseline.json'))).toBe(true);
      return;
    }
    expect(run.stderr).not.toMatch(/^mi-audit: /m);
    expect(run.stdout + run.stderr).toMatch(/in-memory-session|Ready for a second instance/);
    expect(run.status).toBe(1);
    for (const [, file = ''] of command.matchAll(/=([\w./-]+)/g))
      expect(statSync(path.join(folder, file)).size, file).toBeGreaterThan(0);
  });
});

describe('the action', () => {
  const [step] = action.runs.steps;

  function act(inputs: Readonly<Record<string, string>>, folder = repository(), more: Record<string, string> = {}) {
    const files = {
      GITHUB_OUTPUT: path.join(folder, 'output.txt'),
      GITHUB_STEP_SUMMARY: path.join(folder, 'summary.md'),
    };
    const given = Object.entries(step.env).map(([name, expression]) => [
      name,
      expression.replace(/^\$\{\{ (?:inputs\.([\w-]+)|github\.action_path) \}\}$/, (_, input?: string) =>
        input === undefined ? ROOT : (inputs[input] ?? action.inputs[input]!.default),
      ),
    ]);
    const run = bash(step.run, folder, { ...Object.fromEntries(given), ...files, ...more });
    const text = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8') : '');
    return { ...run, folder, output: text(files.GITHUB_OUTPUT), summary: text(files.GITHUB_STEP_SUMMARY) };
  }

  /** An `npx` that says what it was asked for. */
  function tools(folder: string): string {
    mkdirSync(path.join(folder, 'tools'));
    writeFileSync(path.join(folder, 'tools', 'npx'), '#!/bin/sh\necho npx "$@"\n', { mode: 0o755 });
    return `${path.join(folder, 'tools')}${path.delimiter}${process.env['PATH']}`;
  }

  it('annotates, writes a summary and gives its exit code on', () => {
    // With npm's own npx, for once.
    const { stdout, output, summary, status } = act({}, repository(), { PATH: process.env['PATH'] ?? '' });
    expect(stdout).toMatch(/^::error file=server\.js,line=5,/m);
    expect(summary).toContain('in-memory-session');
    expect(output).toBe('exit-code=1\n');
    expect(status).toBe(1);
  });

  it('takes all of its inputs', () => {
    const { folder, output, status } = act({
      sarif: 'out.sarif',
      'fail-on': 'never',
      'min-confidence': 'high',
      since: started,
    });
    expect(JSON.parse(readFileSync(path.join(folder, 'out.sarif'), 'utf8'))).toMatchObject({ version: '2.1.0' });
    expect(output).toBe('exit-code=0\n');
    expect(status).toBe(0);
  });

  it('runs nothing of what is put in', () => {
    const folder = repository();
    const hostile = '$(touch owned) `touch owned`; touch owned #';
    const run = act(Object.fromEntries(Object.keys(action.inputs).map((input) => [input, hostile])), folder, {
      PATH: tools(folder),
    });
    expect(run.stdout).toContain(`--since=${hostile}`);
    expect(run.stdout).toContain(`-- ${hostile}`);
    expect(existsSync(path.join(folder, 'owned'))).toBe(false);
  });

  it.each([
    ['the one that is installed', {}, true, 'npx --no-install mi-audit --format github -- .'],
    [
      'that of the action',
      {},
      false,
      `npx --yes mi-audit@${JSON.parse(read('package.json')).version} --format github -- .`,
    ],
    ['the one that is asked for', { version: '0.3.1' }, true, 'npx --yes mi-audit@0.3.1 --format github -- .'],
  ])('takes as its version %s', (_, inputs, installed, command) => {
    const folder = repository();
    if (!installed) rmSync(path.join(folder, 'node_modules'), { recursive: true });
    const { stdout } = act(inputs, folder, { PATH: tools(folder) });
    expect(stdout.trim()).toBe(command);
  });
});

describe('the hook for pre-commit', () => {
  const hooks = parseYaml(read('.pre-commit-hooks.yaml')) as Record<string, string>[];

  it('is one, and its command audits what is staged', () => {
    expect(hooks.map(({ id }) => id)).toEqual(['mi-audit']);
    const run = bash(`npx --no-install ${hooks[0]!['entry']}`, repository());
    expect(run.stdout).toContain('server.js:5');
    expect(run.status).toBe(1);
  });

  it.each([
    ['src/a.ts', true],
    ['server.mjs', true],
    ['deploy/Dockerfile', true],
    ['Dockerfile.prod', true],
    ['Procfile', true],
    ['chart/values.yaml', true],
    ['.env.production', true],
    ['README.md', false],
    ['logo.png', false],
  ])('looks at %s: %s', (file, looked) => {
    expect(new RegExp(hooks[0]!['files']!).test(file)).toBe(looked);
  });
});

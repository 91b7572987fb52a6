import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { type Io, main, type Stream } from '../index.js';

/* Commands around the audit: starting with it, completing it, telling what it does. */

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'mi-audit-init-'));
  mkdirSync(join(cwd, '.git'));
});
afterEach(() => rmSync(cwd, { recursive: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, file)), { recursive: true });
    writeFileSync(join(cwd, file), content);
  }
}

const read = (file: string) => readFileSync(join(cwd, file), 'utf8');

async function run(argv: readonly string[], answers?: string) {
  const printed = { stdout: '', stderr: '' };
  const terminal = answers !== undefined;
  const stream = (name: 'stdout' | 'stderr'): Stream => {
    const through = Object.assign(new PassThrough(), { isTTY: terminal });
    through.on('data', (chunk: Buffer) => (printed[name] += chunk.toString()));
    return through;
  };
  const stdin = Object.assign(new PassThrough(), { isTTY: terminal });
  const io: Io = { stdin, stdout: stream('stdout'), stderr: stream('stderr'), cwd, env: {}, now: () => 0 };
  // Line by line, as a person would: what is typed before the question is lost.
  const lines = (answers ?? '').split('\n');
  const typing = setInterval(() => lines.length > 0 && stdin.write(`${lines.shift()}\n`), 20);
  try {
    return { exitCode: await main(argv, io), ...printed };
  } finally {
    clearInterval(typing);
  }
}

const SHOP = {
  'package.json': JSON.stringify({
    scripts: { start: 'node server.js' },
    dependencies: { express: '5', 'node-cron': '3' },
    devDependencies: { 'mi-audit': '1' },
  }),
  'server.js': "require('node-cron').schedule('* * * * *', () => fetch('http://x', { method: 'POST' }));\n",
};

describe('mi-audit init', () => {
  it('writes what flags ask for, and the tool takes it', async () => {
    write({ ...SHOP, 'pnpm-lock.yaml': '' });
    const { exitCode, stdout, stderr } = await run([
      'init',
      '--yes',
      '--baseline',
      '--ci',
      'github',
      '--hook',
      'husky',
    ]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toContain('Found: pnpm, Express.\n');
    expect(stdout).toContain('mi-audit.config.jsonc: written.');
    expect(readdirSync(cwd).sort()).toEqual(
      [
        '.git',
        '.github',
        '.husky',
        '.mi-audit-baseline.json',
        'mi-audit.config.jsonc',
        ...Object.keys(SHOP),
        'pnpm-lock.yaml',
      ].sort(),
    );
    expect(read('.husky/pre-commit')).toBe('pnpm exec mi-audit --staged --quiet\n');
    expect(statSync(join(cwd, '.husky/pre-commit')).mode & 0o111).toBeGreaterThan(0);
    const workflow = parseDocument(read('.github/workflows/mi-audit.yml'));
    expect(workflow.errors).toEqual([]);
    expect(JSON.stringify(workflow.toJS())).toContain('pnpm install --frozen-lockfile');
    expect((await run([])).exitCode).toBe(0);
    expect((await run(['config'])).stdout).toContain('In force (mi-audit.config.jsonc):');
  });

  it('writes a configuration in TypeScript that the tool takes', async () => {
    write(SHOP);
    expect((await run(['init', '--yes', '--config-format', 'ts'])).exitCode).toBe(0);
    expect((await run(['config'])).stdout).toMatch(/failOn +warning +mi-audit\.config\.ts/);
    expect(existsSync(join(cwd, '.mi-audit-baseline.json'))).toBe(false);
  });

  it.each([
    ['lefthook', 'lefthook.yml', 'pre-commit:\n  commands: {}\n'],
    ['pre-commit', '.pre-commit-config.yaml', 'repos: []\n'],
    ['lint-staged', 'lint-staged.config.mjs', 'export default {};\n'],
    ['husky', '.husky/pre-commit', 'npm test\n'],
  ])('writes a hook for %s, or says what to add to the one that is there', async (hook, file, before) => {
    write(SHOP);
    await run(['init', '--yes', '--hook', hook]);
    expect(read(file)).toContain('npx --no-install mi-audit --staged --quiet');
    if (file.endsWith('ml')) expect(parseDocument(read(file)).errors).toEqual([]);
    write({ [file]: before });
    const again = await run(['init', '--yes', '--hook', hook, '--ci', 'gitlab']);
    expect(again.stdout).toContain(`${file} is there already: left as it is.`);
    expect(again.stdout).toContain(`Add to ${file}:\n\n`);
    expect(again.stdout).toContain('mi-audit.config.jsonc is there already: left as it is.');
    expect(read(file)).toBe(before);
    expect(parseDocument(read('.gitlab-ci.yml')).errors).toEqual([]);
  });

  it('asks on a terminal, and proposes what it found', async () => {
    write({ ...SHOP, '.github/dependabot.yml': '', '.husky/x': '', 'package.json': '{ "name": "x" }' });
    const { exitCode, stdout } = await run(['init'], 't\nno\n\nnonsense\nn\n');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Step for: github, gitlab, none? [github]');
    expect(stdout).toContain('Hook before each commit by: husky, lefthook, pre-commit, lint-staged, none? [husky]');
    expect(stdout).toContain('Install the tool for everybody: npm install --save-dev mi-audit');
    expect(existsSync(join(cwd, 'mi-audit.config.ts'))).toBe(true);
    expect(existsSync(join(cwd, '.github/workflows/mi-audit.yml'))).toBe(true);
    expect(existsSync(join(cwd, '.husky/pre-commit'))).toBe(false);
  });

  it('writes nothing where nobody can be asked', async () => {
    write(SHOP);
    const { exitCode, stderr } = await run(['init']);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^mi-audit: there is no terminal to ask on\. .*--yes.*\n$/);
    expect(readdirSync(cwd).sort()).toEqual(['.git', ...Object.keys(SHOP)].sort());
    expect((await run(['init', '--ci', 'jenkins'])).stderr).toContain(
      'Allowed choices are github, gitlab. See mi-audit init --help.',
    );
  });
});

describe('mi-audit completion', () => {
  it('completes commands, options, their values and rules in bash', async () => {
    const { stdout } = await run(['completion', 'bash']);
    write({ 'complete.sh': stdout });
    const complete = (...words: readonly string[]) =>
      execFileSync(
        'bash',
        [
          '-c',
          `. ./complete.sh; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _mi_audit; echo "\${COMPREPLY[@]}"`,
          '_',
          'mi-audit',
          ...words,
        ],
        { cwd, encoding: 'utf8' },
      )
        .trim()
        .split(' ');
    expect(complete('e')).toEqual(['explain']);
    expect(complete('--fail')).toEqual(['--fail-on']);
    expect(complete('--fail-on', 'e')).toEqual(['error']);
    expect(complete('explain', 'unguarded')).toEqual(['unguarded-cron']);
    expect(complete('--only', 'in-memory-se')).toEqual(['in-memory-session']);
  });

  it('is there for zsh and fish, and for no other shell', async () => {
    const zsh = (await run(['completion', 'zsh'])).stdout;
    expect(zsh).toMatch(/^#compdef mi-audit\n/);
    expect(zsh).toContain(
      "'*--fail-on[exit with 1 from findings of this severity on]:value:(error warning info never)'",
    );
    const fish = (await run(['completion', 'fish'])).stdout;
    expect(fish).toContain("complete -c mi-audit -l fail-on -x -a 'error warning info never'");
    for (const script of [zsh, fish]) expect(script.replaceAll("\\'", '').split("'").length % 2).toBe(1);
    expect(await run(['completion', 'cmd'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('bash, zsh, fish'),
    });
  });
});

describe('what is audited', () => {
  it('is listed, with what is not and why', async () => {
    write({
      ...SHOP,
      'a.min.js': `var a=1;${'f(1);'.repeat(2000)}`,
      'empty.js': '',
      Dockerfile: 'FROM node\n',
      '.gitignore': 'gone.js\n',
      'gone.js': '1',
    });
    const { exitCode, stdout } = await run(['--print-files']);
    expect(exitCode).toBe(0);
    const lines = Object.fromEntries(
      stdout
        .trim()
        .split('\n')
        .map((line) => line.split('  ') as [string, string]),
    );
    expect(lines).toMatchObject({
      'server.js': 'audited',
      'a.min.js': expect.stringContaining('left out: was not looked at: it is minified'),
      'empty.js': expect.stringContaining('left out: '),
      Dockerfile: 'deployment',
    });
    expect(lines).not.toHaveProperty('gone.js');
  });

  it('is told for a bug report without anything of the files', async () => {
    write({ ...SHOP, '.mi-auditrc.json': '{ "ignores": ["secret-name"], "rules": { "unguarded-cron": "info" } }' });
    const { stderr, stdout } = await run(['--debug', '--format', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({ version: 1 });
    for (const part of [
      `node           ${process.version}`,
      'unguarded-cron=info',
      '"ignores":1',
      'findings',
      'exit code',
    ])
      expect(stderr).toContain(part);
    expect(stderr).not.toContain('secret-name');
    if (cwd.startsWith(homedir())) expect(stderr).not.toContain(homedir());
  });
});

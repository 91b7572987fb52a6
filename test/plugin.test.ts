import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from './catalogue.js';

/*
 * Plugins as their users meet them, with the built tool: a sample that does all a plugin can, and what is said of broken ones. The
 * same sample is installed from its tarball in tarball.test.ts.
 */

const BIN = path.join(ROOT, 'bin', 'mi-audit.js');
const ACME = path.join(ROOT, 'test', 'plugin-acme');

const APP = {
  'package.json':
    '{ "name": "shop", "type": "module", "scripts": { "start": "node server.js" }, "dependencies": { "express": "^5.1.0", "nodemailer": "^7.0.0" } }',
  'server.js': [
    "import { override } from '@acme/flags';",
    "import { every } from '@acme/jobs';",
    "import express from 'express';",
    "import { createTransport } from 'nodemailer';",
    'const mailer = createTransport(process.env.SMTP);',
    'const app = express();',
    "app.post('/flags/:name', (request, response) => {",
    '  override(request.params.name, true);',
    '  response.sendStatus(204);',
    '});',
    "every('0 8 * * *', () => mailer.sendMail({ to: 'staff@example.com' }));",
    'app.listen(3000);',
    '',
  ].join('\n'),
};

const env = {
  ...Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_|^(FORCE_COLOR|NODE_ENV|NODE_OPTIONS|VITEST.*)$/i.test(name)),
  ),
  NO_COLOR: '1',
};

let folder: string;

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
}

function node(args: readonly string[], cwd = folder) {
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { cwd, env, encoding: 'utf8' });
  return { stdout, stderr, status };
}

const run = (...args: readonly string[]) => node([BIN, ...args]);

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'mi-audit-plugin-'));
  mkdirSync(path.join(folder, '.git'));
  mkdirSync(path.join(folder, 'node_modules'));
  symlinkSync(ROOT, path.join(folder, 'node_modules', 'mi-audit'), 'junction');
  symlinkSync(ACME, path.join(folder, 'node_modules', 'mi-audit-plugin-acme'), 'junction');
  write(APP);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the sample plugin', () => {
  beforeAll(() => write({ '.mi-auditrc.json': '{ "plugins": ["mi-audit-plugin-acme"] }' }));

  it('finds what its rule is about, and lets the other rules know its packages', () => {
    const { stdout, status } = run('--format', 'json');
    const { findings } = JSON.parse(stdout) as { findings: { ruleId: string; line: number; docs: string }[] };
    const places = findings.map(({ ruleId, line }) => `${ruleId}:${line}`);
    expect(places).toContain('acme/local-flag-override:8');
    expect(places).toContain('unguarded-cron:11');
    expect(findings.find(({ line }) => line === 8)?.docs).toBe('https://acme.example/lint/local-flag-override');
    expect(status).toBe(1);
  });

  it('is listed, explained, selected and silenced like what is built in', () => {
    expect(run('rules').stdout).toMatch(/acme\/local-flag-override\s+error\s+A feature flag/);
    expect(run('explain', 'acme/local-flag-override').stdout).toContain('https://acme.example/lint');
    const only = run('--only', 'acme/local-flag-override', '--quiet');
    expect(only.stdout).toContain('server.js:8');
    expect(only.stdout).not.toContain('unguarded-cron');
    const [first = '', ...rest] = APP['server.js'].split('  override(request');
    write({
      'server.js': `${first}  // mi-audit-disable-next-line acme/local-flag-override -- one instance only\n  override(request${rest.join('')}`,
    });
    expect(run('--only', 'acme/local-flag-override', '--quiet').status).toBe(0);
    write(APP);
  });

  it('is kept out where no program may be run', () => {
    const without = run('--no-config', '--format', 'json');
    expect(without.stdout).toContain('"findings"');
    expect(without.stdout).not.toContain('acme/');
    const refused = run('--config-format', 'json,yaml');
    expect(refused.stdout).toBe('');
    expect(refused.stderr).toMatch(/^mi-audit: \.mi-auditrc\.json: plugins are programs, [^\n]+\n$/);
    expect(refused.status).toBe(2);
  });

  it('keeps its entries in the baseline where it is not loaded', () => {
    const baseline = ['--baseline', 'kept.json', '--update-baseline'];
    expect(run(...baseline, '--quiet').status).toBe(0);
    expect(readFileSync(path.join(folder, 'kept.json'), 'utf8')).toContain('acme/local-flag-override');
    expect(run('--no-config', ...baseline, '--quiet').status).toBe(0);
    expect(readFileSync(path.join(folder, 'kept.json'), 'utf8')).toContain('acme/local-flag-override');
    rmSync(path.join(folder, 'kept.json'));
  });

  it('is not remembered: what it finds is what it says today', () => {
    const rule = (message: string) => `import { definePlugin } from 'mi-audit';
      export default definePlugin({ name: 'daily', rules: [{
        meta: { id: 'rule', title: 'Something', category: 'state', severity: 'error', triggers: ['crash'] },
        check({ report }) {
          report({ file: 'server.js', span: [1, 1, 1, 2], confidence: 'high', when: 'always', symbol: '', evidence: [],
            message: '${message}', consequence: 'None.', hint: 'None.' });
        },
      }] });`;
    write({ 'daily.js': rule('Today.'), 'daily.json': '{ "plugins": ["./daily.js"] }' });
    const args = ['--config', 'daily.json', '--only', 'daily/rule', '--quiet'];
    expect(run(...args).stdout).toContain('Today.');
    write({ 'daily.js': rule('Tomorrow.') });
    expect(run(...args).stdout).toContain('Tomorrow.');
    for (const file of ['daily.js', 'daily.json']) rmSync(path.join(folder, file));
  });

  it('explains why it keeps silent', () => {
    write({
      'annotated.js': readFileSync(path.join(ACME, 'fixtures/local-flag-override/safe-annotated/server.js'), 'utf8'),
    });
    const { stdout } = run('--only', 'acme/local-flag-override', '--show-safe');
    expect(stdout).toContain('an annotation says that it is for one instance');
    rmSync(path.join(folder, 'annotated.js'));
  });
});

describe('a broken plugin', () => {
  it.each([
    ['is not installed', 'mi-audit-plugin-none', /which is not installed\. Install it: npm install --save-dev/],
    ['is not there', './none.js', /names the plugin "\.\/none\.js", and there is no such file\./],
    ['throws', './throws.js', /the plugin "\.\/throws\.js" failed when it was loaded: no licence\./],
    [
      'exports nothing',
      './nothing.js',
      /has no plugin as its default export\. It must say: export default definePlugin/,
    ],
  ])('that %s is one line, and exit code 2', (_, name, words) => {
    write({
      'throws.js': "throw new Error('no licence');",
      'nothing.js': 'export const rules = [];',
      '.mi-auditrc.json': JSON.stringify({ plugins: [name] }),
    });
    const { stdout, stderr, status } = run();
    expect({ stdout, status }).toEqual({ stdout: '', status: 2 });
    expect(stderr).toMatch(/^mi-audit: [^\n]*\n$/);
    expect(stderr).toMatch(words);
    expect(run('rules').status, 'the rules are what one asks for then').toBe(0);
  });

  it('whose rule throws costs its own result: a problem, exit code 3, and the rest stands', () => {
    write({
      'broken.mjs': `import { definePlugin } from 'mi-audit';
        export default definePlugin({ name: 'broken', rules: [{
          meta: { id: 'rule', title: 'Nothing', category: 'state', severity: 'error', triggers: ['crash'] },
          check() { throw new Error('out of order'); },
        }] });`,
      '.mi-auditrc.json': '{ "plugins": ["./broken.mjs", "mi-audit-plugin-acme"] }',
    });
    const { stdout, status } = run('--format', 'json');
    const { problems, findings } = JSON.parse(stdout) as {
      problems: { rule?: string; message: string }[];
      findings: { ruleId: string }[];
    };
    expect(problems.map(({ rule }) => rule)).toEqual(['broken/rule']);
    expect(problems[0]?.message).toContain('out of order');
    expect(findings.map(({ ruleId }) => ruleId)).toContain('acme/local-flag-override');
    expect(status).toBe(3);
  });
});

describe('new-rule', () => {
  const fresh = (name: string) => {
    const where = path.join(folder, name);
    mkdirSync(path.join(where, 'node_modules'), { recursive: true });
    symlinkSync(ROOT, path.join(where, 'node_modules', 'mi-audit'), 'junction');
    return where;
  };

  it('starts a package in an empty folder, whose tests pass with node:test', () => {
    const where = fresh('mi-audit-plugin-shop');
    const started = node([BIN, 'new-rule', 'local-clock'], where);
    expect(started).toMatchObject({ stderr: '', status: 0 });
    expect(started.stdout).toContain('wrote package.json\n');
    const tested = node(['--test'], where);
    expect(`${tested.stdout}${tested.stderr}`).toMatch(/(# |ℹ )pass 2\b/);
    expect(tested.status).toBe(0);
    const manifest = JSON.parse(readFileSync(path.join(where, 'package.json'), 'utf8')) as { name: string };
    expect(manifest.name).toBe('mi-audit-plugin-shop');
  });

  it('starts rules in an application, and its tests pass with vitest', () => {
    const where = fresh('app');
    writeFileSync(path.join(where, 'package.json'), '{ "name": "@acme/Guest Book", "type": "commonjs" }');
    expect(node([BIN, 'new-rule', 'local-clock', '--test', 'vitest'], where).status).toBe(0);
    const second = node([BIN, 'new-rule', 'default', '--test', 'vitest'], where);
    expect(second.stdout).toContain('changed mi-audit-rules/index.mjs\n');
    symlinkSync(path.join(ROOT, 'node_modules', 'vitest'), path.join(where, 'node_modules', 'vitest'), 'junction');
    const tested = node(
      [path.join('node_modules', 'vitest', 'vitest.mjs'), 'run', '--root', '.', 'mi-audit-rules'],
      where,
    );
    expect(tested.stdout).toMatch(/4 passed/);
    writeFileSync(path.join(where, '.mi-auditrc.json'), '{ "plugins": ["./mi-audit-rules/index.mjs"] }');
    const listed = node([BIN, 'rules'], where).stdout;
    expect(listed).toContain('guest-book/local-clock');
    expect(listed).toContain('guest-book/default');
  });

  it('leaves alone what is there', () => {
    const where = fresh('again');
    expect(node([BIN, 'new-rule', 'local-clock', '--plugin', 'acme'], where).status).toBe(0);
    const again = node([BIN, 'new-rule', 'local-clock'], where);
    expect(again.stderr).toBe(
      'mi-audit: rules/local-clock.js is there already, and nothing was written. Choose another id, or go on there.\n',
    );
    expect(again.status).toBe(2);
    // Written anew by somebody, it is theirs: the rule is made, and where it goes is said.
    writeFileSync(path.join(where, 'index.js'), "const rules = [];\nexport default { name: 'acme', rules };\n");
    const other = node([BIN, 'new-rule', 'other'], where);
    expect(other.stdout).toContain("Add it to index.js: import other from './rules/other.js'; and other to its rules.");
    expect(readFileSync(path.join(where, 'index.js'), 'utf8')).toContain('const rules = [];');
    expect(existsSync(path.join(where, 'fixtures/other/hazard-in-a-request/server.js'))).toBe(true);
  });

  it.each([
    [['new-rule', 'Local_Clock'], '"Local_Clock" is no id for a rule.'],
    [['new-rule', 'a', '--plugin', '@acme'], '"@acme" is no name for a plugin.'],
    [['new-rule'], "missing required argument 'id'"],
    [['new-rule', 'a', '--test', 'mocha'], "argument 'mocha' is invalid. Allowed choices are node, vitest."],
  ])('says of %j what is wrong', (args, words) => {
    const { stderr, status } = node([BIN, ...args], fresh(`wrong-${args.length}-${args.at(-1)!.replace(/\W/g, '')}`));
    expect(stderr).toContain(words);
    expect(status).toBe(2);
  });
});

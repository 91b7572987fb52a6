import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FORMAT_NAMES } from '../report/formats.js';
import { audit, type AuditOptions, UserError } from './audit.js';
import { definePlugin } from './define-plugin.js';
import { defineRule } from './define-rule.js';

const FILES = {
  'package.json':
    '{ "name": "guest-book", "scripts": { "start": "node src/server.js" }, "dependencies": { "express": "^5.1.0", "express-session": "^1.18.0" } }',
  'src/server.js': [
    "import express from 'express';",
    "import session from 'express-session';",
    'const app = express();',
    "app.use(session({ secret: process.env.SECRET ?? '' }));",
    "app.post('/name', (request, response) => {",
    '  request.session.name = request.query.name;',
    '  response.sendStatus(204);',
    '});',
    'app.listen(3000);',
  ].join('\n'),
  'quiet/.mi-auditrc.json': '{ "rules": { "in-memory-session": "off" } }',
};

const plugin = definePlugin({
  name: 'acme',
  rules: [
    defineRule({
      meta: { id: 'any', title: 'Any file', category: 'state', severity: 'info', triggers: ['crash'] },
      check({ program, report }) {
        const [unit] = program.units;
        if (unit)
          report({
            file: unit.file,
            span: [1, 1, 1, 2],
            confidence: 'high',
            when: 'always',
            symbol: '',
            message: 'A file.',
            consequence: 'None.',
            hint: 'Do nothing.',
            evidence: [],
          });
      },
    }),
  ],
});

describe('audit', () => {
  let cwd: string;
  beforeAll(() => {
    cwd = mkdtempSync(path.join(tmpdir(), 'mi-audit-api-'));
    mkdirSync(path.join(cwd, '.git'));
    for (const [name, text] of Object.entries(FILES)) {
      mkdirSync(path.dirname(path.join(cwd, name)), { recursive: true });
      writeFileSync(path.join(cwd, name), text);
    }
  });
  afterAll(() => rmSync(cwd, { recursive: true, force: true }));

  it('gives the report of version 1 and the exit code', async () => {
    const { report, exitCode, texts } = await audit({ cwd, only: ['in-memory-session'] });
    expect(report).toMatchObject({
      version: 1,
      findings: [{ ruleId: 'in-memory-session', file: 'src/server.js', line: 4 }],
    });
    expect(exitCode).toBe(1);
    expect(texts).toEqual({});
  });

  it('gives other formats as text', async () => {
    const { texts } = await audit({ cwd, only: ['in-memory-session'], formats: ['sarif', 'unix'] });
    expect(JSON.parse(texts.sarif)).toMatchObject({ version: '2.1.0' });
    expect(texts.unix).toContain('src/server.js:4:');
  });

  it('gives every format there is', async () => {
    const { texts } = await audit({ cwd, only: ['in-memory-session'], formats: [...FORMAT_NAMES] });
    expect(Object.keys(texts).sort()).toEqual([...FORMAT_NAMES].sort());
  });

  it('takes a configuration, from a file or in place', async () => {
    const off = { rules: { 'in-memory-session': 'off' as const } };
    const ids = async (options: AuditOptions) =>
      (await audit({ cwd, ...options })).report.findings.map(({ ruleId }) => ruleId);
    expect(await ids({})).toContain('in-memory-session');
    expect(await ids({ config: false })).toContain('in-memory-session');
    expect(await ids({ config: off })).not.toContain('in-memory-session');
    expect(await ids({ config: 'quiet/.mi-auditrc.json' })).not.toContain('in-memory-session');
  });

  it('takes plugins', async () => {
    const options = { cwd, plugins: [plugin], only: ['acme/any'] };
    const { report, exitCode } = await audit(options);
    expect(report.findings).toMatchObject([{ ruleId: 'acme/any', severity: 'info' }]);
    expect(exitCode).toBe(0);
    const stricter = await audit({ ...options, config: { rules: { 'acme/any': 'error' } } });
    expect(stricter.exitCode).toBe(1);
  });

  it.each<[string, AuditOptions, string]>([
    ['a path that is not there', { paths: ['nowhere'] }, 'no such path: nowhere'],
    ['a folder that is not there', { cwd: '/nowhere/at/all' }, 'no such folder: /nowhere/at/all'],
    ['a configuration that is not there', { config: 'none.json' }, 'no such configuration file: none.json.'],
    ['an unknown key', { config: { rule: {} } as object }, 'the option "config": unknown key "rule".'],
    ['an unknown rule', { only: ['none'] }, '"none"'],
    ['an unknown format', { formats: ['pdf' as never] }, 'there is no format "pdf"'],
  ])('says of %s what is wrong', async (_, options, words) => {
    const failed = audit({ cwd, ...options });
    await expect(failed).rejects.toBeInstanceOf(UserError);
    await expect(failed).rejects.toThrow(words);
  });
});

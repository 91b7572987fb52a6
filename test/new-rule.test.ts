import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newRule } from '../scripts/new-rule.js';
import { ROOT } from './catalogue.js';

const COPIED = ['bin', 'fixtures', 'rules', 'src', 'README.md', 'package.json', 'tsconfig.json', 'tsconfig.build.json'];

describe('new-rule', () => {
  let copy: string;

  beforeAll(() => {
    copy = mkdtempSync(path.join(tmpdir(), 'mi-audit-new-rule-'));
    for (const name of COPIED) cpSync(path.join(ROOT, name), path.join(copy, name), { recursive: true });
    symlinkSync(path.join(ROOT, 'node_modules'), path.join(copy, 'node_modules'), 'junction');
  });

  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  it.each([undefined, '', 'Local-Clock', 'local_clock', '../local-clock'])('refuses the id %s', async (id) => {
    await expect(newRule(id, copy)).rejects.toThrow(/is no rule id; name the hazard in kebab-case/);
  });

  it('makes a rule that is in everything generated at once', async () => {
    const files = await newRule('a-local-clock', copy);
    expect(files).toEqual([
      'rules/a-local-clock/rule.ts',
      'rules/a-local-clock/README.md',
      'fixtures/a-local-clock/hazard-write-me/package.json',
      'fixtures/a-local-clock/hazard-write-me/server.js',
      'fixtures/a-local-clock/safe-write-me/package.json',
      'fixtures/a-local-clock/safe-write-me/server.js',
      'rules/index.ts',
      'schema.json',
      'README.md',
    ]);
    expect(readFileSync(path.join(copy, 'rules/index.ts'), 'utf8')).toContain(
      "import aLocalClock from './a-local-clock/rule.js';",
    );
    expect(readFileSync(path.join(copy, 'schema.json'), 'utf8')).toContain('a-local-clock');
    expect(readFileSync(path.join(copy, 'README.md'), 'utf8')).toContain(
      '| [`a-local-clock`](rules/a-local-clock/README.md) | warning |',
    );
    // Builds, bundles and runs everything, and a busy machine takes its time.
  }, 180_000);

  it('makes a rule that does not find its hazard yet', async () => {
    const { auditFixture } = await import('../src/api/rule-tester.js');
    const { default: rule } = await import(path.join(copy, 'dist/rules/a-local-clock/rule.js'));
    const { differences } = await auditFixture(path.join(copy, 'fixtures/a-local-clock/hazard-write-me'), [rule]);
    expect(differences).toEqual(['missing  server.js:4 a-local-clock']);
  });

  it('does not touch a rule that exists', async () => {
    await expect(newRule('a-local-clock', copy)).rejects.toThrow('rules/a-local-clock exists already');
    expect(existsSync(path.join(copy, 'rules/a-local-clock/rule.ts'))).toBe(true);
  });
});

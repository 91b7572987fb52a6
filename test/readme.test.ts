import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { generated } from '../scripts/generate.js';
import { ROOT, ruleFolders } from './catalogue.js';

const DOCUMENTS = [
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'SECURITY.md',
  'docs/api.md',
  'docs/ci.md',
  'docs/hooks.md',
  'docs/plugins.md',
];

describe('README.md', () => {
  it('shows what the tool really prints, and the rules there are', async () => {
    const expected = (await generated()).find(({ file }) => file === 'README.md')?.text;
    expect(readFileSync(path.join(ROOT, 'README.md'), 'utf8'), 'stale: run `npm run generate`').toBe(expected);
  });

  it('shows a report with findings', () => {
    const sample = /```console\n\$ npx mi-audit (\S+)[^\n]*\n([\s\S]*?)```/.exec(
      readFileSync(path.join(ROOT, 'README.md'), 'utf8'),
    );
    expect(existsSync(path.join(ROOT, sample?.[1] ?? 'nothing'))).toBe(true);
    expect(ruleFolders.filter((id) => sample?.[2]?.includes(id)).length).toBeGreaterThan(0);
  });

  it('names the application of its sample where it says how to try it', () => {
    const text = readFileSync(path.join(ROOT, 'README.md'), 'utf8');
    const sample = /\$ npx mi-audit (\S+)/.exec(text)?.[1];
    expect(text).toContain(`npm install && npx mi-audit ${sample}\n`);
  });
});

describe.each(DOCUMENTS)('%s', (document) => {
  const text = readFileSync(path.join(ROOT, document), 'utf8');

  it('links to nothing that is not there', () => {
    const links = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map((match) => match[1]!);
    expect(links.filter((link) => !existsSync(path.join(ROOT, path.dirname(document), link)))).toEqual([]);
  });

  it('names only npm scripts that exist', () => {
    const { scripts } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    // What the tool prints of an audited project names that project's scripts.
    const own = text.replace(/```(?:console|json)\n[\s\S]*?```/g, '');
    const named = [...own.matchAll(/npm run (?!-)([\w-]+)/g)].map((match) => match[1]!);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});

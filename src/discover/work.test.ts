import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Disk, realDisk } from '../disk/index.js';
import { discover } from './index.js';

/* Clocks differ; what is asked of the disk does not. */

let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'mi-audit-work-')));
  mkdirSync(path.join(folder, '.git'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, content = ''): void {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
}

/** So many packages of two folders and three sources each, and what nobody looks at. */
function tree(packages: number): void {
  write('package.json', '{ "name": "all", "workspaces": ["packages/*"] }');
  write('.gitignore', 'dist\n/packages/*/out/\n');
  for (let index = 0; index < packages; index++) {
    const at = `packages/p${index}`;
    write(`${at}/package.json`, `{ "name": "p${index}" }`);
    write(`${at}/.gitignore`, 'secret.js\n');
    for (const name of ['a.ts', 'b.js', 'lib/c.tsx', 'lib/picture.png', 'lib/notes.md']) write(`${at}/${name}`);
    for (const name of ['node_modules/x/index.js', 'dist/d/e.js', 'out/f.js', 'secret.js']) write(`${at}/${name}`);
  }
}

/** How often each question was asked of each path. */
async function work(): Promise<Map<string, number>> {
  const asked = new Map<string, number>();
  const disk = new Proxy(realDisk, {
    get:
      (target, question: Exclude<keyof Disk, 'beyond'>) =>
      (file: string): unknown => {
        const key = `${question} ${path.relative(folder, file).split(path.sep).join('/')}`;
        asked.set(key, (asked.get(key) ?? 0) + 1);
        return target[question](file);
      },
  });
  const { project } = await discover(['.'], folder, [], disk);
  expect(project.problems).toEqual([]);
  return asked;
}

function times(asked: ReadonlyMap<string, number>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const [key, count] of asked) {
    const question = key.split(' ', 1)[0]!;
    counts[question] = (counts[question] ?? 0) + count;
  }
  return counts;
}

describe('what is asked of the disk', () => {
  it('is one look into each folder and one at each file that matters', async () => {
    tree(3);
    const asked = await work();
    const twice = [...asked].filter(([, count]) => count > 1).map(([key]) => key);
    // What is above is asked by two parts: which folder the project is, and what git ignores there.
    expect(twice.filter((key) => key.includes('packages/'))).toEqual([]);
    const inside = [...asked.keys()].filter((key) => key.includes('packages/p1/') || key.endsWith('packages/p1'));
    expect(inside.sort()).toEqual([
      'list packages/p1',
      'list packages/p1/lib',
      'read packages/p1/.gitignore',
      'read packages/p1/a.ts',
      'read packages/p1/b.js',
      'read packages/p1/lib/c.tsx',
      'read packages/p1/package.json',
    ]);
  });

  it('grows with the tree and no faster', async () => {
    tree(10);
    const ten = times(await work());
    tree(20);
    const twenty = times(await work());
    tree(40);
    const forty = times(await work());
    for (const question of Object.keys(forty))
      expect([question, forty[question]! - twenty[question]!]).toEqual([
        question,
        2 * (twenty[question]! - ten[question]!),
      ]);
    expect(forty['list']).toBe(2 + 40 * 2);
  });
});

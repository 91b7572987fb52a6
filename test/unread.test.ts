import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { rules } from '../rules/index.js';
import { audit } from '../src/audit.js';
import { describe as described } from '../src/describe/index.js';
import { discover } from '../src/discover/index.js';
import type { Project } from '../src/model/input.js';
import { unreadIn } from '../src/skim/index.js';
import { applications, foldersOf, ROOT, ruleFolders } from './catalogue.js';

/*
 * Tests, pages and what bundlers made are not read, since they tell nothing about how an application runs. Held here on every fixture:
 * what is found and what is taken for safe is the same, byte for byte, as when every file is read.
 */
const cases = [
  ...ruleFolders.flatMap((rule) => foldersOf(`fixtures/${rule}`).map((name) => `fixtures/${rule}/${name}`)),
  ...applications.map((name) => `fixtures/apps/${name}`),
];

async function answer(project: Project, isWanted: (file: string) => boolean): Promise<[string, number]> {
  const deployment = await described(project);
  const { findings, safe, problems, stats } = await audit(project, rules, undefined, undefined, deployment, {
    isWanted,
  });
  return [JSON.stringify([findings, safe, problems, stats.serving]), stats.parsed];
}

describe('a file that is not read changes nothing', () => {
  it('in any fixture', async () => {
    let unread = 0;
    for (const name of cases) {
      const { project } = await discover(['.'], path.join(ROOT, name), []);
      // Where all is read both are the same run.
      if (!project.inputs.some(unreadIn(project.manifests))) continue;
      const [without, few] = await answer(project, () => false);
      const [all, many] = await answer(project, () => true);
      expect(without, name).toBe(all);
      unread += many - few;
    }
    expect(unread).toBeGreaterThan(20);
  });
});

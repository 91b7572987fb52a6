import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { rules } from '../rules/index.js';
import { audit } from '../src/audit.js';
import { discover } from '../src/discover/index.js';
import { judge, toReport } from '../src/judge/index.js';
import type { Config } from '../src/model/config.js';
import type { Project } from '../src/model/input.js';
import { json } from '../src/report/index.js';
import { applications, ROOT } from './catalogue.js';

/** More of them on demand: `MI_AUDIT_SHUFFLES=100 npx vitest run test/determinism.test.ts`. */
const SHUFFLES = Number(process.env['MI_AUDIT_SHUFFLES'] ?? 5);
const config: Config = {
  rules: {},
  only: [],
  failOn: 'error',
  minConfidence: 'low',
  ignores: [],
  guards: [],
  sharedStores: [],
  knowledge: {},
};
const ruleIds = rules.map(({ meta }) => meta.id);

/** A small generator with a seed, so that a failure can be repeated (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function shuffled<T>(items: readonly T[], next: () => number): T[] {
  return items
    .map((item) => ({ item, at: next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

/** Everything the run says, at every confidence and with what is safe. */
async function reportOn(project: Project, order: readonly number[] = rules.map((_, index) => index)): Promise<string> {
  const inOrder = order.map((index) => rules[index]!);
  const found = await audit(project, inOrder);
  const verdicts = judge(found, config, ['.'], ruleIds);
  const setting = {
    version: '0.0.0',
    root: project.root,
    cwd: project.root,
    config,
    reportPaths: ['.'],
    knownRuleIds: ruleIds,
  };
  return json(toReport(found, verdicts, setting), { showSafe: true });
}

describe.each(applications)('%s', (name) => {
  let project: Project;
  let expected: string;

  beforeAll(async () => {
    ({ project } = await discover(['.'], path.join(ROOT, 'fixtures', 'apps', name), []));
    expected = await reportOn(project);
  });

  it('says something that could differ', () => {
    expect(project.inputs.length).toBeGreaterThan(1);
    const { findings, safe } = JSON.parse(expected);
    expect([...findings, ...safe].length).toBeGreaterThan(0);
  });

  it('is the same, byte for byte, a second time', async () => {
    expect(await reportOn(project)).toBe(expected);
  });

  it.each(Array.from({ length: SHUFFLES }, (_, seed) => seed))(
    'is the same, byte for byte, with everything shuffled (seed %i)',
    async (seed) => {
      const next = random(seed);
      const mixed: Project = {
        ...project,
        inputs: shuffled(project.inputs, next),
        manifests: shuffled(project.manifests, next),
        tsconfigs: shuffled(project.tsconfigs, next),
        files: shuffled(project.files, next),
        problems: shuffled(project.problems, next),
      };
      expect(await reportOn(mixed, shuffled([...rules.keys()], next))).toBe(expected);
    },
  );
});

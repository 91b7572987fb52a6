import { describe, expect, it } from 'vitest';
import type { Finding, SafeCandidate } from '../model/finding.js';
import type { Picture } from '../model/picture.js';
import type { RuleMeta } from '../model/rule.js';
import { programOf, type Sources } from '../../test/in-memory.js';
import { picture } from './picture.js';

const metas = (['state', 'jobs', 'lifecycle', 'deployment'] as const).map(
  (category): RuleMeta => ({ id: `about-${category}`, title: category, category, severity: 'error', triggers: [] }),
);

const APP: Sources = {
  'package.json': {
    name: 'shop',
    scripts: { start: 'node server.js', worker: 'node worker.js' },
    dependencies: { express: '4', pg: '8', ioredis: '5' },
  },
  'server.js': "require('./shared');\nrequire('express')().listen(3000);",
  'worker.js': "require('./shared');\nsetInterval(() => fetch('http://x'), 1000);",
  'shared.js': 'exports.seen = new Map();',
  Dockerfile: 'FROM node\nCMD ["node", "server.js"]',
};

function about(ruleId: string, file: string, more: Partial<Finding> = {}): Finding {
  const place = { file, span: [1, 1, 1, 5] as const };
  return {
    ...place,
    ruleId,
    severity: 'warning',
    confidence: 'high',
    when: 'always',
    triggers: [],
    message: 'm',
    consequence: 'c',
    hint: 'h',
    symbol: '',
    evidence: [{ role: 'primary', note: 'm', ...place }],
    fingerprint: 'f',
    docs: 'd',
    ...more,
  };
}

async function drawn(
  findings: readonly Finding[],
  safe: readonly SafeCandidate[] = [],
  sources = APP,
): Promise<Picture> {
  return picture({ program: await programOf(sources), findings, safe, metas });
}

/** A process as one line: what each rule says of it. */
function rows({ processes }: Picture): string[] {
  return processes.map(
    ({ name, items }) =>
      `${name}: ${items.map(({ ruleId, severity, count }) => `${ruleId} ${severity} ${count}`).join(', ')}`,
  );
}

describe('the picture', () => {
  it('has each finding in every process that holds its file, the worst first', async () => {
    const given = await drawn([
      about('about-jobs', 'worker.js'),
      about('about-state', 'shared.js'),
      about('about-state', 'server.js', { severity: 'error' }),
    ]);
    expect(rows(given)).toEqual([
      'npm run worker: about-state warning 1, about-jobs warning 1',
      'npm start: about-state error 2',
    ]);
    expect(given.holders).toEqual({ 'worker.js': [0], 'shared.js': [0, 1], 'server.js': [1] });
  });

  it('gives what stands in a descriptor to the process that the evidence leads to', async () => {
    const lead = about('about-lifecycle', 'Dockerfile', {
      evidence: [
        { role: 'primary', note: 'm', file: 'Dockerfile', span: [2, 1, 2, 5] },
        { role: 'started', note: 'm', file: 'server.js', span: [1, 1, 1, 5] },
      ],
    });
    expect(rows(await drawn([lead, about('about-lifecycle', 'Dockerfile')]))).toEqual([
      'npm start: about-lifecycle warning 1',
    ]);
  });

  it('leaves descriptors and directives, and what starts and stops in order, to the lists', async () => {
    const safe = ['about-lifecycle', 'about-jobs'].map((ruleId) => ({
      ruleId,
      file: 'worker.js',
      span: [1, 1, 1, 5] as const,
      reason: 'a lock',
    }));
    const given = await drawn([about('about-deployment', 'server.js')], safe);
    expect(rows(given)).toEqual(['npm run worker: about-jobs safe 1']);
    // The server has nothing to show, and is said to be left out.
    expect(given.more).toBe(1);
    // With a finding elsewhere, what was found safe is no longer worth a drawing.
    expect(rows(await drawn([about('about-state', 'server.js')], safe))).toEqual(['npm start: about-state warning 1']);
  });

  it('draws all processes, empty ones too, where nothing was found at all', async () => {
    expect(rows(await drawn([]))).toEqual(expect.arrayContaining(['npm start: ', 'npm run worker: ']));
  });

  it('knows what all instances share, and no file on a disk among it', async () => {
    expect((await drawn([])).stores).toEqual([
      { kind: 'database', label: 'PostgreSQL' },
      { kind: 'redis', label: 'ioredis' },
    ]);
    const lite = {
      ...APP,
      'package.json': { name: 'a', scripts: { start: 'node server.js' }, dependencies: { 'better-sqlite3': '9' } },
    };
    expect((await drawn([], [], lite)).stores).toEqual([]);
  });

  it('says how many instances production runs, and which volumes they share', async () => {
    const compose = [
      'services:',
      '  web:',
      '    build: .',
      '    deploy:',
      '      replicas: 3',
      '    volumes:',
      '      - type: volume',
      '        source: files',
      '        target: /data',
      'volumes:',
      '  files:',
      '    driver_opts: { type: nfs, o: "addr=10.0.0.1", device: ":/files" }',
    ].join('\n');
    const { processes, stores } = await drawn([], [], { ...APP, 'docker-compose.prod.yml': compose });
    expect(processes.find(({ name }) => name === 'npm start')?.instances).toMatchObject({
      min: 3,
      max: 3,
      file: 'docker-compose.prod.yml',
      span: [5, expect.any(Number), 5, expect.any(Number)],
    });
    expect(stores).toContainEqual({ kind: 'volume', label: '/data' });
  });
});

import { describe, expect, it } from 'vitest';
import { programOf, type Sources } from '../../../test/in-memory.js';
import type { Declaration } from '../../model/production.js';

const SERVER = "require('http').createServer(() => {}).listen(3000);";
const APP: Sources = {
  'package.json': { name: 'shop', main: 'server.js', scripts: { start: 'node server.js' } },
  'server.js': SERVER,
};

/** What is known of production: "web (server.js) runs 3 instances @k8s/web.yaml:6; overlaps @…; 4 at most". */
async function production(sources: Sources, deployment?: Declaration): Promise<string[]> {
  const { operations } = await programOf({ ...APP, ...sources }, deployment ? { deployment } : {});
  return operations.map(({ name, processes, instances, overlap, peak }) => {
    const at = (told: { place?: { file: string; span: readonly number[] } } | undefined) =>
      told?.place ? ` @${told.place.file}:${told.place.span[0]}` : '';
    return [
      `${name} (${processes.map(({ entry }) => entry.file).join(', ')}) ${instances?.words ?? 'runs ?'}${at(instances)}`,
      `${overlap === undefined ? 'overlap ?' : overlap.value ? 'overlaps' : 'does not overlap'}${at(overlap)}`,
      `${peak ?? '?'} at most`,
    ].join('; ');
  });
}

function deployment(spec: string, kind = 'Deployment'): string {
  return `apiVersion: apps/v1\nkind: ${kind}\nmetadata: { name: web }\nspec:\n${spec}  template:\n    spec:\n      containers:\n        - { name: web, image: shop, command: [node, server.js] }\n`;
}

const K8S = 'k8s/web.yaml';

describe('production', () => {
  it.each<[string, Sources, string]>([
    [
      'several pods',
      { [K8S]: deployment('  replicas: 3\n') },
      `web (server.js) runs 3 instances @${K8S}:5; overlaps @${K8S}:9; 4 at most`,
    ],
    [
      'one pod by default, and a rolling update by default',
      { [K8S]: deployment('') },
      `web (server.js) runs one instance, the default of its platform @${K8S}:8; overlaps @${K8S}:8; 2 at most`,
    ],
    [
      'one pod that is recreated',
      { [K8S]: deployment('  replicas: 1\n  strategy: { type: Recreate }\n') },
      `web (server.js) runs one instance @${K8S}:5; does not overlap @${K8S}:6; 1 at most`,
    ],
    [
      'one pod without surge',
      { [K8S]: deployment('  replicas: 1\n  strategy: { rollingUpdate: { maxSurge: 0 } }\n') },
      `web (server.js) runs one instance @${K8S}:5; does not overlap @${K8S}:6; 1 at most`,
    ],
    [
      'half as many again',
      { [K8S]: deployment('  replicas: 4\n  strategy: { rollingUpdate: { maxSurge: 50% } }\n') },
      `web (server.js) runs 4 instances @${K8S}:5; overlaps @${K8S}:6; 6 at most`,
    ],
    [
      'a set, whose pods are replaced where they are',
      { [K8S]: deployment('  replicas: 1\n', 'StatefulSet') },
      `web (server.js) runs one instance @${K8S}:5; does not overlap @${K8S}:9; 1 at most`,
    ],
    [
      'a manifest of Cloud Foundry that leaves the start to the buildpack',
      { 'manifest.yml': 'applications:\n  - name: shop\n    instances: 2\n' },
      'shop (server.js) runs 2 instances @manifest.yml:3; overlap ?; 2 at most',
    ],
    [
      'commands that scale it and replace it',
      {
        'manifest.yml': 'applications:\n  - name: shop\n',
        'deploy.sh': '#!/bin/sh\ncf push shop --strategy rolling\ncf scale shop -i 4\n',
      },
      'shop (server.js) is scaled to 4 instances @deploy.sh:3; overlaps @deploy.sh:2; 5 at most',
    ],
    [
      'as many as there are processors',
      {
        'ecosystem.config.js': "module.exports = { apps: [{ name: 'shop', script: 'server.js', instances: 'max' }] };",
      },
      'shop (server.js) runs 2 instances or more @ecosystem.config.js:1; overlap ?; 2 at most',
    ],
    [
      'a swarm that starts first',
      {
        'compose.yaml':
          'services:\n  web:\n    build: .\n    command: node server.js\n    deploy:\n      replicas: 1\n      update_config:\n        order: start-first\n',
        Dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nCMD ["node", "server.js"]\n',
      },
      'web (server.js) runs one instance @compose.yaml:6; overlaps @compose.yaml:8; 2 at most',
    ],
    [
      'processes that fork',
      {
        [K8S]: deployment('  replicas: 1\n'),
        'server.js': `const cluster = require('cluster');\nif (cluster.isPrimary) cluster.fork();\nelse ${SERVER}`,
      },
      `web (server.js) starts several processes of itself (\`cluster.fork\`) @server.js:2; overlaps @${K8S}:9; 3 at most`,
    ],
  ])('%s', async (_, sources, words) => {
    expect(await production(sources)).toEqual([words]);
  });

  it('is nothing that is for development, tests or somebody else, nor an image or a job', async () => {
    expect(
      await production({
        'docker-compose.dev.yml': 'services:\n  web: { build: ., command: node server.js, deploy: { replicas: 3 } }\n',
        'compose.yaml': 'services:\n  cache: { image: redis:8, deploy: { replicas: 3 } }\n',
        Dockerfile: 'FROM node:22\nCOPY . .\nCMD ["node", "server.js"]\n',
        'k8s/job.yaml': deployment('', 'Job'),
      }),
    ).toEqual([]);
  });

  it('is what is said to be so, where some is', async () => {
    const both = {
      'compose.yaml': 'services:\n  web: { image: shop, command: node server.js }\n',
      [K8S]: deployment('  replicas: 2\n'),
    };
    expect(await production(both)).toEqual([
      `web (server.js) runs 2 instances @${K8S}:5; overlaps @${K8S}:9; 3 at most`,
    ]);
  });

  it('is what the configuration says, before all else', async () => {
    const place = { file: '.mi-auditrc.json', span: [1, 1, 1, 1] as const };
    expect(await production({}, { instances: 2, place })).toEqual([
      'the application (server.js) runs 2 instances @.mi-auditrc.json:1; overlap ?; 2 at most',
    ]);
    expect(
      await production(
        { 'package.json': { scripts: { start: 'node server.js', worker: 'node jobs.js' } }, 'jobs.js': SERVER },
        { instances: { web: 3, worker: 1 } },
      ),
    ).toEqual([
      'the application (server.js) runs 3 instances; overlap ?; 3 at most',
      'the worker (jobs.js) runs one instance; overlap ?; 1 at most',
    ]);
    expect(await production({ [K8S]: deployment('  replicas: 1\n') }, { instances: { web: 5 }, place })).toEqual([
      `web (server.js) runs 5 instances @.mi-auditrc.json:1; overlaps @${K8S}:9; 7 at most`,
    ]);
    expect(await production({ [K8S]: deployment('  replicas: 1\n') }, { strategy: 'recreate', place })).toEqual([
      `web (server.js) runs one instance @${K8S}:5; does not overlap @.mi-auditrc.json:1; 1 at most`,
    ]);
  });

  it('names of the configuration that mean nothing are told', async () => {
    const { unmatched } = await programOf(
      { ...APP, [K8S]: deployment('') },
      { deployment: { instances: { web: 2, mailer: 1 } } },
    );
    expect(unmatched).toEqual(['mailer']);
  });
});

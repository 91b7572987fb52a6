import { describe, expect, it } from 'vitest';
import { programOf, type Sources } from '../../../test/in-memory.js';

const SERVER = "require('http').createServer(() => {}).listen(3000);";

/** What the workloads of a program run, and the files of the processes that begins. */
async function runs(sources: Sources, of?: string): Promise<string[]> {
  const { workloads } = await programOf(sources);
  return workloads
    .filter(({ workload, descriptor }) => of === undefined || descriptor.file === of || workload.name === of)
    .flatMap(({ workload, runs: found, processes, image }) => [
      `${workload.name}${image ? ` in ${image.place.file}` : ''}: ${processes.map(({ entry }) => entry.file).join(', ') || 'nothing known'}`,
      ...found
        .filter(({ at }) => at !== 'build')
        .map(({ at, step, folder, via, tests }) => {
          const when = tests.map(({ words, holds }) => `${holds ? '' : 'not '}${words.join(' ')}`).join(' and ');
          return `${'  '.repeat(via.length + 1)}${at} in ${folder}: ${step.words.join(' ')}${when ? ` if ${when}` : ''} @${step.place.file}:${step.place.span[0]}`;
        }),
    ]);
}

describe('workloads', () => {
  it('are followed from an image through a script and a package to what begins', async () => {
    expect(
      await runs({
        Dockerfile:
          'FROM node:22\nWORKDIR /srv/app\nCOPY . .\nCOPY docker/entry.sh /usr/local/bin/\nENTRYPOINT ["tini", "--", "entry.sh"]\nCMD ["npm", "start"]\n',
        'docker/entry.sh': '#!/bin/sh\nif [ "$CF_INSTANCE_INDEX" = "0" ]; then\n  npm run migrate\nfi\nexec "$@"\n',
        'package.json': { scripts: { prestart: 'echo hi', start: 'node server.js', migrate: 'knex migrate:latest' } },
        'server.js': SERVER,
      }),
    ).toEqual([
      'image: server.js',
      '  start in .: tini -- entry.sh npm start @Dockerfile:5',
      '    start in .: npm run migrate if [ $CF_INSTANCE_INDEX = 0 ] @docker/entry.sh:3',
      '      start in .: knex migrate:latest if [ $CF_INSTANCE_INDEX = 0 ] @package.json:1',
      '    start in .: npm start @docker/entry.sh:5',
      '      start in .: echo hi @package.json:1',
      '      start in .: node server.js @package.json:1',
    ]);
  });

  it('take from their image what they do not say, and hand it what they do', async () => {
    const image = {
      'server/Dockerfile': 'FROM node:22\nWORKDIR /app\nCOPY . /app\nENTRYPOINT ["node"]\nCMD ["a.js"]\n',
      'server/a.js': SERVER,
      'server/b.js': SERVER,
    };
    const compose =
      'services:\n  one:\n    build: ./server\n  two:\n    build: ./server\n    command: b.js\n  three:\n    build: ./server\n    entrypoint: node b.js\n';
    expect(await runs({ 'compose.yaml': compose, ...image }, 'compose.yaml')).toEqual([
      'one in server/Dockerfile: server/a.js',
      '  start in server: node a.js @server/Dockerfile:4',
      'two in server/Dockerfile: server/b.js',
      '  start in server: node b.js @compose.yaml:6',
      'three in server/Dockerfile: server/b.js',
      '  start in server: node b.js @compose.yaml:9',
    ]);
  });

  it('run the only image there is where they name one that is called like the project', async () => {
    const sources = {
      'k8s.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: shop }\nspec: { template: { spec: { containers: [{ name: a, image: acme/shop }] } } }\n',
      Dockerfile: 'FROM node:22\nCOPY . .\nCMD node server.js\n',
      'package.json': { name: 'shop' },
      'server.js': SERVER,
    };
    expect(await runs(sources, 'k8s.yaml')).toEqual([
      'shop in Dockerfile: server.js',
      '  start in .: node server.js @Dockerfile:3',
    ]);
    const two = { ...sources, 'other.Dockerfile': 'FROM node:22\nCOPY . .\nCMD node server.js\n' };
    expect(await runs(two, 'k8s.yaml')).toEqual(['shop: nothing known']);
  });

  it('run in the folder they change to, and the packages they name', async () => {
    const sources = {
      Procfile: 'web: cd apps/api && npm start\nworker: npm start -w jobs\nrelease: npm run migrate -w jobs\n',
      'package.json': { workspaces: ['apps/*'] },
      'apps/api/package.json': { name: 'api', scripts: { start: 'node main.js' } },
      'apps/api/main.js': SERVER,
      'apps/jobs/package.json': { name: 'jobs', scripts: { start: 'node main.js', migrate: 'typeorm migration:run' } },
      'apps/jobs/main.js': 'setInterval(() => {}, 1000);',
    };
    expect(await runs(sources)).toEqual([
      'web: apps/api/main.js',
      '  start in .: cd apps/api @Procfile:1',
      '  start in apps/api: npm start @Procfile:1',
      '    start in apps/api: node main.js @apps/api/package.json:1',
      'worker: apps/jobs/main.js',
      '  start in .: npm start -w jobs @Procfile:2',
      '    start in apps/jobs: node main.js @apps/jobs/package.json:1',
      'release: nothing known',
      '  release in .: npm run migrate -w jobs @Procfile:3',
      '    release in apps/jobs: typeorm migration:run @apps/jobs/package.json:1',
    ]);
  });

  it('end where scripts start one another in a circle', async () => {
    const sources = {
      Procfile: 'web: ./a.sh\n',
      'a.sh': './b.sh\nnpm run x\n',
      'b.sh': './a.sh\n',
      'package.json': { scripts: { x: 'npm run y', y: 'npm run x' } },
      'i.js': '',
    };
    expect(await runs(sources)).toEqual([
      'web: nothing known',
      '  start in .: ./a.sh @Procfile:1',
      '    start in .: ./b.sh @a.sh:1',
      '      start in .: ./a.sh @b.sh:1',
      '    start in .: npm run x @a.sh:2',
      '      start in .: npm run y @package.json:1',
      '        start in .: npm run x @package.json:1',
    ]);
  });
});

import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { rules } from '../../rules/index.js';
import { projectOf, type Sources } from '../../test/in-memory.js';
import { audit } from '../audit.js';
import type { Input } from '../model/input.js';
import type { Memory, Reading } from '../model/memory.js';
import { discover } from '../discover/index.js';
import { realDisk } from '../disk/index.js';
import { Answers } from './values/answers.js';

/* What a run does, counted: clocks differ from machine to machine and from hour to hour, work does not. */

/** A server of so many modules, each of which keeps, calls, imports and is imported. */
function server(modules: number): Sources {
  const sources: Record<string, string | object> = {
    'package.json': { scripts: { start: 'node server.js' }, dependencies: { express: '5', ioredis: '5' } },
    'server.js': [
      "const express = require('express');",
      'const app = express();',
      ...Array.from({ length: modules }, (_, index) => `app.use('/m${index}', require('./m${index}').router(app));`),
      'app.listen(process.env.PORT);',
    ].join('\n'),
  };
  for (let index = 0; index < modules; index++)
    sources[`m${index}.js`] = [
      "const Redis = require('ioredis');",
      "const { Router } = require('express');",
      `const next = require('./m${(index + 1) % modules}');`,
      'const redis = new Redis(process.env.REDIS_URL);',
      'const known = new Map();',
      `class Service${index} { constructor(store) { this.store = store; } get(id) { return this.store.get(id); } }`,
      `const service = new Service${index}(redis);`,
      'exports.find = async (id) => { if (!known.has(id)) known.set(id, await service.get(id)); return known.get(id); };',
      'exports.router = (app) => { const r = Router();',
      "  r.get('/:id', async (req, res) => res.json({ own: await exports.find(req.params.id), next: await next.find(1) }));",
      '  return r; };',
    ].join('\n');
  return sources;
}

/** Of each module: 83 and 355 when this was written. A rule more has room; one that walks everything for each call has not. */
const SEARCHES = 115;
const QUESTIONS = 480;

/** How often something was searched for to answer what linker and rules ask, and how often somebody asked. */
async function workOf(modules: number): Promise<{ searches: number; questions: number; findings: number }> {
  const begin = vi.spyOn(Answers.prototype, 'begin');
  const known = vi.spyOn(Answers.prototype, 'known');
  try {
    const { findings, problems } = await audit(await projectOf(server(modules)), rules);
    expect(problems).toEqual([]);
    return { searches: begin.mock.calls.length, questions: known.mock.calls.length, findings: findings.length };
  } finally {
    begin.mockRestore();
    known.mockRestore();
  }
}

describe('linker and rules', () => {
  it('have as much more to do as there is more code', async () => {
    const [small, large] = [await workOf(20), await workOf(80)];
    expect(large.findings).toBeGreaterThan(0);
    expect(large.searches / small.searches).toBeLessThan(4.4);
    expect(large.questions / small.questions).toBeLessThan(4.4);
  });

  it('search and ask no more than they did', async () => {
    const { searches, questions } = await workOf(40);
    expect(searches / 40).toBeGreaterThan(50);
    expect(searches / 40).toBeLessThan(SEARCHES);
    expect(questions / 40).toBeLessThan(QUESTIONS);
  });
});

describe('reading', () => {
  it('parses each file once, and none that is known', async () => {
    const project = await projectOf(server(20));
    const kept = new Map<string, Reading>();
    let parsed = 0;
    const memory: Memory = {
      recall: ({ file }: Input) => kept.get(file),
      keep: ({ file }: Input, reading: Reading) => {
        parsed++;
        kept.set(file, reading);
      },
    };
    const first = await audit(project, rules, undefined, undefined, undefined, { memory });
    expect(parsed).toBe(21);
    kept.delete('m3.js');
    const second = await audit(project, rules, undefined, undefined, undefined, { memory });
    expect(parsed).toBe(22);
    expect(second.findings).toEqual(first.findings);
  });

  it('takes each file from the disk once', async () => {
    const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../fixtures/apps/turbo-trails');
    const reads = new Map<string, number>();
    const read = (file: string) => {
      reads.set(file, (reads.get(file) ?? 0) + 1);
      return realDisk.read(file);
    };
    await discover(['.'], root, [], { ...realDisk, read });
    expect(reads.size).toBeGreaterThan(3);
    // Where the project begins is told by its manifest, before anything else is read.
    expect([...reads].filter(([, count]) => count > 1)).toEqual([[path.join(root, 'package.json'), 2]]);
  });
});

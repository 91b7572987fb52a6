import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { audit } from '../src/audit.js';
import { discover } from '../src/discover/index.js';
import type { Program } from '../src/model/program.js';
import { foldersOf, ROOT } from './catalogue.js';
import {
  blankLinkExpectations,
  difference,
  isNegative,
  type LinkExpectation,
  readLinkExpectations,
} from './link-expectations.js';
import { programOf } from './in-memory.js';

/*
 * Small applications that say, line by line, what the linker must know of them: `fixtures/link/<topic>/<case>/`.
 */

/** The words a topic has to be tried with, both ways. */
const TOPICS: Readonly<Record<string, readonly string[]>> = {
  calls: ['calls', 'is'],
  conditions: ['when'],
  effects: ['effects'],
  guards: ['guard'],
  phases: ['phase'],
  roles: ['role'],
  state: ['state'],
};
const LEAST_CASES = 6;

async function fixture(folder: string): Promise<{ expectations: LinkExpectation[]; program: Program }> {
  const { project } = await discover(['.'], path.join(ROOT, folder), []);
  const expectations = project.inputs.flatMap(({ file, text }) => readLinkExpectations(file, text));
  const inputs = project.inputs.map((input) => ({ ...input, text: blankLinkExpectations(input.text) }));
  // What the linker knows of tests counts where other code names them, which is when they are read.
  const everything = { isWanted: () => true };
  const { program } = await audit({ ...project, inputs }, [], undefined, undefined, undefined, everything);
  return { expectations, program };
}

it('has every topic, and no other', () => {
  expect(foldersOf('fixtures/link')).toEqual(Object.keys(TOPICS));
});

describe.each(Object.entries(TOPICS))('%s', (topic, own) => {
  const cases = foldersOf(`fixtures/link/${topic}`);
  const all: LinkExpectation[] = [];

  it.each(cases)('%s', async (name) => {
    const { expectations, program } = await fixture(`fixtures/link/${topic}/${name}`);
    all.push(...expectations);
    expect(expectations.length, 'a case says something').toBeGreaterThan(0);
    expect(expectations.map((one) => difference(program, one)).filter((one) => one !== undefined)).toEqual([]);
  });

  it('is tried by enough cases, both ways', () => {
    const asked = all.filter(({ word }) => own.includes(word));
    expect(cases.length).toBeGreaterThanOrEqual(LEAST_CASES);
    expect(asked.some((one) => isNegative(one))).toBe(true);
    expect(asked.some((one) => !isNegative(one))).toBe(true);
  });
});

describe('expectations on the linker', () => {
  const source = `
import express from 'express';
const seen = new Map();
const app = express();
app.post('/login', (req, res) => {
  seen.set(req.ip, Date.now());
  res.json(seen.get(req.ip));
});
app.listen(3000);
`;
  const saying = async (text: string, line = 5): Promise<string | undefined> => {
    const program = await programOf({ 'package.json': { scripts: { start: 'node server.js' } }, 'server.js': source });
    const [expectation] = readLinkExpectations('server.js', `${'\n'.repeat(line - 1)}// link: ${text}`);
    return difference(program, expectation as LinkExpectation);
  };

  it.each([
    'phase request',
    'phase request "post /login"',
    'no phase job',
    'role server',
    'no role test',
    'effects none',
    'when always',
    'calls none',
    'no is "express"',
    'is express:().post',
  ])('meets %s', async (text) => {
    expect(await saying(text)).toBeUndefined();
  });

  it.each([
    ['phase job', 'expects `phase job`; the linker says: request "POST /login"'],
    ['phase request "GET /"', 'expects `phase request "GET /"`; the linker says: request "POST /login"'],
    ['no phase request', 'expects `no phase request`; the linker says: request "POST /login"'],
    ['role server, worker', 'expects `role server, worker`; the linker says: server'],
    ['role worker', 'expects `role worker`; the linker says: server'],
    ['effects mail', 'expects `effects mail`; the linker says: none'],
    ['state cache', 'expects `state cache`; the linker says: none'],
    ['calls server.js:login', 'expects `calls server.js:login`; the linker says: none'],
  ])('shows what the linker says instead of %s', async (text, words) => {
    expect(await saying(text)).toBe(`server.js:5 ${words}`);
  });

  it('does not take the absence of anything to ask for an answer', async () => {
    expect(await saying('no is express:()', 1)).toBe(
      'server.js:1 expects `no is express:()`; the linker says: nothing on this line to ask',
    );
  });

  it.each([
    ['shape cache', '`shape` is none of role, phase, state, effects, guard, when, calls, is.'],
    ['phase requests', '`requests` is none of boot, request,'],
    ['role server worker', '`server worker` is none of server,'],
    ['no effects mail, database', '`no` speaks of one answer only.'],
    ['phase', 'write `WORD ANSWER`'],
    ['', 'write `WORD ANSWER`'],
  ])('refuses to read %s', (text, words) => {
    expect(() => readLinkExpectations('server.js', `call(); // link: ${text}`)).toThrow(words);
  });

  it('hides the words from the audit without moving anything', () => {
    expect(blankLinkExpectations('a(); // link: calls b.js:a\nb();')).toBe('a(); //                   \nb();');
  });

  it('tells what is expected to be there from what is not', () => {
    const read = (text: string) => readLinkExpectations('server.js', `// link: ${text}`).map(isNegative);
    expect(read('phase request; no phase request; phase none; no phase none')).toEqual([false, true, true, false]);
    expect(read('when always; when development; effects unknown; effects mail, unknown')).toEqual([
      true,
      false,
      true,
      true,
    ]);
  });
});

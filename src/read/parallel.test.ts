import { describe, expect, it } from 'vitest';
import { Encoder } from '../cache/codec.js';
import type { Input } from '../model/input.js';
import type { Encoded, Reading } from '../model/memory.js';
import { UNTIMED } from '../model/timings.js';
import { readParallel } from './parallel.js';

/** Ten batches: each file is as large as one. */
const inputs = Array.from({ length: 10 }, (_, at): Input => {
  return { file: `f${at}.js`, language: 'javascript', text: `${at} ${' '.repeat(128 * 1024)}` };
});

const of = (who: string, { file }: Pick<Input, 'file'>): Reading => ({
  problems: [{ kind: 'minified', level: 'note', message: who, file }],
});

/** What a worker sends for each batch, whatever stands in it, under the names of the dictionary above. */
const encoder = new Encoder();
const bytes = [...encoder.encode(of('there', { file: '' }))];
const ANSWER = { bytes, lengths: [bytes.length], strings: encoder.strings, shapes: encoder.shapes, took: { parse: 2 } };

/** A worker whose code stands here; `answer()` sends a reading, the dictionary with the first. */
function workerOf(onMessage: string): URL {
  const code = `import { parentPort } from 'node:worker_threads';
    let count = 0;
    const given = ${JSON.stringify(ANSWER)};
    const answer = (more = {}) => parentPort.postMessage({
      ...given, bytes: new Uint8Array(given.bytes), ...(count++ ? { strings: [], shapes: [] } : {}), ...more });
    parentPort.on('message', (inputs) => { ${onMessage} });`;
  return new URL(`data:text/javascript,${encodeURIComponent(code)}`);
}

interface Outcome {
  /** Who read each file, in the order of the files. */
  readonly who: string[];
  readonly encoded: (Encoded | undefined)[];
}

async function read(worker: URL, threads = 2, patience = 20_000): Promise<Outcome> {
  const found = new Map<string, readonly [string, Encoded | undefined]>();
  await readParallel(inputs, {
    threads,
    worker,
    patience,
    // So that running out of it is no matter of gigabytes.
    limits: { maxOldGenerationSizeMb: 32 },
    watch: UNTIMED,
    here: async () => (input) => of('here', input),
    onReading: ({ file }, { problems }, encoded) => {
      expect(found.has(file), `${file} once`).toBe(false);
      found.set(file, [problems[0]?.message ?? '', encoded]);
    },
  });
  const sorted = [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, what]) => what);
  return { who: sorted.map(([who]) => who), encoded: sorted.map(([, encoded]) => encoded) };
}

const ALL_HERE = inputs.map(() => 'here');

describe('other threads', () => {
  it('read from the front, and what they made comes along as bytes of one dictionary', async () => {
    const { who, encoded } = await read(workerOf('answer();'));
    expect(who).toHaveLength(inputs.length);
    expect(who[0]).toBe('there');
    expect(who.at(-1)).toBe('here');
    const given = encoded.filter((one) => one !== undefined);
    expect(given).toHaveLength(who.filter((one) => one === 'there').length);
    expect([...(given[0] as Encoded).bytes]).toEqual(bytes);
    expect(given[0]?.dictionary.strings).toEqual(encoder.strings);
    expect(new Set(given.map(({ dictionary }) => dictionary)).size).toBe(1);
  });

  it('are not started where one thread reads', async () => {
    expect((await read(workerOf('answer();'), 1)).who).toEqual(ALL_HERE);
  });

  it.each([
    ['cannot be loaded', new URL('file:///nowhere/worker.js')],
    ['throw', workerOf("throw new Error('broken');")],
    ['end', workerOf('process.exit(0);')],
    ['fail later', workerOf("setTimeout(() => { throw new Error('late'); });")],
    ['run out of memory', workerOf('const all = []; for (;;) all.push({ all });')],
    ['give what cannot be read', workerOf('answer({ bytes: new Uint8Array([255, 255]), lengths: [2] });')],
    ['give less than they were asked for', workerOf('answer({ lengths: [] });')],
  ])('that %s cost nothing: this one reads', async (_, worker) => {
    expect((await read(worker, 4)).who).toEqual(ALL_HERE);
  });

  it('that end in the middle cost what they have not read', async () => {
    const { who } = await read(workerOf('if (count === 1) process.exit(1); answer();'));
    expect(who).toHaveLength(inputs.length);
    expect(who.slice(1)).toEqual(ALL_HERE.slice(1));
  });

  it('that do not answer are not waited for', async () => {
    expect((await read(workerOf('for (;;);'), 3, 100)).who).toEqual(ALL_HERE);
  });
});

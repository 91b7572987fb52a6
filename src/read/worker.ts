import module from 'node:module';
import { parentPort } from 'node:worker_threads';
import { Encoder } from '../cache/codec.js';
import type { Input } from '../model/input.js';
import type { Batch } from './parallel.js';

/*
 * Reads the files that it is sent, in a thread of its own, and gives back what it made of them as bytes: what can be moved between
 * threads without being copied, and into the cache as it is.
 */

// From Node 22 on, as for the main thread.
(module as { enableCompileCache?: () => unknown }).enableCompileCache?.();
const { readFile } = await import('./file.js');

const encoder = new Encoder();
let [strings, shapes] = [0, 0];

parentPort?.on('message', (inputs: readonly Input[]) => {
  const took: Record<string, number> = {};
  const watch = {
    now: () => performance.now(),
    took(stage: string, milliseconds: number) {
      took[stage] = (took[stage] ?? 0) + milliseconds;
    },
  };
  const encoded = inputs.map((input) => encoder.encode(readFile(input, [], watch)));
  const bytes = new Uint8Array(encoded.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const one of encoded) {
    bytes.set(one, at);
    at += one.length;
  }
  const batch: Batch = {
    bytes,
    lengths: encoded.map(({ length }) => length),
    strings: encoder.strings.slice(strings),
    shapes: encoder.shapes.slice(shapes),
    took,
  };
  [strings, shapes] = [encoder.strings.length, encoder.shapes.length];
  parentPort?.postMessage(batch, [bytes.buffer]);
});

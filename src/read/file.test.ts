import { describe, expect, it } from 'vitest';
import type { Input } from '../model/input.js';
import type { Collector } from '../model/plugin.js';
import { UNTIMED } from '../model/timings.js';
import { readFile } from './file.js';

describe('a file that takes too long', () => {
  const text = `start();${' '.repeat(20_000)}`;
  const input: Input = { file: 'a.ts', language: 'typescript', text };
  // It ends by itself before the limit for collectors: what is cut off is the file.
  const slow: Collector = {
    name: 'acme/slow',
    version: 1,
    collect() {
      const end = Date.now() + 10_000;
      while (Date.now() < end);
    },
  };

  it('is named, and the others are read', () => {
    expect(readFile(input, [slow], UNTIMED, 200)).toEqual({
      problems: [
        {
          kind: 'took-too-long',
          level: 'error',
          file: 'a.ts',
          message:
            'was not read: it took more than 0.2 seconds. If it is generated, name it in "ignores"; if not, please report it.',
        },
      ],
    });
    expect(readFile(input, [], UNTIMED).facts?.calls).toHaveLength(1);
  });
});

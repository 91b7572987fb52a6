import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kinds } from './fuzz/kinds.js';
import { nasties } from './fuzz/nasty.js';
import { tried } from './fuzz/trial.js';

/* A short walk over what `npm run fuzz` looks at for as long as one likes. The seed is printed with a failure, and repeats it. */

/** Of each kind: in all, some ten seconds. */
const RUNS = 20;
const SEED = 20_261_121;

describe('bad inputs', { timeout: 120_000 }, () => {
  it.each(kinds)('at random: $name', async ({ arbitrary }) => {
    let inputs = 0;
    const property = fc.asyncProperty(arbitrary, async ({ app }) => {
      inputs++;
      await tried(app());
    });
    await fc.assert(property, { seed: SEED, numRuns: RUNS });
    expect(inputs).toBe(RUNS);
  });

  // What once took hours or ended the run, and one of each sort of nesting that no stack holds.
  it.each(
    [
      'odd files: a line of a megabyte, string',
      'odd files: tsconfig of wrong kinds',
      'odd files: an import of a megabyte',
      'odd files: lone surrogates',
      'odd files: a video',
      'odd files: Flow',
      'odd files: names of prototypes',
      'deep code: arrays, 10000 deep',
      'deep types: types, 10000 deep',
      'deep descriptors: YAML, flow, 10000 deep',
      'deep descriptors: JSON, objects, 10000 deep',
      'deep descriptors: HCL, blocks, 10000 deep',
      'deep descriptors: Dockerfile, shell, 10000 deep',
      'deep descriptors: shell, subshells, 10000 deep',
    ].map((name) => ({ name, nasty: nasties.find((one) => `${one.sort}: ${one.name}` === name) })),
  )('by name: $name', async ({ nasty }) => {
    const { problems } = await tried(nasty!.app());
    // What nobody can read is named, and nothing else is.
    if (nasty!.name.endsWith('10000 deep'))
      expect(problems).toMatchObject([
        { file: expect.not.stringContaining('server'), message: expect.stringMatching(/nested too deep/) },
      ]);
    else expect(problems.filter(({ file }) => file === 'server.js')).toEqual([]);
  });

  it('by name: syntax of the newest TypeScript is read', async () => {
    const nasty = nasties.find(({ name }) => name === 'the newest TypeScript');
    const { problems } = await tried(nasty!.app());
    expect(problems.filter(({ kind }) => kind !== 'unparsable')).toEqual([]);
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Manifest, Project } from '../../model/input.js';
import { Listing } from './listing.js';

/* What the list tells by itself must be what the library finds in it. */

function listingOf(files: readonly string[], manifests: readonly Partial<Manifest>[] = []): Listing {
  const none = { bin: {}, scripts: {}, dependencies: {}, devDependencies: {}, workspaces: [] };
  const project: Project = {
    root: '/',
    inputs: [],
    manifests: manifests.map((manifest) => ({ dir: '.', ...none, ...manifest })),
    tsconfigs: [],
    files,
    problems: [],
  };
  return new Listing(project);
}

/** A disagreement in words; nothing where they agree, or where the list says nothing. */
function disagreement(listing: Listing, dir: string, specifier: string): string | undefined {
  const told = listing.told(dir, specifier);
  if (told === undefined) return undefined;
  const found = listing.looked(dir, specifier) ?? null;
  return told === found ? undefined : `${specifier} in ${dir}: ${told} is told, ${found} is found`;
}

describe('a listing', () => {
  it('tells of every import in the fixtures what the library finds', () => {
    const root = fileURLToPath(new URL('../../../fixtures', import.meta.url));
    const files = readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => posix.join(entry.parentPath.slice(root.length + 1), entry.name));
    const manifests = files
      .filter((file) => posix.basename(file) === 'package.json')
      .map((file) => ({
        dir: posix.dirname(file),
        main: /"main": *"([^"]+)"/.exec(readFileSync(`${root}/${file}`, 'utf8'))?.[1],
      }))
      .map(({ dir, main }) => (main === undefined ? { dir } : { dir, main }));
    const listing = listingOf(files, manifests);
    const wrong = new Set<string | undefined>();
    let told = 0;
    for (const file of files.filter((one) => /\.[cm]?[jt]sx?$/.test(one))) {
      const dir = posix.dirname(file);
      for (const [, specifier] of readFileSync(`${root}/${file}`, 'utf8').matchAll(
        /(?:from |require\(|import\()'(\.[^']*)'/g,
      )) {
        if (listing.told(dir, specifier!) !== undefined) told++;
        wrong.add(disagreement(listing, dir, specifier!));
      }
    }
    expect(told).toBeGreaterThan(500);
    expect([...wrong]).toEqual([undefined]);
  });

  it('tells of files made up what the library finds', () => {
    const extension = fc.constantFrom(
      '',
      '.ts',
      '.js',
      '.tsx',
      '.jsx',
      '.mjs',
      '.cts',
      '.json',
      '.css',
      '.js.ts',
      '.d.ts',
      '.cjs',
    );
    const name = fc
      .tuple(fc.constantFrom('a', 'b', 'index', '.x', 'package'), extension)
      .map((parts) => parts.join(''));
    const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
    const specifier = fc
      .tuple(fc.constantFrom('./', '../', '../../', '.', '..', './../', './/'), fc.oneof(path, fc.constant('')))
      .map((parts) => parts.join(''));
    const isFile = (one: string, all: readonly string[]) => !all.some((other) => other.startsWith(`${one}/`));
    fc.assert(
      fc.property(
        fc.array(path, { maxLength: 12 }),
        fc.constantFrom('.', 'a', 'b', 'a/b'),
        specifier,
        (made, dir, asked) => {
          const listing = listingOf(made.filter((one) => isFile(one, made)));
          expect(disagreement(listing, dir, asked)).toBeUndefined();
        },
      ),
      { numRuns: 1500 },
    );
  });

  it('leaves to the library what a manifest, a suffix or a folder alone decides', () => {
    const listing = listingOf(['a/main.ts', 'a/index.ts', 'b/index.ts'], [{ dir: 'a', main: './main' }]);
    expect(listing.told('.', './a')).toBeUndefined();
    expect(listing.resolve('.', './a')).toBe('a/main.ts');
    expect(listing.told('b', '.')).toBeUndefined();
    expect(listing.resolve('b', '.')).toBe('b/index.ts');
    expect(listing.told('.', './b')).toBe('b/index.ts');
    expect(listing.told('.', './c')).toBeNull();
    expect(listing.told('.', '#b')).toBeUndefined();
  });
});

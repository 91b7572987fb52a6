import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ROOT } from './catalogue.js';

/* What whoever installs the tool gets with it. A budget that is met is lowered; one that is to be raised needs a reason in the commit. */

const MEGABYTE = 1024 * 1024;
const BUDGET = { direct: 1, packages: 1, installed: 4 * MEGABYTE, bundled: 60 };

interface Locked {
  readonly version: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  /** Another package would use it if it were there; nobody is given it. */
  readonly devOptional?: boolean;
  readonly hasInstallScript?: boolean;
  readonly os?: readonly string[];
}

const read = (file: string) => JSON.parse(readFileSync(path.join(ROOT, file), 'utf8'));
const manifest = read('package.json') as {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  scripts: Record<string, string>;
  repository?: unknown;
};
const locked = Object.entries(read('package-lock.json').packages as Record<string, Locked>).filter(([at]) => at !== '');
const installed = locked.filter(([, { dev, devOptional }]) => !dev && !devOptional);
/** Those that the build makes a part of the tool, by the list that it makes of their licences. */
const licenses = readFileSync(path.join(ROOT, 'dist', 'lib', 'licenses.txt'), 'utf8');
const bundled = [...licenses.matchAll(/^== (\S+) (\S+) \((.+)\)$/gm)].map(([, name = '', version = '', terms = '']) => {
  const found = locked.find(([at, entry]) => at.endsWith(`node_modules/${name}`) && entry.version === version);
  return { name, terms, found };
});
const shipped = [...installed, ...bundled.flatMap(({ found }) => (found ? [found] : []))];
/** `mi-audit` itself imports them; the others come along with these. */
const direct = [...Object.keys(manifest.dependencies), ...bundled.map(({ name }) => name)].filter(
  (name) => manifest.dependencies[name] ?? manifest.devDependencies[name],
);

function sizeOf(folder: string): number {
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const at = path.join(folder, entry.name);
    // Those within are in the list themselves.
    if (entry.isDirectory()) return entry.name === 'node_modules' ? sum : sum + sizeOf(at);
    return entry.isFile() ? sum + statSync(at).size : sum;
  }, 0);
}

describe('what is installed with the tool', () => {
  it('is within its budget', () => {
    expect(Object.keys(manifest.dependencies).length).toBeLessThanOrEqual(BUDGET.direct);
    expect(installed.length).toBeLessThanOrEqual(BUDGET.packages);
    const folders = installed.map(([at]) => path.join(ROOT, at)).filter((folder) => existsSync(folder));
    expect(folders.length).toBe(installed.length);
    expect(folders.reduce((sum, folder) => sum + sizeOf(folder), 0)).toBeLessThanOrEqual(BUDGET.installed);
  });

  it('holds few packages, each as it was tried, and under terms that ask for no more than a notice', () => {
    expect(bundled.length).toBeGreaterThan(20);
    expect(bundled.length).toBeLessThanOrEqual(BUDGET.bundled);
    expect(bundled.filter(({ found }) => !found).map(({ name }) => name)).toEqual([]);
    const free = /^(MIT|ISC|BSD-[23]-Clause|Apache-2\.0|BlueOak-1\.0\.0|0BSD)$/;
    expect(bundled.filter(({ terms }) => !free.test(terms)).map(({ name, terms }) => [name, terms])).toEqual([]);
    expect(licenses).toContain('Microsoft');
  });

  it('runs nothing while it is installed, and holds nothing that only some machines have', () => {
    expect(shipped.filter(([, { hasInstallScript }]) => hasInstallScript).map(([at]) => at)).toEqual([]);
    expect(shipped.filter(([, { os, optional }]) => os !== undefined || optional).map(([at]) => at)).toEqual([]);
    // `prepare` is for this repository: npm does not run it for whoever installs the package.
    const hooks = ['preinstall', 'install', 'postinstall', 'preprepare', 'postprepare'];
    expect(hooks.filter((name) => manifest.scripts[name] !== undefined)).toEqual([]);
  });

  it('is what was tried, byte for byte, whatever is published later', () => {
    const loose = shipped.filter(([, { integrity }]) => !/^sha(?:512|1)-/.test(integrity ?? '')).map(([at]) => at);
    expect(loose).toEqual([]);
    expect(Object.values(manifest.dependencies).filter((range) => !/^\^\d/.test(range))).toEqual([]);
  });

  it('has a reason for each library', () => {
    const why = readFileSync(path.join(ROOT, 'ARCHITECTURE.md'), 'utf8');
    expect(direct.length).toBeGreaterThan(10);
    expect(direct.filter((name) => !why.includes(`| ${name} `) && !why.includes(`${name} (`))).toEqual([]);
  });
});

describe('what is published', () => {
  it('says where it was built, and needs no token', () => {
    const text = readFileSync(path.join(ROOT, '.github', 'workflows', 'release.yml'), 'utf8');
    const { permissions, jobs } = parse(text);
    expect(permissions).toEqual({});
    expect(jobs.publish.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
    const steps = (jobs.publish.steps as { run?: string; with?: Record<string, unknown> }[]).map(
      ({ run }) => run ?? '',
    );
    expect(steps).toContain('.ci/run');
    expect(steps.indexOf('.ci/run')).toBeLessThan(steps.findIndex((run) => run.startsWith('npm publish')));
    expect(steps.some((run) => run.startsWith('npm publish') && run.includes('--provenance'))).toBe(true);
    expect(text).not.toMatch(/secrets\./);
  });
});

import { posix } from 'node:path';
import { serverFiles } from '../../knowledge/server-files.js';
import type { FileFacts } from '../../model/facts.js';
import type { Project } from '../../model/input.js';
import { dependsOn, insideOf, worksOnPage } from './file-kinds.js';
import { type Modules, modulesOf } from './modules.js';

/*
 * Tests and pages are left unread, but what is called a test by its path can be a part of what runs: a helper in `testing/` that a
 * server imports, data in `fixtures/` that a start script loads; and what looks like a part of a page, a server may need as well.
 */

/** Which files the commands of a project or these facts name; asked again with the facts of the files that it gave. */
export function namedFiles(project: Project): (facts: readonly FileFacts[]) => ReadonlySet<string> {
  const modules = modulesOf(project);
  const inCommands = filesInCommands(project);
  return (facts) => {
    const found = new Set(inCommands);
    for (const one of facts) {
      const { file, imports } = one;
      // What a component needs for its page, the server that renders it does not use by itself.
      if (!inCommands.has(file) && worksOnPage({ file, facts: one }) && !isFound(modules, file)) continue;
      for (const { specifier } of imports) {
        const target = modules.resolve(file, specifier);
        if (target.kind === 'file') found.add(target.file);
      }
    }
    return found;
  };
}

const FOUND = serverFiles.map(({ packages, files }) => ({ packages, pattern: new RegExp(files) }));

/** A framework finds it where it lies, and runs it on the server. */
function isFound(modules: Modules, file: string): boolean {
  const manifest = modules.manifestOf(posix.dirname(file));
  const inside = insideOf({ file, ...(manifest ? { manifest } : {}) });
  return FOUND.some(
    ({ packages, pattern }) => (!packages || (manifest && dependsOn(manifest, packages))) && pattern.test(inside),
  );
}

const SOURCE = /\.[cm]?[jt]sx?$/;

/** By the end of their paths, since commands run in folders of their own: rather one too many than one too few. */
function filesInCommands({ manifests, settings = [], descriptors = [], inputs }: Project): Set<string> {
  const texts = [
    ...manifests.flatMap(({ scripts, main, module, bin }) => [
      ...Object.values(scripts),
      ...Object.values(bin),
      main ?? '',
      module ?? '',
    ]),
    ...settings.map(({ value }) => JSON.stringify(value) ?? ''),
    ...descriptors.map(({ text }) => text),
  ];
  const named = new Set<string>();
  for (const text of texts)
    for (const word of text.split(/[^\w@./-]/)) {
      if (!word.includes('/') && !SOURCE.test(word)) continue;
      const parts = stemOf(word).split('/');
      named.add(parts.filter((part) => part !== '' && part !== '.' && part !== '..').join('/'));
    }
  const found = new Set<string>();
  for (const { file } of inputs) if (endsOf(file).some((end) => named.has(end))) found.add(file);
  return found;
}

function endsOf(file: string): string[] {
  const parts = stemOf(file).split('/');
  return parts.map((_, from) => parts.slice(from).join('/'));
}

/** `fixtures/load/index.js` is also run as `fixtures/load`. */
function stemOf(path: string): string {
  return path.replace(SOURCE, '').replace(/\/index$/, '');
}

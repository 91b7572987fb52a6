import type { FileFacts } from '../../model/facts.js';
import type { Project } from '../../model/input.js';
import { modulesOf } from './modules.js';

/*
 * Tests are left unread, but what is called a test by its path can be a part of what runs: a helper in `testing/` that a server
 * imports, data in `fixtures/` that a start script loads.
 */

/** Which files the commands of a project or these facts name; asked again with the facts of the files that it gave. */
export function namedFiles(project: Project): (facts: readonly FileFacts[]) => ReadonlySet<string> {
  const modules = modulesOf(project);
  const inCommands = filesInCommands(project);
  return (facts) => {
    const found = new Set(inCommands);
    for (const { file, imports } of facts)
      for (const { specifier } of imports) {
        const target = modules.resolve(file, specifier);
        if (target.kind === 'file') found.add(target.file);
      }
    return found;
  };
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

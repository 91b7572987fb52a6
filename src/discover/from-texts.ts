import type { Input, Project } from '../model/input.js';
import { plainCommands } from './commands.js';
import { readDescriptors } from './descriptors.js';
import { languageOf } from './languages.js';
import { readManifests } from './manifests.js';
import { Files } from './read.js';
import { readSettings } from './settings.js';
import { readTsconfigs } from './tsconfigs.js';

/** The project that some texts by path would be, read as one on the disk is: for tests, whose files stand in the test. */
export async function projectFrom(texts: ReadonlyMap<string, string>): Promise<Project> {
  const paths = [...texts.keys()].sort();
  const files = new Files('/', {
    read(absolute) {
      const text = texts.get(absolute.replaceAll('\\', '/').replace(/^(?:[a-z]:)?\//i, ''));
      if (text === undefined) throw Object.assign(new Error(absolute), { code: 'ENOENT' });
      return new TextEncoder().encode(text);
    },
  });
  const { manifests, problems } = await readManifests(paths, files);
  const { tsconfigs, problems: more } = readTsconfigs('/', paths, files, manifests);
  const commands = plainCommands(paths, manifests);
  const inputs = paths.flatMap((file): Input[] => {
    const language = languageOf(file) ?? (commands.has(file) ? 'javascript' : undefined);
    return language ? [{ file, language, text: texts.get(file)! }] : [];
  });
  const settings = readSettings(paths, files);
  const { descriptors, problems: ofDescriptors } = readDescriptors(paths, new Set(), files);
  return {
    root: '/',
    inputs,
    manifests,
    tsconfigs,
    files: paths,
    problems: [...problems, ...more, ...ofDescriptors, ...files.problems],
    settings,
    descriptors,
  };
}

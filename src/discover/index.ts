import { type Disk, realDisk } from '../disk/index.js';
import type { Input, Problem, Project } from '../model/input.js';
import { languageOf, SOURCE_EXTENSIONS } from './languages.js';
import { type Listing, list } from './list.js';
import { readManifests } from './manifests.js';
import { outputFolders } from './outputs.js';
import type { Overlay } from './git.js';
import { fromRoot, isUnder } from './paths.js';
import { plainCommands } from './commands.js';
import { readDescriptors } from './descriptors.js';
import { readSchemas } from './schemas.js';
import { readSettings } from './settings.js';
import { laidOver, withOverlay } from './overlay.js';
import { Files } from './read.js';
import { findRoot, locate, type Named } from './root.js';
import { readTsconfigs } from './tsconfigs.js';

export { changesOf, gitUser, type GitChanges, type Overlay, type Since } from './git.js';

export interface Discovery {
  readonly project: Project;
  /** What the user asked about, relative to the root: findings elsewhere are `outside-paths`. `['.']` is all of it. */
  readonly reportPaths: readonly string[];
}

/**
 * Finds and reads the project around the paths given. All of its root is read, whatever part of it the user asks about,
 * because whether something is a hazard depends on who reaches it from where.
 */
export async function discover(
  paths: readonly string[],
  cwd: string,
  ignores: readonly string[],
  disk: Disk = realDisk,
  overlay?: Overlay,
): Promise<Discovery> {
  const here = disk.realpath(cwd);
  const named = (paths.length === 0 ? ['.'] : paths).map((path) => locate(path, here, disk));
  const root = findRoot(named, here, disk);
  const reportPaths = reduced(named.map(({ absolute }) => fromRoot(root, absolute)));

  const listed = listAll(root, reportPaths, ignores, disk);
  const listing = overlay ? withOverlay(listed, overlay, root, ignores) : listed;
  const files = new Files(root, overlay ? laidOver(disk, overlay) : disk);
  const { manifests, problems: manifestProblems } = await readManifests(listing.files, files);
  const { tsconfigs, outputs, problems: tsconfigProblems } = readTsconfigs(root, listing.files, files, manifests);
  const kept = withoutOutputs(listing.files, outputFolders(listing.files, outputs), reportPaths);
  const sources = kept.filter((file) => isSource(file) && !listing.links.has(file));
  const commands = plainCommands(
    kept.filter((file) => !listing.links.has(file)),
    manifests,
  );
  const inputs = [...readInputs(sources, files), ...readCommands(commands, files)];
  const settings = readSettings(kept, files);
  const { descriptors, problems: descriptorProblems } = readDescriptors(kept, listing.links, files);
  const { schemas, problems: schemaProblems } = readSchemas(kept, listing.links, files);
  const problems = [
    ...listing.problems,
    ...files.problems,
    ...manifestProblems,
    ...tsconfigProblems,
    ...descriptorProblems,
    ...schemaProblems,
    ...missingSources(named, root, sources),
  ];
  const project = {
    root,
    inputs,
    manifests,
    tsconfigs,
    files: kept,
    problems: problems.sort(byPlace),
    settings,
    descriptors,
    schemas,
  };
  return { project, reportPaths };
}

function isSource(file: string): boolean {
  return languageOf(file) !== undefined;
}

function reduced(paths: readonly string[]): string[] {
  return paths.includes('.') ? ['.'] : [...new Set(paths)].sort();
}

/** Lists the root as git sees it, and besides whatever was asked about by name although git ignores it. */
function listAll(root: string, reportPaths: readonly string[], ignores: readonly string[], disk: Disk): Listing {
  const whole = list(root, { under: '.', ignores, gitignore: 'above' }, disk);
  const unseen = reportPaths.filter((path) => !whole.files.some((file) => isUnder(file, path) && isSource(file)));
  const asked = unseen.map((under) => list(root, { under, ignores, gitignore: 'below' }, disk));
  const all = [whole, ...asked];
  const problems = new Map(
    all.flatMap((listing) => listing.problems).map((problem) => [JSON.stringify(problem), problem]),
  );
  return {
    files: [...new Set(all.flatMap((listing) => listing.files))].sort(),
    links: new Set(all.flatMap((listing) => [...listing.links])),
    problems: [...problems.values()],
  };
}

/** Output that was asked about by name stays, and so does output that is all there is. */
function withoutOutputs(
  files: readonly string[],
  outputs: readonly string[],
  reportPaths: readonly string[],
): readonly string[] {
  const asked = reportPaths.filter((path) => outputs.some((output) => isUnder(path, output)));
  const kept = files.filter(
    (file) => !outputs.some((output) => isUnder(file, output)) || asked.some((path) => isUnder(file, path)),
  );
  return kept.some(isSource) ? kept : files;
}

function readInputs(sources: readonly string[], files: Files): Input[] {
  return sources.flatMap((file): Input[] => {
    const language = languageOf(file);
    const text = files.text(file);
    return text !== undefined && language ? [{ file, language, text }] : [];
  });
}

/** Those that begin like a script for Node, or with code; a shell script in `bin` is another language. */
function readCommands(commands: ReadonlySet<string>, files: Files): Input[] {
  const inputs: Input[] = [];
  for (const file of [...commands].sort()) {
    const text = files.textIfAny(file);
    const first = text?.split('\n', 1)[0] ?? '';
    if (text !== undefined && (first.startsWith('#!') ? /\bnode\b/.test(first) : /\brequire\(|^import\b/m.test(text)))
      inputs.push({ file, language: 'javascript', text });
  }
  return inputs;
}

/** An audit of nothing must not look like a clean one. */
function missingSources(named: readonly Named[], root: string, sources: readonly string[]): Problem[] {
  const empty = named.filter(({ absolute }) => !sources.some((file) => isUnder(file, fromRoot(root, absolute))));
  // With other paths that have sources this is no failure: hooks hand over whatever was changed.
  const level = empty.length === named.length ? 'error' : 'note';
  return empty.map(({ given, absolute }) => ({
    kind: 'no-source',
    level,
    file: fromRoot(root, absolute),
    message:
      `no source files in ${given}: looked for ${SOURCE_EXTENSIONS.join(', ')}. ` +
      'Declarations (.d.ts), node_modules, and what .gitignore or "ignores" name do not count.',
  }));
}

function byPlace(a: Problem, b: Problem): number {
  const [placeA, placeB] = [a, b].map(
    ({ file = '', span, kind }) => [file, span?.[0] ?? 0, span?.[1] ?? 0, kind] as const,
  );
  for (const [index, part] of placeA!.entries()) {
    const other = placeB![index]!;
    if (part !== other) return part < other ? -1 : 1;
  }
  return 0;
}

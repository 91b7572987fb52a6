import { realpath } from 'node:fs/promises';
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
import { Files, type Reader, readFromDisk } from './read.js';
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
  reader: Reader = readFromDisk,
  overlay?: Overlay,
): Promise<Discovery> {
  const here = await realpath(cwd);
  const named = await Promise.all((paths.length === 0 ? ['.'] : paths).map((path) => locate(path, here)));
  const root = await findRoot(named, here);
  const reportPaths = reduced(named.map(({ absolute }) => fromRoot(root, absolute)));

  const listed = await listAll(root, reportPaths, ignores);
  const listing = overlay ? withOverlay(listed, overlay, root, ignores) : listed;
  const files = new Files(root, overlay ? laidOver(reader, overlay) : reader);
  const { manifests, problems: manifestProblems } = await readManifests(listing.files, files);
  const { tsconfigs, outputs, problems: tsconfigProblems } = await readTsconfigs(root, listing.files, files, manifests);
  const kept = withoutOutputs(listing.files, outputFolders(listing.files, outputs), reportPaths);
  const sources = kept.filter((file) => isSource(file) && !listing.links.has(file));
  const commands = plainCommands(
    kept.filter((file) => !listing.links.has(file)),
    manifests,
  );
  const inputs = [...(await readInputs(sources, files)), ...(await readCommands(commands, files))];
  const settings = await readSettings(kept, files);
  const { descriptors, problems: descriptorProblems } = await readDescriptors(kept, listing.links, files);
  const { schemas, problems: schemaProblems } = await readSchemas(kept, listing.links, files);
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
async function listAll(root: string, reportPaths: readonly string[], ignores: readonly string[]): Promise<Listing> {
  const whole = await list(root, { under: '.', ignores, gitignore: 'above' });
  const unseen = reportPaths.filter((path) => !whole.files.some((file) => isUnder(file, path) && isSource(file)));
  const asked = await Promise.all(unseen.map((under) => list(root, { under, ignores, gitignore: 'below' })));
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

/** Reads a few files at a time: enough to keep the disk busy, without running out of file handles. */
async function readInputs(sources: readonly string[], files: Files): Promise<Input[]> {
  const inputs: Input[] = [];
  for (let start = 0; start < sources.length; start += AT_A_TIME) {
    const batch = sources.slice(start, start + AT_A_TIME);
    const texts = await Promise.all(batch.map((file) => files.text(file)));
    for (const [index, text] of texts.entries()) {
      const file = batch[index]!;
      const language = languageOf(file);
      if (text !== undefined && language) inputs.push({ file, language, text });
    }
  }
  return inputs;
}

const AT_A_TIME = 32;

/** Those that begin like a script for Node, or with code; a shell script in `bin` is another language. */
async function readCommands(commands: ReadonlySet<string>, files: Files): Promise<Input[]> {
  const inputs: Input[] = [];
  for (const file of [...commands].sort()) {
    const text = await files.textIfAny(file);
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

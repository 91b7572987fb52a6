import { posix } from 'node:path';
import type { Descriptor, Workload } from '../../model/deployment.js';
import type { Deployed } from '../../model/program.js';
import type { Tables } from '../tables.js';

/*
 * The images that a project builds: which one a workload runs, and where the files of the project lie in it.
 */
export class Images {
  private readonly files: ReadonlySet<string>;
  /** The stages of each Dockerfile. */
  private readonly stages = new Map<string, readonly Workload[]>();
  /** The one image there is for production, which one that is only named is then. */
  private readonly only: Workload | undefined;

  constructor(tables: Tables, descriptors: readonly Descriptor[]) {
    this.files = new Set(tables.project.files);
    const built: Workload[] = [];
    for (const { kind, file, workloads, purpose } of descriptors) {
      if (kind !== 'dockerfile') continue;
      this.stages.set(file, workloads);
      const last = workloads.at(-1);
      const starts = last?.commands.some(({ at }) => at === 'start');
      if (last?.owns === true && starts && purpose !== 'development' && purpose !== 'test') built.push(last);
    }
    this.only = built.length === 1 ? built[0] : undefined;
  }

  of({ kind }: Descriptor, workload: Workload): Workload | undefined {
    if (kind === 'dockerfile') return workload;
    const { build } = workload;
    if (build?.dockerfile !== undefined) {
      const stages = this.stages.get(posix.normalize(build.dockerfile));
      return build.stage === undefined ? stages?.at(-1) : stages?.find(({ name }) => name === build.stage);
    }
    return workload.owns === true && workload.image ? this.only : undefined;
  }

  /** The folder of the project in which a workload's commands run. */
  folder(descriptor: Descriptor, workload: Workload, image: Workload | undefined): string {
    const beside = posix.dirname(descriptor.file);
    const workdir = workload.workdir?.value ?? image?.workdir?.value;
    if (!image && descriptor.kind !== 'pm2') return workload.build?.context ?? beside;
    if (workdir === undefined) return image ? this.contexts(workload, image)[0]! : beside;
    if (!image) return workdir.startsWith('/') ? beside : posix.join(beside, workdir);
    return this.place(workload, image, workdir, 'folder') ?? this.contexts(workload, image)[0]!;
  }

  /** The folders of a container in which the project lies, the one that commands run in first. */
  places(descriptor: Descriptor, workload: Workload, image: Workload | undefined): Deployed['places'] {
    const workdir = workload.workdir?.value ?? image?.workdir?.value;
    const runs = workdir?.startsWith('/')
      ? [{ inside: trimmed(workdir), folder: trimmed(this.folder(descriptor, workload, image)) }]
      : [];
    const [context = '.'] = image ? this.contexts(workload, image) : [];
    const copied = (image?.copies ?? []).flatMap(({ from, to }) =>
      from.flatMap((source) => {
        const folder = trimmed(posix.join(context, source)) || '.';
        return to.startsWith('/') && !this.files.has(folder) ? [{ inside: trimmed(to), folder }] : [];
      }),
    );
    return [...runs, ...copied];
  }

  /** Where `cd` leads. */
  inside(workload: Workload, image: Workload | undefined, folder: string, path: string): string {
    if (!path.startsWith('/')) return posix.join(folder, path);
    return (image && this.place(workload, image, path, 'folder')) ?? folder;
  }

  /** The file of the project that a path in a container or beside a descriptor means, among those known. */
  file(
    workload: Workload,
    image: Workload | undefined,
    folder: string,
    path: string,
    known: ReadonlyMap<string, unknown>,
  ): string | undefined {
    const beside = posix.join(folder, path);
    if (!path.startsWith('/') && known.has(beside)) return beside;
    if (image) {
      const workdir = workload.workdir?.value ?? image.workdir?.value ?? '/';
      const placed = this.place(workload, image, posix.resolve('/', workdir, path), 'file');
      if (placed !== undefined && known.has(placed)) return placed;
    }
    if (!image && path.startsWith('/')) return undefined;
    // Copied from another stage, or looked up in the path: by its name, if only one is called so.
    const name = posix.basename(path);
    if (!/\.\w*sh$|entrypoint/.test(name)) return undefined;
    const named = [...known.keys()].filter((file) => posix.basename(file) === name);
    return named.length === 1 ? named[0] : undefined;
  }

  /** The folders that an image may be built from: what is said, then the root and the Dockerfile's own. */
  private contexts({ build }: Workload, image: Workload): readonly string[] {
    const said = build?.context === undefined ? [] : [trimmed(posix.normalize(build.context))];
    const own = posix.dirname(image.build?.dockerfile ?? 'Dockerfile');
    return [...new Set([...said, '.', own])];
  }

  /** What of the project lies at a path of an image, by what was copied last. */
  private place(workload: Workload, image: Workload, path: string, what: 'file' | 'folder'): string | undefined {
    const target = trimmed(path);
    for (const context of this.contexts(workload, image))
      for (const { from, to } of image.copies.toReversed())
        for (const source of from) {
          const origin = posix.join(context, source);
          const goal = trimmed(to);
          if (this.files.has(origin)) {
            const isFolder = to.endsWith('/') || from.length > 1 || goal !== target;
            const lies = isFolder ? `${goal}/${posix.basename(source)}` : goal;
            if (what === 'file' && lies === target) return origin;
          } else if (target === goal || target.startsWith(`${goal}/`)) {
            const found = posix.join(origin, target.slice(goal.length + 1));
            if (what === 'file' ? this.files.has(found) : this.isFolder(found)) return trimmed(found) || '.';
          }
        }
    return undefined;
  }

  private isFolder(path: string): boolean {
    const folder = trimmed(path);
    if (folder === '.' || folder === '') return true;
    for (const file of this.files) if (file.startsWith(`${folder}/`)) return true;
    return false;
  }
}

function trimmed(path: string): string {
  return path.length > 1 ? path.replace(/(?<!\/)\/+$/, '').replace(/^\.\/(?=.)/, '') : path;
}

import { posix } from 'node:path';
import type { Stated, Workload } from '../model/deployment.js';
import { get, isNull, items, numberOf, type Tree, textOf } from '../parse/tree.js';
import { mapsOf, parseYaml } from '../parse/yaml.js';
import { describeKubernetes } from './kubernetes.js';
import { yamlOf } from './platforms.js';
import { purposeOf } from './purpose.js';
import { type Describer, said, Source, type Surroundings } from './source.js';

/*
 * An overlay: the workloads of its base with what it changes in them. Patches are read as the parts of a document that they are;
 * what is changed by a path that nobody here knows is told as unread.
 */

const DEEPEST = 6;

export const describeKustomization: Describer = (source, around) => {
  const root = yamlOf(source);
  const workloads = root ? overlaid(source, around, root, 0) : [];
  const isOverlay =
    items(get(root, 'resources')).some((item) => !/\.ya?ml$/.test(textOf(item) ?? '.yaml')) || changes(root);
  // A list of files alone says nothing that they do not say themselves.
  return {
    workloads: isOverlay ? workloads : [],
    ...purposeOf(source.file, workloads, { platform: 'it is applied to a cluster' }),
  };
};

function changes(root: Tree | undefined): boolean {
  return ['replicas', 'images', 'patches', 'patchesStrategicMerge', 'patchesJson6902', 'configMapGenerator'].some(
    (key) => get(root, key) !== undefined,
  );
}

function overlaid(source: Source, around: Surroundings, root: Tree, depth: number): readonly Workload[] {
  const bases = ['resources', 'bases', 'components'].flatMap((key) => items(get(root, key)));
  let workloads: readonly Workload[] = bases.flatMap((item) => basesOf(source, around, textOf(item), depth));
  for (const item of items(get(root, 'replicas'))) {
    const name = textOf(get(item, 'name'));
    const count = numberOf(get(item, 'count'));
    const place = source.of(get(item, 'count') ?? item);
    workloads = changed(workloads, name, {
      instances: { ...(count === undefined ? {} : { value: { min: count, max: count } }), place },
    });
  }
  for (const patch of patchesOf(source, around, root)) workloads = patched(source, around, workloads, patch);
  return workloads;
}

function basesOf(source: Source, around: Surroundings, path: string | undefined, depth: number): readonly Workload[] {
  if (path === undefined || depth > DEEPEST || /^https?:|^git@|\?ref=/.test(path)) return [];
  const target = posix.join(posix.dirname(source.file), path);
  const text = around.text(target);
  if (text !== undefined)
    return describeKubernetes(new Source({ file: target, kind: 'kubernetes', text }), around).workloads ?? [];
  for (const name of ['kustomization.yaml', 'kustomization.yml', 'Kustomization']) {
    const file = posix.join(target, name);
    const inner = around.text(file);
    if (inner === undefined) continue;
    const base = new Source({ file, kind: 'kustomization', text: inner });
    const root = yamlOf(base);
    return root ? overlaid(base, around, root, depth + 1) : [];
  }
  return [];
}

interface Patch {
  readonly file: string;
  readonly text: string;
  /** Of a patch that stands in the file itself: where each of its lines stands. */
  readonly lineOf?: (line: number) => number;
  readonly columns: number;
  readonly target?: string;
  readonly place: Stated<string>['place'];
}

function patchesOf(source: Source, around: Surroundings, root: Tree): readonly Patch[] {
  const folder = posix.dirname(source.file);
  const fromFile = (path: string | undefined, item: Tree, target?: string): readonly Patch[] => {
    const file = posix.join(folder, path ?? '');
    const text = path === undefined ? undefined : around.text(file);
    if (text === undefined) {
      source.unread.push(source.of(item));
      return [];
    }
    return [{ file, text, columns: 0, place: source.of(item), ...said({ target }) }];
  };
  const inline = (tree: Tree, item: Tree, target?: string): readonly Patch[] => {
    const text = textOf(tree) ?? '';
    const written = source.text.slice(tree.raw.from, tree.raw.to).split('\n');
    const indent = /^\s*/.exec(written.find((line, index) => index > 0 && line.trim() !== '') ?? '')?.[0].length ?? 0;
    const first = tree.span[0];
    return [
      {
        file: source.file,
        text,
        columns: indent,
        lineOf: (line) => first + line,
        place: source.of(item),
        ...said({ target }),
      },
    ];
  };
  return [
    ...items(get(root, 'patches')).flatMap((item) => {
      const target = textOf(get(item, 'target', 'name'));
      const patch = get(item, 'patch');
      return patch && !isNull(patch) ? inline(patch, item, target) : fromFile(textOf(get(item, 'path')), item, target);
    }),
    ...items(get(root, 'patchesJson6902')).flatMap((item) => {
      const target = textOf(get(item, 'target', 'name'));
      const patch = get(item, 'patch');
      return patch && !isNull(patch) ? inline(patch, item, target) : fromFile(textOf(get(item, 'path')), item, target);
    }),
    ...items(get(root, 'patchesStrategicMerge')).flatMap((item) => {
      const text = textOf(item) ?? '';
      return text.includes('\n') ? inline(item, item) : fromFile(text, item);
    }),
  ];
}

function patched(
  source: Source,
  around: Surroundings,
  workloads: readonly Workload[],
  patch: Patch,
): readonly Workload[] {
  const { trees } = parseYaml(patch.text);
  const operations = trees[0]?.kind === 'list' ? trees[0].items : [];
  let now = workloads;
  for (const operation of operations) {
    const path = textOf(get(operation, 'path'));
    const value = get(operation, 'value');
    const place = value ? placed(patch, value) : patch.place;
    if (path === '/spec/replicas') {
      const count = numberOf(value);
      now = changed(now, patch.target, {
        instances: { ...(count === undefined ? {} : { value: { min: count, max: count } }), place },
      });
    } else if (path === '/spec/strategy/type' && textOf(value) === 'Recreate')
      now = changed(now, patch.target, { update: { kind: 'recreate', place } });
    else source.unread.push(place);
  }
  for (const document of mapsOf({ trees })) {
    const name = patch.target ?? textOf(get(document, 'metadata', 'name'));
    const part = describeKubernetes(new Source({ file: patch.file, kind: 'kubernetes', text: patch.text }), around)
      .workloads?.[0];
    const replicas = get(document, 'spec', 'replicas');
    const strategy = get(document, 'spec', 'strategy', 'type');
    const count = numberOf(replicas);
    now = changed(now, name, {
      ...(replicas
        ? {
            instances: {
              ...(count === undefined ? {} : { value: { min: count, max: count } }),
              place: placed(patch, replicas),
            },
          }
        : {}),
      ...(strategy
        ? {
            update: {
              kind: textOf(strategy) === 'Recreate' ? ('recreate' as const) : ('rolling' as const),
              place: placed(patch, strategy),
            },
          }
        : {}),
    });
    if (part && Object.keys(part.environment).length > 0)
      now = now.map((one) =>
        one.name.split('/')[0] === name
          ? { ...one, environment: { ...one.environment, ...moved(part.environment, patch) } }
          : one,
      );
  }
  return now;
}

function placed({ file, lineOf, columns }: Patch, tree: Tree): Stated<string>['place'] {
  return { file, span: lineOf ? shifted(tree.span, lineOf, columns) : tree.span };
}

type Span = Stated<string>['place']['span'];

function shifted([line, column, endLine, endColumn]: Span, lineOf: (line: number) => number, columns: number): Span {
  return [lineOf(line), column + columns, lineOf(endLine), endColumn + columns];
}

function moved(environment: Workload['environment'], { lineOf, columns }: Patch): Workload['environment'] {
  if (!lineOf) return environment;
  return Object.fromEntries(
    Object.entries(environment).map(([name, given]) => [
      name,
      { ...given, place: { ...given.place, span: shifted(given.place.span, lineOf, columns) } },
    ]),
  );
}

function changed(
  workloads: readonly Workload[],
  name: string | undefined,
  change: Partial<Workload>,
): readonly Workload[] {
  return workloads.map((one) => (name === undefined || one.name.split('/')[0] === name ? { ...one, ...change } : one));
}

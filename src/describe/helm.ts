import { posix } from 'node:path';
import type { Flaw, Tree, TreeMap } from '../parse/tree.js';
import { get, textOf } from '../parse/tree.js';
import { valuePath, withoutTemplates } from '../parse/templates.js';
import { mapsOf, parseYaml } from '../parse/yaml.js';
import { purposeOf } from './purpose.js';
import type { Describer, Source, Surroundings } from './source.js';

/*
 * Charts, as far as they can be read without rendering: what a template takes straight from the chart's values is what
 * `values.yaml` says by default; everything else in braces is unknown.
 */

export interface Rendered {
  readonly documents: readonly TreeMap[];
  readonly flaw?: Flaw;
  /** Some of the text was a template. */
  readonly isTemplate: boolean;
  /** Stands for names that are put together. */
  readonly standIn: string;
}

interface Values {
  readonly file: string;
  readonly tree: Tree;
}

export function rendered(source: Source, around: Surroundings): Rendered {
  const values = valuesOf(source.file, around);
  const untemplated = withoutTemplates(source.text, (path) => truthOf(path, values));
  for (const part of untemplated.masked) source.unread.push(source.at(part));
  const parsed = parseYaml(untemplated.text, source.text);
  const done = new Map<Tree, Tree>();
  const documents = mapsOf(parsed).map((tree) => (values ? (filled(tree, values, done) as TreeMap) : tree));
  const isTemplate = untemplated.text !== source.text;
  const standIn = posix.basename(values ? posix.dirname(values.file) : posix.dirname(posix.dirname(source.file)));
  return { documents, isTemplate, standIn, ...(parsed.flaw ? { flaw: parsed.flaw } : {}) };
}

/** The default values of the chart that a template belongs to: the nearest folder above with a `Chart.yaml`. */
function valuesOf(file: string, around: Surroundings): Values | undefined {
  let folder = posix.dirname(file);
  for (let depth = 0; depth < 12; depth++) {
    if (around.files.has(posix.join(folder, 'Chart.yaml'))) {
      const path = posix.join(folder, 'values.yaml');
      const text = around.text(path);
      const tree = text === undefined ? undefined : mapsOf(parseYaml(withoutTemplates(text).text, text))[0];
      return tree && { file: path, tree };
    }
    if (folder === '.' || folder === '/') return undefined;
    folder = posix.dirname(folder);
  }
  return undefined;
}

/** What `if` makes of a value: nothing, zero, `false` and what is empty do not hold. */
function truthOf(path: readonly string[], values: Values | undefined): boolean | undefined {
  if (!values || path[0] !== 'Values') return undefined;
  const tree = get(values.tree, ...path.slice(1));
  if (!tree) return false;
  if (tree.kind === 'unknown') return undefined;
  if (tree.kind === 'map') return tree.entries.length > 0;
  if (tree.kind === 'list') return tree.items.length > 0;
  return tree.value !== null && tree.value !== false && tree.value !== 0 && tree.value !== '';
}

/** A tree with the values put in that its templates name. What several aliases share stays shared. */
function filled(tree: Tree, values: Values, done: Map<Tree, Tree>): Tree {
  const known = done.get(tree);
  if (known) return known;
  const made = filledAnew(tree, values, done);
  done.set(tree, made);
  return made;
}

function filledAnew(tree: Tree, values: Values, done: Map<Tree, Tree>): Tree {
  if (tree.kind === 'map')
    return { ...tree, entries: tree.entries.map((entry) => ({ ...entry, value: filled(entry.value, values, done) })) };
  if (tree.kind === 'list') return { ...tree, items: tree.items.map((item) => filled(item, values, done)) };
  if (tree.kind !== 'unknown') return tree;
  const path = valuePath(tree.text);
  const found = path?.[0] === 'Values' ? get(values.tree, ...path.slice(1)) : undefined;
  return found?.kind === 'value' && found.value !== null ? { ...found, file: values.file } : tree;
}

/** The text of a template with what is known put in, and nothing for the rest: enough to tell an image by. */
export function partly(text: string, source: Source, around: Surroundings): string | undefined {
  const values = valuesOf(source.file, around);
  if (!values) return undefined;
  const put = text.replace(/^["']|["']$/g, '').replace(/\{\{[^{}]*\}\}/g, (template) => {
    const path = /\.Values\.([\w.]+)/.exec(template)?.[1];
    return (path && textOf(get(values.tree, ...path.split('.')))) ?? '';
  });
  return put.replace(/:$/, '') || undefined;
}

/** `values.yaml` by itself deploys nothing; it is looked at from the templates. */
export const describeHelmValues: Describer = (source) => {
  const parsed = parseYaml(withoutTemplates(source.text).text, source.text);
  source.broken(parsed.flaw, 'YAML');
  return purposeOf(source.file, [], { platform: 'the values of a chart' });
};

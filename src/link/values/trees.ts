import { globalTrees, type GlobalTree } from '../../knowledge/global-trees.js';
import type { Fn, Unit } from '../../model/program.js';
import { add, type Tables } from '../tables.js';
import type { Alternative } from '../../model/program.js';
import { extended, NOTHING, one } from './alternatives.js';
import type { Values } from './values.js';

/** What stands under the names of objects that a framework fills from folders: `sails.helpers.orders.sendMail` is a file's function. */
export class Trees {
  private files: Map<string, (readonly [Unit, GlobalTree])[]> | undefined;

  constructor(
    private readonly values: Values,
    private readonly tables: Tables,
  ) {}

  /** What an API path means, where a file stands behind it. */
  at(api: string): readonly Alternative[] {
    if (!globalTrees.some(({ of }) => api.startsWith(`${of}.`))) return NOTHING;
    let found: readonly Alternative[] = NOTHING;
    for (const [unit, tree] of this.all().get(api) ?? [])
      for (const { value } of this.values.exported(this.tables.linked(unit), 'default')) {
        if (tree.runs !== undefined) found = extended(found, this.values.memberOf(value, tree.runs));
        else if (value.kind === 'function') found = extended(found, this.values.returned(value.fn));
        else found = extended(found, one(value));
      }
    return found;
  }

  /** `helper.with({ … })` runs it with its inputs by name. */
  isOne({ unit }: Fn): boolean {
    return globalTrees.some(({ runs, folder }) => runs !== undefined && pathIn(unit, folder) !== undefined);
  }

  private all(): ReadonlyMap<string, readonly (readonly [Unit, GlobalTree])[]> {
    if (this.files) return this.files;
    this.files = new Map();
    for (const unit of this.tables.served)
      for (const tree of globalTrees) {
        const path = pathIn(unit, tree.folder);
        if (path === undefined) continue;
        // Called by its name in other letters (`orders.sendMail`), or as it is written (`['send-mail']`).
        for (const name of new Set([path, path.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())]))
          add(this.files, `${tree.of}.${name}`, [unit, tree] as const);
      }
    return this.files;
  }
}

/** The names that lead to a file: `orders/send.js` is `orders.send`, and `mailer/index.js` is `mailer`. */
function pathIn({ file, manifest }: Unit, folder: string): string | undefined {
  const dir = manifest && manifest.dir !== '.' ? `${manifest.dir}/` : '';
  if (!file.startsWith(`${dir}${folder}/`)) return undefined;
  const [, path = ''] = /^(.*?)(?:\/index)?\.[cm]?[jt]s$/.exec(file.slice(dir.length + folder.length + 1)) ?? [];
  return path.replaceAll('/', '.');
}

import type { Expr } from '../../model/facts.js';
import type { Call, Unit } from '../../model/program.js';
import type { Tables } from '../tables.js';
import type { Values } from '../values/values.js';
import { Mounts } from './mounts.js';

/** How deep routers are looked for inside one another. */
const DEEPEST = 4;

/**
 * The whole path of a route: what its routers are mounted under, what `route('/orders')` says in front of it, and its own. Of a
 * router that is mounted in several places, or under what is not written out, only its own is told.
 */
export class Routes {
  private readonly mounts: Mounts;

  constructor(
    private readonly tables: Tables,
    private readonly values: Values,
  ) {
    this.mounts = new Mounts(tables, values);
  }

  /** The path with which the call registers its handlers; `own` where it is given one itself. */
  path(call: Call, own: string | undefined): string {
    const { router, inner } = this.receiver(call);
    const parts = [router ? this.under(router, 0) : '', inner, own].filter((part) => part !== undefined && part !== '');
    // A pattern, or a list of paths, is told as it is written.
    if (parts.length < 2 || !parts.every((part) => part?.startsWith('/'))) return plain(own ?? inner ?? '');
    const whole = parts.join('').replace(/\/{2,}/g, '/');
    return plain(whole.replace(/(?<=.)\/$/, ''));
  }

  /** What a chain of calls begins with, and the path of a `route()` in it. */
  private receiver({ unit, fact }: Call): { readonly router: Call | undefined; readonly inner: string | undefined } {
    const { callee: first } = fact;
    let of: Expr | undefined = first.k === 'member' || first.k === 'index' ? first.of : undefined;
    let inner: string | undefined;
    while (of?.k === 'call') {
      const call = this.tables.call(unit, of.c);
      const { callee, args } = call.fact;
      if (callee.k !== 'member') break;
      if (callee.name === 'route') inner ??= this.literal(unit, args[0]);
      of = callee.of;
    }
    // Of one that is made in one way or another nobody can tell which it is.
    const [router, ...others] = of ? new Set(this.mounts.makers(unit, of)) : [];
    return { router: others.length === 0 ? router : undefined, inner };
  }

  private under(router: Call, depth: number): string {
    const [options] = router.fact.args;
    const prefix = options?.k === 'object' ? options.props.find(({ name }) => name === 'prefix')?.value : undefined;
    const own = this.literal(router.unit, prefix) ?? '';
    const [mount, ...others] = this.mounts.of(router);
    if (!mount || others.length > 0 || depth > DEEPEST) return own;
    const { router: parent } = this.receiver(mount);
    return `${parent ? this.under(parent, depth + 1) : ''}${this.literal(mount.unit, mount.fact.args[0]) ?? ''}${own}`;
  }

  private literal(unit: Unit, expr: Expr | undefined): string | undefined {
    for (const { value } of expr ? this.values.of(unit, expr) : [])
      if (value.kind === 'literal' && typeof value.value === 'string') return value.value;
    return undefined;
  }
}

/** `/:id([a-f0-9]{24})` without what its parts have to look like. */
function plain(path: string): string {
  return path.replace(/(:\w+)\([^()]*\)/g, '$1');
}

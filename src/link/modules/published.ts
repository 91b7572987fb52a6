/*
 * The `exports` and `imports` of a package.json: which files a subpath can mean. All conditions are taken, the ones for Node
 * first, since which of them holds is decided by who asks; declarations are no code.
 */

const FIRST = ['source', 'development', 'node', 'import', 'module-sync', 'require', 'default'];
const NEVER = /^(?:types|typings)(?:@|$)|^(?:browser|react-native|worker|workerd|edge-light|deno)$/;
const DEEPEST = 8;

/** The paths, relative to the package, that `subpath` (`.`, `./db`, `#internal`) is published as, likeliest first. */
export function publishedAs(field: unknown, subpath: string): readonly string[] {
  const table = isTable(field) ? field : { '.': field };
  const exact = table[subpath];
  if (exact !== undefined && !subpath.includes('*')) return targets(exact, '');
  let best: { readonly key: string; readonly star: string } | undefined;
  for (const key of Object.keys(table)) {
    const star = starOf(key, subpath);
    if (star !== undefined && (!best || key.indexOf('*') > best.key.indexOf('*'))) best = { key, star };
  }
  return best ? targets(table[best.key], best.star) : [];
}

/** Whether its keys are subpaths; else the whole is the target of `.`. */
function isTable(field: unknown): field is Readonly<Record<string, unknown>> {
  return (
    typeof field === 'object' &&
    field !== null &&
    !Array.isArray(field) &&
    Object.keys(field).some((key) => /^[.#]/.test(key))
  );
}

function starOf(key: string, subpath: string): string | undefined {
  const at = key.indexOf('*');
  if (at < 0) return undefined;
  const [head, tail] = [key.slice(0, at), key.slice(at + 1)];
  if (subpath.length < head.length + tail.length || !subpath.startsWith(head) || !subpath.endsWith(tail))
    return undefined;
  return subpath.slice(head.length, subpath.length - tail.length);
}

function targets(target: unknown, star: string, depth = 0): string[] {
  if (typeof target === 'string') return /\.d\.[cm]?ts$/.test(target) ? [] : [target.replaceAll('*', star)];
  if (depth > DEEPEST || typeof target !== 'object' || target === null) return [];
  if (Array.isArray(target)) return target.flatMap((one) => targets(one, star, depth + 1));
  const entries = Object.entries(target).filter(([condition]) => !NEVER.test(condition));
  const rank = (condition: string) => (FIRST.includes(condition) ? FIRST.indexOf(condition) : FIRST.length);
  entries.sort(([a], [b]) => rank(a) - rank(b));
  return [...new Set(entries.flatMap(([, one]) => targets(one, star, depth + 1)))];
}

import { expand } from '../src/knowledge/api-table.js';
import { parsePath } from '../src/knowledge/paths.js';

/*
 * JavaScript for API paths, so that what knowledge says of a package can be tried on a small program that uses it.
 */

/** The API paths that a pattern stands for; `*` becomes a name. */
export function apisOf(pattern: string): readonly string[] {
  return expand(pattern).map((api) => api.replaceAll('*', 'anything'));
}

/**
 * An expression that is what the API path names, with some arguments for its last call: `pg:Pool().query` is
 * `require('pg').Pool().query`. What a callback is handed is put into `use` instead, which stands inside the callback.
 */
export function codeOf(
  api: string,
  use: (expression: string) => string = (expression) => expression,
  args = '',
): string {
  const parsed = parsePath(api);
  if (!parsed) throw new Error(`no API path: ${api}`);
  const { package: name, steps } = parsed;
  const start = name === 'global' ? 'globalThis' : name === 'env' ? 'process.env' : `require('${name}')`;
  return follow(start, steps, use, args);
}

function follow(
  at: string,
  [step, ...rest]: readonly string[],
  use: (expression: string) => string,
  args: string,
): string {
  if (step === undefined) return use(at);
  if (step === '()') return follow(`${at}(${rest.includes('()') ? '' : args})`, rest, use, args);
  if (!step.startsWith('/')) return follow(`${at}${step}`, rest, use, args);
  const [argument, ...path] = step.slice(1).split('.');
  const index = Number(path.pop());
  const inner = `(${Array.from({ length: index + 1 }, (_, i) => `p${i}`).join(', ')}) => { ${follow(`p${index}`, rest, use, args)}; }`;
  const handed = path.reduceRight((value, key) => `{ ${key}: ${value} }`, inner);
  return `${at}(${'undefined, '.repeat(Number(argument))}${handed})`;
}

/** An object that has a value at a path: `{ cache: { store: VALUE } }`; the value itself where there is no path. `*` is a list. */
export function objectAt(path: string, value: string): string {
  if (path === '') return value;
  return path
    .split('.')
    .reduceRight((inner, key) => (key === '*' ? `[${inner}]` : `{ ${JSON.stringify(key)}: ${inner} }`), value);
}

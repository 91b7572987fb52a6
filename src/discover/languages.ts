import type { Input } from '../model/input.js';

const LANGUAGES = new Map<string, Input['language']>([
  ['.ts', 'typescript'],
  ['.mts', 'typescript'],
  ['.cts', 'typescript'],
  ['.tsx', 'tsx'],
  ['.js', 'javascript'],
  ['.mjs', 'javascript'],
  ['.cjs', 'javascript'],
  ['.jsx', 'jsx'],
]);

export const SOURCE_EXTENSIONS = [...LANGUAGES.keys()];

/** The language of a source file, told from its name; none for declaration files, which hold types alone. */
export function languageOf(file: string): Input['language'] | undefined {
  if (/\.d\.[cm]?ts$/i.test(file)) return undefined;
  return LANGUAGES.get(file.slice(file.lastIndexOf('.')).toLowerCase());
}

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Ci = 'github' | 'gitlab';
export type Hook = 'husky' | 'lefthook' | 'pre-commit' | 'lint-staged';
export type PackageManager = 'npm' | 'pnpm' | 'yarn' | 'bun';

/** What a folder shows of how its project is worked on. */
export interface Look {
  readonly manager: PackageManager;
  readonly frameworks: readonly string[];
  readonly typescript: boolean;
  readonly ci?: Ci;
  readonly hook?: Hook;
  /** The configuration that is there already. */
  readonly configuration?: string;
  /** Whether this tool is among the dependencies. */
  readonly installed: boolean;
  readonly has: (file: string) => boolean;
}

const LOCKS: readonly (readonly [string, PackageManager])[] = [
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
  ['bun.lockb', 'bun'],
  ['bun.lock', 'bun'],
  ['package-lock.json', 'npm'],
];

/** Packages by what people call them. */
const FRAMEWORKS: readonly (readonly [string, string])[] = [
  ['@nestjs/core', 'NestJS'],
  ['next', 'Next.js'],
  ['nuxt', 'Nuxt'],
  ['@remix-run/node', 'Remix'],
  ['@sveltejs/kit', 'SvelteKit'],
  ['astro', 'Astro'],
  ['fastify', 'Fastify'],
  ['koa', 'Koa'],
  ['@hapi/hapi', 'hapi'],
  ['hono', 'Hono'],
  ['express', 'Express'],
];

export function lookAt(folder: string, places: readonly string[]): Look {
  const has = (file: string) => existsSync(join(folder, file));
  const names = namesIn(folder);
  const manifest = manifestOf(folder);
  const packages = new Set(['dependencies', 'devDependencies'].flatMap((key) => Object.keys(objectOf(manifest[key]))));
  const declared = String(manifest['packageManager'] ?? '').split('@', 1)[0];
  const manager =
    LOCKS.map(([, name]) => name).find((name) => name === declared) ?? LOCKS.find(([lock]) => has(lock))?.[1] ?? 'npm';
  const ci = has('.github') ? 'github' : has('.gitlab-ci.yml') ? 'gitlab' : undefined;
  const hook = hookOf(has, names, packages, 'lint-staged' in manifest);
  const configuration = places.find((place) => (place === 'package.json' ? 'mi-audit' in manifest : has(place)));
  return {
    manager,
    frameworks: FRAMEWORKS.filter(([name]) => packages.has(name)).map(([, name]) => name),
    typescript: has('tsconfig.json') || packages.has('typescript'),
    installed: packages.has('mi-audit'),
    has,
    ...(ci ? { ci } : {}),
    ...(hook ? { hook } : {}),
    ...(configuration === undefined ? {} : { configuration }),
  };
}

function hookOf(
  has: Look['has'],
  names: readonly string[],
  packages: ReadonlySet<string>,
  lintStagedKey: boolean,
): Hook | undefined {
  if (names.some((name) => /^\.?lefthook(-local)?\.(ya?ml|toml|json)$/.test(name))) return 'lefthook';
  if (has('.husky')) return 'husky';
  if (has('.pre-commit-config.yaml')) return 'pre-commit';
  const lintStaged = lintStagedKey || names.some((name) => /^(\.lintstagedrc|lint-staged\.config)/.test(name));
  if (lintStaged || packages.has('lint-staged')) return 'lint-staged';
  return packages.has('husky') ? 'husky' : packages.has('lefthook') ? 'lefthook' : undefined;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** A broken manifest shows nothing; the audit will say what is wrong with it. */
function manifestOf(folder: string): Readonly<Record<string, unknown>> {
  try {
    return objectOf(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')));
  } catch {
    return {};
  }
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

import type { SettingsFile } from '../model/input.js';
import type { Source } from './types.js';

/**
 * Files in which an application hands a framework its options: no call shows it. Read as a call of `api` whose first argument
 * is what the file exports, so that every other table can speak of it.
 */
export interface ConfigurationFile {
  /** What the framework does with it, as a call: `next:config`. */
  readonly api: string;
  /** Only in applications that depend on one of these. */
  readonly packages: readonly string[];
  /** Regular expression on the path relative to the application's manifest; files for development and tests are left out. */
  readonly files: string;
  /** The framework puts what a file exports under the file's own name: `config/plugins.js` gives `{ plugins: … }`. */
  readonly underName?: true;
  /** A settings file beside the manifest that turns parts off by `false`: what the framework is told of these it does not use. */
  readonly off?: { readonly file: SettingsFile['name']; readonly under: string };
  /** One of these files. */
  readonly example: string;
  readonly source: Source;
}

const SCRIPT = '\\.[cm]?[jt]s$';

export const configurationFiles: readonly ConfigurationFile[] = [
  {
    api: 'next:config',
    packages: ['next'],
    files: `^next\\.config${SCRIPT}`,
    example: 'next.config.js',
    source: 'https://nextjs.org/docs/app/api-reference/config/next-config-js',
  },
  {
    api: 'nuxt:config',
    packages: ['nuxt', 'nuxt3', 'nuxt-nightly'],
    files: `^nuxt\\.config${SCRIPT}`,
    example: 'nuxt.config.ts',
    source: 'https://nuxt.com/docs/api/nuxt-config',
  },
  {
    api: 'nitropack:config',
    packages: ['nitropack', 'nitro', 'nitropack-nightly'],
    files: `^nitro\\.config${SCRIPT}`,
    example: 'nitro.config.ts',
    source: 'https://nitro.build/config',
  },
  {
    api: '@strapi/strapi:config',
    packages: ['@strapi/strapi', 'strapi'],
    files: `^config/(?:env/production/)?(?:plugins|server|middlewares|admin|database)${SCRIPT}`,
    underName: true,
    example: 'config/plugins.js',
    source: 'https://docs.strapi.io/cms/configurations',
  },
  {
    api: '@medusajs/medusa:config',
    packages: ['@medusajs/medusa', '@medusajs/framework'],
    files: `^medusa-config${SCRIPT}`,
    example: 'medusa-config.js',
    source: 'https://docs.medusajs.com/learn/configurations/medusa-config',
  },
  {
    api: 'sails:config',
    packages: ['sails'],
    files: '^config/(?:env/production|[^/]+(?<!^config/local))\\.[jt]s$',
    off: { file: '.sailsrc', under: 'hooks' },
    example: 'config/session.js',
    source:
      'https://sailsjs.com/documentation/concepts/configuration; sails@1.5.18 lib/app/private/loadHooks.js:93 `rawHookFn === false`',
  },
  {
    api: 'moleculer:config',
    packages: ['moleculer'],
    files: `^moleculer\\.config${SCRIPT}`,
    example: 'moleculer.config.js',
    source: 'https://moleculer.services/docs/0.14/runner',
  },
];

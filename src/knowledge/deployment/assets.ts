import type { Source } from '../types.js';

/*
 * Pages and what belongs to them: who gives them out from the disk of an instance, and what gives their files names that change
 * with every build.
 */

/** Calls that serve a folder; the argument that names it, or the options that do. */
export const staticFolders: readonly {
  readonly api: string;
  readonly options: number;
  readonly path?: string;
  readonly plugin?: 'fastify';
  readonly source: Source;
}[] = [
  { api: '{express:static,serve-static:}', options: 0, source: 'https://expressjs.com/en/starter/static-files.html' },
  { api: 'koa-static:', options: 0, source: 'unchecked: koa-static README.md' },
  { api: 'sirv:', options: 0, source: 'unchecked: sirv README.md' },
  {
    api: '@fastify/static:',
    plugin: 'fastify',
    options: 1,
    path: 'root',
    source: 'unchecked: @fastify/static README.md',
  },
];

/** Packages that name what they build by its content, unless they are told otherwise. */
export const hashingBuilders: readonly { readonly name: string; readonly source: Source }[] = [
  { name: 'vite', source: 'unchecked: https://vite.dev/guide/build.html: hashed file names in dist/assets' },
  { name: 'react-scripts', source: 'unchecked: https://create-react-app.dev/docs/production-build/' },
  { name: '@vue/cli-service', source: 'unchecked: https://cli.vuejs.org/config/#filenamehashing' },
  {
    name: '@angular/build',
    source: 'unchecked: https://angular.dev/reference/configs/workspace-config, outputHashing',
  },
  { name: '@angular-devkit/build-angular', source: 'unchecked: as @angular/build' },
];

/** Folders that such builders write. */
export const BUILT_FOLDER = /(?:^|\/)(?:dist|build|out|browser|web-build)(?:\/(?:client|browser|public|assets))?\/?$/;

/** Options of a builder or framework by which files come from elsewhere, or a page knows which version it is of. */
export const ELSEWHERE_OPTIONS = /^(?:assetPrefix|deploymentId|renderBuiltUrl)$/;
export const ELSEWHERE_VARIABLES = /^(?:NEXT_DEPLOYMENT_ID|ASSET_PREFIX|CDN_URL|PUBLIC_URL|NEXT_PUBLIC_ASSET_PREFIX)$/;
export const BUILD_ID_OPTIONS = /^(?:generateBuildId|deploymentId)$/;

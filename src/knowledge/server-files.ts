import type { Source } from './types.js';

/** Files that a framework finds and runs on the server by where they lie, or by what they export there. */
export interface ServerFiles {
  /** Only in applications that depend on one of these packages; absent: in any. */
  readonly packages?: readonly string[];
  /** Regular expression on the path relative to the application's manifest. */
  readonly files: string;
  /** Only files with one of these exports; the same place holds components without any, which are for the browser too. */
  readonly exports?: readonly string[];
  /** Components for pages may be among them, which are rendered on the server and work in the browser. */
  readonly component?: true;
  /** The process they run in, in words. */
  readonly process: string;
  readonly source: Source;
}

const ANY = '\\.[cm]?[jt]sx?$';
const SCRIPT = '\\.[cm]?[jt]s$';
const NEXT = ['next', 'blitz'];
const REMIX = [
  '@remix-run/node',
  '@remix-run/react',
  '@remix-run/express',
  '@remix-run/dev',
  '@react-router/node',
  '@react-router/dev',
  '@react-router/serve',
];
const ROUTE_EXPORTS = ['loader', 'action', 'headers', 'middleware'];

export const serverFiles: readonly ServerFiles[] = [
  {
    packages: NEXT,
    files: `(?:^|/)pages/api/.+${ANY}`,
    process: 'the Next.js server',
    source: 'https://nextjs.org/docs/pages/building-your-application/routing/api-routes',
  },
  {
    packages: NEXT,
    files: `(?:^|/)app/(?:.+/)?route${SCRIPT}`,
    process: 'the Next.js server',
    source: 'https://nextjs.org/docs/app/api-reference/file-conventions/route',
  },
  {
    packages: NEXT,
    files: `^(?:src/)?(?:middleware|proxy|instrumentation|instrumentation-node)${SCRIPT}`,
    process: 'the Next.js server',
    source: 'https://nextjs.org/docs/app/api-reference/file-conventions',
  },
  {
    packages: NEXT,
    files: `(?:^|/)pages/.+${ANY}`,
    exports: ['getServerSideProps', 'getStaticProps', 'getStaticPaths'],
    process: 'the Next.js server',
    source: 'https://nextjs.org/docs/pages/building-your-application/data-fetching',
  },
  {
    packages: NEXT,
    files: `(?:^|/)app/(?:.+/)?(?:page|layout|template|default|not-found|sitemap|robots|manifest|opengraph-image|twitter-image|icon)${ANY}`,
    component: true,
    process: 'the Next.js server',
    source: 'https://nextjs.org/docs/app/api-reference/file-conventions',
  },
  {
    packages: ['nuxt', 'nuxt3', 'nitropack', 'nitro', 'h3'],
    files: `(?:^|/)server/(?:api|routes|middleware|plugins|tasks|utils)/.+${SCRIPT}`,
    process: 'the Nitro server',
    source: 'https://nuxt.com/docs/guide/directory-structure/server',
  },
  {
    packages: ['nuxt', 'nuxt-edge'],
    files: `^(?:server|serverMiddleware|api)/.+${SCRIPT}`,
    process: 'the Nuxt server',
    source: 'https://nuxt.com/docs/guide/directory-structure/server',
  },
  {
    packages: REMIX,
    files: `(?:^|/)app/entry\\.server${ANY}`,
    process: 'the React Router server',
    source: 'https://reactrouter.com/api/framework-conventions/entry.server.tsx',
  },
  {
    packages: REMIX,
    files: `(?:^|/)app/(?:root|routes/.+)${ANY}`,
    exports: ROUTE_EXPORTS,
    process: 'the React Router server',
    source: 'https://reactrouter.com/start/framework/route-module',
  },
  {
    packages: ['@sveltejs/kit'],
    files: `(?:^|/)routes/(?:.+/)?\\+(?:server|page\\.server|layout\\.server)${SCRIPT}`,
    process: 'the SvelteKit server',
    source: 'https://svelte.dev/docs/kit/routing',
  },
  {
    packages: ['@sveltejs/kit'],
    files: `^src/(?:hooks\\.server|instrumentation\\.server)${SCRIPT}`,
    process: 'the SvelteKit server',
    source: 'https://svelte.dev/docs/kit/hooks',
  },
  {
    packages: ['astro'],
    files: `^src/(?:pages/.+|middleware(?:/index)?|actions(?:/index)?)${SCRIPT}`,
    process: 'the Astro server',
    source: 'https://docs.astro.build/en/guides/endpoints/',
  },
  {
    packages: ['@strapi/strapi', 'strapi'],
    files: `^(?:src/(?:api|extensions|plugins|middlewares|policies)/.+|src/index|config/.+|api/.+)${SCRIPT}`,
    process: 'the Strapi server',
    source: 'https://docs.strapi.io/cms/project-structure',
  },
  {
    packages: ['sails'],
    files: `^(?:api|config)/.+${SCRIPT}`,
    process: 'the Sails server',
    source: 'https://sailsjs.com/documentation/anatomy',
  },
  {
    packages: ['@adonisjs/core', '@adonisjs/framework'],
    files: `^(?:start|config|providers|app/(?:controllers|middleware|exceptions|Http|Middleware|Controllers|Exceptions)|contracts)/.+${SCRIPT}`,
    process: 'the Adonis server',
    source: 'unchecked: Adonis documentation, folder structure',
  },
  {
    packages: ['@redwoodjs/api', '@redwoodjs/core', '@redwoodjs/graphql-server'],
    files: `(?:^|/)api/src/(?:functions|services|graphql|directives|subscriptions)/.+${SCRIPT}|^src/(?:functions|services|graphql|directives)/.+${SCRIPT}`,
    process: 'the Redwood API server',
    source: 'unchecked: RedwoodJS documentation, directory structure',
  },
  {
    packages: ['@medusajs/medusa', '@medusajs/framework'],
    files: `^src/(?:api|jobs|subscribers|workflows|loaders|services|modules|links)/.+${SCRIPT}`,
    process: 'the Medusa server',
    source: 'unchecked: Medusa documentation, directories',
  },
  {
    packages: ['@directus/extensions-sdk', 'directus'],
    files: `(?:^|/)src/(?:hooks|endpoints|operations)/.+${SCRIPT}|(?:^|/)(?:hook|endpoint)s?/.+/index${SCRIPT}`,
    process: 'the Directus server',
    source: 'unchecked: Directus documentation, extensions',
  },
  {
    packages: ['egg'],
    files: `^(?:app/(?:controller|middleware|service|schedule|extend|router|io)(?:/.+)?|app|agent|config/.+)${SCRIPT}`,
    process: 'the Egg server',
    source: 'https://www.eggjs.org/basics/structure',
  },
  {
    packages: ['midway', '@midwayjs/core', '@midwayjs/web'],
    files: `^src/(?:configuration|controller/.+|service/.+|task/.+|config/.+)${SCRIPT}`,
    process: 'the Midway server',
    source: 'unchecked: Midway documentation',
  },
  {
    packages: ['firebase-functions'],
    files: `^(?:src/)?index${SCRIPT}`,
    process: 'the Firebase functions',
    source: 'https://firebase.google.com/docs/functions/organize-functions',
  },
  {
    packages: ['@vercel/node', 'vercel'],
    files: `^api/.+${SCRIPT}`,
    process: 'the Vercel functions',
    source: 'https://vercel.com/docs/functions/runtimes/node-js',
  },
  {
    packages: ['@netlify/functions'],
    files: `^netlify/(?:edge-)?functions/.+${SCRIPT}`,
    process: 'the Netlify functions',
    source: 'unchecked: Netlify documentation, functions',
  },
  {
    packages: ['@types/aws-lambda', 'aws-lambda', '@middy/core', 'serverless', 'aws-cdk-lib', 'sst'],
    files: `.+${SCRIPT}`,
    exports: ['handler'],
    process: 'the Lambda functions',
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html',
  },
];

/** What marks a file as for the server or for the browser by its own name or by what it imports, in any framework. */
export const SERVER_ONLY_NAME = /\.server\.[cm]?[jt]sx?$|(?:^|\/)\.server\//;
export const BROWSER_ONLY_NAME = /\.client\.[cm]?[jt]sx?$|(?:^|\/)\.client\/|\.component\.ts$/;
export const SERVER_ONLY_IMPORTS: readonly string[] = ['server-only', 'next/headers', 'next/server'];
export const BROWSER_ONLY_IMPORTS: readonly string[] = ['client-only'];

/** Builds and serves code for browsers; a package with an `index.html` and one of these, and no server, is a front end. */
export const FRONT_END_TOOLS: readonly string[] = [
  'vite',
  'react-scripts',
  '@craco/craco',
  '@vue/cli-service',
  '@angular/core',
  '@angular-devkit/build-angular',
  'parcel',
  'parcel-bundler',
  'webpack-dev-server',
  'snowpack',
  'preact-cli',
  '@rsbuild/core',
  'svelte',
];

/** Shows things in a page: a package that depends on one of these, and on no server, is for browsers. */
export const FRONT_END_FRAMEWORKS: readonly string[] = [
  'react',
  'react-dom',
  'vue',
  'preact',
  'svelte',
  'solid-js',
  '@angular/core',
  'react-native',
  'ember-source',
];

/** Keep components in files of their own language, and find the files of the server by where they lie. */
export const COMPONENT_FRAMEWORKS: readonly string[] = ['nuxt', 'nuxt-edge', '@sveltejs/kit', 'astro'];

/**
 * What fills the terminal or the screen of the person who started it: a server that such a program opens is for that person alone.
 * (terminal-kit, tkwidgets, blessed, neo-blessed, electron, nw: README.md of each)
 */
export const PERSONAL_PACKAGES = ['terminal-kit', 'tkwidgets', 'blessed', 'neo-blessed', 'electron', 'nw'];

/** Answers requests. */
export const SERVER_FRAMEWORKS: readonly string[] = [
  'express',
  'fastify',
  'koa',
  '@hapi/hapi',
  '@nestjs/core',
  'restify',
  'polka',
  'hono',
  '@hono/node-server',
  'sails',
  '@feathersjs/feathers',
  'apollo-server',
  '@apollo/server',
  'graphql-yoga',
  'micro',
  'next',
  'nuxt',
  'nitropack',
  'h3',
  '@remix-run/node',
  '@remix-run/express',
  '@react-router/node',
  '@react-router/serve',
  '@sveltejs/kit',
  'astro',
  '@strapi/strapi',
  '@adonisjs/core',
  '@redwoodjs/core',
  '@medusajs/medusa',
  'socket.io',
  'ws',
  'blitz',
  'egg',
  'moleculer',
  'typeorm',
  'sequelize',
  'mongoose',
  '@prisma/client',
  'pg',
  'mysql2',
  'ioredis',
  'bullmq',
];

export const BROWSER_GLOBALS: readonly string[] = [
  'window',
  'document',
  'navigator',
  'localStorage',
  'sessionStorage',
  'HTMLElement',
  'customElements',
];
export const BROWSER_PACKAGES =
  /^(?:react|react-dom|vue|svelte|preact|solid-js|@angular\/\w+|jquery|@vue\/\w+|lit|pinia|zustand|react-router-dom|@mui\/\w+|antd|vuex|vue-router)(?:\/|$)/;
export const SERVER_PACKAGES =
  /^(?:express|fastify|koa|@hapi\/hapi|@nestjs\/core|restify|polka|http|https|net|http2|socket\.io|ws|hono|@hono\/node-server|sails|@feathersjs\/feathers|apollo-server|@apollo\/server|graphql-yoga|micro|next)$/;
/** No browser has these, and a bundler has no stand-in; puppeteer's callbacks name `document` and run elsewhere. */
export const NODE_PACKAGES =
  /^(?:fs|fs\/promises|child_process|worker_threads|cluster|net|tls|dgram|os|dns|async_hooks|puppeteer|puppeteer-core|playwright|playwright-core|jsdom)$/;
/** Exports by which a route's module brings its server part along with its component. */
export const ROUTE_MODULE_EXPORTS: ReadonlySet<string> = new Set(
  serverFiles.flatMap(({ exports = [] }) => exports).filter((name) => name !== 'handler'),
);

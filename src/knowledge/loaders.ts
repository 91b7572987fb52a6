import type { Source } from './types.js';

/*
 * Packages that load or start files by their paths. API paths are those of the callee, as written in the file: what a package's
 * import, a property of it or the result of a call of it is.
 */

/** Where a call names files: an argument, or an option (by path) of an argument. */
interface NamesFiles {
  readonly api: string;
  readonly arg: number;
  readonly option?: string;
  readonly source: Source;
}

export interface FolderLoader extends NamesFiles {
  /** What the text is: a folder whose files are loaded, or a pattern (or list of patterns) of files. */
  readonly as: 'folder' | 'glob';
  /** Folders below are loaded as well. */
  readonly deep?: true;
  /** A relative path starts from the file that calls, rather than from where the process was started. */
  readonly fromFile?: true;
  /** The option that says where relative paths start from. */
  readonly base?: string;
  /** Given as the first argument to this method, instead of being called: `app.register(autoload, { dir })`. */
  readonly registered?: true;
}

export const folderLoaders: readonly FolderLoader[] = [
  { api: 'require-all:', arg: 0, as: 'folder', deep: true, source: 'require-all@3.0.0 index.js' },
  { api: 'require-all:', arg: 0, option: 'dirname', as: 'folder', deep: true, source: 'require-all@3.0.0 index.js' },
  { api: 'auto-load:', arg: 0, as: 'folder', deep: true, source: 'auto-load@3.0.4 lib/index.js' },
  { api: 'require-dir:', arg: 0, as: 'folder', deep: true, fromFile: true, source: 'require-dir@1.2.0 package.json' },
  {
    api: 'require-directory:',
    arg: 1,
    as: 'folder',
    deep: true,
    fromFile: true,
    source: 'require-directory@2.1.1 package.json',
  },
  { api: 'requiredir:', arg: 0, as: 'folder', deep: true, fromFile: true, source: 'requiredir@1.0.7 package.json' },
  {
    api: '{@fastify/autoload,fastify-autoload}:',
    arg: 1,
    option: 'dir',
    as: 'folder',
    deep: true,
    registered: true,
    source: '@fastify/autoload@6 README.md',
  },
  { api: 'consign:().{include,then}', arg: 0, as: 'folder', deep: true, source: 'consign@0.1.6 lib/consign.js:213' },
  {
    api: 'consign:().{include,then}().then',
    arg: 0,
    as: 'folder',
    deep: true,
    source: 'consign@0.1.6 lib/consign.js:213',
  },
  {
    api: 'consign:().{include,then}().then().then',
    arg: 0,
    as: 'folder',
    deep: true,
    source: 'consign@0.1.6 lib/consign.js:213',
  },
  { api: 'express-load:', arg: 0, as: 'folder', deep: true, source: 'express-load@1.1.16 package.json' },
  {
    api: 'express-load:().then',
    arg: 0,
    as: 'folder',
    deep: true,
    source: 'express-load@1.1.16 lib/express-load.js:51',
  },
  {
    api: 'express-load:().then().then',
    arg: 0,
    as: 'folder',
    deep: true,
    source: 'express-load@1.1.16 lib/express-load.js:51',
  },
  { api: 'awilix:createContainer().loadModules', arg: 0, as: 'glob', base: 'cwd', source: 'awilix@12 README.md' },
  { api: 'awilix:{loadModules,listModules}', arg: 0, as: 'glob', base: 'cwd', source: 'awilix@12 README.md' },
  {
    api: '{awilix-express,awilix-koa,awilix-router-core}:{loadControllers,findControllers}',
    arg: 0,
    as: 'glob',
    base: 'cwd',
    source: 'awilix-router-core@4.0.0 lib/find-controllers.d.ts:24',
  },
  {
    api: 'typeorm:{DataSource,createConnection}',
    arg: 0,
    option: 'entities',
    as: 'glob',
    source: 'typeorm@1.1.1 driver/capacitor/CapacitorDriver.js:59',
  },
  {
    api: 'typeorm:{DataSource,createConnection}',
    arg: 0,
    option: 'subscribers',
    as: 'glob',
    source: 'typeorm@1.1.1 driver/capacitor/CapacitorDriver.js:59',
  },
  {
    api: '@nestjs/typeorm:TypeOrmModule.forRoot',
    arg: 0,
    option: 'entities',
    as: 'glob',
    source: '@nestjs/typeorm@12.0.2 dist/typeorm.module.d.ts:17',
  },
  {
    api: '@nestjs/typeorm:TypeOrmModule.forRoot',
    arg: 0,
    option: 'subscribers',
    as: 'glob',
    source: '@nestjs/typeorm@12.0.2 dist/typeorm.module.d.ts:17',
  },
  {
    api: '@mikro-orm/{core,postgresql,mysql,mariadb,mongodb,sqlite,better-sqlite,libsql,mssql}:{MikroORM.init,defineConfig}',
    arg: 0,
    option: 'entities',
    as: 'glob',
    source: '@mikro-orm/mssql@6.6.16 index.d.ts:8',
  },
  {
    api: 'sequelize-typescript:Sequelize',
    arg: 0,
    option: 'models',
    as: 'glob',
    source: 'sequelize-typescript@2.1.6 dist/sequelize/sequelize/sequelize.d.ts:5',
  },
  {
    api: 'sequelize-typescript:Sequelize().addModels',
    arg: 0,
    as: 'glob',
    source: 'sequelize-typescript@2.1.6 dist/sequelize/sequelize/sequelize.d.ts:13',
  },
  {
    api: 'routing-controllers:{createExpressServer,createKoaServer}',
    arg: 0,
    option: 'controllers',
    as: 'glob',
    source: 'routing-controllers@0.11.3 types/index.d.ts:103',
  },
  {
    api: 'routing-controllers:{useExpressServer,useKoaServer}',
    arg: 1,
    option: 'controllers',
    as: 'glob',
    source: 'routing-controllers@0.11.3 types/index.d.ts:99',
  },
  {
    api: 'type-graphql:{buildSchema,buildSchemaSync}',
    arg: 0,
    option: 'resolvers',
    as: 'glob',
    source: 'type-graphql@1.1.1 dist/utils/index.d.ts:1',
  },
  {
    api: '@graphql-tools/load-files:{loadFiles,loadFilesSync}',
    arg: 0,
    as: 'glob',
    source: '@graphql-tools/load-files@7.0.1 typings/index.d.ts:21',
  },
  {
    api: 'moleculer:ServiceBroker().loadServices',
    arg: 0,
    as: 'folder',
    deep: true,
    source: 'moleculer@0.15.2 src/runner.d.ts:132',
  },
  {
    api: 'moleculer:ServiceBroker().loadService',
    arg: 0,
    as: 'glob',
    source: 'moleculer@0.15.2 src/service-broker.d.ts:446',
  },
  {
    api: 'global:import.meta.{glob,globEager}',
    arg: 0,
    as: 'glob',
    fromFile: true,
    source: 'https://vite.dev/guide/features#glob-import',
  },
  {
    api: 'global:require.context',
    arg: 0,
    as: 'folder',
    deep: true,
    fromFile: true,
    source: 'https://webpack.js.org/guides/dependency-management/#requirecontext',
  },
  { api: 'import-sync:', arg: 0, as: 'folder', fromFile: true, source: 'import-sync@2.2.6 package.json' },
];

/** Gives the paths that a pattern stands for, relative to where the process was started or to the option `cwd`. */
export const globs: readonly { readonly api: string; readonly source: Source }[] = [
  { api: 'glob:', source: 'glob@11 README.md' },
  { api: 'glob:{sync,glob,globSync,glob.sync}', source: 'glob@11 README.md' },
  { api: 'fast-glob:', source: 'fast-glob@3.3.3 package.json' },
  { api: 'fast-glob:{sync,async,glob,globSync}', source: 'fast-glob@3.3.3 out/index.d.ts:21' },
  { api: 'globby:', source: 'globby@16.2.4 package.json' },
  { api: 'globby:{sync,globby,globbySync}', source: 'globby@16.2.4 index.d.ts:247' },
  { api: 'tinyglobby:{glob,globSync}', source: 'tinyglobby@0.2.17 dist/index.d.cts:142' },
  { api: 'fs:{globSync,promises.glob}', source: 'https://nodejs.org/api/fs.html#fsglobsyncpattern-options' },
  { api: 'fs/promises:glob', source: 'https://nodejs.org/api/fs.html#fspromisesglobpattern-options' },
  { api: 'global:import.meta.glob', source: 'https://vite.dev/guide/features#glob-import' },
];

export interface FileStarter extends NamesFiles {
  /** Not a path but a command line, or the arguments of a program. */
  readonly as?: 'command' | 'arguments';
  /** Names without a folder stand for files of this one. */
  readonly folder?: string;
  /** The option that says which folder that is. */
  readonly base?: string;
}

/** What runs a file in a process or thread of its own; it is there as often as the process that starts it. */
export const fileStarters: readonly FileStarter[] = [
  { api: 'child_process:fork', arg: 0, source: 'https://nodejs.org/api/child_process.html' },
  {
    api: 'child_process:{spawn,spawnSync,execFile,execFileSync}',
    arg: 1,
    as: 'arguments',
    source: 'https://nodejs.org/api/child_process.html',
  },
  { api: 'child_process:{exec,execSync}', arg: 0, as: 'command', source: 'https://nodejs.org/api/child_process.html' },
  { api: 'worker_threads:Worker', arg: 0, source: 'https://nodejs.org/api/worker_threads.html' },
  { api: 'global:Worker', arg: 0, source: 'https://developer.mozilla.org/docs/Web/API/Worker/Worker' },
  { api: 'cluster:{setupPrimary,setupMaster}', arg: 0, option: 'exec', source: 'https://nodejs.org/api/cluster.html' },
  { api: 'piscina:', arg: 0, option: 'filename', source: 'piscina@5.3.2 package.json' },
  { api: 'piscina:Piscina', arg: 0, option: 'filename', source: 'piscina@5.3.2 dist/index.d.ts:58' },
  { api: 'tinypool:', arg: 0, option: 'filename', source: 'tinypool@2.2.0 package.json' },
  { api: 'tinypool:Tinypool', arg: 0, option: 'filename', source: 'tinypool@2.2.0 dist/index.d.ts:177' },
  { api: 'workerpool:pool', arg: 0, source: 'workerpool@10.0.3 types/Pool.d.ts:62' },
  { api: 'jest-worker:Worker', arg: 0, source: 'jest-worker@30.5.1 build/index.d.ts:172' },
  { api: 'threads:Worker', arg: 0, source: 'threads@1.7.0 dist/master/index.d.ts:10' },
  { api: 'execa:execaNode', arg: 0, source: 'execa@10.2.1 index.d.ts:18' },
  { api: 'execa:{execa,execaSync}', arg: 1, as: 'arguments', source: 'execa@10.2.1 index.d.ts:15' },
  { api: 'execa:', arg: 1, as: 'arguments', source: 'execa@10.2.1 package.json' },
  { api: 'cross-spawn:', arg: 1, as: 'arguments', source: 'cross-spawn@7.0.6 package.json' },
  { api: 'bree:', arg: 0, option: 'jobs', folder: 'jobs', base: 'root', source: 'bree@9.2.9 package.json' },
  { api: 'bullmq:Worker', arg: 1, source: 'bullmq@6.7.0 dist/esm/utils/index.d.ts:34' },
  { api: '{bull,bullmq}:().process', arg: 0, source: 'bullmq@6.7.0 dist/esm/utils/index.d.ts:115' },
  { api: 'bull:().process', arg: 1, source: 'bull@4.16.5 index.d.ts:600' },
  { api: 'bull:().process', arg: 2, source: 'bull@4.16.5 index.d.ts:600' },
  { api: 'pm2:start', arg: 0, option: 'script', source: 'pm2@7.0.4 types/index.d.ts:29' },
  { api: 'pm2:start', arg: 0, source: 'pm2@7.0.4 types/index.d.ts:29' },
  { api: 'forever-monitor:Monitor', arg: 0, source: 'forever-monitor@3.0.3 lib/index.js:14' },
];

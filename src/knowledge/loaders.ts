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
  { api: 'require-dir:', arg: 0, as: 'folder', deep: true, fromFile: true, source: 'unchecked: require-dir index.js' },
  {
    api: 'require-directory:',
    arg: 1,
    as: 'folder',
    deep: true,
    fromFile: true,
    source: 'unchecked: require-directory index.js',
  },
  { api: 'requiredir:', arg: 0, as: 'folder', deep: true, fromFile: true, source: 'unchecked: requiredir README.md' },
  {
    api: '{@fastify/autoload,fastify-autoload}:',
    arg: 1,
    option: 'dir',
    as: 'folder',
    deep: true,
    registered: true,
    source: '@fastify/autoload@6 README.md',
  },
  { api: 'consign:().{include,then}', arg: 0, as: 'folder', deep: true, source: 'unchecked: consign README.md' },
  { api: 'consign:().{include,then}().then', arg: 0, as: 'folder', deep: true, source: 'unchecked: consign README.md' },
  {
    api: 'consign:().{include,then}().then().then',
    arg: 0,
    as: 'folder',
    deep: true,
    source: 'unchecked: consign README.md',
  },
  { api: 'express-load:', arg: 0, as: 'folder', deep: true, source: 'unchecked: express-load README.md' },
  { api: 'express-load:().then', arg: 0, as: 'folder', deep: true, source: 'unchecked: express-load README.md' },
  { api: 'express-load:().then().then', arg: 0, as: 'folder', deep: true, source: 'unchecked: express-load README.md' },
  { api: 'awilix:createContainer().loadModules', arg: 0, as: 'glob', base: 'cwd', source: 'awilix@12 README.md' },
  { api: 'awilix:{loadModules,listModules}', arg: 0, as: 'glob', base: 'cwd', source: 'awilix@12 README.md' },
  {
    api: '{awilix-express,awilix-koa,awilix-router-core}:{loadControllers,findControllers}',
    arg: 0,
    as: 'glob',
    base: 'cwd',
    source: 'unchecked: awilix-express README.md',
  },
  {
    api: 'typeorm:{DataSource,createConnection}',
    arg: 0,
    option: 'entities',
    as: 'glob',
    source: 'unchecked: TypeORM documentation, data source options',
  },
  {
    api: 'typeorm:{DataSource,createConnection}',
    arg: 0,
    option: 'subscribers',
    as: 'glob',
    source: 'unchecked: TypeORM documentation, data source options',
  },
  {
    api: '@nestjs/typeorm:TypeOrmModule.forRoot',
    arg: 0,
    option: 'entities',
    as: 'glob',
    source: 'unchecked: Nest documentation, database',
  },
  {
    api: '@nestjs/typeorm:TypeOrmModule.forRoot',
    arg: 0,
    option: 'subscribers',
    as: 'glob',
    source: 'unchecked: Nest documentation, database',
  },
  {
    api: '@mikro-orm/{core,postgresql,mysql,mariadb,mongodb,sqlite,better-sqlite,libsql,mssql}:{MikroORM.init,defineConfig}',
    arg: 0,
    option: 'entities',
    as: 'glob',
    source: 'unchecked: MikroORM documentation, configuration',
  },
  {
    api: 'sequelize-typescript:Sequelize',
    arg: 0,
    option: 'models',
    as: 'glob',
    source: 'unchecked: sequelize-typescript README.md',
  },
  {
    api: 'sequelize-typescript:Sequelize().addModels',
    arg: 0,
    as: 'glob',
    source: 'unchecked: sequelize-typescript README.md',
  },
  {
    api: 'routing-controllers:{createExpressServer,createKoaServer}',
    arg: 0,
    option: 'controllers',
    as: 'glob',
    source: 'unchecked: routing-controllers README.md',
  },
  {
    api: 'routing-controllers:{useExpressServer,useKoaServer}',
    arg: 1,
    option: 'controllers',
    as: 'glob',
    source: 'unchecked: routing-controllers README.md',
  },
  {
    api: 'type-graphql:{buildSchema,buildSchemaSync}',
    arg: 0,
    option: 'resolvers',
    as: 'glob',
    source: 'unchecked: TypeGraphQL documentation',
  },
  {
    api: '@graphql-tools/load-files:{loadFiles,loadFilesSync}',
    arg: 0,
    as: 'glob',
    source: 'unchecked: @graphql-tools/load-files README.md',
  },
  {
    api: 'moleculer:ServiceBroker().loadServices',
    arg: 0,
    as: 'folder',
    deep: true,
    source: 'unchecked: Moleculer documentation, services',
  },
  {
    api: 'moleculer:ServiceBroker().loadService',
    arg: 0,
    as: 'glob',
    source: 'unchecked: Moleculer documentation, services',
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
  { api: 'import-sync:', arg: 0, as: 'folder', fromFile: true, source: 'unchecked: import-sync README.md' },
];

/** Gives the paths that a pattern stands for, relative to where the process was started or to the option `cwd`. */
export const globs: readonly { readonly api: string; readonly source: Source }[] = [
  { api: 'glob:', source: 'glob@11 README.md' },
  { api: 'glob:{sync,glob,globSync,glob.sync}', source: 'glob@11 README.md' },
  { api: 'fast-glob:', source: 'unchecked: fast-glob README.md' },
  { api: 'fast-glob:{sync,async,glob,globSync}', source: 'unchecked: fast-glob README.md' },
  { api: 'globby:', source: 'unchecked: globby README.md' },
  { api: 'globby:{sync,globby,globbySync}', source: 'unchecked: globby README.md' },
  { api: 'tinyglobby:{glob,globSync}', source: 'unchecked: tinyglobby README.md' },
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
  { api: 'piscina:', arg: 0, option: 'filename', source: 'unchecked: piscina README.md' },
  { api: 'piscina:Piscina', arg: 0, option: 'filename', source: 'unchecked: piscina README.md' },
  { api: 'tinypool:', arg: 0, option: 'filename', source: 'unchecked: tinypool README.md' },
  { api: 'tinypool:Tinypool', arg: 0, option: 'filename', source: 'unchecked: tinypool README.md' },
  { api: 'workerpool:pool', arg: 0, source: 'unchecked: workerpool README.md' },
  { api: 'jest-worker:Worker', arg: 0, source: 'unchecked: jest-worker README.md' },
  { api: 'threads:Worker', arg: 0, source: 'unchecked: threads.js documentation' },
  { api: 'execa:execaNode', arg: 0, source: 'unchecked: execa documentation' },
  { api: 'execa:{execa,execaSync}', arg: 1, as: 'arguments', source: 'unchecked: execa documentation' },
  { api: 'execa:', arg: 1, as: 'arguments', source: 'unchecked: execa documentation' },
  { api: 'cross-spawn:', arg: 1, as: 'arguments', source: 'unchecked: cross-spawn README.md' },
  { api: 'bree:', arg: 0, option: 'jobs', folder: 'jobs', base: 'root', source: 'unchecked: bree README.md' },
  { api: 'bullmq:Worker', arg: 1, source: 'unchecked: BullMQ documentation, sandboxed processors' },
  { api: '{bull,bullmq}:().process', arg: 0, source: 'unchecked: Bull documentation, separate processes' },
  { api: 'bull:().process', arg: 1, source: 'unchecked: Bull documentation, separate processes' },
  { api: 'bull:().process', arg: 2, source: 'unchecked: Bull documentation, separate processes' },
  { api: 'pm2:start', arg: 0, option: 'script', source: 'unchecked: pm2 documentation, programmatic API' },
  { api: 'pm2:start', arg: 0, source: 'unchecked: pm2 documentation, programmatic API' },
  { api: 'forever-monitor:Monitor', arg: 0, source: 'unchecked: forever-monitor README.md' },
];

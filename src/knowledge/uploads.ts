import type {
  FileWriteKnowledge,
  FolderServingKnowledge,
  UploadKnowledge,
  UploadMethod,
  UploadStorageKnowledge,
  ValueKnowledge,
} from './types.js';

const NODE = 'Node.js API documentation, fs';
const FORMIDABLE = 'formidable@3.5.4 README.md, options.uploadDir: default `os.tmpdir()`';

/** Calls that accept uploads, and where the files go. */
export const uploads: readonly UploadKnowledge[] = [
  {
    api: 'multer:',
    options: 0,
    folder: 'dest',
    storage: 'storage',
    default: 'memory',
    note: 'multer writes uploads to `dest`',
    source: 'multer@2.5.0 index.js:83-88 `storage`, else `dest` with diskStorage, else memoryStorage',
  },
  {
    api: '{@koa/multer,koa-multer,multer-fastify,fastify-multer}:',
    options: 0,
    folder: 'dest',
    storage: 'storage',
    default: 'memory',
    note: 'multer writes uploads to `dest`',
    source: 'unchecked: @koa/multer README.md',
  },
  {
    api: '@nestjs/platform-express:{FileInterceptor,FileFieldsInterceptor}',
    options: 1,
    folder: 'dest',
    storage: 'storage',
    default: 'memory',
    note: 'the interceptor writes uploads to `dest`',
    source: '@nestjs/platform-express@12.5.1 multer/interceptors/*.d.ts',
  },
  {
    api: '@nestjs/platform-express:FilesInterceptor',
    options: 2,
    folder: 'dest',
    storage: 'storage',
    default: 'memory',
    note: 'the interceptor writes uploads to `dest`',
    source: '@nestjs/platform-express@12.5.1 multer/interceptors/files.interceptor.d.ts',
  },
  {
    api: '@nestjs/platform-express:AnyFilesInterceptor',
    options: 0,
    folder: 'dest',
    storage: 'storage',
    default: 'memory',
    note: 'the interceptor writes uploads to `dest`',
    source: '@nestjs/platform-express@12.5.1 multer/interceptors/any-files.interceptor.d.ts',
  },
  {
    api: '@nestjs/platform-express:MulterModule.{register,registerAsync}',
    options: 0,
    folder: 'dest',
    storage: 'storage',
    default: 'memory',
    note: 'MulterModule writes uploads to `dest`',
    source: '@nestjs/platform-express@12.5.1 multer/multer.module.d.ts',
  },
  {
    api: 'formidable:{,formidable,Formidable,IncomingForm}',
    options: 0,
    folder: 'uploadDir',
    storage: 'fileWriteStreamHandler',
    default: 'temp',
    note: 'formidable writes uploads to `uploadDir`',
    source: FORMIDABLE,
  },
  {
    api: 'express-formidable:',
    options: 0,
    folder: 'uploadDir',
    default: 'temp',
    note: 'express-formidable writes uploads to `uploadDir`',
    source: 'express-formidable@1.2.0 package.json',
  },
  {
    api: 'express-fileupload:',
    options: 0,
    folder: 'tempFileDir',
    switch: 'useTempFiles',
    default: 'memory',
    note: 'express-fileupload writes uploads to `tempFileDir` (`./tmp` by default) when `useTempFiles` is set, and wherever `.mv()` is told to',
    source:
      "express-fileupload@1.5.2 lib/index.js:22-23 useTempFiles: false, tempFileDir: path.join(process.cwd(), 'tmp')",
  },
  {
    api: '{multiparty:Form,connect-multiparty:}',
    options: 0,
    folder: 'uploadDir',
    default: 'temp',
    note: 'multiparty writes uploads to `uploadDir`',
    source: 'multiparty@4.3.1 README.md "`uploadDir` - Only relevant when `autoFiles` is `true`."',
  },
  {
    api: '{busboy,@fastify/busboy,connect-busboy}:{,Busboy}',
    options: 0,
    default: 'stream',
    note: 'busboy hands uploads over as streams',
    source: 'busboy@1.6.0 README.md',
  },
  {
    api: '{@fastify/multipart,fastify-multipart}:',
    plugin: 'fastify',
    options: 1,
    default: 'stream',
    note: '@fastify/multipart hands uploads over as streams; `saveRequestFiles` writes them to the temporary folder',
    source: '@fastify/multipart@10.1.9 README.md `req.saveRequestFiles()`',
  },
  {
    api: '{koa-body:,koa-body:koaBody}',
    options: 0,
    folder: 'formidable.uploadDir',
    switch: 'multipart',
    default: 'temp',
    note: 'koa-body writes uploads to `formidable.uploadDir`',
    source: 'koa-body@8.0.1 README.md, `multipart`: default `false`, `uploadDir`: default `os.tmpDir()`',
  },
  {
    api: '@tus/server:Server',
    options: 0,
    storage: 'datastore',
    default: 'folder',
    note: 'the tus server writes uploads to its `datastore`',
    source: '@tus/server@2.4.5 README.md `datastore: new FileStore({ directory: "./files" })`',
  },
  {
    api: 'tus-node-server:Server',
    options: 0,
    storage: 'datastore',
    default: 'folder',
    note: 'the tus server writes uploads to its `datastore`',
    source: 'tus-node-server@0.9.0 index.d.ts:109',
  },
  {
    api: '@uppy/companion:app',
    options: 0,
    folder: 'filePath',
    default: 'folder',
    note: 'Uppy Companion keeps files in `filePath` on their way',
    source: '@uppy/companion@6.2.2 lib/companion.d.ts:8',
  },
  {
    api: '@hapi/hapi:Server().route',
    options: 0,
    folder: 'options.payload.uploads',
    switch: 'options.payload.output',
    switchOn: ['file'],
    default: 'memory',
    note: "hapi writes uploads to `payload.uploads` with `output: 'file'`",
    source: '@hapi/hapi@21.4.10 lib/config.js:145 output, :157 `uploads: Validate.string().default(Os.tmpdir())`',
  },
  {
    api: 'skipper-disk:',
    options: 0,
    folder: 'dirname',
    default: 'folder',
    note: 'skipper writes uploads to `.tmp/uploads`',
    source: 'skipper-disk@0.5.12 package.json',
  },
];

/** Storage engines for uploads, by the path of the engine. */
export const uploadStorages: readonly UploadStorageKnowledge[] = [
  {
    api: 'multer:diskStorage()',
    keeps: 'disk',
    folder: { arg: 0, path: 'destination' },
    source: 'multer@2.5.0 README.md, DiskStorage; storage/disk.js uses os.tmpdir() without `destination`',
  },
  {
    api: '{@koa/multer,koa-multer,fastify-multer}:diskStorage()',
    keeps: 'disk',
    folder: { arg: 0, path: 'destination' },
    source: 'fastify-multer@2.0.3 lib/index.d.ts:24',
  },
  {
    api: '{multer,@koa/multer,koa-multer,fastify-multer}:memoryStorage()',
    keeps: 'memory',
    source: 'multer@2.5.0 README.md, MemoryStorage',
  },
  { api: 'multer-s3:()', keeps: 'shared', source: 'multer-s3@3.0.1 index.js:254' },
  {
    api: '{multer-s3-transform,multer-sharp-s3,multer-s3-v2,multer-s3-v3}:()',
    keeps: 'shared',
    source: 'multer-s3-v3@33.0.12 package.json',
  },
  {
    api: 'multer-gridfs-storage:{(),GridFsStorage()}',
    keeps: 'shared',
    source: 'multer-gridfs-storage@6.2.1 dist/esm/index.d.ts:7',
  },
  {
    api: 'multer-storage-cloudinary:{(),CloudinaryStorage()}',
    keeps: 'shared',
    source: 'multer-storage-cloudinary@4.0.0 lib/index.d.ts:23',
  },
  {
    api: '{multer-google-storage,multer-cloud-storage}:{(),storageEngine(),default()}',
    keeps: 'shared',
    source: 'multer-cloud-storage@5.0.0 lib/index.js:143',
  },
  {
    api: '{multer-azure-blob-storage,multer-azure-storage}:{(),MulterAzureStorage()}',
    keeps: 'shared',
    source: 'multer-azure-storage@0.2.0 index.js:16',
  },
  {
    api: 'multer-minio-storage-engine:{(),MinioStorageEngine()}',
    keeps: 'shared',
    source: 'unchecked: README of the package',
  },
  {
    api: '@tus/file-store:FileStore()',
    keeps: 'disk',
    folder: { arg: 0, path: 'directory' },
    source: '@tus/file-store@2.1.1 dist/index.d.ts:16 `constructor({ directory, configstore, … })`',
  },
  {
    api: 'tus-node-server:FileStore()',
    keeps: 'disk',
    folder: { arg: 0, path: 'directory' },
    source: 'tus-node-server@0.9.0 index.d.ts:85',
  },
  {
    api: '{@tus/s3-store:S3Store,@tus/gcs-store:GCSStore,@tus/azure-store:AzureStore,tus-node-server:S3Store,tus-node-server:GCSDataStore}()',
    keeps: 'shared',
    source: 'tus-node-server@0.9.0 index.d.ts:93',
  },
];

/** Calls that write files, with the argument that says where and the one that says what. */
export const fileWrites: readonly FileWriteKnowledge[] = [
  { api: '{fs:{,promises.},fs/promises:,fs-extra:}{writeFile,appendFile}', path: 0, content: 1, source: NODE },
  { api: '{fs:,fs-extra:}{writeFileSync,appendFileSync}', path: 0, content: 1, source: NODE },
  { api: '{fs:,fs-extra:}createWriteStream', path: 0, stream: true, source: NODE },
  { api: '{fs:{,promises.},fs/promises:,fs-extra:}{rename,copyFile,cp}', path: 1, from: 0, source: NODE },
  { api: '{fs:,fs-extra:}{renameSync,copyFileSync,cpSync}', path: 1, from: 0, source: NODE },
  { api: 'fs-extra:{move,moveSync,copy,copySync}', path: 1, from: 0, source: 'fs-extra@11.4.1 lib/esm.mjs:14' },
  { api: 'fs-extra:{outputFile,outputFileSync}', path: 0, content: 1, source: 'fs-extra@11.4.1 lib/esm.mjs:52' },
  {
    api: 'fs-extra:{writeJson,writeJSON,writeJsonSync,writeJSONSync,outputJson,outputJSON,outputJsonSync,outputJSONSync}',
    path: 0,
    content: 1,
    source: 'fs-extra@11.4.1 lib/esm.mjs:42',
  },
  {
    api: '{write-file-atomic:,write-file-atomic:sync,jsonfile:writeFile,jsonfile:writeFileSync,write-json-file:,write-json-file:writeJsonFile,write-json-file:writeJsonFileSync}',
    path: 0,
    content: 1,
    source: 'write-json-file@7.0.0 index.d.ts:70',
  },
  { api: '{move-file:,move-file:moveFile,mv:}', path: 1, from: 0, source: 'mv@2.1.1 package.json' },
  { api: 'global:Bun.write', path: 0, content: 1, source: 'unchecked: Bun documentation' },
  { api: 'sharp:().toFile', path: 0, source: 'sharp@0.35.5 lib/index.d.ts:645' },
  { api: 'express:().get/1.0.files.*.mv', path: 0, source: 'express-fileupload@1.5.2 README.md `sampleFile.mv(path)`' },
];

/** Methods that write an upload where they are told to, for receivers without a known path. */
export const uploadMethods: readonly UploadMethod[] = [
  {
    method: 'mv',
    path: 0,
    receiver: 'file|image|upload|avatar|photo|picture|doc|attachment|logo|video|pdf|csv',
    source: 'express-fileupload@1.5.2 README.md',
  },
  {
    method: 'toFile',
    path: 0,
    receiver: 'sharp|image|img|pipeline|resized|thumb',
    source: 'unchecked: sharp documentation',
  },
];

/** Values that hold what a client has uploaded: everything below these paths. */
export const uploadedValues: readonly ValueKnowledge[] = [
  { api: 'express:().get/1.0.{file,files}', source: 'multer@2.5.0 README.md; express-fileupload@1.5.2 README.md' },
  { api: 'fastify:().get/1.0.{file(),files(),parts()}', source: '@fastify/multipart@10.1.9 README.md' },
  { api: 'fastify:().get/1.0.saveRequestFiles()', source: '@fastify/multipart@10.1.9 README.md' },
  {
    api: 'koa:().use/0.0.{request.files,request.file,file,files,req.file,req.files}',
    source: 'koa-body@8.0.1 README.md; unchecked: @koa/multer README.md',
  },
  {
    api: '@nestjs/common:{UploadedFile(),UploadedFiles()}',
    source: '@nestjs/common@12.5.1 decorators/http/route-params.decorator.d.ts:164',
  },
  { api: 'formidable:{(),formidable(),Formidable(),IncomingForm()}.parse()', source: 'formidable@3.5.4 README.md' },
  { api: 'formidable:{(),formidable(),Formidable(),IncomingForm()}.parse/1.2', source: 'formidable@3.5.4 README.md' },
  { api: 'multiparty:Form().parse/1.2', source: 'multiparty@4.3.1 README.md' },
  { api: '{busboy,@fastify/busboy}:{(),Busboy()}.on/1.1', source: 'busboy@1.6.0 README.md' },
  {
    api: '@hapi/hapi:Server().route/0.{handler,options.handler}.0.payload',
    source: '@hapi/hapi@21.4.10 API.md, route.options.payload.output',
  },
  { api: 'next/server:NextRequest().formData()', source: 'next@16.4.6 dist/client/form-shared.js:77' },
];

/** Requests, which are streams of what the client sends: `req.pipe(file)` keeps it as it comes. */
export const requestStreams: readonly ValueKnowledge[] = [
  { api: 'http:createServer/0.0', source: 'Node.js API documentation, http.IncomingMessage is a stream.Readable' },
  { api: 'express:().get/1.0', source: 'express@5.3.0 lib/request.js (its prototype is http.IncomingMessage)' },
  { api: 'koa:().use/0.0.req', source: 'koa@3.3.0 lib/context.js (the request of Node)' },
  { api: 'fastify:().get/1.0.raw', source: 'fastify@5.12.8 docs/Reference/Request.md: raw' },
  { api: 'ws:{,WebSocket.}createWebSocketStream()', source: 'ws@8.23.0 lib/stream.js' },
];

/** Values that lie in the temporary folder. */
export const temporaryFolders: readonly ValueKnowledge[] = [
  { api: 'os:tmpdir()', source: 'Node.js API documentation, os' },
  { api: 'fs:{mkdtempSync,mkdtemp,promises.mkdtemp}()', source: NODE },
  { api: 'fs/promises:mkdtemp()', source: NODE },
  { api: 'tmp:{dirSync,fileSync}()', source: 'tmp@0.2.7 lib/tmp.js:168' },
  { api: 'tmp:{dirSync,fileSync}().name', source: 'tmp@0.2.7 lib/tmp.js:78' },
  { api: 'tmp:{tmpNameSync,tmpdir}', source: 'tmp@0.2.7 lib/tmp.js:647' },
  { api: 'tmp:{dir,file,tmpName}/{0,1}.1', source: 'tmp@0.2.7 lib/tmp.js:67' },
  { api: 'tmp-promise:{dir,file,dirSync,fileSync,tmpName}()', source: 'tmp-promise@3.0.3 index.d.ts:25' },
  { api: 'tmp-promise:{dir,file}().path', source: 'tmp-promise@3.0.3 index.d.ts:5' },
  {
    api: 'tempy:{temporaryFile,temporaryDirectory,temporaryWrite,file,directory,write}()',
    source: 'unchecked: tempy readme.md',
  },
  { api: 'temp:{mkdirSync,path}()', source: 'temp@0.9.4 lib/temp.js:2' },
  { api: 'temp-dir:', source: 'temp-dir@3.0.0 package.json' },
  { api: 'env:{TMPDIR,TEMP,TMP,RUNNER_TEMP}', source: 'POSIX; Windows' },
];

/** Regular expressions on a path that say it is temporary by its name alone. */
export const temporaryPaths: readonly string[] = [
  '^/tmp(?:/|$)',
  '^/var/tmp(?:/|$)',
  '^/dev/shm(?:/|$)',
  '^[A-Za-z]:\\\\(?:temp|tmp)(?:\\\\|$)',
];

/** Calls that serve the files of a folder (or one file) to clients. */
export const folderServing: readonly FolderServingKnowledge[] = [
  { api: 'express:static', arg: 0, source: 'express@5.3.0 lib/express.js:79' },
  { api: 'serve-static:', arg: 0, source: 'serve-static@2.2.1 package.json' },
  { api: 'serve-index:', arg: 0, source: 'serve-index@1.9.2 package.json' },
  { api: 'express:().get/1.1.{sendFile,sendfile,download}', arg: 0, source: 'express@5.3.0 lib/response.js' },
  {
    api: '{@fastify/static,fastify-static}:',
    plugin: 'fastify',
    arg: 1,
    path: 'root',
    source: 'fastify-static@4.7.0 package.json',
  },
  { api: 'fastify:().get/1.1.{sendFile,download}', arg: 0, source: 'unchecked: @fastify/static README.md' },
  { api: '{koa-static,koa-static-cache,koa-serve}:', arg: 0, source: 'koa-serve@0.1.7 package.json' },
  { api: 'koa-send:{,send}', arg: 1, source: 'koa-send@5.0.1 index.js:50' },
  {
    api: '@hapi/hapi:Server().route',
    arg: 0,
    path: 'handler.directory.path',
    source: '@hapi/hapi@21.4.10 lib/types/plugin.d.ts:144',
  },
  {
    api: '@nestjs/serve-static:ServeStaticModule.{forRoot,forRootAsync}',
    arg: 0,
    path: 'rootPath',
    source: '@nestjs/serve-static@12.0.0 dist/serve-static.module.d.ts:12',
  },
  {
    api: '@nestjs/core:NestFactory.create().useStaticAssets',
    arg: 0,
    source: '@nestjs/core@12.5.1 nest-application.d.ts:62',
  },
  {
    api: '@hono/node-server/serve-static:serveStatic',
    arg: 0,
    path: 'root',
    source: '@hono/node-server@2.1.8 dist/serve-static.d.cts:17',
  },
  { api: 'restify:plugins.serveStatic', arg: 0, path: 'directory', source: 'restify@12.0.0 lib/plugins/index.js:28' },
  { api: 'sirv:', arg: 0, source: 'sirv@3.0.2 package.json' },
];

import type { FileOutput, FileOutputMethod, FileRead } from './types.js';

const NODE = 'Node.js API documentation, fs';
const FS_EXTRA = 'fs-extra@11.4.1 lib/index.js, lib/json/index.js';

/** Calls that read files. */
export const fileReads: readonly FileRead[] = [
  { api: '{fs:{,promises.},fs/promises:,fs-extra:}{readFile,open}', path: { arg: 0 }, source: NODE },
  { api: '{fs:,fs-extra:}{readFileSync,createReadStream,openSync}', path: { arg: 0 }, source: NODE },
  {
    api: '{fs:{,promises.},fs/promises:,fs-extra:}{readdir,opendir}',
    path: { arg: 0 },
    folder: true,
    source: NODE,
  },
  { api: '{fs:,fs-extra:}{readdirSync,opendirSync}', path: { arg: 0 }, folder: true, source: NODE },
  {
    api: 'fs-extra:{readJson,readJSON,readJsonSync,readJSONSync}',
    path: { arg: 0 },
    parsed: true,
    source: FS_EXTRA,
  },
  {
    api: 'jsonfile:{readFile,readFileSync}',
    path: { arg: 0 },
    parsed: true,
    source: 'jsonfile@6.2.1 README.md',
  },
  {
    api: '{load-json-file:,load-json-file:loadJsonFile,load-json-file:loadJsonFileSync}',
    path: { arg: 0 },
    parsed: true,
    source: 'unchecked: load-json-file readme.md',
  },
  { api: 'global:Bun.file', path: { arg: 0 }, source: 'unchecked: Bun documentation' },

  // What answers requests with files
  { api: 'express:static', path: { arg: 0 }, folder: true, serves: true, source: 'express@5.3.0 lib/express.js:79' },
  {
    api: '{serve-static:,serve-index:,koa-static:,koa-static-cache:,koa-serve:,sirv:}',
    path: { arg: 0 },
    folder: true,
    serves: true,
    source: 'unchecked: README of the package',
  },
  {
    api: 'express:().get/1.1.{sendFile,sendfile,download}',
    path: { arg: 0 },
    root: { arg: 1, path: 'root' },
    serves: true,
    source: 'express@5.3.0 lib/response.js, res.sendFile, res.download',
  },
  {
    api: 'fastify:().get/1.1.{sendFile,download}',
    path: { arg: 0 },
    root: { arg: 1 },
    serves: true,
    source: 'unchecked: @fastify/static README.md',
  },
  {
    api: 'koa-send:{,send}',
    path: { arg: 1 },
    root: { arg: 2, path: 'root' },
    serves: true,
    source: 'unchecked: koa-send README.md',
  },
  {
    api: '@hapi/hapi:Server().route/0.{handler,options.handler}.1.file',
    path: { arg: 0 },
    serves: true,
    source: 'unchecked: @hapi/inert README.md',
  },
  {
    api: '@hapi/hapi:Server().route',
    path: { arg: 0, path: 'handler.directory.path' },
    folder: true,
    serves: true,
    source: 'unchecked: @hapi/inert README.md',
  },
  {
    api: '@hapi/hapi:Server().route',
    path: { arg: 0, path: 'handler.file' },
    serves: true,
    source: 'unchecked: @hapi/inert README.md',
  },
  {
    api: '@nestjs/serve-static:ServeStaticModule.{forRoot,forRootAsync}',
    path: { arg: 0, path: 'rootPath' },
    folder: true,
    serves: true,
    source: 'unchecked: @nestjs/serve-static README.md',
  },
  {
    api: '@nestjs/core:NestFactory.create().useStaticAssets',
    path: { arg: 0 },
    folder: true,
    serves: true,
    source: 'unchecked: Nest documentation, MVC',
  },
  {
    api: 'restify:plugins.serveStatic',
    path: { arg: 0, path: 'directory' },
    folder: true,
    serves: true,
    source: 'unchecked: restify documentation',
  },
];

/** Calls of other packages that write files, beyond those that copy what they are given. */
export const fileOutputs: readonly FileOutput[] = [
  {
    api: 'exceljs:Workbook().{xlsx,csv}.writeFile',
    path: { arg: 0 },
    source: 'exceljs@4.4.0 README.md `await workbook.xlsx.writeFile(filename)`',
  },
  {
    api: 'xlsx:{writeFile,writeFileXLSX,writeFileSync,writeFileAsync}',
    path: { arg: 1 },
    source: 'xlsx@0.18.5 types/index.d.ts:27',
  },
  { api: 'qrcode:toFile', path: { arg: 0 }, source: 'qrcode@1.5.4 README.md `QRCode.toFile(path, text)`' },
  {
    api: 'csv-writer:{createObjectCsvWriter,createArrayCsvWriter}',
    path: { arg: 0, path: 'path' },
    source: "csv-writer@1.6.0 README.md `path: 'path/to/file.csv'`",
  },
  {
    api: 'html-pdf:create().toFile',
    path: { arg: 0 },
    source: "html-pdf@3.0.1 README.md `pdf.create(html).toFile('./businesscard.pdf', …)`",
  },
  {
    api: 'node-html-to-image:',
    path: { arg: 0, path: 'output' },
    source: "node-html-to-image@5.0.0 README.md `output: './image.png'`",
  },
  {
    api: 'adm-zip:().writeZip',
    path: { arg: 0 },
    source: 'adm-zip@0.6.1 README.md `zip.writeZip(path)`',
  },
  {
    api: 'adm-zip:().{extractAllTo,extractAllToAsync}',
    path: { arg: 0 },
    folder: true,
    source: 'adm-zip@0.6.1 README.md `zip.extractAllTo(path, overwrite)`',
  },
  {
    api: 'extract-zip:',
    path: { arg: 1, path: 'dir' },
    folder: true,
    source: 'extract-zip@2.0.1 readme.md `await extract(source, { dir: target })`',
  },
  {
    api: 'unzipper:Extract',
    path: { arg: 0, path: 'path' },
    folder: true,
    source: "unzipper@0.12.5 README.md `unzipper.Extract({ path: 'output/path' })`",
  },
  {
    api: 'decompress:',
    path: { arg: 1 },
    folder: true,
    source: "decompress@4.2.1 readme.md `decompress('unicorn.zip', 'dist')`",
  },
  {
    api: 'tar:{x,extract}',
    path: { arg: 0, path: 'cwd' },
    folder: true,
    source: 'tar@7.5.23 README.md "`cwd` Working directory for creation and extraction operations"',
  },
  {
    api: 'tar:{x,extract}',
    path: { arg: 0, path: 'C' },
    folder: true,
    source: "tar@7.5.23 README.md `C: 'some-dir', // alias for cwd`",
  },
];

/** The same for objects that reach their place on many ways. */
export const fileOutputMethods: readonly FileOutputMethod[] = [
  {
    method: 'screenshot',
    path: { arg: 0, path: 'path' },
    receiver: 'page|element|locator|handle|frame',
    source: 'puppeteer-core@24.43.1 lib/types.d.ts, ScreenshotOptions.path; playwright has the same',
  },
  {
    method: 'pdf',
    path: { arg: 0, path: 'path' },
    receiver: 'page',
    source: 'puppeteer-core@24.43.1 lib/types.d.ts, PDFOptions.path; playwright has the same',
  },
  {
    method: 'save',
    path: { arg: 0 },
    receiver: 'ffmpeg|fluent',
    source: 'fluent-ffmpeg@2.1.3 README.md `ffmpeg(path).save(path)`',
  },
  {
    method: 'output',
    path: { arg: 0 },
    receiver: 'ffmpeg|fluent',
    source: "fluent-ffmpeg@2.1.3 README.md `.output('outputfile.mp4')`",
  },
  {
    method: 'writeFile',
    path: { arg: 0 },
    receiver: '\\.(?:xlsx|csv)$',
    source: 'exceljs@4.4.0 README.md `await workbook.xlsx.writeFile(filename)`',
  },
  {
    method: 'saveAs',
    path: { arg: 0 },
    receiver: 'download',
    source: 'unchecked: Playwright documentation, Download.saveAs',
  },
  {
    method: 'write',
    path: { arg: 0 },
    receiver: '^(?:image|img|jimp|thumb(?:nail)?|picture)$',
    source: 'jimp@1.6.1 README.md `await image.write("test-small.jpg")`',
  },
  {
    method: 'writeAsync',
    path: { arg: 0 },
    receiver: 'image|img|jimp|thumb|picture',
    source: 'unchecked: jimp 0 README.md `image.writeAsync(path)`',
  },
];

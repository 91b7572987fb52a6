import type { LogCollector, LogFileCall, LogFileOption, LogSink, LogToStdout } from './types.js';

const WINSTON = 'winston@3.19.0 lib/winston/transports/file.js:56-73 (`filename`, `dirname` or `stream`)';
const ROTATE = 'winston-daily-rotate-file@5.0.0 index.js:4, daily-rotate-file.js:72-83';
const PINO = 'pino@10.4.0 pino.js:239 "dest = process.stdout.fd", docs/transports.md';
const LOG4JS = 'log4js@6.9.1 README.md, lib/appenders/{file,dateFile,multiFile,fileSync}.js';
const BUNYAN = 'bunyan@2.0.5 README.md "A `type === \'file\'` stream requires a `path` field", "rotating-file"';
const MORGAN = 'morgan@1.12.1 README.md "Output stream for writing log lines, defaults to `process.stdout`"';
const SIMPLE = 'simple-node-logger@21.8.12 lib/SimpleLogger.js:195-286';
const MIDWAY = '@midwayjs/logger@4.0.1 README.md, FileTransport and JSONTransport (`dir`, `fileLogName`)';

/** Calls that log to a file whatever the logger. */
export const logFileCalls: readonly LogFileCall[] = [
  {
    api: 'winston:transports.File',
    what: "winston's `File` transport",
    file: [
      { arg: 0, path: 'filename' },
      { arg: 0, path: 'dirname' },
    ],
    otherwise: 'stream',
    source: WINSTON,
  },
  {
    api: '{winston:transports.DailyRotateFile,winston-daily-rotate-file:}',
    what: '`winston-daily-rotate-file`',
    file: [
      { arg: 0, path: 'filename' },
      { arg: 0, path: 'dirname' },
    ],
    source: ROTATE,
  },
  {
    api: 'file-stream-rotator:getStream',
    what: '`file-stream-rotator`',
    file: [{ arg: 0, path: 'filename' }],
    source: 'file-stream-rotator@1.0.0 README.md, lib/index.d.ts',
  },
  {
    api: 'rotating-file-stream:{,createStream}',
    what: '`rotating-file-stream`',
    file: [{ arg: 0 }],
    source: 'rotating-file-stream@3.2.10 README.md `createStream("file.log", options)`; called directly in version 1',
  },
  {
    api: 'bunyan-rotating-file-stream:',
    what: '`bunyan-rotating-file-stream`',
    file: [{ arg: 0, path: 'path' }],
    source: 'bunyan-rotating-file-stream@2.0.6 README.md',
  },
  {
    api: 'streamroller:{RollingFileStream,DateRollingFileStream,RollingFileWriteStream}',
    what: '`streamroller`',
    file: [{ arg: 0 }],
    source: 'streamroller@3.1.5 lib/index.js:2',
  },
  {
    api: 'logrotate-stream:',
    what: '`logrotate-stream`',
    file: [{ arg: 0, path: 'file' }],
    source: 'logrotate-stream@0.2.9 package.json',
  },
  {
    api: 'pino:{destination,extreme}',
    what: '`pino.destination`',
    file: [{ arg: 0 }, { arg: 0, path: 'dest' }],
    otherwise: 'stdout',
    source: PINO,
  },
  {
    api: 'sonic-boom:{,SonicBoom}',
    what: '`sonic-boom`',
    file: [{ arg: 0, path: 'dest' }],
    otherwise: 'stdout',
    source: 'pino@10.4.0 lib/tools.js, docs/transports.md:260 `new SonicBoom({ dest })`',
  },
  {
    api: 'pino-roll:',
    what: '`pino-roll`',
    file: [{ arg: 0, path: 'file' }],
    source: 'pino-roll@4.0.0 README.md, `build(options)`',
  },
  {
    api: 'tracer:dailyfile',
    what: "tracer's `dailyfile`",
    file: [{ arg: 0, path: 'root' }],
    source: 'tracer@1.3.0 lib/dailyfile.js:19-31',
  },
  {
    api: 'simple-node-logger:{createSimpleLogger,createSimpleFileLogger}',
    what: '`simple-node-logger`',
    file: [{ arg: 0, path: 'logFilePath' }, { arg: 0 }],
    otherwise: 'stdout',
    source: SIMPLE,
  },
  {
    api: 'simple-node-logger:createRollingFileLogger',
    what: '`simple-node-logger`',
    file: [{ arg: 0, path: 'logDirectory' }],
    source: SIMPLE,
  },
  {
    api: '@midwayjs/logger:{FileTransport,JSONTransport}',
    what: "Midway's file transport",
    file: [{ arg: 0, path: 'dir' }],
    source: MIDWAY,
  },
  {
    api: '@adonisjs/core/logger:targets.file',
    what: "Adonis' file target",
    file: [{ arg: 0, path: 'destination' }],
    otherwise: 'stdout',
    source: '@adonisjs/logger@6.0.7 build/src/types.d.ts, FileTargetOptions `destination: string | number`',
  },
  {
    api: 'log4js:appenders.{file,dateFile}',
    what: "log4js' file appender",
    file: [{ arg: 0 }],
    source: 'log4js@6.9.1 types/log4js.d.ts:215',
  },
];

const PINO_FILE = {
  kind: { path: 'target', in: ['pino/file'] },
  file: 'options.destination',
  otherwise: 'stdout',
} as const;
const PINO_ROLL = {
  kind: { path: 'target', in: ['pino-roll', 'pino-rotating-file-stream', 'pino-daily-rotate-file'] },
  file: 'options.file',
} as const;

/** Calls whose options hold pino's transport: its argument and path, and whether it is the transport itself. */
const PINO_TRANSPORTS = [
  { api: 'pino:transport', arg: 0, items: [[], ['targets', '*'], ['pipeline', '*']] },
  {
    api: '{pino:{,pino},pino-http:{,pinoHttp},express-pino-logger:}',
    arg: 0,
    items: [['transport'], ['transport', 'targets', '*'], ['transport', 'pipeline', '*']],
  },
  {
    api: 'nestjs-pino:LoggerModule.{forRoot,forRootAsync}',
    arg: 0,
    items: [
      ['pinoHttp', 'transport'],
      ['pinoHttp', 'transport', 'targets', '*'],
      ['pinoHttp', '*', 'transport'],
      ['pinoHttp', '*', 'transport', 'targets', '*'],
    ],
  },
  {
    api: '{fastify:,@nestjs/platform-fastify:FastifyAdapter}',
    arg: 0,
    items: [
      ['logger', 'transport'],
      ['logger', 'transport', 'targets', '*'],
    ],
  },
] as const;

/** Options of loggers that name files. */
export const logFileOptions: readonly LogFileOption[] = [
  ...PINO_TRANSPORTS.flatMap(({ api, arg, items }) =>
    items.flatMap((path) => [
      { api, arg, items: path.join('.'), ...PINO_FILE, what: '`pino/file`', source: PINO },
      {
        api,
        arg,
        items: path.join('.'),
        ...PINO_ROLL,
        what: "pino's rolling file transport",
        source: 'pino-roll@4.0.0 README.md; unchecked: README of the other packages',
      },
    ]),
  ),
  {
    api: '{fastify:,@nestjs/platform-fastify:FastifyAdapter}',
    arg: 0,
    items: 'logger',
    file: 'file',
    otherwise: 'stdout',
    what: "fastify's option `logger.file`",
    source: 'fastify@5.12.8 lib/logger-pino.js:18-21 "opts.stream = pino.destination(opts.file)"',
  },
  {
    api: 'log4js:configure',
    arg: 0,
    items: 'appenders.*',
    kind: { path: 'type', in: ['file', 'dateFile', 'datefile', 'multiFile', 'fileSync'] },
    file: 'filename',
    what: "log4js' file appender",
    source: LOG4JS,
  },
  {
    api: 'bunyan:{,createLogger}',
    arg: 0,
    items: 'streams.*',
    file: 'path',
    otherwise: 'stream',
    what: "bunyan's file stream",
    source: BUNYAN,
  },
  {
    api: '@midwayjs/logger:{loggers.createLogger,createLogger}',
    arg: 1,
    items: 'transports.{file,json,error}',
    file: 'dir',
    otherwise: 'stdout',
    what: "Midway's file transport",
    source: MIDWAY,
  },
  {
    api: 'moleculer:ServiceBroker',
    arg: 0,
    items: 'logger',
    kind: { path: 'type', in: ['File'] },
    file: 'options.folder',
    what: "moleculer's `File` logger",
    source: 'moleculer@0.14.36 src/loggers/file.js:36 `folder: "./logs"`',
  },
  {
    api: 'moleculer:ServiceBroker',
    arg: 0,
    items: 'logger.*',
    kind: { path: 'type', in: ['File'] },
    file: 'options.folder',
    what: "moleculer's `File` logger",
    source: 'moleculer@0.14.36 src/loggers/file.js:36 `folder: "./logs"`',
  },
  {
    api: '@tsed/logger:Logger().appenders.set',
    arg: 1,
    items: '',
    kind: { path: 'type', in: ['file'] },
    file: 'filename',
    what: "Ts.ED's file appender",
    source: '@tsed/logger@8.0.5 lib/types/appenders/class/BaseAppender.d.ts:40',
  },
  {
    api: 'winston:{add,configure,createLogger().add,Logger().add}',
    arg: 1,
    items: '',
    file: 'filename',
    otherwise: 'stream',
    what: "winston's `File` transport",
    source: 'winston@3.19.0 index.d.ts:113',
  },
  {
    api: '@hapi/good:',
    arg: 0,
    items: 'reporters.*.*',
    kind: { path: 'module', in: ['good-file', '@hapi/good-file'] },
    file: 'args.*',
    what: '`good-file`',
    source: '@hapi/good@9.0.1 package.json',
  },
];

/** Where loggers are handed streams. */
export const logSinks: readonly LogSink[] = [
  { api: '{morgan:,koa-morgan:}', arg: 1, path: 'stream', source: MORGAN },
  { api: 'pino:{,pino}', arg: 0, source: PINO },
  { api: 'pino:{,pino}', arg: 1, source: PINO },
  { api: 'pino:multistream', arg: 0, path: '*.stream', source: PINO },
  { api: 'pino:multistream', arg: 0, source: PINO },
  { api: 'pino-http:{,pinoHttp}', arg: 0, path: 'stream', source: 'pino-http@11.0.0 README.md' },
  { api: 'pino-http:{,pinoHttp}', arg: 1, source: 'pino-http@11.0.0 README.md' },
  {
    api: 'pino-multi-stream:',
    arg: 0,
    path: 'streams.*.stream',
    source: 'pino-multi-stream@6.0.0 package.json',
  },
  {
    api: 'fastify:',
    arg: 0,
    path: 'logger.stream',
    source: 'fastify@5.12.8 lib/logger-pino.js:16',
  },
  { api: 'bunyan:{,createLogger}', arg: 0, path: 'streams.*.stream', source: BUNYAN },
  { api: 'bunyan:{,createLogger}', arg: 0, path: 'stream', source: BUNYAN },
  {
    api: 'winston:transports.{Stream,File}',
    arg: 0,
    path: 'stream',
    source: 'winston@3.19.0 lib/winston/transports/stream.js; file.js:67',
  },
  { api: '{global:console.Console,console:Console}', arg: 0, source: 'Node.js API documentation, console' },
  { api: '{global:console.Console,console:Console}', arg: 1, source: 'Node.js API documentation, console' },
  {
    api: '{global:console.Console,console:Console}',
    arg: 0,
    path: 'stdout',
    source: 'Node.js API documentation, console',
  },
  { api: 'express:logger', arg: 0, path: 'stream', source: 'unchecked: Express 3 documentation, logger' },
];

/** Packages that send logs away, by what stands before the colon of an API path or as a name in a logger's options. */
export const logCollectors: readonly LogCollector[] = [
  { packages: ['winston-loki'], source: 'winston-loki@6.1.7 README.md `new LokiTransport({ host })`' },
  { packages: ['winston-elasticsearch'], source: 'winston-elasticsearch@0.19.0 README.md' },
  { packages: ['winston-cloudwatch'], source: 'winston-cloudwatch@6.3.0 README.md `new WinstonCloudWatch({ … })`' },
  { packages: ['winston-logstash'], source: 'winston-logstash@2.1.1 README.md `new transports.Logstash({ … })`' },
  { packages: ['@google-cloud/logging-winston'], source: '@google-cloud/logging-winston@6.0.2 README.md' },
  { packages: ['@axiomhq/winston'], source: '@axiomhq/winston@1.8.0 README.md `new AxiomTransport({ … })`' },
  { packages: ['@logtail/winston', '@logtail/pino'], source: '@logtail/winston@0.5.9, @logtail/pino@0.5.9 README.md' },
  { packages: ['pino-loki'], source: 'pino-loki@3.0.0 README.md `target: "pino-loki"`' },
  { packages: ['pino-elasticsearch'], source: "pino-elasticsearch@9.0.0 README.md `target: 'pino-elasticsearch'`" },
  { packages: ['pino-datadog-transport'], source: 'pino-datadog-transport@3.0.6 README.md' },
  {
    packages: [
      '@google-cloud/logging',
      '@google-cloud/logging-bunyan',
      '@google-cloud/pino-logging-gcp-config',
      '@opentelemetry/winston-transport',
      'pino-opentelemetry-transport',
      'winston-graylog2',
      'winston-newrelic-agent-transport',
      'winston-papertrail',
      'winston-splunk-httplogger',
      'winston-syslog',
      'winston-loggly-bulk',
      'winston-mongodb',
      'winston-azure-application-insights',
      'winston-aws-cloudwatch',
      'datadog-winston',
      'pino-cloudwatch',
      'pino-logflare',
      'pino-logdna',
      'pino-mongodb',
      'pino-socket',
      'pino-syslog',
      'pino-seq',
      '@axiomhq/pino',
      '@datalust/winston-seq',
      'bunyan-loggly',
      'bunyan-logstash-tcp',
      'bunyan-cloudwatch',
      'bunyan-elasticsearch',
      'bunyan-syslog',
      'gelf-pro',
      'logdna-winston',
      'logzio-nodejs',
      'winston-logzio',
      '@log4js-node/logstash-http',
      '@log4js-node/logstashudp',
      '@log4js-node/gelf',
      '@log4js-node/loggly',
      '@log4js-node/rabbitmq',
      'log4js-logstash-tcp',
      '@elastic/bulk',
    ],
    source: 'unchecked: README of the package',
  },
];

/** What puts the same lines on the standard output. */
export const logsToStdout: readonly LogToStdout[] = [
  { api: 'winston:transports.Console', source: 'winston@3.19.0 lib/winston/transports/console.js' },
  { api: '@midwayjs/logger:ConsoleTransport', source: MIDWAY },
  { kinds: ['console', 'stdout', 'stderr'], source: LOG4JS },
  { kinds: ['pino-pretty', 'pino/file'], source: PINO },
];

import type { Recipe } from './recipe.js';

const COLLECT = 'and let the platform collect the output of all instances in one place';

/** Logging to the standard output, by the logger. */
export const logRecipes: readonly Recipe[] = [
  {
    api: 'winston',
    text: `Log to the standard output instead, \`new winston.transports.Console()\`, ${COLLECT}.`,
    source: 'winston@3.19.0 lib/winston/transports/console.js',
  },
  {
    api: 'log4js',
    text: `Log to the standard output instead, with the appender \`out: { type: 'stdout' }\`, ${COLLECT}.`,
    source: 'log4js@6.9.1 docs/stdout.md',
  },
  {
    api: 'bunyan',
    text: `Log to the standard output instead, with the stream \`streams: [{ stream: process.stdout }]\`, ${COLLECT}.`,
    source: 'bunyan@2.0.5 README.md',
  },
  {
    api: 'fastify',
    text: `Log to the standard output instead, \`fastify({ logger: true })\` without \`file\` and \`stream\`, ${COLLECT}.`,
    source: 'fastify@5.12.8 docs/Reference/Logging.md',
  },
  {
    api: 'pino',
    text: `Log to the standard output instead, which \`pino()\` does without a destination, ${COLLECT}.`,
    source: 'pino@10.4.0 docs/api.md, destination',
  },
  {
    api: 'moleculer',
    text: `Log to the standard output instead, \`logger: 'Console'\`, ${COLLECT}.`,
    source: 'unchecked: moleculer@0.14 documentation, logging',
  },
  {
    api: 'tracer',
    text: `Log to the standard output instead, with \`tracer.console()\`, ${COLLECT}.`,
    source: 'unchecked: tracer@1 README.md',
  },
  {
    api: 'simple-node-logger',
    text: `Log to the standard output instead, \`createSimpleLogger()\` without a file, ${COLLECT}.`,
    source: 'unchecked: simple-node-logger@21 README.md',
  },
  {
    api: 'adonis',
    text: `Log to the standard output instead, \`targets.file({ destination: 1 })\`, ${COLLECT}.`,
    source: 'unchecked: @adonisjs/logger@6 README.md',
  },
  {
    api: 'stream',
    needs: { package: 'morgan' },
    text: `Leave \`stream\` out, so that \`morgan('combined')\` writes to the standard output, ${COLLECT}.`,
    source: 'morgan@1.12.1 README.md, stream',
  },
  {
    needs: { package: 'pino' },
    text: `Log it with the \`pino\` logger this project has, which writes to the standard output, ${COLLECT}.`,
    source: 'pino@10.4.0 docs/api.md',
  },
  {
    needs: { package: 'winston' },
    text: `Log it with the \`winston\` logger this project has, through \`new winston.transports.Console()\`, ${COLLECT}.`,
    source: 'winston@3.19.0 lib/winston/transports/console.js',
  },
  {
    text: `Write the line to the standard output instead, \`console.log(line)\`, ${COLLECT}.`,
    source: 'https://12factor.net/logs',
  },
];

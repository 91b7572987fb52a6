import { type Call, logRecipes, type Program, recipeFor } from '../../src/api/index.js';

/** Loggers of which one is meant, by what is called or by what the message says of it. */
const LOGGERS: readonly (readonly [RegExp, string])[] = [
  [/winston/, 'winston'],
  [/log4js/, 'log4js'],
  [/bunyan/, 'bunyan'],
  [/fastify/, 'fastify'],
  [/pino|sonic-boom/, 'pino'],
  [/moleculer/, 'moleculer'],
  [/tracer/, 'tracer'],
  [/simple-node-logger/, 'simple-node-logger'],
  [/@adonisjs\//, 'adonis'],
  [/Stream|stream|rotat/, 'stream'],
];

/** How to log to the standard output with the logger that is there. */
export function hint(program: Program, call: Call, what: string): string {
  const spoken = [...program.apis(call).map((api) => api.replace(/:.*/, '')), what].join(' ');
  const logger = LOGGERS.find(([pattern]) => pattern.test(spoken))?.[1] ?? '';
  return recipeFor(logRecipes, logger, program.stack(call.unit));
}

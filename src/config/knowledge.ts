import { expandPattern, parsePath } from '../knowledge/paths.js';
import { CONCERNS } from '../model/knowledge.js';
import { z } from './zod.js';

/*
 * What a user knows of packages, in the shape of the tool's own tables (model/knowledge.ts), each key with a word for editors.
 */

const api = z
  .string()
  .min(1)
  .refine(
    (pattern) => expandPattern(pattern)?.every((path) => parsePath(path) !== undefined) === true,
    'must be an API path, such as "@acme/mailer:Mailer().send"',
  )
  .describe('What is meant, from the package on: "@acme/mailer:Mailer().send". `{a,b}` stands for alternatives.');
const argument = z.int().min(0).describe('The position of an argument; the first is 0.');
const place = z.strictObject({ arg: argument, path: z.string().min(1).optional() });
const home = z.enum(['memory', 'host', 'file', 'cookie', 'shared']);
const source = z
  .string()
  .default('the configuration')
  .describe('Where this is written down, for whoever reads it next.');

const keeper = z.strictObject({
  concern: z.enum(CONCERNS).describe('What is kept, and so which rule asks.'),
  api,
  plugin: z.enum(['fastify', 'hapi']).optional().describe('The framework whose `register` is handed it.'),
  versions: z.string().optional().describe('The versions for which this holds: "<7".'),
  options: z.int().min(-1).default(0).describe('The argument with the options; -1 for none.'),
  stores: z.array(z.string()).optional().describe('Options that hold a store.'),
  later: z
    .array(z.strictObject({ api, arg: argument }))
    .optional()
    .describe('Calls that give it a store afterwards.'),
  switches: z
    .array(
      z.strictObject({
        path: z.string().min(1),
        is: z.array(z.union([z.string(), z.number(), z.boolean()])).optional(),
        home,
      }),
    )
    .optional()
    .describe('Options that move it elsewhere, by being given or by one of these values.'),
  default: z.enum([...home.options, 'none']).describe('Where things are kept without any of these.'),
  note: z
    .string()
    .min(1)
    .describe('What to say of it: "`acme-session` keeps sessions in memory unless a `store` is given".'),
  docs: z.string().optional(),
  source,
});

const store = z.strictObject({
  api,
  keeps: home,
  needs: z.strictObject({ option: z.string().min(1), otherwise: home }).optional(),
  note: z.string().optional(),
  source,
});

const effect = z.strictObject({
  api,
  kind: z.enum(['database', 'mail', 'http', 'publish', 'enqueue', 'file', 'process']),
  writes: z.boolean().default(true).describe('It changes something, rather than only reading it.'),
  idempotent: z.literal(true).optional().describe('Doing it twice is as good as doing it once.'),
  sql: argument.optional().describe('The argument that holds an SQL statement.'),
  method: place.optional().describe('Where the HTTP method stands.'),
  words: z.string().optional().describe('What it does, to follow "the job": "sends an SMS".'),
  source,
});

const scheduler = z.strictObject({
  api,
  decorator: z.literal(true).optional().describe('It is put on a method.'),
  callback: place.optional().describe('Where the function stands that it runs.'),
  schedule: place.optional().describe('Where the schedule stands.'),
  kind: z.enum(['cron', 'interval', 'delay']).default('cron'),
  safe: z
    .strictObject({ arg: argument, paths: z.array(z.string().min(1)).min(1), note: z.string().min(1) })
    .optional()
    .describe('Options that make one instance of several run it; all of them must be set.'),
  locks: z
    .literal(true)
    .optional()
    .describe('It keeps its schedule where all instances see it, and runs each job once.'),
  note: z.string().optional(),
  source,
});

const registration = z.strictObject({
  api,
  phase: z.enum(['boot', 'request', 'socket', 'job', 'consumer', 'shutdown', 'event', 'script', 'test']),
  args: z.array(argument).optional().describe('The arguments that hold functions; without it all of them.'),
  property: z.string().optional().describe('An option that holds the function.'),
  label: z
    .string()
    .default('{name}')
    .describe('How to say it; `{name}` is the name of the method, `{0}` its first argument.'),
  everyInstance: z.literal(true).optional().describe('All instances get each message.'),
  source,
});

export const knowledge = z
  .strictObject({
    keepers: z.array(keeper).optional().describe('Calls that set up something which keeps data, and where it does so.'),
    stores: z.array(store).optional().describe('Stores that such calls can be given.'),
    effects: z.array(effect).optional().describe('Calls that change something outside the process.'),
    schedulers: z.array(scheduler).optional().describe('Calls that run a function on a schedule.'),
    registrations: z.array(registration).optional().describe('Calls that are handed functions to run later.'),
  })
  .default({})
  .describe('What packages do that the tool does not know. An entry goes before a built-in one of the same API path.');

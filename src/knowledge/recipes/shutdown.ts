import type { Stack } from '../../model/program.js';
import { type Needs, type Recipe, fits } from './recipe.js';

/** What is to be closed beside the server, once nobody is served any more. */
const CLOSERS: readonly { readonly needs: Needs; readonly code: string; readonly source: string }[] = [
  {
    needs: { package: ['bullmq'] },
    code: 'await worker.close();',
    source: 'bullmq@6.7.0 dist/esm/classes/worker.d.ts',
  },
  { needs: { package: ['bull'] }, code: 'await queue.close();', source: 'bull@4.16.5 index.d.ts' },
  { needs: { package: ['pg-boss'] }, code: 'await boss.stop();', source: 'pg-boss@10.4.2 types.d.ts' },
  { needs: { package: ['agenda'] }, code: 'await agenda.stop();', source: 'agenda@6.2.6 README.md' },
  {
    needs: { orm: '@prisma/client', embedded: true },
    code: 'await prisma.$disconnect();',
    source: '@prisma/client@7.10.0',
  },
  { needs: { orm: 'typeorm', embedded: true }, code: 'await dataSource.destroy();', source: 'typeorm@1.1.1' },
  { needs: { orm: 'sequelize', embedded: true }, code: 'await sequelize.close();', source: 'sequelize@6.37.8' },
  { needs: { orm: 'mongoose' }, code: 'await mongoose.disconnect();', source: 'mongoose@9.12.1' },
  {
    needs: { orm: ['knex', 'objection', 'bookshelf'], embedded: true },
    code: 'await knex.destroy();',
    source: 'knex@3.3.0',
  },
  { needs: { orm: 'kysely', embedded: true }, code: 'await db.destroy();', source: 'kysely@0.29.9' },
  { needs: { orm: '@mikro-orm/core', embedded: true }, code: 'await orm.close();', source: 'unchecked: MikroORM' },
  { needs: { package: 'pg' }, code: 'await pool.end();', source: 'pg@8.23.0' },
  { needs: { package: 'mysql2' }, code: 'await pool.end();', source: 'mysql2@3.24.6 promise.d.ts' },
  { needs: { package: 'mongodb' }, code: 'await client.close();', source: 'mongodb@7.8.0 mongodb.d.ts' },
];

/** The statements that end the work and the connections this project has: of queues one, of databases one. */
function closing(stack: Stack): string {
  const fitting = CLOSERS.map((closer, index) => ({ ...closer, isQueue: index < 4 })).filter(({ needs }) =>
    fits(needs, stack, false),
  );
  const [queue, database] = [fitting.find(({ isQueue }) => isQueue), fitting.find(({ isQueue }) => !isQueue)];
  return [queue, database].flatMap((closer) => (closer ? [closer.code] : [])).join(' ');
}

/** What a rule puts into these recipes: `{after}` in a callback that may await, `{then}` after a promise. */
export function closingWords(stack: Stack): { readonly callback: string; readonly after: string } {
  const code = closing(stack);
  return code
    ? { callback: `async () => { ${code} process.exit(0); }`, after: `${code} ` }
    : { callback: '() => process.exit(0)', after: '' };
}

const NODE = 'Node.js 24 API documentation, server.close, process signal events';

/** How a server ends, by its kind. `{keep}` says what is called `server`, `{callback}` and `{after}` close what the project has besides. */
export const shutdownRecipes: readonly Recipe[] = [
  {
    api: 'rushes',
    text: 'End the process in the callback of `close`, when the last response is out: `server.close({callback});`.',
    source: NODE,
  },
  {
    api: 'Nest',
    text: 'Switch the shutdown hooks on before `listen`: with `app.enableShutdownHooks();` Nest closes the server on SIGTERM, and the modules what they hold (`onApplicationShutdown`).',
    source: '@nestjs/common@12.5.1 interfaces/nest-application-context.interface.d.ts',
  },
  {
    api: 'Fastify',
    text: "Close it on SIGTERM: `process.once('SIGTERM', async () => { await app.close(); {after}process.exit(0); });`, where `app` is the Fastify server and its `onClose` hooks run before.",
    source: 'fastify@5.12.8 docs/Reference/Server.md "close"',
  },
  {
    api: 'hapi',
    text: "Stop it on SIGTERM: `process.once('SIGTERM', async () => { await server.stop({ timeout: 10_000 }); {after}process.exit(0); });`.",
    source: '@hapi/hapi@21.4.10 lib/core.js, stop',
  },
  {
    api: 'a gRPC server',
    text: "Stop it on SIGTERM: `process.once('SIGTERM', () => server.tryShutdown({callback}));`.",
    source: '@grpc/grpc-js@1.14.0 build/src/server.d.ts, tryShutdown',
  },
  {
    api: '{Elysia,Bun}',
    text: "Stop it on SIGTERM: `process.once('SIGTERM', async () => { await server.stop(); {after}process.exit(0); });`.",
    source: 'unchecked: https://bun.com/docs/api/http; elysia@1.4.30 dist/index.d.ts',
  },
  {
    api: 'Deno',
    text: "Stop it on SIGTERM: `Deno.addSignalListener('SIGTERM', () => server.shutdown());`.",
    source: 'unchecked: https://docs.deno.com/api/deno/~/Deno.HttpServer',
  },
  {
    api: 'Socket.IO',
    text: "Close it on SIGTERM: `process.once('SIGTERM', () => io.close({callback}));`, which ends its connections and the HTTP server.",
    source: 'socket.io@4.8.4 dist/index.js, close',
  },
  {
    api: 'uWebSockets.js',
    text: "Close it on SIGTERM: `process.once('SIGTERM', () => app.close());`, which stops listening and ends the connections.",
    source: 'unchecked: uWebSockets.js documentation',
  },
  {
    api: 'Polka',
    text: "Close it on SIGTERM: `process.once('SIGTERM', () => app.server.close({callback}));`, where `app` is what `polka()` gave.",
    source: 'polka@0.5.2 index.js (server)',
  },
  {
    needs: { package: 'socket.io' },
    text: "{keep} it on SIGTERM, through Socket.IO, which ends its connections too: `process.once('SIGTERM', () => io.close({callback}));`.",
    source: 'socket.io@4.8.4 dist/index.js, close (closes the HTTP server as well)',
  },
  {
    needs: { package: 'ws' },
    text: "{keep} it on SIGTERM, and the WebSockets, for which it would wait: `process.once('SIGTERM', () => { server.close({callback}); for (const client of wss.clients) client.close(1001); });`.",
    source: `${NODE}; ws@8.23.0 lib/websocket.js, close`,
  },
  {
    text: "{keep} it on SIGTERM: `process.once('SIGTERM', () => server.close({callback}));`.",
    source: NODE,
  },
];

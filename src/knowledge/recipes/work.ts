import { IOREDIS, type Recipe } from './recipe.js';

/** How far a piece of work is, for those who ask on another instance. `{name}` is what says it today, `{store}` a place that lasts. */
export const progressRecipes: readonly Recipe[] = [
  {
    needs: { package: 'bullmq' },
    text: 'Do the work as a job of the BullMQ this project has, which says how far it is, `await job.updateProgress(percent);`, and answer with the `progress` of `await queue.getJob(id)`.',
    source: 'bullmq@6.7.0 dist/esm/classes/job.d.ts, updateProgress',
  },
  {
    needs: { package: 'bull' },
    text: 'Do the work as a job of the Bull this project has, which says how far it is, `await job.progress(percent);`, and answer with what `progress()` of `await queue.getJob(id)` gives.',
    source: 'bull@4.16.5 index.d.ts, progress',
  },
  {
    needs: { redis: IOREDIS },
    text: "Let the work say how far it is where all instances look, with the `{redis}` client this project has: `await redis.set('{name}:' + id, percent, 'EX', 3600);`.",
    source: 'ioredis@6.0.0 built/utils/RedisCommander.d.ts, set',
  },
  {
    needs: { redis: ['redis'], version: ['redis', '>=4'] },
    text: "Let the work say how far it is where all instances look, with the `redis` client this project has: `await client.setEx('{name}:' + id, 3600, String(percent));`.",
    source: '@redis/client@6.3.1 dist/lib/commands/SETEX.d.ts',
  },
  {
    text: 'Keep `{name}` in a row of {store}, written now and then while the work goes on, and answer from there.',
    source: 'https://12factor.net/processes',
  },
];

/** What was gathered in memory and is saved later. `{saver}` is the function that saves it. */
export const bufferRecipes: readonly Recipe[] = [
  {
    needs: { framework: '@nestjs/core' },
    text: 'Save what is left when the instance stops, in the class that gathers it: `async onApplicationShutdown() { await this.{saver}(); }`, with `app.enableShutdownHooks()` in `main.ts`; a crash still loses it.',
    source: '@nestjs/common@12.5.1 interfaces/hooks/on-application-shutdown.interface.d.ts',
  },
  {
    needs: { framework: 'fastify' },
    text: "Save what is left when the instance stops: `app.addHook('onClose', async () => { await {saver}(); });`, with `app.close()` on SIGTERM; a crash still loses it.",
    source: 'fastify@5.12.8 docs/Reference/Hooks.md, onClose',
  },
  {
    text: "Save what is left when the instance stops: `process.once('SIGTERM', async () => { await {saver}(); process.exit(0); });`, after the server is closed; a crash still loses it.",
    source: 'Node.js 24 API documentation, signal events',
  },
];

import { ANY_REDIS, type Recipe } from './recipe.js';

/** Work that must outlive the instance that accepted it: what follows "put it into". `{name}` names the job. */
export const queueRecipes: readonly Recipe[] = [
  {
    needs: { package: 'bullmq' },
    text: "the BullMQ this project has: `await queue.add('{name}', data{delay});`",
    source: 'bullmq@6.7.0 dist/esm/classes/queue.d.ts',
  },
  {
    needs: { package: 'bull' },
    text: "the Bull queue this project has: `await queue.add('{name}', data{delay});`",
    source: 'bull@4.16.5 index.d.ts',
  },
  {
    needs: { package: 'pg-boss' },
    text: "the `pg-boss` this project has: `await boss.send('{name}', data);`",
    source: 'pg-boss@10.4.2 types.d.ts',
  },
  {
    needs: { package: 'graphile-worker' },
    text: "the `graphile-worker` this project has: `await quickAddJob({ connectionString }, '{name}', data);`",
    source: 'graphile-worker@0.17.3 dist/lib.d.ts; README.md',
  },
  {
    needs: { package: 'agenda' },
    text: "the Agenda this project has: `await agenda.now('{name}', data);`",
    source: 'agenda@6.2.6 README.md',
  },
  {
    needs: { package: 'bee-queue' },
    text: 'the Bee-Queue this project has: `await queue.createJob(data).save();`',
    source: 'bee-queue@2.0.0 README.md',
  },
  {
    needs: { package: '@aws-sdk/client-sqs' },
    text: 'the SQS queue this project has a client for: `await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(data) }));`',
    source: '@aws-sdk/client-sqs@3.1169.0 dist-types/commands/SendMessageCommand.d.ts',
  },
  {
    needs: { package: 'amqplib' },
    text: "the RabbitMQ this project has: `channel.sendToQueue('{name}', Buffer.from(JSON.stringify(data)), { persistent: true });`",
    source: 'amqplib@2.3.1 lib/channel_model.js:131',
  },
  {
    needs: { package: 'kafkajs' },
    text: "the Kafka this project has: `await producer.send({ topic: '{name}', messages: [{ value: JSON.stringify(data) }] });`",
    source: 'kafkajs@2.2.4 types/index.d.ts, ProducerRecord',
  },
  {
    needs: { redis: ANY_REDIS },
    text: "a queue on the Redis this project has, with `bullmq`: `await new Queue('{name}', { connection: { url: process.env.REDIS_URL } }).add('{name}', data{delay});`",
    source: 'bullmq@6.7.0 dist/esm/interfaces/redis-options.d.ts, url',
  },
  {
    needs: { database: 'postgres' },
    text: "a queue in the PostgreSQL this project has, with `pg-boss`: `await boss.send('{name}', data);`",
    source: 'pg-boss@10.4.2 types.d.ts',
  },
  {
    needs: { database: 'mongodb' },
    text: "a queue in the MongoDB this project has, with `agenda`: `await agenda.now('{name}', data);`",
    source: 'agenda@6.2.6 README.md',
  },
  {
    needs: { database: 'mysql' },
    text: 'a table of jobs in the MySQL this project has, from which a worker claims rows with `SELECT … FOR UPDATE SKIP LOCKED`',
    source: 'MySQL manual 17.7.2.4, SKIP LOCKED',
  },
  {
    text: "a queue that lasts: `await boss.send('{name}', data);` of `pg-boss` where there is to be a PostgreSQL, `bullmq` where there is a Redis",
    source: 'pg-boss@10.4.2 types.d.ts',
  },
];

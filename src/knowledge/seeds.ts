import type { Source } from './types.js';

/*
 * Calls and commands that load first data, and calls that set something up at another service.
 */

/** A call that runs seeders. */
export interface SeedCall {
  readonly api: string;
  readonly source: Source;
}

/** A command that runs seeders: the program, then words that follow in this order. */
export interface SeedCommand {
  readonly command: readonly [program: string, ...words: string[]];
  readonly source: Source;
}

/**
 * A call that makes something at another service. `again`: a second call makes a second one; `fails`: the second call is an
 * error; `same`: the second call sets what is set already.
 */
export interface SetupCall {
  readonly api: string;
  readonly makes: string;
  readonly twice: 'again' | 'fails' | 'same';
  /** With one of these options set, it is no error. */
  readonly unless?: { readonly arg: number; readonly paths: readonly string[] };
  readonly source: Source;
}

export const seedCalls: readonly SeedCall[] = [
  { api: 'knex:().seed.run', source: 'knex@3.3.0 types/index.d.ts, interface Seeder' },
  { api: 'typeorm-extension:{runSeeders,runSeeder}', source: 'typeorm-extension@3.9.0 dist/seeder/module.d.ts:4-5' },
  { api: 'typeorm-seeding:runSeeder', source: 'typeorm-seeding@1.6.1 dist/typeorm-seeding.d.ts:11' },
  {
    api: '@jorgebodega/typeorm-seeding:{runSeeders,useSeeders}',
    source: 'unchecked: @jorgebodega/typeorm-seeding README.md',
  },
  {
    api: '@mikro-orm/core:MikroORM().{getSeeder(),seeder}.{seed,seedString}',
    source: '@mikro-orm/core@6.6.16 MikroORM.d.ts:91-99, @mikro-orm/seeder@6.6.16 SeedManager.d.ts:10-14',
  },
  { api: 'drizzle-seed:seed', source: 'drizzle-seed@0.3.1 index.d.ts:281' },
  { api: 'mongo-seeding:Seeder().import', source: 'mongo-seeding@4.0.2 dist/index.d.ts:50' },
];

export const seedCommands: readonly SeedCommand[] = [
  { command: ['prisma', 'db', 'seed'], source: 'https://www.prisma.io/docs/orm/prisma-migrate/workflows/seeding' },
  { command: ['knex', 'seed:run'], source: 'https://knexjs.org/guide/migrations.html#seed-cli' },
  { command: ['sequelize', 'db:seed:all'], source: 'https://sequelize.org/docs/v6/other-topics/migrations/' },
  { command: ['sequelize', 'db:seed'], source: 'https://sequelize.org/docs/v6/other-topics/migrations/' },
  { command: ['sequelize-cli', 'db:seed:all'], source: 'https://sequelize.org/docs/v6/other-topics/migrations/' },
  { command: ['sequelize-cli', 'db:seed'], source: 'https://sequelize.org/docs/v6/other-topics/migrations/' },
  { command: ['mikro-orm', 'seeder:run'], source: 'https://mikro-orm.io/docs/seeding' },
  { command: ['mikro-orm-esm', 'seeder:run'], source: 'https://mikro-orm.io/docs/seeding' },
  { command: ['typeorm-extension', 'seed:run'], source: 'https://typeorm-extension.tada5hi.net/guide/cli.html' },
  { command: ['typeorm-extension', 'seed'], source: 'https://typeorm-extension.tada5hi.net/guide/cli.html' },
  { command: ['node', 'ace', 'db:seed'], source: 'https://lucid.adonisjs.com/docs/seeders' },
  { command: ['ace', 'db:seed'], source: 'https://lucid.adonisjs.com/docs/seeders' },
];

export const setupCalls: readonly SetupCall[] = [
  {
    api: 'stripe:().webhookEndpoints.create',
    makes: 'a webhook endpoint at Stripe',
    twice: 'again',
    source: 'https://docs.stripe.com/api/webhook_endpoints/create',
  },
  {
    api: 'node-telegram-bot-api:().setWebHook',
    makes: 'the bot’s webhook',
    twice: 'same',
    source: 'node-telegram-bot-api@2.1.0 README.md',
  },
  {
    api: 'telegraf:Telegraf().telegram.setWebhook',
    makes: 'the bot’s webhook',
    twice: 'same',
    source: 'telegraf@4.16.3 typings/telegram.d.ts:33',
  },
  {
    api: 'grammy:Bot().api.setWebhook',
    makes: 'the bot’s webhook',
    twice: 'same',
    source: 'grammy@1.46.0 out/core/api.d.ts:104',
  },
  {
    api: '@elastic/elasticsearch:Client().indices.create',
    makes: 'a search index',
    twice: 'fails',
    unless: { arg: 1, paths: ['ignore'] },
    source:
      '@elastic/elasticsearch@9.4.3 lib/api/api/indices.d.ts (resource_already_exists_exception; `ignore` among the options of a request)',
  },
  {
    api: '@aws-sdk/client-s3:{CreateBucketCommand,S3().createBucket}',
    makes: 'a bucket',
    twice: 'fails',
    source: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html (BucketAlreadyOwnedByYou)',
  },
  {
    api: '@aws-sdk/client-dynamodb:{CreateTableCommand,DynamoDB().createTable}',
    makes: 'a table',
    twice: 'fails',
    source:
      'https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html (ResourceInUseException)',
  },
  {
    api: 'aws-sdk:S3().createBucket',
    makes: 'a bucket',
    twice: 'fails',
    source: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html (BucketAlreadyOwnedByYou)',
  },
  {
    api: 'minio:Client().makeBucket',
    makes: 'a bucket',
    twice: 'fails',
    source: 'minio@8.0.7 dist/main/internal/client.d.ts:203',
  },
  {
    api: '@google-cloud/storage:Storage().{createBucket,bucket().create}',
    makes: 'a bucket',
    twice: 'fails',
    source: '@google-cloud/storage@7.22.0 build/cjs/src/storage.d.ts:607',
  },
  {
    api: '@google-cloud/pubsub:PubSub().{createTopic,createSubscription,topic().create,topic().createSubscription}',
    makes: 'a topic or subscription',
    twice: 'fails',
    source: '@google-cloud/pubsub@5.3.1 build/src/pubsub.d.ts:336',
  },
  {
    api: 'typesense:Client().collections().create',
    makes: 'a search collection',
    twice: 'fails',
    source: 'typesense@3.1.0 lib/Typesense/Collections.d.ts',
  },
  {
    api: '@qdrant/js-client-rest:QdrantClient().createCollection',
    makes: 'a vector collection',
    twice: 'fails',
    source: '@qdrant/js-client-rest@1.18.0 dist/types/qdrant-client.d.ts:785',
  },
  {
    api: '@octokit/rest:Octokit().{,rest.}repos.createWebhook',
    makes: 'a webhook at GitHub',
    twice: 'fails',
    source: 'unchecked: https://docs.github.com/en/rest/repos/webhooks',
  },
];

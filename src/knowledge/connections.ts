import type { Source } from './types.js';

/*
 * Connections to other processes: what becomes of a client whose connection fails, and which calls connect.
 */

/** A client that tells of a broken connection by the event `error`, and ends the process where nobody listens. */
export interface ErrorEmitter {
  /** What makes the client. */
  readonly api: string;
  /** What the client is, for messages. */
  readonly client: string;
  /** When it happens. */
  readonly happens: string;
  /** Packages that listen themselves, once they are handed the client. */
  readonly heardBy?: readonly string[];
  readonly source: Source;
}

/** A call that connects, or makes ready what is served from. */
export interface ConnectCall {
  readonly api: string;
  readonly to: string;
  /** After a failure nothing tries again by itself: the process goes on without. */
  readonly once?: true;
  /** Requests connect by themselves, or wait until it is there: that nobody waits for this does no harm. */
  readonly lazy?: true;
  /** A connection of its own, for a lock or for messages rather than for requests. */
  readonly aside?: true;
  /** What requests meet until it has happened. */
  readonly until: string;
  readonly source: Source;
}

export const errorEmitters: readonly ErrorEmitter[] = [
  {
    api: 'pg:Pool',
    client: 'a pool of PostgreSQL connections',
    happens: 'an idle connection of the pool breaks, as all do when the database restarts or fails over',
    heardBy: ['@prisma/adapter-pg'],
    source: 'pg-pool@3.14.0 index.js:62 "pool.emit(\'error\', err, client)"',
  },
  {
    api: 'pg:Client',
    client: 'a PostgreSQL connection',
    happens: 'the connection breaks, as it does when the database restarts or fails over',
    source: 'pg@8.23.1 lib/client.js:340-422 "this.emit(\'error\', err)"',
  },
  {
    api: 'redis:createClient',
    client: 'a Redis client',
    happens: 'the connection breaks, even though it would connect again by itself',
    heardBy: ['@socket.io/redis-adapter', '@socket.io/redis-streams-adapter'],
    source: '@redis/client@6.3.1 dist/lib/client/index.js:634 "this.emit(\'error\', err)"',
  },
  {
    api: 'amqplib:connect',
    client: 'a RabbitMQ connection',
    happens: 'the broker restarts or closes the connection',
    source: 'https://amqp-node.github.io/amqplib/channel_api.html#model_events',
  },
  {
    api: 'mssql:ConnectionPool',
    client: 'a pool of SQL Server connections',
    happens: 'a connection of the pool breaks',
    source: 'mssql@12.7.14 lib/base/connection-pool.js:388 "this.emit(\'error\', err)"',
  },
  {
    api: 'mqtt:connect',
    client: 'an MQTT client',
    happens: 'the broker refuses the connection or breaks the protocol',
    source: 'mqtt@5.16.0 build/lib/client.js:371 "this.emit(\'error\', error)"',
  },
];

export const connectCalls: readonly ConnectCall[] = [
  {
    api: 'mongoose:connect',
    to: 'MongoDB',
    once: true,
    until: 'queries wait in memory, and fail after ten seconds',
    source: 'https://mongoosejs.com/docs/connections.html#buffering (no retry where the first connection fails)',
  },
  {
    api: 'typeorm:{DataSource().initialize,createConnection}',
    to: 'the database',
    once: true,
    until: 'queries fail, since the data source is not initialized',
    source: 'typeorm@1.1.1 data-source/DataSource.js',
  },
  {
    api: '@mikro-orm/core:MikroORM.init',
    to: 'the database',
    once: true,
    until: 'there is no entity manager to query with',
    source: 'unchecked: https://mikro-orm.io/docs/quick-start',
  },
  {
    api: 'sequelize:Sequelize().authenticate',
    to: 'the database',
    lazy: true,
    until: 'queries go to a database that may not be there',
    source: 'sequelize@6.37.8 lib/sequelize.js',
  },
  {
    api: 'redis:createClient().connect',
    to: 'Redis',
    lazy: true,
    until: 'commands wait in memory',
    source: '@redis/client@6.3.1 dist/lib/client/index.js (it tries again by itself)',
  },
  {
    api: 'mongodb:{MongoClient().connect,MongoClient.connect}',
    to: 'MongoDB',
    lazy: true,
    until: 'queries wait for a server to be selected, half a minute by default',
    source: 'mongodb@7.8.0 mongodb.d.ts (operations connect by themselves)',
  },
  {
    api: 'pg:Client().connect',
    to: 'PostgreSQL',
    once: true,
    aside: true,
    until: 'queries wait in the queue of a client that may never connect',
    source: 'pg@8.23.1 lib/client.js',
  },
  {
    api: 'mssql:{connect,ConnectionPool().connect}',
    to: 'SQL Server',
    once: true,
    until: 'queries fail, since there is no connection',
    source: 'mssql@12.7.14 lib/base/connection-pool.js',
  },
  {
    api: 'amqplib:connect',
    to: 'RabbitMQ',
    once: true,
    until: 'there is no channel to publish on',
    source: 'amqplib@2.3.1 lib/connect.js',
  },
  {
    api: '{kafkajs:Kafka,@confluentinc/kafka-javascript:KafkaJS.Kafka}().producer().connect',
    to: 'Kafka',
    once: true,
    until: 'sending fails, since the producer is not connected',
    source: 'kafkajs@2.2.4 types/index.d.ts, README.md',
  },
  {
    api: '@prisma/client:PrismaClient().$connect',
    to: 'the database',
    lazy: true,
    until: 'the first queries pay for connecting',
    source:
      'https://www.prisma.io/docs/orm/prisma-client/setup-and-configuration/databases-connections/connection-management (queries connect by themselves)',
  },
];

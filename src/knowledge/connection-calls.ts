import type { Source } from './types.js';

/*
 * Connections to what all instances share: the calls that open them, how many a pool keeps, and how many a server takes.
 */

/** A call that opens a connection, or a pool of them. */
export interface ConnectionKnowledge {
  readonly api: string;
  /** What it connects to. */
  readonly to: string;
  /** How many it may open. */
  readonly opens: 'one' | 'pool';
  readonly source: Source;
}

export const connectionCalls: readonly ConnectionKnowledge[] = [
  { api: 'pg:Pool', to: 'PostgreSQL', opens: 'pool', source: 'pg-pool@3 index.js' },
  { api: 'pg:Client', to: 'PostgreSQL', opens: 'one', source: 'pg@8.23.1 lib/client.js' },
  { api: 'postgres:', to: 'PostgreSQL', opens: 'pool', source: 'postgres@3 src/index.js' },
  { api: 'slonik:createPool', to: 'PostgreSQL', opens: 'pool', source: 'slonik README.md' },
  { api: 'pg-promise:()', to: 'PostgreSQL', opens: 'pool', source: 'pg-promise README.md' },
  {
    api: 'mysql2:createPool',
    to: 'MySQL',
    opens: 'pool',
    source: 'mysql2@3 lib/pool_config.js; other drivers and createConnection read as this by their aliases',
  },
  { api: 'mssql:ConnectionPool', to: 'SQL Server', opens: 'pool', source: 'mssql README.md' },
  { api: 'tedious:Connection', to: 'SQL Server', opens: 'one', source: 'unchecked: tedious documentation' },
  { api: 'oracledb:{createPool,getConnection}', to: 'Oracle', opens: 'pool', source: 'oracledb lib/settings.js' },
  { api: 'mongodb:MongoClient{,.connect}', to: 'MongoDB', opens: 'pool', source: 'mongodb@7.8.0 lib/mongo_client.js' },
  { api: 'mongoose:createConnection', to: 'MongoDB', opens: 'pool', source: 'mongoose@9.12.1 lib/mongoose.js' },
  {
    api: '@prisma/client:PrismaClient',
    to: 'the database',
    opens: 'pool',
    source: 'https://www.prisma.io/docs/orm/prisma-client/setup-and-configuration/databases-connections',
  },
  { api: 'knex:', to: 'the database', opens: 'pool', source: 'knex@3.3.0 lib/client.js' },
  {
    api: 'sequelize:Sequelize',
    to: 'the database',
    opens: 'pool',
    source: 'sequelize@6.37.8 lib/dialects/abstract/connection-manager.js',
  },
  {
    api: 'typeorm:{DataSource,createConnection}',
    to: 'the database',
    opens: 'pool',
    source: 'typeorm@1.1.1 data-source/DataSource.d.ts',
  },
  {
    api: '@mikro-orm/core:MikroORM.{init,initSync}',
    to: 'the database',
    opens: 'pool',
    source: '@mikro-orm/core MikroORM.d.ts',
  },
  { api: 'ioredis:', to: 'Redis', opens: 'one', source: 'ioredis README.md' },
  { api: 'redis:createClient', to: 'Redis', opens: 'one', source: 'redis README.md' },
  { api: 'amqplib:connect', to: 'RabbitMQ', opens: 'one', source: 'unchecked: amqplib documentation' },
  { api: 'neo4j-driver:driver', to: 'Neo4j', opens: 'pool', source: 'unchecked: neo4j-driver documentation' },
  {
    api: 'cassandra-driver:Client',
    to: 'Cassandra',
    opens: 'pool',
    source: 'unchecked: cassandra-driver documentation',
  },
];

import type { Source } from './types.js';

/*
 * Where calls that reach another process say which: by an address, or by a host.
 */

/** Where an address stands: an argument, or a property of it. Arrays are looked into. */
export interface PeerTarget {
  readonly arg: number;
  readonly path?: string;
}

/** A call that talks to another process, or makes a client that does. */
export interface PeerCall {
  readonly api: string;
  /** What is at the other end, for messages. */
  readonly peer: string;
  /** All that can name it; the first that is given does. */
  readonly targets: readonly PeerTarget[];
  /** Without any of them it is this host, and no variable of the environment is asked. */
  readonly unset?: string;
  readonly source: Source;
}

const at = (arg: number, ...paths: readonly string[]): PeerTarget[] =>
  paths.length === 0 ? [{ arg }] : paths.map((path) => (path === '' ? { arg } : { arg, path }));

const SERVICE = 'another service';
const REDIS = 'Redis';
const HTTP_METHODS = '{get,post,put,patch,delete,head,options}';

export const peerCalls: readonly PeerCall[] = [
  // HTTP
  {
    api: 'global:fetch',
    peer: SERVICE,
    targets: at(0),
    source: 'https://developer.mozilla.org/en-US/docs/Web/API/fetch',
  },
  {
    api: 'undici:{request,stream,Client,Pool}',
    peer: SERVICE,
    targets: at(0),
    source: 'unchecked: undici documentation',
  },
  { api: 'axios:', peer: SERVICE, targets: at(0, '', 'url', 'baseURL'), source: 'unchecked: axios README.md' },
  { api: 'axios:request', peer: SERVICE, targets: at(0, 'url', 'baseURL'), source: 'unchecked: axios README.md' },
  {
    api: 'axios:{get,post,put,patch,delete,head,options,postForm,putForm,patchForm}',
    peer: SERVICE,
    targets: at(0),
    source: 'unchecked: axios README.md',
  },
  { api: 'axios:create', peer: SERVICE, targets: at(0, 'baseURL'), source: 'unchecked: axios README.md' },
  {
    api: '@nestjs/axios:HttpService().{get,post,put,patch,delete,head,axiosRef.get,axiosRef.post,axiosRef.put,axiosRef.patch,axiosRef.delete}',
    peer: SERVICE,
    targets: at(0),
    source: 'unchecked: Nest documentation',
  },
  {
    api: '@nestjs/axios:HttpModule.{register,registerAsync}',
    peer: SERVICE,
    targets: at(0, 'baseURL'),
    source: 'unchecked: Nest documentation',
  },
  {
    api: '{got,ky,needle,superagent,request}:',
    peer: SERVICE,
    targets: at(0, '', 'url', 'uri'),
    source: 'unchecked: README of the package',
  },
  {
    api: `{got,ky,needle,superagent,request}:${HTTP_METHODS}`,
    peer: SERVICE,
    targets: at(0, '', 'url', 'uri'),
    source: 'unchecked: README of the package',
  },
  {
    api: '{got,ky}:{extend,create}',
    peer: SERVICE,
    targets: at(0, 'prefixUrl'),
    source: 'unchecked: README of the package',
  },
  { api: 'ofetch:{,ofetch}', peer: SERVICE, targets: at(0), source: 'unchecked: ofetch README.md' },
  {
    api: '{http,https}:{request,get}',
    peer: SERVICE,
    targets: at(0, '', 'hostname', 'host'),
    source: 'https://nodejs.org/api/http.html#httprequesturl-options-callback',
  },
  {
    api: 'net:{connect,createConnection}',
    peer: SERVICE,
    targets: [{ arg: 0, path: 'host' }, { arg: 1 }],
    source: 'https://nodejs.org/api/net.html#netcreateconnection',
  },
  {
    api: 'graphql-request:{request,GraphQLClient}',
    peer: SERVICE,
    targets: at(0),
    source: 'unchecked: graphql-request README.md',
  },
  {
    api: '@apollo/client{,/core}:{HttpLink,createHttpLink}',
    peer: SERVICE,
    targets: at(0, 'uri'),
    source: 'unchecked: Apollo Client documentation',
  },
  {
    api: 'http-proxy:{createProxyServer,createServer,createProxy}',
    peer: SERVICE,
    targets: at(0, 'target'),
    source: 'unchecked: http-proxy README.md',
  },
  {
    api: 'http-proxy-middleware:{createProxyMiddleware,}',
    peer: SERVICE,
    targets: at(0, 'target'),
    source: 'unchecked: http-proxy-middleware README.md',
  },
  { api: 'express-http-proxy:', peer: SERVICE, targets: at(0), source: 'unchecked: express-http-proxy README.md' },
  { api: 'ws:', peer: SERVICE, targets: at(0), source: 'unchecked: ws README.md' },
  {
    api: 'socket.io-client:{,io,connect}',
    peer: SERVICE,
    targets: at(0),
    source: 'unchecked: socket.io-client documentation',
  },

  // Redis and queues on it
  {
    api: 'ioredis:',
    peer: 'Redis',
    targets: [
      { arg: 0 },
      { arg: 1 },
      { arg: 0, path: 'host' },
      { arg: 1, path: 'host' },
      { arg: 0, path: 'path' },
      { arg: 0, path: 'sentinels' },
    ],
    unset: 'localhost:6379',
    source: 'ioredis@6.0.0 built/redis/RedisOptions.js:7 "host: \'localhost\'"',
  },
  {
    api: 'redis:createClient',
    peer: REDIS,
    targets: [...at(0, '', 'url', 'socket.host', 'socket.path', 'host', 'rootNodes', 'sentinelRootNodes'), { arg: 1 }],
    unset: 'localhost:6379',
    source: 'unchecked: @redis/client docs/client-configuration.md, docs/clustering.md, docs/sentinel.md',
  },
  {
    api: 'bull:',
    peer: REDIS,
    targets: [{ arg: 1 }, ...at(1, 'redis.host', 'redis.url', 'redis', 'createClient')],
    unset: '127.0.0.1:6379',
    source: 'bull@4.16.5 lib/queue.js:131 "host: \'127.0.0.1\'"',
  },
  {
    api: 'bullmq:{Queue,QueueEvents,FlowProducer}',
    peer: REDIS,
    targets: at(1, 'connection.host', 'connection.url', 'connection'),
    unset: '127.0.0.1:6379',
    source: 'bullmq@6.7.0 dist/cjs/classes/redis-connection.js:116 "host: \'127.0.0.1\'"',
  },
  {
    api: 'bullmq:Worker',
    peer: REDIS,
    targets: at(2, 'connection.host', 'connection.url', 'connection'),
    unset: '127.0.0.1:6379',
    source: 'bullmq@6.7.0 dist/cjs/classes/redis-connection.js:116 "host: \'127.0.0.1\'"',
  },
  {
    api: 'bee-queue:',
    peer: REDIS,
    targets: at(1, 'redis.host', 'redis.url', 'redis'),
    source: 'unchecked: bee-queue README.md',
  },
  {
    api: '@nestjs/bull:BullModule.{forRoot,forRootAsync,registerQueue}',
    peer: REDIS,
    targets: at(0, 'redis.host', 'redis', 'url'),
    source: 'unchecked: Nest documentation',
  },
  {
    api: '@nestjs/bullmq:BullModule.{forRoot,forRootAsync,registerQueue}',
    peer: REDIS,
    targets: at(0, 'connection.host', 'connection.url'),
    source: 'unchecked: Nest documentation',
  },
  {
    api: '@keyv/redis:',
    peer: REDIS,
    targets: at(0, '', 'url', 'socket.host'),
    source: 'unchecked: @keyv/redis README.md',
  },
  { api: 'memcached:', peer: 'Memcached', targets: at(0), source: 'unchecked: memcached README.md' },

  // Databases
  {
    api: 'mongodb:MongoClient{,.connect}',
    peer: 'MongoDB',
    targets: at(0),
    source: 'mongodb@7.8.0 mongodb.d.ts, class MongoClient',
  },
  {
    api: 'mongoose:{connect,createConnection}',
    peer: 'MongoDB',
    targets: at(0),
    source: 'mongoose@9.12.1 types/index.d.ts',
  },
  {
    api: '@nestjs/mongoose:MongooseModule.{forRoot,forRootAsync}',
    peer: 'MongoDB',
    targets: at(0, '', 'uri'),
    source: 'unchecked: Nest documentation',
  },
  {
    api: 'connect-mongo:{,create}',
    peer: 'MongoDB',
    targets: at(0, 'mongoUrl', 'url'),
    source: 'unchecked: connect-mongo README.md',
  },
  {
    api: 'pg:{Pool,Client}',
    peer: 'PostgreSQL',
    targets: at(0, '', 'connectionString', 'host'),
    source: 'pg@8.23.1 lib/connection-parameters.js (PGHOST where nothing is given)',
  },
  {
    api: 'pg-promise:()',
    peer: 'PostgreSQL',
    targets: at(0, '', 'connectionString', 'host'),
    source: 'unchecked: pg-promise README.md',
  },
  {
    api: 'postgres:',
    peer: 'PostgreSQL',
    targets: at(0, '', 'host'),
    source: 'unchecked: postgres README.md (PGHOST where nothing is given)',
  },
  { api: 'slonik:createPool', peer: 'PostgreSQL', targets: at(0), source: 'unchecked: slonik README.md' },
  {
    api: 'mysql2:createPool',
    peer: 'MySQL',
    targets: at(0, '', 'host', 'uri', 'socketPath'),
    unset: 'localhost:3306',
    source: 'mysql2@3.24.5 lib/connection_config.js:99 "options.host || \'localhost\'"',
  },
  {
    api: 'mssql:{connect,ConnectionPool}',
    peer: 'SQL Server',
    targets: at(0, '', 'server'),
    source: 'unchecked: mssql README.md',
  },
  {
    api: 'tedious:Connection',
    peer: 'SQL Server',
    targets: at(0, 'server'),
    source: 'unchecked: tedious documentation',
  },
  {
    api: 'knex:',
    peer: 'the database',
    targets: at(0, '', 'connection', 'connection.host', 'connection.connectionString'),
    source: 'knex@3.3.0 types/index.d.ts',
  },
  {
    api: 'sequelize:Sequelize',
    peer: 'the database',
    targets: [{ arg: 0 }, { arg: 0, path: 'host' }, { arg: 3, path: 'host' }],
    source: 'sequelize@6.37.8 lib/sequelize.js:105',
  },
  {
    api: '@nestjs/sequelize:SequelizeModule.{forRoot,forRootAsync}',
    peer: 'the database',
    targets: at(0, 'uri', 'host'),
    source: 'unchecked: Nest documentation',
  },
  {
    api: 'typeorm:{DataSource,createConnection}',
    peer: 'the database',
    targets: at(0, 'url', 'host'),
    source: 'typeorm@1.1.1 data-source/DataSourceOptions.d.ts',
  },
  {
    api: '@nestjs/typeorm:TypeOrmModule.{forRoot,forRootAsync}',
    peer: 'the database',
    targets: at(0, 'url', 'host'),
    source: 'unchecked: Nest documentation',
  },
  {
    api: '@mikro-orm/core:MikroORM.{init,initSync}',
    peer: 'the database',
    targets: at(0, 'clientUrl', 'host'),
    source: 'unchecked: MikroORM documentation',
  },
  {
    api: '@prisma/client:PrismaClient',
    peer: 'the database',
    targets: at(0, 'datasourceUrl', 'datasources.db.url'),
    source: 'unchecked: Prisma documentation',
  },
  { api: 'neo4j-driver:driver', peer: 'Neo4j', targets: at(0), source: 'unchecked: neo4j-driver README.md' },
  {
    api: 'cassandra-driver:Client',
    peer: 'Cassandra',
    targets: at(0, 'contactPoints'),
    source: 'unchecked: cassandra-driver README.md',
  },
  {
    api: '@clickhouse/client:createClient',
    peer: 'ClickHouse',
    targets: at(0, 'url', 'host'),
    source: 'unchecked: @clickhouse/client README.md',
  },
  {
    api: '@influxdata/influxdb-client:InfluxDB',
    peer: 'InfluxDB',
    targets: at(0, '', 'url'),
    source: 'unchecked: @influxdata/influxdb-client README.md',
  },
  { api: 'nano:', peer: 'CouchDB', targets: at(0, '', 'url'), source: 'unchecked: nano README.md' },
  { api: 'agenda:Agenda', peer: 'MongoDB', targets: at(0, 'db.address'), source: 'unchecked: agenda README.md' },
  { api: 'etcd3:Etcd3', peer: 'etcd', targets: at(0, 'hosts'), source: 'unchecked: etcd3 README.md' },

  // Search, storage
  {
    api: '@elastic/elasticsearch:Client',
    peer: 'Elasticsearch',
    targets: at(0, 'node', 'nodes', 'host', 'hosts'),
    source: 'unchecked: @elastic/elasticsearch documentation',
  },
  {
    api: 'meilisearch:{MeiliSearch,Meilisearch}',
    peer: 'Meilisearch',
    targets: at(0, 'host'),
    source: 'meilisearch@0.62.0 README.md',
  },
  { api: 'minio:Client', peer: 'object storage', targets: at(0, 'endPoint'), source: 'minio@8.0.7 README.md' },
  {
    api: '@aws-sdk/client-s3:{S3Client,S3}',
    peer: 'object storage',
    targets: at(0, 'endpoint'),
    source: 'unchecked: AWS SDK v3 documentation',
  },
  {
    api: '@qdrant/js-client-rest:QdrantClient',
    peer: 'Qdrant',
    targets: at(0, 'url', 'host'),
    source: '@qdrant/js-client-rest@1.18.0 dist/types/qdrant-client.d.ts',
  },

  // Brokers
  {
    api: 'amqplib:connect',
    peer: 'RabbitMQ',
    targets: at(0, '', 'hostname'),
    unset: 'amqp://localhost',
    source: 'amqplib@2.3.1 lib/connect.js:95 "url || \'amqp://localhost\'"',
  },
  {
    api: 'amqp-connection-manager:connect',
    peer: 'RabbitMQ',
    targets: at(0, '', 'urls'),
    source: 'unchecked: amqp-connection-manager README.md',
  },
  {
    api: '{kafkajs:Kafka,@confluentinc/kafka-javascript:KafkaJS.Kafka}',
    peer: 'Kafka',
    targets: at(0, 'brokers', 'kafkaJS.brokers'),
    source: 'kafkajs@2.2.4 types/index.d.ts',
  },
  {
    api: 'mqtt:connect',
    peer: 'the MQTT broker',
    targets: at(0, '', 'hostname', 'host'),
    source: 'mqtt@5.16.0 build/lib/connect/tcp.js:12',
  },
  {
    api: '{nats,@nats-io/transport-node}:connect',
    peer: 'NATS',
    targets: at(0, 'servers'),
    source: 'nats@2.29.3 README.md',
  },
  {
    api: '@nestjs/microservices:ClientProxyFactory.create',
    peer: SERVICE,
    targets: at(0, 'options.host', 'options.url', 'options.urls', 'options.servers'),
    source: 'unchecked: Nest documentation',
  },

  // Mail, directories
  {
    api: 'nodemailer:createTransport',
    peer: 'the mail server',
    targets: at(0, '', 'host'),
    source: 'unchecked: nodemailer documentation',
  },
  {
    api: 'ldapjs:createClient',
    peer: 'the directory',
    targets: at(0, 'url'),
    source: 'unchecked: ldapjs documentation',
  },
];

/** Ports of agents that are meant to run beside every instance, on the same host or in the same pod. */
export const sidecarPorts: Readonly<Record<string, string>> = {
  '3500': 'Dapr',
  '50001': 'Dapr',
  '2000': 'the X-Ray daemon',
  '4317': 'the OpenTelemetry collector',
  '4318': 'the OpenTelemetry collector',
  '6831': 'the Jaeger agent',
  '6832': 'the Jaeger agent',
  '8125': 'the StatsD agent',
  '8126': 'the Datadog agent',
  '8200': 'the Vault or APM agent',
  '8500': 'the Consul agent',
  '9411': 'the Zipkin agent',
  '9901': 'Envoy',
  '15000': 'Envoy',
  '15020': 'Istio',
  '15021': 'Istio',
  '24224': 'Fluentd',
};

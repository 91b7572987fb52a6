import type { EffectKnowledge } from './types.js';

type Facts = Omit<EffectKnowledge, 'api' | 'source'>;

const WRITES: Facts = { kind: 'database', writes: true };
const DELETES: Facts = { kind: 'database', writes: true, idempotent: true };
const READS: Facts = { kind: 'database', writes: false };
const SQL: Facts = { kind: 'database', writes: true, sql: 0 };
const MAIL: Facts = { kind: 'mail', writes: true, words: 'sends mail' };
const SMS: Facts = { kind: 'mail', writes: true, words: 'sends an SMS or places a call' };
const PUSH: Facts = { kind: 'mail', writes: true, words: 'sends a push notification' };
const CHAT: Facts = { kind: 'mail', writes: true, words: 'posts to a chat' };
const PAYMENT: Facts = { kind: 'http', writes: true, words: 'creates something at a payment provider' };
const ASKS: Facts = { kind: 'http', writes: false };
const CALLS: Facts = { kind: 'http', writes: true };
const PUBLISHES: Facts = { kind: 'publish', writes: true };
const ENQUEUES: Facts = { kind: 'enqueue', writes: true };
const FILES: Facts = { kind: 'file', writes: true };
const FILES_AGAIN: Facts = { kind: 'file', writes: true, idempotent: true };
const RUNS: Facts = { kind: 'process', writes: true };
const UPLOADS: Facts = { kind: 'http', writes: true, idempotent: true, words: 'writes to object storage' };

/** What calls into packages do outside the process: [path of what is called, facts, source]. */
const table: readonly (readonly [api: string, facts: Facts, source: string])[] = [
  // SQL drivers
  ['pg:{Pool,Client}().query', SQL, 'pg@8.23.1 lib/client.js, lib/index.js'],
  [
    'pg-promise:()().{none,one,oneOrNone,many,manyOrNone,any,result,query,multi,proc,func}',
    SQL,
    'unchecked: pg-promise README.md',
  ],
  ['postgres:()', SQL, 'unchecked: postgres README.md'],
  ['postgres:().unsafe', SQL, 'unchecked: postgres README.md'],
  ['@neondatabase/serverless:neon()', SQL, 'unchecked: @neondatabase/serverless README.md'],
  ['@neondatabase/serverless:neon().query', SQL, 'unchecked: @neondatabase/serverless README.md'],
  ['@vercel/postgres:sql', SQL, 'unchecked: @vercel/postgres README.md'],
  [
    'slonik:createPool().{query,any,one,maybeOne,many,oneFirst,anyFirst,manyFirst,maybeOneFirst,exists}',
    SQL,
    'unchecked: slonik README.md',
  ],
  ['mysql2:createPool().{query,execute,batch}', SQL, 'unchecked: mysql2 documentation'],
  ['mssql:Request().{query,batch}', SQL, 'unchecked: mssql README.md'],
  ['mssql:{query,batch}', SQL, 'unchecked: mssql README.md'],
  ['mssql:ConnectionPool().{query,batch}', SQL, 'unchecked: mssql README.md'],
  ['mssql:Request().{execute,bulk}', WRITES, 'unchecked: mssql README.md'],
  ['oracledb:getConnection().{execute,executeMany}', SQL, 'unchecked: node-oracledb documentation'],
  ['@planetscale/database:connect().execute', SQL, 'unchecked: @planetscale/database README.md'],
  ['better-sqlite3:().exec', SQL, 'unchecked: better-sqlite3 docs/api.md'],
  ['better-sqlite3:().prepare().run', WRITES, 'unchecked: better-sqlite3 docs/api.md'],
  ['better-sqlite3:().prepare().{get,all,iterate}', READS, 'unchecked: better-sqlite3 docs/api.md'],
  ['sqlite3:Database().{run,exec}', SQL, 'unchecked: sqlite3 API'],
  ['sqlite3:Database().{get,all,each}', READS, 'unchecked: sqlite3 API'],
  ['sqlite:open().{run,exec}', SQL, 'unchecked: sqlite README.md'],
  ['sqlite:open().{get,all,each}', READS, 'unchecked: sqlite README.md'],
  ['@libsql/client:createClient().{execute,batch,executeMultiple}', SQL, 'unchecked: @libsql/client README.md'],

  // MongoDB
  [
    'mongodb:Collection().{insertOne,insertMany,updateOne,updateMany,replaceOne,findOneAndUpdate,findOneAndReplace,bulkWrite}',
    WRITES,
    'mongodb@7.8.0 mongodb.d.ts, class Collection',
  ],
  ['mongodb:Collection().{insert,update,save,findAndModify}', WRITES, 'unchecked: mongodb driver 3 documentation'],
  [
    'mongodb:Collection().{deleteOne,deleteMany,findOneAndDelete,remove,drop,dropIndex,dropIndexes,rename,createIndex,createIndexes}',
    DELETES,
    'mongodb@7.8.0 mongodb.d.ts, class Collection',
  ],
  [
    'mongodb:Collection().{find,findOne,aggregate,countDocuments,estimatedDocumentCount,distinct,count}',
    READS,
    'mongodb@7.8.0 mongodb.d.ts, class Collection',
  ],
  ['mongodb:Db().{dropCollection,dropDatabase}', DELETES, 'mongodb@7.8.0 mongodb.d.ts, class Collection'],
  [
    'mongoose:model().{create,insertMany,insertOne,updateOne,updateMany,update,replaceOne,findByIdAndUpdate,findOneAndUpdate,findOneAndReplace,bulkWrite,bulkSave}',
    WRITES,
    'mongoose@9.12.1 types/models.d.ts, types/document.d.ts (update, remove before version 7)',
  ],
  [
    'mongoose:model().{deleteOne,deleteMany,remove,findByIdAndDelete,findByIdAndRemove,findOneAndDelete,findOneAndRemove,syncIndexes,ensureIndexes,createIndexes}',
    DELETES,
    'mongoose@9.12.1 types/models.d.ts, types/document.d.ts (update, remove before version 7)',
  ],
  [
    'mongoose:model().{find,findOne,findById,exists,count,countDocuments,estimatedDocumentCount,distinct,aggregate}',
    READS,
    'mongoose@9.12.1 types/models.d.ts, types/document.d.ts (update, remove before version 7)',
  ],
  [
    'mongoose:model()().{save,updateOne,replaceOne,update}',
    WRITES,
    'mongoose@9.12.1 types/models.d.ts, types/document.d.ts (update, remove before version 7)',
  ],
  [
    'mongoose:model()().{remove,deleteOne,deleteMany,delete}',
    DELETES,
    'mongoose@9.12.1 types/models.d.ts, types/document.d.ts (update, remove before version 7)',
  ],
  [
    'mongoose:connection.dropDatabase',
    DELETES,
    'mongoose@9.12.1 types/models.d.ts, types/document.d.ts (update, remove before version 7)',
  ],

  // Sequelize
  [
    'sequelize:Model.{create,bulkCreate,update,increment,decrement,restore}',
    WRITES,
    'sequelize@6.37.8 lib/model.js, lib/sequelize.js',
  ],
  [
    'sequelize:Model.{destroy,truncate,upsert,findOrCreate,findCreateFind}',
    DELETES,
    'sequelize@6.37.8 lib/model.js, lib/sequelize.js',
  ],
  [
    'sequelize:Model.{findAll,findOne,findByPk,findAndCountAll,findOrBuild,count,max,min,sum,aggregate}',
    READS,
    'sequelize@6.37.8 lib/model.js, lib/sequelize.js',
  ],
  [
    'sequelize:Model().{save,update,increment,decrement,restore}',
    WRITES,
    'sequelize@6.37.8 lib/model.js, lib/sequelize.js',
  ],
  ['sequelize:Model().destroy', DELETES, 'sequelize@6.37.8 lib/model.js, lib/sequelize.js'],
  ['sequelize:Sequelize().query', SQL, 'sequelize@6.37.8 lib/model.js, lib/sequelize.js'],

  // TypeORM
  [
    'typeorm:{Repository,BaseEntity,EntityManager}().{save,insert,update,updateAll,increment,decrement,restore,recover}',
    WRITES,
    'typeorm@1.1.1 repository/Repository.d.ts, repository/BaseEntity.d.ts',
  ],
  [
    'typeorm:{Repository,BaseEntity,EntityManager}().{remove,delete,deleteAll,softDelete,softRemove,clear,upsert}',
    DELETES,
    'typeorm@1.1.1 repository/Repository.d.ts, repository/BaseEntity.d.ts',
  ],
  [
    'typeorm:{Repository,EntityManager}().{find,findOne,findBy,findOneBy,findOneOrFail,findOneByOrFail,findAndCount,findAndCountBy,count,countBy,exists,existsBy,sum,average,minimum,maximum}',
    READS,
    'typeorm@1.1.1 repository/Repository.d.ts, repository/BaseEntity.d.ts',
  ],
  [
    'typeorm:BaseEntity.{save,insert,update}',
    WRITES,
    'typeorm@1.1.1 repository/Repository.d.ts, repository/BaseEntity.d.ts',
  ],
  [
    'typeorm:BaseEntity.{remove,delete,softRemove,clear,upsert}',
    DELETES,
    'typeorm@1.1.1 repository/Repository.d.ts, repository/BaseEntity.d.ts',
  ],
  [
    'typeorm:BaseEntity.{find,findOne,findBy,findOneBy,findOneOrFail,findOneByOrFail,findAndCount,count,countBy}',
    READS,
    'typeorm@1.1.1 repository/Repository.d.ts, repository/BaseEntity.d.ts',
  ],
  [
    'typeorm:QueryBuilder().{insert,update}',
    WRITES,
    'typeorm@1.1.1 repository/Repository.d.ts, repository/BaseEntity.d.ts',
  ],
  [
    'typeorm:QueryBuilder().{delete,softDelete}',
    DELETES,
    'typeorm@1.1.1 repository/Repository.d.ts, repository/BaseEntity.d.ts',
  ],
  [
    'typeorm:QueryBuilder().{getOne,getMany,getRawOne,getRawMany,getCount,getManyAndCount,stream}',
    READS,
    'typeorm@1.1.1 repository/Repository.d.ts, repository/BaseEntity.d.ts',
  ],
  [
    'typeorm:{DataSource,EntityManager,QueryRunner,Repository}().{query,sql}',
    SQL,
    'typeorm@1.1.1 repository/Repository.d.ts, repository/BaseEntity.d.ts',
  ],

  // Prisma
  [
    '@prisma/client:PrismaClient().*.{create,createMany,createManyAndReturn,update,updateMany,updateManyAndReturn}',
    WRITES,
    'unchecked: Prisma documentation',
  ],
  ['@prisma/client:PrismaClient().*.{delete,deleteMany,upsert}', DELETES, 'unchecked: Prisma documentation'],
  [
    '@prisma/client:PrismaClient().*.{findMany,findFirst,findUnique,findFirstOrThrow,findUniqueOrThrow,count,aggregate,groupBy}',
    READS,
    'unchecked: Prisma documentation',
  ],
  ['@prisma/client:PrismaClient().{$executeRaw,$executeRawUnsafe}', SQL, 'unchecked: Prisma documentation'],
  ['@prisma/client:PrismaClient().{$queryRaw,$queryRawUnsafe}', SQL, 'unchecked: Prisma documentation'],

  // Knex, Objection, Bookshelf
  ['knex:().{insert,update,increment,decrement,batchInsert}', WRITES, 'knex@3.3.0 types/index.d.ts'],
  ['knex:().{del,delete,truncate,upsert,merge,ignore}', DELETES, 'knex@3.3.0 types/index.d.ts'],
  ['knex:().{select,first,pluck,count,countDistinct,min,max,sum,avg}', READS, 'knex@3.3.0 types/index.d.ts'],
  ['knex:().raw', SQL, 'knex@3.3.0 types/index.d.ts'],
  [
    'knex:().schema.{raw,createTable,dropTable,dropTableIfExists,alterTable,table,renameTable}',
    DELETES,
    'knex@3.3.0 types/index.d.ts',
  ],
  [
    'objection:Model.query().{insert,insertAndFetch,insertGraph,insertGraphAndFetch,update,updateAndFetch,updateAndFetchById,patch,patchAndFetch,patchAndFetchById,increment,decrement,upsertGraph,relate,unrelate}',
    WRITES,
    'unchecked: Objection documentation',
  ],
  ['objection:Model.query().{delete,deleteById,del,truncate}', DELETES, 'unchecked: Objection documentation'],
  ['bookshelf:().{Model.,model().,}{forge().save,save}', WRITES, 'unchecked: Bookshelf documentation'],
  ['redbean-node:R.{store,storeAll}', WRITES, 'unchecked: redbean-node README.md'],
  ['redbean-node:R.exec', SQL, 'unchecked: redbean-node README.md'],
  ['redbean-node:R.{trash,trashAll}', DELETES, 'unchecked: redbean-node README.md'],
  [
    'redbean-node:R.{find,findOne,findAll,getAll,getRow,getCell,getCol,count,load}',
    READS,
    'unchecked: redbean-node README.md',
  ],

  // Drizzle, Kysely, MikroORM, Waterline
  ['drizzle-orm:drizzle().{insert,update}', WRITES, 'drizzle-orm@0.45.4 pg-core/db.d.ts'],
  ['drizzle-orm:drizzle().delete', DELETES, 'drizzle-orm@0.45.4 pg-core/db.d.ts'],
  [
    'drizzle-orm:drizzle().{select,selectDistinct,query.*.findMany,query.*.findFirst,$count}',
    READS,
    'drizzle-orm@0.45.4 pg-core/db.d.ts',
  ],
  ['drizzle-orm:drizzle().{execute,run,all,get}', SQL, 'drizzle-orm@0.45.4 pg-core/db.d.ts'],
  [
    'kysely:Kysely().{insertInto,updateTable,replaceInto,mergeInto}',
    WRITES,
    'kysely@0.28.18 dist/cjs/query-creator.d.ts',
  ],
  ['kysely:Kysely().deleteFrom', DELETES, 'kysely@0.28.18 dist/cjs/query-creator.d.ts'],
  ['kysely:Kysely().selectFrom', READS, 'kysely@0.28.18 dist/cjs/query-creator.d.ts'],
  [
    '@mikro-orm/core:{EntityManager,EntityRepository}().{flush,persistAndFlush,insert,insertMany,nativeInsert,nativeUpdate,commit}',
    WRITES,
    'unchecked: MikroORM documentation',
  ],
  [
    '@mikro-orm/core:{EntityManager,EntityRepository}().{removeAndFlush,nativeDelete,upsert,upsertMany}',
    DELETES,
    'unchecked: MikroORM documentation',
  ],
  [
    '@mikro-orm/core:{EntityManager,EntityRepository}().{find,findOne,findOneOrFail,findAll,findAndCount,count}',
    READS,
    'unchecked: MikroORM documentation',
  ],
  ['@mikro-orm/core:EntityManager().{execute,getConnection().execute}', SQL, 'unchecked: MikroORM documentation'],
  ['@supabase/supabase-js:createClient().from().{insert,update}', WRITES, 'unchecked: supabase-js documentation'],
  ['@supabase/supabase-js:createClient().from().{delete,upsert}', DELETES, 'unchecked: supabase-js documentation'],
  ['@supabase/supabase-js:createClient().from().select', READS, 'unchecked: supabase-js documentation'],
  ['@supabase/supabase-js:createClient().rpc', WRITES, 'unchecked: supabase-js documentation'],

  // Redis and other stores
  [
    'ioredis:().{incr,incrby,decr,decrby,hincrby,zincrby,lpush,rpush,lpop,rpop,blpop,brpop,xadd,append,getset,rename,rpoplpush,lmove,spop,evalsha,eval}',
    WRITES,
    'ioredis@6.0.0 built/utils/RedisCommander.d.ts (a method for each Redis command)',
  ],
  [
    'ioredis:().{set,setex,psetex,mset,hset,hmset,sadd,zadd,del,unlink,expire,pexpire,hdel,srem,zrem,ltrim,flushall,flushdb,setnx,persist,call}',
    DELETES,
    'ioredis@6.0.0 built/utils/RedisCommander.d.ts (a method for each Redis command)',
  ],
  [
    'ioredis:().{get,mget,hget,hgetall,hmget,smembers,sismember,zrange,zrangebyscore,lrange,keys,scan,ttl,exists,llen,scard,zcard,xread,getBuffer}',
    READS,
    'ioredis@6.0.0 built/utils/RedisCommander.d.ts (a method for each Redis command)',
  ],
  [
    'redis:createClient().{incr,incrBy,decr,decrBy,hIncrBy,zIncrBy,lPush,rPush,lPop,rPop,blPop,brPop,xAdd,append,getSet,rename,lMove,sPop,eval,evalSha,incrby,lpush,rpush,hincrby}',
    WRITES,
    'redis@6.3.1 (a method for each Redis command)',
  ],
  [
    'redis:createClient().{set,setEx,pSetEx,mSet,hSet,sAdd,zAdd,del,unlink,expire,pExpire,hDel,sRem,zRem,lTrim,flushAll,flushDb,setNX,sendCommand,setex,hset,hmset,sadd,zadd,hdel,flushall,flushdb}',
    DELETES,
    'redis@6.3.1 (a method for each Redis command)',
  ],
  [
    'redis:createClient().{get,mGet,hGet,hGetAll,hmGet,sMembers,sIsMember,zRange,lRange,keys,scan,ttl,exists,lLen,sCard,zCard,hget,hgetall,smembers,lrange}',
    READS,
    'redis@6.3.1 (a method for each Redis command)',
  ],
  [
    '@upstash/redis:Redis().{incr,incrby,decr,hincrby,zincrby,lpush,rpush,lpop,rpop,eval,xadd}',
    WRITES,
    'unchecked: @upstash/redis README.md',
  ],
  [
    '@upstash/redis:Redis().{set,setex,mset,hset,sadd,zadd,del,expire,hdel,srem,zrem}',
    DELETES,
    'unchecked: @upstash/redis README.md',
  ],
  [
    '@upstash/redis:Redis().{get,mget,hget,hgetall,smembers,zrange,lrange,keys,scan,exists}',
    READS,
    'unchecked: @upstash/redis README.md',
  ],
  ['@vercel/kv:{kv.,}{set,hset,incr,lpush,rpush,sadd,zadd,del}', WRITES, 'unchecked: @vercel/kv README.md'],
  ['memcached:().{set,add,replace,del,incr,decr}', WRITES, 'unchecked: memcached README.md'],
  [
    '@elastic/elasticsearch:Client().{index,create,update,updateByQuery,reindex,bulk}',
    WRITES,
    'unchecked: @elastic/elasticsearch documentation',
  ],
  [
    '@elastic/elasticsearch:Client().{delete,deleteByQuery,indices.create,indices.delete,indices.putMapping}',
    DELETES,
    'unchecked: @elastic/elasticsearch documentation',
  ],
  [
    '@elastic/elasticsearch:Client().{search,get,count,msearch,exists}',
    READS,
    'unchecked: @elastic/elasticsearch documentation',
  ],
  [
    'meilisearch:MeiliSearch().index().{addDocuments,updateDocuments,deleteDocument,deleteDocuments}',
    DELETES,
    'unchecked: meilisearch README.md',
  ],
  [
    '@influxdata/influxdb-client:InfluxDB().getWriteApi().{writePoint,writePoints,flush}',
    WRITES,
    'unchecked: @influxdata/influxdb-client README.md',
  ],
  ['@clickhouse/client:createClient().{insert,command,exec}', WRITES, 'unchecked: @clickhouse/client README.md'],
  ['cassandra-driver:Client().{execute,batch}', SQL, 'unchecked: cassandra-driver README.md'],
  ['neo4j-driver:driver().session().{run,executeWrite,writeTransaction}', WRITES, 'unchecked: neo4j-driver README.md'],
  ['etcd3:Etcd3().put', DELETES, 'unchecked: etcd3 README.md'],

  // DynamoDB, Firestore, Cosmos
  [
    '{@aws-sdk/client-dynamodb,@aws-sdk/lib-dynamodb}:{UpdateItemCommand,UpdateCommand,TransactWriteItemsCommand,TransactWriteCommand,BatchWriteItemCommand,BatchWriteCommand,ExecuteStatementCommand}',
    WRITES,
    'unchecked: AWS SDK v3 documentation',
  ],
  [
    '{@aws-sdk/client-dynamodb,@aws-sdk/lib-dynamodb}:{PutItemCommand,PutCommand,DeleteItemCommand,DeleteCommand}',
    DELETES,
    'unchecked: AWS SDK v3 documentation',
  ],
  [
    '{@aws-sdk/client-dynamodb,@aws-sdk/lib-dynamodb}:{GetItemCommand,GetCommand,QueryCommand,ScanCommand,BatchGetItemCommand,BatchGetCommand}',
    READS,
    'unchecked: AWS SDK v3 documentation',
  ],
  [
    'aws-sdk:DynamoDB{,.DocumentClient}().{put,update,delete,batchWrite,transactWrite,putItem,updateItem,deleteItem,batchWriteItem}',
    WRITES,
    'unchecked: AWS SDK v2 documentation',
  ],
  [
    'aws-sdk:DynamoDB{,.DocumentClient}().{get,query,scan,batchGet,getItem}',
    READS,
    'unchecked: AWS SDK v2 documentation',
  ],
  ['dynamoose:model().{create,update,batchPut,delete}', WRITES, 'unchecked: Dynamoose documentation'],
  [
    '@google-cloud/firestore:Firestore().{add,create,update}',
    WRITES,
    'unchecked: @google-cloud/firestore documentation',
  ],
  [
    '@google-cloud/firestore:Firestore().{set,delete,commit,recursiveDelete}',
    DELETES,
    'unchecked: @google-cloud/firestore documentation',
  ],
  [
    '@google-cloud/firestore:Firestore().{get,getAll,listDocuments}',
    READS,
    'unchecked: @google-cloud/firestore documentation',
  ],
  ['firebase-admin:database.ref().{push,transaction}', WRITES, 'unchecked: firebase-admin documentation'],
  ['firebase-admin:database.ref().{set,update,remove}', DELETES, 'unchecked: firebase-admin documentation'],
  [
    '@azure/cosmos:CosmosClient().database().container().{items.create,items.upsert,item().replace,item().delete,item().patch}',
    WRITES,
    'unchecked: @azure/cosmos README.md',
  ],
  ['@google-cloud/bigquery:BigQuery().dataset().table().insert', WRITES, 'unchecked: @google-cloud/bigquery README.md'],

  // Mail
  ['nodemailer:createTransport().{sendMail,send}', MAIL, 'unchecked: Nodemailer documentation'],
  [
    '@nestjs-modules/mailer:MailerService().{sendMail,addTransporter}',
    MAIL,
    'unchecked: @nestjs-modules/mailer documentation',
  ],
  ['@sendgrid/mail:{,MailService().}{send,sendMultiple}', MAIL, 'unchecked: @sendgrid/mail README.md'],
  ['mailgun.js:().client().messages.create', MAIL, 'unchecked: mailgun.js README.md'],
  ['mailgun-js:().messages().send', MAIL, 'unchecked: mailgun-js README.md'],
  [
    'postmark:{ServerClient,Client}().{sendEmail,sendEmailBatch,sendEmailWithTemplate,sendEmailBatchWithTemplates}',
    MAIL,
    'unchecked: postmark README.md',
  ],
  ['resend:Resend().{emails.send,emails.create,batch.send}', MAIL, 'unchecked: resend README.md'],
  [
    '{@aws-sdk/client-ses,@aws-sdk/client-sesv2}:{SendEmailCommand,SendRawEmailCommand,SendTemplatedEmailCommand,SendBulkTemplatedEmailCommand,SendBulkEmailCommand}',
    MAIL,
    'unchecked: AWS SDK v3 documentation',
  ],
  [
    'aws-sdk:{SES,SESV2}().{sendEmail,sendRawEmail,sendTemplatedEmail,sendBulkTemplatedEmail}',
    MAIL,
    'unchecked: AWS SDK v2 documentation',
  ],
  ['email-templates:().send', MAIL, 'unchecked: email-templates README.md'],
  [
    '{@getbrevo/brevo,sib-api-v3-sdk}:TransactionalEmailsApi().sendTransacEmail',
    MAIL,
    'unchecked: @getbrevo/brevo README.md',
  ],
  ['@mailchimp/mailchimp_transactional:().messages.{send,sendTemplate}', MAIL, 'unchecked: Mailchimp documentation'],
  ['node-mailjet:{apiConnect,connect}().post', MAIL, 'unchecked: node-mailjet README.md'],
  ['{sendmail:(),emailjs:SMTPClient().send,emailjs:SMTPClient().sendAsync}', MAIL, 'unchecked: sendmail README.md'],
  ['@azure/communication-email:EmailClient().beginSend', MAIL, 'unchecked: @azure/communication-email README.md'],

  // SMS, push, chat
  ['twilio:().{messages,calls}.create', SMS, 'unchecked: twilio README.md'],
  ['twilio:().verify.v2.services().verifications.create', SMS, 'unchecked: twilio README.md'],
  [
    '{@vonage/server-sdk:Vonage().sms.send,messagebird:initClient().messages.create,plivo:Client().messages.create}',
    SMS,
    'unchecked: README of the package',
  ],
  [
    '@aws-sdk/client-sns:{PublishCommand,PublishBatchCommand}',
    { kind: 'publish', writes: true },
    'unchecked: AWS SDK v3 documentation',
  ],
  ['aws-sdk:SNS().publish', { kind: 'publish', writes: true }, 'unchecked: AWS SDK v2 documentation'],
  [
    'firebase-admin:messaging().{send,sendEach,sendAll,sendMulticast,sendEachForMulticast,sendToDevice,sendToTopic}',
    PUSH,
    'unchecked: firebase-admin documentation',
  ],
  ['web-push:sendNotification', PUSH, 'unchecked: web-push README.md'],
  ['expo-server-sdk:{,Expo}().sendPushNotificationsAsync', PUSH, 'unchecked: expo-server-sdk README.md'],
  [
    '{onesignal-node:Client().createNotification,@onesignal/node-onesignal:DefaultApi().createNotification}',
    PUSH,
    'unchecked: onesignal-node README.md',
  ],
  ['{apn,@parse/node-apn,node-apn}:Provider().send', PUSH, 'unchecked: apn README.md'],
  [
    '@slack/web-api:WebClient().chat.{postMessage,update,postEphemeral,scheduleMessage}',
    CHAT,
    'unchecked: @slack/web-api README.md',
  ],
  ['@slack/webhook:IncomingWebhook().send', CHAT, 'unchecked: @slack/webhook README.md'],
  ['@slack/bolt:App().client.chat.{postMessage,update,postEphemeral}', CHAT, 'unchecked: Bolt documentation'],
  ['discord.js:WebhookClient().send', CHAT, 'unchecked: discord.js documentation'],
  [
    '{telegraf:Telegraf().telegram,grammy:Bot().api,node-telegram-bot-api:()}.{sendMessage,sendPhoto,sendDocument,editMessageText,sendVideo,sendMediaGroup}',
    CHAT,
    'unchecked: Telegraf documentation',
  ],

  // Payment
  ['stripe:().*.{create,update,del,cancel,capture,confirm,pay}', PAYMENT, 'unchecked: stripe README.md'],
  ['stripe:().*.*.{create,update,del,cancel,confirm}', PAYMENT, 'unchecked: stripe README.md'],
  ['stripe:().*.{list,retrieve,search}', ASKS, 'unchecked: stripe README.md'],
  [
    '{razorpay:().orders.create,razorpay:().payments.capture,braintree:BraintreeGateway().transaction.sale,square:Client().paymentsApi.createPayment,@mollie/api-client:createMollieClient().payments.create}',
    PAYMENT,
    'unchecked: README of the package',
  ],

  // HTTP clients
  ['axios:', { kind: 'http', writes: false, method: { arg: 0, path: 'method' } }, 'unchecked: axios README.md'],
  ['axios:request', { kind: 'http', writes: false, method: { arg: 0, path: 'method' } }, 'unchecked: axios README.md'],
  ['axios:{get,head,options}', ASKS, 'unchecked: axios README.md'],
  ['axios:{post,put,patch,delete,postForm,putForm,patchForm}', CALLS, 'unchecked: axios README.md'],
  ['@nestjs/axios:HttpService().{get,head}', ASKS, 'unchecked: Nest documentation'],
  ['@nestjs/axios:HttpService().{post,put,patch,delete}', CALLS, 'unchecked: Nest documentation'],
  [
    '@nestjs/axios:HttpService().request',
    { kind: 'http', writes: false, method: { arg: 0, path: 'method' } },
    'unchecked: Nest documentation',
  ],
  ['@nestjs/axios:HttpService().axiosRef.{get,head}', ASKS, 'unchecked: Nest documentation'],
  ['@nestjs/axios:HttpService().axiosRef.{post,put,patch,delete}', CALLS, 'unchecked: Nest documentation'],
  ['global:fetch', { kind: 'http', writes: false, method: { arg: 1, path: 'method' } }, 'unchecked: WHATWG Fetch'],
  ['{got,ky}:', { kind: 'http', writes: false, method: { arg: 1, path: 'method' } }, 'unchecked: got documentation'],
  ['{got,ky}:{get,head}', ASKS, 'unchecked: got documentation'],
  ['{got,ky}:{post,put,patch,delete}', CALLS, 'unchecked: got documentation'],
  ['ofetch:ofetch', { kind: 'http', writes: false, method: { arg: 1, path: 'method' } }, 'unchecked: ofetch README.md'],
  [
    'undici:request',
    { kind: 'http', writes: false, method: { arg: 1, path: 'method' } },
    'unchecked: undici documentation',
  ],
  ['superagent:{get,head}', ASKS, 'unchecked: superagent documentation'],
  ['superagent:{post,put,patch,delete,del}', CALLS, 'unchecked: superagent documentation'],
  ['request:', { kind: 'http', writes: false, method: { arg: 0, path: 'method' } }, 'unchecked: request README.md'],
  ['request:{get,head}', ASKS, 'unchecked: request README.md'],
  ['request:{post,put,patch,delete,del}', CALLS, 'unchecked: request README.md'],
  ['needle:{get,head}', ASKS, 'unchecked: needle README.md'],
  ['needle:{post,put,patch,delete}', CALLS, 'unchecked: needle README.md'],
  [
    '{http,https}:request',
    { kind: 'http', writes: false, method: { arg: 0, path: 'method' } },
    'Node.js API documentation',
  ],
  ['{http,https}:get', ASKS, 'Node.js API documentation'],
  ['{graphql-request:request,graphql-request:GraphQLClient().request}', ASKS, 'unchecked: graphql-request README.md'],
  [
    '@octokit/rest:Octokit().{issues,pulls,repos,git,checks}.{create,createComment,update,merge}',
    CALLS,
    'unchecked: @octokit/rest README.md',
  ],

  // Object storage
  [
    '@aws-sdk/client-s3:{PutObjectCommand,DeleteObjectCommand,DeleteObjectsCommand,CopyObjectCommand,CompleteMultipartUploadCommand}',
    UPLOADS,
    'unchecked: AWS SDK v3 documentation',
  ],
  [
    '@aws-sdk/client-s3:{GetObjectCommand,HeadObjectCommand,ListObjectsV2Command,ListObjectsCommand}',
    ASKS,
    'unchecked: AWS SDK v3 documentation',
  ],
  ['@aws-sdk/lib-storage:Upload', UPLOADS, 'unchecked: AWS SDK v3 documentation'],
  [
    'aws-sdk:S3().{putObject,upload,deleteObject,deleteObjects,copyObject}',
    UPLOADS,
    'unchecked: AWS SDK v2 documentation',
  ],
  [
    '@google-cloud/storage:Storage().bucket().{upload,file().save,file().delete,file().move,file().copy,file().createWriteStream,deleteFiles}',
    UPLOADS,
    'unchecked: @google-cloud/storage README.md',
  ],
  [
    'minio:Client().{putObject,fPutObject,removeObject,removeObjects,copyObject}',
    UPLOADS,
    'unchecked: minio README.md',
  ],
  ['cloudinary:v2.uploader.{upload,upload_stream,destroy}', UPLOADS, 'unchecked: cloudinary README.md'],
  [
    '@azure/storage-blob:BlobServiceClient{,.fromConnectionString}().getContainerClient().getBlockBlobClient().{upload,uploadData,uploadFile,uploadStream,delete}',
    UPLOADS,
    'unchecked: @azure/storage-blob README.md',
  ],

  // Brokers
  [
    'ioredis:().{publish,spublish}',
    PUBLISHES,
    'ioredis@6.0.0 built/utils/RedisCommander.d.ts (a method for each Redis command)',
  ],
  ['redis:createClient().{publish,sPublish}', PUBLISHES, 'unchecked: redis docs/pub-sub.md'],
  ['@upstash/redis:Redis().publish', PUBLISHES, 'unchecked: @upstash/redis README.md'],
  ['amqplib:connect().createChannel().{publish,sendToQueue}', PUBLISHES, 'amqplib@2.3.1 lib/channel_model.js:126-131'],
  [
    'amqp-connection-manager:connect().createChannel().{publish,sendToQueue}',
    PUBLISHES,
    'unchecked: amqp-connection-manager README.md',
  ],
  [
    '@golevelup/nestjs-rabbitmq:AmqpConnection().{publish,request}',
    PUBLISHES,
    'unchecked: @golevelup/nestjs-rabbitmq README.md',
  ],
  ['rascal:{Broker,BrokerAsPromised}.create().publish', PUBLISHES, 'unchecked: rascal README.md'],
  [
    '{kafkajs:Kafka,@confluentinc/kafka-javascript:KafkaJS.Kafka}().producer().{send,sendBatch}',
    PUBLISHES,
    'kafkajs@2.2.4 types/index.d.ts:775-776',
  ],
  [
    '{node-rdkafka:Producer().produce,kafka-node:Producer().send,kafka-node:HighLevelProducer().send}',
    PUBLISHES,
    'unchecked: node-rdkafka README.md',
  ],
  ['mqtt:connect().{publish,publishAsync}', PUBLISHES, 'unchecked: mqtt README.md'],
  [
    '{nats,@nats-io/transport-node}:connect().{publish,request,jetstream().publish}',
    PUBLISHES,
    'unchecked: nats.js README.md',
  ],
  [
    '@google-cloud/pubsub:PubSub().topic().{publish,publishMessage,publishJSON}',
    PUBLISHES,
    'unchecked: @google-cloud/pubsub README.md',
  ],
  [
    '@azure/service-bus:ServiceBusClient().createSender().{sendMessages,scheduleMessages}',
    PUBLISHES,
    'unchecked: @azure/service-bus README.md',
  ],
  ['@azure/event-hubs:EventHubProducerClient().sendBatch', PUBLISHES, 'unchecked: @azure/event-hubs README.md'],
  [
    '{@aws-sdk/client-eventbridge:PutEventsCommand,@aws-sdk/client-kinesis:PutRecordCommand,@aws-sdk/client-kinesis:PutRecordsCommand}',
    PUBLISHES,
    'unchecked: AWS SDK v3 documentation',
  ],
  ['@nestjs/microservices:ClientProxy().{emit,send}', PUBLISHES, 'unchecked: Nest documentation'],
  [
    '{pusher:().trigger,pusher:().triggerBatch,ably:Realtime().channels.get().publish,ably:Rest().channels.get().publish}',
    PUBLISHES,
    'unchecked: README of the package',
  ],

  // Job queues
  ['bullmq:{Queue,FlowProducer}().{add,addBulk}', ENQUEUES, 'bullmq@6.7.0 dist/esm/classes/queue.d.ts'],
  [
    'bullmq:Queue().upsertJobScheduler',
    { kind: 'enqueue', writes: true, idempotent: true },
    'bullmq@6.7.0 dist/esm/classes/queue.d.ts',
  ],
  ['bull:().{add,addBulk}', ENQUEUES, 'unchecked: Bull REFERENCE.md'],
  ['bee-queue:().createJob().save', ENQUEUES, 'unchecked: bee-queue README.md'],
  ['kue:createQueue().{create,createJob}().save', ENQUEUES, 'unchecked: kue Readme.md'],
  ['agenda:Agenda().{now,schedule,create().save}', ENQUEUES, 'agenda@6.2.6 dist/index.d.ts:334-406'],
  [
    'agenda:Agenda().every',
    { kind: 'enqueue', writes: true, idempotent: true },
    'agenda@6.2.6 dist/index.d.ts:334-406',
  ],
  [
    'pg-boss:PgBoss().{send,sendAfter,sendOnce,sendSingleton,sendThrottled,sendDebounced,insert,publish}',
    ENQUEUES,
    'pg-boss@10.4.2 types.d.ts:296-370',
  ],
  [
    'pg-boss:PgBoss().schedule',
    { kind: 'enqueue', writes: true, idempotent: true },
    'pg-boss@10.4.2 types.d.ts:296-370',
  ],
  ['graphile-worker:{quickAddJob,makeWorkerUtils().addJob}', ENQUEUES, 'unchecked: graphile-worker README.md'],
  ['node-resque:Queue().{enqueue,enqueueIn,enqueueAt}', ENQUEUES, 'unchecked: node-resque README.md'],
  ['@aws-sdk/client-sqs:{SendMessageCommand,SendMessageBatchCommand}', ENQUEUES, 'unchecked: AWS SDK v3 documentation'],
  ['aws-sdk:SQS().{sendMessage,sendMessageBatch}', ENQUEUES, 'unchecked: AWS SDK v2 documentation'],
  ['sqs-producer:Producer.create().send', ENQUEUES, 'unchecked: sqs-producer README.md'],
  ['@google-cloud/tasks:CloudTasksClient().createTask', ENQUEUES, 'unchecked: @google-cloud/tasks README.md'],
  ['inngest:Inngest().send', ENQUEUES, 'unchecked: Inngest documentation'],
  [
    '@temporalio/client:{Client,WorkflowClient}().{workflow.start,workflow.execute,start,execute}',
    ENQUEUES,
    'unchecked: Temporal documentation',
  ],
  [
    '@trigger.dev/sdk{,/v3}:{tasks.trigger,tasks.batchTrigger,task().trigger}',
    ENQUEUES,
    'unchecked: Trigger.dev documentation',
  ],

  // Files
  [
    '{fs:{,promises.},fs/promises:}{writeFile,copyFile,cp,rename,truncate,symlink,link,utimes}',
    FILES,
    'Node.js API documentation',
  ],
  ['{fs:{,promises.},fs/promises:}appendFile', FILES, 'Node.js API documentation'],
  [
    'fs:{writeFileSync,appendFileSync,copyFileSync,cpSync,renameSync,truncateSync,symlinkSync,createWriteStream,write,writeSync,writev}',
    FILES,
    'Node.js API documentation',
  ],
  ['{fs:{,promises.},fs/promises:}{mkdir,mkdtemp,rm,rmdir,unlink}', FILES_AGAIN, 'Node.js API documentation'],
  ['fs:{mkdirSync,mkdtempSync,rmSync,rmdirSync,unlinkSync}', FILES_AGAIN, 'Node.js API documentation'],
  ['fs:{readFileSync,readdirSync,createReadStream}', { kind: 'file', writes: false }, 'Node.js API documentation'],
  [
    '{fs:{,promises.},fs/promises:}{readFile,readdir,opendir}',
    { kind: 'file', writes: false },
    'Node.js API documentation',
  ],
  [
    'fs-extra:{writeFile,writeFileSync,appendFile,appendFileSync,outputFile,outputFileSync,writeJson,writeJSON,writeJsonSync,writeJSONSync,outputJson,outputJSON,outputJsonSync,copy,copySync,copyFile,move,moveSync,rename,createWriteStream}',
    FILES,
    'unchecked: fs-extra README.md',
  ],
  [
    'fs-extra:{ensureDir,ensureDirSync,mkdirp,mkdirpSync,mkdirs,mkdir,mkdirSync,ensureFile,emptyDir,emptyDirSync,remove,removeSync,unlink,unlinkSync,rm}',
    FILES_AGAIN,
    'unchecked: fs-extra README.md',
  ],
  [
    '{write-file-atomic:,jsonfile:writeFile,jsonfile:writeFileSync,write-json-file:,write-json-file:writeJsonFile,write-json-file:writeJsonFileSync}',
    FILES,
    'unchecked: write-file-atomic README.md',
  ],
  [
    '{rimraf:,rimraf:rimraf,rimraf:sync,del:,del:deleteAsync,mkdirp:,mkdirp:mkdirp,make-dir:,make-dir:makeDirectory}',
    FILES_AGAIN,
    'unchecked: rimraf README.md',
  ],
  ['global:Bun.write', FILES, 'unchecked: Bun documentation'],
  ['sharp:().toFile', FILES, 'unchecked: sharp documentation'],

  // Other programs
  ['child_process:{exec,execFile,spawn,fork,execSync,execFileSync,spawnSync}', RUNS, 'Node.js API documentation'],
  ['execa:{,execa,execaCommand,command,$}', RUNS, 'unchecked: execa readme.md'],
  ['{zx:$,shelljs:exec,cross-spawn:,cross-spawn:spawn}', RUNS, 'unchecked: zx documentation'],
];

/** What calls do outside the process. `api` is the path of what is called; constructors of AWS commands count as their sending. */
export const effects: readonly EffectKnowledge[] = table.map(([api, facts, source]) => ({ api, ...facts, source }));

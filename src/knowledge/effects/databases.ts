import { WRITES, DELETES, READS, SQL, type EffectRow } from './facts.js';

/** Databases and stores. */
export const databases: readonly EffectRow[] = [
  // SQL drivers
  ['pg:{Pool,Client}().query', SQL, 'pg@8.23.1 lib/client.js, lib/index.js'],
  [
    'pg-promise:()().{none,one,oneOrNone,many,manyOrNone,any,result,query,multi,proc,func}',
    SQL,
    'pg-promise@12.7.1 typescript/pg-promise.d.ts:400',
  ],
  ['postgres:()', SQL, 'postgres@3.4.9 package.json'],
  ['postgres:().unsafe', SQL, 'postgres@3.4.9 src/index.js:119'],
  ['@neondatabase/serverless:neon()', SQL, '@neondatabase/serverless@1.2.0 index.d.ts:536'],
  ['@neondatabase/serverless:neon().query', SQL, '@neondatabase/serverless@1.2.0 index.d.ts:225'],
  ['@vercel/postgres:sql', SQL, '@vercel/postgres@0.10.0 dist/index.d.ts:10'],
  [
    'slonik:createPool().{query,any,one,maybeOne,many,oneFirst,anyFirst,manyFirst,maybeOneFirst,exists}',
    SQL,
    'slonik@47.3.2 dist/types.d.ts:89',
  ],
  ['mysql2:createPool().{query,execute,batch}', SQL, 'mysql2@3.24.6 promise.d.ts; `batch` of mariadb'],
  ['mssql:Request().{query,batch}', SQL, 'mssql@12.7.14 lib/base/index.js:12'],
  ['mssql:{query,batch}', SQL, 'mssql@12.7.14 lib/base/index.js:12'],
  ['mssql:ConnectionPool().{query,batch}', SQL, 'mssql@12.7.14 lib/base/index.js:12'],
  ['mssql:Request().{execute,bulk}', WRITES, 'mssql@12.7.14 lib/base/request.js:362'],
  ['oracledb:getConnection().{execute,executeMany}', SQL, 'oracledb@26.0.0 lib/pipeline.js:56'],
  ['@planetscale/database:connect().execute', SQL, '@planetscale/database@1.20.2 dist/index.js:30'],
  ['better-sqlite3:().exec', SQL, 'better-sqlite3@13.2.0 lib/database.js:85'],
  ['better-sqlite3:().prepare().run', WRITES, 'better-sqlite3@13.2.0 lib/methods/transaction.js:63'],
  ['better-sqlite3:().prepare().{get,all,iterate}', READS, 'better-sqlite3@13.2.0 README.md, lib/methods'],
  ['sqlite3:Database().{run,exec}', SQL, 'sqlite3@6.0.1 lib/sqlite3.d.ts:118'],
  ['sqlite3:Database().{get,all,each}', READS, 'sqlite3@6.0.1 lib/sqlite3.d.ts:91'],
  ['sqlite:open().{run,exec}', SQL, 'sqlite@5.1.1 build/Database.d.ts:126'],
  ['sqlite:open().{get,all,each}', READS, 'sqlite@5.1.1 build/Database.d.ts:76'],
  ['@libsql/client:createClient().{execute,batch,executeMultiple}', SQL, '@libsql/client@0.18.0 lib-esm/ws.d.ts:34'],

  // MongoDB
  [
    'mongodb:Collection().{insertOne,insertMany,updateOne,updateMany,replaceOne,findOneAndUpdate,findOneAndReplace,bulkWrite}',
    WRITES,
    'mongodb@7.8.0 mongodb.d.ts, class Collection',
  ],
  ['mongodb:Collection().{insert,update,save,findAndModify}', WRITES, 'mongodb@3.7.4 lib/collection.js'],
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
    '@prisma/client@7.10.0 runtime/client.d.ts:1354',
  ],
  [
    '@prisma/client:PrismaClient().*.{delete,deleteMany,upsert}',
    DELETES,
    '@prisma/client@7.10.0 runtime/client.d.ts:1103',
  ],
  [
    '@prisma/client:PrismaClient().*.{findMany,findFirst,findUnique,findFirstOrThrow,findUniqueOrThrow,count,aggregate,groupBy}',
    READS,
    '@prisma/client@7.10.0 runtime/client.d.ts:1360',
  ],
  [
    '@prisma/client:PrismaClient().{$executeRaw,$executeRawUnsafe}',
    SQL,
    '@prisma/client@7.10.0 runtime/client.d.ts:216',
  ],
  ['@prisma/client:PrismaClient().{$queryRaw,$queryRawUnsafe}', SQL, '@prisma/client@7.10.0 runtime/client.d.ts:214'],

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
    'objection@3.1.5 typings/objection/index.d.ts:784',
  ],
  [
    'objection:Model.query().{delete,deleteById,del,truncate}',
    DELETES,
    'objection@3.1.5 typings/objection/index.d.ts:1091',
  ],
  ['bookshelf:().{Model.,model().,}{forge().save,save}', WRITES, 'bookshelf@1.2.0 lib/model.js:953'],
  ['redbean-node:R.{store,storeAll}', WRITES, 'redbean-node@0.4.0 dist/redbean-node.d.ts:29'],
  ['redbean-node:R.exec', SQL, 'redbean-node@0.4.0 dist/redbean-node.d.ts:53'],
  ['redbean-node:R.{trash,trashAll}', DELETES, 'redbean-node@0.4.0 dist/redbean-node.d.ts:43'],
  [
    'redbean-node:R.{find,findOne,findAll,getAll,getRow,getCell,getCol,count,load}',
    READS,
    'redbean-node@0.4.0 dist/redbean-node.d.ts:37',
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
    '@mikro-orm/core@6.6.16 enums.d.ts:6',
  ],
  [
    '@mikro-orm/core:{EntityManager,EntityRepository}().{removeAndFlush,nativeDelete,upsert,upsertMany}',
    DELETES,
    '@mikro-orm/core@6.6.16 EntityManager.d.ts:249',
  ],
  [
    '@mikro-orm/core:{EntityManager,EntityRepository}().{find,findOne,findOneOrFail,findAll,findAndCount,count}',
    READS,
    '@mikro-orm/core@6.6.16 utils/Cursor.d.ts:8',
  ],
  ['@mikro-orm/core:EntityManager().{execute,getConnection().execute}', SQL, '@mikro-orm/core@6.6.16 typings.d.ts:572'],
  [
    '@supabase/supabase-js:createClient().from().{insert,update}',
    WRITES,
    '@supabase/postgrest-js@2.109.0 dist/index.d.cts',
  ],
  [
    '@supabase/supabase-js:createClient().from().{delete,upsert}',
    DELETES,
    '@supabase/postgrest-js@2.109.0 dist/index.d.cts',
  ],
  ['@supabase/supabase-js:createClient().from().select', READS, '@supabase/supabase-js@2.109.0 dist/index.d.cts:313'],
  ['@supabase/supabase-js:createClient().rpc', WRITES, '@supabase/supabase-js@2.109.0 dist/index.d.cts:688'],

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
    '@upstash/redis@1.39.0 error-DOszGRxg.d.ts:4140',
  ],
  [
    '@upstash/redis:Redis().{set,setex,mset,hset,sadd,zadd,del,expire,hdel,srem,zrem}',
    DELETES,
    '@upstash/redis@1.39.0 error-DOszGRxg.d.ts:4248',
  ],
  [
    '@upstash/redis:Redis().{get,mget,hget,hgetall,smembers,zrange,lrange,keys,scan,exists}',
    READS,
    '@upstash/redis@1.39.0 error-DOszGRxg.d.ts:3675',
  ],
  [
    '@vercel/kv:{kv.,}{set,hset,incr,lpush,rpush,sadd,zadd,del}',
    WRITES,
    '@vercel/kv@3.0.0 README.md, the commands of @upstash/redis',
  ],
  ['memcached:().{set,add,replace,del,incr,decr}', WRITES, 'memcached@2.2.2 lib/memcached.js:1057'],
  [
    '@elastic/elasticsearch:Client().{index,create,update,updateByQuery,reindex,bulk}',
    WRITES,
    '@elastic/elasticsearch@9.5.1 esm/helpers.d.ts:171',
  ],
  [
    '@elastic/elasticsearch:Client().{delete,deleteByQuery,indices.create,indices.delete,indices.putMapping}',
    DELETES,
    '@elastic/elasticsearch@9.5.1 esm/api/api/indices.d.ts:388',
  ],
  [
    '@elastic/elasticsearch:Client().{search,get,count,msearch,exists}',
    READS,
    '@elastic/elasticsearch@9.5.1 esm/api/index.d.ts:117',
  ],
  [
    'meilisearch:{Meilisearch,MeiliSearch}().index().{addDocuments,updateDocuments,deleteDocument,deleteDocuments}',
    DELETES,
    'meilisearch@0.62.0 README.md',
  ],
  [
    '@influxdata/influxdb-client:InfluxDB().getWriteApi().{writePoint,writePoints,flush}',
    WRITES,
    '@influxdata/influxdb-client@1.35.0 dist/index.d.ts:639',
  ],
  ['@clickhouse/client:createClient().{insert,command,exec}', WRITES, '@clickhouse/client@1.23.1 dist/index.d.ts:56'],
  ['cassandra-driver:Client().{execute,batch}', SQL, 'cassandra-driver@4.10.0 index.d.ts:101'],
  ['neo4j-driver:driver().session().{run,executeWrite,writeTransaction}', WRITES, 'neo4j-driver@6.3.0 README.md'],
  ['etcd3:Etcd3().put', DELETES, 'etcd3@1.1.2 lib/rpc.d.ts:39'],

  // DynamoDB, Firestore, Cosmos
  [
    '{@aws-sdk/client-dynamodb,@aws-sdk/lib-dynamodb}:{UpdateItemCommand,UpdateCommand,TransactWriteItemsCommand,TransactWriteCommand,BatchWriteItemCommand,BatchWriteCommand,ExecuteStatementCommand}',
    WRITES,
    '@aws-sdk/lib-dynamodb@3.1162.0 dist-types/commands/ExecuteStatementCommand.d.ts:32',
  ],
  [
    '{@aws-sdk/client-dynamodb,@aws-sdk/lib-dynamodb}:{PutItemCommand,PutCommand,DeleteItemCommand,DeleteCommand}',
    DELETES,
    '@aws-sdk/lib-dynamodb@3.1162.0 dist-types/commands/DeleteCommand.d.ts:47',
  ],
  [
    '{@aws-sdk/client-dynamodb,@aws-sdk/lib-dynamodb}:{GetItemCommand,GetCommand,QueryCommand,ScanCommand,BatchGetItemCommand,BatchGetCommand}',
    READS,
    '@aws-sdk/lib-dynamodb@3.1162.0 dist-types/commands/BatchGetCommand.d.ts:38',
  ],
  [
    'aws-sdk:DynamoDB{,.DocumentClient}().{put,update,delete,batchWrite,transactWrite,putItem,updateItem,deleteItem,batchWriteItem}',
    WRITES,
    'aws-sdk@2.1693.0 clients/dynamodb.d.ts:36',
  ],
  [
    'aws-sdk:DynamoDB{,.DocumentClient}().{get,query,scan,batchGet,getItem}',
    READS,
    'aws-sdk@2.1693.0 clients/dynamodb.d.ts:244',
  ],
  ['dynamoose:model().{create,update,batchPut,delete}', WRITES, 'dynamoose@4.2.0 dist/Item.d.ts:110'],
  [
    '@google-cloud/firestore:Firestore().{add,create,update}',
    WRITES,
    '@google-cloud/firestore@8.7.1 types/firestore.d.ts:243',
  ],
  [
    '@google-cloud/firestore:Firestore().{set,delete,commit,recursiveDelete}',
    DELETES,
    '@google-cloud/firestore@8.7.1 types/firestore.d.ts:657',
  ],
  [
    '@google-cloud/firestore:Firestore().{get,getAll,listDocuments}',
    READS,
    '@google-cloud/firestore@8.7.1 types/firestore.d.ts:2334',
  ],
  [
    'firebase-admin:database.ref().{push,transaction}',
    WRITES,
    'https://firebase.google.com/docs/database/admin/save-data',
  ],
  [
    'firebase-admin:database.ref().{set,update,remove}',
    DELETES,
    'https://firebase.google.com/docs/database/admin/save-data',
  ],
  [
    '@azure/cosmos:CosmosClient().database().container().{items.create,items.upsert,item().replace,item().delete,item().patch}',
    WRITES,
    '@azure/cosmos@4.10.1 dist/esm/ClientContext.d.ts:76',
  ],
  [
    '@google-cloud/bigquery:BigQuery().dataset().table().insert',
    WRITES,
    '@google-cloud/bigquery@9.3.0 build/src/table.d.ts:850',
  ],
];

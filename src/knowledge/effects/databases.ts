import { WRITES, DELETES, READS, SQL, type EffectRow } from './facts.js';

/** Databases and stores. */
export const databases: readonly EffectRow[] = [
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
];

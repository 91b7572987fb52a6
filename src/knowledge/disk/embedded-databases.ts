import type { DatabaseProgram, EmbeddedDatabase } from './types.js';

const SQLITE_FILE = '^(?:file:|sqlite:)';
const BETTER = 'better-sqlite3@12.11.1 lib/database.js (filename, options.readonly; no name is a temporary file)';
const SQLITE3 = 'sqlite3@6.0.1 lib/sqlite3.d.ts `new (filename, mode?, callback?)`, OPEN_READONLY';
const LIBSQL = '@libsql/client@0.18.0 README.md `url: "file:local.db"`';
const TYPEORM = 'typeorm@1.1.1 driver/types/DatabaseType.d.ts (better-sqlite3, sqljs …; sqlite before version 1)';
const SEQUELIZE = "sequelize@6.37.8 lib/sequelize.js (dialect 'sqlite', option `storage`, address sqlite:…)";
const KNEX = 'knex@3.3.0 lib/constants.js SUPPORTED_CLIENTS, lib/dialects/{sqlite3,better-sqlite3}/index.js';
const MIKRO = 'unchecked: MikroORM documentation, usage with SQL drivers';
const DRIZZLE = 'drizzle-orm@0.45.4 better-sqlite3/driver.d.ts, libsql/driver.d.ts (a path, or `connection`)';
const LOWDB = 'lowdb@7.0.1 README.md `new JSONFile(file)`, `JSONFilePreset(filename, defaultData)`';
const LEVEL = 'level@10.0.0, classic-level@3.0.0 README.md `new Level(location)`';
const PRISMA = 'unchecked: Prisma documentation, driver adapters for SQLite';

const SQLITE_TYPES = ['sqlite', 'better-sqlite3', 'sqljs', 'expo', 'sqlite-pooled'];
const SQLITE_CLIENTS = ['sqlite', 'sqlite3', 'better-sqlite3'];

/** Databases inside the process. */
export const embeddedDatabases: readonly EmbeddedDatabase[] = [
  // SQLite by itself
  {
    api: '{better-sqlite3,better-sqlite3-multiple-ciphers}:{,Database}',
    name: '`better-sqlite3`',
    file: [{ arg: 0 }],
    otherwise: 'memory',
    readOnly: { arg: 1, path: 'readonly' },
    source: BETTER,
  },
  {
    api: '{sqlite3:{Database,cached.Database,verbose().cached.Database},@journeyapps/sqlcipher:{Database,verbose().Database}}',
    name: '`sqlite3`',
    file: [{ arg: 0 }],
    otherwise: 'memory',
    readOnly: { arg: 1, in: ['sqlite3:OPEN_READONLY', 'sqlite3:verbose().OPEN_READONLY'] },
    source: SQLITE3,
  },
  {
    api: 'sqlite:open',
    name: '`sqlite`',
    file: [{ arg: 0, path: 'filename' }, { arg: 0 }],
    otherwise: 'file',
    readOnly: { arg: 0, path: 'mode', in: ['sqlite3:OPEN_READONLY', 'sqlite3:verbose().OPEN_READONLY'] },
    source: 'sqlite@5.1.1 README.md `open({ filename, driver })`',
  },
  {
    api: 'sqlite:DatabaseSync',
    name: '`node:sqlite`',
    file: [{ arg: 0 }],
    otherwise: 'file',
    readOnly: { arg: 1, path: 'readOnly' },
    source: 'Node.js API documentation, sqlite',
  },
  {
    api: 'bun/sqlite:{,Database}',
    name: '`bun:sqlite`',
    file: [{ arg: 0 }],
    otherwise: 'memory',
    readOnly: { arg: 1, path: 'readonly' },
    source: 'unchecked: Bun documentation, SQLite',
  },
  {
    api: '{@libsql/client,@libsql/client/node,@libsql/client/sqlite3}:createClient',
    name: '`@libsql/client`',
    file: [{ arg: 0, path: 'url' }],
    otherwise: 'elsewhere',
    local: '^(?:file:|:memory:)',
    source: LIBSQL,
  },
  {
    api: 'libsql:{,Database}',
    name: '`libsql`',
    file: [{ arg: 0 }],
    otherwise: 'elsewhere',
    local: '^(?!libsql:|https?:|wss?:)',
    source: 'unchecked: libsql README.md',
  },
  {
    api: '@mastra/libsql:{LibSQLVector,LibSQLStore}',
    name: '`@mastra/libsql`',
    // A vector's `connectionUrl` became `url` later; a store may be handed a client, which is seen by itself.
    file: [
      { arg: 0, path: 'connectionUrl' },
      { arg: 0, path: 'url' },
    ],
    otherwise: 'elsewhere',
    local: '^(?:file:|:memory:)',
    source: '@mastra/libsql@0.16.4 dist/vector/index.d.ts:8, dist/storage/index.d.ts:10',
  },

  // SQLite behind mappers and query builders
  {
    api: '{typeorm:{DataSource,createConnection,Connection},@nestjs/typeorm:TypeOrmModule.{forRoot,forRootAsync}}',
    name: 'TypeORM on SQLite',
    driver: { arg: 0, path: 'type', in: SQLITE_TYPES },
    file: [
      { arg: 0, path: 'database' },
      { arg: 0, path: 'location' },
    ],
    otherwise: 'file',
    source: TYPEORM,
  },
  {
    api: 'sequelize:{,Sequelize}',
    name: 'Sequelize on SQLite',
    driver: { arg: 0, path: 'dialect', in: ['sqlite', 'sqlite3'], apis: ['@sequelize/sqlite3:SqliteDialect'] },
    file: [{ arg: 0, path: 'storage' }],
    otherwise: 'memory',
    source: SEQUELIZE,
  },
  {
    api: 'sequelize:{,Sequelize}',
    name: 'Sequelize on SQLite',
    driver: { arg: 3, path: 'dialect', in: ['sqlite'] },
    file: [{ arg: 3, path: 'storage' }],
    otherwise: 'memory',
    source: SEQUELIZE,
  },
  {
    api: 'sequelize:{,Sequelize}',
    name: 'Sequelize on SQLite',
    file: [{ arg: 0 }],
    otherwise: 'elsewhere',
    local: '^sqlite:',
    source: SEQUELIZE,
  },
  {
    api: '@nestjs/sequelize:SequelizeModule.{forRoot,forRootAsync}',
    name: 'Sequelize on SQLite',
    driver: { arg: 0, path: 'dialect', in: ['sqlite'] },
    file: [{ arg: 0, path: 'storage' }],
    otherwise: 'memory',
    source: SEQUELIZE,
  },
  {
    api: 'knex:',
    name: 'Knex on SQLite',
    driver: {
      arg: 0,
      path: 'client',
      in: SQLITE_CLIENTS,
      apis: [
        'knex/lib/dialects/{sqlite3,better-sqlite3}:',
        'knex/lib/dialects/{sqlite3,better-sqlite3}/index:',
        'knex/lib/dialects/{sqlite3,better-sqlite3}/index.js:',
      ],
    },
    file: [{ arg: 0, path: 'connection.filename' }],
    otherwise: 'file',
    source: KNEX,
  },
  {
    api: '{nest-knexjs,nestjs-knex,nestjs-objection}:{KnexModule,ObjectionModule}.{forRoot,forRootAsync,register,registerAsync}',
    name: 'Knex on SQLite',
    driver: { arg: 0, path: 'config.client', in: SQLITE_CLIENTS },
    file: [{ arg: 0, path: 'config.connection.filename' }],
    otherwise: 'file',
    source: 'unchecked: nest-knexjs README.md `KnexModule.forRoot({ config })`',
  },
  {
    api: '{@mikro-orm/core:{MikroORM.init,MikroORM.initSync,MikroORM},@mikro-orm/nestjs:MikroOrmModule.{forRoot,forRootAsync}}',
    name: 'MikroORM on SQLite',
    driver: {
      arg: 0,
      path: 'type',
      in: ['sqlite', 'better-sqlite', 'libsql'],
    },
    file: [{ arg: 0, path: 'dbName' }],
    otherwise: 'memory',
    source: '@mikro-orm/core@5 utils/Configuration.js PLATFORMS (`type` was replaced by drivers in version 6)',
  },
  {
    api: '{@mikro-orm/core:{MikroORM.init,MikroORM.initSync,MikroORM},@mikro-orm/nestjs:MikroOrmModule.{forRoot,forRootAsync}}',
    name: 'MikroORM on SQLite',
    driver: {
      arg: 0,
      path: 'driver',
      in: [],
      apis: [
        '@mikro-orm/sqlite:SqliteDriver',
        '@mikro-orm/better-sqlite:BetterSqliteDriver',
        '@mikro-orm/libsql:LibSqlDriver',
      ],
    },
    file: [{ arg: 0, path: 'dbName' }],
    otherwise: 'memory',
    source: MIKRO,
  },
  {
    api: '@mikro-orm/core:{MikroORM.init,MikroORM.initSync,MikroORM}',
    from: ['@mikro-orm/sqlite', '@mikro-orm/better-sqlite', '@mikro-orm/libsql'],
    name: 'MikroORM on SQLite',
    file: [{ arg: 0, path: 'dbName' }],
    otherwise: 'file',
    source: MIKRO,
  },
  {
    api: 'drizzle-orm:drizzle',
    from: ['drizzle-orm/better-sqlite3', 'drizzle-orm/bun-sqlite'],
    name: 'Drizzle on SQLite',
    file: [{ arg: 0 }, { arg: 0, path: 'connection.source' }, { arg: 0, path: 'connection' }],
    otherwise: 'elsewhere',
    source: DRIZZLE,
  },
  {
    api: '{drizzle-orm,drizzle-orm/libsql/node,drizzle-orm/libsql/sqlite3}:drizzle',
    from: ['drizzle-orm/libsql', 'drizzle-orm/libsql/node', 'drizzle-orm/libsql/sqlite3'],
    name: 'Drizzle on SQLite',
    file: [{ arg: 0 }, { arg: 0, path: 'connection.url' }, { arg: 0, path: 'connection' }],
    otherwise: 'elsewhere',
    local: '^(?:file:|:memory:)',
    source: DRIZZLE,
  },
  {
    api: 'drizzle-orm:drizzle',
    from: ['drizzle-orm/pglite'],
    name: 'Drizzle on PGlite',
    file: [{ arg: 0 }, { arg: 0, path: 'connection.dataDir' }, { arg: 0, path: 'connection' }],
    otherwise: 'elsewhere',
    source: DRIZZLE,
  },
  {
    api: '@prisma/adapter-better-sqlite3:{PrismaBetterSqlite3,PrismaBetterSQLite3}',
    name: 'Prisma on SQLite',
    file: [{ arg: 0, path: 'url' }],
    otherwise: 'elsewhere',
    source: PRISMA,
  },
  {
    api: '@prisma/adapter-libsql:{PrismaLibSQL,PrismaLibSql}',
    name: 'Prisma on SQLite',
    file: [{ arg: 0, path: 'url' }],
    otherwise: 'elsewhere',
    local: SQLITE_FILE,
    source: PRISMA,
  },
  {
    api: '@prisma/client:PrismaClient',
    name: 'Prisma on SQLite',
    file: [
      { arg: 0, path: 'datasourceUrl' },
      { arg: 0, path: 'datasources.db.url' },
    ],
    otherwise: 'elsewhere',
    local: '^file:',
    source: PRISMA,
  },

  // Documents and values in files
  {
    api: '{lowdb/node:{JSONFile,JSONFileSync,TextFile,TextFileSync,DataFile,DataFileSync,JSONFilePreset,JSONFileSyncPreset},lowdb:{JSONFile,JSONFileSync}}',
    name: '`lowdb`',
    file: [{ arg: 0 }],
    otherwise: 'file',
    source: LOWDB,
  },
  {
    api: 'lowdb/adapters/{FileSync,FileAsync}:',
    name: '`lowdb`',
    file: [{ arg: 0 }],
    otherwise: 'file',
    source: 'unchecked: lowdb 1 README.md `low(new FileSync("db.json"))`',
  },
  {
    api: '{nedb,@seald-io/nedb}:',
    name: '`nedb`',
    file: [{ arg: 0, path: 'filename' }, { arg: 0 }],
    otherwise: 'memory',
    source: 'nedb@1.8.0, @seald-io/nedb@4.1.2 README.md `new Datastore({ filename })`',
  },
  {
    api: 'nedb-promises:{,create}',
    name: '`nedb`',
    file: [{ arg: 0, path: 'filename' }, { arg: 0 }],
    otherwise: 'memory',
    source: 'nedb-promises@6.2.4 README.md `Datastore.create("/path/to/db.db")`',
  },
  {
    api: 'marsdb:{,Collection}',
    name: '`marsdb`',
    file: [],
    otherwise: 'memory',
    source: 'marsdb@0.6.11 README.md:69, dist/Collection.js:63 (its own StorageManager keeps documents in memory)',
  },
  {
    api: 'ueberdb2:{Database,database}',
    name: '`ueberdb2` in a file',
    driver: { arg: 0, path: '', in: ['dirty', 'dirtygit', 'sqlite', 'rustydb'] },
    otherwise: 'file',
    source: 'ueberdb2@4 dist/index.d.ts, type DatabaseType',
  },
  {
    api: 'lokijs:{,Loki}',
    name: '`lokijs`',
    file: [{ arg: 0 }],
    otherwise: 'file',
    source: 'lokijs@1.5.12 README.md `new loki("example.db")`',
  },
  {
    api: 'node-json-db:Config',
    name: '`node-json-db`',
    file: [{ arg: 0 }],
    otherwise: 'file',
    source: 'node-json-db@3.0.0 dist/lib/JsonDBConfig.d.ts `constructor(filename, …)`',
  },
  {
    api: 'node-persist:{init,initSync,create}',
    name: '`node-persist`',
    file: [{ arg: 0, path: 'dir' }],
    otherwise: 'file',
    source: 'node-persist@4.0.4 README.md "The default `dir` is now `process.cwd() + .node-persist/storage`"',
  },
  {
    api: 'keyv-file:{,KeyvFile,makeField}',
    name: '`keyv-file`',
    file: [{ arg: 0, path: 'filename' }],
    otherwise: 'file',
    source: 'keyv-file@5.3.5 README.md "filename, the file path to store the data"',
  },
  {
    api: '@keyv/sqlite:{,KeyvSqlite,createKeyv}',
    name: '`@keyv/sqlite`',
    file: [{ arg: 0 }, { arg: 0, path: 'uri' }],
    otherwise: 'memory',
    source: "@keyv/sqlite@4.0.8 README.md `new KeyvSqlite('sqlite://path/to/database.sqlite')`",
  },
  {
    api: 'keyv:{,Keyv}',
    name: '`keyv` on SQLite',
    file: [{ arg: 0 }, { arg: 0, path: 'uri' }],
    otherwise: 'elsewhere',
    local: '^sqlite:',
    source: 'unchecked: keyv 4 README.md `new Keyv("sqlite://path")`',
  },
  {
    api: 'flat-cache:{load,create,createFromFile,FlatCache}',
    name: '`flat-cache`',
    file: [{ arg: 1 }, { arg: 0, path: 'cacheDir' }, { arg: 0 }],
    otherwise: 'file',
    cache: true,
    source: 'flat-cache@6.1.23 README.md (cacheId, cacheDir)',
  },
  {
    api: 'conf:{,Conf}',
    name: '`conf`',
    file: [{ arg: 0, path: 'cwd' }],
    otherwise: 'file',
    source: 'conf@15.1.0 readme.md `new Conf({ projectName })`, kept in the folder for settings of the user',
  },
  {
    api: 'configstore:',
    name: '`configstore`',
    otherwise: 'file',
    source:
      'configstore@8.0.0 readme.md "Config is stored in a JSON file located in `$XDG_CONFIG_HOME` or `~/.config`"',
  },
  {
    api: 'node-localstorage:{LocalStorage,JSONStorage}',
    name: '`node-localstorage`',
    file: [{ arg: 0 }],
    otherwise: 'file',
    source: "node-localstorage@3.0.5 README.md `new LocalStorage('./scratch')`",
  },
  {
    api: 'stormdb:localFileEngine',
    name: '`stormdb`',
    file: [{ arg: 0 }],
    otherwise: 'file',
    source: 'stormdb@0.6.0 README.md `new StormDB.localFileEngine("./db.stormdb")`',
  },
  {
    api: 'simple-json-db:',
    name: '`simple-json-db`',
    file: [{ arg: 0 }],
    otherwise: 'file',
    source: "simple-json-db@2.0.0 README.md `new JSONdb('/path/to/your/storage.json')`",
  },
  {
    api: 'quick.db:SqliteDriver',
    name: '`quick.db`',
    file: [{ arg: 0 }],
    otherwise: 'file',
    source: 'quick.db@9.1.7 README.md, drivers',
  },
  {
    api: 'enmap:',
    name: '`enmap`',
    file: [{ arg: 0, path: 'name' }],
    otherwise: 'memory',
    source: 'enmap@6.1.6 README.md (better-sqlite3 in ./data with a `name`)',
  },
  {
    api: 'data-store:{,Store}',
    name: '`data-store`',
    file: [
      { arg: 0, path: 'path' },
      { arg: 1, path: 'path' },
    ],
    otherwise: 'file',
    source: 'data-store@4.0.3 README.md `require("data-store")({ path })`',
  },
  {
    api: 'json-server:router',
    name: '`json-server`',
    file: [{ arg: 0 }],
    otherwise: 'elsewhere',
    source: "unchecked: json-server 0.17 README.md `jsonServer.router('db.json')`",
  },
  {
    api: 'tingodb:().Db',
    name: '`tingodb`',
    file: [{ arg: 0 }],
    otherwise: 'file',
    source: 'unchecked: tingodb README',
  },
  {
    api: 'diskdb:connect',
    name: '`diskdb`',
    file: [{ arg: 0 }],
    otherwise: 'file',
    source: 'unchecked: diskdb README',
  },
  { api: 'linvodb3:', name: '`linvodb3`', file: [{ arg: 0 }], otherwise: 'file', source: 'unchecked: linvodb3 README' },

  // Key-value engines
  { api: 'level:{,Level}', name: '`level`', file: [{ arg: 0 }], otherwise: 'file', source: LEVEL },
  {
    api: '{classic-level:ClassicLevel,leveldown:,rocksdb:}',
    name: 'LevelDB',
    file: [{ arg: 0 }],
    otherwise: 'file',
    source: `${LEVEL}; leveldown@6.1.1 README.md \`leveldown(location)\``,
  },
  {
    api: 'lmdb:{open,openAsClass}',
    name: '`lmdb`',
    file: [{ arg: 0, path: 'path' }, { arg: 0 }],
    otherwise: 'file',
    source: 'lmdb@3.5.6 README.md `open({ path })`',
  },
  {
    api: '{pouchdb,pouchdb-node}:',
    name: '`pouchdb`',
    file: [{ arg: 0 }, { arg: 0, path: 'name' }],
    otherwise: 'elsewhere',
    local: '^(?!https?:)',
    source: 'pouchdb@9.0.0 lib/index.js (a name is a LevelDB folder, an http address a CouchDB)',
  },
  {
    api: 'realm:{,open}',
    name: 'Realm',
    file: [{ arg: 0, path: 'path' }],
    otherwise: 'file',
    source: 'unchecked: Realm documentation, Realm.open',
  },

  // Engines for analysis, search and vectors
  {
    api: 'duckdb:{Database,cached.Database}',
    name: 'DuckDB',
    file: [{ arg: 0 }],
    otherwise: 'memory',
    computes: true,
    source: "duckdb@1.4.4 README.md `new duckdb.Database(':memory:')`",
  },
  {
    api: '@duckdb/node-api:DuckDBInstance.{create,fromCache}',
    name: 'DuckDB',
    file: [{ arg: 0 }],
    otherwise: 'memory',
    computes: true,
    source: "@duckdb/node-api@1.5.6-r.1 README.md `DuckDBInstance.create('my_duckdb.db')`",
  },
  {
    api: '@electric-sql/pglite:{PGlite,PGlite.create}',
    name: 'PGlite',
    file: [{ arg: 0 }, { arg: 0, path: 'dataDir' }],
    otherwise: 'memory',
    source: "@electric-sql/pglite@0.5.16 README.md `new PGlite('./path/to/pgdata')`",
  },
  {
    api: '{@lancedb/lancedb,vectordb}:connect',
    name: 'LanceDB',
    file: [{ arg: 0 }, { arg: 0, path: 'uri' }],
    otherwise: 'elsewhere',
    local: '^(?!db:|s3|gs:|az:|https?:)',
    source: '@lancedb/lancedb@0.37.1 README.md `lancedb.connect("data/sample-lancedb")`',
  },
  {
    api: 'vectra:{LocalIndex,LocalDocumentIndex}',
    name: '`vectra`',
    file: [{ arg: 0 }, { arg: 0, path: 'folderPath' }],
    otherwise: 'file',
    source: 'vectra@0.12.3 README.md `new LocalIndex(path)`',
  },
  {
    api: 'hnswlib-node:HierarchicalNSW().{writeIndex,writeIndexSync}',
    name: '`hnswlib-node`',
    file: [{ arg: 0 }],
    otherwise: 'file',
    source: 'hnswlib-node@3.0.0 README.md `index.writeIndexSync("foo.dat")`',
  },
  {
    api: 'faiss-node:{IndexFlatL2,IndexFlatIP,IndexHNSW,Index}().write',
    name: '`faiss-node`',
    file: [{ arg: 0 }],
    otherwise: 'file',
    source: 'faiss-node@0.5.1 lib/index.d.ts `write(fname)`',
  },
  {
    api: 'mongodb-memory-server{,-core}:{MongoMemoryServer.create,MongoMemoryReplSet.create,MongoMemoryServer,MongoMemoryReplSet}',
    name: '`mongodb-memory-server`',
    otherwise: 'memory',
    standsIn: true,
    source: 'mongodb-memory-server@11.3.0 README.md `MongoMemoryServer.create()`',
  },
  {
    api: 'redis-memory-server:{,RedisMemoryServer}',
    name: '`redis-memory-server`',
    otherwise: 'memory',
    standsIn: true,
    source: 'unchecked: redis-memory-server README.md',
  },
];

/** Database servers that an application starts beside itself. */
export const databasePrograms: readonly DatabaseProgram[] = [
  { commands: ['mysqld', 'mariadbd', 'mysqld_safe', 'mariadbd-safe'], source: 'MariaDB manual, mariadbd' },
  { commands: ['postgres', 'pg_ctl', 'pg_ctlcluster'], source: 'PostgreSQL manual, server applications' },
  { commands: ['mongod'], source: 'MongoDB manual, mongod' },
  { commands: ['redis-server', 'valkey-server'], source: 'Redis manual, redis-server' },
];

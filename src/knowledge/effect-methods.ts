import type { EffectMethod } from './types.js';

/** Receivers that sound like something of a database. */
const MODEL =
  '(?:repo(?:sitory)?|model|prisma|entity|entities|dao|manager|\\bem|\\bdb|database|collection|orm|table|store|knex|trx|\\btx)s?$|^(?:this\\.)?(?:prisma|db|tx|knex|trx)\\b';
const QUEUE = '(?:queue|boss|agenda|jobs?|flow|producer)s?$';
const BROKER =
  '(?:redis|pub(?:lisher)?|pubsub|broker|channel|\\bnc|nats|mqtt|amqp|kafka|producer|bus|sns)(?:client|service)?$';
const MAILER =
  '(?:mail|mailer|mailgun|sendgrid|sgmail|email|smtp|transport(?:er)?|resend|postmark|ses|notif\\w*|sms|twilio|push|fcm|messaging|telegram|bot|slack|discord|webhook)(?:client|service|sender|provider)?$';
const HTTP = '(?:axios|http|https|api|rest|client|fetcher|request|got|superagent|instance)(?:client|service|ref)?$';

/**
 * Names of methods that mean an effect outside the process even where the receiver could not be resolved. Words that plain
 * objects, maps and sets use as well are held to receivers whose name speaks for itself.
 */
export const effectMethods: readonly EffectMethod[] = [
  // Databases: names nothing else has
  ...['insertMany', 'insertOne', 'updateOne', 'updateMany', 'replaceOne', 'bulkWrite', 'bulkSave'].map(writes),
  ...['findByIdAndUpdate', 'findOneAndUpdate', 'findOneAndReplace', 'bulkCreate', 'batchInsert'].map(writes),
  ...[
    'persistAndFlush',
    'nativeInsert',
    'nativeUpdate',
    'createMany',
    'createManyAndReturn',
    'insertInto',
    'updateTable',
  ].map(writes),
  ...['$executeRaw', '$executeRawUnsafe', 'executeTakeFirst', 'insertGraph', 'upsertGraph', 'patchAndFetchById'].map(
    writes,
  ),
  ...['deleteOne', 'deleteMany', 'findByIdAndDelete', 'findByIdAndRemove', 'findOneAndDelete', 'findOneAndRemove'].map(
    deletes,
  ),
  ...['removeAndFlush', 'nativeDelete', 'softDelete', 'softRemove', 'upsert', 'findOrCreate', 'deleteFrom'].map(
    deletes,
  ),
  ...[
    'findMany',
    'findFirst',
    'findUnique',
    'findAll',
    'findByPk',
    'findAndCountAll',
    'findOneBy',
    'findOneOrFail',
    'countDocuments',
  ].map(reads),
  ...['findById', 'findOne', '$queryRaw', '$queryRawUnsafe', 'findAndCount', 'estimatedDocumentCount'].map(reads),

  // Databases: names that need a speaking receiver, and `save`, which is a row's own almost always
  { method: 'save', kind: 'database', writes: true },
  {
    method: 'destroy',
    kind: 'database',
    writes: true,
    idempotent: true,
    receiver: `${MODEL}|(?:user|record|row|doc|document|item|entry|token|order|post|message|account|job|task)$`,
  },
  ...['create', 'insert', 'update', 'increment', 'decrement'].map(
    (method): EffectMethod => ({ method, kind: 'database', writes: true, receiver: MODEL }),
  ),
  ...['delete', 'remove', 'del', 'truncate'].map(
    (method): EffectMethod => ({ method, kind: 'database', writes: true, idempotent: true, receiver: MODEL }),
  ),
  {
    method: 'query',
    kind: 'database',
    writes: true,
    sql: true,
    receiver:
      '(?:pool|client|conn(?:ection)?|\\bdb|database|pg|mysql|sql|runner|trx|\\btx|datasource|sequelize|manager)$',
  },
  {
    method: 'execute',
    kind: 'database',
    writes: true,
    sql: true,
    receiver: '(?:pool|conn(?:ection)?|\\bdb|database|pg|mysql|sql|trx|\\btx|querybuilder|\\bqb)$',
  },
  { method: 'flush', kind: 'database', writes: true, receiver: '(?:\\bem|entitymanager|orm)$' },

  // Messages to people
  { method: 'sendMail', kind: 'mail', writes: true },
  { method: 'sendEmail', kind: 'mail', writes: true },
  { method: 'sendMultiple', kind: 'mail', writes: true },
  { method: 'sendTemplatedEmail', kind: 'mail', writes: true },
  { method: 'sendTransacEmail', kind: 'mail', writes: true },
  { method: 'sendSms', kind: 'mail', writes: true },
  { method: 'sendSMS', kind: 'mail', writes: true },
  { method: 'sendPush', kind: 'mail', writes: true },
  { method: 'sendPushNotification', kind: 'mail', writes: true },
  { method: 'sendPushNotificationsAsync', kind: 'mail', writes: true },
  { method: 'sendEachForMulticast', kind: 'mail', writes: true },
  { method: 'sendMulticast', kind: 'mail', writes: true },
  { method: 'sendNotification', kind: 'mail', writes: true },
  { method: 'postMessage', kind: 'mail', writes: true, receiver: '(?:chat|slack\\w*)$' },
  {
    method: 'sendMessage',
    kind: 'mail',
    writes: true,
    receiver: '(?:bot|telegram|twilio|whatsapp|discord|slack|channel|chat)(?:client|service|api)?$',
  },
  { method: 'send', kind: 'mail', writes: true, receiver: MAILER },

  // Brokers and queues
  { method: 'publish', kind: 'publish', writes: true, receiver: BROKER },
  { method: 'sendToQueue', kind: 'publish', writes: true },
  { method: 'publishMessage', kind: 'publish', writes: true },
  { method: 'addBulk', kind: 'enqueue', writes: true },
  { method: 'upsertJobScheduler', kind: 'enqueue', writes: true, idempotent: true },
  { method: 'enqueue', kind: 'enqueue', writes: true, receiver: QUEUE },
  { method: 'add', kind: 'enqueue', writes: true, receiver: '(?:bull|queue(?:service)?)$' },
  { method: 'send', kind: 'enqueue', writes: true, receiver: '(?:boss|inngest|sqs)$' },

  // Other services
  ...['post', 'put', 'patch'].map((method): EffectMethod => ({ method, kind: 'http', writes: true, receiver: HTTP })),
  { method: 'putObject', kind: 'http', writes: true, idempotent: true },
  {
    method: 'uploadFile',
    kind: 'http',
    writes: true,
    idempotent: true,
    receiver: '(?:s3|storage|bucket|minio|blob|cloudinary|drive)(?:client|service)?$',
  },
];

function writes(method: string): EffectMethod {
  return { method, kind: 'database', writes: true };
}

function deletes(method: string): EffectMethod {
  return { method, kind: 'database', writes: true, idempotent: true };
}

function reads(method: string): EffectMethod {
  return { method, kind: 'database', writes: false };
}

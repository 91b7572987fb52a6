import type { Source } from '../model/knowledge.js';

/*
 * Connections and subscriptions through which work comes in. `sole`: only one may be open, or each that is open does the
 * work. `all`: each that is open hears everything, which is right for what concerns the process alone.
 */

export interface ConsumerKnowledge {
  /** The call that begins to consume, or registers what does. */
  readonly api: string;
  readonly kind: 'sole' | 'all';
  /** What consumes, where it stands in the call: an argument, or an option in it. Absent: the function around the call. */
  readonly handler?: { readonly arg: number; readonly path?: string };
  /** Only with this literal argument: the event's name. */
  readonly when?: { readonly arg: number; readonly in: readonly string[] };
  /** Only with this option set. */
  readonly only?: { readonly arg: number; readonly path: string };
  /** With this option set instances share the messages, or none consumes by itself. */
  readonly unless?: { readonly arg: number; readonly path: string };
  /** Only if this argument or option is of one instance: random, its host's name, nothing at all. */
  readonly own?: { readonly arg: number; readonly path?: string };
  /** Calls on the same connection that make instances share, by the beginning of a text. */
  readonly shared?: { readonly api: string; readonly arg: number; readonly begins: string };
  /** With its article: "a Telegram bot that polls". */
  readonly what: string;
  /** What happens with two of them; a sentence without its full stop. */
  readonly twice: string;
  /** A sentence without its full stop. */
  readonly recipe: string;
  readonly source: Source;
}

const TELEGRAM = {
  kind: 'sole',
  twice:
    'Telegram answers the second poller with 409 Conflict, and updates are lost or handled by whichever comes first',
} as const;
const CHAT = {
  kind: 'sole',
  twice:
    'Each instance is sent every message, so that a command is answered and acted upon as often as there are instances',
} as const;
const PHONE = {
  kind: 'sole',
  twice:
    'Two instances on one session throw each other out, and what each received in between is lost or handled twice',
  recipe: 'Run the session in one process of its own, and hand its messages to the others through a queue',
} as const;
const HEARS = {
  kind: 'all',
  twice: 'Every instance hears each message and does the same work',
} as const;
const ONE = 'Run it in one worker process of its own, or take a lock or elect a leader before it starts';
const CLAIM =
  'Let only the one that wins a claim do the work (`INSERT … ON CONFLICT DO NOTHING` on the id of the message), or have a queue bring each message to one instance';

export const consumers: readonly ConsumerKnowledge[] = [
  // Bots
  {
    ...TELEGRAM,
    api: 'telegraf:Telegraf().launch',
    unless: { arg: 0, path: 'webhook' },
    what: 'a Telegram bot that polls',
    recipe: 'Let Telegram call a webhook: `app.use(await bot.createWebhook({ domain }))`; any instance can answer that',
    source: 'telegraf@4.16.3 typings/telegraf.d.ts `webhook?:`, createWebhook',
  },
  {
    ...TELEGRAM,
    api: '{grammy:Bot().start,@grammyjs/runner:run}',
    what: 'a Telegram bot that polls',
    recipe:
      "Let Telegram call a webhook: `app.use(webhookCallback(bot, 'express'))` of grammY; any instance can answer that",
    source: 'unchecked: https://grammy.dev/guide/deployment-types',
  },
  {
    ...TELEGRAM,
    api: 'node-telegram-bot-api:{,TelegramBot}',
    only: { arg: 1, path: 'polling' },
    what: 'a Telegram bot that polls',
    recipe:
      'Let Telegram call a webhook (`bot.setWebHook(url)`, and `bot.processUpdate(req.body)` in the route); any instance can answer that',
    source: 'unchecked: node-telegram-bot-api doc/usage.md',
  },
  {
    ...TELEGRAM,
    api: 'node-telegram-bot-api:().startPolling',
    what: 'a Telegram bot that polls',
    recipe:
      'Let Telegram call a webhook (`bot.setWebHook(url)`, and `bot.processUpdate(req.body)` in the route); any instance can answer that',
    source: 'unchecked: node-telegram-bot-api doc/api.md',
  },
  {
    ...CHAT,
    api: '{discord.js:Client().login,eris:{,Client}().connect,oceanic.js:Client().connect}',
    what: 'a Discord gateway connection',
    recipe:
      'Run the bot in one process of its own, or give each process its own shards (`discord-hybrid-sharding`); slash commands can come in by HTTP instead',
    source: 'unchecked: https://discord.com/developers/docs/events/gateway#sharding',
  },
  {
    ...CHAT,
    api: '@slack/rtm-api:RTMClient().start',
    what: 'a Slack RTM connection',
    recipe: 'Use the Events API or Socket Mode of `@slack/bolt`, which bring each event to one instance',
    source: 'unchecked: https://docs.slack.dev/tools/node-slack-sdk/rtm-api',
  },
  {
    ...CHAT,
    api: '{tmi.js:{,client,Client}().connect,@twurple/chat:ChatClient().connect,irc-framework:Client().connect,matrix-bot-sdk:MatrixClient().start}',
    what: 'a chat connection',
    recipe: ONE,
    source: 'unchecked: README.md of each',
  },
  {
    ...PHONE,
    api: '{@whiskeysockets/baileys:{,makeWASocket,default},whatsapp-web.js:Client().initialize,venom-bot:create}',
    what: 'a WhatsApp session',
    source: 'unchecked: README.md of each',
  },
  // Mail
  {
    kind: 'sole',
    api: '{imapflow:ImapFlow(),imap:()}.{on,once}',
    when: { arg: 0, in: ['exists', 'mail'] },
    what: 'a mailbox that is listened to',
    twice: 'Both instances are told of each new mail, and handle it twice',
    recipe:
      'Run it in one worker process of its own, or claim each mail by its Message-ID in the database before it is handled',
    source: "imapflow@2.10.2 README.md `on('exists')`; imap unchecked",
  },
  // Files
  {
    ...HEARS,
    api: 'chokidar:watch().{on,once}',
    handler: { arg: 1 },
    what: 'a watched folder',
    twice:
      'On a shared volume every instance sees each file and handles it; on its own disk an instance sees only its own files',
    recipe:
      'Move each file to a name of its own before it is handled (`rename` succeeds for one), or run the watcher in one process',
    source: 'chokidar@5.0.0 README.md',
  },
  {
    ...HEARS,
    api: '{fs:watch,fs:watchFile,node-watch:}',
    handler: { arg: 1 },
    what: 'a watched folder',
    twice:
      'On a shared volume every instance sees each file and handles it; on its own disk an instance sees only its own files',
    recipe:
      'Move each file to a name of its own before it is handled (`rename` succeeds for one), or run the watcher in one process',
    source: 'Node.js API documentation, fs.watch; node-watch unchecked',
  },
  // Databases
  {
    ...HEARS,
    api: 'pg:Client().on',
    handler: { arg: 1 },
    when: { arg: 0, in: ['notification'] },
    what: 'a PostgreSQL LISTEN',
    recipe: CLAIM,
    source: "pg@8.23.1 lib/client.js:536 `this.emit('notification', msg)`",
  },
  {
    ...HEARS,
    api: 'pg-listen:().notifications.on',
    handler: { arg: 1 },
    what: 'a PostgreSQL LISTEN',
    recipe: CLAIM,
    source: 'pg-listen@1.7.0 README.md',
  },
  {
    kind: 'sole',
    api: 'pg-logical-replication:LogicalReplicationService().subscribe',
    what: 'a replication slot',
    twice: 'A slot can be read by one connection; the second instance fails, or takes it over in the middle',
    recipe: ONE,
    source: 'unchecked: https://www.postgresql.org/docs/current/logicaldecoding-explanation.html',
  },
  {
    ...HEARS,
    api: '{mongodb:{Collection,Db,MongoClient}(),mongoose:{model(),connection}}.watch().on',
    handler: { arg: 1 },
    when: { arg: 0, in: ['change'] },
    what: 'a change stream',
    recipe: CLAIM,
    source: 'unchecked: https://www.mongodb.com/docs/manual/changeStreams/',
  },
  {
    ...HEARS,
    api: '{@rodrigogs/mysql-events:().addTrigger,zongji:().on}',
    handler: { arg: 0, path: 'onEvent' },
    what: 'a reader of the binlog',
    recipe: CLAIM,
    source: 'unchecked: @rodrigogs/mysql-events README.md',
  },
  // Brokers
  {
    ...HEARS,
    api: 'redis:createClient().{subscribe,pSubscribe,sSubscribe}',
    handler: { arg: 1 },
    what: 'a Redis subscription',
    recipe:
      'Use a queue (BullMQ) or a Redis stream with a consumer group (`XREADGROUP`), which bring each message to one instance',
    source: 'unchecked: https://redis.io/docs/latest/develop/pubsub/',
  },
  {
    ...HEARS,
    api: '{redis:createClient(),ioredis:()}.on',
    handler: { arg: 1 },
    when: { arg: 0, in: ['message', 'pmessage', 'messageBuffer'] },
    what: 'a Redis subscription',
    recipe:
      'Use a queue (BullMQ) or a Redis stream with a consumer group (`XREADGROUP`), which bring each message to one instance',
    source: 'unchecked: https://redis.io/docs/latest/develop/pubsub/',
  },
  {
    ...HEARS,
    api: 'kafka-node:Consumer().on',
    handler: { arg: 1 },
    when: { arg: 0, in: ['message'] },
    what: 'a Kafka consumer without a group',
    recipe: 'Use `ConsumerGroup` with one `groupId` for all instances',
    source: 'unchecked: kafka-node README.md',
  },
  {
    ...HEARS,
    api: '{kafkajs:Kafka,@confluentinc/kafka-javascript:KafkaJS.Kafka}().consumer',
    own: { arg: 0, path: 'groupId' },
    what: 'a Kafka consumer in a group of its own',
    recipe: 'Give all instances one `groupId` that does not change',
    source: 'unchecked: https://kafka.js.org/docs/consuming',
  },
  {
    ...HEARS,
    api: '{amqplib,amqp-connection-manager}:connect().createChannel().consume',
    handler: { arg: 1 },
    own: { arg: 0 },
    what: 'a queue of this instance alone',
    recipe:
      'Consume from one named queue that all instances share: `assertQueue("orders", { durable: true })`, bound to the exchange',
    source: 'unchecked: https://www.rabbitmq.com/docs/queues#server-named-queues',
  },
  {
    ...HEARS,
    api: 'mqtt:connect().on',
    handler: { arg: 1 },
    when: { arg: 0, in: ['message'] },
    shared: { api: 'mqtt:connect().{subscribe,subscribeAsync}', arg: 0, begins: '$share/' },
    what: 'an MQTT subscription',
    recipe: 'Subscribe to `$share/<group>/<topic>` (MQTT 5), so that the broker brings each message to one instance',
    source: 'unchecked: MQTT 5.0, 4.8.2 Shared Subscriptions; mqtt README.md',
  },
  {
    ...HEARS,
    api: '{nats,@nats-io/transport-node}:connect().subscribe',
    handler: { arg: 1, path: 'callback' },
    unless: { arg: 1, path: 'queue' },
    what: 'a NATS subscription',
    recipe: "Name a queue group: `connection.subscribe(subject, { queue: 'orders' })`",
    source: 'unchecked: nats.js README.md, "Queue Groups"',
  },
  // Chains
  {
    ...HEARS,
    api: 'ethers:{,ethers.,providers.}{JsonRpcProvider,WebSocketProvider,AlchemyProvider,InfuraProvider,Contract}().on',
    handler: { arg: 1 },
    what: 'a listener for blocks or events of a chain',
    recipe: CLAIM,
    source: 'unchecked: https://docs.ethers.org/v6/api/providers/',
  },
  {
    ...HEARS,
    api: 'viem:createPublicClient().{watchBlocks,watchBlockNumber,watchContractEvent,watchEvent}',
    handler: { arg: 0, path: '{onBlock,onBlockNumber,onLogs}' },
    what: 'a listener for blocks or events of a chain',
    recipe: CLAIM,
    source: 'unchecked: https://viem.sh/docs/actions/public/watchBlocks',
  },
];

/** What a process is called for as long as it lives, and no other one with it. */
export const processNames: readonly string[] = [
  'os:hostname()',
  '{process:,global:process.}pid',
  'env:{HOSTNAME,POD_NAME,POD_IP,CF_INSTANCE_INDEX,CF_INSTANCE_GUID,FLY_MACHINE_ID,NODE_APP_INSTANCE,DYNO}',
];

/** What gives each instance a name of its own. */
export const ownNames: readonly string[] = [
  ...processNames,
  'global:crypto.randomUUID()',
  'global:Math.random()',
  'global:Date.now()',
  'crypto:{randomUUID,randomBytes}()',
  'uuid:{,v1,v4,v7}()',
  'nanoid:{,nanoid}()',
  'ulid:{,ulid}()',
];

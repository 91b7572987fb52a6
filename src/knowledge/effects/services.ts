import { ASKS, CALLS, PUBLISHES, ENQUEUES, FILES, FILES_AGAIN, RUNS, UPLOADS, type EffectRow } from './facts.js';

/** HTTP, object storage, brokers, queues, files and programs. */
export const services: readonly EffectRow[] = [
  // HTTP clients
  ['axios:', { kind: 'http', writes: false, method: { arg: 0, path: 'method' } }, 'axios@1.21.1 package.json'],
  ['axios:request', { kind: 'http', writes: false, method: { arg: 0, path: 'method' } }, 'axios@1.21.1 index.d.ts:537'],
  ['axios:{get,head,options}', ASKS, 'axios@1.21.1 index.d.ts:351'],
  ['axios:{post,put,patch,delete,postForm,putForm,patchForm}', CALLS, 'axios@1.21.1 index.d.ts:716'],
  ['@nestjs/axios:HttpService().{get,head}', ASKS, '@nestjs/axios@12.0.1 dist/http.service.d.ts:9'],
  ['@nestjs/axios:HttpService().{post,put,patch,delete}', CALLS, '@nestjs/axios@12.0.1 dist/http.service.d.ts:8'],
  [
    '@nestjs/axios:HttpService().request',
    { kind: 'http', writes: false, method: { arg: 0, path: 'method' } },
    '@nestjs/axios@12.0.1 dist/http.service.d.ts:6',
  ],
  ['@nestjs/axios:HttpService().axiosRef.{get,head}', ASKS, '@nestjs/axios@12.0.1 dist/http.service.d.ts:9'],
  [
    '@nestjs/axios:HttpService().axiosRef.{post,put,patch,delete}',
    CALLS,
    '@nestjs/axios@12.0.1 dist/http.service.d.ts:8',
  ],
  [
    'global:fetch',
    { kind: 'http', writes: false, method: { arg: 1, path: 'method' } },
    'https://fetch.spec.whatwg.org/#fetch-method',
  ],
  ['{got,ky}:', { kind: 'http', writes: false, method: { arg: 1, path: 'method' } }, 'ky@1.14.3 package.json'],
  ['{got,ky}:{get,head}', ASKS, 'ky@1.14.3 distribution/types/ky.d.ts:58'],
  ['{got,ky}:{post,put,patch,delete}', CALLS, 'ky@1.14.3 distribution/types/ky.d.ts:44'],
  [
    'ofetch:ofetch',
    { kind: 'http', writes: false, method: { arg: 1, path: 'method' } },
    'ofetch@1.5.1 dist/node.d.ts:15',
  ],
  [
    'undici:request',
    { kind: 'http', writes: false, method: { arg: 1, path: 'method' } },
    'undici@7.30.2 types/api.d.ts:6',
  ],
  ['superagent:{get,head}', ASKS, 'superagent@10.4.2 lib/client.js:878'],
  ['superagent:{post,put,patch,delete,del}', CALLS, 'superagent@10.4.2 lib/client.js:845'],
  ['request:', { kind: 'http', writes: false, method: { arg: 0, path: 'method' } }, 'request@2.88.2 package.json'],
  ['request:{get,head}', ASKS, 'request@2.88.2 index.js:23'],
  ['request:{post,put,patch,delete,del}', CALLS, 'request@2.88.2 index.js:72'],
  ['needle:{get,head}', ASKS, 'needle@3.5.0 README.md:161'],
  ['needle:{post,put,patch,delete}', CALLS, 'needle@3.5.0 README.md:214'],
  [
    '{http,https}:request',
    { kind: 'http', writes: false, method: { arg: 0, path: 'method' } },
    'Node.js API documentation',
  ],
  ['{http,https}:get', ASKS, 'Node.js API documentation'],
  [
    '{graphql-request:request,graphql-request:GraphQLClient().request}',
    ASKS,
    'graphql-request@7.4.0 build/entrypoints/main.d.ts:4',
  ],
  [
    '@octokit/rest:Octokit().{issues,pulls,repos,git,checks}.{create,createComment,update,merge}',
    CALLS,
    'unchecked: @octokit/rest README.md',
  ],

  // Object storage
  [
    '@aws-sdk/client-s3:{PutObjectCommand,DeleteObjectCommand,DeleteObjectsCommand,CopyObjectCommand,CompleteMultipartUploadCommand}',
    UPLOADS,
    '@aws-sdk/client-s3@3.1169.0 dist-types/commands/CompleteMultipartUploadCommand.d.ts:192',
  ],
  [
    '@aws-sdk/client-s3:{GetObjectCommand,HeadObjectCommand,ListObjectsV2Command,ListObjectsCommand}',
    ASKS,
    '@aws-sdk/client-s3@3.1169.0 dist-types/commands/ListObjectsCommand.d.ts:73',
  ],
  ['@aws-sdk/lib-storage:Upload', UPLOADS, '@aws-sdk/lib-storage@3.1169.0 dist-types/index.d.ts:1'],
  [
    'aws-sdk:S3().{putObject,upload,deleteObject,deleteObjects,copyObject}',
    UPLOADS,
    'aws-sdk@2.1693.0 clients/s3.d.ts:39',
  ],
  [
    '@google-cloud/storage:Storage().bucket().{upload,file().save,file().delete,file().move,file().copy,file().createWriteStream,deleteFiles}',
    UPLOADS,
    '@google-cloud/storage@8.4.0 build/cjs/src/bucket.d.ts:731',
  ],
  [
    'minio:Client().{putObject,fPutObject,removeObject,removeObjects,copyObject}',
    UPLOADS,
    'minio@8.0.7 dist/esm/internal/client.d.mts:353',
  ],
  ['cloudinary:v2.uploader.{upload,upload_stream,destroy}', UPLOADS, 'cloudinary@2.11.0 types/index.d.ts:1306'],
  [
    '@azure/storage-blob:BlobServiceClient{,.fromConnectionString}().getContainerClient().getBlockBlobClient().{upload,uploadData,uploadFile,uploadStream,delete}',
    UPLOADS,
    '@azure/storage-blob@12.34.0 dist/esm/Clients.d.ts:904',
  ],

  // Brokers
  [
    'ioredis:().{publish,spublish}',
    PUBLISHES,
    'ioredis@6.0.0 built/utils/RedisCommander.d.ts (a method for each Redis command)',
  ],
  [
    'redis:createClient().{publish,sPublish}',
    PUBLISHES,
    'https://github.com/redis/node-redis/blob/master/docs/pub-sub.md',
  ],
  ['@upstash/redis:Redis().publish', PUBLISHES, '@upstash/redis@1.39.0 error-DOszGRxg.d.ts:3983'],
  ['amqplib:connect().createChannel().{publish,sendToQueue}', PUBLISHES, 'amqplib@2.3.1 lib/channel_model.js:126-131'],
  [
    'amqp-connection-manager:connect().createChannel().{publish,sendToQueue}',
    PUBLISHES,
    'amqp-connection-manager@5.0.0 dist/types/ChannelWrapper.d.ts:21',
  ],
  [
    '@golevelup/nestjs-rabbitmq:AmqpConnection().{publish,request}',
    PUBLISHES,
    '@golevelup/nestjs-rabbitmq@9.0.2 lib/amqp/connection.d.ts:67',
  ],
  ['rascal:{Broker,BrokerAsPromised}.create().publish', PUBLISHES, 'rascal@21.0.1 lib/amqp/Broker.js:156'],
  [
    '{kafkajs:Kafka,@confluentinc/kafka-javascript:KafkaJS.Kafka}().producer().{send,sendBatch}',
    PUBLISHES,
    'kafkajs@2.2.4 types/index.d.ts:775-776',
  ],
  [
    '{node-rdkafka:Producer().produce,kafka-node:Producer().send,kafka-node:HighLevelProducer().send}',
    PUBLISHES,
    'kafka-node@5.0.0 types/index.d.ts:32',
  ],
  ['mqtt:connect().{publish,publishAsync}', PUBLISHES, 'mqtt@5.16.0 build/lib/client.d.ts:199'],
  [
    '{nats,@nats-io/transport-node}:connect().{publish,request,jetstream().publish}',
    PUBLISHES,
    '@nats-io/transport-node@3.4.0 lib/mod.d.ts:1',
  ],
  [
    '@google-cloud/pubsub:PubSub().topic().{publish,publishMessage,publishJSON}',
    PUBLISHES,
    '@google-cloud/pubsub@5.3.1 build/src/topic.d.ts:431',
  ],
  [
    '@azure/service-bus:ServiceBusClient().createSender().{sendMessages,scheduleMessages}',
    PUBLISHES,
    '@azure/service-bus@7.9.5 types/latest/service-bus.d.ts:2546',
  ],
  [
    '@azure/event-hubs:EventHubProducerClient().sendBatch',
    PUBLISHES,
    '@azure/event-hubs@6.0.4 dist/esm/eventHubProducerClient.d.ts:140',
  ],
  [
    '{@aws-sdk/client-eventbridge:PutEventsCommand,@aws-sdk/client-kinesis:PutRecordCommand,@aws-sdk/client-kinesis:PutRecordsCommand}',
    PUBLISHES,
    '@aws-sdk/client-kinesis@3.1143.0 dist-types/commands/PutRecordsCommand.d.ts:91',
  ],
  ['@nestjs/microservices:ClientProxy().{emit,send}', PUBLISHES, '@nestjs/microservices@12.1.1 server/server.d.ts:70'],
  [
    '{pusher:().trigger,pusher:().triggerBatch,ably:Realtime().channels.get().publish,ably:Rest().channels.get().publish}',
    PUBLISHES,
    'ably@2.28.0 ably.d.ts:734',
  ],

  // Job queues
  [
    'bullmq:Queue().add',
    { ...ENQUEUES, named: { arg: 2, path: 'jobId' } },
    'bullmq@5.81.5 dist/esm/interfaces/base-job-options.d.ts:94, an id that exists is not added again',
  ],
  ['bullmq:{Queue().addBulk,FlowProducer().{add,addBulk}}', ENQUEUES, 'bullmq@6.7.0 dist/esm/classes/queue.d.ts'],
  [
    'bullmq:Queue().upsertJobScheduler',
    { kind: 'enqueue', writes: true, idempotent: true },
    'bullmq@6.7.0 dist/esm/classes/queue.d.ts',
  ],
  ['bull:().{add,addBulk}', ENQUEUES, 'bull@4.16.5 index.d.ts:710'],
  ['bee-queue:().createJob().save', ENQUEUES, 'bee-queue@2.0.0 index.d.ts:126'],
  ['kue:createQueue().{create,createJob}().save', ENQUEUES, 'kue@0.11.6 lib/queue/job.js:789'],
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
  ['graphile-worker:{quickAddJob,makeWorkerUtils().addJob}', ENQUEUES, 'graphile-worker@0.18.0 dist/lib.d.ts:28'],
  ['node-resque:Queue().{enqueue,enqueueIn,enqueueAt}', ENQUEUES, 'node-resque@9.7.1 dist/core/queue.d.ts:51'],
  [
    '@aws-sdk/client-sqs:{SendMessageCommand,SendMessageBatchCommand}',
    ENQUEUES,
    '@aws-sdk/client-sqs@3.1169.0 dist-types/commands/SendMessageBatchCommand.d.ts:49',
  ],
  ['aws-sdk:SQS().{sendMessage,sendMessageBatch}', ENQUEUES, 'aws-sdk@2.1693.0 clients/sqs.d.ts:161'],
  ['sqs-producer:Producer.create().send', ENQUEUES, 'sqs-producer@8.0.4 dist/cjs/producer.d.ts:23'],
  [
    '@google-cloud/tasks:CloudTasksClient().createTask',
    ENQUEUES,
    '@google-cloud/tasks@7.1.0 build/protos/protos.d.ts:236',
  ],
  ['inngest:Inngest().send', ENQUEUES, 'inngest@4.24.0 types.d.ts:445'],
  [
    '@temporalio/client:{Client,WorkflowClient}().{workflow.start,workflow.execute,start,execute}',
    ENQUEUES,
    '@temporalio/client@1.24.0 lib/connection.d.ts:281',
  ],
  [
    '@trigger.dev/sdk{,/v3}:{tasks.trigger,tasks.batchTrigger,task().trigger}',
    ENQUEUES,
    '@trigger.dev/sdk@4.8.3 dist/esm/v3/ai.d.ts:311',
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
    'fs-extra@11.4.1 lib/fs/index.js, README.md',
  ],
  [
    'fs-extra:{ensureDir,ensureDirSync,mkdirp,mkdirpSync,mkdirs,mkdir,mkdirSync,ensureFile,emptyDir,emptyDirSync,remove,removeSync,unlink,unlinkSync,rm}',
    FILES_AGAIN,
    'fs-extra@11.4.1 lib/fs/index.js:37',
  ],
  [
    '{write-file-atomic:,jsonfile:writeFile,jsonfile:writeFileSync,write-json-file:,write-json-file:writeJsonFile,write-json-file:writeJsonFileSync}',
    FILES,
    'write-json-file@7.0.0 index.d.ts:70',
  ],
  [
    '{rimraf:,rimraf:rimraf,rimraf:sync,del:,del:deleteAsync,mkdirp:,mkdirp:mkdirp,make-dir:,make-dir:makeDirectory}',
    FILES_AGAIN,
    'make-dir@5.1.0 index.d.ts:29',
  ],
  ['global:Bun.write', FILES, 'https://bun.sh/docs/api/file-io'],
  ['sharp:().toFile', FILES, 'sharp@0.35.5 lib/index.d.ts:645'],

  // Other programs
  ['child_process:{exec,execFile,spawn,fork,execSync,execFileSync,spawnSync}', RUNS, 'Node.js API documentation'],
  ['execa:{,execa,execaCommand,command,$}', RUNS, 'execa@10.2.1 readme.md'],
  ['{zx:$,shelljs:exec,cross-spawn:,cross-spawn:spawn}', RUNS, 'cross-spawn@7.0.6 index.js:7'],
];

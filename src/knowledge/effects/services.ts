import { ASKS, CALLS, PUBLISHES, ENQUEUES, FILES, FILES_AGAIN, RUNS, UPLOADS, type EffectRow } from './facts.js';

/** HTTP, object storage, brokers, queues, files and programs. */
export const services: readonly EffectRow[] = [
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

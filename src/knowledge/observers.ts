import type { ValueKnowledge } from './types.js';

const OWN = 'unchecked: the README.md of each';

/**
 * What only tells operators how a process is doing. What goes in comes back to no user, and each instance is looked at by
 * itself. An entry is meant with everything below it.
 */
export const observers: readonly ValueKnowledge[] = [
  { api: 'global:console', source: 'https://nodejs.org/api/console.html' },
  { api: '{process:,global:process.}{stdout,stderr}', source: 'https://nodejs.org/api/process.html#processstdout' },
  { api: '{pino,winston,bunyan,log4js,loglevel,signale,consola,tslog,debug,npmlog,roarr}:', source: OWN },
  { api: '@nestjs/common:Logger{,()}', source: 'https://docs.nestjs.com/techniques/logger' },
  { api: '{nestjs-pino,nest-winston,pino-http,@logtape/logtape}:', source: OWN },
  { api: 'fastify:().log', source: 'https://fastify.dev/docs/latest/Reference/Logging/' },
  { api: '{prom-client,hot-shots,statsd-client,@opentelemetry/api,@opentelemetry/sdk-metrics}:', source: OWN },
];

/**
 * Objects of packages that are data themselves: documents, games, conversations, and schedules, which go on elsewhere when they are
 * stopped or replaced here. One made where it is missing is no handle but another copy.
 */
export const liveObjects: readonly ValueKnowledge[] = [
  { api: 'yjs:Doc()', source: 'yjs@13.6.33 src/utils/Doc.js' },
  { api: '@automerge/automerge:{init,from,load}()', source: 'unchecked: https://automerge.org/docs/' },
  { api: 'chess.js:Chess()', source: 'chess.js@1.4.0 dist/types/chess.d.ts:85' },
  {
    api: 'langchain/memory:{BufferMemory,BufferWindowMemory,ConversationSummaryMemory}()',
    source: 'unchecked: LangChain JS documentation',
  },
  {
    api: '@langchain/core/chat_history:InMemoryChatMessageHistory()',
    source: '@langchain/core@1.4.0 dist/chat_history.d.ts:70',
  },
  { api: 'croner:{(),Cron()}', source: 'croner@9.1.0 dist/croner.d.ts:396 `stop(): void`' },
  { api: 'cron:{CronJob(),CronJob.from(),job()}', source: 'cron@4.3.3 dist/job.d.ts:3' },
  { api: 'node-schedule:scheduleJob()', source: 'node-schedule@2.1.1 lib/schedule.js:23' },
  { api: 'node-cron:{schedule,createTask}()', source: 'node-cron@4.2.1 dist/cjs/node-cron.d.ts:2' },
  { api: 'langchain/stores/message/in_memory:ChatMessageHistory()', source: 'unchecked: LangChain JS documentation' },
];

/** Calls that measure the very process they stand in: what one instance finds out the others cannot. */
export const ownMeasures: readonly ValueKnowledge[] = [
  {
    api: 'v8:{writeHeapSnapshot,getHeapSnapshot,getHeapStatistics,getHeapSpaceStatistics}',
    source: 'https://nodejs.org/api/v8.html',
  },
  {
    api: '{global:process.,process:}{memoryUsage,cpuUsage,resourceUsage}',
    source: 'https://nodejs.org/api/process.html#processmemoryusage',
  },
  {
    api: 'perf_hooks:{monitorEventLoopDelay,performance.eventLoopUtilization}',
    source: 'https://nodejs.org/api/perf_hooks.html',
  },
  { api: 'inspector:Session()', source: 'https://nodejs.org/api/inspector.html' },
];

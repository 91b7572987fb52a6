/*
 * What rules are written against, built-in ones and those of plugins alike; nothing else of the tool is public.
 */
export { type ConfigInput, defineConfig } from '../model/define-config.js';
export { broadcastOf, databaseOf, lastingStoreOf, sharedStoreOf, wordOf } from '../knowledge/advice.js';
export { ApiTable } from '../knowledge/api-table.js';
export { databasePrograms, embeddedDatabases } from '../knowledge/disk/embedded-databases.js';
export { logCollectors, logFileCalls, logFileOptions, logSinks, logsToStdout } from '../knowledge/disk/log-files.js';
export type { EmbeddedDatabase, Given, LogFileCall, LogFileOption, LogSink } from '../knowledge/disk/types.js';
export {
  migrationCalls,
  migrationCommands,
  migrationMethods,
  migrationOptions,
  schemaCalls,
} from '../knowledge/migrations.js';
export { type ConsumerKnowledge, consumers, ownNames, processNames } from '../knowledge/consumers.js';
export { emitters } from '../knowledge/emitters.js';
export { ownMeasures } from '../knowledge/observers.js';
export { brokerUses, eventTaps } from '../knowledge/events.js';
export { schedulers } from '../knowledge/schedulers.js';
export { brokerCalls, localViews, socketServers } from '../knowledge/sockets.js';
export { type PollingKnowledge, pollingServers } from '../knowledge/sockets/polling.js';
export { clientTransports, type Transports, transportsOf } from './running/transports.js';
export type {
  LocalViewKnowledge,
  MigrationCall,
  MigrationCommand,
  MigrationOption,
  SchedulerKnowledge,
  SocketServerKnowledge,
  Taking,
  UploadKnowledge,
} from '../knowledge/types.js';
export {
  fileWrites,
  temporaryFolders,
  temporaryPaths,
  uploadedValues,
  uploadMethods,
  uploads,
  uploadStorages,
} from '../knowledge/uploads.js';
export { type DrainKnowledge, drains, type GraceKnowledge, graceKnowledge } from '../knowledge/deployment/grace.js';
export * from './work/boot.js';
export { keepAlivePlaces } from '../knowledge/deployment/keep-alive.js';
export * from './running/balanced.js';
export * from '../knowledge/deployment/assets.js';
export * from '../knowledge/deployment/cron.js';
export * from './running/deployed.js';
export * from './running/shares.js';
export {
  countedOtherwise,
  type InstancesKnowledge,
  instancesKnowledge,
  onEachHost,
  onHostItself,
  schedulesEach,
} from '../knowledge/deployment/instances.js';
export * from '../knowledge/recipes/index.js';
export {
  type ConnectionKind,
  connectionOf,
  type ConnectionRegistry,
  connectionRegistry,
  connectionsBeside,
  SPEAKS,
} from './running/connections.js';
export {
  type CacheChange,
  type CacheUse,
  cacheHolders,
  changesOfCache,
  isCacheHolder,
  lifetimeOfCache,
  usesOfCache,
} from './kept/caches.js';
export { defineCollector, definePlugin } from './define-plugin.js';
export { defineRule } from './define-rule.js';
export { doubtsOfEffect, doubtsOfReach } from './doubts.js';
export * from './running/lifecycle.js';
export { type Kept, kept, type Outcome } from './kept/kept.js';
export { type KeptWords, reportKept } from './kept/report-kept.js';
export {
  type Acting,
  acting,
  callsAmong,
  callsKnown,
  callsOfMember,
  callsWith,
  foundAmong,
  handing,
  inOrder,
  type KnownCall,
  statements,
  unitOf,
} from './calls.js';
export { madeBy } from './made.js';
export { type Match, matches } from './matches.js';
export { option, type Options, optionsBehind } from './kept/options.js';
export { endNearby, endOf, type FileEnd } from './files/file-ends.js';
export { isLog, isTemporary, pathInWords, pathText } from './files/file-paths.js';
export { isWithin, placeInWords, placeOnDisk } from './files/file-places.js';
export { type FileWrite, fileWriteOf, uploadIn } from './files/file-writes.js';
export { type KeptFile, keptFiles, type ReadFile, type WrittenFile } from './files/kept-files.js';
export { isForDevelopment, type Option, optionsAt } from './kept/option-places.js';
export { type LocalCounter, type LocalId, localCounter, localIds } from './state/local-ids.js';
export { indexedCache } from './state/cache-index.js';
export { holdsLimiters, isListOfLimits } from './state/limiters.js';
export { isProgress } from './work/progress.js';
export { type RequestState, requestState } from './state/request-state.js';
export { type NumberedIdMaker, numberedIdMakers } from '../knowledge/id-makers.js';
export { type KeptSecret, type MadeSecret, madeSecrets } from './kept/secrets.js';
export { isPlaceOfUpload, sentByClient } from './files/sent-by-client.js';
export { changing, reachedByUser, type Touch } from './state/touches.js';
export { diskAt, diskOf, type OnDisk } from './files/volumes.js';
export { idleBecause } from './kept/idle.js';
export { settledBy, settledStore } from './kept/settled.js';
export { type Served, served, surest, USER_PHASES } from './serving.js';
export { doubtsOfState, evidenceOfState, judgeState, nameOfState, type StateHazard, together } from './state/state.js';
export { inAnyCase, madeAt, taken, withoutThese, worst } from './taken.js';
export { callsWithin, isOnlyStart, runWith, userReach, withNested } from './within.js';
export type {
  Confidence,
  Evidence,
  EvidenceRole,
  Finding,
  RawFinding,
  SafeCandidate,
  Severity,
  Trigger,
  When,
} from '../model/finding.js';
export type {
  AccessFact,
  BindingFact,
  CallFact,
  ClassFact,
  ConditionFact,
  ExportFact,
  Expr,
  FileFacts,
  FunctionFact,
  ImportFact,
  MemberFact,
  Prop,
  ReturnFact,
  TryFact,
  TypeFact,
} from '../model/facts.js';
export type { Manifest } from '../model/input.js';
export type { Concern, Home, KeeperKnowledge, Knowledge, StoreKnowledge } from '../model/knowledge.js';
export type {
  Alternative,
  Binding,
  Call,
  Cls,
  Collected,
  Condition,
  Deployed,
  Effect,
  EffectKind,
  Fn,
  Guard,
  Known,
  Origin,
  Phase,
  Program,
  Reach,
  Role,
  Run,
  Setting,
  Stack,
  StateAccess,
  StateCell,
  StateKind,
  StateShape,
  Unit,
  Value,
} from '../model/program.js';
export type { Collector, Json, Plugin, PluginKnowledge, PluginParts, SourceNode, SourceView } from '../model/plugin.js';
export type { MigrationAge, SchemaChange, SqlMigration } from '../model/schema.js';
export type { Rule, RuleContext, RuleMeta } from '../model/rule.js';
export type { Operation, Told } from '../model/production.js';
export { isBefore, type Place, type Span } from '../model/span.js';
export * from './work/about-work.js';
export { isSetUpOnce } from './work/set-up.js';
export { once, onceOf } from './once.js';
export { sharing } from './sharing.js';
export { storedTogether, type StoredValue, storedValues } from '../knowledge/stored-values.js';
export { type SignalKnowledge, signalKnowledge, signalsFirstProcess } from '../knowledge/signals.js';
export {
  type Before,
  beforeServers,
  beside,
  chainOf,
  type Link,
  nameOf,
  type Start,
  started,
  startOf,
} from './running/started.js';
export type {
  Balancer,
  BalancerSort,
  Build,
  Command,
  Copied,
  Count,
  Descriptor,
  DescriptorKind,
  Duty,
  Environment,
  Moment,
  Pin,
  Port,
  Probe,
  Purpose,
  Stated,
  Step,
  Test,
  Update,
  Volume,
  Workload,
} from '../model/deployment.js';

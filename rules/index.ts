// Generated from the folders of rules/ by `npm run generate`. Do not edit.
import type { Rule } from '../src/api/index.js';
import breakingMigration from './breaking-migration/rule.js';
import connectionPerRequest from './connection-per-request/rule.js';
import crossRequestState from './cross-request-state/rule.js';
import embeddedDatabase from './embedded-database/rule.js';
import falseGuard from './false-guard/rule.js';
import fireAndForgetWork from './fire-and-forget-work/rule.js';
import hardCodedPeer from './hard-coded-peer/rule.js';
import inMemoryCache from './in-memory-cache/rule.js';
import inMemoryLock from './in-memory-lock/rule.js';
import inMemoryPubsub from './in-memory-pubsub/rule.js';
import inMemoryQueue from './in-memory-queue/rule.js';
import inMemoryRateLimit from './in-memory-rate-limit/rule.js';
import inMemorySession from './in-memory-session/rule.js';
import inMemoryTokenStore from './in-memory-token-store/rule.js';
import instanceLocalId from './instance-local-id/rule.js';
import lbKeepaliveTimeout from './lb-keepalive-timeout/rule.js';
import localFileUpload from './local-file-upload/rule.js';
import localFileWrite from './local-file-write/rule.js';
import localLogFile from './local-log-file/rule.js';
import localWebsocketFanout from './local-websocket-fanout/rule.js';
import migrationAtBoot from './migration-at-boot/rule.js';
import missingGracefulShutdown from './missing-graceful-shutdown/rule.js';
import missingHealthCheck from './missing-health-check/rule.js';
import missingTrustProxy from './missing-trust-proxy/rule.js';
import moduleLevelMutableState from './module-level-mutable-state/rule.js';
import nonAtomicSharedWrite from './non-atomic-shared-write/rule.js';
import oversizedConnectionPool from './oversized-connection-pool/rule.js';
import perInstanceSecret from './per-instance-secret/rule.js';
import prematureReadiness from './premature-readiness/rule.js';
import seedAtBoot from './seed-at-boot/rule.js';
import singleInstanceDeployment from './single-instance-deployment/rule.js';
import singletonConsumer from './singleton-consumer/rule.js';
import stickySessionDependence from './sticky-session-dependence/rule.js';
import tempFileHandoff from './temp-file-handoff/rule.js';
import unflushedBuffer from './unflushed-buffer/rule.js';
import unguardedCron from './unguarded-cron/rule.js';
import unhandledConnectionFailure from './unhandled-connection-failure/rule.js';
import versionSkew from './version-skew/rule.js';
import volatileJobProgress from './volatile-job-progress/rule.js';

/** Every built-in rule, by id. */
export const rules: readonly Rule[] = [
  breakingMigration,
  connectionPerRequest,
  crossRequestState,
  embeddedDatabase,
  falseGuard,
  fireAndForgetWork,
  hardCodedPeer,
  inMemoryCache,
  inMemoryLock,
  inMemoryPubsub,
  inMemoryQueue,
  inMemoryRateLimit,
  inMemorySession,
  inMemoryTokenStore,
  instanceLocalId,
  lbKeepaliveTimeout,
  localFileUpload,
  localFileWrite,
  localLogFile,
  localWebsocketFanout,
  migrationAtBoot,
  missingGracefulShutdown,
  missingHealthCheck,
  missingTrustProxy,
  moduleLevelMutableState,
  nonAtomicSharedWrite,
  oversizedConnectionPool,
  perInstanceSecret,
  prematureReadiness,
  seedAtBoot,
  singleInstanceDeployment,
  singletonConsumer,
  stickySessionDependence,
  tempFileHandoff,
  unflushedBuffer,
  unguardedCron,
  unhandledConnectionFailure,
  versionSkew,
  volatileJobProgress,
];

/*
 * What the rules about locks, queues and work after the answer ask.
 */
export { exclusionOf, queueOf } from '../../knowledge/advice.js';
export { type LocalLock, localLocks } from '../../knowledge/local-locks.js';
export { type Delay, delays, type MemoryQueue, memoryQueues } from '../../knowledge/memory-queues.js';
export type { EffectsInReach } from '../../model/program.js';
export { promiseChain } from '../chains.js';
export { answers, beginsUnwaited, isHandedTheAnswer, isWaitedFor } from './deferred.js';
export { isLock, isLockClass, isRowOfLock, isTaken, methodsOf } from '../state/lock-cells.js';
export { type Buffer, bufferOf, isQueue, savesOwn } from '../state/queue-cells.js';
export { askedBy, combined, isShared, type Work, workAfter } from './work.js';
export { instanceIndexVariables, roleSwitchVariables } from '../../knowledge/guards.js';
export type { InstanceIndexVariable } from '../../knowledge/types.js';
export { memoryLockStores, pooledStatements, redisMethods } from '../../knowledge/weak-guards.js';

/*
 * What the rules about locks, queues and work after the answer ask.
 */
export { exclusionOf } from '../knowledge/advice.js';
export { type LocalLock, localLocks } from '../knowledge/local-locks.js';
export type { EffectsInReach } from '../model/program.js';
export { isLock, isTaken } from './lock-cells.js';
export { askedBy, combined, isBefore, isShared, type Work, workAfter } from './work.js';

import type { EffectKnowledge } from '../types.js';

export type Facts = Omit<EffectKnowledge, 'api' | 'source'>;

export const WRITES: Facts = { kind: 'database', writes: true };
export const DELETES: Facts = { kind: 'database', writes: true, idempotent: true };
export const READS: Facts = { kind: 'database', writes: false };
export const SQL: Facts = { kind: 'database', writes: true, sql: 0 };
export const MAIL: Facts = { kind: 'mail', writes: true, words: 'sends mail' };
export const SMS: Facts = { kind: 'mail', writes: true, words: 'sends an SMS or places a call' };
export const PUSH: Facts = { kind: 'mail', writes: true, words: 'sends a push notification' };
export const CHAT: Facts = { kind: 'mail', writes: true, words: 'posts to a chat' };
export const PAYMENT: Facts = { kind: 'http', writes: true, words: 'creates something at a payment provider' };
export const ASKS: Facts = { kind: 'http', writes: false };
export const CALLS: Facts = { kind: 'http', writes: true };
export const PUBLISHES: Facts = { kind: 'publish', writes: true };
export const ENQUEUES: Facts = { kind: 'enqueue', writes: true };
export const FILES: Facts = { kind: 'file', writes: true };
export const FILES_AGAIN: Facts = { kind: 'file', writes: true, idempotent: true };
export const RUNS: Facts = { kind: 'process', writes: true };
export const UPLOADS: Facts = { kind: 'http', writes: true, idempotent: true, words: 'writes to object storage' };

/** Path of what is called, facts, source. */
export type EffectRow = readonly [api: string, facts: Facts, source: string];

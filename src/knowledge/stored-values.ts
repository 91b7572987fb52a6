import type { Source } from './types.js';

/*
 * Stores of values by key that are written whole: what was read, changed and written back replaces what others wrote meanwhile.
 */

export interface StoredValue {
  /** The call that writes. */
  readonly write: string;
  /** Methods of the same client that read the same. */
  readonly reads: readonly string[];
  /** So many of the first arguments say what is meant. */
  readonly keys: number;
  /** The argument that is written. */
  readonly value: number;
  readonly source: Source;
}

const IOREDIS = 'ioredis@6.0.0 built/utils/RedisCommander.d.ts (a method for each Redis command)';
const REDIS = 'redis@6.3.1 (a method for each Redis command)';
const UPSTASH = '@upstash/redis@1.39.0 error-DOszGRxg.d.ts:4248';

export const storedValues: readonly StoredValue[] = [
  { write: 'ioredis:().set', reads: ['get'], keys: 1, value: 1, source: IOREDIS },
  { write: 'ioredis:().{setex,psetex}', reads: ['get'], keys: 1, value: 2, source: IOREDIS },
  { write: 'ioredis:().hset', reads: ['hget'], keys: 2, value: 2, source: IOREDIS },
  { write: 'redis:createClient().set', reads: ['get'], keys: 1, value: 1, source: REDIS },
  { write: 'redis:createClient().{setEx,pSetEx,setex}', reads: ['get'], keys: 1, value: 2, source: REDIS },
  { write: 'redis:createClient().{hSet,hset}', reads: ['hGet', 'hget'], keys: 2, value: 2, source: REDIS },
  { write: '@upstash/redis:Redis().set', reads: ['get'], keys: 1, value: 1, source: UPSTASH },
  { write: '@upstash/redis:Redis().setex', reads: ['get'], keys: 1, value: 2, source: UPSTASH },
];

/** Commands that let nobody else write between reading and writing. */
export const storedTogether: ReadonlySet<string> = new Set(['watch', 'eval', 'evalsha', 'evalSha', 'executeIsolated']);

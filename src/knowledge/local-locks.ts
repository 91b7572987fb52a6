import type { Source } from './types.js';

/*
 * Locks that hold in one process or on one host only. What holds everywhere stands in guards.ts.
 */

/** A call that takes such a lock. */
export interface LocalLock {
  /** The call that takes it. */
  readonly api: string;
  /** Who keeps to it: the code of this process, or all processes of this host, which see the same file. */
  readonly holds: 'process' | 'host';
  /** The argument that runs under the lock; absent: what follows the call, until it is given back. */
  readonly work?: number;
  /** Where it is told how many may have it at once, when it is made; more than one, and it only limits how much runs. */
  readonly permits?: { readonly arg: number; readonly path?: string; readonly otherwise: number };
  /** Made to limit how much runs, and a lock only where it lets one through at a time. */
  readonly limiter?: true;
  readonly source: Source;
}

export const localLocks: readonly LocalLock[] = [
  {
    api: 'async-mutex:{Mutex(),withTimeout(),tryAcquire()}.runExclusive',
    holds: 'process',
    work: 0,
    source: 'async-mutex@0.5.0 README.md "Mutex API", lib/index.d.ts',
  },
  {
    api: 'async-mutex:{Mutex(),withTimeout(),tryAcquire()}.{acquire,waitForUnlock}',
    holds: 'process',
    source: 'async-mutex@0.5.0 README.md "Manual locking / releasing"',
  },
  {
    api: 'async-mutex:Semaphore().runExclusive',
    holds: 'process',
    work: 0,
    permits: { arg: 0, otherwise: 1 },
    source: 'async-mutex@0.5.0 README.md "Semaphore API"',
  },
  {
    api: 'async-mutex:Semaphore().acquire',
    holds: 'process',
    permits: { arg: 0, otherwise: 1 },
    source: 'async-mutex@0.5.0 README.md "Semaphore API"',
  },
  {
    api: 'async-lock:{(),AsyncLock()}.acquire',
    holds: 'process',
    work: 1,
    source: 'async-lock@1.5.0 README.md:48 `lock.acquire(key, fn, cb)`',
  },
  {
    api: 'async-sema:{Sema(),()}.{acquire,v,tryAcquire}',
    holds: 'process',
    permits: { arg: 0, otherwise: 1 },
    source: 'async-sema@3.1.1 lib/index.d.ts `constructor(nr, …)`',
  },
  {
    api: 'await-lock:().{acquireAsync,tryAcquire}',
    holds: 'process',
    source: 'await-lock@3.0.0 build/AwaitLock.d.ts',
  },
  {
    api: 'mutexify:()',
    holds: 'process',
    work: 0,
    source: 'mutexify@1.4.0 README.md:20 `lock(function(release) …)`',
  },
  { api: 'mutexify/promise:()', holds: 'process', source: 'mutexify@1.4.0 promise.js' },
  {
    api: 'semaphore-async-await:{(),Semaphore(),Lock()}.{wait,acquire,tryAcquire,waitFor}',
    holds: 'process',
    permits: { arg: 0, otherwise: 1 },
    source: 'semaphore-async-await@1.5.1 dist/Semaphore.d.ts',
  },
  {
    api: 'semaphore-async-await:{(),Semaphore(),Lock()}.execute',
    holds: 'process',
    work: 0,
    permits: { arg: 0, otherwise: 1 },
    source: 'semaphore-async-await@1.5.1 dist/Semaphore.d.ts',
  },
  {
    api: 'await-semaphore:{Semaphore,Mutex}().acquire',
    holds: 'process',
    permits: { arg: 0, otherwise: 1 },
    source: 'await-semaphore@0.1.3 README.md',
  },
  {
    api: 'await-semaphore:{Semaphore,Mutex}().use',
    holds: 'process',
    work: 0,
    permits: { arg: 0, otherwise: 1 },
    source: 'await-semaphore@0.1.3 README.md',
  },
  {
    api: 'await-mutex:().lock',
    holds: 'process',
    source: 'await-mutex@1.0.2 README.md `let unlock = await mutex.lock()`',
  },
  {
    api: 'promise-mutex:().lock',
    holds: 'process',
    work: 0,
    source: 'promise-mutex@0.1.1 README.md `mutex.lock(() => …)`',
  },
  {
    api: 'semaphore-promise:{(),Semaphore()}.{acquire,tryAcquire}',
    holds: 'process',
    permits: { arg: 0, otherwise: 1 },
    source: 'semaphore-promise@1.4.3 README.md `Semaphore(count, opts)`',
  },
  {
    api: 'rwlock:().writeLock',
    holds: 'process',
    work: 0,
    source: 'rwlock@5.0.0 README.md `lock.writeLock(function (release) …)`',
  },
  {
    api: '{es-toolkit,es-toolkit/promise}:Mutex().acquire',
    holds: 'process',
    source: 'es-toolkit@1.53.2 dist/promise/mutex.d.ts',
  },
  {
    api: '{es-toolkit,es-toolkit/promise}:Semaphore().acquire',
    holds: 'process',
    permits: { arg: 0, otherwise: 1 },
    source: 'es-toolkit@1.53.2 dist/promise/semaphore.d.ts',
  },
  {
    api: 'global:navigator.locks.request',
    holds: 'process',
    work: 1,
    source: 'https://nodejs.org/api/globals.html#navigatorlocks',
  },

  // One at a time, where the limit is one
  {
    api: 'p-limit:()',
    holds: 'process',
    work: 0,
    permits: { arg: 0, otherwise: 2 },
    limiter: true,
    source: 'p-limit@7.3.3 index.d.ts',
  },
  {
    api: 'p-queue:().add',
    holds: 'process',
    work: 0,
    permits: { arg: 0, path: 'concurrency', otherwise: 2 },
    limiter: true,
    source: 'p-queue@9.3.5 readme.md "add(fn, options?)"',
  },

  // Files that say that somebody is at work: other hosts have other disks
  {
    api: 'proper-lockfile:{lock,lockSync}',
    holds: 'host',
    source: 'proper-lockfile@4.1.2 README.md ".lock(file, [options])"',
  },
  {
    api: 'lockfile:{lock,lockSync}',
    holds: 'host',
    source: 'lockfile@1.0.4 README.md "lockFile.lock(path, [opts], cb)"',
  },
  { api: 'os-lock:lock', holds: 'host', source: 'os-lock@2.0.0 README.md' },
  { api: 'fd-lock:().ready', holds: 'host', source: 'fd-lock@2.2.0 README.md `await lock.ready()`' },
];

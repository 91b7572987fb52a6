import type { Knowledge } from '../../model/knowledge.js';
import { caches, cacheStores } from './caches.js';
import { limitStores, limits } from './limits.js';
import { pubsubStores, pubsubs } from './pubsub.js';
import { sessionStores, sessions } from './sessions.js';
import { socketAdapters } from './sockets.js';

/** What the tool knows by itself of things that keep data; a configuration adds to it. */
export const builtIn: Pick<Knowledge, 'keepers' | 'stores'> = {
  keepers: [...sessions, ...limits, ...pubsubs, ...caches],
  stores: [...sessionStores, ...socketAdapters, ...limitStores, ...pubsubStores, ...cacheStores],
};

import type { Knowledge } from '../../model/knowledge.js';
import { agents, agentStores } from './agents.js';
import { caches, cacheStores } from './caches.js';
import { frameworks } from './frameworks.js';
import { limitStores, limits } from './limits.js';
import { moreCaches, moreCacheStores, platformStores, uploadStores } from './more-caches.js';
import { platforms } from './platforms.js';
import { pubsubStores, pubsubs } from './pubsub.js';
import { sessionStores, sessions } from './sessions.js';
import { socketAdapters } from './sockets.js';
import { tokens } from './tokens.js';

/** What the tool knows by itself of things that keep data; a configuration adds to it. */
export const builtIn: Pick<Knowledge, 'keepers' | 'stores'> = {
  keepers: [
    ...sessions,
    ...limits,
    ...pubsubs,
    ...caches,
    ...moreCaches,
    ...agents,
    ...tokens,
    ...platforms,
    ...frameworks,
  ],
  stores: [
    ...sessionStores,
    ...socketAdapters,
    ...limitStores,
    ...pubsubStores,
    ...cacheStores,
    ...moreCacheStores,
    ...agentStores,
    ...uploadStores,
    ...platformStores,
  ],
};

import type { CollectionKnowledge, CopierKnowledge } from './types.js';

const ECMASCRIPT = 'https://tc39.es/ecma262/#sec-keyed-collections';

/** Objects that keep in this process what they are given and give it back. */
export const collections: readonly CollectionKnowledge[] = [
  { api: 'global:{Map,WeakMap}()', keyed: true, source: ECMASCRIPT },
  { api: 'global:{Set,WeakSet,Array}()', source: ECMASCRIPT },
  { api: 'lru-cache:{(),LRUCache()}', keyed: true, source: 'lru-cache@11.5.3 dist/esm/index.d.ts:842' },
  {
    api: '{quick-lru,tiny-lru,mnemonist}:{(),lru(),LRUCache()}',
    keyed: true,
    source: 'mnemonist@0.40.8 index.d.ts:28',
  },
  { api: 'node-cache:()', keyed: true, source: 'node-cache@5.1.2 package.json' },
];

/** Calls that copy the properties of objects into another one. */
export const copiers: readonly CopierKnowledge[] = [
  { api: 'global:Object.assign', to: 0, source: 'unchecked: https://tc39.es/ecma262/#sec-object.assign' },
  {
    api: '{{lodash,lodash-es}:{assign,assignIn,extend,merge,defaults,defaultsDeep},{lodash,lodash-es}/{assign,extend,merge,defaults,defaultsDeep}:,lodash.{assign,merge,defaults}:,underscore:{extend,defaults}}',
    to: 0,
    source: 'underscore@1.13.8 amd/index.js:1; lodash-es@4.17.21 merge.js:18-39, defaults.js:24-62: return the first',
  },
  {
    api: '{object-assign,xtend/mutable,merge-descriptors,deepmerge}:',
    to: 0,
    source: 'deepmerge@4.3.1 package.json',
  },
  {
    api: '{tslib:__exportStar,global:__exportStar}',
    to: 1,
    from: 0,
    source: 'unchecked: https://github.com/microsoft/tslib',
  },
];

import type { CollectionKnowledge, CopierKnowledge } from './types.js';

const ECMASCRIPT = 'https://tc39.es/ecma262/#sec-keyed-collections';

/** Objects that keep in this process what they are given and give it back. */
export const collections: readonly CollectionKnowledge[] = [
  { api: 'global:{Map,WeakMap}()', keyed: true, source: ECMASCRIPT },
  { api: 'global:{Set,WeakSet,Array}()', source: ECMASCRIPT },
  { api: 'lru-cache:{(),LRUCache()}', keyed: true, source: 'unchecked: lru-cache README.md' },
  {
    api: '{quick-lru,tiny-lru,mnemonist}:{(),lru(),LRUCache()}',
    keyed: true,
    source: 'unchecked: quick-lru readme.md',
  },
  { api: 'node-cache:()', keyed: true, source: 'unchecked: node-cache README.md' },
];

/** Calls that copy the properties of objects into another one. */
export const copiers: readonly CopierKnowledge[] = [
  { api: 'global:Object.assign', to: 0, source: 'unchecked: https://tc39.es/ecma262/#sec-object.assign' },
  {
    api: '{lodash:{assign,assignIn,extend,merge,defaults,defaultsDeep},lodash/{assign,extend,merge,defaults}:,lodash.{assign,merge,defaults}:,underscore:{extend,defaults}}',
    to: 0,
    source: 'unchecked: https://lodash.com/docs/4.17.15#assign',
  },
  {
    api: '{object-assign,xtend/mutable,merge-descriptors,deepmerge}:',
    to: 0,
    source: 'unchecked: object-assign readme.md',
  },
  {
    api: '{tslib:__exportStar,global:__exportStar}',
    to: 1,
    from: 0,
    source: 'unchecked: https://github.com/microsoft/tslib',
  },
];

import type { EmitterKnowledge } from './types.js';

const NODE = 'Node.js API documentation, events';
const EMITTER2 = 'unchecked: eventemitter2 README.md';

/**
 * Emitters that run their listeners in the turn of whoever emits, within one process. What is sent to other processes (a
 * socket, a channel, a queue) is none of them.
 */
export const emitters: readonly EmitterKnowledge[] = [
  {
    api: 'events:EventEmitter()',
    on: ['on', 'once', 'addListener', 'prependListener', 'prependOnceListener'],
    emit: ['emit'],
    source: NODE,
  },
  {
    api: 'eventemitter2:EventEmitter2()',
    on: ['on', 'once', 'addListener', 'prependListener', 'many'],
    any: ['onAny', 'prependAny'],
    emit: ['emit', 'emitAsync'],
    decorator: '@nestjs/event-emitter:OnEvent',
    single: true,
    source: EMITTER2,
  },
  { api: 'mitt:()', on: ['on'], emit: ['emit'], source: 'mitt@3.0.1 package.json' },
  {
    api: 'emittery:()',
    on: ['on', 'once'],
    any: ['onAny'],
    emit: ['emit', 'emitSerial'],
    source: 'emittery@2.2.0 package.json',
  },
  { api: 'nanoevents:createNanoEvents()', on: ['on'], emit: ['emit'], source: 'nanoevents@10.0.0 index.d.ts:64' },
  {
    api: 'tiny-typed-emitter:TypedEmitter()',
    on: ['on', 'once', 'addListener', 'prependListener'],
    emit: ['emit'],
    source: 'tiny-typed-emitter@2.1.0 lib/index.d.ts:9',
  },
  {
    api: 'rxjs:{Subject,BehaviorSubject,ReplaySubject}()',
    any: ['subscribe'],
    on: [],
    emit: ['next'],
    source: 'rxjs@7.8.2 dist/types/index.d.ts:11',
  },
];

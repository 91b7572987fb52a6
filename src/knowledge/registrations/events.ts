import type { Registration } from '../types.js';

const NODE = 'Node.js API documentation';

/** Event emitters, and hooks of data models. */
export const eventRegistrations: readonly Registration[] = [
  // Event emitters
  {
    api: 'events:EventEmitter().{on,once,addListener,prependListener,prependOnceListener}',
    phase: 'event',
    args: [1],
    label: 'event {0}',
    source: NODE,
  },
  {
    api: 'eventemitter2:EventEmitter2().{on,once,onAny,many}',
    phase: 'event',
    label: 'event {0}',
    source: 'unchecked: eventemitter2 README.md',
  },
  {
    api: '{mitt,emittery}:().{on,once}',
    phase: 'event',
    args: [1],
    label: 'event {0}',
    source: 'unchecked: mitt README.md',
  },
  {
    api: 'rxjs:{Subject,BehaviorSubject,ReplaySubject}().subscribe',
    phase: 'event',
    label: 'event',
    source: 'unchecked: RxJS documentation',
  },

  // Data hooks
  {
    api: 'mongoose:Schema().{pre,post,method,static}',
    phase: 'event',
    args: [1, 2, 3],
    label: 'model hook {0}',
    source: 'unchecked: Mongoose documentation',
  },
  {
    api: 'mongoose:connection.{on,once}',
    phase: 'event',
    args: [1],
    label: 'database {0}',
    source: 'unchecked: Mongoose documentation',
  },
];

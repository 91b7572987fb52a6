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
  {
    api: 'sequelize:{Model,Sequelize()}.addHook',
    phase: 'event',
    args: [1, 2],
    label: 'model hook {0}',
    source: 'unchecked: sequelize documentation, hooks',
  },
  {
    api: 'sequelize:{Model,Sequelize()}.{beforeValidate,afterValidate,validationFailed,beforeCreate,afterCreate,beforeDestroy,afterDestroy,beforeRestore,afterRestore,beforeUpdate,afterUpdate,beforeSave,afterSave,beforeUpsert,afterUpsert,beforeBulkCreate,afterBulkCreate,beforeBulkDestroy,afterBulkDestroy,beforeBulkUpdate,afterBulkUpdate,beforeFind,afterFind,beforeCount}',
    phase: 'event',
    label: 'model hook {name}',
    source: 'unchecked: sequelize documentation, hooks',
  },
  {
    api: 'sequelize:{Model.init,Sequelize().define}',
    phase: 'event',
    args: [1, 2],
    property: 'hooks',
    label: 'model hook',
    source: 'unchecked: sequelize documentation, hooks',
  },
  {
    api: 'nanoevents:createNanoEvents().on',
    phase: 'event',
    args: [1],
    label: 'event {0}',
    source: 'unchecked: nanoevents README.md',
  },
  {
    api: 'tiny-typed-emitter:TypedEmitter().{on,once,addListener,prependListener}',
    phase: 'event',
    args: [1],
    label: 'event {0}',
    source: 'unchecked: tiny-typed-emitter README.md',
  },
  { api: 'emittery:().onAny', phase: 'event', args: [0], label: 'event', source: 'unchecked: emittery readme.md' },
  {
    api: 'koa:().{on,once}',
    phase: 'event',
    args: [1],
    label: 'event {0}',
    source: 'unchecked: koa documentation (an EventEmitter)',
  },
  {
    api: 'express:().{on,once}',
    phase: 'event',
    args: [1],
    label: 'event {0}',
    source: 'unchecked: express documentation (an EventEmitter)',
  },
];

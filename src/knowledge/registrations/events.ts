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
    source: 'eventemitter2@6.4.9 eventemitter2.d.ts:130',
  },
  {
    api: '{mitt,emittery}:().{on,once}',
    phase: 'event',
    args: [1],
    label: 'event {0}',
    source: 'emittery@2.2.0 index.d.ts:557',
  },
  {
    api: 'rxjs:{Subject,BehaviorSubject,ReplaySubject}().subscribe',
    phase: 'event',
    label: 'event',
    source: 'rxjs@7.8.2 dist/types/internal/types.d.ts:79',
  },

  // Data hooks
  {
    api: 'mongoose:Schema().{pre,post,method,static}',
    phase: 'event',
    args: [1, 2, 3],
    label: 'model hook {0}',
    source: 'mongoose@9.12.1 types/index.d.ts:687',
  },
  {
    api: 'mongoose:connection.{on,once}',
    phase: 'event',
    args: [1],
    label: 'database {0}',
    source: 'mongoose@9.12.1 lib/document.js:313',
  },
  {
    api: 'sequelize:{Model,Sequelize()}.addHook',
    phase: 'event',
    args: [1, 2],
    label: 'model hook {0}',
    source: 'sequelize@6.37.8 types/hooks.d.ts:123',
  },
  {
    api: 'sequelize:{Model,Sequelize()}.{beforeValidate,afterValidate,validationFailed,beforeCreate,afterCreate,beforeDestroy,afterDestroy,beforeRestore,afterRestore,beforeUpdate,afterUpdate,beforeSave,afterSave,beforeUpsert,afterUpsert,beforeBulkCreate,afterBulkCreate,beforeBulkDestroy,afterBulkDestroy,beforeBulkUpdate,afterBulkUpdate,beforeFind,afterFind,beforeCount}',
    phase: 'event',
    label: 'model hook {name}',
    source: 'sequelize@6.37.8 types/hooks.d.ts:56',
  },
  {
    api: 'sequelize:{Model.init,Sequelize().define}',
    phase: 'event',
    args: [1, 2],
    property: 'hooks',
    label: 'model hook',
    source: 'sequelize@6.37.8 types/sequelize.d.ts:257',
  },
  {
    api: 'nanoevents:createNanoEvents().on',
    phase: 'event',
    args: [1],
    label: 'event {0}',
    source: 'nanoevents@10.0.0 index.d.ts:44',
  },
  {
    api: 'tiny-typed-emitter:TypedEmitter().{on,once,addListener,prependListener}',
    phase: 'event',
    args: [1],
    label: 'event {0}',
    source: 'tiny-typed-emitter@2.1.0 lib/index.d.ts:12',
  },
  { api: 'emittery:().onAny', phase: 'event', args: [0], label: 'event', source: 'emittery@2.2.0 index.d.ts:228' },
  {
    api: 'koa:().{on,once}',
    phase: 'event',
    args: [1],
    label: 'event {0}',
    source: 'koa@3.3.0 lib/response.js:154',
  },
  {
    api: 'express:().{on,once}',
    phase: 'event',
    args: [1],
    label: 'event {0}',
    source: 'express@5.3.0 lib/application.js:25',
  },
];

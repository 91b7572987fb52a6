import type { ValueKnowledge } from '../types.js';

/** Calls that put a router under the path they are given first: its routes answer below it. */
export const mounts: readonly ValueKnowledge[] = [
  { api: 'express:{(),Router()}.use', source: 'express@5.3.0 lib/application.js "app.use"' },
  { api: '{router,find-my-way}:().use', source: 'router@2.2.0 index.js "Router.prototype.use"' },
  { api: 'polka:().use', source: 'polka@0.5.2 index.js:36' },
  { api: '@koa/router:().use', source: '@koa/router@15.7.0 dist/index.d.ts' },
];

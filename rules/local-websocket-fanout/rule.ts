import { defineRule } from '../../src/api/index.js';
import { checkLocalViews } from './local-views.js';
import { checkRegistries } from './registries.js';
import { checkRooms } from './rooms.js';
import { checkServers } from './servers.js';

export default defineRule({
  meta: {
    id: 'local-websocket-fanout',
    title: 'Messages to connected clients that only those of the same instance receive',
    category: 'state',
    severity: 'error',
    triggers: ['scale-out', 'rolling-deploy'],
  },
  check(context) {
    checkServers(context);
    checkLocalViews(context);
    checkRegistries(context);
    checkRooms(context);
  },
});

import { defineRule } from '../../src/api/index.js';
import { checkEmitters } from './emitters.js';
import { checkEngines } from './engines.js';
import { checkResponses } from './responses.js';

export default defineRule({
  meta: {
    id: 'in-memory-pubsub',
    title: 'Events that only the clients of the same instance hear of',
    category: 'state',
    severity: 'error',
    triggers: ['scale-out', 'rolling-deploy'],
  },
  check(context) {
    checkEngines(context);
    checkEmitters(context);
    checkResponses(context);
  },
});

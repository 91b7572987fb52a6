import { botRegistrations } from './registrations/bots.js';
import { eventRegistrations } from './registrations/events.js';
import { graphqlRegistrations } from './registrations/graphql.js';
import { httpRegistrations } from './registrations/http.js';
import { nodeRegistrations } from './registrations/node.js';
import { procedureRegistrations } from './registrations/procedures.js';
import { queueRegistrations } from './registrations/queues.js';
import { scheduleRegistrations } from './registrations/schedules.js';
import { serverRegistrations } from './registrations/servers.js';
import { socketRegistrations } from './registrations/sockets.js';
import type { OptionShape, Registration } from './types.js';

/**
 * Calls that hand functions to a framework, and when those functions run. `api` is the path of what is called. In a label,
 * `{0}` is the text of argument 0 if it is a literal, and left out otherwise.
 */
export const registrations: readonly Registration[] = [
  ...httpRegistrations,
  ...serverRegistrations,
  ...procedureRegistrations,
  ...graphqlRegistrations,
  ...nodeRegistrations,
  ...scheduleRegistrations,
  ...socketRegistrations,
  ...eventRegistrations,
  ...queueRegistrations,
  ...botRegistrations,
];

/** Options that hold functions, whatever package takes them. */
export const optionShapes: readonly OptionShape[] = [
  {
    methods: ['forRootAsync', 'forFeatureAsync', 'registerAsync'],
    property: 'useFactory',
    phase: 'boot',
    label: 'a provider',
    source: 'unchecked: Nest documentation, dynamic modules',
  },
];

import { databases } from './effects/databases.js';
import { messages } from './effects/messages.js';
import { services } from './effects/services.js';
import type { EffectKnowledge } from './types.js';

/** What calls do outside the process. `api` is the path of what is called; constructors of AWS commands count as their sending. */
export const effects: readonly EffectKnowledge[] = [...databases, ...messages, ...services].map(
  ([api, facts, source]) => ({
    api,
    ...facts,
    source,
  }),
);

import type { Knowledge, Registration } from '../model/knowledge.js';
import { effects } from './effects.js';
import { builtIn } from './keepers/index.js';
import { registrations } from './registrations.js';
import { schedulers } from './schedulers.js';

/** What the tool knows, with what a user adds. The user's goes first: of two entries for one API path, it is the one that counts. */
export function joined(own: Partial<Knowledge> = {}): Knowledge {
  return {
    keepers: [...(own.keepers ?? []), ...builtIn.keepers],
    stores: [...(own.stores ?? []), ...builtIn.stores],
    effects: [...(own.effects ?? []), ...effects],
    schedulers: [...(own.schedulers ?? []), ...schedulers],
    registrations: [...(own.registrations ?? []), ...(own.schedulers ?? []).map(registered), ...registrations],
  };
}

/** A user says once what the built-in tables say twice: that a scheduler runs what it is handed. */
function registered({ api, callback, kind, source }: Knowledge['schedulers'][number]): Registration {
  return {
    api,
    phase: 'job',
    ...(callback ? { args: [callback.arg] } : {}),
    ...(callback?.path ? { property: callback.path } : {}),
    label: kind === 'delay' ? 'a timer' : 'a schedule',
    source,
  };
}

import type { Finding, Trigger, When } from '../model/finding.js';

/* What every report that people read calls things. */

export const TRIGGER_WORDS: Record<Trigger, string> = {
  'scale-out': 'two or more instances',
  'rolling-deploy': 'a rolling deploy',
  restart: 'a restart',
  crash: 'a crash',
};

const WHEN_WORDS: Record<Exclude<When, 'always'>, string> = {
  'default-config': 'in the default configuration',
  'optional-config': 'in one possible configuration',
};

/** "two or more instances, a restart; safe when REDIS_URL is set". */
export function whenItBites({ triggers, condition }: Finding): string {
  const events = triggers.map((trigger) => TRIGGER_WORDS[trigger]).join(', ');
  return [events, condition ?? ''].filter((part) => part !== '').join('; ');
}

/** "high confidence, in the default configuration". */
export function certaintyOf({ confidence, when }: Finding): string {
  return `${confidence} confidence${when === 'always' ? '' : `, ${WHEN_WORDS[when]}`}`;
}

/** Whether it bites as production runs today; only what descriptors or the configuration say is news. */
export function today({ live }: Finding): string {
  if (!live?.place && live?.is !== 'no') return '';
  const { at, why } = live;
  if (at.includes('scale-out')) return `live: ${why}`;
  if (at.includes('rolling-deploy')) return `live at each deploy: ${why}`;
  if (live.is === 'no') return `latent: ${why}`;
  return at.length > 0 && live.is === 'yes' ? `at a restart or a crash only: ${why}` : '';
}

/** What the consequence is headed with: only what bites at some event can be told as a story of two instances. */
export function consequenceLabel({ triggers }: Finding): string {
  return triggers.length > 0 ? 'At two instances' : 'Consequence';
}

const ORDER = { error: 0, warning: 1, info: 2 };

/** The worst first; of one severity in the order of the report. */
export function worstFirst(findings: readonly Finding[]): Finding[] {
  return [...findings].sort((a, b) => ORDER[a.severity] - ORDER[b.severity]);
}

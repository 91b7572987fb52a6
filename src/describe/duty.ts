import type { Command, Duty } from '../model/deployment.js';
import { vocabulary } from './commands.js';

const WORDS: readonly (readonly [Duty, RegExp])[] = [
  ['migration', /(?:^|[-_.:/])(?:db-?)?(?:migrat\w*|schema-?(?:sync|update)|seed\w*)(?:$|[-_.:/])/i],
  ['cron', /(?:^|[-_.:/])(?:cron\w*|sched\w*|clock|beat|timer|periodic)(?:$|[-_.:/])/i],
  ['worker', /(?:^|[-_.:/])(?:workers?|queues?|jobs?|consumers?|processors?|sidekiq|bull\w*)(?:$|[-_.:/])/i],
  ['release', /(?:^|[-_.:/])(?:release|predeploy|deploy)(?:$|[-_.:/])/i],
  ['web', /(?:^|[-_.:/])(?:web|www|app|api|server|http|backend|frontend|site|gateway)(?:$|[-_.:/])/i],
];

/** What a workload is there for by its name, then by what it runs; one that is reached from outside serves. */
export function dutyOf(name: string, commands: readonly Command[], isReached: boolean): Duty {
  const byName = WORDS.find(([, pattern]) => pattern.test(name))?.[0];
  if (byName && byName !== 'web' && !(isReached && byName !== 'migration')) return byName;
  const words = vocabulary(commands.filter(({ at }) => at === 'start'));
  const others = WORDS.filter(([duty]) => duty !== 'web' && duty !== 'release');
  const starts = commands.filter(({ at }) => at === 'start').flatMap(({ steps }) => steps);
  if (isReached) return 'web';
  if (starts.length === 1) {
    const byCommand = others.find(([, pattern]) => words.some((word) => pattern.test(word)))?.[0];
    if (byCommand) return byCommand;
  }
  return byName ?? 'unknown';
}

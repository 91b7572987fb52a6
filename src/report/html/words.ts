import type { RuleMeta } from '../../model/rule.js';

export const CATEGORY_WORDS: Record<RuleMeta['category'], string> = {
  state: 'Memory',
  disk: 'Disk',
  jobs: 'Jobs and messages',
  lifecycle: 'Start and stop',
  deployment: 'Deployment',
  directives: 'Directives',
};

/** `in-memory-session` as the head of a row: "In-memory session". */
export function ruleWords(ruleId: string): string {
  const words = ruleId.replace(/^(in|non|hard)-/, '$1\u2011').replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** An id for an anchor, whatever the rule is called. */
export function anchor(kind: string, name: string): string {
  return `${kind}-${name.replace(/[^\w-]/g, '_')}`;
}

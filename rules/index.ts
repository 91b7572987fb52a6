// Generated from the folders of rules/ by `npm run generate`. Do not edit.
import type { Rule } from '../src/api/index.js';
import moduleLevelMutableState from './module-level-mutable-state/rule.js';

/** Every built-in rule, by id. */
export const rules: readonly Rule[] = [
  moduleLevelMutableState,
];

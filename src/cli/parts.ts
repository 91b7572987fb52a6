import type { audit } from '../audit.js';
import type { loadConfig } from '../config/index.js';
import type { discover } from '../discover/index.js';
import type { Rule } from '../model/rule.js';

export interface Stages {
  readonly loadConfig: typeof loadConfig;
  readonly discover: typeof discover;
  readonly audit: typeof audit;
}

/** What the command is put together from. Loaded when needed: help, version and the list of rules must not wait for a compiler. */
export interface Parts {
  rules(): Promise<readonly Rule[]>;
  stages(): Promise<Stages>;
}

export const parts: Parts = {
  async rules() {
    const { rules } = await import('../../rules/index.js');
    return rules;
  },
  async stages() {
    const [{ loadConfig }, { discover }, { audit }] = await Promise.all([
      import('../config/index.js'),
      import('../discover/index.js'),
      import('../audit.js'),
    ]);
    return { loadConfig, discover, audit };
  },
};

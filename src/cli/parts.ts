import type { audit } from '../audit.js';
import type { loadConfig } from '../config/index.js';
import type { changesOf, discover, gitUser } from '../discover/index.js';
import type { Rule } from '../model/rule.js';

/**
 * What the command is put together from. Each part is loaded when it is called: nobody who asks for help, lists the rules or
 * mistypes a path should wait for a compiler to load.
 */
export interface Parts {
  rules(): Promise<readonly Rule[]>;
  readonly loadConfig: typeof loadConfig;
  discover(...given: Parameters<typeof discover>): ReturnType<typeof discover>;
  changesOf(...given: Parameters<typeof changesOf>): ReturnType<typeof changesOf>;
  gitUser(...given: Parameters<typeof gitUser>): ReturnType<typeof gitUser>;
  audit(...given: Parameters<typeof audit>): Promise<ReturnType<typeof audit>>;
}

export const parts: Parts = {
  rules: async () => (await import('../../rules/index.js')).rules,
  loadConfig: async (options) => (await import('../config/index.js')).loadConfig(options),
  discover: async (...given) => (await import('../discover/index.js')).discover(...given),
  changesOf: async (...given) => (await import('../discover/git.js')).changesOf(...given),
  gitUser: async (...given) => (await import('../discover/git.js')).gitUser(...given),
  audit: async (project, rules, onProgress, declarations, deployment) => {
    const described = deployment ?? (await (await import('../describe/index.js')).describe(project));
    return (await import('../audit.js')).audit(project, rules, onProgress, declarations, described);
  },
};

import type { Knowledge } from '../model/knowledge.js';
import type { Plugin } from '../model/plugin.js';
import { checked } from './checked.js';

/** What a plugin knows, checked, and with what it left to be filled in. */
export function pluginKnowledge({ name, knowledge }: Plugin): Partial<Knowledge> {
  return checked({ knowledge }, `the plugin "${name}"`, []).knowledge as Partial<Knowledge>;
}

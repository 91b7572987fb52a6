import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UNSOUND_DIRECTIVE } from '../judge/index.js';
import type { Rule } from '../model/rule.js';
import { UserError } from '../model/user-error.js';
import { visible } from '../report/visible.js';
import { type Io, print } from './io.js';
import type { Parts } from './parts.js';

/**
 * The rules of the plugins in force here, for commands that only tell of rules. A mistake in the configuration is said and does not
 * stop them: they are what one asks when a rule's name in it is wrong.
 */
export async function pluginRules(io: Io, parts: Parts, explicit?: string | false): Promise<readonly Rule[]> {
  // Reading a configuration takes longer than listing the rules, and most folders have none.
  if (explicit === false || (explicit === undefined && !mayBeConfigured(io.cwd))) return [];
  const builtIn = await parts.rules();
  try {
    const { plugins = [] } = await parts.loadConfig({
      cwd: io.cwd,
      ...(explicit === undefined ? {} : { explicit }),
      ruleIds: [...builtIn.map(({ meta }) => meta.id), UNSOUND_DIRECTIVE],
      cli: {},
    });
    return plugins.flatMap(({ rules }) => rules);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    await print(io.stderr, `mi-audit: rules of plugins are missing here: ${visible(error.message)}\n`);
    return [];
  }
}

/** Whether anything is called like a configuration here or above, as far as one is searched for. */
function mayBeConfigured(folder: string): boolean {
  if ([folder, join(folder, '.config')].some(holdsConfiguration)) return true;
  const parent = dirname(folder);
  return parent !== folder && !existsSync(join(folder, '.git')) && mayBeConfigured(parent);
}

function holdsConfiguration(folder: string): boolean {
  try {
    const names = readdirSync(folder);
    if (names.some((name) => /^\.?mi-audit(?:rc|\.config)/.test(name))) return true;
    return names.includes('package.json') && readFileSync(join(folder, 'package.json'), 'utf8').includes('"mi-audit"');
  } catch {
    return false;
  }
}

import { readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Chalk } from 'chalk';
import { directivePage, nearest, UNSOUND_DIRECTIVE } from '../judge/index.js';
import type { Rule, RuleMeta } from '../model/rule.js';
import { UserError } from '../model/user-error.js';
import type { ExplainRequest } from './arguments.js';
import { colorLevel, type Io, print, widthOf } from './io.js';
import { packageRoot } from './package.js';
import { renderPage } from './page.js';
import type { Parts } from './parts.js';
import { pluginRules } from './plugin-rules.js';

/** `mi-audit explain RULE`: the rule's page, made for reading in a terminal; `mi-audit explain FILE:LINE`: see there. */
export async function explain(request: ExplainRequest, io: Io, parts: Parts): Promise<number> {
  const { parseSpot, explainPlace } = await import('./explain-place.js');
  const spot = parseSpot(request.subject);
  if (spot) return explainPlace(spot, request, io, parts);
  const page = await pageOf(request.subject, await parts.rules(), () => pluginRules(io, parts, request.config), io.cwd);
  const chalk = new Chalk({ level: colorLevel(io.stdout, io.env, request.color) });
  await print(io.stdout, renderPage(page, { chalk, width: widthOf(io.stdout, io.env) }));
  return 0;
}

async function pageOf(
  subject: string,
  rules: readonly Rule[],
  ofPlugins: () => Promise<readonly Rule[]>,
  cwd: string,
): Promise<string> {
  if (subject === UNSOUND_DIRECTIVE) return directivePage;
  const builtIn = rules.map(({ meta }) => meta.id);
  if (builtIn.includes(subject)) return readFile(join(packageRoot, 'rules', subject, 'README.md'), 'utf8');
  // Only now: loading plugins takes longer than printing a page.
  const further = await ofPlugins();
  const found = further.find(({ meta }) => meta.id === subject);
  if (found) return pluginPage(found.meta);
  const ids = [...builtIn, ...further.map(({ meta }) => meta.id)];
  if (existsSync(resolve(cwd, subject)))
    throw new UserError(`${subject} is a path without a line.`, `Name one: mi-audit explain ${subject}:12.`);
  const meant = nearest(subject, [...ids, UNSOUND_DIRECTIVE]);
  throw new UserError(
    `there is no rule ${JSON.stringify(subject)}.`,
    meant ? `Did you mean ${meant}?` : 'mi-audit rules lists them all.',
  );
}

/** A plugin's rule may come with a page, or with the address of one. */
function pluginPage({ id, title, page, docs, severity }: RuleMeta): string {
  const about = [`# ${id}`, title, `Severity: ${severity}. It comes from the plugin ${id.split('/', 1)[0]}.`];
  return [...(page === undefined ? about : [page]), ...(docs === undefined ? [] : [`More: ${docs}`])].join('\n\n');
}

import { readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Chalk } from 'chalk';
import { directivePage, nearest, UNSOUND_DIRECTIVE } from '../judge/index.js';
import type { Rule } from '../model/rule.js';
import { UserError } from '../model/user-error.js';
import type { ExplainRequest } from './arguments.js';
import { colorLevel, type Io, print, widthOf } from './io.js';
import { packageRoot } from './package.js';
import { renderPage } from './page.js';
import type { Parts } from './parts.js';

/** `mi-audit explain RULE`: the rule's page, made for reading in a terminal; `mi-audit explain FILE:LINE`: see there. */
export async function explain(request: ExplainRequest, io: Io, parts: Parts): Promise<number> {
  const { parseSpot, explainPlace } = await import('./explain-place.js');
  const spot = parseSpot(request.subject);
  if (spot) return explainPlace(spot, request, io, parts);
  const page = await pageOf(request.subject, await parts.rules(), io.cwd);
  const chalk = new Chalk({ level: colorLevel(io.stdout, io.env, request.color) });
  await print(io.stdout, renderPage(page, { chalk, width: widthOf(io.stdout, io.env) }));
  return 0;
}

async function pageOf(subject: string, rules: readonly Rule[], cwd: string): Promise<string> {
  if (subject === UNSOUND_DIRECTIVE) return directivePage;
  const ids = rules.map(({ meta }) => meta.id);
  if (ids.includes(subject)) return readFile(join(packageRoot, 'rules', subject, 'README.md'), 'utf8');
  if (existsSync(resolve(cwd, subject)))
    throw new UserError(`${subject} is a path without a line.`, `Name one: mi-audit explain ${subject}:12.`);
  const meant = nearest(subject, [...ids, UNSOUND_DIRECTIVE]);
  throw new UserError(
    `there is no rule ${JSON.stringify(subject)}.`,
    meant ? `Did you mean ${meant}?` : 'mi-audit rules lists them all.',
  );
}

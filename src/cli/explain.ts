import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Chalk } from 'chalk';
import { directivePage, nearest, UNSOUND_DIRECTIVE } from '../judge/index.js';
import type { Rule } from '../model/rule.js';
import { UserError } from '../model/user-error.js';
import { colorLevel, type Io, print, widthOf } from './io.js';
import { packageRoot } from './package.js';
import { renderPage } from './page.js';

/** `mi-audit explain RULE`: the rule's page, made for reading in a terminal. */
export async function explain(
  rules: readonly Rule[],
  request: { readonly rule: string; readonly color: boolean },
  io: Io,
): Promise<number> {
  const chalk = new Chalk({ level: colorLevel(io.stdout, io.env, request.color) });
  const page = await pageOf(request.rule, rules);
  await print(io.stdout, renderPage(page, { chalk, width: widthOf(io.stdout, io.env) }));
  return 0;
}

async function pageOf(rule: string, rules: readonly Rule[]): Promise<string> {
  if (rule === UNSOUND_DIRECTIVE) return directivePage;
  const ids = rules.map(({ meta }) => meta.id);
  if (ids.includes(rule)) return readFile(join(packageRoot, 'rules', rule, 'README.md'), 'utf8');
  const meant = nearest(rule, [...ids, UNSOUND_DIRECTIVE]);
  throw new UserError(
    `there is no rule ${JSON.stringify(rule)}.`,
    meant ? `Did you mean ${meant}?` : 'mi-audit rules lists them all.',
  );
}

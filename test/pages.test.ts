import { readFileSync } from 'node:fs';
import path from 'node:path';
import { marked } from 'marked';
import { describe, expect, it } from 'vitest';
import { rules } from '../rules/index.js';
import { audit } from '../src/audit.js';
import { describe as describeProject } from '../src/describe/index.js';
import type { Finding } from '../src/model/finding.js';
import { ROOT, ruleFolders } from './catalogue.js';
import { projectOf } from './in-memory.js';

/*
 * The code on a rule's page is an application: what stands under "Incorrect" is reported, what stands under "Correct" is
 * not. A block is a server of one file; blocks with a title that follow one another are the files of one application.
 */

type Section = 'Incorrect' | 'Correct';

interface Example {
  readonly section: Section;
  readonly files: Record<string, string>;
}

/** Blocks of other languages show what stands outside the application: a table, a command. A descriptor has a title. */
const SOURCE = /^(?<language>js|ts|tsx|json|ya?ml|toml|nginx)(?: title="(?<title>[^"]+)")?$/;
const DESCRIPTOR = /^(?:json|ya?ml|toml|nginx)$/;

function examplesOf(page: string): Example[] {
  const examples: Example[] = [];
  let section: Section | undefined;
  let open: Example | undefined;
  for (const token of marked.lexer(page)) {
    if (token.type === 'space') continue;
    if (token.type === 'heading' && token.depth === 2)
      section = token.text === 'Incorrect' || token.text === 'Correct' ? token.text : undefined;
    const { language, title } = (token.type === 'code' && SOURCE.exec(token.lang ?? '')?.groups) || {};
    if (!section || !language || (DESCRIPTOR.test(language) && !title)) {
      open = undefined;
      continue;
    }
    if (!title || !open) {
      open = { section, files: {} };
      examples.push(open);
    }
    open.files[title ?? `server.${language}`] = (token as { text: string }).text;
    if (!title) open = undefined;
  }
  return examples;
}

/** The packages that the files name, so that a hint and a platform's defaults can know them. */
function dependenciesOf(files: Record<string, string>): Record<string, string> {
  const names = Object.values(files).flatMap((text) =>
    [...text.matchAll(/(?:from|import|require\(|import\()\s*'((?:@[\w-]+\/)?[\w-][\w.-]*)(?:\/[^']*)?'/g)].map(
      ([, name]) => name as string,
    ),
  );
  return Object.fromEntries(names.map((name) => [name, '*']));
}

async function findingsOf({ files }: Example, id: string): Promise<readonly Finding[]> {
  const own = rules.filter(({ meta }) => meta.id === id);
  const manifest = {
    name: 'page',
    type: 'module',
    scripts: { start: `node ${Object.keys(files).find((file) => /\.[cm]?[jt]sx?$/.test(file))}` },
    dependencies: dependenciesOf(files),
  };
  const project = await projectOf({ 'package.json': manifest, ...files });
  const { findings, problems } = await audit(project, own, undefined, undefined, await describeProject(project));
  expect(problems).toEqual([]);
  return findings.filter(({ confidence }) => confidence !== 'low');
}

describe.each(ruleFolders)('the page of %s', (id) => {
  const examples = examplesOf(readFileSync(path.join(ROOT, 'rules', id, 'README.md'), 'utf8'));

  it.each(['Incorrect', 'Correct'] as const)('shows what is %s', (section) => {
    expect(examples.some((example) => example.section === section)).toBe(true);
  });

  it.each(examples.map((example, i) => ({ ...example, name: `${example.section.toLowerCase()} example ${i + 1}` })))(
    'tells the truth in the $name',
    async (example) => {
      const findings = await findingsOf(example, id);
      if (example.section === 'Correct') expect(findings).toEqual([]);
      else expect(findings.length, Object.values(example.files).join('\n')).toBeGreaterThan(0);
    },
  );
});

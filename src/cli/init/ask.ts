import { createInterface, type Interface } from 'node:readline/promises';
import type { Ci, Hook, Look } from './look.js';
import type { Wishes } from './plan.js';

type Streams = Parameters<typeof createInterface>[0] & object;

/** Asks what is not said by flags. An empty answer takes what stands in brackets. */
export async function ask(
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
  look: Look,
  given: Partial<Wishes>,
): Promise<Wishes> {
  const lines = createInterface({ input, output } as Streams);
  try {
    const config =
      given.config ??
      (look.configuration === undefined
        ? ((await choose(lines, 'Configuration in', ['json', 'ts'], 'json')) as 'json' | 'ts')
        : 'json');
    const baseline =
      given.baseline ??
      (await choose(lines, 'Accept what is there today in a baseline', ['yes', 'no'], 'yes')) === 'yes';
    const ci = given.ci ?? (await choose(lines, 'Step for', ['github', 'gitlab', 'none'], look.ci ?? 'none'));
    const hook =
      given.hook ??
      (await choose(
        lines,
        'Hook before each commit by',
        ['husky', 'lefthook', 'pre-commit', 'lint-staged', 'none'],
        look.hook ?? 'none',
      ));
    return {
      config,
      baseline,
      ...(ci === 'none' ? {} : { ci: ci as Ci }),
      ...(hook === 'none' ? {} : { hook: hook as Hook }),
    };
  } finally {
    lines.close();
  }
}

async function choose(lines: Interface, question: string, answers: readonly string[], usual: string): Promise<string> {
  for (;;) {
    const text = await lines.question(`${question}: ${answers.join(', ')}? [${usual}] `);
    const said = text.trim().toLowerCase();
    const meant = said === '' ? usual : answers.find((answer) => answer.startsWith(said));
    if (meant !== undefined) return meant;
  }
}

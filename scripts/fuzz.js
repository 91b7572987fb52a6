// Bad inputs at random and by name, through the whole tool: `npm run fuzz -- [MINUTES] [--seed N] [--path P] [--kind NAME]`, one minute
// by default. Prints what was tried, what failed and how to repeat it; an input that takes more than two minutes is taken for a hang.
// Works on the sources, without a build. The last line is always `N passed, N failed`.
import { fork } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createJiti } from 'jiti';

/** @typedef {import('../test/fuzz/run.js').Row} Row */
/** @typedef {{ at: [string, string] } | { row: Row } | { failed: [string, string, string] }} Message */

const HANGS = 120_000;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string' },
    path: { type: 'string' },
    kind: { type: 'string' },
    // One of the inputs that have a name, and where to go on among them.
    nasty: { type: 'string' },
    after: { type: 'string' },
  },
});

if (process.send) await child();
else await parent();

async function child() {
  /** @param {Message} message */
  const send = (message) => process.send?.(message);
  const jiti = createJiti(import.meta.url);
  /** @type {typeof import('../test/fuzz/run.js')} */
  const { runKinds, runNasties } = await jiti.import('../test/fuzz/run.ts');
  /** @type {import('../test/fuzz/run.js').Told} */
  const told = {
    at: (...at) => send({ at }),
    row: (row) => send({ row }),
    failed: (...failed) => send({ failed }),
  };
  if (values.kind === undefined) await runNasties(told, values.nasty, values.after);
  const minutes = Number(positionals[0] ?? 1);
  if (values.nasty === undefined) await runKinds(told, minutes * 60_000, Number(values.seed), values.path, values.kind);
  process.disconnect();
}

async function parent() {
  const seed = values.seed ?? String(Math.floor(Math.random() * 2 ** 31));
  console.log(`seed ${seed}`);
  /** @type {Map<string, Row>} */
  const rows = new Map();
  let failed = 0;
  const now = { kind: '', input: '' };
  let after = values.after;
  for (;;) {
    now.kind = '';
    const code = await watched([...(after === undefined ? [] : ['--after', after])]);
    if (code === 0) break;
    failed++;
    console.log(`\nENDED (${code ?? 'a hang'}) at ${now.kind}: ${now.input.slice(0, 2000)}`);
    // What has a name is gone on behind; of what is random the seed says all.
    const name = `${now.kind}: ${now.input}`;
    if (now.kind === '' || name === after || now.input.startsWith('{')) break;
    after = name;
  }

  /** @param {string[]} more */
  async function watched(more) {
    const given = process.argv
      .slice(2)
      .filter((word, index, all) => word !== '--after' && all[index - 1] !== '--after');
    const worker = fork(fileURLToPath(import.meta.url), [...given, ...(values.seed ? [] : ['--seed', seed]), ...more]);
    let since = Date.now();
    worker.on('message', (/** @type {Message} */ message) => {
      since = Date.now();
      if ('at' in message) [now.kind, now.input] = message.at;
      else if ('row' in message) {
        const { row } = message;
        const known = rows.get(row.kind);
        rows.set(row.kind, {
          kind: row.kind,
          tried: row.tried + (known?.tried ?? 0),
          problems: row.problems + (known?.problems ?? 0),
          failures: row.failures + (known?.failures ?? 0),
        });
      } else {
        failed++;
        const [kind, input, reason] = message.failed;
        console.log(`\nFAILED ${kind}: ${input.slice(0, 2000)}\n  ${reason}`);
      }
    });
    const watch = setInterval(() => {
      if (Date.now() - since > HANGS) worker.kill('SIGKILL');
    }, 1000);
    const code = await new Promise((resolve) => worker.on('exit', resolve));
    clearInterval(watch);
    return code;
  }

  console.table(Object.fromEntries([...rows.values()].map(({ kind, ...row }) => [kind, row])));
  console.log(
    `${[...rows.values()].reduce((sum, { tried, failures }) => sum + tried - failures, 0)} passed, ${failed} failed`,
  );
  process.exitCode = failed > 0 ? 1 : 0;
}

import { Chalk } from 'chalk';
import { directiveRule } from '../judge/index.js';
import type { Rule } from '../model/rule.js';
import { wrap } from '../report/visible.js';
import { colorLevel, type Io, print, widthOf } from './io.js';

/** `mi-audit rules`: what there is to find. */
export async function listRules(
  rules: readonly Rule[],
  { color }: { readonly color: boolean },
  io: Io,
): Promise<number> {
  const chalk = new Chalk({ level: colorLevel(io.stdout, io.env, color) });
  const metas = [...rules.map(({ meta }) => meta), directiveRule];
  const idCells = Math.max(...metas.map(({ id }) => id.length)) + 2;
  const severityCells = 'severity'.length + 2;
  const rest = Math.max(30, widthOf(io.stdout, io.env) - idCells - severityCells);
  const lines = [`${'rule'.padEnd(idCells)}${'severity'.padEnd(severityCells)}finds`];
  for (const { id, severity, title } of metas) {
    const [first = '', ...more] = wrap(title, rest);
    const color = severity === 'error' ? chalk.red : severity === 'warning' ? chalk.yellow : chalk.cyan;
    lines.push(`${chalk.bold(id.padEnd(idCells))}${color(severity.padEnd(severityCells))}${first}`);
    lines.push(...more.map((line) => ' '.repeat(idCells + severityCells) + line));
  }
  lines[0] = chalk.dim(lines[0]!);
  lines.push('', chalk.dim('mi-audit explain RULE tells more about one.'));
  await print(io.stdout, `${lines.join('\n')}\n`);
  return 0;
}

import { parseScript } from '../parse/shell-steps.js';
import { shellCommand } from './commands.js';
import { purposeOf } from './purpose.js';
import type { Describer } from './source.js';

/** A script by itself: what it is for is decided by who starts it; its name is only a hint. */
export const describeShell: Describer = (source) => {
  const first = /^#![^\n]*/.exec(source.text)?.[0];
  // Written for another interpreter, or for none.
  if (first !== undefined && !/\b(?:ba|da|a|z|k)?sh\b/.test(first)) return {};
  const { flaw } = parseScript(source.text);
  if (flaw)
    source.broken({ span: source.lines.span(flaw.at, flaw.at + 1), words: flaw.words }, 'a shell script', 'note');
  const command = shellCommand(source, 'start', source.text, { from: 0, to: source.text.length });
  return { commands: [command], ...purposeOf(source.file, []) };
};

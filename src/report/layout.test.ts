import { Chalk } from 'chalk';
import { expect, it } from 'vitest';
import { linesColored } from './layout.js';

const chalk = new Chalk({ level: 1 });
const green = (text: string) => `\u001b[32m${text}\u001b[39m`;

it('colours code that goes on in the next line, and nothing behind it', () => {
  expect(linesColored(['let `const a =', 'b;`, with', '`c`.'], chalk)).toEqual([
    `let ${green('`const a =')}`,
    `${green('b;`')}, with`,
    `${green('`c`')}.`,
  ]);
});

it('makes no line of none', () => {
  expect(linesColored([], chalk)).toEqual([]);
});

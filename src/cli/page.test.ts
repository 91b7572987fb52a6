import { Chalk } from 'chalk';
import { describe, expect, it } from 'vitest';
import { renderPage } from './page.js';

const PAGE = `# a-rule

One paragraph with \`code\`, **weight** and a
[link](https://example.org/a) that goes on for longer than a line of this width.

## Fix

- first, with a \`name\` and more words than fit
  into one line
- second
  1. nested

\`\`\`js
if (x) {
\trun(\`\${y}\`);
}
\`\`\`

| a | b |
|---|---|
| \`x\` | y |
`;

describe('renderPage', () => {
  it('makes text of a page', () => {
    expect(renderPage(PAGE, { chalk: new Chalk({ level: 0 }), width: 44 })).toMatchInlineSnapshot(`
      "a-rule

      One paragraph with code, weight and a
      link (https://example.org/a) that goes on
      for longer than a line of this width.

      Fix

        • first, with a name and more words than
          fit into one line
        • second
          1. nested

          if (x) {
            run(\`\${y}\`);
          }

        | a | b |
        |---|---|
        | x | y |
      "
    `);
  });

  it('says the same with colours', () => {
    const colored = renderPage(PAGE, { chalk: new Chalk({ level: 1 }), width: 44 });
    expect(colored).toContain('\u001b[36mcode\u001b[39m');
    expect(colored.replace(/\u001b\[\d+m/g, '')).toBe(renderPage(PAGE, { chalk: new Chalk({ level: 0 }), width: 44 }));
  });
});

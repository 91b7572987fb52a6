// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the sources that are read here hold templates.
import { describe, expect, it } from 'vitest';
import { factsOf } from '../../test/in-memory.js';

const found = (text: string, file?: string): string[] =>
  factsOf(text, file).directives.map(
    ({ text: words, span, ownLine }) => `${span[0]}:${span[1]} ${words}${ownLine ? ' (own line)' : ''}`,
  );

describe('directives', () => {
  it.each<[string, string[]]>([
    ['// mi-audit-disable-next-line a -- b\nc();', ['1:1 mi-audit-disable-next-line a -- b (own line)']],
    ['a(); // mi-audit-disable-line b', ['1:6 mi-audit-disable-line b']],
    ['/* mi-audit-disable */ a();', ['1:1 mi-audit-disable (own line)']],
    ['  /** mi-audit-disable */', ['1:3 mi-audit-disable (own line)']],
    ['a(1, // mi-audit-b\n  2);', ['1:6 mi-audit-b']],
    ['[ // mi-audit-a\n];', ['1:3 mi-audit-a']],
    ['function a(/* mi-audit-b */) { /* mi-audit-c */ }', ['1:12 mi-audit-b', '1:32 mi-audit-c']],
    ['`${ /* mi-audit-a */ b }`;', ['1:5 mi-audit-a']],
    ['a();\r\n// mi-audit-b\r\n', ['2:1 mi-audit-b (own line)']],
    ['// mi-audit-a', ['1:1 mi-audit-a (own line)']],
    ['#!/usr/bin/env node\n// mi-audit-a', ['2:1 mi-audit-a (own line)']],

    ["a('// mi-audit-b');", []],
    ['`\n// mi-audit-a\n${b}\n// mi-audit-c\n`;', []],
    ['`${a}// mi-audit-b`;', []],
    ['a = /\\/\\/ mi-audit-b/;', []],
    ['// see mi-audit-disable', []],
    ['/* a\n * mi-audit-disable */', []],
  ])('in %j', (text, expected) => {
    expect(found(text, 'file.js')).toEqual(expected);
  });

  it('in JSX are comments only between braces', () => {
    const text = `a = <b>// mi-audit-c <d>/* mi-audit-e */</d>
      // mi-audit-f
      {/* mi-audit-g */}{h /* mi-audit-i */}
      <j // mi-audit-k
        l="// mi-audit-m"
      />
    </b>; // mi-audit-n`;
    expect(found(text, 'file.tsx')).toEqual([
      '3:8 mi-audit-g',
      '3:28 mi-audit-i',
      '4:10 mi-audit-k',
      '7:11 mi-audit-n',
    ]);
  });

  it('have the span of the whole comment', () => {
    expect(factsOf('a(); /* mi-audit-b\n -- c */ d();').directives).toEqual([
      { text: 'mi-audit-b\n -- c', span: [1, 6, 2, 9], ownLine: false },
    ]);
  });
});

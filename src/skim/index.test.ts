import { describe, expect, it } from 'vitest';
import type { Input } from '../model/input.js';
import { skim } from './index.js';

const MB = 1024 * 1024;

function input(text: string, file = 'src/app.ts'): Input {
  return { file, language: file.endsWith('.ts') ? 'typescript' : 'javascript', text };
}

function message(text: string, file?: string): string | undefined {
  return skim(input(text, file)).problem?.message;
}

const CODE = `import express from 'express';\n\nconst app = express();\napp.get('/', (req, res) => {\n  res.send('ok');\n});\n`;
const MINIFIED = '!function(e,t){var n=e.a(t),r=n.b;for(var i=0;i<r;i++){if(n[i]===t){return i}}}(window,document);';

describe('skim', () => {
  it('lets source pass', () => {
    expect(skim(input(CODE))).toEqual({ parse: true });
    expect(skim(input(CODE.replaceAll('\n', '\r\n')))).toEqual({ parse: true });
    expect(skim(input('x'))).toEqual({ parse: true });
  });

  it.each(['', '\n', ' \t\r\n\u00a0\ufeff'])(
    'does not parse the empty file %j, and has nothing to say of it',
    (text) => {
      expect(skim(input(text))).toEqual({ parse: false, reason: 'empty' });
    },
  );

  describe('tells what is no source', () => {
    const transportStream = () => {
      const packet = new Uint8Array(188).fill(0xff);
      packet.set([0x47, 0x40, 0x00, 0x10, 0x00]);
      return new TextDecoder().decode(new Uint8Array(188 * 50).map((_, index) => packet[index % 188]!));
    };

    it.each([
      ['binary data', transportStream()],
      ['binary data', `MZ\u0001\u0002\u0003${'\u0004\ufffd\ufffd a'.repeat(100)}`],
      ['binary data', '\0c\0o\0n\0s\0t\0'],
      ['a Qt translation', '<!DOCTYPE TS>\n<TS version="2.1" language="de"></TS>'],
      ['a Qt translation', '\n<TS version="2.1">\n'],
      ['a markup document', '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>'],
      ['a markup document', '<!doctype html><html></html>'],
      ['PHP', '<?php echo 1;'],
      [
        'a pointer of Git LFS, whose content was not fetched',
        'version https://git-lfs.github.com/spec/v1\noid sha256:1\n',
      ],
    ])('%s', (what, text) => {
      expect(skim(input(text))).toEqual({
        parse: false,
        reason: 'not-source',
        problem: {
          kind: 'not-source',
          level: 'note',
          file: 'src/app.ts',
          message: `was not looked at: it is ${what}, not source code. Name it in "ignores" to silence this note.`,
        },
      });
    });

    it('but not text in an old national encoding, terminal colours, or an old HTML comment', () => {
      const cyrillic = new TextDecoder().decode(Uint8Array.from({ length: 400 }, (_, index) => 0xc0 + (index % 64)));
      expect(skim(input(`// ${cyrillic}\n${CODE}`)).parse).toBe(true);
      expect(skim(input(`console.log('\u001b[31m red \u001b[0m');\n`)).parse).toBe(true);
      expect(skim(input('<!-- legacy\nvar a = 1;\n', 'public/old.js')).parse).toBe(true);
    });
  });

  describe('leaves minified code out', () => {
    it('on one line, under a licence comment, or broken into long lines', () => {
      const said =
        'was not looked at: it is minified or generated, and no place in it could be pointed at. Name it in "ignores" to silence this note.';
      const licence = `/*!\n${' * Permission is granted.\n'.repeat(20)} */\n`;
      expect(message(MINIFIED.repeat(100))).toBe(said);
      expect(message(licence + MINIFIED.repeat(100))).toBe(said);
      expect(message(`${MINIFIED.repeat(5)}\n`.repeat(20))).toBe(said);
      expect(message(MINIFIED.repeat(12), 'public/lib.min.js')).toBe(said);
    });

    it('but not a small file, nor source with data embedded in it', () => {
      expect(skim(input(MINIFIED)).parse).toBe(true);
      expect(skim(input(`const logo = '${'iVBORw0KGgo'.repeat(20_000)}';\n${CODE}`)).parse).toBe(true);
      expect(skim(input(`${CODE.repeat(30)}${MINIFIED.repeat(30)}\n`)).parse).toBe(true);
      expect(
        skim(input(`export const help = \`${'Some words of a long explanation, on one line. '.repeat(200)}\`;`)).parse,
      ).toBe(true);
    });
  });

  it('leaves out what is too large, and names the limit', () => {
    const line = 'export const value = compute(1);\n';
    expect(message(line.repeat(Math.ceil((2.5 * MB) / line.length)))).toBe(
      'was not looked at: it has 2.5 MB, and 2 MB is the limit for a file. Name it in "ignores" to silence this note.',
    );
    expect(skim(input(line.repeat(Math.floor((1.9 * MB) / line.length)))).parse).toBe(true);
  });

  describe('needs no longer than reading takes', () => {
    it.each([
      ['5 MB of minified code on one line', MINIFIED.repeat(Math.ceil((5 * MB) / MINIFIED.length)), 'minified'],
      ['5 MB of one letter on one line', 'a'.repeat(5 * MB), 'too-large'],
      ['5 MB of quotes', '"'.repeat(5 * MB), 'too-large'],
      ['5 MB of line ends', `x${'\n'.repeat(5 * MB)}`, 'too-large'],
      ['1 MB of white space', ' '.repeat(MB), 'empty'],
      ['1 MB of white space and a word', `${' \t'.repeat(MB / 2)}x`, undefined],
      ['1 MB of opening brackets', '<'.repeat(MB), undefined],
    ])('%s', (_, text, reason) => {
      const start = performance.now();
      expect(skim(input(text)).reason).toBe(reason);
      // Generous: a pass over 5 MB takes some 50 ms, a quadratic one would take hours.
      expect(performance.now() - start).toBeLessThan(3000);
    });
  });
});

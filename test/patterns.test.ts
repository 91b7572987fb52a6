import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { analyse } from 'scslre';
import { ts } from 'ts-morph';
import { describe, expect, it } from 'vitest';
import { ROOT } from './catalogue.js';

/*
 * Regular expressions read what strangers wrote. One that tries a text in more ways than it is long makes a megabyte of blanks take
 * a day. The checker names those; the few that it names and that are harmless are listed with the reason.
 */

const HARMLESS: ReadonlyMap<string, string> = new Map([
  ['/[^ `]*`[^`]+`[^ ]*|[^ ]+/g', 'reads the words of our own messages; names in them are cut'],
  [String.raw`/\s*(?:\*\/|-->|"\s*,?\s*[}\]]*,?\s*$).*$/`, 'reads the expectations of fixtures, in tests of rules'],
  [
    String.raw`/^(.*)\/(\d+)((?:\.[\w$*]+)*)\.(\d+)(.*)$/`,
    'reads one path of our own, for one line that somebody asks about',
  ],
  [String.raw`/\B(?=(?:\d{3})+$)/g`, 'reads the digits of one number'],
]);

/** Those that are asked of paths, which no disk lets grow. */
const OF_PATHS = [/^src\/discover\/descriptors\.ts:\d+ JSON_NAME$/, /^src\/discover\/schemas\.ts:\d+ MIGRATION$/];

interface Pattern {
  readonly where: string;
  readonly text: string;
}

function sources(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
    .sort();
}

function patternsOf(file: string): Pattern[] {
  const source = ts.createSourceFile(file, readFileSync(path.join(ROOT, file), 'utf8'), ts.ScriptTarget.Latest, true);
  const found: Pattern[] = [];
  const visit = (node: ts.Node): void => {
    if (node.kind === ts.SyntaxKind.RegularExpressionLiteral) {
      const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
      const name = ts.isVariableDeclaration(node.parent) ? ` ${node.parent.name.getText(source)}` : '';
      found.push({ where: `${file}:${line}${name}`, text: node.getText(source) });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function flawOf({ text }: Pattern): string | undefined {
  const end = text.lastIndexOf('/');
  const { reports } = analyse({ source: text.slice(1, end), flags: text.slice(end + 1) }, { maxReports: 1 });
  const [report] = reports;
  return report && `${report.exponential ? 'exponential' : 'polynomial'} (${report.type})`;
}

describe('regular expressions', { timeout: 120_000 }, () => {
  const patterns = [...sources('src'), ...sources('rules')].flatMap(patternsOf);
  const unlike = [...new Map(patterns.map((pattern) => [pattern.text, pattern])).values()];

  it('are found', () => {
    expect(unlike.length).toBeGreaterThan(500);
  });

  it('take a time that grows as the text does', () => {
    const slow = unlike.flatMap((pattern) => {
      if (HARMLESS.has(pattern.text) || OF_PATHS.some((known) => known.test(pattern.where))) return [];
      const flaw = flawOf(pattern);
      return flaw ? [`${pattern.where}: ${pattern.text} is ${flaw}`] : [];
    });
    expect(slow).toEqual([]);
  });

  it('that are excused are there', () => {
    expect([...HARMLESS.keys()].filter((text) => !unlike.some((pattern) => pattern.text === text))).toEqual([]);
  });
});

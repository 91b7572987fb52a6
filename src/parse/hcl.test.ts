// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the files that are read here hold templates.
import { describe, expect, it } from 'vitest';
import { parseHcl } from './hcl.js';
import { get, type Tree } from './tree.js';

/** A tree as plain values; what is unknown as its text in angle brackets. */
function plain(tree: Tree | undefined): unknown {
  if (!tree) return undefined;
  if (tree.kind === 'map')
    return Object.fromEntries(
      tree.entries.map(({ key, labels, value }) => [[key, ...(labels ?? [])].join(' '), plain(value)]),
    );
  if (tree.kind === 'list') return tree.items.map(plain);
  return tree.kind === 'value' ? tree.value : `<${tree.text}>`;
}

const value = (text: string) => plain(get(parseHcl(`a = ${text}\nb = 1\n`).trees[0], 'a'));

describe('parseHcl', () => {
  it.each<[string, unknown]>([
    ['1', 1],
    ['-1.5', -1.5],
    ['"x \\"y\\" $${z}"', 'x "y" $${z}'],
    ['true', true],
    ['null', null],
    ['[1, "a", # one\n 2,]', [1, 'a', 2]],
    ['{ b = 1, "c d" : 2 }', { b: 1, 'c d': 2 }],
    ['<<EOT\nline\nEOT', 'line\n'],
    ['<<-EOT\n  ${x}\n  EOT', '<  ${x}\n>'],
    ['jsonencode([{ a = 1 }])', [{ a: 1 }]],
    ['"${var.a}-b"', '<"${var.a}-b">'],
    ['var.a', '<var.a>'],
    ['1 + 2', '<1 + 2>'],
    ['var.a ? 1 : [2, 3]', '<var.a ? 1 : [2, 3]>'],
    ['max(1,\n 2)', '<max(1,\n 2)>'],
    ['[for x in y : x]', '<[for x in y : x]>'],
    ['{ for k, v in y : k => v }', '<{ for k, v in y : k => v }>'],
    ['{ (var.k) = 1 }', '<{ (var.k) = 1 }>'],
  ])('reads `%s`', (text, expected) => {
    expect(value(text)).toEqual(expected);
  });

  it('reads blocks with labels, and comments of every sort', () => {
    const text = '# a\n// b\n/* c\n*/ resource "t" "n" { x = 1\n y { z = 2 } }\nlabel name { }\n';
    expect(plain(parseHcl(text).trees[0])).toEqual({ 'resource t n': { x: 1, y: { z: 2 } }, 'label name': {} });
  });

  it.each<[string, string]>([
    ['a = "x', 'a string is not closed'],
    ['a = [1, 2,', 'a list is not closed'],
    ['a {', 'a block is not closed'],
    ['}', '`}` closes nothing'],
    ['= 1', 'a name is expected here'],
    ['a = <<X\nb', '`X` does not end'],
    ['a { '.repeat(300), 'it is nested too deeply'],
    [`a = ${'['.repeat(300)}`, 'it is nested too deeply'],
  ])('says of %j what is wrong', (text, words) => {
    expect(parseHcl(text).flaw?.words).toBe(words);
  });

  it('keeps what stands before a mistake', () => {
    expect(plain(parseHcl('a = 1\nb = "x\n').trees[0])).toEqual({ a: 1 });
  });
});

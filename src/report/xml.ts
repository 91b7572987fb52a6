import { visible } from './visible.js';

/* As much of XML as reports need: elements, attributes, text, and nothing in them that is not a character of XML 1.0. */

export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An element with its children, indented. Text of the audited project may stand in any value. */
export function element(name: string, attributes: Attributes, children: readonly string[] = []): string {
  const given = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escaped(String(value))}"`)
    .join('');
  if (children.length === 0) return `<${name}${given}/>`;
  const inner = children.map((child) => child.replace(/^/gm, '  ')).join('\n');
  return `<${name}${given}>\n${inner}\n</${name}>`;
}

/** An element that holds text only, line by line. */
export function textElement(name: string, attributes: Attributes, lines: readonly string[]): string {
  const opening = element(name, attributes).slice(0, -2);
  return `${opening}>${lines.map((line) => escaped(visible(line))).join('&#10;')}</${name}>`;
}

export function xmlDocument(root: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`;
}

/** Not allowed in XML, however it is written: controls, halves of surrogate pairs, two characters at the end of the plane. */
const IMPOSSIBLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu;
/** What would end the value, what parsers turn into blanks, and what reorders a line that is shown. */
const SPECIAL = /[&<>"'\t\n\r\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

function escaped(text: string): string {
  return text
    .replace(IMPOSSIBLE, '\ufffd')
    .replace(SPECIAL, (character) => NAMED[character] ?? `&#${character.charCodeAt(0)};`);
}

const NAMED: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { RDFormatValidator } from '@umbrelladocs/rdformat-validator';
import { Ajv, type ValidateFunction } from 'ajv';
import Ajv04 from 'ajv-draft-04';
import formats from 'ajv-formats';
import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { validateXML } from 'xmllint-wasm';

/* Readers of the formats that know nothing of the code that writes them. */

const require = createRequire(import.meta.url);
const schemas = new URL('./schemas/', import.meta.url);
const textOf = (name: string) => readFileSync(new URL(name, schemas), 'utf8');

const draft04 = formats.default(new Ajv04.default({ strict: false, allErrors: true, unicodeRegExp: false }));
const draft07 = new Ajv({ allErrors: true });

export const isSarif = draft04.compile(
  JSON.parse(readFileSync(require.resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'), 'utf8')),
);
export const isGitlab = draft07.compile(JSON.parse(textOf('gitlab-code-quality.json')));

/** What a schema has against a value. */
export function flaws(validate: ValidateFunction, value: unknown): string[] {
  return validate(value)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

export async function rdjsonFlaws(text: string): Promise<string[]> {
  const result = await new RDFormatValidator({ strictMode: true, allowExtraFields: false }).validateString(text);
  return result.errors.map(({ path, message }) => `${path} ${message}`);
}

/** What a schema has against some documents: one call, for the reader takes its time to start. */
export async function xmlFlaws(
  schema: 'junit.xsd' | 'checkstyle.xsd',
  documents: readonly string[],
): Promise<string[]> {
  const xml = documents.map((contents, index) => ({ fileName: `report-${index}.xml`, contents }));
  const { errors } = await validateXML({ xml, schema: textOf(schema) });
  return errors.map(({ rawMessage }) => rawMessage);
}

type Node = DefaultTreeAdapterTypes.ChildNode;
type Element = DefaultTreeAdapterTypes.Element;

export interface Page {
  readonly errors: readonly string[];
  readonly elements: readonly Element[];
}

/** A page as browsers read it. */
export function pageOf(html: string): Page {
  const errors: string[] = [];
  const document = parse(html, { onParseError: ({ code, startLine }) => errors.push(`${code} on line ${startLine}`) });
  const elements: Element[] = [];
  const visit = (node: Node): void => {
    if (!('tagName' in node)) return;
    elements.push(node);
    node.childNodes.forEach(visit);
  };
  document.childNodes.forEach(visit);
  return { errors, elements };
}

export function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((attr) => attr.name === name)?.value;
}

export function textIn(node: Node): string {
  if ('value' in node) return node.value;
  return 'childNodes' in node ? node.childNodes.map(textIn).join('') : '';
}

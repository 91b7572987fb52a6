import type { PrismaField, PrismaModel, PrismaSchema, PrismaSource, PrismaValue } from '../model/schema.js';
import { Lines } from './lines.js';

/*
 * Prisma's schema language: blocks with a line for each field or setting. What is not understood is passed over, line by line, so
 * that a broken schema still says what the rest of it says.
 */

const TOKEN = /\/\/[^\n]*|"(?:[^"\\\n]|\\.)*"|@@?[\w.]+|[\w.]+|[{}()[\]?:,=!]|\n/g;

interface Token {
  readonly text: string;
  readonly from: number;
}

/** The lines of a block, each as its tokens. */
interface Block {
  readonly kind: string;
  readonly name: Token;
  readonly lines: readonly (readonly Token[])[];
  readonly to: number;
}

export function parsePrisma(file: string, text: string): PrismaSchema {
  const lines = new Lines(text);
  const at = (token: Token) => lines.span(token.from, token.from + token.text.length);
  const sources: PrismaSource[] = [];
  const models: PrismaModel[] = [];
  for (const block of blocksOf(text)) {
    if (block.kind === 'datasource') {
      const setting = (name: string): PrismaValue | undefined => {
        const line = block.lines.find(([first, second]) => first?.text === name && second?.text === '=');
        const value = line?.[2];
        if (!value) return undefined;
        const variable = value.text === 'env' ? line?.find(({ text: one }) => one.startsWith('"')) : undefined;
        if (variable) return { variable: unquoted(variable), span: at(value) };
        return { ...(value.text.startsWith('"') ? { text: unquoted(value) } : {}), span: at(value) };
      };
      const provider = setting('provider');
      const url = setting('url');
      sources.push({
        name: block.name.text,
        ...(provider ? { provider } : {}),
        ...(url ? { url } : {}),
        span: at(block.name),
      });
    } else if (block.kind === 'model' || block.kind === 'view') {
      const mapped = block.lines.find(([first]) => first?.text === '@@map');
      const fields = block.lines.flatMap((line): PrismaField[] => {
        const [name, type] = line;
        if (!name || !type || !/^\w+$/.test(name.text) || !/^\w/.test(type.text)) return [];
        const column = nameIn(line, '@map') ?? name.text;
        return [{ name: name.text, column, type: type.text, span: at(name) }];
      });
      const table = (mapped && nameIn(mapped, '@@map')) ?? block.name.text;
      models.push({ name: block.name.text, table, fields, span: at(block.name) });
    }
  }
  return { file, sources, models };
}

/** `@map("name")`, `@map(name: "name")`. */
function nameIn(line: readonly Token[], attribute: string): string | undefined {
  const at = line.findIndex(({ text }) => text === attribute);
  const name = at < 0 ? undefined : line.slice(at + 1, at + 6).find(({ text }) => text.startsWith('"'));
  return name && unquoted(name);
}

function unquoted({ text }: Token): string {
  return text.slice(1, -1).replace(/\\(.)/g, '$1');
}

function blocksOf(text: string): Block[] {
  const tokens = [...text.matchAll(TOKEN)].flatMap((match): Token[] =>
    match[0].startsWith('//') ? [] : [{ text: match[0], from: match.index }],
  );
  const blocks: Block[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const [kind, name, open] = tokens.slice(at, at + 3);
    if (!kind || !name || open?.text !== '{' || !/^(?:datasource|generator|model|view|type|enum)$/.test(kind.text))
      continue;
    const lines: Token[][] = [[]];
    let depth = 1;
    for (at += 3; at < tokens.length; at++) {
      const token = tokens[at] as Token;
      if (/^[{([]$/.test(token.text)) depth++;
      if (/^[})\]]$/.test(token.text)) depth--;
      if (depth === 0) break;
      // A list of arguments may go over several lines.
      if (token.text !== '\n') lines.at(-1)?.push(token);
      else if (depth === 1) lines.push([]);
    }
    blocks.push({ kind: kind.text, name, lines: lines.filter((line) => line.length > 0), to: at });
  }
  return blocks;
}

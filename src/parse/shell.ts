import { parse } from 'unbash';

/** The commands of a shell line, each as its words, in the order they stand. A line that cannot be parsed has none. */
export function parseShell(line: string): string[][] {
  const found: string[][] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) {
      for (const item of node) visit(item);
      return;
    }
    if (!node || typeof node !== 'object') return;
    const command = node as { type?: string; name?: Word; suffix?: Word[] };
    if (command.type === 'Command' && command.name) {
      found.push([command.name, ...(command.suffix ?? [])].map(textOf).filter((word) => word !== ''));
    }
    for (const [key, value] of Object.entries(node)) if (key !== 'name' && key !== 'suffix') visit(value);
  };
  try {
    visit(parse(line));
  } catch {
    return [];
  }
  return found;
}

/** What `export` and `declare` assign is no word but a name and a word. */
function textOf({ name, value, text }: Word): string {
  if (typeof value === 'string') return value;
  return value?.value !== undefined && name !== undefined ? `${name}=${value.value}` : (text ?? '');
}

interface Word {
  readonly name?: string;
  readonly value?: string | { readonly value?: string };
  readonly text?: string;
}

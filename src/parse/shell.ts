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
      found.push(
        [command.name, ...(command.suffix ?? [])]
          .map((word) => word.value ?? word.text ?? '')
          .filter((word) => word !== ''),
      );
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

interface Word {
  readonly value?: string;
  readonly text?: string;
}

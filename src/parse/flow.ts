/*
 * Types of Flow, which the compiler of TypeScript reads as far as they are alike. Where it stops, what it stumbled over is blanked, so that
 * every place stays what it was.
 */

/** The file says that it is Flow's. */
export function isFlow(text: string): boolean {
  return /@flow\b/.test(text);
}

/** The text without the piece of a type that begins or stands where the parser stumbled; undefined if it is none of Flow's. */
export function withoutType(text: string, at: number): string | undefined {
  const piece = pieceOf(text, at);
  if (!piece || piece[1] <= piece[0]) return undefined;
  const [from, to] = piece;
  return text.slice(0, from) + text.slice(from, to).replace(/[^\r\n]/g, ' ') + text.slice(to);
}

function pieceOf(text: string, at: number): readonly [number, number] | undefined {
  const here = text.slice(at, at + 12);
  const before = text.slice(Math.max(0, at - 40), at);
  // `{| a: b |}`
  if (here.startsWith('|') && (before.endsWith('{') || here.startsWith('|}'))) return [at, at + 1];
  if (here.startsWith('}') && before.endsWith('|')) return [at - 1, at];
  // `{ ...A, b: c }`
  if (here.startsWith('...')) {
    const end = endOfType(text, at + 3);
    return [at, text[end] === ',' ? end + 1 : end];
  }
  // `{ +a: b }`
  if (/^[+-]\w/.test(here)) return [at, at + 1];
  // `({ a }: B) => …`, `(a: B)`
  if (here.startsWith(':')) return [at, endOfType(text, at + 1)];
  // `a?: b => c`
  if (here.startsWith('=>')) return [at, endOfType(text, at + 2)];
  if (here.startsWith('opaque type')) return [at, at + 'opaque'.length];
  return parametersAround(text, at) ?? castBefore(text, at);
}

/** `(a: B)`, which is read as parameters of an arrow function that does not come. */
function castBefore(text: string, at: number): readonly [number, number] | undefined {
  const before = text.slice(0, at).trimEnd();
  const end = before.endsWith(')') ? before.length - 1 : at;
  let depth = 0;
  for (let start = end - 1; start >= 0 && depth >= 0; start--) {
    const one = text[start] as string;
    if (one === ':' && depth === 0) return [start, end];
    if (/[)\]}]/.test(one)) depth++;
    else if (/[([{]/.test(one)) depth--;
  }
  return undefined;
}

/** `<A: B, C>` in front of the parameters of an arrow function, which is read as an element. */
function parametersAround(text: string, at: number): readonly [number, number] | undefined {
  let open = text.lastIndexOf('<', at);
  for (let tries = 0; tries < 4 && open >= 0; tries++, open = text.lastIndexOf('<', open - 1)) {
    if (!/(?:[=(,]|\basync|\breturn)\s*$/.test(text.slice(Math.max(0, open - 40), open))) continue;
    const close = endOfType(text, open + 1, '>');
    return text[close] === '>' && /^\s*\(/.test(text.slice(close + 1)) ? [open, close + 1] : undefined;
  }
  return undefined;
}

/** Where a type ends: at what closes around it, or at what can only follow it. */
function endOfType(text: string, from: number, until?: string): number {
  let depth = 0;
  let at = from;
  for (; at < text.length; at++) {
    const one = text[at] as string;
    const isArrow = text.startsWith('=>', at);
    if (depth === 0 && (until ? one === until : /[,;)\]}]/.test(one) || one === '=')) break;
    if (isArrow) at++;
    else if (/[([{<]/.test(one)) depth++;
    else if (/[)\]}>]/.test(one)) depth--;
    if (depth < 0) break;
  }
  return at;
}

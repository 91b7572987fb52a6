/*
 * Go templates in YAML, as charts have them. What is written in braces cannot be evaluated here, but what stands around it can be
 * read: each template is replaced by marks of the same length, so that every place stays where it is.
 */

/** Stands for a character of a template that gives a value. */
const VALUE = '\uE000';

export interface Untemplated {
  /** As long as the text it was made from. */
  readonly text: string;
  /** Lines and blocks that were left out, and values that were masked. */
  readonly masked: readonly { readonly from: number; readonly to: number }[];
}

/** What is known of a value the template names, `.Values.replicaCount`: its place is elsewhere, only the answer matters here. */
export type Truth = (path: readonly string[]) => boolean | undefined;

/** Blocks in blocks; nobody writes more. */
const DEEPEST = 60;

// `{{ … }}`, and comments in which braces may stand. By hand: a pattern would look for the end of each unclosed one anew.
function* templatesIn(text: string): Generator<{ readonly whole: string; readonly index: number }> {
  for (let from = text.indexOf('{{'); from >= 0; ) {
    const isComment = /^\{\{-?\s{0,9}\/\*/.test(text.slice(from, from + 20));
    const inner = isComment ? text.indexOf('*/', from) : from;
    const end = inner < 0 ? -1 : text.indexOf('}}', inner);
    if (end < 0) return;
    yield { whole: text.slice(from, end + 2), index: from };
    from = text.indexOf('{{', end + 2);
  }
}

/**
 * A text without its templates. Blocks whose condition is known not to hold are left out; blocks of which nobody can tell are
 * left out too, and told as masked.
 */
export function withoutTemplates(text: string, truth: Truth = () => undefined): Untemplated {
  if (!text.includes('{{')) return { text, masked: [] };
  const chars = text.split('');
  const masked: { from: number; to: number }[] = [];
  const blank = (from: number, to: number) => {
    for (let at = from; at < to; at++) if (chars[at] !== '\n' && chars[at] !== '\r') chars[at] = ' ';
  };
  /** Blocks that are open, with the places from where their contents are left out. */
  const open: { hidden: boolean; known: boolean | undefined; from: number; taken: boolean }[] = [];
  const hidden = () => open.some((block) => block.hidden);
  for (const { whole, index: from } of templatesIn(text)) {
    const to = from + whole.length;
    const inner = whole.slice(2, -2).replace(/^-|-$/g, '').trim();
    const word = /^(?:if|else if|else|with|range|define|block|end)\b/.exec(inner)?.[0];
    const before = open.at(-1);
    if (word === 'end' || word?.startsWith('else')) {
      if (before?.hidden) {
        blank(before.from, from);
        if (before.known === undefined) masked.push({ from: before.from, to: from });
      }
      if (word === 'end') open.pop();
      else if (before) {
        const condition = word === 'else if' ? evaluated(inner.slice(7), truth) : true;
        const holds = before.taken ? false : before.known === false ? condition : undefined;
        before.hidden = holds !== true;
        before.taken ||= holds === true;
        before.known = holds;
        before.from = to;
      }
      blank(from, to);
    } else if (word && open.length >= DEEPEST) {
      blank(from, text.length);
      masked.push({ from, to: text.length });
      break;
    } else if (word) {
      const known = word === 'if' ? evaluated(inner.slice(2), truth) : word === 'define' ? false : undefined;
      open.push({ hidden: known !== true, known, from: to, taken: known === true });
      blank(from, to);
    } else if (!hidden()) {
      const line = text.slice(text.lastIndexOf('\n', from - 1) + 1, from);
      const rest = text.slice(to, (text.indexOf('\n', to) + 1 || text.length + 1) - 1);
      const isStatement = /^\$?\w*\s*:?=|^\/\*/.test(inner);
      if (line.trim() === '' && rest.trim() === '') {
        // A line of its own puts in lines, of which nothing is known.
        blank(from, to);
        if (!isStatement) masked.push({ from, to });
      } else if (isStatement) blank(from, to);
      else {
        for (let at = from; at < to; at++) if (chars[at] !== '\n') chars[at] = VALUE;
        masked.push({ from, to });
      }
    }
  }
  for (const block of open) if (block.hidden) blank(block.from, text.length);
  return { text: chars.join(''), masked };
}

/** `.Values.a.b`, `not .Values.a`, `and`, `or` of these. */
function evaluated(condition: string, truth: Truth): boolean | undefined {
  const text = condition.trim().replace(/^\((.*)\)$/, '$1');
  const path = /^\$?\.((?:\w+\.)*\w+)$/.exec(text)?.[1];
  if (path) return truth(path.split('.'));
  const not = /^not\s+(?!\s)(.+)$/.exec(text)?.[1];
  if (not !== undefined) {
    const inner = evaluated(not, truth);
    return inner === undefined ? undefined : !inner;
  }
  const [, word, rest] = /^(and|or)\s+(?!\s)(.+)$/.exec(text) ?? [];
  if (!word || rest === undefined || /[()]/.test(rest)) return undefined;
  const parts = rest.split(/\s+/).map((part) => evaluated(part, truth));
  const decides = word === 'or';
  if (parts.includes(decides)) return decides;
  return parts.includes(undefined) ? undefined : !decides;
}

/** The path a value's template names, where it is nothing but that: `{{ .Values.replicaCount }}`, with `| int` and the like. */
export function valuePath(template: string): readonly string[] | undefined {
  const [, path] =
    /^["']?\{\{-?\s*\$?\.((?:\w+\.)*\w+)\s*(?:\|\s*(?:int|int64|quote|squote|toString|trim)\s*)*-?\}\}["']?$/.exec(
      template.trim(),
    ) ?? [];
  return path?.split('.');
}

import type { Command, Environment, Moment, Step } from '../model/deployment.js';
import type { Place } from '../model/span.js';
import { aligned, type Raw } from '../parse/lines.js';
import { parseScript, type ShellScript, TOO_DEEP } from '../parse/shell-steps.js';
import { itemsOrOne, type Tree, textOf } from '../parse/tree.js';
import type { Source } from './source.js';

/*
 * Commands as descriptors have them: a line that a shell reads, or a list of words. A shell that is called with a line (`sh -c`)
 * is that line, since what it runs is what counts.
 */

/** A word of a command, with the text it was read from. */
export interface Word {
  readonly value: string;
  readonly raw: Raw;
}

/** A line or a whole script that a shell reads. `raw` is the text that the value was read from, quotes included. */
export function shellCommand(source: Source, at: Moment, value: string, raw: Raw, name?: string): Command {
  const script = parseScript(value);
  const place = source.at(raw);
  // Other flaws are often the shell's own business; this one would be passed over by nobody.
  if (script.flaw?.words === TOO_DEEP && source.problems.length === 0)
    source.note(place.span, `was read in part: a command in it cannot be read, for ${TOO_DEEP}.`);
  return {
    at,
    form: 'shell',
    place,
    steps: stepsOf(source, script, value, raw),
    ...(script.flaw ? { unknown: true as const } : {}),
    ...(name === undefined ? {} : { name }),
  };
}

/** A list of words, the first of which is started without a shell. */
export function execCommand(
  source: Source,
  at: Moment,
  words: readonly Word[],
  form: Command['form'] = 'exec',
): Command {
  const first = words[0];
  const last = words.at(-1);
  const whole: Raw = { from: first?.raw.from ?? 0, to: last?.raw.to ?? 0 };
  const line = shellLine(words);
  if (line) {
    const inner = shellCommand(source, at, line.word.value, line.word.raw);
    const before = words.slice(0, line.at).map(({ value }) => value);
    return { ...inner, place: source.at(whole), ...(before.length > 0 ? { before } : {}) };
  }
  const step: Step = {
    words: words.map(({ value }) => value),
    place: source.at(whole),
    tests: [],
    environment: {},
    outputs: [],
  };
  return { at, form, place: source.at(whole), steps: words.length ? [step] : [] };
}

/** The line that a shell is called with: `sh -c "…"`, `/bin/bash -lec "…"`, also behind an init process. */
function shellLine(words: readonly Word[]): { readonly word: Word; readonly at: number } | undefined {
  const shell = words.findIndex(({ value }) => /^(?:\/usr)?(?:\/bin\/)?(?:ba|da|a|z|k)?sh$/.test(value));
  if (shell < 0 || words.slice(0, shell).some(({ value }) => !isInit(value))) return undefined;
  const option = words.findIndex(({ value }, index) => index > shell && /^-[^\Wc]*c\w*$/.test(value));
  if (option < 0 || words.slice(shell + 1, option).some(({ value }) => !value.startsWith('-'))) return undefined;
  const word = words[option + 1];
  return word && { word, at: shell };
}

function isInit(word: string): boolean {
  return /^-/.test(word) || /^(?:[\w./-]*\/)?(?:tini|tini-static|dumb-init|catatonit|docker-init|env)$/.test(word);
}

/** A command of a tree: a string, which a shell reads (`line`) or the platform splits (`split`), or a list of words. */
export function commandOf(
  source: Source,
  at: Moment,
  tree: Tree | undefined,
  strings: 'shell' | 'split',
): Command | undefined {
  if (!tree || (tree.kind === 'value' && tree.value === null)) return undefined;
  if (tree.kind === 'unknown' || tree.kind === 'map')
    return { at, form: 'unknown', place: source.place(tree.span), steps: [], unknown: true };
  if (tree.kind === 'value') {
    const value = textOf(tree) ?? '';
    if (strings === 'shell') return { ...shellCommand(source, at, value, tree.raw), place: source.place(tree.span) };
    const words = splitWords(source, value, tree.raw);
    const command = execCommand(source, at, words);
    return { ...command, place: source.place(tree.span) };
  }
  const words = wordsOf(tree);
  const command = execCommand(source, at, words);
  const unknown = tree.items.some(({ kind }) => kind !== 'value');
  return { ...command, place: source.place(tree.span), ...(unknown ? { unknown: true as const } : {}) };
}

/** The words of a list or of one scalar; what is unknown stays as it is written. */
export function wordsOf(tree: Tree | undefined): readonly Word[] {
  return itemsOrOne(tree).map((item) => ({
    value: textOf(item) ?? (item.kind === 'unknown' ? item.text : ''),
    raw: item.raw,
  }));
}

/** A string that is split into words as a shell would, though no shell runs it. */
export function splitWords(source: Source, value: string, raw: Raw): readonly Word[] {
  const script = parseScript(value);
  const [only] = script.steps;
  const offsets = aligned(source.text, raw, value);
  // `&&` in such a string is a word like any other: nothing splits it.
  if (script.steps.length !== 1 || !only || script.flaw)
    return [...value.matchAll(/"[^"]*"|'[^']*'|\S+/g)].map((found) => ({
      value: found[0].replace(/^(['"])(.*)\1$/s, '$2'),
      raw: rawOf(offsets, found.index, found.index + found[0].length, raw),
    }));
  const sets = only.sets.map((set) => ({
    value: `${set.name}=${set.value}`,
    raw: rawOf(offsets, set.from, set.to, raw),
  }));
  let cursor = only.sets.at(-1)?.to ?? 0;
  const words = [...(only.exec ? ['exec'] : []), ...only.words].map((word) => {
    // A word is looked for behind the one before; quoted otherwise than in the middle, it stands for all of the string.
    const at = value.indexOf(word, cursor);
    if (at < 0) return { value: word, raw };
    cursor = at + word.length;
    return { value: word, raw: rawOf(offsets, at, cursor, raw) };
  });
  return [...sets, ...words];
}

function rawOf(offsets: Int32Array | undefined, from: number, to: number, whole: Raw): Raw {
  if (!offsets) return whole;
  const last = offsets[Math.max(from, to - 1)];
  const first = offsets[from];
  return first === undefined || last === undefined ? whole : { from: first, to: last + 1 };
}

function stepsOf(source: Source, script: ShellScript, value: string, raw: Raw): Step[] {
  const offsets = aligned(source.text, raw, value);
  const placed = (part: Raw): Place => source.at(rawOf(offsets, part.from, part.to, raw));
  return script.steps.map(({ words, tests, sets, outputs, exec, background, piped, ...step }) => ({
    words,
    place: placed(step),
    ...(exec ? { exec } : {}),
    ...(background ? { background } : {}),
    ...(piped ? { piped } : {}),
    tests: tests.map((test) => ({ words: test.words, holds: test.holds, place: placed(test) })),
    environment: Object.fromEntries(
      sets.map((set) => [set.name, { ...(set.computed ? {} : { value: set.value }), place: placed(set) }]),
    ) satisfies Environment,
    outputs,
  }));
}

/** All words of all steps, for what is only looked at for its vocabulary. */
export function vocabulary(commands: readonly Command[]): readonly string[] {
  return commands.flatMap(({ steps }) => steps.flatMap(({ words }) => words));
}

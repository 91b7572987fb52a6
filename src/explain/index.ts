import type { Audit } from '../model/audit.js';
import type { Explanation } from '../model/explanation.js';
import type { Span } from '../model/span.js';
import type { Unit } from '../model/program.js';
import { conditionsOf, guardsOf } from './circumstances.js';
import { effectsOf } from './effects.js';
import { describedFile, fileOf } from './file.js';
import { functionsOf } from './functions.js';
import { type Judged, rulesOf } from './rules.js';
import { stateOf } from './state.js';
import { subjectOf } from './subject.js';
import { valuesOf } from './values.js';

export interface Question extends Judged {
  readonly audit: Audit;
  readonly file: string;
  /** Of a descriptor or a migration in SQL there is none: what the rules say of it is all that is known. */
  readonly unit?: Unit;
  /** 1-based; within the file. */
  readonly line: number;
  readonly column?: number;
}

const CONTEXT_LINES = 2;

/** All that is known of one line. Pure: program and verdicts in, words out; paths stay relative to the project root. */
export function explain(question: Question): Explanation {
  const { audit, file, unit, line, column } = question;
  const text = audit.lines(file);
  const start = Math.max(1, line - CONTEXT_LINES);
  const head = {
    place: { file, span: marked(text[line - 1] ?? '', line, column) },
    excerpt: { file, start, lines: text.slice(start - 1, line + CONTEXT_LINES) },
  };
  if (!unit) {
    const about = { program: audit.program, file, line, functions: [], state: [] };
    const nothing = { functions: [], state: [], effects: [], guards: [], values: [] };
    return { ...head, ...nothing, rules: rulesOf(about, question), file: describedFile(audit.program, file) };
  }
  const subject = subjectOf(audit.program, unit, line, column);
  const conditions = conditionsOf(subject);
  return {
    ...head,
    rules: rulesOf({ ...subject, file }, question),
    file: fileOf(audit.program, unit),
    functions: functionsOf(subject),
    state: stateOf(subject),
    effects: effectsOf(subject),
    guards: guardsOf(subject),
    ...(conditions ? { conditions } : {}),
    values: valuesOf(subject),
  };
}

/** The text of the line, or from the column on. */
function marked(text: string, line: number, column: number | undefined): Span {
  const first = column ?? text.length - text.trimStart().length + 1;
  return [line, first, line, Math.max(first + 1, text.trimEnd().length + 1)];
}

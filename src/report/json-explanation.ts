import type {
  AccessWord,
  EffectWord,
  Explanation,
  FunctionWord,
  Remark,
  RuleWord,
  StateWord,
} from '../model/explanation.js';
import type { Confidence, Severity, When } from '../model/finding.js';
import type { Place } from '../model/span.js';
import { escapeUnsafe } from './json.js';

/*
 * The shape of `mi-audit explain FILE:LINE --format json`, version 1, with the same promise as that of the report. Texts are for
 * people; what a program should decide by has a field of its own.
 */

export interface JsonSpotV1 {
  file: string;
  line: number;
  column: number;
}

/** A place and what it has to do with the line. */
export interface JsonRemarkV1 extends JsonSpotV1 {
  note: string;
  /** Told from a name alone. */
  guessed?: true;
}

export interface JsonRuleWordV1 {
  ruleId: string;
  /** A finding and what became of it, a candidate that is `safe`, a rule that `failed`, or one that is `silent` here. */
  status: RuleWord['status'];
  message: string;
  /** Where the finding or candidate stands, and what it has to do with the line if it stands elsewhere. */
  place?: JsonSpotV1;
  relation?: string;
  severity?: Severity;
  confidence?: Confidence;
  doubts?: string[];
  when?: When;
  condition?: string;
  hint?: string;
  /** Why it is not reported, and the place that says so. */
  because?: string;
  by?: JsonSpotV1;
}

export interface JsonFunctionV1 extends JsonSpotV1 {
  name: string;
  /** Empty where no way to it is known. */
  phases: { phase: string; label: string; guessed: boolean; everyInstance: boolean; path: JsonRemarkV1[] }[];
}

export interface JsonAccessV1 extends JsonSpotV1 {
  does: string;
  function: string;
  phases: string[];
}

export interface JsonStateV1 extends JsonSpotV1 {
  name: string;
  how: 'declares' | 'writes' | 'reads';
  kind: string;
  shape: string;
  holder?: JsonRemarkV1;
  writes: JsonAccessV1[];
  reads: JsonAccessV1[];
}

export interface JsonEffectsV1 {
  of: string;
  verdict: EffectWord['verdict'];
  effects: { label: string; writes: boolean; confidence: Confidence; path: JsonRemarkV1[] }[];
  unresolved: JsonRemarkV1[];
}

export interface JsonExplanationV1 extends JsonSpotV1 {
  version: 1;
  rules: JsonRuleWordV1[];
  /** Outermost first. */
  functions: JsonFunctionV1[];
  state: JsonStateV1[];
  effects: JsonEffectsV1[];
  guards: (JsonSpotV1 & { kind: string; label: string })[];
  conditions?: { when: When; developmentOnly: boolean; words?: string; tests: JsonRemarkV1[] };
  values: (JsonSpotV1 & { text: string; is: string[] })[];
  source: {
    file: string;
    roles: string[];
    application?: { name?: string; manifest: string };
    /** The processes that have the file, in words. */
    processes: string[];
    /** From an entry point to the file. */
    way: JsonRemarkV1[];
    /** Of a file that is no source: what it describes. */
    described?: JsonRemarkV1[];
  };
}

export function jsonExplanation(given: Explanation): string {
  return `${escapeUnsafe(JSON.stringify(toJson(given), undefined, 2))}\n`;
}

function toJson(given: Explanation): JsonExplanationV1 {
  const { conditions, file } = given;
  return {
    version: 1,
    ...spot(given.place),
    rules: given.rules.map(rule),
    functions: given.functions.map(fn),
    state: given.state.map(state),
    effects: given.effects.map(effect),
    guards: given.guards.map((guard) => ({ ...spot(guard), kind: guard.kind, label: guard.label })),
    ...(conditions
      ? {
          conditions: {
            when: conditions.when,
            developmentOnly: conditions.developmentOnly,
            ...(conditions.words === undefined ? {} : { words: conditions.words }),
            tests: conditions.tests.map(remark),
          },
        }
      : {}),
    values: given.values.map((value) => ({ ...spot(value), text: value.text, is: [...value.is] })),
    source: {
      file: file.file,
      roles: [...file.roles],
      processes: [...file.processes],
      ...(file.application ? { application: { ...file.application } } : {}),
      way: file.way.map(remark),
      ...(file.described ? { described: file.described.map(remark) } : {}),
    },
  };
}

function spot({ file, span: [line, column] }: Place): JsonSpotV1 {
  return { file, line, column };
}

function remark({ note, guessed, ...place }: Remark): JsonRemarkV1 {
  return { ...spot(place), note, ...(guessed ? { guessed } : {}) };
}

function rule(word: RuleWord): JsonRuleWordV1 {
  const { ruleId, status, message, place, relation, severity, confidence, doubts, when, condition, hint, because, by } =
    word;
  return {
    ruleId,
    status,
    message,
    ...(place ? { place: spot(place) } : {}),
    ...(relation === undefined ? {} : { relation }),
    ...(severity ? { severity } : {}),
    ...(confidence ? { confidence } : {}),
    ...(doubts ? { doubts: [...doubts] } : {}),
    ...(when ? { when } : {}),
    ...(condition === undefined ? {} : { condition }),
    ...(hint === undefined ? {} : { hint }),
    ...(because === undefined ? {} : { because }),
    ...(by ? { by: spot(by) } : {}),
  };
}

function fn({ name, place, phases }: FunctionWord): JsonFunctionV1 {
  return {
    ...spot(place),
    name,
    phases: phases.map(({ phase, label, guessed, everyInstance, path }) => ({
      phase,
      label,
      guessed,
      everyInstance,
      path: path.map(remark),
    })),
  };
}

function state(word: StateWord): JsonStateV1 {
  const { name, how, kind, shape, holder, writes, reads } = word;
  return {
    ...spot(word),
    name,
    how,
    kind,
    shape,
    ...(holder ? { holder: remark(holder) } : {}),
    writes: writes.map(access),
    reads: reads.map(access),
  };
}

function access(word: AccessWord): JsonAccessV1 {
  return { ...spot(word), does: word.does, function: word.fn, phases: [...word.phases] };
}

function effect({ of, verdict, effects, unresolved }: EffectWord): JsonEffectsV1 {
  return {
    of,
    verdict,
    effects: effects.map(({ label, writes, confidence, path }) => ({
      label,
      writes,
      confidence,
      path: path.map(remark),
    })),
    unresolved: unresolved.map(remark),
  };
}

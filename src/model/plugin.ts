import type {
  EffectKnowledge,
  KeeperKnowledge,
  Registration,
  SchedulerKnowledge,
  StoreKnowledge,
} from './knowledge.js';
import type { Rule } from './rule.js';
import type { Span } from './span.js';

/** The version of what plugins are written against; it changes when a plugin that worked would no longer do so. */
export const API_VERSION = 1;

/** What can be written to a cache and read back the same. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/**
 * A part of a file's syntax as collectors of plugins see it: the compiler's own kinds and names of parts, and none of its objects,
 * so that a plugin does not depend on the version of the compiler that the tool carries.
 */
export interface SourceNode {
  /** As the TypeScript compiler calls it: `CallExpression`, `Identifier`, `StringLiteral`. */
  readonly kind: string;
  /** The source text, without the comments and blanks before it. */
  readonly text: string;
  readonly span: Span;
  readonly parent: SourceNode | undefined;
  readonly children: readonly SourceNode[];
  /** One part by the compiler's name for it: `expression`, `name`, `initializer`, `body`. */
  part(name: string): SourceNode | undefined;
  /** A list of parts: `arguments`, `parameters`, `statements`, `members`. Empty where there is none. */
  parts(name: string): readonly SourceNode[];
}

/** One source file, for the length of its collection. */
export interface SourceView {
  /** Relative to the project root, with `/`. */
  readonly file: string;
  readonly text: string;
  readonly root: SourceNode;
  /** All nodes of these kinds, in the order of the text. */
  find(...kinds: readonly string[]): readonly SourceNode[];
}

/**
 * Writes down what it sees in one file, as JSON: it knows no other file, so that its facts can be cached by the file's
 * content. What they mean is for rules to say.
 */
export interface Collector {
  readonly name: string;
  /** To be changed with what it writes down: facts that an older version collected are not used. */
  readonly version: number;
  /** Only files whose text has one of these strings, or fits the expression, are shown to it; without it every file is. */
  readonly text?: RegExp | readonly string[];
  /** `emit` may be called any number of times; the place is what a rule will point at. */
  collect(source: SourceView, emit: (at: SourceNode | Span, value: Json) => void): void;
}

type Given<T, Chosen extends keyof T, Defaulted extends keyof T> = Pick<T, Chosen> & Partial<Pick<T, Defaulted>>;

/** What packages do that the tool does not know: the same that a configuration can say as `knowledge`. */
export interface PluginKnowledge {
  readonly keepers?: readonly Given<
    KeeperKnowledge,
    'concern' | 'api' | 'plugin' | 'versions' | 'stores' | 'later' | 'switches' | 'default' | 'note' | 'docs',
    'options' | 'source'
  >[];
  readonly stores?: readonly Given<StoreKnowledge, 'api' | 'keeps' | 'needs' | 'note', 'source'>[];
  readonly effects?: readonly Given<
    EffectKnowledge,
    'api' | 'kind' | 'idempotent' | 'sql' | 'method' | 'words',
    'writes' | 'source'
  >[];
  readonly schedulers?: readonly Given<
    SchedulerKnowledge,
    'api' | 'decorator' | 'callback' | 'schedule' | 'safe' | 'locks' | 'note',
    'kind' | 'source'
  >[];
  readonly registrations?: readonly Given<
    Registration,
    'api' | 'phase' | 'args' | 'property' | 'everyInstance',
    'label' | 'source'
  >[];
}

/** What a plugin's author writes down. */
export interface PluginParts {
  /** In front of its rules' ids: `acme` gives `acme/rule-id`. */
  readonly name: string;
  readonly rules: readonly Rule[];
  readonly collectors?: readonly Collector[];
  readonly knowledge?: PluginKnowledge;
}

/** A plugin as the tool takes it: rules and collectors carry its name, and every rule brings the collectors along. */
export interface Plugin extends PluginParts {
  /** Of the API that it was written against. */
  readonly apiVersion: number;
}

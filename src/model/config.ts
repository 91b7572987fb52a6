import type { Confidence, Severity } from './finding.js';
import type { Knowledge } from './knowledge.js';
import type { Declaration } from './production.js';

/** What is in force for a run: defaults, then the configuration file, then the command line. Frozen. */
export interface Config {
  /** Severity a rule is reported at, or `off`. Rules not named keep their own. */
  readonly rules: Readonly<Record<string, Severity | 'off'>>;
  /** If not empty, only these rules run. */
  readonly only: readonly string[];
  readonly failOn: Severity | 'never';
  readonly minConfidence: Confidence;
  /** Globs, relative to the project root, of files that are not looked at. */
  readonly ignores: readonly string[];
  /** Functions that make what they run, or what follows them, happen once: `src/locks.ts#withLock`. */
  readonly guards: readonly string[];
  /** Classes and packages that keep things where all instances see them: `src/store.ts#RedisStore`. */
  readonly sharedStores: readonly string[];
  /** The date, or the name of the last migration, up to which everything has been rolled out. */
  readonly migrations?: { readonly since?: string | undefined } | undefined;
  /** What packages do that the tool does not know, or knows otherwise. */
  readonly knowledge: Partial<Knowledge>;
  /** How production runs, where the descriptors do not say or say otherwise. */
  readonly deployment?: Declaration;
  /** Rules that neither a directive nor the baseline may silence. */
  readonly enforce?: readonly string[];
  /** Absolute; without it the baseline is looked for in the root of the project. */
  readonly baseline?: string;
  /** So many warnings pass. */
  readonly maxWarnings?: number;
  /** Severities for some files; the last that names a rule wins. */
  readonly overrides?: readonly Override[];
  /** What configurations further down say of their folders; the nearest one alone counts there. */
  readonly scopes?: readonly Scope[];
}

export type Severities = Config['rules'];

export interface Override {
  /** Globs, relative to the project root. */
  readonly files: readonly string[];
  readonly rules: Severities;
}

/** The part of a configuration that can differ from folder to folder. */
export interface Scope {
  /** Relative to the project root. */
  readonly folder: string;
  readonly rules: Severities;
  readonly overrides: readonly Override[];
  readonly minConfidence: Confidence;
}

import type { Confidence, Severity } from './finding.js';
import type { Knowledge } from './knowledge.js';
import type { Declaration } from './production.js';

/** What a configuration file may say; the schema in `config/` checks it and describes every key. */
export interface ConfigInput {
  /** Where the schema is, for editors. */
  $schema?: string;
  /** Configurations that this one builds upon: paths relative to it, or packages. */
  extends?: string | string[];
  /** The severity each rule is reported at, or `off`. */
  rules?: Record<string, Severity | 'off' | undefined>;
  /** Severities for some files; the last that names a rule wins. */
  overrides?: { files: string | string[]; rules: Record<string, Severity | 'off' | undefined> }[];
  failOn?: Severity | 'never';
  minConfidence?: Confidence;
  /** So many warnings pass. */
  maxWarnings?: number;
  /** Rules that neither a directive nor the baseline may silence. */
  enforce?: string[];
  /** The file of the baseline, relative to this one. */
  baseline?: string;
  /** Patterns of files and folders that are not looked at. */
  ignores?: string[];
  /** Functions that make what they run, or what follows them, happen once: `src/locks.ts#withLock`. */
  guards?: string[];
  /** Classes and packages that keep things where all instances see them: `src/store.ts#RedisStore`. */
  sharedStores?: string[];
  /** Packages and files with further rules. */
  plugins?: string[];
  /** What is known of the migrations of the database. */
  migrations?: { since?: string };
  /** How production runs, where the deployment descriptors do not say it, or say otherwise. */
  deployment?: Omit<Declaration, 'place'>;
  /** What packages do that the tool does not know, in the shape of its own tables. */
  knowledge?: { [Table in keyof Knowledge]?: Partial<Knowledge[Table][number]>[] };
}

/** Gives back what it is given; editors complete and check it by its type. */
export function defineConfig(config: ConfigInput): ConfigInput {
  return config;
}

/** Lines of a file that changed: ranges, both ends inclusive, or all of them. */
export type ChangedLines = 'all' | readonly (readonly [from: number, to: number])[];

/** What changed since something: files by their path relative to the project root. */
export interface Changes {
  readonly files: ReadonlyMap<string, ChangedLines>;
  /** Folders of which everything is new: a repository inside the repository. */
  readonly folders: readonly string[];
  /** Since what, in words: "since main". */
  readonly since: string;
}

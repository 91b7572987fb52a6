import type { Descriptor, DescriptorFile, Environment, Stated, Purpose, Workload } from '../model/deployment.js';
import type { Problem } from '../model/input.js';
import type { Place, Span } from '../model/span.js';
import { Lines, type Raw } from '../parse/lines.js';
import { type Flaw, numberOf, type Tree, textOf } from '../parse/tree.js';

/** The text of one descriptor, and how places in it are made. */
export class Source {
  readonly file: string;
  readonly text: string;
  readonly lines: Lines;
  readonly unread: Place[] = [];
  readonly problems: Problem[] = [];

  constructor({ file, text }: DescriptorFile) {
    this.file = file;
    this.text = text;
    this.lines = new Lines(text);
  }

  place(span: Span): Place {
    return { file: this.file, span };
  }

  of(tree: Tree): Place {
    return { file: tree.file ?? this.file, span: tree.span };
  }

  at({ from, to }: Raw): Place {
    return { file: this.file, span: this.lines.span(from, to) };
  }

  /** A scalar as text; an unknown without value; nothing for nothing. */
  given(tree: Tree | undefined): Stated<string> | undefined {
    if (!tree || (tree.kind === 'value' && tree.value === null)) return undefined;
    const value = textOf(tree);
    return { ...(value === undefined ? {} : { value }), place: this.of(tree) };
  }

  givenNumber(tree: Tree | undefined): Stated<number> | undefined {
    if (!tree || (tree.kind === 'value' && tree.value === null)) return undefined;
    const value = numberOf(tree);
    return { ...(value === undefined ? {} : { value }), place: this.of(tree) };
  }

  /**
   * What is broken is said; the rest counts all the same. A note where the reader is a simple one, which need not know all
   * that the tool itself accepts.
   */
  broken(flaw: Flaw | undefined, language: string, level: Problem['level'] = 'error'): void {
    if (!flaw) return;
    // What is made from a template is not written in its language yet.
    const isTemplate = /\{\{|\{%|<%/.test(this.text);
    this.problems.push({
      kind: 'broken-descriptor',
      level: isTemplate ? 'note' : level,
      file: this.file,
      span: flaw.span,
      message: `cannot be read as ${language}: ${flaw.words}. What it says of the deployment may be missing; mend it, or name it in "ignores".`,
    });
  }

  /** A part that only a tool could work out. */
  note(span: Span, message: string): void {
    this.problems.push({ kind: 'broken-descriptor', level: 'note', file: this.file, span, message });
  }
}

/** What else there is to look at. */
export interface Surroundings {
  /** All files of the project. */
  readonly files: ReadonlySet<string>;
  /** The text of another descriptor. */
  text(file: string): string | undefined;
  /** Whether an image's name is that of the project or of one of its packages. */
  isOwnName(name: string): boolean;
  /** Folders with a Dockerfile, by their names: images are often called like them. */
  readonly imageFolders: ReadonlySet<string>;
}

/** Something that stands apart from the workload it is about: an autoscaler, a claim. */
export interface Loose {
  readonly about: 'autoscaler' | 'budget' | 'claim' | 'settings';
  /** Of a claim and of settings their own name, otherwise that of the workload. */
  readonly name: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: Stated<string>;
  readonly min?: number;
  readonly max?: number;
  /** Of settings: the variables that they give. */
  readonly environment?: Environment;
  readonly file: string;
}

/** Reads one file of a kind. Pure, and never throws for what stands in the file. */
export type Describer = (
  source: Source,
  around: Surroundings,
) => Partial<Descriptor> & { readonly loose?: readonly Loose[] };

export interface Judged {
  readonly purpose: Purpose;
  readonly why: string;
}

type Listed = 'commands' | 'environmentFrom' | 'volumes' | 'probes' | 'pins' | 'ports' | 'copies';

/** A workload with nothing said but what is given. */
export function workload(given: Pick<Workload, 'name' | 'place' | 'as'> & Partial<Workload>): Workload {
  const lists = {
    commands: [],
    environmentFrom: [],
    volumes: [],
    probes: [],
    pins: [],
    ports: [],
    copies: [],
  } satisfies {
    readonly [name in Listed]: readonly never[];
  };
  return { does: 'unknown', owns: 'unknown', ownsWhy: '', environment: {}, labels: {}, ...lists, ...given };
}

/** An object without the properties that are undefined, which a type with exact optional properties asks for. */
export function said<T extends object>(given: { readonly [name in keyof T]: T[name] | undefined }): T {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as T;
}

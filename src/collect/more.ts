import { ts } from 'ts-morph';
import type { FileFacts, MoreFact } from '../model/facts.js';
import type { Input, Problem } from '../model/input.js';
import { limited, TookTooLong } from '../model/limit.js';
import type { Collector, SourceNode, SourceView } from '../model/plugin.js';
import type { Span } from '../model/span.js';

/** A collector that writes down more than this of one file is taken for one that does not end. */
const LIMIT = 10_000;
/** In milliseconds, for one file. */
const LONGEST = 60_000;
/** Those that did not end once: nobody waits a minute for each of a thousand files. */
const endless = new WeakSet<Collector>();
/** Values nested deeper than this are no facts. */
const DEPTH = 50;

/**
 * Lets the collectors that rules bring along look at a file. They are code of plugins: one that fails costs what it would have written
 * down of this file, which is said, and everything else stands.
 */
export function collectMore(
  { file, text }: Input,
  syntax: ts.SourceFile,
  collectors: readonly Collector[],
  limit = LONGEST,
): { facts: Pick<FileFacts, 'more'>; problems: Problem[] } {
  if (collectors.length === 0) return { facts: {}, problems: [] };
  let view: SourceView | undefined;
  const more: Record<string, readonly MoreFact[]> = {};
  const problems: Problem[] = [];
  for (const collector of collectors) {
    try {
      if (endless.has(collector)) throw new Error('it did not end in another file');
      const written = limited(limit, () => {
        if (!isWanted(collector, text)) return [];
        view ??= viewOf(file, syntax);
        return run(collector, view);
      });
      if (written.length > 0) more[collector.name] = written;
    } catch (error) {
      if (error instanceof TookTooLong) endless.add(collector);
      problems.push(crash(collector, file, error));
    }
  }
  return { facts: Object.keys(more).length > 0 ? { more } : {}, problems };
}

/** Whether a text is one that a collector asked for. `search` knows no `lastIndex`: an expression with the flag `g` gives the same answer twice. */
function isWanted({ text: wanted }: Collector, text: string): boolean {
  if (wanted === undefined) return true;
  return wanted instanceof RegExp ? text.search(wanted) !== -1 : wanted.some((part) => text.includes(part));
}

function run(collector: Collector, view: SourceView): MoreFact[] {
  const written: MoreFact[] = [];
  collector.collect(view, (at, value) => {
    const span = 'span' in at ? at.span : at;
    if (!isSpan(span)) throw new TypeError('`emit` takes a node or a span as its first argument');
    if (!isJson(value, DEPTH)) throw new TypeError('`emit` was given a value that is not JSON');
    if (written.length === LIMIT) throw new RangeError(`it wrote down more than ${LIMIT} facts`);
    // A copy: what the plugin does to its own objects later is not in the facts.
    written.push({ span, value: structuredClone(value) });
  });
  return written.sort((a, b) => a.span[0] - b.span[0] || a.span[1] - b.span[1]);
}

function crash({ name }: Collector, file: string, error: unknown): Problem {
  const reason = error instanceof Error ? error.message : String(error);
  return {
    kind: 'collector-crash',
    level: 'error',
    file,
    message: `could not be read by the collector ${name} (${reason}), so what its rules would have found here may be missing. This is a bug of the plugin; please report it there.`,
  };
}

function isSpan(span: unknown): span is Span {
  return Array.isArray(span) && span.length === 4 && span.every((part) => Number.isInteger(part) && part >= 1);
}

function isJson(value: unknown, depth: number): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || depth === 0) return false;
  if (Array.isArray(value)) return value.every((part) => isJson(part, depth - 1));
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return false;
  return Object.values(value).every((part) => isJson(part, depth - 1));
}

/** The file as plugins see it. Nodes are wrapped when they are asked for: most collectors look at a few. */
function viewOf(file: string, syntax: ts.SourceFile): SourceView {
  const known = new Map<ts.Node, SourceNode>();
  const wrapped = (node: ts.Node, parent?: SourceNode): SourceNode => {
    let view = known.get(node);
    if (!view) {
      view = new NodeView(node, parent, syntax, wrapped);
      known.set(node, view);
    }
    return view;
  };
  const root = wrapped(syntax);
  return {
    file,
    text: syntax.text,
    root,
    find(...kinds) {
      const found: SourceNode[] = [];
      const waiting: SourceNode[] = [root];
      // By hand: code may be nested deeper than the stack.
      for (let node = waiting.pop(); node; node = waiting.pop()) {
        if (kinds.includes(node.kind)) found.push(node);
        for (const child of [...node.children].reverse()) waiting.push(child);
      }
      return found;
    },
  };
}

type Wrap = (node: ts.Node, parent?: SourceNode) => SourceNode;

class NodeView implements SourceNode {
  readonly kind: string;

  constructor(
    private readonly node: ts.Node,
    readonly parent: SourceNode | undefined,
    private readonly source: ts.SourceFile,
    private readonly wrap: Wrap,
  ) {
    this.kind = KINDS.get(node.kind) ?? String(node.kind);
  }

  get text(): string {
    return this.source.text.slice(this.node.getStart(this.source), this.node.end);
  }

  get span(): Span {
    const from = this.source.getLineAndCharacterOfPosition(this.node.getStart(this.source));
    const to = this.source.getLineAndCharacterOfPosition(this.node.end);
    return [from.line + 1, from.character + 1, to.line + 1, to.character + 1];
  }

  get children(): readonly SourceNode[] {
    const children: SourceNode[] = [];
    ts.forEachChild(this.node, (child) => void children.push(this.wrap(child, this)));
    return children;
  }

  part(name: string): SourceNode | undefined {
    const part = this.own(name);
    return isNode(part) ? this.wrap(part, this) : undefined;
  }

  parts(name: string): readonly SourceNode[] {
    const parts = this.own(name);
    return Array.isArray(parts) ? parts.filter(isNode).map((part) => this.wrap(part, this)) : [];
  }

  /** Only children are parts: the compiler's nodes refer to much else. */
  private own(name: string): unknown {
    if (name === 'parent' || !Object.hasOwn(this.node, name)) return undefined;
    return (this.node as ts.Node & Record<string, unknown>)[name];
  }
}

function isNode(value: unknown): value is ts.Node {
  return typeof value === 'object' && value !== null && 'kind' in value && 'pos' in value && 'end' in value;
}

/** `SyntaxKind` gives some numbers several names, markers like `FirstStatement` among them; the first is the real one. */
const KINDS = new Map<number, string>();
for (const [name, kind] of Object.entries(ts.SyntaxKind)) {
  if (typeof kind === 'number' && !KINDS.has(kind)) KINDS.set(kind, name);
}

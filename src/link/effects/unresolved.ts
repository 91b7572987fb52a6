import { ApiTable, expand, packageOf } from '../../knowledge/api-table.js';
import {
  harmless,
  harmlessGlobals,
  harmlessMethods,
  loggerMethods,
  loggerName,
  telling,
} from '../../knowledge/harmless.js';
import { observers } from '../../knowledge/observers.js';
import type { Expr } from '../../model/facts.js';
import type { Knowledge } from '../../model/knowledge.js';
import type { Call } from '../../model/program.js';
import type { CallGraph } from '../calls/graph.js';
import { text } from '../tables.js';
import type { Values } from '../values/values.js';

const GLOBALS = new Set(harmlessGlobals);
const METHODS = new Set(harmlessMethods);
const LOGGER = new RegExp(loggerName, 'i');
const LOG_METHODS = new Set(loggerMethods);
/** Methods of a known package that are in no table and sound as if they changed something. */
const SOUNDS_LIKE_WRITING =
  /^(?:create|insert|update|upsert|save|set|delete|del|remove|destroy|add|put|push|pop|send|publish|post|patch|write|exec|execute|run|call|increment|incr|decr|drop|replace|merge|store|commit|flush|emit|enqueue|schedule|start|trigger|invoke|raw|query|bulk|batch|upload|copy|move)/i;

/** Calls that could not be followed and could do anything: the third answer of effects. */
export class Unresolved {
  private readonly known: ReadonlySet<string>;
  private readonly harmless: readonly string[];
  private readonly schedulers: ApiTable<true>;
  /** What makes a client, a model or a query: the effects are those of its methods. */
  private readonly makers: ReadonlySet<string>;
  private readonly memo = new Map<string, boolean>();

  constructor(
    private readonly values: Values,
    private readonly graph: CallGraph,
    { effects, schedulers }: Knowledge,
  ) {
    this.schedulers = new ApiTable(schedulers.map(({ api }) => ({ patterns: [api], entry: true })));
    this.known = new Set([...effects.flatMap(({ api }) => expand(api).map(packageOf)), ...telling]);
    this.makers = new Set(
      effects.flatMap(({ api }) =>
        expand(api).flatMap((path) => [...path.matchAll(/\(\)/g)].map(({ index }) => path.slice(0, index))),
      ),
    );
    this.harmless = [...harmless, ...observers].flatMap(({ api }) => expand(api));
  }

  /** Nothing is known of what the call does; the caller has made sure that it has no effect of its own that is known. */
  is(call: Call): boolean {
    const { callee, decorates } = call.fact;
    if (decorates || this.graph.callees(call).length > 0) return false;
    if (this.isBuiltin(call) || this.isLogger(call)) return false;
    return this.values.of(call.unit, callee).some(({ value }) => {
      switch (value.kind) {
        case 'external':
          return !this.isHarmless(value.api);
        // A class without a constructor of its own only makes an object.
        case 'class':
        case 'function':
        case 'literal':
          return false;
        default:
          return true;
      }
    });
  }

  /** A method of JavaScript's own objects, by a name that hardly anything else has. */
  private isBuiltin(call: Call): boolean {
    const { callee } = call.fact;
    if (callee.k !== 'member') return false;
    if (METHODS.has(callee.name)) return true;
    const of: Expr = callee.of;
    if (of.k === 'array' || of.k === 'object' || of.k === 'lit' || of.k === 'text') return true;
    // A collection or a text of this process: what it holds is not called by this.
    return this.values
      .of(call.unit, of)
      .every(
        ({ value }) =>
          value.kind === 'array' ||
          value.kind === 'literal' ||
          (value.kind === 'external' &&
            /^global:(?:Map|Set|WeakMap|WeakSet|Array|Date|Promise|RegExp|URLSearchParams|URL|Headers|FormData|AbortController|Int8Array|Uint8Array|Buffer\.\w+|String|Error)\(\)$/.test(
              value.api,
            )),
      );
  }

  private isLogger(call: Call): boolean {
    const { callee } = call.fact;
    return callee.k === 'member' && LOG_METHODS.has(callee.name) && LOGGER.test(text(call.unit, callee.of));
  }

  /** Belongs to a package of which nothing touches more than its own process, or is such an object. */
  isOfHarmless(api: string): boolean {
    return this.harmless.some((one) =>
      one.endsWith(':') ? api.startsWith(one) : one.endsWith(')') && isBelow(api, one),
    );
  }

  private isHarmless(api: string): boolean {
    const known = this.memo.get(api);
    if (known !== undefined) return known;
    const found = this.judge(api);
    this.memo.set(api, found);
    return found;
  }

  private judge(api: string): boolean {
    const name = packageOf(api);
    if (name === 'env' || this.schedulers.first(api) || this.makers.has(api)) return true;
    const last = /(?:^|[.:])([\w$]+)$/.exec(api)?.[1];
    if (name === 'global') {
      const path = api.slice('global:'.length);
      // The functions that a promise's own function is handed.
      if (/^Promise\/0\.[01]$/.test(path)) return true;
      const [root = '', ...steps] = path.split('.');
      if (!GLOBALS.has(root.replace(/\(\)$/, ''))) return false;
      return steps.length === 0
        ? !path.endsWith(')')
        : steps.length === 1 && !root.endsWith(')') && !path.endsWith(')');
    }
    if (this.harmless.some((one) => isBelow(api, one))) return true;
    // Of a package in the tables, what is not in them and does not sound like writing does not write.
    return this.known.has(name) && (last === undefined || !SOUNDS_LIKE_WRITING.test(last));
  }
}

function isBelow(api: string, entry: string): boolean {
  if (!api.startsWith(entry)) return false;
  return entry.endsWith(':') || api.length === entry.length || /[.(/]/.test(api[entry.length] as string);
}

import { posix } from 'node:path';
import type { Expr } from '../../model/facts.js';
import type { Call, Fn, Program, Unit, Value } from '../../model/program.js';
import { callIn } from '../chains.js';
import { heldBy } from './file-paths.js';

/*
 * Where on the disk an expression points, in one spelling, so that the place that writes a file and the place that reads it
 * can be brought together. `@` is the project's root, `<…>` something that is not known but has a name of its own, such
 * as a setting, and `*` a part that can be anything.
 */

const DEEPEST = 10;
const MOST_CALLERS = 8;

/** The place; undefined where nothing of it is known. */
export function placeOnDisk(program: Program, unit: Unit, expr: Expr): string | undefined {
  const spelled = new Speller(program).of(unit, expr, 0);
  const place = rooted(unit, spelled);
  return /[^*/.@]/.test(place) ? place : undefined;
}

/** A place in words: `reports/….xlsx`, `$DATA_DIR/settings.json`. */
export function placeInWords(place: string): string {
  const words = place
    .replace(/^@\/(?:\.\/)?/, '')
    .replace(/<env:(\w+)\b[^>]*>/g, '$$$1')
    .replace(/<os:(\w+)\(\)>/g, 'os.$1()')
    .replace(/[<>]/g, '')
    .replaceAll('*', '…')
    .replace(/(?:…\/)+…/g, '…');
  return `\`${words}\``;
}

/** Whether two places can be the same file, or the first be a folder that the second lies in. */
export function isWithin(outer: string, inner: string, isFolder: boolean): boolean {
  const [a, b] = [outer.split('/'), inner.split('/')];
  if (a.length > b.length || (!isFolder && a.length !== b.length)) return false;
  let isKnown = false;
  for (const [at, part] of a.entries()) {
    const other = b[at] as string;
    if (!fits(part, other)) return false;
    // That both lie somewhere in the project says nothing.
    if (part === other && part !== '*' && part !== '@' && part !== '') isKnown = true;
  }
  return isKnown;
}

/** `app-*.json` against `app-3.json`; `*` against anything. */
function fits(a: string, b: string): boolean {
  if (a === b || a === '*' || b === '*') return true;
  if (!a.includes('*') && !b.includes('*')) return false;
  const ends = (part: string) => [part.split('*')[0] as string, part.split('*').at(-1) as string] as const;
  const [start, end] = ends(a);
  const [otherStart, otherEnd] = ends(b);
  if (!b.includes('*')) return b.startsWith(start) && b.endsWith(end);
  if (!a.includes('*')) return a.startsWith(otherStart) && a.endsWith(otherEnd);
  return (
    (start.startsWith(otherStart) || otherStart.startsWith(start)) && (end.endsWith(otherEnd) || otherEnd.endsWith(end))
  );
}

function rooted(unit: Unit, path: string): string {
  const based = /^(?:[/@<*]|[A-Za-z]:)/.test(path) ? path : posix.join('@', unit.manifest?.dir ?? '.', path);
  const parts: string[] = [];
  for (const part of based.replaceAll('\\', '/').split('/')) {
    if (part === '' && parts.length > 0) continue;
    if (part === '.') continue;
    if (part === '..' && parts.length > 1 && parts.at(-1) !== '..' && !/[*<]/.test(parts.at(-1) as string)) parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}

class Speller {
  private readonly active = new Set<Expr>();

  constructor(private readonly program: Program) {}

  of(unit: Unit, expr: Expr, depth: number): string {
    if (depth > DEEPEST || this.active.has(expr)) return '*';
    this.active.add(expr);
    const found = this.find(unit, expr, depth + 1);
    this.active.delete(expr);
    return found;
  }

  private find(unit: Unit, expr: Expr, depth: number): string {
    const inner = (part: Expr) => this.of(unit, part, depth);
    if (expr.k === 'lit') return String(expr.v);
    if (expr.k === 'text') return expr.parts.map(inner).join('');
    if (expr.k === 'await' || expr.k === 'spread') return inner(expr.of);
    if (expr.k === 'global' && expr.name === '__dirname') return posix.join('@', posix.dirname(unit.file));
    if (expr.k === 'global' && expr.name === '__filename') return posix.join('@', unit.file);
    if (/^import\.meta\.(?:url|filename)$/.test(this.program.text(unit, expr))) return posix.join('@', unit.file);
    if (/^import\.meta\.dirname$/.test(this.program.text(unit, expr))) return posix.join('@', posix.dirname(unit.file));
    if (expr.k === 'call') {
      const call = unit.facts.calls[expr.c];
      const joined = call && this.joined(unit, call.callee, call.args, depth);
      if (joined !== undefined) return joined;
    }
    const known = this.fromValues(
      this.program.values(unit, expr).map(({ value }) => value),
      depth,
    );
    if (known !== undefined) return known;
    return this.byName(unit, expr, depth);
  }

  /** What a path function makes of its arguments. */
  private joined(unit: Unit, callee: Expr, args: readonly Expr[], depth: number): string | undefined {
    const name = /(?:^|\.)(\w+)$/.exec(this.program.text(unit, callee))?.[1];
    const parts = () => args.map((arg) => this.of(unit, arg, depth));
    const [first, second] = args;
    switch (name) {
      case 'join':
        // `list.join('/')` is no path.
        return args.length > 1 ? parts().join('/') : undefined;
      case 'resolve': {
        if (args.length === 0) return undefined;
        const all = parts();
        const from = all.findLastIndex((part) => /^[/@<]/.test(part));
        return all.slice(Math.max(from, 0)).join('/');
      }
      case 'URL':
        return first && second
          ? posix.join(posix.dirname(this.of(unit, second, depth)), this.of(unit, first, depth))
          : undefined;
      case 'normalize':
      case 'fileURLToPath':
      case 'toNamespacedPath':
        return first && this.of(unit, first, depth);
      case 'dirname': {
        const path = first && this.of(unit, first, depth);
        return path?.includes('/') ? posix.dirname(path) : undefined;
      }
      case 'cwd':
        return posix.join('@', unit.manifest?.dir ?? '.');
      default:
        return undefined;
    }
  }

  private fromValues(values: readonly Value[], depth: number): string | undefined {
    const found = new Set<string>();
    let setting: string | undefined;
    for (const value of values) {
      if (value.kind === 'literal' && typeof value.value === 'string' && value.value !== '') found.add(value.value);
      if (value.kind !== 'external') continue;
      if (value.api.startsWith('env:')) setting = `<${value.api}>`;
      const { call } = value;
      const made = call && this.joined(call.unit, call.fact.callee, call.fact.args, depth);
      if (made !== undefined && /[^*/]/.test(made)) found.add(made);
      else if (/^os:(?:homedir|tmpdir)\(\)$/.test(value.api)) found.add(`<${value.api}>`);
    }
    const [only] = found;
    // Several possible places: a setting's own default is the one to speak of.
    if (only !== undefined && found.size === 1) return only;
    return found.size === 0 ? setting : undefined;
  }

  private byName(unit: Unit, expr: Expr, depth: number): string {
    switch (expr.k) {
      case 'logic': {
        const right = this.of(unit, expr.right, depth);
        return /[^*/]/.test(right) ? right : this.of(unit, expr.left, depth);
      }
      case 'choose': {
        const yes = this.of(unit, expr.yes, depth);
        return /[^*/]/.test(yes) ? yes : this.of(unit, expr.no, depth);
      }
      case 'id': {
        const binding = unit.facts.bindings[expr.b];
        if (!binding) return '*';
        if (binding.param && !binding.param.path) return this.passed(unit, binding.fn, binding.param.index, depth);
        if (binding.init && binding.init.k !== 'fn' && binding.init.k !== 'class')
          return this.of(unit, binding.init, depth);
        return '*';
      }
      case 'member': {
        const held = heldBy(this.program, unit, expr);
        if (held) {
          const path = this.of(held.unit, held.expr, depth);
          if (/[^*/]/.test(path)) return path;
        }
        return this.isLasting(unit, expr.of) ? `<${this.program.text(unit, expr).replaceAll('/', '|')}>` : '*';
      }
      case 'call': {
        const call = callIn(this.program, unit, expr);
        const [fn, ...others] = call ? this.program.callees(call) : [];
        return fn && others.length === 0 ? this.made(fn, depth) : '*';
      }
      default:
        return '*';
    }
  }

  /** What a helper gives: `const fileOf = (id) => path.join(folder, id)`. */
  private made(fn: Fn, depth: number): string {
    const [given, ...others] = fn.fact.returns.flatMap(({ value }) => value ?? []);
    return given && others.length === 0 ? this.of(fn.unit, given, depth) : '*';
  }

  /** What the callers hand over, where they agree. */
  private passed(unit: Unit, id: number, index: number, depth: number): string {
    const callers: readonly Call[] = this.program.callers(this.program.fn(unit, id));
    if (callers.length === 0 || callers.length > MOST_CALLERS) return '*';
    const found = new Set(
      callers.map((call) => {
        const arg = call.fact.args[index];
        return arg ? this.of(call.unit, arg, depth) : '*';
      }),
    );
    return found.size === 1 ? ([...found][0] as string) : '*';
  }

  /** What is named by a binding of the module or by `this` means the same wherever it is said. */
  private isLasting(unit: Unit, expr: Expr): boolean {
    if (expr.k === 'member') return this.isLasting(unit, expr.of);
    if (expr.k === 'this') return true;
    const binding = expr.k === 'id' ? unit.facts.bindings[expr.b] : undefined;
    return binding !== undefined && !binding.param && (binding.fn === 0 || binding.from !== undefined);
  }
}

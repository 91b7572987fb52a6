import { collect } from '../src/collect/index.js';
import { collectScripts } from '../src/collect/scripts.js';
import { describe } from '../src/describe/index.js';
import { projectFrom } from '../src/discover/from-texts.js';
import { languageOf } from '../src/discover/languages.js';
import { type Declarations, link } from '../src/link/index.js';
import type { Expr, FileFacts } from '../src/model/facts.js';
import type { Input, Problem, Project } from '../src/model/input.js';
import type { Alternative, Call, Condition, Fn, Program, Unit } from '../src/model/program.js';
import { parse } from '../src/parse/index.js';

/*
 * Facts and programs from sources that stand in a test, without the disk; and short texts for what they hold, so that an
 * expectation is a line to read and not a tree.
 */

export type Declared = Declarations;

/** Texts by path; an object is written as JSON. */
export type Sources = Readonly<Record<string, string | object>>;

export function read(text: string, file = 'file.ts'): { facts?: FileFacts; problems: Problem[] } {
  const language = languageOf(file) ?? (file.includes('.') ? undefined : 'javascript');
  if (!language) throw new Error(`${file} is no source file`);
  const input: Input = { file, language, text };
  const { syntax, problems } = parse(input);
  if (!syntax) return { problems };
  const collected = collect(input, syntax);
  return { ...collected, problems: [...problems, ...collected.problems] };
}

/** The facts of a file that is read without any problem. */
export function factsOf(text: string, file?: string): FileFacts {
  const { facts, problems } = read(text, file);
  if (!facts || problems.length > 0) throw new Error(problems.map(({ message }) => message).join('\n'));
  return facts;
}

export function projectOf(sources: Sources): Promise<Project> {
  return projectFrom(textsOf(sources));
}

function textsOf(sources: Sources): Map<string, string> {
  return new Map(
    Object.entries(sources).map(([file, text]) => [file, typeof text === 'string' ? text : JSON.stringify(text)]),
  );
}

/** The program of some files, or of `server.ts` alone. */
export async function programOf(sources: Sources | string, declared: Partial<Declared> = {}): Promise<Program> {
  const project = await projectOf(typeof sources === 'string' ? { 'server.ts': sources } : sources);
  const facts = project.inputs.map(({ text, file }) => factsOf(text, file));
  const scripts = new Map(project.manifests.map((manifest) => [manifest, collectScripts(manifest)]));
  const { descriptors } = await describe(project);
  return link(project, facts, scripts, { guards: [], sharedStores: [], ...declared }, descriptors);
}

/** The only call in the program that is written like this, arguments aside: `probe`, `this.users.find`. */
export function callOf(program: Program, written: string): Call {
  const found = program.units
    .flatMap((unit) => callsIn(program, unit))
    .filter((call) => calleeOf(program, call) === written);
  const [only] = found;
  if (!only || found.length > 1) throw new Error(`${found.length} calls of ${written}`);
  return only;
}

function callsIn(program: Program, unit: Unit): Call[] {
  return unit.facts.functions.flatMap((_, id) => program.callsIn(program.fn(unit, id)));
}

function calleeOf(program: Program, call: Call): string {
  return program.text(call.unit, call.fact.callee);
}

/** The only function of this name (`Class.method`, `name`). */
export function fnOf(program: Program, name: string): Fn {
  const all = program.units.flatMap((unit) => unit.facts.functions.map((_, id) => program.fn(unit, id)));
  const found = all.filter((fn) => fn.name === name);
  const [only] = found;
  if (!only || found.length > 1)
    throw new Error(`${found.length} functions called ${name} among ${all.map((fn) => fn.name).join(', ')}`);
  return only;
}

/** What the argument of the one call `probe(…)` can be, each with its conditions. */
export function probed(program: Program): string[] {
  const { unit, fact } = callOf(program, 'probe');
  return program.values(unit, fact.args[0] as Expr).map((alternative) => valueText(program, alternative));
}

export function valueText(program: Program, { value, when }: Alternative): string {
  const words = (): string => {
    switch (value.kind) {
      case 'external':
        return value.api;
      case 'function':
        return `function ${value.fn.name}`;
      case 'class':
        return `class ${value.cls.fact.name}`;
      case 'instance':
        return `new ${value.cls.fact.name}`;
      case 'object':
        return `{ ${value.expr.props.map(({ name }) => name ?? '...').join(', ')} }`;
      case 'array':
        return `[${value.items.map((item) => program.text(value.unit, item)).join(', ')}]`;
      case 'module':
        return `module ${value.unit.file}`;
      case 'literal':
        return JSON.stringify(value.value);
      default:
        return value.kind;
    }
  };
  return [words(), ...when.map((condition) => conditionText(program, condition))].join(' ');
}

function conditionText(program: Program, { unit, fact }: Condition): string {
  return `${fact.sense ? 'if' : 'unless'} ${program.text(unit, fact.test)}`;
}

/** Facts in words: a name that the file declares is followed by the line of its declaration, `x@2`. */
export function exprText(facts: FileFacts, expr: Expr | undefined): string {
  if (!expr) return '-';
  const inner = (part: Expr): string => exprText(facts, part);
  const list = (parts: readonly Expr[]): string => parts.map(inner).join(', ');
  switch (expr.k) {
    case 'lit':
      return JSON.stringify(expr.v);
    case 'undefined':
      return 'undefined';
    case 'id': {
      const binding = facts.bindings[expr.b];
      return `${binding?.name}@${binding?.span[0]}`;
    }
    case 'global':
      return expr.name;
    case 'this':
    case 'super': {
      const cls =
        expr.cls === undefined ? '' : `<${'static' in expr ? 'static ' : ''}${facts.classes[expr.cls]?.name}>`;
      return `${expr.k}${cls}`;
    }
    case 'member':
      return `${inner(expr.of)}.${expr.name}`;
    case 'index':
      return `${inner(expr.of)}[${inner(expr.key)}]`;
    case 'call': {
      const call = facts.calls[expr.c];
      return call ? `${call.new ? 'new ' : ''}${inner(call.callee)}(${list(call.args)})` : '?';
    }
    case 'fn':
      return `fn ${facts.functions[expr.f]?.name}`;
    case 'class':
      return `class ${facts.classes[expr.c]?.name}`;
    case 'object':
      return `{${expr.props.map(({ name, value }) => (name === undefined ? `...${inner(value)}` : `${name}: ${inner(value)}`)).join(', ')}}`;
    case 'array':
      return `[${list(expr.items)}]`;
    case 'text':
      return `text(${list(expr.parts)})`;
    case 'choose':
      return `(${inner(expr.test)} ? ${inner(expr.yes)} : ${inner(expr.no)})`;
    case 'logic':
    case 'binary':
      return `(${inner(expr.left)} ${expr.op} ${inner(expr.right)})`;
    case 'unary':
      return `${expr.op}(${inner(expr.of)})`;
    case 'await':
      return `await ${inner(expr.of)}`;
    case 'spread':
      return `...${inner(expr.of)}`;
    case 'other':
      return `other(${list(expr.parts)})`;
  }
}

/** Conditions in words, outermost first: `if x`, `unless y`. */
export function whenText(facts: FileFacts, when: readonly number[]): string[] {
  return when.map((id) => {
    const { sense, test } = facts.conditions[id] as FileFacts['conditions'][number];
    return `${sense ? 'if' : 'unless'} ${exprText(facts, test)}`;
  });
}

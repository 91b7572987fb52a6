import {
  type Assignment,
  type Command,
  type CompoundList,
  type Function as ShellFunction,
  parse,
  type Redirect,
  type Statement,
  type SyntaxNode,
  type TestExpression,
  type Word,
} from 'unbash';
import type { Raw } from './lines.js';

/*
 * A shell script as the simple commands in it, in the order they stand, each with the tests that decide whether it runs. Functions
 * are put where they are called.
 */

export interface ShellStep extends Raw {
  readonly words: readonly string[];
  readonly exec?: true;
  readonly background?: true;
  readonly piped?: true;
  readonly tests: readonly ShellTest[];
  readonly sets: readonly ShellSet[];
  readonly outputs: readonly string[];
}

export interface ShellTest extends Raw {
  readonly words: readonly string[];
  readonly holds: boolean;
}

export interface ShellSet extends Raw {
  readonly name: string;
  readonly value: string;
  /** Made from other variables or commands. */
  readonly computed?: true;
}

export interface ShellScript {
  readonly steps: readonly ShellStep[];
  readonly shebang?: string;
  readonly flaw?: { readonly at: number; readonly words: string };
}

export const TOO_DEEP = 'it is nested too deeply';

const MOST = 5_000;
const DEEPEST = 100;

/** Never throws: what cannot be understood is left out, and told as a flaw. */
export function parseScript(text: string): ShellScript {
  try {
    const script = parse(text);
    const walk = new Walk();
    walk.statements(script.commands, { tests: [] }, 0);
    const error = script.errors?.[0];
    return {
      steps: walk.steps,
      ...(script.shebang !== undefined ? { shebang: script.shebang } : {}),
      ...(error ? { flaw: { at: Math.min(error.pos, text.length), words: wordsOf(error.message) } } : {}),
    };
  } catch (error) {
    return {
      steps: [],
      flaw: { at: 0, words: error instanceof RangeError ? TOO_DEEP : String(error) },
    };
  }
}

function wordsOf(message: string): string {
  return /nesting depth|call stack/.test(message) ? TOO_DEEP : message.replace(/\.$/, '');
}

interface Around {
  readonly tests: readonly ShellTest[];
  readonly background?: true;
  readonly piped?: true;
}

const TESTS = /^(?:\[|\[\[|test)$/;

class Walk {
  readonly steps: ShellStep[] = [];
  private readonly functions = new Map<string, ShellFunction>();
  private readonly open = new Set<string>();

  statements(list: readonly Statement[], around: Around, depth: number): void {
    for (const { command, background } of list)
      this.node(command, background ? { ...around, background: true } : around, depth + 1);
  }

  private list({ commands }: CompoundList, around: Around, depth: number): void {
    this.statements(commands, around, depth);
  }

  private node(node: SyntaxNode, around: Around, depth: number): void {
    if (depth > DEEPEST || this.steps.length >= MOST) return;
    switch (node.type) {
      case 'Command':
        return this.command(node, around, depth);
      case 'AndOr':
        return this.chain(node.commands, node.operators, around, depth);
      case 'Pipeline':
        for (const command of node.commands)
          this.node(command, node.commands.length > 1 ? { ...around, piped: true } : around, depth + 1);
        return;
      case 'Redirected':
        return this.node(node.command, around, depth + 1);
      case 'Subshell':
      case 'BraceGroup':
        return this.list(node.body, around, depth);
      case 'If': {
        const tests = this.condition(node.clause, around, depth);
        this.list(node.then, { ...around, tests: [...around.tests, ...tests] }, depth);
        let failed = [...around.tests, ...denied(tests)];
        for (const { clause, then } of node.elif) {
          const more = this.condition(clause, around, depth);
          this.list(then, { ...around, tests: [...failed, ...more] }, depth);
          failed = [...failed, ...denied(more)];
        }
        if (node.else) this.list(node.else, { ...around, tests: failed }, depth);
        return;
      }
      case 'For':
      case 'ArithmeticFor':
      case 'Select':
        return this.list(node.body, around, depth);
      case 'While': {
        const tests = this.condition(node.clause, around, depth);
        const holds = node.kind === 'while' ? tests : denied(tests);
        return this.list(node.body, { ...around, tests: [...around.tests, ...holds] }, depth);
      }
      case 'Case':
        for (const { pattern, body, pos, end } of node.items) {
          const words = ['case', wordText(node.word), 'in', ...pattern.map(wordText)];
          const test: ShellTest = { words, holds: true, from: pos, to: pattern.at(-1)?.end ?? end };
          this.list(body, { ...around, tests: [...around.tests, test] }, depth);
        }
        return;
      case 'Function':
        this.functions.set(wordText(node.name), node);
        return;
      case 'Coproc':
        return this.node(node.body, { ...around, background: true }, depth + 1);
      case 'CompoundList':
        return this.list(node, around, depth);
      default:
    }
  }

  /** `a && b || c`: a test decides about what stands behind it, in front of `||` about what stands in front of that. */
  private chain(
    commands: readonly SyntaxNode[],
    operators: readonly ('&&' | '||')[],
    around: Around,
    depth: number,
  ): void {
    let held: readonly ShellTest[] = [];
    commands.forEach((command, index) => {
      const before = operators[index - 1];
      if (before === '||') held = denied(held);
      const test = testOf(command);
      if (!test) return this.node(command, { ...around, tests: [...around.tests, ...held] }, depth + 1);
      // Behind a command that is no test, nothing is known of it.
      held = before === '&&' || before === undefined ? [...held, ...test] : test;
    });
  }

  /** The tests in a condition; other commands in it are run, and decide as well. */
  private condition({ commands }: CompoundList, around: Around, depth: number): readonly ShellTest[] {
    const found: ShellTest[] = [];
    for (const { command } of commands) {
      const test = testOf(command);
      if (test) found.push(...test);
      else {
        this.node(command, around, depth + 1);
        const last = this.steps.at(-1);
        if (last && last.from >= command.pos)
          found.push({ words: last.words, holds: !isNegated(command), from: command.pos, to: command.end });
      }
    }
    return found;
  }

  private command(command: Command, around: Around, depth: number): void {
    const { name, args, prefix, redirects } = command;
    const called = name ? this.functions.get(wordText(name)) : undefined;
    if (name && called && !this.open.has(wordText(name))) {
      const from = this.steps.length;
      this.open.add(wordText(name));
      this.node(called.body, around, depth + 1);
      this.open.delete(wordText(name));
      const handed = args.map((word) => (word.type === 'Assignment' ? word.text : wordText(word)));
      for (let at = from; at < this.steps.length; at++) this.steps[at] = withArguments(this.steps[at]!, handed);
      return;
    }
    const words = [...(name ? [name] : []), ...args].map((word) =>
      word.type === 'Assignment' ? word.text.replace(/=(['"])(.*)\1$/, '=$2') : wordText(word),
    );
    const sets = prefix.flatMap((part) => (part.type === 'Assignment' ? [setOf(part)] : []));
    if (words.length === 0 && sets.length === 0) return;
    const exec = words[0] === 'exec' && words.length > 1;
    const outputs = redirects.flatMap((redirect) => outputOf(redirect as Redirect));
    this.steps.push({
      words: exec ? withoutOptions(words.slice(1)) : words,
      ...(exec ? { exec: true as const } : {}),
      ...(around.background ? { background: true as const } : {}),
      ...(around.piped ? { piped: true as const } : {}),
      tests: around.tests,
      sets,
      outputs,
      from: command.pos,
      to: command.end,
    });
  }
}

/** A step of a function that was called with these words. */
function withArguments(step: ShellStep, handed: readonly string[]): ShellStep {
  if (!step.words.some((word) => /^\$[@*\d]$/.test(word))) return step;
  const words = step.words.flatMap((word) => {
    if (word === '$@' || word === '$*') return handed;
    const index = /^\$([1-9])$/.exec(word)?.[1];
    return index === undefined ? [word] : handed.slice(Number(index) - 1, Number(index));
  });
  return { ...step, words };
}

/** `exec -a name node …` */
function withoutOptions(words: readonly string[]): readonly string[] {
  if (words[0] === '-a') return words.slice(2);
  return words[0] === '-c' || words[0] === '-l' || words[0] === '--' ? words.slice(1) : words;
}

function denied(tests: readonly ShellTest[]): readonly ShellTest[] {
  // Of several that must all hold, any one may have failed.
  const [only] = tests;
  return tests.length === 1 && only ? [{ ...only, holds: !only.holds }] : [];
}

function isNegated(node: SyntaxNode): boolean {
  return node.type === 'Pipeline' && node.prefixes.some(({ type }) => type === 'Negation');
}

function testOf(node: SyntaxNode): readonly ShellTest[] | undefined {
  if (node.type === 'Pipeline' && node.commands.length === 1 && isNegated(node)) {
    const inner = testOf(node.commands[0] as SyntaxNode);
    return inner && denied(inner);
  }
  if (node.type === 'AndOr' && node.operators.every((operator) => operator === '&&')) {
    const parts = node.commands.map(testOf);
    return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
  }
  if (node.type === 'Command' && node.name && TESTS.test(wordText(node.name))) {
    const words = [node.name, ...node.args].map((word) => (word.type === 'Assignment' ? word.text : wordText(word)));
    return [{ words, holds: true, from: node.pos, to: node.end }];
  }
  if (node.type === 'TestCommand')
    return [{ words: ['[[', ...testWords(node.expression), ']]'], holds: true, from: node.pos, to: node.end }];
  if (node.type === 'ArithmeticCommand')
    return [{ words: ['((', node.body.trim(), '))'], holds: true, from: node.pos, to: node.end }];
  return undefined;
}

function testWords(expression: TestExpression): readonly string[] {
  switch (expression.type) {
    case 'TestUnary':
      return [expression.operator, wordText(expression.operand)];
    case 'TestBinary':
      return [wordText(expression.left), expression.operator, wordText(expression.right)];
    case 'TestLogical':
      return expression.operands.flatMap((operand, index) => [
        ...(index > 0 ? [expression.operator] : []),
        ...testWords(operand),
      ]);
    case 'TestNot':
      return [...expression.negations.map(() => '!'), ...testWords(expression.operand)];
    case 'TestGroup':
      return ['(', ...testWords(expression.expression), ')'];
  }
}

function wordText(word: Word): string {
  return word.value ?? word.text;
}

function setOf({ name, value, pos, end }: Assignment): ShellSet {
  if (value.type !== 'Word') return { name, value: '', computed: true, from: pos, to: end };
  const text = wordText(value);
  return { name, value: text, ...(/[$`]/.test(text) ? { computed: true as const } : {}), from: pos, to: end };
}

function outputOf({ type, operator, target }: Redirect): readonly string[] {
  if (type !== 'Redirect' || !target || !/^(?:>>?|>\||&>>?)$/.test(operator)) return [];
  const file = wordText(target);
  return /^(?:\d+|-|\/dev\/(?:null|stdout|stderr|tty))$/.test(file) ? [] : [file];
}

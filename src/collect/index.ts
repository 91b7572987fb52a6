import type { FileFacts, FunctionFact } from '../model/facts.js';
import type { Input, Problem } from '../model/input.js';
import type { Collector } from '../model/plugin.js';
import { type Syntax, tooDeep } from '../parse/index.js';
import { directiveOf } from './declarations.js';
import { collectDirectives } from './directives.js';
import { collectMore } from './more.js';
import type { Mutable } from './scope.js';
import { visitBody } from './statements.js';
import { Walk } from './walk.js';

/** Turns one file's syntax into facts, in one walk; collectors that rules bring along look at it afterwards. */
export function collect(
  input: Input,
  syntax: Syntax,
  collectors: readonly Collector[] = [],
): { facts?: FileFacts; problems: Problem[] } {
  const walk = new Walk(syntax);
  const module: Mutable<FunctionFact> = {
    name: input.file,
    kind: 'module',
    parent: 0,
    params: [],
    returns: [],
    when: [],
    span: walk.range(0, syntax.end),
    nameSpan: [1, 1, 1, 1],
  };
  const directive = directiveOf(syntax.statements);
  if (directive) module.directive = directive;
  walk.functions.push(module);
  try {
    visitBody(walk, syntax.statements);
    const more = collectMore(input, syntax, collectors);
    const facts = { file: input.file, ...walk.facts(), directives: collectDirectives(syntax), ...more.facts };
    return { facts, problems: more.problems };
  } catch (error) {
    if (error instanceof RangeError) return { problems: [tooDeep(input.file)] };
    const problem: Problem = {
      kind: 'collector-crash',
      level: 'error',
      file: input.file,
      message: `could not be read by the tool (${error instanceof Error ? error.message : String(error)}). This is a bug of mi-audit; please report it.`,
    };
    return { problems: [problem] };
  }
}

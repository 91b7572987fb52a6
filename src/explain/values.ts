import type { ValueWord } from '../model/explanation.js';
import type { Alternative, Call, Program, Unit } from '../model/program.js';
import type { Subject } from './subject.js';

const MOST = 8;
const MOST_VALUES = 4;

/** What the calls of the line lead to, and what the names are that it declares. */
export function valuesOf({ program, unit, calls, bindings }: Subject): ValueWord[] {
  const called = calls.map((call): ValueWord => {
    const written = program.text(unit, call.fact.callee);
    const text = call.fact.decorates ? `@${written}` : `${call.fact.new ? 'new ' : ''}${written}()`;
    return { file: unit.file, span: call.fact.span, text, is: calledWords(program, call) };
  });
  const declared = bindings.flatMap((binding): ValueWord[] => {
    const { init, kind, name, span } = binding;
    if (!init || kind === 'function' || kind === 'class') return [];
    const is = words(program, program.values(unit, init));
    // A call is told with the calls.
    return is.length > 0 ? [{ file: unit.file, span, text: name, is }] : [];
  });
  return [...called, ...declared].slice(0, MOST);
}

function calledWords(program: Program, call: Call): string[] {
  const own = program.callees(call).map((fn) => `\`${fn.name}\` of this project`);
  const apis = program.apis(call).map(readable);
  const classes = program
    .values(call.unit, call.fact.callee)
    .flatMap(({ value }) => (value.kind === 'class' ? [`the class \`${value.cls.fact.name}\` of this project`] : []));
  return few([...new Set([...apis, ...classes, ...(call.fact.new && classes.length > 0 ? [] : own)])]);
}

function words(program: Program, alternatives: readonly Alternative[]): string[] {
  return few([...new Set(alternatives.flatMap((alternative) => valueWords(program, alternative)))]);
}

function few(list: readonly string[]): string[] {
  if (list.length <= MOST_VALUES) return [...list];
  return [...list.slice(0, MOST_VALUES), `${list.length - MOST_VALUES} more`];
}

function valueWords(program: Program, { value, when }: Alternative): string[] {
  const under = (unit: Unit) => (when.length > 0 ? when.map(({ unit: at, fact }) => [at ?? unit, fact] as const) : []);
  const conditions = when[0]
    ? under(when[0].unit).map(([unit, { test, sense }]) => `${sense ? 'if' : 'unless'} \`${program.text(unit, test)}\``)
    : [];
  const plain = plainWords(value);
  return plain === undefined ? [] : [[plain, ...conditions.slice(0, 2)].join(' ')];
}

function plainWords(value: Alternative['value']): string | undefined {
  switch (value.kind) {
    case 'external':
      return readable(value.api);
    case 'function':
      return `the function \`${value.fn.name}\``;
    case 'class':
      return `the class \`${value.cls.fact.name}\``;
    case 'instance':
      return `an object of the class \`${value.cls.fact.name}\``;
    case 'object':
      return 'an object written here';
    case 'array':
      return 'a list written here';
    case 'module':
      return `the module \`${value.unit.file}\``;
    case 'literal':
      return `\`${JSON.stringify(value.value).slice(0, 60)}\``;
    case 'undefined':
      return '`undefined`';
    default:
      return undefined;
  }
}

/** An API path as a person would say it: `express:().get/1.0` is "parameter 1 of the function given as argument 2 to …". */
export function readable(api: string): string {
  const colon = api.indexOf(':');
  const name = api.slice(0, colon);
  const path = api.slice(colon + 1);
  if (name === 'env') return `the environment variable \`${path}\``;
  const handed = /^(.*)\/(\d+)((?:\.[\w$*]+)*)\.(\d+)(.*)$/.exec(path);
  if (handed) {
    const [, before = '', argument, inside = '', parameter, after = ''] = handed;
    const given =
      inside === '' ? `argument ${Number(argument) + 1}` : `\`${inside.slice(1)}\` in argument ${Number(argument) + 1}`;
    const of = `parameter ${Number(parameter) + 1} of the function given as ${given} to ${readable(`${name}:${before}`)}`;
    return after === '' ? of : `\`${after.replace(/^\./, '')}\` of ${of}`;
  }
  if (name === 'unknown') return path === '' ? 'something unknown' : `\`${path}\` of something unknown`;
  if (path === '') return name === 'global' ? 'the global object' : `the package \`${name}\``;
  if (name === 'global') return `\`${path}\` of JavaScript`;
  if (path.startsWith('()')) return `\`${shortName(name)}${path}\` of the package \`${name}\``;
  return `\`${path}\` of the package \`${name}\``;
}

function shortName(name: string): string {
  return name.replace(/^@[^/]+\//, '').replace(/(?<![^\w$])[^\w$]+(\w)/g, (_, letter: string) => letter.toUpperCase());
}

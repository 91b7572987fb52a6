import {
  ApiTable,
  type Call,
  type Condition,
  type EmbeddedDatabase,
  type Evidence,
  type Expr,
  isForDevelopment,
  type Option,
  optionsAt,
  type Place,
  type Program,
} from '../../src/api/index.js';

/** A place where the embedded driver is chosen, and what must hold for it. */
export interface Driver {
  readonly place: Place;
  readonly when: readonly Condition[];
  /** The options that it stands in, where a set of options was found. */
  readonly options?: Option;
  readonly forDevelopment: boolean;
  /** It is what an expression comes to that reads something which may say otherwise: `config.db.type || 'sqlite'`. */
  readonly unless?: string;
  readonly evidence: readonly Evidence[];
}

/** Where a call is told to use the embedded driver; one that knows no other is chosen by being called. */
export function driversOf(program: Program, call: Call, entry: EmbeddedDatabase): Driver[] {
  const here: Option = { unit: call.unit, expr: call.fact.callee, span: call.fact.span, when: [] };
  const { driver } = entry;
  const callPlace = { file: call.unit.file, span: call.fact.span };
  if (!driver) return [{ place: callPlace, when: [], forDevelopment: false, evidence: [] }];
  const arg = call.fact.args[driver.arg];
  if (!arg) return [];
  // An argument of its own, rather than one of several options.
  if (driver.path === '') {
    const own: Option = { ...here, expr: arg };
    const chosen = whenChosen(program, own, driver);
    return chosen ? [{ place: callPlace, when: chosen.when, forDevelopment: false, evidence: chosen.evidence }] : [];
  }
  const path = driver.path.split('.');
  const last = path.at(-1) as string;
  const found: Driver[] = [];
  // First the objects, one for each set of options, so that a file is looked for beside its own driver.
  for (const set of setsOf(program, { ...here, expr: arg }, path.slice(0, -1))) {
    for (const option of optionsAt(program, set, [last])) {
      const chosen = whenChosen(program, option, driver);
      if (!chosen) continue;
      found.push({
        // Where nothing is written but the name of a variable, the call is what a reviewer looks at.
        place: { file: option.unit.file, span: option.span },
        when: [...option.when, ...chosen.when],
        options: set,
        forDevelopment: !isNamedOutright(arg) && isForDevelopment(set),
        ...(chosen.unless === undefined ? {} : { unless: chosen.unless }),
        evidence: chosen.evidence,
      });
    }
  }
  return found;
}

/** `knex(settings.development)` takes these options wherever it runs. */
function isNamedOutright(expr: Expr): boolean {
  return expr.k === 'member' && /^(?:development|dev|test|local)$/.test(expr.name);
}

/** Each object that the options can be, by itself. */
function setsOf(program: Program, at: Option, path: readonly string[]): Option[] {
  return optionsAt(program, at, path).flatMap((option) =>
    program.values(option.unit, option.expr).flatMap(({ value, when }): Option[] => {
      const all = [...option.when, ...when];
      if (value.kind === 'object') return [{ unit: value.unit, expr: value.expr, span: value.expr.span, when: all }];
      return value.kind === 'function' ? optionsAt(program, { ...option, when: all }, ['useFactory']) : [];
    }),
  );
}

function whenChosen(
  program: Program,
  option: Option,
  driver: NonNullable<EmbeddedDatabase['driver']>,
):
  | { readonly when: readonly Condition[]; readonly unless?: string; readonly evidence: readonly Evidence[] }
  | undefined {
  const table = new ApiTable((driver.apis ?? []).map((api) => ({ patterns: [api], entry: true })));
  const all = program.values(option.unit, option.expr);
  const matching = all.filter(
    ({ value }) =>
      (value.kind === 'literal' && driver.in.includes(String(value.value))) ||
      (value.kind === 'external' && table.first(value.api)),
  );
  const [first] = matching;
  if (first) return { when: matching.length === all.length ? [] : first.when, evidence: placeOf(option) };
  // A setting decides, and this is what it is when nobody makes it.
  const known = program.known(option.unit, option.expr);
  const value = known && driver.in.includes(String(known.value)) ? String(known.value) : undefined;
  if (value === undefined) return undefined;
  const test: Expr = { k: 'binary', op: '===', left: option.expr, right: { k: 'lit', v: value } };
  return {
    when: [{ unit: option.unit, fact: { test, sense: true, kind: 'if', span: option.span } }],
    ...(option.expr.k === 'logic' ? { unless: program.text(option.unit, option.expr.left) } : {}),
    evidence: [
      {
        role: 'condition',
        file: option.unit.file,
        span: option.span,
        note: `\`${program.text(option.unit, option.expr)}\` is \`${value}\` unless it is set`,
      },
    ],
  };
}

/** Where a driver that is no name was got from. */
function placeOf(option: Option): Evidence[] {
  const binding = option.expr.k === 'id' ? option.unit.facts.bindings[option.expr.b] : undefined;
  return binding
    ? [{ role: 'declared', file: option.unit.file, span: binding.span, note: `the driver, \`${binding.name}\`` }]
    : [];
}

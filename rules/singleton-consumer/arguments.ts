import {
  ApiTable,
  type Call,
  callsOfMember,
  callsWithin,
  type ConsumerKnowledge,
  type Expr,
  type Fn,
  ownNames,
  type Program,
  type Span,
  type Unit,
} from '../../src/api/index.js';

/*
 * What the arguments of a consuming call say: who handles what comes in, and whether instances share it.
 */

const OWN = new ApiTable(ownNames.map((api) => ({ patterns: [api], entry: api })));
const NAMED_BY_SERVER = /\.assertQueue\(\)\.queue$/;

export function says(program: Program, { unit, fact }: Call, when: ConsumerKnowledge['when']): boolean {
  if (!when) return true;
  const arg = fact.args[when.arg];
  return (
    arg !== undefined &&
    program.values(unit, arg).some(({ value }) => value.kind === 'literal' && when.in.includes(String(value.value)))
  );
}

export function isSet(
  program: Program,
  { unit, fact }: Call,
  { arg, path }: { readonly arg: number; readonly path: string },
): boolean {
  const options = fact.args[arg];
  return (
    options !== undefined &&
    program
      .property(unit, options, path.split('.'))
      .some(({ value }) => value.kind !== 'undefined' && !(value.kind === 'literal' && !value.value))
  );
}

/** The functions that run for what comes in; the one around the call where it is gone through in a loop. */
export function handlersOf(program: Program, call: Call, { handler, own }: ConsumerKnowledge): readonly Fn[] {
  if (handler === undefined) return own ? runOf(program, call) : [];
  const arg = call.fact.args[handler.arg];
  const paths = handler.path?.replace(/[{}]/g, '').split(',');
  const found = !arg
    ? []
    : paths
      ? paths.flatMap((path) =>
          program
            .property(call.unit, arg, path.split('.'))
            .flatMap(({ value }) => (value.kind === 'function' ? [value.fn] : [])),
        )
      : program.functions(call.unit, arg);
  // `for await (const message of connection.subscribe(subject))`
  return found.length === 0 && handler.path && call.fact.use !== 'dropped' ? [call.fn] : found;
}

/** `consumer.run({ eachMessage })` of the consumer that the call makes. */
function runOf(program: Program, made: Call): readonly Fn[] {
  return callsOfMember(program, ['run']).flatMap((call) => {
    const { callee, args } = call.fact;
    if (callee.k !== 'member' || !args[0]) return [];
    const isOfIt = program
      .values(call.unit, callee.of)
      .some(({ value }) => value.kind === 'external' && value.call === made);
    const [options] = args;
    return isOfIt
      ? ['eachMessage', 'eachBatch'].flatMap((name) =>
          program
            .property(call.unit, options, [name])
            .flatMap(({ value }) => (value.kind === 'function' ? [value.fn] : [])),
        )
      : [];
  });
}

/** The name under which it consumes is another on every instance. */
export function isOwn(program: Program, call: Call, own: NonNullable<ConsumerKnowledge['own']>): boolean {
  const arg = call.fact.args[own.arg];
  if (!arg) return false;
  const names =
    own.path === undefined
      ? [{ unit: call.unit, expr: arg, span: call.fact.span }]
      : optionOf(program, call, arg, own.path);
  return names.some(
    ({ unit, expr, span }) => isNamedByServer(program, unit, expr) || isMadeOfOwn(program, unit, expr, span),
  );
}

function optionOf(
  program: Program,
  { unit }: Call,
  arg: Expr,
  path: string,
): { readonly unit: Unit; readonly expr: Expr; readonly span: Span }[] {
  return program
    .values(unit, arg)
    .flatMap(({ value }) =>
      value.kind === 'object'
        ? value.expr.props
            .filter(({ name }) => name === path)
            .map((prop) => ({ unit: value.unit, expr: prop.value, span: prop.span }))
        : [],
    );
}

/** `assertQueue('')`, `assertQueue('', { exclusive: true })`: the broker makes up a name for each that asks. */
function isNamedByServer(program: Program, unit: Unit, expr: Expr): boolean {
  return program.values(unit, expr).some(({ value }) => {
    if (value.kind === 'literal') return value.value === '';
    if (value.kind !== 'external' || !NAMED_BY_SERVER.test(value.api)) return false;
    const [name, options] = value.call?.fact.args ?? [];
    const from = value.call?.unit ?? unit;
    const isEmpty =
      !name ||
      program
        .values(from, name)
        .some((one) => one.value.kind === 'undefined' || (one.value.kind === 'literal' && !one.value.value));
    const isExclusive = program
      .property(from, options, ['exclusive'])
      .some((one) => one.value.kind === 'literal' && one.value.value === true);
    return value.call !== undefined && (isEmpty || isExclusive);
  });
}

function isMadeOfOwn(program: Program, unit: Unit, expr: Expr, span: Span): boolean {
  return program
    .origins(unit, expr, span)
    .some((origin) =>
      program
        .values(origin.unit, origin.expr)
        .some(({ value }) => value.kind === 'external' && OWN.first(value.api) !== undefined),
    );
}

/** `client.subscribe('$share/group/topic')` */
export function isShared(program: Program, call: Call, { shared }: ConsumerKnowledge): boolean {
  if (!shared) return false;
  return program.callsTo([shared.api]).some(({ call: { unit, fact } }) => {
    const arg = fact.args[shared.arg];
    return (
      arg !== undefined &&
      program.sharedBy(unit, call.unit) &&
      texts(program, unit, arg).some((text) => text.startsWith(shared.begins))
    );
  });
}

function texts(program: Program, unit: Unit, expr: Expr): string[] {
  if (expr.k === 'text') return expr.parts[0]?.k === 'lit' ? [String(expr.parts[0].v)] : [];
  return program.values(unit, expr).flatMap(({ value }) => {
    if (value.kind === 'literal') return [String(value.value)];
    return value.kind === 'array' ? value.items.flatMap((item) => texts(program, value.unit, item)) : [];
  });
}

/** All that the handlers publish themselves goes to a channel that the message told. */
export function isAnswering(program: Program, handlers: readonly Fn[]): boolean {
  const published = handlers.flatMap((fn) =>
    callsWithin(program, fn).filter((call) => program.effect(call)?.kind === 'publish'),
  );
  return (
    published.length > 0 &&
    published.every(({ unit, fn, fact }) => {
      const [channel] = fact.args;
      const params = new Set(handlers.filter((one) => one.unit === unit).map(({ id }) => id));
      return (
        channel !== undefined &&
        program.origins(unit, channel, fact.span).some(({ expr }) => {
          const binding = expr.k === 'id' ? unit.facts.bindings[expr.b] : undefined;
          return binding?.param !== undefined && (params.has(binding.fn) || binding.fn === fn.id);
        })
      );
    })
  );
}

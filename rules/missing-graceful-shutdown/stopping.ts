import {
  ApiTable,
  type Call,
  callsKnown,
  CLOSES_BY_NAME,
  CLOSING_FUNCTION,
  closingCalls,
  type Expr,
  type Fn,
  matches,
  once,
  type Place,
  type Program,
  SERVER_BY_NAME,
  STOPPING_PACKAGE,
  type StopHandlerKnowledge,
  stopHandlers,
  stopHelpers,
  stopPackages,
  type Unit,
} from '../../src/api/index.js';

/*
 * What a process does when it is told to stop: the handlers there are, and whether what they run closes the server.
 */

const CLOSINGS = new ApiTable<true>([{ patterns: closingCalls.map(({ api }) => api), entry: true }]);
const HANDLERS = new ApiTable<StopHandlerKnowledge>(stopHandlers.map((entry) => ({ patterns: [entry.api], entry })));
const EXITS = new ApiTable<true>([
  { patterns: ['{global:process.,process:}{exit,abort,reallyExit}', '{global:process.,process:}kill'], entry: true },
]);
/** Packages of which it is known what they do; that their name speaks of stopping says nothing more. */
const KNOWN_PACKAGES = new Set(
  [...closingCalls, ...stopHandlers, ...stopHelpers].flatMap(({ api }) => {
    const name = /^([\w@/.-]+):/.exec(api)?.[1];
    return name ? [name] : [];
  }),
);
/** Health checks only. */
KNOWN_PACKAGES.add('@nestjs/terminus');
for (const name of ['http-terminator', 'lil-http-terminator', 'server-destroy', 'exit-hook', 'async-exit-hook'])
  KNOWN_PACKAGES.add(name);

/** What lets the code go on that waits for it. */
const LETS_GO_ON = /^global:(?:Promise\/0\.0|Promise\.withResolvers\(\)\.resolve|AbortController\(\)\.abort)$/;
/** `closeServer`, `stopHttp`: a method of whatever it may be. */
const CLOSES_SERVER = /server|http/i;
/** Functions looked at behind one handler. */
const MOST = 400;

/** Something that runs, or closes the server, when a signal comes. */
export interface Handler {
  readonly call: Call;
  /** Which signal: the one that platforms send, only the one of a keyboard, or not known. */
  readonly signal: 'SIGTERM' | 'SIGINT' | 'unknown';
  readonly outcome: Outcome;
}

export type Outcome =
  /** It closes the server; `sure` where that is no guess from names. */
  | { readonly kind: 'closes'; readonly place: Place; readonly sure: boolean; readonly what: string }
  /** It starts to close and ends the process in the same breath. */
  | { readonly kind: 'rushes'; readonly place: Place; readonly exit: Place }
  /** It ends the process. */
  | { readonly kind: 'exits'; readonly place: Place }
  /** It does something else; `lets`: it lets go on whoever waits for a promise or an abort signal. */
  | { readonly kind: 'other'; readonly lets?: true }
  /** What it runs could not be followed. */
  | { readonly kind: 'unknown' };

export function handlersIn(program: Program, units: ReadonlySet<Unit>): Handler[] {
  const found: Handler[] = [];
  for (const { call, entry, options } of matches(program, stopHelpers)) {
    if (!units.has(call.unit)) continue;
    if (entry.unless && options && isOff(program, options, entry.unless)) continue;
    if (entry.closes && options && !entry.closes.some((path) => isGiven(program, options, path))) continue;
    const signals = entry.signals === undefined || !options ? [] : signalsOf(program, options, entry.signals);
    const signal = signals.length === 0 || signals.includes('SIGTERM') ? 'SIGTERM' : 'SIGINT';
    const what = `\`${program.text(call.unit, call.fact.callee)}(…)\` closes the server`;
    found.push({ call, signal, outcome: { kind: 'closes', place: placeOf(call), sure: true, what } });
  }
  for (const handler of registeredIn(program)) if (units.has(handler.call.unit)) found.push(handler);
  return found.map((handler) => {
    const { kind } = handler.outcome;
    if (kind === 'closes' || kind === 'rushes' || handler.signal === 'SIGINT') return handler;
    const outcome =
      closesByEvent(program, units) ??
      (handler.outcome.kind === 'other' && handler.outcome.lets ? closesAfterwards(program, units) : undefined);
    return outcome ? { ...handler, outcome } : handler;
  });
}

const registeredIn = once((program: Program): readonly Handler[] =>
  callsKnown(program, HANDLERS).flatMap(({ call, entry }) => {
    if (call.fact.decorates) return [];
    const signal = entry.signal === undefined ? 'SIGTERM' : signalOf(program, call, entry.signal);
    return signal ? [{ call, signal, outcome: outcomeOf(program, call, entry) }] : [];
  }),
);

/** The calls that close a server when a signal comes. */
const closedBySignal = once((program: Program): readonly Call[] =>
  callsKnown(program, CLOSINGS)
    .map(({ call }) => call)
    .filter(({ fn }) =>
      program.reaches(fn).some(({ phase, label }) => phase === 'shutdown' && /^process SIG/.test(label)),
    ),
);

/** Closed by a listener of an event that the handler emits, or by what else leads there from a signal. */
function closesByEvent(program: Program, units: ReadonlySet<Unit>): Outcome | undefined {
  const call = closedBySignal(program).find(({ unit }) => units.has(unit));
  if (!call) return undefined;
  const what = `\`${program.text(call.unit, call.fact.callee)}(…)\` closes the server`;
  return { kind: 'closes', place: placeOf(call), sure: true, what };
}

/** `await stopped; await server.close();` at the end of what starts the process, where the handler brings `stopped` about. */
function closesAfterwards(program: Program, units: ReadonlySet<Unit>): Outcome | undefined {
  const call = callsKnown(program, CLOSINGS)
    .map(({ call: one }) => one)
    .find(({ unit, fn }) => units.has(unit) && program.reaches(fn).some(({ phase }) => phase === 'boot'));
  if (!call) return undefined;
  const what = `\`${program.text(call.unit, call.fact.callee)}(…)\` closes the server once the handler lets it`;
  return { kind: 'closes', place: placeOf(call), sure: false, what };
}

/** `server.listen({ port, signal })`: Node's servers and Fastify's close when the signal is aborted. */
export function isGivenSignal(program: Program, call: Call): boolean {
  return call.fact.args.some((arg) =>
    program
      .values(call.unit, arg)
      .some(({ value }) => value.kind === 'object' && value.expr.props.some(({ name }) => name === 'signal')),
  );
}

/** A package in use that is not known, and says by its name that it is about stopping. */
export function stoppingPackage(
  units: ReadonlySet<Unit>,
): { readonly name: string; readonly place: Place } | undefined {
  for (const unit of units) {
    for (const { specifier, typeOnly, span } of unit.facts.imports) {
      if (typeOnly || /^[./#~]|^node:|^@\/|^src\//.test(specifier)) continue;
      const name = specifier
        .split('/')
        .slice(0, specifier.startsWith('@') ? 2 : 1)
        .join('/');
      const does = stopPackages.some((entry) => entry.name === name);
      const dependency =
        unit.manifest?.dependencies[name] !== undefined || unit.manifest?.devDependencies[name] !== undefined;
      if (does || (dependency && STOPPING_PACKAGE.test(name) && !KNOWN_PACKAGES.has(name)))
        return { name, place: { file: unit.file, span } };
    }
  }
  return undefined;
}

function isOff(program: Program, options: { unit: Unit; expr: Expr }, path: string): boolean {
  const given = program.property(options.unit, options.expr, path.split('.'));
  return given.some(({ value }) => value.kind === 'literal' && (path.startsWith('skip') ? value.value : !value.value));
}

function isGiven(program: Program, options: { unit: Unit; expr: Expr }, path: string): boolean {
  const given = program.property(options.unit, options.expr, path.split('.'));
  return given.some(({ value }) => value.kind !== 'undefined');
}

/** The signals that an option lists: an array of names, or one text. */
function signalsOf(program: Program, { unit, expr }: { unit: Unit; expr: Expr }, path: string): string[] {
  const given = path === '' ? program.values(unit, expr) : program.property(unit, expr, path.split('.'));
  return given.flatMap(({ value }) => {
    if (value.kind === 'literal') return String(value.value).split(/[\s,]+/);
    if (value.kind !== 'array') return [];
    return value.items.flatMap((item) =>
      program.values(value.unit, item).flatMap((one) => {
        if (one.value.kind === 'literal') return [String(one.value.value)];
        // `ShutdownSignal.SIGTERM` of Nest.
        const name = one.value.kind === 'external' ? /\.(SIG[A-Z]+)$/.exec(one.value.api)?.[1] : undefined;
        return name ? [name] : [];
      }),
    );
  });
}

function signalOf(program: Program, call: Call, index: number): Handler['signal'] | undefined {
  const arg = call.fact.args[index];
  if (!arg) return undefined;
  const values = program.values(call.unit, arg).map(({ value }) => value);
  const names = values.flatMap((value) => (value.kind === 'literal' ? [String(value.value)] : []));
  if (names.includes('SIGTERM')) return 'SIGTERM';
  if (names.includes('SIGINT')) return 'SIGINT';
  return names.length === 0 ? 'unknown' : undefined;
}

function outcomeOf(program: Program, call: Call, { callback }: StopHandlerKnowledge): Outcome {
  const args = callback ? call.fact.args.slice(callback.arg, callback.arg + 1) : call.fact.args;
  const fns = args.flatMap((arg) => handedFunctions(program, call.unit, arg));
  const direct = args.find((arg) => closesAsValue(program, call.unit, arg));
  if (direct)
    return {
      kind: 'closes',
      place: placeOf(call),
      sure: true,
      what: `\`${program.text(call.unit, direct)}\` closes the server`,
    };
  if (fns.length === 0) {
    // `process.on('SIGTERM', process.exit)`.
    const exits = args.some((arg) =>
      program.values(call.unit, arg).some(({ value }) => value.kind === 'external' && EXITS.first(value.api)),
    );
    return exits ? { kind: 'exits', place: placeOf(call) } : { kind: 'unknown' };
  }
  return follow(program, fns);
}

/** The functions that an argument is: itself, what `bind` was called on, what a wrapper was handed. */
function handedFunctions(program: Program, unit: Unit, arg: Expr): readonly Fn[] {
  return arg.k === 'lit' || arg.k === 'object' ? [] : program.functions(unit, arg);
}

/** Goes through all that handlers run. */
function follow(program: Program, fns: readonly Fn[]): Outcome {
  const seen = new Set<Fn>(fns);
  let exit: Place | undefined;
  let guess: Outcome | undefined;
  let rush: Outcome | undefined;
  let unknown = false;
  let lets = false;
  for (const fn of seen) {
    if (seen.size > MOST) return { kind: 'unknown' };
    const calls = program.callsIn(fn);
    for (const call of calls) {
      const apis = program.apis(call);
      const callees = program.callees(call);
      if (apis.some((api) => EXITS.first(api))) exit ??= placeOf(call);
      if (apis.some((api) => LETS_GO_ON.test(api))) lets = true;
      const closes =
        apis.some(isClosing) ||
        call.fact.args.some((arg) => closesAsValue(program, fn.unit, arg)) ||
        isMadeFromClosing(program, call);
      if (closes) {
        const after = exitRightAfter(program, call, calls);
        if (!after) {
          const what = `\`${program.text(call.unit, call.fact.callee)}(…)\` closes the server`;
          return { kind: 'closes', place: placeOf(call), sure: true, what };
        }
        rush ??= { kind: 'rushes', place: placeOf(call), exit: after };
      } else if (callees.length === 0) {
        if (closesByName(program, call))
          guess ??= {
            kind: 'closes',
            place: placeOf(call),
            sure: false,
            what: `\`${program.text(call.unit, call.fact.callee)}(…)\` closes the server, as far as its name tells`,
          };
        else if (apis.length === 0 && isOpaque(program, call)) unknown = true;
      }
      for (const callee of callees) seen.add(callee);
      for (const arg of call.fact.args) {
        if (arg.k === 'lit' || arg.k === 'object') continue;
        // What is handed to the project's own functions is followed by calls of it.
        if (callees.length > 0 && arg.k !== 'fn') continue;
        for (const handed of program.functions(fn.unit, arg)) seen.add(handed);
      }
    }
  }
  return (
    guess ??
    rush ??
    (unknown
      ? { kind: 'unknown' }
      : exit
        ? { kind: 'exits', place: exit }
        : { kind: 'other', ...(lets ? { lets } : {}) })
  );
}

/** A value that closes a server when it is called: `server.close`, `server.close.bind(server)`. */
function closesAsValue(program: Program, unit: Unit, arg: Expr): boolean {
  if (arg.k !== 'member' && arg.k !== 'call' && arg.k !== 'id') return false;
  return program.values(unit, arg).some(({ value }) => value.kind === 'external' && isClosing(value.api));
}

/** A bound method is the method, and `promisify` gives what it was handed. */
function isClosing(api: string): boolean {
  return CLOSINGS.first(api.replace(/\.bind\(\)$/, '')) !== undefined;
}

/** `const close = promisify(server.close.bind(server)); await close();` */
function isMadeFromClosing(program: Program, call: Call): boolean {
  return program
    .values(call.unit, call.fact.callee)
    .some(
      ({ value }) =>
        value.kind === 'external' &&
        value.call?.fact.args.some((arg) => closesAsValue(program, value.call?.unit ?? call.unit, arg)),
    );
}

/** `server.close(); process.exit(0);`: what is in progress gets no time. */
function exitRightAfter(program: Program, close: Call, calls: readonly Call[]): Place | undefined {
  if (close.fact.use !== 'dropped' && close.fact.use !== 'voided') return undefined;
  const exit = calls.find(
    (call) =>
      isBefore(close, call) &&
      call.fact.when.every((id) => close.fact.when.includes(id)) &&
      program.apis(call).some((api) => /^(?:global:process\.|process:)exit$/.test(api)),
  );
  if (!exit) return undefined;
  const waits = calls.some((call) => call.fact.use === 'awaited' && isBefore(close, call) && isBefore(call, exit));
  return waits ? undefined : placeOf(exit);
}

function isBefore(a: Call, b: Call): boolean {
  const [line, column] = a.fact.span;
  return b.fact.span[0] > line || (b.fact.span[0] === line && b.fact.span[1] > column);
}

function closesByName(program: Program, call: Call): boolean {
  const { callee } = call.fact;
  if (callee.k === 'member')
    return CLOSES_BY_NAME.test(callee.name)
      ? SERVER_BY_NAME.test(` ${program.text(call.unit, callee.of)}`) || CLOSES_SERVER.test(callee.name)
      : CLOSING_FUNCTION.test(callee.name);
  const name = callee.k === 'id' ? (call.unit.facts.bindings[callee.b]?.name ?? '') : '';
  return CLOSING_FUNCTION.test(name);
}

/** A call of something handed over or looked up, that could be anything: `for (const hook of hooks) await hook()`. */
function isOpaque(program: Program, call: Call): boolean {
  const { callee } = call.fact;
  if (callee.k === 'index') return true;
  if (callee.k !== 'id') return false;
  const binding = call.unit.facts.bindings[callee.b];
  if (!binding) return false;
  const isExecutor = program.values(call.unit, callee).some(({ value }) => value.kind !== 'unknown');
  // `resolve` and `reject` of a promise, `done` and `next` of a callback only go on.
  if (isExecutor || /^(?:resolve|reject|done|next|cb|callback|ok|fail|res|rej)$/i.test(binding.name)) return false;
  return true;
}

export function placeOf(call: Call): Place {
  return { file: call.unit.file, span: call.fact.span };
}

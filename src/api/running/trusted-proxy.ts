import { TRUST_PROXY } from '../../knowledge/client-address.js';
import type { Expr } from '../../model/facts.js';
import type { When } from '../../model/finding.js';
import type { Call, Condition, Program, Unit } from '../../model/program.js';
import type { Place, Span } from '../../model/span.js';
import { callsAmong, foundAmong } from '../calls.js';
import { onceOf } from '../once.js';

/** A place that tells the framework to trust the proxy, and when it does not. */
export interface TrustedProxy {
  readonly place: Place;
  /** When the proxy is *not* trusted in spite of it; absent: never. */
  readonly missing?: { readonly when: When; readonly words?: string };
}

/** Where files say that the proxy in front is trusted: `app.set('trust proxy', 1)`, `{ trustProxy: true }`, `app.proxy = true`. */
export function trustedProxies(program: Program, units: ReadonlySet<Unit>): readonly TrustedProxy[] {
  const byCalls = foundAmong(program, units, trustedByCalls).map(({ trusted }) => trusted);
  return [...byCalls, ...[...units].flatMap((unit) => trustedInFile(program, unit))];
}

const trustedByCalls = onceOf((program: Program, unit: Unit): readonly { call: Call; trusted: TrustedProxy }[] =>
  callsAmong(program, [unit]).flatMap((call) => trustedBy(program, call).map((trusted) => ({ call, trusted }))),
);

function trustedBy(program: Program, call: Call): readonly TrustedProxy[] {
  const { unit, fact } = call;
  const { callee, args, span } = fact;
  if (args.length === 0) return [];
  const said: { readonly unit: Unit; readonly span: Span; readonly value: Expr | undefined }[] = [];
  const name = callee.k === 'member' ? callee.name : '';
  if ((name === 'set' || name === 'enable') && args[0] && isName(program, unit, args[0]))
    said.push({ unit, span, value: name === 'set' ? args[1] : undefined });
  const isKoa = program.apis(call).some((api) => api === 'koa:');
  const option = isKoa ? /^proxy$/ : TRUST_PROXY;
  for (const arg of args)
    for (const { value, span: at } of propsNamed(arg, option)) said.push({ unit, span: at, value });
  // The options stand elsewhere: `fastify(options)`.
  for (const arg of isKoa || /fastify/i.test(program.text(unit, callee)) ? args : [])
    for (const { value } of program.values(unit, arg))
      if (value.kind === 'object')
        for (const prop of propsNamed(value.expr, option))
          said.push({ unit: value.unit, span: prop.span, value: prop.value });
  return said.flatMap(({ unit: home, span: at, value }) => {
    const place = { file: home.file, span: at };
    return judge(program, home, place, value, program.conditions(call, 'boot')) ?? [];
  });
}

/** Settings of the application object, and files of settings. */
const trustedInFile = onceOf((program: Program, unit: Unit): readonly TrustedProxy[] => {
  const found: (TrustedProxy | undefined)[] = [];
  for (const fact of unit.facts.accesses) {
    if (fact.op !== 'assign' || fact.target.k !== 'member') continue;
    const { name, of } = fact.target;
    if (!/^trust(?: p|P)roxy$/.test(name) && !(name === 'proxy' && /koa|app/i.test(describe(program, unit, of))))
      continue;
    const conditions = program.conditions({ unit, fn: program.fn(unit, fact.fn), fact }, 'boot');
    found.push(judge(program, unit, { file: unit.file, span: fact.span }, fact.value, conditions));
  }
  // Files of settings that a framework reads: `module.exports.http = { trustProxy: true }`.
  for (const { value } of unit.facts.exports)
    for (const prop of propsNamed(value, TRUST_PROXY))
      found.push(judge(program, unit, { file: unit.file, span: prop.span }, prop.value, []));
  return found.filter((one) => one !== undefined);
});

function judge(
  program: Program,
  unit: Unit,
  place: Place,
  value: Expr | undefined,
  conditions: readonly Condition[],
): TrustedProxy | undefined {
  const setting = program.setting(conditions);
  if (setting.never || setting.developmentOnly) return undefined;
  const known = value && program.known(unit, value);
  if (value && known && !known.value) {
    const names = settingsOf(program, unit, value);
    // Switched off in so many words.
    if (value.k === 'lit') return undefined;
    const words =
      names.length > 0 ? `safe when ${names.join(' or ')} is set` : 'safe when a trusted proxy is configured';
    return { place, missing: { when: 'default-config', words } };
  }
  if (setting.when === 'always') return { place };
  const when: When = setting.when === 'default-config' ? 'optional-config' : 'default-config';
  const words = conditions
    .map(({ unit: home, fact }) => program.setting([{ unit: home, fact: { ...fact, sense: !fact.sense } }]))
    .find((one) => one.when === when)?.words;
  return { place, missing: { when, ...(words ? { words } : {}) } };
}

function settingsOf(program: Program, unit: Unit, value: Expr): string[] {
  const names = program
    .values(unit, value)
    .flatMap((one) => (one.value.kind === 'external' && /^env:\w+/.test(one.value.api) ? [one.value.api] : []));
  return [...new Set(names.map((api) => /^env:(\w+)/.exec(api)?.[1] ?? api))];
}

function isName(program: Program, unit: Unit, expr: Expr): boolean {
  return program
    .values(unit, expr)
    .some(({ value }) => value.kind === 'literal' && typeof value.value === 'string' && TRUST_PROXY.test(value.value));
}

function propsNamed(expr: Expr | undefined, name: RegExp) {
  return expr?.k === 'object' ? expr.props.filter((prop) => prop.name !== undefined && name.test(prop.name)) : [];
}

function describe(program: Program, unit: Unit, of: Expr): string {
  const apis = program.values(unit, of).flatMap(({ value }) => (value.kind === 'external' ? [value.api] : []));
  return `${program.text(unit, of)} ${apis.join(' ')}`;
}

import { TRUST_PROXY } from '../../knowledge/client-address.js';
import type { Expr } from '../../model/facts.js';
import type { When } from '../../model/finding.js';
import type { Condition, Program, Unit } from '../../model/program.js';
import type { Place } from '../../model/span.js';

/** A place that tells the framework to trust the proxy, and when it does not. */
export interface TrustedProxy {
  readonly place: Place;
  /** When the proxy is *not* trusted in spite of it; absent: never. */
  readonly missing?: { readonly when: When; readonly words?: string };
}

/** Where files say that the proxy in front is trusted: `app.set('trust proxy', 1)`, `{ trustProxy: true }`, `app.proxy = true`. */
export function trustedProxies(program: Program, units: ReadonlySet<Unit>): readonly TrustedProxy[] {
  const found: TrustedProxy[] = [];
  const add = (unit: Unit, place: Place, value: Expr | undefined, conditions: readonly Condition[]) => {
    const one = judge(program, unit, place, value, conditions);
    if (one) found.push(one);
  };
  for (const call of program.calls) {
    if (!units.has(call.unit)) continue;
    const { callee, args, span } = call.fact;
    const place = { file: call.unit.file, span };
    const name = callee.k === 'member' ? callee.name : '';
    if (/^(?:set|enable)$/.test(name) && args[0] && isName(program, call.unit, args[0]))
      add(call.unit, place, name === 'set' ? args[1] : undefined, program.conditions(call, 'boot'));
    const isKoa = program.apis(call).some((api) => api === 'koa:');
    for (const arg of args)
      for (const { value, span: at } of propsNamed(arg, isKoa ? /^proxy$/ : TRUST_PROXY))
        add(call.unit, { file: call.unit.file, span: at }, value, program.conditions(call, 'boot'));
    // The options stand elsewhere: `fastify(options)`.
    for (const arg of /fastify/i.test(program.text(call.unit, callee)) || isKoa ? args : [])
      for (const { value } of program.values(call.unit, arg))
        if (value.kind === 'object')
          for (const prop of propsNamed(value.expr, isKoa ? /^proxy$/ : TRUST_PROXY))
            add(value.unit, { file: value.unit.file, span: prop.span }, prop.value, program.conditions(call, 'boot'));
  }
  for (const unit of units) {
    for (const fact of unit.facts.accesses) {
      if (fact.op !== 'assign' || fact.target.k !== 'member') continue;
      const { name, of } = fact.target;
      if (!/^trust(?: p|P)roxy$/.test(name) && !(name === 'proxy' && /koa|app/i.test(describe(program, unit, of))))
        continue;
      const fn = program.fn(unit, fact.fn);
      add(unit, { file: unit.file, span: fact.span }, fact.value, program.conditions({ unit, fn, fact }, 'boot'));
    }
    // Files of settings that a framework reads: `module.exports.http = { trustProxy: true }`.
    for (const { value } of unit.facts.exports)
      for (const prop of propsNamed(value, TRUST_PROXY))
        add(unit, { file: unit.file, span: prop.span }, prop.value, []);
  }
  return found;
}

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

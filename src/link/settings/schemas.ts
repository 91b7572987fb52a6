import { settingGetters } from '../../knowledge/settings.js';
import { ApiTable } from '../../knowledge/api-table.js';
import type { SettingGetter } from '../../knowledge/types.js';
import type { MemberFact } from '../../model/facts.js';
import type { Call, Cls, Value } from '../../model/program.js';
import type { Settings } from './settings.js';
import { type Tables, text } from '../tables.js';
import { Declared } from './declared.js';
import type { Values } from '../values/values.js';
import { constant, type Frame, NONE, type Term } from './terms.js';

type External = Value & { readonly kind: 'external' };

const VARIABLE = /[.:]([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)$/;

/** Settings that come from packages: getters by name, and objects made by a schema of the environment. */
export class Schemas {
  private readonly declared: Declared;
  private readonly getters = new ApiTable<SettingGetter>(
    settingGetters.map((entry) => ({ patterns: [entry.api], entry })),
  );

  constructor(
    private readonly settings: Settings,
    private readonly values: Values,
    tables: Tables,
  ) {
    this.declared = new Declared(settings, tables, values);
  }

  /** A value of a package that is a setting by itself. */
  named(value: External): Term | undefined {
    // Libraries give the environment back as an object: `load(schema).REDIS_URL`.
    const name = value.api.startsWith('global:') ? undefined : VARIABLE.exec(value.api)?.[1];
    return name && /\(\)|env|config|settings/i.test(value.api) ? this.settings.byName(name) : undefined;
  }

  member(value: External, name: string): Term | undefined {
    return this.declared.member(value, name);
  }

  field(_cls: Cls, _member: MemberFact | undefined): Term | undefined {
    return undefined;
  }

  /** What a call gives that asks for a setting by its name. */
  called(call: Call, arg: (index: number) => Term, _frame: Frame | undefined): Term | undefined {
    const { callee } = call.fact;
    const getter = this.values
      .calleeApis(call)
      .map((api) => this.getters.first(api))
      .find((entry) => entry !== undefined);
    if (!getter) return undefined;
    const key = arg(getter.key);
    if (key.k !== 'const' || typeof key.value !== 'string') return undefined;
    const name = getter.only ? getter.only[key.value] : key.value;
    if (name === undefined) return undefined;
    const given = getter.fallback === undefined ? NONE : arg(getter.fallback);
    const fallback = isHowToAsk(given) ? NONE : given;
    if (callee.k === 'member' && callee.name === 'has') return undefined;
    const declared =
      getter.api.startsWith('@nestjs/config:') && fallback === NONE ? this.declared.fromFactory(name) : undefined;
    if (declared) return declared;
    const [maker] = callee.k === 'member' ? this.values.of(call.unit, callee.of) : [];
    const schema =
      getter.api.startsWith('convict:') && maker?.value.kind === 'external'
        ? maker.value.call?.fact.args[0]
        : undefined;
    const inSchema =
      schema && maker?.value.kind === 'external' && maker.value.call
        ? this.declared.inSchema(this.settings.term(maker.value.call.unit, schema), name)
        : undefined;
    return inSchema ?? this.asked(name, fallback, getter);
  }

  private asked(name: string, fallback: Term, getter: Partial<SettingGetter>): Term {
    const isMode = /(?:^|\.)(?:NODE_ENV|nodeEnv)$/.test(name);
    if (isMode) return this.settings.variable('NODE_ENV');
    const own = getter.variable ? this.settings.variable(name) : ({ k: 'setting', name, typed: true } as const);
    if (own.k !== 'setting' || own.mode) return own;
    if (fallback.k !== 'thing' && fallback !== NONE && !(fallback.k === 'const' && fallback.value === undefined))
      return { ...own, fallback };
    return getter.required ? { ...own, required: true } : own;
  }

  /** Getters of configurations that could not be followed: `configService.get('A')`, `env.bool('A', false)`. */
  byName(call: Call, arg: (index: number) => Term): Term | undefined {
    const { callee } = call.fact;
    const { unit } = call;
    const key = arg(0);
    if (key.k !== 'const' || typeof key.value !== 'string' || key.value === '') return undefined;
    const isGetter =
      callee.k === 'member' &&
      /^(?:get|getOrThrow|has|getString|getBoolean|getNumber|env|bool|boolean|int|number|float|str|string)$/.test(
        callee.name,
      ) &&
      /config|env|nconf|setting/i.test(text(unit, callee.of));
    const isVariable = callee.k === 'id' && /^env$/i.test(text(unit, callee)) && /^[A-Z][A-Z0-9_]+$/.test(key.value);
    if (!isGetter && !isVariable) return undefined;
    return this.asked(key.value, call.fact.args.length > 1 ? arg(1) : constant(undefined), {});
  }
}

/** `config.get('database.url', { infer: true })`: how to ask, and no default. */
function isHowToAsk(term: Term): boolean {
  if (term.k !== 'thing' || term.value.kind !== 'object') return false;
  const { props } = term.value.expr;
  return props.length > 0 && props.every(({ name }) => name === 'infer');
}

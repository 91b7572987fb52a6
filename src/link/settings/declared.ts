import { configurationFactories, modeAccessors, settingsObjects } from '../../knowledge/settings.js';
import { packageOf } from '../../knowledge/api-table.js';
import type { SettingsObject } from '../../knowledge/types.js';
import type { Call, Value } from '../../model/program.js';
import type { Settings } from './settings.js';
import { add, type Tables } from '../tables.js';
import type { Values } from '../values/values.js';
import { compare, constant, derived, names, NONE, not, type SettingTerm, type Term } from './terms.js';

type External = Value & { readonly kind: 'external' };

const OBJECTS = /^(?:object|strictObject|looseObject|extend|safeExtend|merge|and|keys|shape)$/;
const DEEPEST = 12;

/** What schemas and declarations in code say of settings: which variable, which default, and whether one must be given. */
export class Declared {
  private readonly objects = settingsObjects.map((entry) => ({ entry, ends: new RegExp(`[:.]${entry.ends}$`) }));
  private factories: Map<string, Call[]> | undefined;

  constructor(
    private readonly settings: Settings,
    private readonly tables: Tables,
    private readonly values: Values,
  ) {}

  /** A member of what a schema made of the environment: `schema.parse(process.env).PORT`. */
  member(value: External, name: string): Term | undefined {
    const { call } = value;
    if (!call) return undefined;
    const own = packageOf(value.api);
    const entry = this.objects.find(
      ({ entry: { packages }, ends }) => packages.includes(own) && ends.test(value.api),
    )?.entry;
    if (!entry) return undefined;
    const accessor = modeAccessors.find((known) => known.package === own && known.member === name);
    if (accessor) {
      const isProduction = compare('===', this.settings.variable('NODE_ENV'), constant('production'));
      return accessor.production ? isProduction : not(isProduction);
    }
    const variable = this.variable(call, entry, name);
    if (variable?.k !== 'setting' || variable.mode) return variable;
    const declared = this.schemas(call, entry)
      .map((schema) => this.key(schema, name, 0))
      .find((found) => found !== undefined);
    return declared ? this.described(variable, declared, 0) : variable;
  }

  /** The variable that is read under a name, provided that it is the environment that the schema is for. */
  private variable(call: Call, entry: SettingsObject, name: string): Term | undefined {
    if (entry.reads === undefined) return this.settings.variable(name);
    const arg = call.fact.args[entry.reads];
    const read = arg && this.settings.term(call.unit, arg);
    if (read?.k !== 'thing' || (read.value.kind !== 'external' && read.value.kind !== 'object')) return undefined;
    const own = this.settings.memberOf(read, name);
    return names(own).length > 0 ? own : undefined;
  }

  private schemas(call: Call, { schema, under }: SettingsObject): readonly Term[] {
    const { callee, args } = call.fact;
    if (schema === 'receiver') return callee.k === 'member' ? [this.settings.term(call.unit, callee.of)] : [];
    const arg = args[schema];
    const term = arg && this.settings.term(call.unit, arg);
    if (!term) return [];
    return under ? under.map((name) => this.settings.memberOf(term, name)) : [term];
  }

  /** What an object schema says of one key. */
  private key(schema: Term, name: string, depth: number): Term | undefined {
    if (schema.k !== 'thing' || depth > DEEPEST) return undefined;
    const { value } = schema;
    if (value.kind === 'object') {
      const found = this.settings.memberOf(schema, name);
      return found.k === 'thing' ? found : undefined;
    }
    if (value.kind !== 'external' || !value.call) return undefined;
    const { unit, fact } = value.call;
    const { callee } = fact;
    if (callee.k !== 'member' && callee.k !== 'id') return undefined;
    const method = callee.k === 'member' ? callee.name : (unit.facts.bindings[callee.b]?.name ?? '');
    if (OBJECTS.test(method)) {
      for (const arg of fact.args) {
        const found = this.key(this.settings.term(unit, arg), name, depth + 1);
        if (found) return found;
      }
    }
    return callee.k === 'member' ? this.key(this.settings.term(unit, callee.of), name, depth + 1) : undefined;
  }

  /** A variable as its schema describes it, from the last step of the chain to the first. */
  private described(variable: SettingTerm, schema: Term, depth: number): Term {
    const plain: Term = { ...variable, required: true };
    if (schema.k !== 'thing' || schema.value.kind !== 'external' || !schema.value.call) return variable;
    if (depth > DEEPEST) return variable;
    const { unit, fact } = schema.value.call;
    const arg = (index: number): Term => {
      const at = fact.args[index];
      return at ? this.settings.term(unit, at) : NONE;
    };
    const { callee } = fact;
    const receiver = callee.k === 'member' ? this.settings.term(unit, callee.of) : undefined;
    const isChained =
      receiver?.k === 'thing' && receiver.value.kind === 'external' && receiver.value.call !== undefined;
    const method =
      callee.k === 'member' ? callee.name : callee.k === 'id' ? (unit.facts.bindings[callee.b]?.name ?? '') : '';
    const inner = (): Term =>
      isChained
        ? this.described(variable, receiver, depth + 1)
        : fact.args.length > 0
          ? this.described(variable, arg(0), depth + 1)
          : plain;
    switch (method) {
      case 'default':
      case 'prefault':
      case 'catch': {
        const given = arg(0);
        const fallback = this.settings.functionOf(given) ? this.settings.apply(given, []) : given;
        return withDefault(inner(), fallback);
      }
      case 'optional':
      case 'nullish':
      case 'nullable':
        return optional(inner());
      case 'transform': {
        const of = inner();
        const given = this.settings.apply(arg(0), [of]);
        return given.k === 'unknown' ? derived([of]) : given;
      }
      case 'preprocess':
        return optional(this.described(variable, arg(1), depth + 1));
      case 'boolean':
      case 'bool':
      case 'stringbool':
      case 'number':
      case 'num':
        return this.withOptions({ ...plain, typed: true } as SettingTerm, arg(0));
      default:
        return isChained ? inner() : this.withOptions(plain as SettingTerm, arg(0));
    }
  }

  /** `str({ default: 'x' })`; a default for development alone does not count. */
  private withOptions(of: SettingTerm, options: Term): Term {
    if (options.k !== 'thing' || options.value.kind !== 'object') return of;
    const has = options.value.expr.props.some(({ name }) => name === 'default');
    return has ? withDefault(of, this.settings.memberOf(options, 'default')) : of;
  }

  /** `{ redis: { url: { env: 'REDIS_URL', default: '' } } }`, asked for as `redis.url`. */
  inSchema(schema: Term, key: string): Term | undefined {
    const found = key.split('.').reduce((at, name) => this.settings.memberOf(at, name), schema);
    if (found.k !== 'thing' || found.value.kind !== 'object') return undefined;
    const variable = this.settings.memberOf(found, 'env');
    const own: SettingTerm = {
      k: 'setting',
      name: variable.k === 'const' && typeof variable.value === 'string' ? variable.value : key,
      typed: true,
    };
    if (/^(?:NODE_ENV|APP_ENV)$/.test(own.name)) return this.settings.variable(own.name);
    return withDefault(own, this.settings.memberOf(found, 'default'));
  }

  /** `registerAs('redis', () => ({ url: process.env.REDIS_URL }))`, asked for as `redis.url`. */
  fromFactory(key: string): Term | undefined {
    const [first, ...rest] = key.split('.') as [string, ...string[]];
    for (const [name, path] of [
      [first, rest],
      ['', [first, ...rest]],
    ] as const) {
      const calls = this.registered().get(name) ?? [];
      if (calls.length === 0 || calls.length > 4) continue;
      for (const { unit, fact } of calls) {
        const given = name ? [fact.args[1]] : this.loaded({ unit, fact });
        for (const factory of given) {
          if (!factory) continue;
          const made = this.settings.apply(this.settings.term(unit, factory), []);
          let found = made;
          for (const part of path) found = this.settings.memberOf(found, part);
          if (found.k !== 'unknown' && made.k !== 'unknown') return found;
        }
      }
    }
    return undefined;
  }

  private loaded({ unit, fact }: Pick<Call, 'unit' | 'fact'>) {
    const options = fact.args[0];
    if (options?.k !== 'object') return [];
    const list = options.props.find(({ name }) => name === 'load')?.value;
    return list?.k === 'array' ? list.items : list ? this.itemsOf(unit, list) : [];
  }

  private itemsOf(unit: Call['unit'], expr: Call['fact']['args'][number]) {
    const [only] = this.values.of(unit, expr);
    return only?.value.kind === 'array' && only.value.unit === unit ? only.value.items : [];
  }

  private registered(): Map<string, Call[]> {
    if (this.factories) return this.factories;
    const found = new Map<string, Call[]>();
    this.factories = found;
    for (const unit of this.tables.served) {
      for (const call of unit.calls) {
        const { callee, args } = call.fact;
        const name =
          callee.k === 'member' ? callee.name : callee.k === 'id' ? unit.facts.bindings[callee.b]?.name : undefined;
        const entry = configurationFactories.find((known) => known.method === name);
        if (!entry || !this.values.calleeApis(call).includes(entry.api)) continue;
        const key = entry.named ? args[0] : undefined;
        if (!entry.named) add(found, '', call);
        else if (key?.k === 'lit' && typeof key.v === 'string') add(found, key.v, call);
      }
    }
    return found;
  }
}

/** A setting that has a default is not required; one that is undefined says nothing. */
function withDefault(of: Term, fallback: Term): Term {
  if (of.k !== 'setting') return of;
  const { required: _, ...own } = of;
  if (fallback.k === 'const' && fallback.value === undefined) return own;
  return { ...own, fallback: fallback.k === 'thing' ? { k: 'unknown' } : fallback };
}

function optional(of: Term): Term {
  if (of.k !== 'setting' || !of.required) return of;
  const { required: _, ...own } = of;
  return own;
}

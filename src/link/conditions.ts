import { instanceIndexVariables } from '../knowledge/guards.js';
import type { AccessFact, CallFact, Expr } from '../model/facts.js';
import type { Evidence } from '../model/finding.js';
import type { Call, Cls, Condition, Fn, Phase, Setting, Unit } from '../model/program.js';
import type { Phases } from './phases.js';
import { add, type Linked, type Tables, text } from './tables.js';
import type { Values } from './values.js';

/** A constant, `undefined`, or not known. */
type Known = { readonly value: string | number | boolean | null | undefined } | undefined;

const INSTANCE_INDEX = new Set(instanceIndexVariables.map(({ name }) => name));
const DEVELOPMENT = /^(?:is|_is|__)?(?:dev|development|devmode|test|testing|local)(?:elopment)?(?:mode|env|__)?$/i;
const PRODUCTION = /^(?:is|_is|__)?prod(?:uction)?(?:mode|env|__)?$/i;
const CAST = /^global:(?:Number|String|Boolean|parseInt|parseFloat|JSON\.parse)$/;

/** One test, without negation, that must come out as `sense`. */
interface Atom {
  readonly unit: Unit;
  readonly test: Expr;
  readonly sense: boolean;
}

/** Says what conditions amount to for an operator: which settings they ask for, and whether these hold by default. */
export class Conditions {
  private made: Map<Cls, Condition[][]> | undefined;
  private mounted: Map<Call, Call[]> | undefined;
  private readonly importers = new Map<string, { unit: Linked; when: readonly number[] }[]>();

  constructor(
    private readonly tables: Tables,
    private readonly values: Values,
    private readonly phases: Phases,
  ) {
    for (const unit of tables.units) {
      for (const { specifier, when, typeOnly } of unit.facts.imports) {
        const target = typeOnly ? undefined : tables.target(unit, specifier);
        if (target?.kind !== 'file') continue;
        const list = this.importers.get(target.file) ?? [];
        list.push({ unit, when });
        this.importers.set(target.file, list);
      }
    }
  }

  /** The conditions of a place: its own, those of the functions around it, and those on the way from the start of the process. */
  of(
    site: { readonly unit: Unit; readonly fn: Fn; readonly fact: AccessFact | CallFact },
    phase: Phase = 'boot',
  ): Condition[] {
    const found = this.tables.conditions(site.unit, site.fact.when);
    found.push(...this.around(site.fn));
    for (const call of this.phases.callsOnPath(site.fn, phase)) {
      found.push(...this.tables.conditions(call.unit, call.fact.when), ...this.around(call.fn));
    }
    const registration = this.phases.registration(site.fn, phase);
    if (registration) {
      found.push(
        ...this.tables.conditions(registration.unit, registration.fact.when),
        ...this.around(registration.fn),
        ...this.mounting(registration),
      );
      if (registration.unit !== site.unit) found.push(...this.loading(registration.unit as Linked, 0, new Set()));
    }
    found.push(...this.loading(site.unit as Linked, 0, new Set()));
    if (site.fn.fact.cls !== undefined) found.push(...this.making(this.tables.cls(site.unit, site.fn.fact.cls)));
    return found;
  }

  /** Conditions under which the router that something is registered on is used at all: `if (debug) app.use('/debug', router)`. */
  private mounting(registration: Call, depth = 0): Condition[] {
    if (depth > 3 || registration.fact.callee.k !== 'member') return [];
    const ways = this.makers(registration.unit, registration.fact.callee.of).flatMap(
      (router) => this.mounts().get(router) ?? [],
    );
    const lists = ways.map((call) => [
      ...this.tables.conditions(call.unit, call.fact.when),
      ...this.around(call.fn),
      ...this.mounting(call, depth + 1),
    ]);
    return lists.length > 0 && lists.every((list) => list.length > 0) ? (lists[0] as Condition[]) : [];
  }

  /** Where each router is mounted, by the call that makes it. */
  private mounts(): Map<Call, Call[]> {
    if (this.mounted) return this.mounted;
    this.mounted = new Map();
    for (const unit of this.tables.served) {
      for (const call of unit.calls) {
        if (call.fact.callee.k !== 'member' || !/^(?:use|route|register|mount)$/.test(call.fact.callee.name)) continue;
        for (const arg of call.fact.args)
          if (arg.k !== 'fn') for (const router of this.makers(unit, arg)) add(this.mounted, router, call);
      }
    }
    return this.mounted;
  }

  /** The calls that made a router; `router.routes()` and `router.route('/path')` are of that router. */
  private makers(unit: Unit, expr: Expr): Call[] {
    if (expr.k === 'call') {
      const call = this.tables.call(unit, expr.c);
      const through = call.fact.callee.k === 'member' ? this.makers(unit, call.fact.callee.of) : [];
      if (through.length > 0) return through;
    }
    return this.values
      .of(unit, expr)
      .flatMap(({ value }) => (value.kind === 'external' && value.call ? [value.call] : []));
  }

  /** Conditions under which a class is used at all: `driver === 's3' ? new BucketFiles() : new LocalFiles()`. */
  private making(cls: Cls): readonly Condition[] {
    if (!this.made) {
      this.made = new Map();
      for (const unit of this.tables.served) {
        for (const call of unit.calls) {
          if (!call.fact.new && !call.fact.decorates) continue;
          if (call.fact.new)
            for (const { value, when } of this.values.of(unit, call.fact.callee))
              if (value.kind === 'class')
                add(this.made, value.cls, [
                  ...this.tables.conditions(unit, call.fact.when),
                  ...this.around(call.fn),
                  ...when,
                ]);
          for (const arg of call.fact.args) this.provided(unit, arg, this.made, 0);
        }
      }
    }
    const ways = this.made.get(cls) ?? [];
    return ways.length > 0 && ways.every((list) => list.length > 0) ? (ways[0] as Condition[]) : [];
  }

  /** `{ provide: Files, useClass: isLocal ? LocalFiles : BucketFiles }`, wherever it stands in a module's metadata. */
  private provided(unit: Unit, expr: Expr, made: Map<Cls, Condition[][]>, depth: number): void {
    if (depth > 4) return;
    if (expr.k === 'array') for (const item of expr.items) this.provided(unit, item, made, depth + 1);
    if (expr.k !== 'object') return;
    for (const prop of expr.props) {
      if (prop.name === 'useClass')
        for (const { value, when } of this.values.of(unit, prop.value))
          if (value.kind === 'class') add(made, value.cls, [...when]);
      if (prop.name !== 'useClass') this.provided(unit, prop.value, made, depth + 1);
    }
  }

  private around(fn: Fn): Condition[] {
    const found: Condition[] = [];
    for (let at: Fn | undefined = fn; at && at.id !== 0; at = this.tables.parent(at))
      found.push(...this.tables.conditions(at.unit, at.fact.when));
    return found;
  }

  /** Conditions under which a module is loaded at all: `if (isPrimary) require('./cron')`. */
  private loading(unit: Linked, depth: number, seen: Set<string>): Condition[] {
    if (depth > 3 || seen.has(unit.file)) return [];
    seen.add(unit.file);
    const importers = (this.importers.get(unit.file) ?? []).filter(
      ({ unit: by }) => !by.roles.has('test') || by.roles.size > 1,
    );
    if (importers.length === 0 || importers.length > 3) return [];
    const own = importers.map(({ unit: by, when }) => this.tables.conditions(by, when));
    if (own.every((list) => list.length > 0)) return own[0] as Condition[];
    return importers.length === 1 ? this.loading((importers[0] as { unit: Linked }).unit, depth + 1, seen) : [];
  }

  /** Environment variables and named settings that an expression asks for. */
  settings(unit: Unit, expr: Expr, depth = 0): string[] {
    if (depth > 6) return [];
    const inner = (part: Expr) => this.settings(unit, part, depth + 1);
    switch (expr.k) {
      case 'binary':
      case 'logic':
        return [...inner(expr.left), ...inner(expr.right)];
      case 'unary':
      case 'await':
      case 'spread':
        return inner(expr.of);
      case 'choose':
        return [...inner(expr.test), ...inner(expr.yes), ...inner(expr.no)];
      case 'text':
      case 'other':
        return expr.parts.flatMap(inner);
      case 'id':
      case 'member':
      case 'index':
      case 'call': {
        const found: string[] = [];
        for (const { value, when } of this.values.of(unit, expr)) {
          if (value.kind === 'external' && value.api.startsWith('env:'))
            found.push(value.api.slice(4).replace(/[.(].*$/, ''));
          const last = /[.:]([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)$/.exec(value.kind === 'external' ? value.api : '')?.[1];
          // Schema libraries give the environment back as an object: `cleanEnv(process.env, …).REDIS_URL`.
          if (last && value.kind === 'external' && !value.api.startsWith('global:')) found.push(last);
          if (value.kind === 'unknown' && expr.k === 'member' && /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(expr.name))
            found.push(expr.name);
          for (const { unit: where, fact } of when)
            if (fact.kind === 'choose' && depth < 3) found.push(...this.settings(where, fact.test, depth + 2));
        }
        if (expr.k === 'call') found.push(...this.settingsOfCall(unit, expr.c, depth));
        const definition = found.length === 0 ? this.values.definition(unit, expr) : undefined;
        if (definition) found.push(...this.settings(definition.unit, definition.expr, depth + 1));
        return [...new Set(found)];
      }
      default:
        return [];
    }
  }

  private settingsOfCall(unit: Unit, id: number, depth: number): string[] {
    const call = this.tables.call(unit, id);
    const { callee, args } = call.fact;
    const first = args[0];
    // `existsSync(path)` is no setting, though the path may come from one.
    const casts =
      this.values.calleeApis(call).some((api) => CAST.test(api)) ||
      /^(?:parse|to|as|is|str)?_?(?:bool\w*|true|enabled|truthy|yn|int|number|string|includes)$/i.test(
        text(unit, callee).replace(/^.*\./, ''),
      );
    const found = casts ? args.flatMap((arg) => this.settings(unit, arg, depth + 1)) : [];
    if (callee.k === 'member') {
      const isSetting =
        /^(?:get|getOrThrow|has|getString|getBoolean|getNumber|env)$/.test(callee.name) &&
        /config|env|nconf|setting/i.test(text(unit, callee.of));
      if (isSetting && first?.k === 'lit' && typeof first.v === 'string') found.push(first.v);
      found.push(...this.settings(unit, callee.of, depth + 1));
    }
    return found;
  }

  /** What an expression is when only NODE_ENV=production is set. */
  known(unit: Unit, expr: Expr, depth = 0): Known {
    if (depth > 8) return undefined;
    const inner = (part: Expr) => this.known(unit, part, depth + 1);
    switch (expr.k) {
      case 'lit':
        return { value: expr.v };
      case 'undefined':
        return { value: undefined };
      case 'unary': {
        const of = inner(expr.of);
        return expr.op === '!' && of ? { value: !of.value } : undefined;
      }
      case 'await':
        return inner(expr.of);
      case 'logic': {
        const left = inner(expr.left);
        if (!left) {
          // `x && false` is false whatever x is; the like for `||`.
          const right = inner(expr.right);
          if (expr.op === '&&' && right && !right.value) return right;
          return expr.op === '||' && right?.value ? right : undefined;
        }
        const goesOn =
          expr.op === '&&'
            ? Boolean(left.value)
            : expr.op === '||'
              ? !left.value
              : left.value === undefined || left.value === null;
        return goesOn ? inner(expr.right) : left;
      }
      case 'choose': {
        const test = inner(expr.test);
        return test ? inner(test.value ? expr.yes : expr.no) : undefined;
      }
      case 'binary':
        return compare(expr.op, inner(expr.left), inner(expr.right));
      case 'call': {
        const call = this.tables.call(unit, expr.c);
        const first = call.fact.args[0];
        const apis = this.values.calleeApis(call);
        if (first && apis.length && apis.every((api) => CAST.test(api))) {
          const value = inner(first);
          return value && apis[0] === 'global:Boolean' ? { value: Boolean(value.value) } : value;
        }
        const { callee } = call.fact;
        if (callee.k === 'member' && callee.name === 'includes' && first) {
          const wanted = inner(first);
          const list = this.values.of(unit, callee.of).find(({ value }) => value.kind === 'array')?.value;
          const items =
            list?.kind === 'array' ? list.items.map((item) => this.known(list.unit, item, depth + 1)) : undefined;
          return wanted && items?.every((item) => item !== undefined)
            ? { value: items.some((item) => item.value === wanted.value) }
            : undefined;
        }
        if (callee.k === 'member' && /^(?:toLowerCase|toUpperCase|trim|toString)$/.test(callee.name)) {
          const value = inner(callee.of);
          if (typeof value?.value !== 'string') return value;
          return {
            value:
              callee.name === 'toLowerCase'
                ? value.value.toLowerCase()
                : callee.name === 'toUpperCase'
                  ? value.value.toUpperCase()
                  : value.value,
          };
        }
        if (this.settingsOfCall(unit, expr.c, 5).length) {
          const fallback = call.fact.args[1];
          return fallback && callee.k === 'member' && callee.name.startsWith('get')
            ? inner(fallback)
            : { value: undefined };
        }
        return this.fromDefinition(unit, expr, depth);
      }
      case 'id':
      case 'member':
      case 'index':
        return this.fromDefinition(unit, expr, depth);
      default:
        return undefined;
    }
  }

  private fromDefinition(unit: Unit, expr: Expr, depth: number): Known {
    const definition = this.values.definition(unit, expr);
    return (definition && this.known(definition.unit, definition.expr, depth + 1)) ?? this.fromValues(unit, expr);
  }

  private fromValues(unit: Unit, expr: Expr): Known {
    const values = this.values.of(unit, expr);
    const variable = values.find(({ value }) => value.kind === 'external' && value.api.startsWith('env:'))?.value;
    const literals = values.filter(({ value }) => value.kind === 'literal');
    if (variable) {
      if (variable.kind === 'external' && variable.api === 'env:NODE_ENV') return { value: 'production' };
      // A default stands beside the variable: `process.env.DRIVER ?? 'local'`.
      const fallback = literals[0]?.value;
      if (values.length === 1) return { value: undefined };
      return values.length === 2 && fallback?.kind === 'literal' ? { value: fallback.value } : undefined;
    }
    const only = values.length === 1 ? values[0]?.value : undefined;
    if (only?.kind === 'literal') return { value: only.value };
    if (only?.kind === 'undefined') return { value: undefined };
    if (
      values.length &&
      values.every(({ value }) => value.kind === 'function' || value.kind === 'instance' || value.kind === 'object')
    )
      return { value: true };
    return undefined;
  }

  setting(conditions: readonly Condition[]): Setting {
    let when: Setting['when'] = 'always';
    let developmentOnly = false;
    const words: string[] = [];
    const evidence: Evidence[] = [];
    for (const { unit, fact } of conditions) {
      if (fact.kind === 'catch' || fact.kind === 'loop') continue;
      for (const either of this.conjuncts(unit, fact.test, fact.sense, 0)) {
        const live = either.filter((atom) => !this.isDevelopment(atom));
        if (live.length === 0) developmentOnly = true;
        const asked = live.map((atom) => ({ atom, names: this.operatorSettings(atom) }));
        // Where one of several alternatives asks for no setting, none is needed.
        if (asked.length === 0 || asked.some(({ names }) => names.length === 0)) continue;
        const holds = live.some((atom) => this.holdsByDefault(atom));
        if (!holds) when = 'optional-config';
        else if (when === 'always') when = 'default-config';
        const said = holds
          ? `safe when ${asked.map(({ atom, names }) => phrase(atom, names, !atom.sense)).join(' and ')}`
          : `only when ${asked.map(({ atom, names }) => phrase(atom, names, atom.sense)).join(' or ')}`;
        if (!words.includes(said)) words.push(said);
        if (fact.span[0] > 0)
          evidence.push({
            role: 'condition',
            file: unit.file,
            span: fact.span,
            note: `depends on ${[...new Set(asked.flatMap(({ names }) => names))].join(', ')}`,
          });
      }
    }
    return { when, developmentOnly, evidence, ...(words.length ? { words: words.join('; ') } : {}) };
  }

  /** All of the lists must hold, and of each list one atom: negations and constants are seen through. */
  private conjuncts(unit: Unit, test: Expr, sense: boolean, depth: number): Atom[][] {
    if (depth > 8) return [[{ unit, test, sense }]];
    const inner = (part: Expr, how = sense) => this.conjuncts(unit, part, how, depth + 1);
    if (test.k === 'unary' && test.op === '!') return inner(test.of, !sense);
    if (test.k === 'await') return inner(test.of);
    if (test.k === 'logic' && test.op !== '??') {
      const [left, right] = [inner(test.left), inner(test.right)];
      return (test.op === '&&') === sense ? [...left, ...right] : [[...left.flat(), ...right.flat()]];
    }
    if (test.k === 'call') {
      const call = this.tables.call(unit, test.c);
      const first = call.fact.args[0];
      if (first && this.values.calleeApis(call).includes('global:Boolean')) return inner(first);
    }
    const definition =
      test.k === 'id' || test.k === 'member' || test.k === 'call' ? this.values.definition(unit, test) : undefined;
    if (
      definition &&
      (definition.expr.k === 'unary' ||
        definition.expr.k === 'binary' ||
        (definition.expr.k === 'logic' && definition.expr.op === '&&'))
    ) {
      return this.conjuncts(definition.unit, definition.expr, sense, depth + 1);
    }
    return [[{ unit, test, sense }]];
  }

  private operatorSettings({ unit, test }: Atom): string[] {
    return [...new Set(this.settings(unit, test))].filter((name) => name !== 'NODE_ENV' && !INSTANCE_INDEX.has(name));
  }

  private holdsByDefault({ unit, test, sense }: Atom): boolean {
    const truth = this.known(unit, test);
    return truth ? Boolean(truth.value) === sense : !sense;
  }

  /** False in production, whatever else is set. */
  private isDevelopment({ unit, test, sense }: Atom): boolean {
    const truth = this.known(unit, test);
    if (truth && this.settings(unit, test).includes('NODE_ENV')) return Boolean(truth.value) !== sense;
    const name =
      test.k === 'id'
        ? (unit.facts.bindings[test.b]?.name ?? '')
        : test.k === 'member'
          ? test.name
          : test.k === 'global'
            ? test.name
            : '';
    return sense ? DEVELOPMENT.test(name) : PRODUCTION.test(name);
  }

  /** The variables that tell instances apart among those a condition asks for. */
  instanceIndex(unit: Unit, test: Expr): string[] {
    return this.settings(unit, test).filter((name) => INSTANCE_INDEX.has(name));
  }
}

/** `==`: null and undefined are one, and texts compare with numbers. */
function isLoose(left: unknown, right: unknown): boolean {
  if (left === undefined || left === null || right === undefined || right === null)
    return (left ?? null) === (right ?? null);
  return left === right || String(left) === String(right);
}

function compare(op: string, left: Known, right: Known): Known {
  if (!left || !right) return undefined;
  switch (op) {
    case '===':
    case '==':
      return { value: op === '==' ? isLoose(left.value, right.value) : left.value === right.value };
    case '!==':
    case '!=':
      return { value: op === '!=' ? !isLoose(left.value, right.value) : left.value !== right.value };
    case '>':
      return { value: Number(left.value) > Number(right.value) };
    case '<':
      return { value: Number(left.value) < Number(right.value) };
    default:
      return undefined;
  }
}

/** What an operator has to set for an atom to be `sense`, in words. */
function phrase({ unit, test }: Atom, names: readonly string[], sense: boolean): string {
  const isTest =
    test.k === 'call' &&
    /(?:^|\.)(?:includes|test|startsWith|endsWith|match)$/.test(text(unit, unit.facts.calls[test.c]?.callee ?? test));
  const list = names.join(' or ');
  if (test.k === 'binary' && /^[!=]==?$/.test(test.op)) {
    const equal = test.op.startsWith('=') === sense;
    const other = test.right.k === 'lit' || test.right.k === 'undefined' ? test.right : test.left;
    const isTypeof =
      (test.left.k === 'unary' && test.left.op === 'typeof') ||
      (test.right.k === 'unary' && test.right.op === 'typeof');
    if (other.k === 'undefined' || (other.k === 'lit' && (other.v === null || (isTypeof && other.v === 'undefined'))))
      return `${list} is ${equal ? 'not set' : 'set'}`;
    if (other.k === 'lit') return `${list} is ${equal ? '' : 'not '}'${other.v}'`;
  }
  // A comparison of another kind, or a test by a function, cannot be said in a word.
  const isOther = test.k === 'binary' || (test.k === 'call' && isTest);
  return !isOther ? `${list} is ${sense ? 'set' : 'not set'}` : `${list} says ${sense ? 'so' : 'otherwise'}`;
}

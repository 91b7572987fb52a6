import {
  type Alternative,
  ApiTable,
  brokerCalls,
  type Call,
  callsAmong,
  type Cls,
  type Condition,
  type Evidence,
  madeAt,
  type Match,
  once,
  type Program,
  type Setting,
  sharing,
  type SocketServerKnowledge,
  taken,
  type Taking,
  withoutThese,
  worst,
} from '../../src/api/index.js';

const BROKERS = new ApiTable(brokerCalls.map((api) => ({ patterns: [api], entry: api })));

/** For whom it holds what one instance says: all, those of one host, itself alone. */
type Spread = 'shared' | 'host' | 'memory' | 'unknown';

/** What passes messages on from this server to the clients of other instances, as far as it can be told. */
export interface Joined {
  /** Absent: every instance hears them in production. */
  readonly gap?: {
    readonly setting: Setting;
    /** `host`: the instances of one host hear one another. */
    readonly spread: 'host' | 'memory';
  };
  /** Why it is safe, or when. */
  readonly reason: string;
  readonly evidence: readonly Evidence[];
}

interface Part {
  readonly spread: Spread;
  readonly name: string;
  readonly when: readonly Condition[];
  readonly evidence: readonly Evidence[];
}

/** Looks at what the server is given when it is made, and at what is given to it later. */
export function joined(program: Program, match: Match<SocketServerKnowledge>): Joined {
  const { call } = match;
  const around = program.conditions(call);
  const given = optionsOf(program, match);
  const parts = [
    ...given.filter(({ spread }) => spread !== 'memory'),
    ...later(program, match),
    ...inFiles(program, match),
  ];
  const evidence = parts.flatMap((part) => part.evidence).slice(0, 4);
  const sound = parts.filter(({ spread }) => spread === 'shared' || spread === 'unknown');
  // One that is there whatever the settings are is enough.
  const ways = sound.map((part) => ({ part, setting: gapOf(program, part, around) }));
  const firm = ways.find(({ setting }) => setting === undefined);
  if (firm) return { reason: `${firm.part.name} passes messages on to the other instances`, evidence };
  const host = parts.find(({ spread }) => spread === 'host');
  const settings = ways.length
    ? ways.flatMap(({ setting }) => (setting ? [{ setting }] : []))
    : [{ setting: program.setting(around) }];
  const gap = worst(settings);
  if (!gap) return { reason: 'set up outside production only', evidence };
  return {
    gap: { setting: gap.setting, spread: host ? 'host' : 'memory' },
    reason: '',
    evidence: [...evidence, ...gap.setting.evidence],
  };
}

/** The setting for which the part is missing; none if there is no such setting. */
function gapOf(program: Program, { when }: Part, around: readonly Condition[]): Setting | undefined {
  return when.length === 0 ? undefined : withoutThese(program, when, around);
}

function optionsOf(program: Program, { call, entry, options }: Match<SocketServerKnowledge>): Part[] {
  return (entry.joins ?? []).flatMap((taking) => {
    const expr = entry.plugin ? options?.expr : call.fact.args[taking.arg];
    const unit = entry.plugin && options ? options.unit : call.unit;
    return expr ? taken(program, unit, expr, taking.path).map((one) => partOf(program, one, taking)) : [];
  });
}

/** `io.adapter(…)`, `app.useWebSocketAdapter(…)`: on whichever server of the same process. */
function later(program: Program, { call, entry }: Match<SocketServerKnowledge>): Part[] {
  return (entry.joinedBy ?? []).flatMap(({ api, arg, ...taking }) =>
    sharing(program, call.unit, program.callsTo([api]))
      .filter((found) => found.call !== call)
      .flatMap((found): Part[] => {
        const conditions = program.conditions(found.call);
        if (arg === undefined) return [whole(found.call, conditions)];
        const expr = found.call.fact.args[arg];
        const parts = expr
          ? taken(program, found.call.unit, expr, taking.path).map((one) => partOf(program, one, taking))
          : [];
        return parts
          .filter(({ spread }) => spread !== 'memory')
          .map((part) => ({ ...part, when: [...part.when, ...conditions] }));
      }),
  );
}

function whole(call: Call, when: readonly Condition[]): Part {
  const place = { file: call.unit.file, span: call.fact.span };
  return {
    spread: 'shared',
    name: 'what is set up there',
    when,
    evidence: [{ role: 'option', ...place, note: 'joins the instances' }],
  };
}

/** Frameworks that read what joins the instances from a file of settings. */
function inFiles(program: Program, { call, entry }: Match<SocketServerKnowledge>): Part[] {
  const { manifest } = call.unit;
  if (!entry.joinedIn || !manifest) return [];
  const folder = manifest.dir === '.' ? '' : `${manifest.dir}/`;
  return entry.joinedIn.flatMap(({ files, path }) => {
    const pattern = new RegExp(files);
    return program.units
      .filter(({ file }) => file.startsWith(folder) && pattern.test(file.slice(folder.length)))
      .flatMap((unit) =>
        unit.facts.exports.flatMap(({ name, value }) => {
          const rest = name === path[0] ? path.slice(1) : name === '=' || name === 'default' ? path : undefined;
          return rest && value ? program.property(unit, value, rest) : [];
        }),
      )
      .map((one) => partOf(program, one))
      .filter(({ spread }) => spread !== 'memory');
  });
}

function partOf(program: Program, one: Alternative, { any }: Pick<Taking, 'any'> = {}): Part {
  const { value, when } = one;
  const part = (spread: Spread, name: string, evidence: readonly Evidence[] = []): Part => ({
    spread,
    name,
    when,
    evidence,
  });
  const unknown = any ? 'memory' : 'unknown';
  if (value.kind === 'undefined') return part('memory', '');
  if (value.kind === 'literal') {
    const isName = typeof value.value === 'string' && value.value !== '' && value.value !== 'memory';
    return isName ? part('shared', `\`${value.value}\``) : part('memory', '');
  }
  if (program.isShared(value)) return part('shared', 'what the configuration declares to be shared');
  if (value.kind === 'external') {
    const name = `\`${value.api.slice(0, value.api.indexOf(':'))}\``;
    const spread = spreadOf(program, value.api);
    return spread
      ? part(spread, name, madeAt(one, `what joins the instances, from ${name}`))
      : part(unknown, `what ${name} gives`);
  }
  if (value.kind === 'instance' || value.kind === 'class') {
    const { cls } = value;
    return part(ownSpread(program, cls, unknown), `\`${cls.fact.name}\``, madeAt(one, 'an adapter of this project'));
  }
  return part(unknown, 'what is given to it');
}

function spreadOf(program: Program, api: string): Spread | undefined {
  const keeps = storesOf(program).first(api)?.keeps;
  return keeps === 'shared' || keeps === 'host' || keeps === 'memory' ? keeps : undefined;
}

const storesOf = once(
  (program: Program) => new ApiTable(program.knowledge.stores.map((entry) => ({ patterns: [entry.api], entry }))),
);

/** A class of the project joins the instances if it sets an adapter that does, or publishes and subscribes itself. */
function ownSpread(program: Program, cls: Cls, unknown: Spread): Spread {
  let found = unknown;
  let sets = false;
  const seen = new Set<Cls>();
  for (let at: Cls | undefined = cls; at && !seen.has(at); ) {
    seen.add(at);
    const { unit, id }: Cls = at;
    for (const call of callsAmong(program, [unit])) {
      if (!isWithin(program, call, id)) continue;
      for (const api of program.apis(call)) {
        const spread = spreadOf(program, `${api}()`);
        if (spread === 'shared' || BROKERS.first(api)) return 'shared';
        if (spread === 'host') found = 'host';
      }
      sets ||= call.fact.callee.k === 'member' && call.fact.callee.name === 'adapter';
    }
    const base: Alternative | undefined = at.fact.extends && program.values(unit, at.fact.extends)[0];
    // It changes something else about the adapter of the framework, which knows its own process only.
    if (base?.value.kind === 'external' && spreadOf(program, `${base.value.api}()`) === 'memory')
      return found === 'host' ? 'host' : sets ? 'unknown' : 'memory';
    at = base?.value.kind === 'class' ? base.value.cls : undefined;
  }
  return found;
}

function isWithin(program: Program, call: Call, cls: number): boolean {
  for (let fn = call.fn; fn.id !== 0; fn = program.fn(fn.unit, fn.fact.parent)) if (fn.fact.cls === cls) return true;
  return false;
}

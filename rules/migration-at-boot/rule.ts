import {
  ApiTable,
  type Call,
  callsKnown,
  callsOfMember,
  type Condition,
  defineRule,
  doubtsOfReach,
  type Evidence,
  type Expr,
  type Fn,
  idleBecause,
  inAnyCase,
  inOrder,
  type MigrationCall,
  migrationCalls,
  migrationMethods,
  type MigrationOption,
  migrationOptions,
  migrationRecipes,
  type Place,
  type Prop,
  recipeFor,
  type RuleContext,
  type Setting,
  type Stack,
  type Unit,
  worst,
} from '../../src/api/index.js';
import { type ByHand, isEmbedded, schemaByHand } from './by-hand.js';
import { checkStarts, commandFacts, consequence, does, type Facts, severityOf } from './commands.js';

const CALLS = new ApiTable<MigrationCall>(migrationCalls.map((entry) => ({ patterns: [entry.api], entry })));
const OPTIONS = new ApiTable<MigrationOption>(migrationOptions.map((entry) => ({ patterns: [entry.api], entry })));
const METHODS = migrationMethods.map((entry) => ({
  entry,
  ...(entry.receiver ? { receiver: new RegExp(entry.receiver, 'i') } : {}),
}));
const RUNS_COMMAND = new ApiTable<number>([
  {
    patterns: [
      'child_process:{exec,execSync,spawn,spawnSync,execFile,execFileSync}',
      'execa:{,execa,execaSync,execaCommand,$}',
      'shelljs:exec',
      'cross-spawn:{,sync}',
    ],
    entry: 0,
  },
]);

export default defineRule({
  meta: {
    id: 'migration-at-boot',
    title: 'Schema migrations run by every instance when it starts',
    category: 'jobs',
    severity: 'error',
    triggers: ['scale-out', 'rolling-deploy', 'crash'],
  },
  check(context) {
    const { program } = context;
    const known = [
      ...callsKnown(program, CALLS),
      ...callsKnown(program, RUNS_COMMAND),
      ...callsKnown(program, OPTIONS),
    ];
    const named = callsOfMember(program, new Set(METHODS.map(({ entry }) => entry.method)));
    const told = new Map<string, ToldByOption[]>();
    for (const call of inOrder(program, [...known.map(({ call: one }) => one), ...named])) {
      const facts = migrates(context, call);
      if (facts) checkCall(context, call, facts);
      for (const api of context.program.apis(call))
        for (const option of OPTIONS.find(api)) checkOption(context, call, option, told);
    }
    for (const list of told.values()) reportTold(context, list);
    for (const change of schemaByHand(context.program)) checkByHand(context, change);
    checkStarts(context);
  },
});

/** What a call migrates with, if it does. */
function migrates({ program }: RuleContext, call: Call): Facts | undefined {
  const apis = program.apis(call);
  for (const api of apis) {
    const entry = CALLS.first(api);
    if (entry) return withLockOption(program, call, entry);
    if (RUNS_COMMAND.first(api) !== undefined) {
      const command = commandOf(program, call);
      if (command) return command;
    }
  }
  const { callee } = call.fact;
  if (callee.k !== 'member' || program.callees(call).length > 0) return undefined;
  const receiver = program.text(call.unit, callee.of);
  return METHODS.find(
    ({ entry, receiver: pattern }) =>
      entry.method === callee.name && (pattern ? pattern.test(receiver) : apis.length === 0),
  )?.entry;
}

function withLockOption(program: RuleContext['program'], call: Call, entry: MigrationCall): Facts {
  const option = entry.lockOption;
  const arg = option ? call.fact.args[option.arg] : undefined;
  if (!option || !arg) return entry;
  const given = program.property(call.unit, arg, option.path.split('.'));
  const matches = given.some(
    ({ value }) =>
      value.kind === 'literal' && (option.value === undefined ? Boolean(value.value) : value.value === option.value),
  );
  return matches ? { ...entry, ownLock: option.lock } : entry;
}

/** `execSync('npx prisma migrate deploy')`, `spawn('npx', ['prisma', 'migrate', 'deploy'])`. */
function commandOf(program: RuleContext['program'], call: Call): Facts | undefined {
  const literal = (unit: Unit, expr: Expr) =>
    program.values(unit, expr).flatMap(({ value }) => (value.kind === 'literal' ? [String(value.value)] : []));
  const [first, second] = call.fact.args;
  if (!first) return undefined;
  const words = literal(call.unit, first).flatMap((line) => line.split(/\s+/));
  if (second)
    for (const { value } of program.values(call.unit, second))
      if (value.kind === 'array') words.push(...value.items.flatMap((item) => literal(value.unit, item)));
  return commandFacts(words);
}

function checkCall(context: RuleContext, call: Call, facts: Facts): void {
  const { program } = context;
  const place = { file: call.unit.file, span: call.fact.span };
  if (!call.unit.roles.has('server') && !call.unit.roles.has('worker')) return;
  const boot = program.reaches(call.fn).find(({ phase }) => phase === 'boot');
  if (!boot) {
    context.safe({ ...place, reason: 'not on the way of a starting server' });
    return;
  }
  report(context, call, place, facts, program.setting(program.conditions(call)), boot.path, boot.weak);
}

/** A call that is handed options by which it migrates, and what must hold for that. */
interface ToldByOption {
  readonly call: Call;
  readonly option: MigrationOption;
  readonly place: Place;
  readonly path: readonly Evidence[];
  readonly conditions: readonly Condition[];
}

/** Several calls may be handed the same options: what is true of one or the other is true in any case. */
function reportTold(context: RuleContext, list: readonly ToldByOption[]): void {
  const settings = inAnyCase(list.map(({ conditions }) => conditions)).map((conditions) => ({
    setting: context.program.setting(conditions),
  }));
  const [first] = list;
  const setting = (worst(settings) ?? settings[0])?.setting;
  if (first && setting) report(context, first.call, first.place, first.option, setting, first.path, false);
}

function checkOption(
  context: RuleContext,
  call: Call,
  option: MigrationOption,
  told: Map<string, ToldByOption[]>,
): void {
  const { program } = context;
  const arg = call.fact.args[option.arg];
  if (!arg || (!call.unit.roles.has('server') && !call.unit.roles.has('worker'))) return;
  const boot = call.fact.decorates ? undefined : program.reaches(call.fn).find(({ phase }) => phase === 'boot');
  for (const { unit, prop, when } of optionProps(program, call.unit, arg, option.path.split('.'))) {
    const place = { file: unit.file, span: prop.span };
    const given = program.values(unit, prop.value);
    const known = program.known(unit, prop.value);
    const wanted = (value: unknown) =>
      option.value === 'truthy'
        ? Boolean(value)
        : option.value === 'given'
          ? value !== undefined && value !== null
          : option.value.includes(String(value));
    const condition: Condition = { unit, fact: { test: prop.value, sense: true, kind: 'if', span: prop.span } };
    const own = program.setting(option.value === 'truthy' ? [condition] : []);
    if (own.when === 'always' && known && !wanted(known.value)) {
      context.safe({ ...place, reason: `\`${option.path}\` is off${own.developmentOnly ? ' in production' : ''}` });
      continue;
    }
    // Not a constant and not a setting: nothing is known of it.
    if (
      own.when === 'always' &&
      !known &&
      !(option.value === 'given' && given.some(({ value }) => value.kind !== 'undefined' && value.kind !== 'unknown'))
    )
      continue;
    const key = `${place.file}:${place.span.join(':')}`;
    const conditions = [...(option.value === 'truthy' ? [condition] : []), ...when, ...program.conditions(call)];
    told.set(key, [...(told.get(key) ?? []), { call, option, place, path: boot?.path ?? [], conditions }]);
  }
}

interface OptionProp {
  readonly unit: Unit;
  readonly prop: Prop;
  /** What must hold for the object it stands in to be the options. */
  readonly when: readonly Condition[];
}

/** The property that sets an option, in the object itself or in what a factory or options class returns. */
function optionProps(
  program: RuleContext['program'],
  unit: Unit,
  expr: Expr,
  path: readonly string[],
  depth = 0,
): OptionProp[] {
  const found: OptionProp[] = [];
  if (depth > 5) return found;
  for (const { value, when } of program.values(unit, expr)) {
    if (value.kind !== 'object') continue;
    const below = (list: readonly OptionProp[]) => list.map((one) => ({ ...one, when: [...when, ...one.when] }));
    for (const prop of value.expr.props) {
      if (prop.name === path[0]) {
        if (path.length === 1) found.push({ unit: value.unit, prop, when });
        else found.push(...below(optionProps(program, value.unit, prop.value, path.slice(1), depth + 1)));
      } else if (prop.name === undefined) {
        found.push(...below(optionProps(program, value.unit, prop.value, path, depth + 1)));
      } else if (prop.name === 'useFactory') {
        for (const fn of program.functions(value.unit, prop.value))
          found.push(...returnedProps(program, fn, path, depth));
      } else if (prop.name === 'useClass' || prop.name === 'useExisting') {
        for (const one of program.values(value.unit, prop.value)) {
          if (one.value.kind !== 'class') continue;
          const { cls } = one.value;
          for (const member of cls.fact.members) {
            if (member.fn !== undefined && /^create\w*Options$/.test(member.name))
              found.push(...returnedProps(program, program.fn(cls.unit, member.fn), path, depth));
          }
        }
      }
    }
  }
  return found;
}

function returnedProps(program: RuleContext['program'], fn: Fn, path: readonly string[], depth: number): OptionProp[] {
  return fn.fact.returns.flatMap(({ value }) => (value ? optionProps(program, fn.unit, value, path, depth + 1) : []));
}

function report(
  context: RuleContext,
  call: Call,
  place: Place,
  facts: Facts,
  setting: Setting,
  path: readonly Evidence[],
  weak: boolean,
): void {
  const { program } = context;
  if (setting.never) {
    context.safe({ ...place, reason: 'asks for the absence of a setting that is required' });
    return;
  }
  if (setting.developmentOnly) {
    context.safe({ ...place, reason: idleBecause(setting, 'runs only outside production') });
    return;
  }
  const guard = program.guards(call).find(({ kind }) => kind !== 'role-switch');
  if (guard) {
    context.safe({ ...place, reason: `guarded: ${guard.label}`, because: guard.place });
    return;
  }
  context.report({
    ...place,
    severity: severityOf(facts),
    confidence: weak ? 'medium' : 'high',
    doubts: doubtsOfReach({ weak, path }),
    when: setting.when,
    ...(setting.words ? { condition: setting.words } : {}),
    symbol: program.symbol(place),
    message: `Every instance ${does(facts)} when it starts. ${facts.words}.`,
    consequence: consequence(facts),
    hint: hint(program.stack(call.unit), facts),
    evidence: [
      { role: 'primary', ...place, note: facts.does === 'sync' ? 'the schema is changed here' : 'migrations run here' },
      ...path,
      ...setting.evidence,
    ],
  });
}

function checkByHand(context: RuleContext, { call, does: what, words, repeatable, ownState }: ByHand): void {
  const { program } = context;
  const place = { file: call.unit.file, span: call.fact.span };
  if (!call.unit.roles.has('server') && !call.unit.roles.has('worker')) return;
  const boot = program.reaches(call.fn).find(({ phase }) => phase === 'boot');
  if (!boot) return context.safe({ ...place, reason: 'not on the way of a starting server' });
  const conditions = program.conditions(call);
  if (isEmbedded(program, call, conditions))
    return context.safe({ ...place, reason: 'the database is a file of this instance alone' });
  // What such a function itself asks is how far the schema is, and no setting of an operator.
  const own = new Set(call.fact.when.map((id) => call.unit.facts.conditions[id]));
  const setting = program.setting(conditions.filter(({ fact }) => !ownState || !own.has(fact)));
  if (program.setting(conditions).developmentOnly)
    return context.safe({ ...place, reason: 'runs only outside production' });
  const guard = program.guards(call).find(({ kind }) => kind !== 'role-switch');
  if (guard) return context.safe({ ...place, reason: `guarded: ${guard.label}`, because: guard.place });
  context.report({
    ...place,
    severity: repeatable ? 'warning' : 'error',
    confidence: boot.weak || repeatable ? 'medium' : 'high',
    when: setting.when,
    ...(setting.words ? { condition: setting.words } : {}),
    doubts: [
      ...doubtsOfReach(boot),
      ...(repeatable ? ['a second run changes nothing, unless both run at the same moment'] : []),
    ],
    symbol: program.symbol(place),
    message: `Every instance ${what} when it starts (\`${program.text(call.unit, call.fact.callee)}\`). ${words}.`,
    consequence:
      'When two instances start together, one fails on what the other has just made, or both change the same rows; during a rolling deploy the old instances meet a schema they do not know.',
    hint: recipeFor(migrationRecipes, 'by hand', program.stack(call.unit)),
    evidence: [{ role: 'primary', ...place, note: 'the schema is changed here' }, ...boot.path, ...setting.evidence],
  });
}

/** The step of a release that takes the place of this call. */
function hint(stack: Stack, { tool, does: what }: Facts): string {
  return recipeFor(migrationRecipes, what === 'sync' ? `${tool} sync` : tool, stack);
}

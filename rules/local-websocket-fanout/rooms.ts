import {
  broadcastOf,
  type Call,
  callsWithin,
  type Cls,
  connectionOf,
  type Expr,
  type Fn,
  type MemberFact,
  type Program,
  type Reach,
  type RuleContext,
  SPEAKS,
  userReach,
  idleBecause,
} from '../../src/api/index.js';

/*
 * Objects that gather the sockets of one room, document or game, and are themselves kept in a map of the process. The map
 * alone looks like a cache; what is wrong with it is that the sockets inside are those of one instance.
 */

const COLLECTION = /^global:(?:Set|Map|Array)\(\)$/;
const PUTS_IN = /^(?:add|push|set|unshift)$/;
const NAMED = /^(?:socket|ws|conn|connection|client|peer|spark)$/i;

interface Gathering {
  readonly cls: Cls;
  readonly member: MemberFact;
  readonly put: Call;
  readonly reach: Reach;
  readonly isPlain: boolean;
}

export function checkRooms(context: RuleContext): void {
  const { program } = context;
  const kept = keptClasses(program);
  for (const cls of kept) {
    for (const member of cls.fact.members) {
      if (member.kind !== 'field' || member.static || !isCollection(program, cls, member)) continue;
      const gathering = gatheringOf(program, cls, member);
      if (gathering) check(context, gathering);
    }
  }
}

/** Classes whose objects are put into something that outlives a connection. */
function keptClasses(program: Program): ReadonlySet<Cls> {
  const found = new Set<Cls>();
  for (const { writes } of program.cells)
    for (const { op, unit, value } of writes) {
      if (op !== 'insert' || !value || !unit.roles.has('server') || unit.vendored) continue;
      for (const one of program.values(unit, value)) if (one.value.kind === 'instance') found.add(one.value.cls);
    }
  return found;
}

function isCollection(program: Program, { unit }: Cls, { value }: MemberFact): boolean {
  return (
    value !== undefined &&
    program
      .values(unit, value)
      .some((one) => one.value.kind === 'array' || (one.value.kind === 'external' && COLLECTION.test(one.value.api)))
  );
}

/** A socket is put in while one connects. */
function gatheringOf(program: Program, cls: Cls, member: MemberFact): Gathering | undefined {
  for (const put of callsOf(program, cls)) {
    const { callee, args } = put.fact;
    if (callee.k !== 'member' || !PUTS_IN.test(callee.name) || !isField(callee.of, cls, member)) continue;
    const entry = args.at(-1);
    const reach = userReach(program, put.fn, ['socket']);
    if (!entry || !reach) continue;
    const isPlain = connectionOf(program, put.unit, entry) === 'socket';
    if (isPlain || NAMED.test(program.text(put.unit, entry).replace(/^.*\./, '')))
      return { cls, member, put, reach, isPlain };
  }
  return undefined;
}

function callsOf(program: Program, cls: Cls): readonly Call[] {
  return methodsOf(program, cls).flatMap((fn) => callsWithin(program, fn));
}

function methodsOf(program: Program, { unit, fact }: Cls): readonly Fn[] {
  return fact.members.flatMap(({ fn, static: isStatic }) =>
    fn === undefined || isStatic ? [] : [program.fn(unit, fn)],
  );
}

function isField(expr: Expr, cls: Cls, { name }: MemberFact): boolean {
  return expr.k === 'member' && expr.name === name && expr.of.k === 'this' && expr.of.cls === cls.id;
}

function check(context: RuleContext, { cls, member, put, reach, isPlain }: Gathering): void {
  const { program } = context;
  const place = { file: cls.unit.file, span: member.span };
  const name = `${cls.fact.name}.${member.name}`;
  const silence = (reason: string) => context.safe({ ...place, reason: `\`${name}\`: ${reason}` });
  // A cell of its own is judged as such.
  if (program.cells.some((cell) => cell.unit === cls.unit && cell.place.span[0] === member.span[0])) return;
  const speaking = methodsOf(program, cls).filter(
    (fn) =>
      cls.unit.facts.accesses.some(({ fn: at, target }) => isWithin(fn, at) && isField(root(target), cls, member)) &&
      callsWithin(program, fn).some(({ fact: { callee } }) => callee.k === 'member' && SPEAKS.test(callee.name)),
  );
  const told = speaking.find((fn) => program.reaches(fn).some(({ everyInstance }) => everyInstance));
  if (told) return void silence('spoken to when a message reaches every instance');
  const asking = speaking
    .map((fn) => ({ fn, reach: userReach(program, fn, ['request', 'socket', 'consumer', 'event']) }))
    .find((one) => one.reach !== undefined);
  if (!asking) return void silence('nothing is known to be said to all of them');
  const setting = program.setting(program.conditions(put, 'socket'));
  if (setting.developmentOnly || setting.never)
    return void silence(idleBecause(setting, 'filled only outside production'));
  context.report({
    ...place,
    confidence: isPlain && !reach.weak && !asking.reach?.weak ? 'high' : 'medium',
    doubts: isPlain ? [] : ['that its entries are connections is told from their names'],
    when: setting.when,
    ...(setting.words ? { condition: setting.words } : {}),
    symbol: name,
    message: `\`${name}\` gathers the sockets that are connected to this process, and \`${asking.fn.name}\` speaks to these as if they were all.`,
    consequence:
      'Users who meet on different instances do not see each other or each other’s changes, and what they do at the same time can overwrite one another.',
    hint: broadcastOf(
      program.stack(cls.unit),
      `Keep \`${member.name}\` for the sockets of this instance, and let every instance hear what is meant for all of them`,
      member.name,
      `sends it to those in \`${member.name}\``,
    ),
    evidence: [
      { role: 'primary', ...place, note: `\`${name}\` is declared` },
      ...reach.path,
      {
        role: 'written',
        file: put.unit.file,
        span: put.fact.span,
        note: `a socket is put in, reached from ${reach.label}`,
      },
      {
        role: 'read',
        file: asking.fn.unit.file,
        span: asking.fn.fact.nameSpan,
        note: `\`${asking.fn.name}\` speaks to all of them`,
      },
    ],
  });
}

function isWithin(outer: Fn, id: number): boolean {
  for (let at = id, steps = 0; steps < 8; steps++) {
    if (at === outer.id) return true;
    if (at === 0) return false;
    at = outer.unit.facts.functions[at]?.parent ?? 0;
  }
  return false;
}

/** `this.clients` of `this.clients.size`. */
function root(expr: Expr): Expr {
  let at = expr;
  while ((at.k === 'member' || at.k === 'index') && (at.of.k === 'member' || at.of.k === 'index')) at = at.of;
  return at;
}

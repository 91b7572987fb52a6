import {
  broadcastOf,
  type Expr,
  type Fn,
  nameOfState,
  reachedByUser,
  type RuleContext,
  type Program,
  type StateAccess,
  type StateCell,
} from '../../src/api/index.js';

/** One value loaded from the database when it is first asked for, and forgotten only by the instance that changes it. */
export function checkLoaded(context: RuleContext, cell: StateCell): void {
  const { program } = context;
  if (cell.unit.vendored || cell.writes.length < 2) return;
  const assigns = cell.writes.filter(({ op }) => op === 'assign');
  if (assigns.length !== cell.writes.length) return;
  const loads = assigns.filter((write) => !isReset(write));
  if (loads.length === 0 || !loads.every((load) => isLoaded(program, load))) return;
  const filling = new Set(loads.map(({ fn }) => fn));
  const resets = assigns
    .filter((write) => isReset(write) && !isWithin(program, write.fn, filling))
    .flatMap((access) => {
      const reach = reachedByUser(program, access.fn);
      return reach ? [{ access, reach }] : [];
    });
  const reset = resets.find(({ reach }) => !reach.weak) ?? resets[0];
  const read = cell.reads
    .map((access) => ({ access, reach: reachedByUser(program, access.fn) }))
    .find(({ reach }) => reach);
  if (!reset || !read?.reach) return;
  const setting = program.setting(
    program.conditions({ unit: reset.access.unit, fn: reset.access.fn, fact: reset.access.fact }, reset.reach.phase),
  );
  if (setting.developmentOnly || setting.never) return;
  context.report({
    ...cell.place,
    confidence: reset.reach.weak ? 'medium' : 'high',
    when: setting.when,
    ...(setting.words ? { condition: setting.words } : {}),
    symbol: cell.name,
    message: `${nameOfState(cell)} is loaded from the database once, and ${reset.reach.label} makes this instance only load it again.`,
    consequence:
      'A change made through one instance is unknown to the others until they restart: they go on with the old values.',
    hint: broadcastOf(
      program.stack(cell.unit),
      'Tell every instance that it has changed',
      cell.name,
      `loads \`${cell.name}\` again`,
    ),
    evidence: [
      { role: 'primary', ...cell.place, note: `\`${cell.name}\` is declared` },
      ...loads
        .slice(0, 2)
        .map(({ place, fn }) => ({ role: 'written' as const, ...place, note: `loaded in \`${fn.name}\`` })),
      ...reset.reach.path,
      {
        role: 'written',
        ...reset.access.place,
        note: `forgotten in \`${reset.access.fn.name}\`, reached from ${reset.reach.label}`,
      },
      {
        role: 'read',
        ...read.access.place,
        note: `read in \`${read.access.fn.name}\`, reached from ${read.reach.label}`,
      },
    ],
  });
}

/** One of these functions, or a callback of theirs: what has loaded the value puts it away when that is over, or has failed. */
function isWithin(program: Program, fn: Fn, outer: ReadonlySet<Fn>): boolean {
  return outer.has(fn) || (fn.id !== 0 && isWithin(program, program.fn(fn.unit, fn.fact.parent), outer));
}

function isReset({ value }: StateAccess): boolean {
  return value === undefined || value.k === 'undefined' || (value.k === 'lit' && !value.v);
}

/** What is assigned was asked of the database: `await settings.findOne(…).lean()`. */
function isLoaded(program: Program, { unit, fn, value }: StateAccess): boolean {
  for (let id = callOf(value), depth = 0; id !== undefined && depth < FAR; depth++) {
    const at = id;
    const made = program.callsIn(fn).find((one) => one.unit === unit && one.id === at);
    if (!made) return false;
    if (program.effect(made)?.kind === 'database') return true;
    const within = program.callees(made).flatMap((callee) => program.effects(callee).effects);
    if (within.some(({ kind }) => kind === 'database')) return true;
    id = made.fact.callee.k === 'member' ? callOf(made.fact.callee.of) : undefined;
  }
  return false;
}

const FAR = 8;

function callOf(value: Expr | undefined): number | undefined {
  if (value?.k === 'await' || value?.k === 'member' || value?.k === 'index') return callOf(value.of);
  if (value?.k === 'logic') return callOf(value.right);
  return value?.k === 'call' ? value.c : undefined;
}

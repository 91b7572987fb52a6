import {
  awaitedHooks,
  beginsUnwaited,
  type Call,
  doubtsOfEffect,
  type Effect,
  promiseChain,
  type Program,
  type Reach,
  type RuleContext,
} from '../../src/api/index.js';
import { placeOf } from './stopping.js';

/*
 * Hooks for the end of the process that begin their work and come back at once: the framework, which waits for their promise,
 * goes on to close the connections that the work still needs, and the process ends in the middle of it.
 */

const HOOKS = new Set(awaitedHooks.map(({ label }) => label));
const LOST = new Set<Effect['kind']>(['database', 'mail', 'http', 'enqueue', 'publish']);

interface Unawaited {
  readonly call: Call;
  readonly reach: Reach;
  readonly effect: Effect;
}

export function checkUnawaited(context: RuleContext): void {
  const { program } = context;
  const hooks = new Map<string, Unawaited>();
  for (const call of program.calls) {
    const one = unawaited(program, call);
    const hook = one?.reach.path[0];
    if (!one || !hook) continue;
    const key = `${hook.file}:${hook.span[0]}`;
    const known = hooks.get(key);
    // The nearest to the hook is where to begin.
    if (!known || one.reach.path.length < known.reach.path.length) hooks.set(key, one);
  }
  for (const one of hooks.values()) report(context, one);
}

function unawaited(program: Program, call: Call): Unawaited | undefined {
  const { unit, fn, fact } = call;
  if (fact.decorates || fact.new || unit.vendored || !unit.roles.has('server')) return undefined;
  const reach = program.reaches(fn).find(({ phase, label, weak }) => phase === 'shutdown' && !weak && HOOKS.has(label));
  if (!reach || !beginsUnwaited(program, call)) return undefined;
  const effect = promiseChain(program, call)
    .flatMap((link) => [
      ...ownEffect(program, link),
      ...program.callees(link).flatMap((callee) => program.effects(callee).effects),
    ])
    .find(({ kind, writes }) => writes && LOST.has(kind));
  return effect ? { call, reach, effect } : undefined;
}

function ownEffect(program: Program, call: Call): Effect[] {
  const own = program.effect(call);
  return own ? [own] : [];
}

function report(context: RuleContext, { call, reach, effect }: Unawaited): void {
  const { program } = context;
  const [hook, ...way] = reach.path;
  if (!hook) return;
  const setting = program.setting(program.conditions(call, 'shutdown'));
  if (setting.developmentOnly || setting.never) return;
  const place = { file: hook.file, span: hook.span };
  const name = program.text(call.unit, call.fact.callee);
  context.report({
    ...place,
    confidence: effect.confidence === 'low' ? 'low' : 'medium',
    doubts: [...doubtsOfEffect(effect), 'work that is quick may be done before the process ends'],
    when: setting.when,
    ...(setting.words ? { condition: setting.words } : {}),
    symbol: program.symbol(place),
    message: `\`${reach.label}\` begins \`${name}\` and does not wait for it: it ${effect.label} while the process ends.`,
    consequence:
      'On each deploy or restart the connections are closed and the process ends while the work is under way: what users did last is lost.',
    hint: `Return the promises from \`${reach.label}\` (\`async\`, and \`await Promise.all(…)\` for several): the framework waits for them before it closes the rest.`,
    evidence: [
      { role: 'primary', ...place, note: 'runs when the process is told to stop' },
      ...way,
      { role: 'effect', ...placeOf(call), note: 'begun here, and left to itself' },
      ...effect.path,
      ...setting.evidence,
    ],
  });
}

import {
  ApiTable,
  type Call,
  callsKnown,
  doubtsOfReach,
  idleBecause,
  type LocalViewKnowledge,
  localViews,
  type Program,
  type RuleContext,
  USER_PHASES,
} from '../../src/api/index.js';

const VIEWS = new ApiTable<LocalViewKnowledge>(localViews.map((entry) => ({ patterns: [entry.api], entry })));

/** Looking at the sockets of this process where those of all are meant: an adapter does not help there. */
export function checkLocalViews(context: RuleContext): void {
  const { program } = context;
  for (const { call, entry } of callsKnown(program, VIEWS))
    if (call.unit.roles.has('server')) check(context, call, entry);
}

function check(context: RuleContext, call: Call, entry: LocalViewKnowledge): void {
  const { program } = context;
  const place = { file: call.unit.file, span: call.fact.span };
  const reaches = program.reaches(call.fn);
  const silence = (reason: string) => context.safe({ ...place, reason });
  if (reaches.some(({ everyInstance }) => everyInstance))
    return silence('a message to all instances makes each look at its own sockets');
  if (isOwnSocket(program, call)) return silence('asks for the very socket that is being served');
  const reach =
    reaches.find(({ phase, weak }) => USER_PHASES.includes(phase) && !weak) ??
    reaches.find(({ phase }) => USER_PHASES.includes(phase) || phase === 'event');
  if (!reach) return silence('each instance looks after its own sockets, on a schedule or while it stops');
  const setting = program.setting(program.conditions(call, reach.phase));
  if (setting.developmentOnly || setting.never) return silence(idleBecause(setting, 'only outside production'));
  context.report({
    ...place,
    severity: 'warning',
    confidence: reach.weak || reach.phase === 'event' ? 'medium' : 'high',
    doubts: doubtsOfReach(reach),
    when: setting.when,
    ...(setting.words ? { condition: setting.words } : {}),
    symbol: program.symbol(place),
    message: `This ${entry.words} of this process only, in ${reach.label}; clients connected to other instances are not among them, adapter or not.`,
    consequence:
      'Who is connected to another instance is passed over: not counted, not told, not disconnected, though the same request on that instance would have found them.',
    hint: `${entry.instead.charAt(0).toUpperCase()}${entry.instead.slice(1)}.`,
    evidence: [
      { role: 'primary', ...place, note: 'only the sockets of this process' },
      ...reach.path,
      ...setting.evidence,
    ],
  });
}

/** `io.sockets.sockets.get(socket.id)` */
function isOwnSocket(program: Program, { unit, fact }: Call): boolean {
  const [key] = fact.args;
  return (
    key?.k === 'member' &&
    key.name === 'id' &&
    program.values(unit, key.of).some(({ value }) => value.kind === 'external' && /\/[01]\.0$/.test(value.api))
  );
}

import {
  broadcastOf,
  type ConnectionRegistry,
  connectionRegistry,
  doubtsOfReach,
  type RuleContext,
  type StateCell,
  idleBecause,
} from '../../src/api/index.js';

/** Maps and lists of sockets kept by hand, and asked for the ones to speak to. */
export function checkRegistries(context: RuleContext): void {
  for (const cell of context.program.cells) {
    if (cell.shape !== 'connections') continue;
    const registry = connectionRegistry(context.program, cell);
    if ('reason' in registry) context.safe({ ...cell.place, reason: `\`${cell.name}\`: ${registry.reason}` });
    else if (registry.kind === 'socket') report(context, cell, registry);
  }
}

function report(context: RuleContext, cell: StateCell, registry: ConnectionRegistry): void {
  const { program } = context;
  const { write, read } = registry;
  const setting = program.setting(
    program.conditions({ unit: write.access.unit, fn: write.access.fn, fact: write.access.fact }, write.reach.phase),
  );
  if (setting.developmentOnly || setting.never) {
    context.safe({ ...cell.place, reason: idleBecause(setting, `\`${cell.name}\`: filled only outside production`) });
    return;
  }
  const isWeak = write.reach.weak || read.reach.weak;
  const isSure = registry.speaks && registry.isPlain && !isWeak && read.reach.phase !== 'event';
  const name = cell.name.replace(/^.*\./, '');
  context.report({
    ...cell.place,
    confidence: isSure ? 'high' : write.reach.weak && read.reach.weak ? 'low' : 'medium',
    doubts: [
      ...doubtsOfReach(write.reach, read.reach),
      ...(registry.isPlain ? [] : ['that its entries are connections is told from their names']),
      ...(registry.speaks ? [] : ['what becomes of the connection that is looked up could not be followed']),
    ],
    when: setting.when,
    ...(setting.words ? { condition: setting.words } : {}),
    symbol: cell.name,
    message: `\`${cell.name}\` holds the connections of this process only, and ${read.reach.label} looks there for the clients to reach.`,
    consequence:
      'A client that is connected to another instance is not found: the message is lost without an error, and each instance counts and lists other users as present.',
    hint: broadcastOf(
      program.stack(cell.unit),
      `Keep \`${name}\` for the sockets of this instance, and let every instance hear what is meant for them`,
      name,
      `delivers it to those it finds in \`${name}\``,
    ),
    evidence: [
      { role: 'primary', ...cell.place, note: `\`${cell.name}\` is declared` },
      ...write.reach.path,
      {
        role: 'written',
        ...write.access.place,
        note: `a connection is put in by \`${write.access.fn.name}\`, reached from ${write.reach.label}`,
      },
      ...(read.reach.label === write.reach.label ? [] : read.reach.path),
      {
        role: 'read',
        ...read.access.place,
        note: `looked up in \`${read.access.fn.name}\`, reached from ${read.reach.label}`,
      },
      ...setting.evidence,
    ],
  });
}

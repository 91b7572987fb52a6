import {
  broadcastOf,
  type ConnectionRegistry,
  connectionRegistry,
  doubtsOfReach,
  type RuleContext,
  type StateCell,
  idleBecause,
} from '../../src/api/index.js';

/** Responses kept open (event streams, long polls) in a list or map of the process, and looked up by another request. */
export function checkResponses(context: RuleContext): void {
  for (const cell of context.program.cells) {
    if (cell.shape !== 'connections') continue;
    const registry = connectionRegistry(context.program, cell);
    if ('reason' in registry) context.safe({ ...cell.place, reason: `\`${cell.name}\`: ${registry.reason}` });
    else if (registry.kind === 'response') report(context, cell, registry);
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
      ...(registry.isPlain ? [] : ['that its entries are open responses is told from their names']),
      ...(registry.speaks ? [] : ['what becomes of the response that is looked up could not be followed']),
    ],
    when: setting.when,
    ...(setting.words ? { condition: setting.words } : {}),
    symbol: cell.name,
    message: `\`${cell.name}\` holds the clients that wait at this instance (${write.reach.label}), and ${read.reach.label} tells only these.`,
    consequence:
      'Only users whose connection happens to be on the same instance get the news; the others see nothing until they load the page again.',
    hint: broadcastOf(
      program.stack(cell.unit),
      `Keep \`${name}\` for the clients of this instance, and let every instance hear the news`,
      name,
      `writes to \`${name}\``,
    ),
    evidence: [
      { role: 'primary', ...cell.place, note: `\`${cell.name}\` is declared` },
      ...write.reach.path,
      {
        role: 'written',
        ...write.access.place,
        note: `a client is put in by \`${write.access.fn.name}\`, reached from ${write.reach.label}`,
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

import {
  type Buffer,
  bufferOf,
  bufferRecipes,
  type Confidence,
  defineRule,
  doubtsOfEffect,
  doubtsOfReach,
  isLock,
  nameOfState,
  recipeFor,
  type RuleContext,
  type Stack,
  type StateCell,
  wordOf,
  idleBecause,
} from '../../src/api/index.js';

export default defineRule({
  meta: {
    id: 'unflushed-buffer',
    title: 'Writes gathered in memory that nothing saves when the instance stops',
    category: 'state',
    severity: 'warning',
    triggers: ['restart', 'crash', 'rolling-deploy'],
  },
  check(context) {
    const told = new Set<Buffer['saver']>();
    for (const cell of context.program.cells) {
      const buffer = isLock(cell) ? undefined : bufferOf(context.program, cell);
      // What one function empties at one go is one buffer, and the marks that go with it.
      if (!buffer || told.has(buffer.saver)) continue;
      told.add(buffer.saver);
      judge(context, cell, buffer);
    }
  },
});

function judge(context: RuleContext, cell: StateCell, buffer: Buffer): void {
  const { program } = context;
  const { gathered, saver, reach, effect, flush } = buffer;
  const silence = (reason: string) =>
    context.safe({ ...cell.place, reason: `\`${cell.name}\`: ${reason}`, because: gathered.access.place });
  if (flush) return silence(`saved on ${flush.label} as well, before the process ends`);
  const { unit, fn, fact } = gathered.access;
  const setting = program.setting(program.conditions({ unit, fn, fact }, gathered.reach.phase));
  if (setting.developmentOnly || setting.never)
    return silence(idleBecause(setting, 'gathered only outside production'));
  const stack = program.stack(cell.unit);
  context.report({
    ...cell.place,
    confidence: confidence(buffer),
    doubts: [...doubtsOfReach(gathered.reach, reach), ...doubtsOfEffect(effect)],
    when: setting.when,
    ...(setting.words ? { condition: setting.words } : {}),
    symbol: cell.name,
    message: `${nameOfState(cell)} gathers what ${gathered.reach.label} brings, and \`${saver.name}\` saves it later; nothing saves it when the process is asked to stop.`,
    consequence:
      'Every deploy, restart and scale-down loses what was gathered since the last time it was saved, though the users were told that all went well.',
    hint: hint(cell, saver.name, stack),
    evidence: [
      { role: 'primary', ...cell.place, note: `\`${cell.name}\` is declared` },
      ...gathered.reach.path,
      {
        role: 'written',
        ...gathered.access.place,
        note: `gathered in \`${fn.name}\`, reached from ${gathered.reach.label}`,
      },
      ...reach.path,
      ...effect.path,
      ...setting.evidence,
    ],
  });
}

function confidence({ gathered, reach, effect }: Buffer): Confidence {
  const weaknesses = Number(gathered.reach.weak) + Number(reach.weak) + Number(effect.confidence !== 'high');
  return weaknesses > 1 || effect.confidence === 'low' ? 'low' : weaknesses === 1 ? 'medium' : 'high';
}

/** Stopping is where what was gathered must not be forgotten, whatever else. */
function hint({ name }: StateCell, saver: string, stack: Stack): string {
  return recipeFor(bufferRecipes, '', stack, {
    name: wordOf(name, 'buffer'),
    saver: /^[\w.]+$/.test(saver) ? saver.replace(/^.*\./, '') : 'flush',
  });
}

import {
  defineRule,
  doubtsOfState,
  evidenceOfState,
  isProgress,
  isQueue,
  judgeState,
  lastingStoreOf,
  nameOfState,
  progressRecipes,
  recipeFor,
  requestState,
  type RuleContext,
  type Stack,
  type StateHazard,
  together,
} from '../../src/api/index.js';

export default defineRule({
  meta: {
    id: 'volatile-job-progress',
    title: 'How far a piece of work is, known only to the instance that does it',
    category: 'state',
    severity: 'warning',
    triggers: ['scale-out', 'rolling-deploy', 'restart', 'crash'],
  },
  check(context) {
    const { program } = context;
    const hazards = program.cells.flatMap((cell) =>
      isProgress(program, cell) && !isQueue(program, cell) && !requestState(program, cell)
        ? (judgeState(context, cell) ?? [])
        : [],
    );
    for (const group of together(hazards)) report(context, group);
  },
});

function report(context: RuleContext, group: readonly StateHazard[]): void {
  const [main, ...others] = group as [StateHazard, ...StateHazard[]];
  const { cell, write, read, setting } = main;
  context.report({
    ...cell.place,
    confidence: main.confidence,
    doubts: doubtsOfState(main),
    when: setting.when,
    ...(setting.words ? { condition: setting.words } : {}),
    symbol: cell.name,
    message: `${nameOfState(cell)} says how far a piece of work is: written by ${write.reach.label} and asked for by ${read.reach.label}, which may reach another instance.`,
    consequence:
      'A client that asks while the work goes on elsewhere is told that there is none, or the bar jumps back and forth; after a restart nobody knows what became of it.',
    hint: hint(cell.name.replace(/^.*\./, ''), context.program.stack(cell.unit)),
    evidence: [
      ...evidenceOfState(main),
      ...others.map((other) => ({
        role: 'declared' as const,
        ...other.cell.place,
        note: `\`${other.cell.name}\` belongs to it`,
      })),
    ],
  });
}

function hint(name: string, stack: Stack): string {
  return recipeFor(progressRecipes, '', stack, { name, store: lastingStoreOf(stack) });
}

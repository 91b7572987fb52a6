import {
  defineRule,
  doubtsOfState,
  evidenceOfState,
  judgeState,
  kept,
  nameOfState,
  reportKept,
  recipeFor,
  requestState,
  type RuleContext,
  type StateHazard,
  tokenRecipes,
  wordOf,
} from '../../src/api/index.js';

export default defineRule({
  meta: {
    id: 'in-memory-token-store',
    title: 'Codes, tokens and keys that are good once, kept in the memory of one instance',
    category: 'state',
    severity: 'error',
    triggers: ['scale-out', 'rolling-deploy', 'restart', 'crash'],
  },
  check(context) {
    for (const thing of kept(context.program, 'token'))
      reportKept(context, thing, {
        subject: 'codes and tokens',
        consequence: CONSEQUENCE,
        hint: recipeFor(tokenRecipes, '', context.program.stack(thing.call.unit), { name: 'tokens' }),
      });
    for (const cell of context.program.cells) {
      // One token in one variable is the business of one request.
      if (cell.shape !== 'token-store' || requestState(context.program, cell)) continue;
      const hazard = judgeState(context, cell);
      if (hazard) report(context, hazard);
    }
  },
});

function report(context: RuleContext, hazard: StateHazard): void {
  const { cell, write, read, setting } = hazard;
  context.report({
    ...cell.place,
    severity: hazard.severity,
    confidence: hazard.confidence,
    doubts: doubtsOfState(hazard),
    when: setting.when,
    ...(setting.words ? { condition: setting.words } : {}),
    symbol: cell.name,
    message: `${nameOfState(cell)} remembers what was handed out or used up in the memory of this process: filled by ${write.reach.label}, asked by ${read.reach.label}.`,
    consequence: CONSEQUENCE,
    hint: recipeFor(tokenRecipes, '', context.program.stack(cell.unit), { name: wordOf(cell.name) }),
    evidence: evidenceOfState(hazard),
  });
}

const CONSEQUENCE =
  'A code or token that one instance handed out is unknown to the others, and what was revoked or used up on one of them is still good there; a deploy or restart forgets everything.';

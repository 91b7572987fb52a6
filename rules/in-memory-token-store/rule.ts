import {
  defineRule,
  doubtsOfState,
  evidenceOfState,
  judgeState,
  kept,
  nameOfState,
  reportKept,
  requestState,
  type RuleContext,
  sharedStoreOf,
  type Stack,
  type StateHazard,
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
        hint: `Keep them in ${sharedStoreOf(context.program.stack(thing.call.unit))}, with an expiry.`,
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
    hint: hint(cell.name.replace(/^.*\./, ''), context.program.stack(cell.unit)),
    evidence: evidenceOfState(hazard),
  });
}

const CONSEQUENCE =
  'A code or token that one instance handed out is unknown to the others, and what was revoked or used up on one of them is still good there; a deploy or restart forgets everything.';

/** The store that fits what the project has, and the way to take an entry out that works for one asker only. */
function hint(name: string, stack: Stack): string {
  const store = `Keep \`${name}\` in ${sharedStoreOf(stack)}, with an expiry`;
  if (stack.redis === 'redis')
    return `${store}: \`set(key, value, { EX: seconds })\`, and \`getDel(key)\` where it may be used once.`;
  if (stack.redis)
    return `${store}: \`set(key, value, 'EX', seconds)\`, and \`getdel(key)\` where it may be used once.`;
  return `${store}; where it may be used once, take it out with one DELETE that tells whether there was something.`;
}

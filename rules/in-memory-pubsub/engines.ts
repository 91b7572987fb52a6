import {
  brokerUses,
  type Kept,
  kept,
  pubsubRecipes,
  recipeFor,
  type RuleContext,
  sharing,
  userReach,
} from '../../src/api/index.js';

const OUTSIDE = ['request', 'socket', 'consumer', 'event'] as const;

/** Brokers of packages that pass events on within the process. */
export function checkEngines(context: RuleContext): void {
  for (const thing of kept(context.program, 'pubsub')) check(context, thing);
}

function check(context: RuleContext, { call, entry, place, hazard, confidence, doubts, reason, evidence }: Kept): void {
  const { program } = context;
  const silence = (words: string) =>
    context.safe({ ...place, reason: words, ...(evidence[0] ? { because: evidence[0] } : {}) });
  if (!hazard) return silence(`passed on to the other instances: ${reason}`);
  const uses = brokerUses.filter(({ made }) => made === entry.api).flatMap(({ says }) => says);
  const sayings = uses.length ? sharing(program, call.unit, program.callsTo(uses)) : [];
  const serving = sayings.flatMap(({ call: saying }) => {
    if (program.reaches(saying.fn).some(({ everyInstance }) => everyInstance)) return [];
    const reach = userReach(program, saying.fn, OUTSIDE);
    return reach ? [{ saying, reach }] : [];
  });
  if (sayings.length > 0 && serving.length === 0)
    return silence('fed by a message that reaches every instance, or by the clock of each instance');
  if (program.reaches(call.fn).length > 0 && !program.reaches(call.fn).some(({ phase }) => phase === 'boot'))
    return silence('made for one request or connection');
  const [first] = serving;
  // A platform publishes by itself, whatever users change.
  const isFed = first !== undefined || entry.byItself === true;
  const { setting } = hazard;
  context.report({
    ...place,
    confidence: isFed && !first?.reach.weak ? confidence : confidence === 'low' ? 'low' : 'medium',
    doubts: [...(isFed ? [] : ['nothing was found that publishes on it']), ...doubts],
    when: setting.when,
    ...(setting.words ? { condition: setting.words } : {}),
    symbol: program.symbol(place),
    message: `${entry.note.charAt(0).toUpperCase()}${entry.note.slice(1)}: subscribers on other instances hear nothing${first ? ` of what ${first.reach.label} publishes` : ''}.`,
    consequence:
      'Only users whose connection happens to be on the same instance get the news; the others see nothing until they load the page again.',
    hint:
      entry.remedy ??
      recipeFor(pubsubRecipes, entry.api, program.stack(call.unit), {
        file: call.unit.file,
        lead: 'Let every instance hear of it',
        name: 'events',
        act: 'sends it to the clients of this instance',
      }),
    evidence: [
      { role: 'primary', ...place, note: entry.note },
      ...evidence,
      ...(first?.reach.path ?? []),
      ...serving.slice(0, 4).map(({ saying, reach }) => ({
        role: 'written' as const,
        file: saying.unit.file,
        span: saying.fact.span,
        note: `published here, reached from ${reach.label}`,
      })),
    ],
  });
}

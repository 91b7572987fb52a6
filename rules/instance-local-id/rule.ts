import {
  defineRule,
  doubtsOfReach,
  idRecipes,
  type LocalCounter,
  type LocalId,
  localCounter,
  localIds,
  matches,
  nameOfState,
  numberedIdMakers,
  recipeFor,
  type RuleContext,
  wordOf,
  idleBecause,
} from '../../src/api/index.js';

export default defineRule({
  meta: {
    id: 'instance-local-id',
    title: 'Ids and numbers that are unique within one instance only',
    category: 'state',
    severity: 'error',
    triggers: ['scale-out', 'rolling-deploy', 'restart', 'crash'],
  },
  check(context) {
    const { program } = context;
    for (const cell of program.cells) {
      const counter = localCounter(program, cell);
      if (counter) reportCounter(context, counter);
    }
    for (const id of localIds(program)) reportId(context, id);
    checkMakers(context);
  },
});

const CONSEQUENCE =
  'Two instances give the same id to two different things: one overwrites the other, or users find what belongs to somebody else; after a restart the numbers begin anew.';

function reportCounter(context: RuleContext, { cell, write, as }: LocalCounter): void {
  const { program } = context;
  const { access, reach } = write;
  const setting = program.setting(
    program.conditions({ unit: access.unit, fn: access.fn, fact: access.fact }, reach.phase),
  );
  if (setting.developmentOnly || setting.never) {
    context.safe({ ...cell.place, reason: idleBecause(setting, `\`${cell.name}\`: counted outside production only`) });
    return;
  }
  context.report({
    ...cell.place,
    confidence: reach.weak ? 'medium' : 'high',
    doubts: doubtsOfReach(reach),
    when: setting.when,
    ...(setting.words ? { condition: setting.words } : {}),
    symbol: cell.name,
    message: `${nameOfState(cell)} numbers things (\`${as}\`) in ${reach.label}, and each instance counts by itself.`,
    consequence: CONSEQUENCE,
    hint: recipeFor(idRecipes, '', program.stack(cell.unit), { name: wordOf(cell.name, 'ids') }),
    evidence: [
      { role: 'primary', ...cell.place, note: `\`${cell.name}\` is declared` },
      ...reach.path,
      { role: 'written', ...access.place, note: `counted up in \`${access.fn.name}\`, reached from ${reach.label}` },
    ],
  });
}

function reportId(context: RuleContext, { place, fn, name, from, cell }: LocalId): void {
  const { program } = context;
  const reach = program.reaches(fn).find(({ phase }) => phase === 'request') ?? program.reaches(fn)[0];
  const label = reach?.label ?? 'a request';
  context.report({
    ...place,
    severity: from === 'clock' ? 'warning' : 'error',
    confidence: reach?.weak ? 'low' : 'medium',
    doubts: [
      ...doubtsOfReach(reach),
      from === 'clock'
        ? 'it takes two requests within one millisecond'
        : 'the list could be a copy of one that all instances share',
    ],
    when: 'always',
    symbol: program.symbol(place),
    message:
      from === 'clock'
        ? `\`${name}\` is the time and nothing else, in ${label}: two requests in the same millisecond get the same one.`
        : `\`${name}\` is counted from the list that this process has in memory (\`${cell?.name}\`), in ${label}.`,
    consequence: CONSEQUENCE,
    hint: recipeFor(idRecipes, '', program.stack(fn.unit), { name: wordOf(name, 'ids') }),
    evidence: [
      {
        role: 'primary',
        ...place,
        note: from === 'clock' ? 'made from the clock' : 'made from the number of things at hand',
      },
      ...(cell ? [{ role: 'declared' as const, ...cell.place, note: `\`${cell.name}\` is of this process` }] : []),
      ...(reach?.path ?? []),
    ],
  });
}

/** Generators that need a number for each instance, and are given the same one everywhere. */
function checkMakers(context: RuleContext): void {
  const { program } = context;
  for (const { call, entry, options } of matches(program, numberedIdMakers)) {
    if (!call.unit.roles.has('server') && !call.unit.roles.has('worker')) continue;
    const place = { file: call.unit.file, span: call.fact.span };
    const given = options
      ? entry.tellsApart.flatMap((path) =>
          path === ''
            ? program.values(options.unit, options.expr)
            : program.property(options.unit, options.expr, [path]),
        )
      : [];
    const known = given.filter(({ value }) => value.kind !== 'undefined');
    const isFixed = known.length > 0 && known.every(({ value }) => value.kind === 'literal');
    const fallback = known.find(({ value }) => value.kind === 'literal');
    if ((known.length === 0 && entry.default !== 'same') || (known.length > 0 && !fallback)) {
      context.safe({ ...place, reason: 'each instance has a number of its own' });
      continue;
    }
    const setting = program.setting([...(fallback?.when ?? []), ...program.conditions(call)]);
    if (setting.developmentOnly || setting.never) continue;
    const name = entry.api.replace(/:.*/, '');
    context.report({
      ...place,
      confidence: isFixed || known.length === 0 ? 'high' : 'medium',
      when: setting.when,
      ...(setting.words ? { condition: setting.words } : {}),
      symbol: program.symbol(place),
      message: `\`${name}\` tells instances apart by a number, and ${known.length === 0 ? 'none is given' : 'this one is the same on all of them'}.`,
      consequence: CONSEQUENCE,
      hint: `Give each instance a number of its own (\`CF_INSTANCE_INDEX\`, the ordinal of a StatefulSet's pod), or use ids that need none: \`crypto.randomUUID()\`, \`ulid\`.`,
      evidence: [{ role: 'primary', ...place, note: `\`${name}\` is set up here` }],
    });
  }
}

import { defineRule, type RuleContext, idleBecause } from '../../src/api/index.js';
import { instanceTests } from './instances.js';
import { sharedRoles } from './production.js';
import { redisLocks } from './redis.js';
import { databaseLocks, memoryStores } from './statements.js';
import type { Weak } from './weak.js';

export default defineRule({
  meta: {
    id: 'false-guard',
    title: 'Locks and instance checks that do not hold',
    category: 'jobs',
    severity: 'warning',
    triggers: ['scale-out', 'rolling-deploy', 'crash'],
  },
  check(context) {
    const { program } = context;
    for (const weak of [
      ...instanceTests(context),
      ...sharedRoles(program),
      ...redisLocks(program),
      ...databaseLocks(program),
      ...memoryStores(program),
    ])
      judge(context, weak);
  },
});

function judge(context: RuleContext, weak: Weak): void {
  const { program } = context;
  const { call, because } = weak;
  const { unit, fn } = call;
  const place = weak.place ?? { file: unit.file, span: call.fact.span };
  if (unit.vendored || !(unit.roles.has('server') || unit.roles.has('worker'))) return;
  const reaches = program.reaches(fn).filter(({ phase }) => phase !== 'test' && phase !== 'script');
  if (fn.id !== 0 && reaches.length === 0) return context.safe({ ...place, reason: 'nothing is known to run it' });
  const setting = program.setting(weak.place ? [] : program.conditions(call));
  if (setting.developmentOnly || setting.never)
    return context.safe({ ...place, reason: idleBecause(setting, 'only outside production') });
  context.report({
    ...place,
    ...(weak.severity ? { severity: weak.severity } : {}),
    confidence: weak.confidence,
    doubts: weak.doubts ?? [],
    when: setting.when,
    ...(setting.words ? { condition: setting.words } : {}),
    symbol: program.symbol(place),
    message: weak.message,
    consequence:
      weak.consequence ??
      'It looks as if it were done once; with two instances it is done twice at the same moment, or not at all.',
    hint: weak.hint,
    evidence: [
      { role: 'primary', ...place, note: 'the guard that does not hold' },
      ...(because
        ? [{ role: 'guard' as const, file: because.unit.file, span: because.fact.span, note: 'belongs to this' }]
        : []),
      ...(weak.place
        ? [
            {
              role: 'effect' as const,
              file: unit.file,
              span: call.fact.span,
              note: `\`${program.text(unit, call.fact.callee)}\` depends on it`,
            },
          ]
        : []),
      ...(weak.more ?? []),
      ...(reaches[0]?.path ?? []),
      ...setting.evidence,
    ],
  });
}

// @ts-check
import { defineRule } from 'mi-audit';

export default defineRule({
  meta: {
    id: 'local-flag-override',
    title: 'A feature flag that is overridden on one instance only',
    category: 'state',
    severity: 'error',
    triggers: ['scale-out', 'rolling-deploy', 'restart'],
    docs: 'https://acme.example/lint/local-flag-override',
  },
  check({ program, report, safe }) {
    const annotated = new Map(program.facts('acme/annotations').map(({ fn, value }) => [fn, value]));
    for (const { call } of program.callsTo(['@acme/flags:override'])) {
      const place = { file: call.unit.file, span: call.fact.span };
      const annotation = annotated.get(call.fn);
      const reach = program.reaches(call.fn).find(({ phase }) => phase === 'request');
      if (annotation || !reach) {
        safe({
          ...place,
          reason: annotation ? 'an annotation says that it is for one instance' : 'no request leads there',
        });
        continue;
      }
      report({
        ...place,
        confidence: reach.weak ? 'medium' : 'high',
        when: 'always',
        symbol: call.fn.name,
        message: 'The flag is overridden in the memory of this process.',
        consequence: 'Half of the requests still see the old value.',
        hint: 'Use `share` from @acme/flags, which all instances see.',
        evidence: [{ role: 'reached', ...place, note: `reached from ${reach.label}` }],
      });
    }
  },
});

import {
  defineRule,
  type KeptSecret,
  type MadeSecret,
  madeSecrets,
  recipeFor,
  type RuleContext,
  type Setting,
  secretRecipes,
  idleBecause,
} from '../../src/api/index.js';

/** Done for comparing things within one process as well. */
const VAGUE: ReadonlySet<string> = new Set(['signs or encrypts', 'derives hashes']);

export default defineRule({
  meta: {
    id: 'per-instance-secret',
    title: 'Secrets and keys that each instance makes for itself at start',
    category: 'state',
    severity: 'error',
    triggers: ['scale-out', 'rolling-deploy', 'restart', 'crash'],
  },
  check(context) {
    for (const secret of madeSecrets(context.program)) check(context, secret);
  },
});

function check(context: RuleContext, secret: MadeSecret): void {
  const { program } = context;
  const { site, maker, uses, kept } = secret;
  const place = { file: site.unit.file, span: site.fact.span };
  const name = program.text(site.unit, site.fact.callee);
  if (kept.how === 'passing' || kept.how === 'shared') {
    const reason =
      kept.how === 'shared'
        ? `what \`${name}\` makes is stored where all instances read it`
        : `what \`${name}\` makes belongs to one record or message`;
    context.safe({ ...place, reason, ...(kept.how === 'shared' && kept.place ? { because: kept.place } : {}) });
    return;
  }
  const setting = program.setting([...secret.when, ...program.conditions(site)]);
  if (setting.developmentOnly || setting.never) {
    context.safe({ ...place, reason: idleBecause(setting, `\`${name}\` makes a secret outside production only`) });
    return;
  }
  const does = [...new Set(uses.map((use) => use.does))];
  context.report({
    ...place,
    confidence: does.every((one) => VAGUE.has(one)) ? 'medium' : 'high',
    ...(does.every((one) => VAGUE.has(one)) ? { doubts: ['what is made with it may never leave this process'] } : {}),
    when: setting.when,
    ...(setting.words ? { condition: setting.words } : {}),
    symbol: program.symbol(place),
    message: `\`${name}\` makes the secret with which this application ${does.slice(0, 3).join(', ')}, and ${WHERE[kept.how]}.`,
    consequence: does.every((one) => one === 'derives hashes')
      ? 'The same input gives another hash on every instance and after every restart: what one of them has stored under it, the others do not find, and count or store once more.'
      : 'What one instance has signed or encrypted, the others refuse: users are signed out or get errors whenever another instance answers, and again after every restart or deploy.',
    hint: recipeFor(secretRecipes, '', program.stack(site.unit), { setting: settingName(kept, setting) }),
    evidence: [
      { role: 'primary', ...place, note: `\`${name}\` makes another one in each process` },
      ...(maker === site
        ? []
        : [
            {
              role: 'declared' as const,
              file: maker.unit.file,
              span: maker.fact.span,
              note: `with \`${program.text(maker.unit, maker.fact.callee)}\``,
            },
          ]),
      ...(kept.how === 'cell'
        ? [{ role: 'written' as const, ...kept.cell.place, note: `kept in \`${kept.cell.name}\`` }]
        : []),
      ...(kept.how === 'file'
        ? [{ role: 'written' as const, ...kept.place, note: 'written to a file of this instance' }]
        : []),
      ...uses
        .slice(0, 6)
        .map((use) => ({ role: 'read' as const, ...use.place, note: `the application ${use.does} with it` })),
      ...setting.evidence,
    ],
  });
}

const WHERE: Record<Exclude<KeptSecret['how'], 'passing' | 'shared'>, string> = {
  module: 'each instance makes one of its own when it starts',
  boot: 'each instance makes one of its own when it starts',
  cell: 'each instance keeps one of its own in memory',
  file: 'keeps it in a file that only this instance has',
};

/** The variable that is asked for already, or one named after what keeps the secret. */
function settingName(kept: KeptSecret, { words = '' }: Setting): string {
  const asked = /\b[A-Z][A-Z\d]*_[A-Z\d_]+\b/.exec(words)?.[0];
  const name = kept.how === 'cell' ? kept.cell.name.replace(/^.*\./, '') : '';
  const own = name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/\W+/g, '_')
    .toUpperCase();
  return asked ?? (/SECRET|KEY|SALT/.test(own) ? own : 'APP_SECRET');
}

import {
  type Confidence,
  defineRule,
  doubtsOfReach,
  nameOfState,
  type Program,
  type RequestState,
  requestState,
  type RuleContext,
  type Setting,
  together,
  idleBecause,
} from '../../src/api/index.js';

export default defineRule({
  meta: {
    id: 'cross-request-state',
    title: "One request's data left where another request reads it",
    category: 'state',
    severity: 'error',
    triggers: ['scale-out', 'rolling-deploy', 'restart', 'crash'],
  },
  check(context) {
    const { program } = context;
    const found = program.cells.flatMap((cell) => requestState(program, cell) ?? []);
    for (const group of together(found)) report(context, group);
  },
});

function report(context: RuleContext, group: readonly RequestState[]): void {
  const { program } = context;
  const main = group.find(({ isIdentity }) => isIdentity) ?? (group[0] as RequestState);
  const { cell, write, read, origin, isReadLater } = main;
  const setting = settingOf(program, main);
  if (setting.developmentOnly || setting.never) {
    context.safe({ ...cell.place, reason: idleBecause(setting, `\`${cell.name}\`: set outside production only`) });
    return;
  }
  const what = program.text(origin.unit, origin.expr);
  const others = group.filter((other) => other !== main);
  context.report({
    ...cell.place,
    confidence: confidenceOf(main),
    doubts: doubtsOfReach(write.reach, read.reach),
    when: setting.when,
    ...(setting.words ? { condition: setting.words } : {}),
    symbol: cell.name,
    message: isReadLater
      ? `${nameOfState(cell)} is given \`${what}\` of one request and read after an \`await\`, when another request may have changed it.`
      : `${nameOfState(cell)} is given \`${what}\` of one request by ${write.reach.label} and read by ${read.reach.label}, whoever is asking then.`,
    consequence: main.isIdentity
      ? 'A user is served with the data or the rights of somebody else whose request came in between; on another instance there is nobody at all, or the visitor of an hour ago.'
      : 'Of two requests on their way at once, one is answered with what the other has asked for; another instance knows nothing of either.',
    hint: `Hand \`${cell.name.replace(/^.*\./, '')}\` on as an argument, or ${home(program, main)}.`,
    evidence: [
      { role: 'primary', ...cell.place, note: `\`${cell.name}\` is one for all requests` },
      ...(cell.holder
        ? [
            {
              role: 'declared' as const,
              ...cell.holder,
              note: `one \`${cell.cls?.fact.name ?? 'object'}\` serves the whole process`,
            },
          ]
        : []),
      {
        role: 'written',
        ...write.access.place,
        note: `written in \`${write.access.fn.name}\`, reached from ${write.reach.label}`,
      },
      { role: 'written', ...origin.place, note: `what it is given comes from \`${what}\`` },
      ...(isReadLater ? [] : read.reach.path),
      {
        role: 'read',
        ...read.access.place,
        note: `read in \`${read.access.fn.name}\`, reached from ${read.reach.label}`,
      },
      ...others.map((other) => ({
        role: 'declared' as const,
        ...other.cell.place,
        note: `\`${other.cell.name}\` is given by the same code`,
      })),
    ],
  });
}

function settingOf(program: Program, { write: { access, reach } }: RequestState): Setting {
  return program.setting(program.conditions({ unit: access.unit, fn: access.fn, fact: access.fact }, reach.phase));
}

function confidenceOf({ write, read, isReadLater, isIdentity }: RequestState): Confidence {
  if (write.reach.weak && read.reach.weak) return 'low';
  return write.reach.weak || read.reach.weak || !(isReadLater || isIdentity) ? 'medium' : 'high';
}

/** Where the framework keeps what belongs to one request. */
function home(program: Program, { cell }: RequestState): string {
  const { framework = '' } = program.stack(cell.unit);
  if (/nest/.test(framework))
    return 'keep it in an `AsyncLocalStorage` (`nestjs-cls` wraps one), or in a provider with `scope: Scope.REQUEST`';
  if (/koa/.test(framework))
    return 'keep it in `ctx.state`, or in an `AsyncLocalStorage` (`app.currentContext` with `asyncLocalStorage: true`)';
  if (/fastify/.test(framework))
    return 'hang it on the request (`decorateRequest`), or keep it in `@fastify/request-context`';
  if (/hapi/.test(framework)) return 'keep it in `request.app`, or in an `AsyncLocalStorage`';
  if (/express/.test(framework))
    return 'keep it in `res.locals`, or in an `AsyncLocalStorage` where it is needed far down';
  return 'keep it in an `AsyncLocalStorage`';
}

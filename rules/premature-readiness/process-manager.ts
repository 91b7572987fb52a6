import type { Expr, Program, RuleContext, Unit } from '../../src/api/index.js';

const CONFIGURATION = /(?:^|\/)(?:ecosystem|pm2|process)(?:\.[\w-]+)*\.[cm]?[jt]s$/;

/** pm2 with `wait_ready` waits for a message that the application must send. */
export function checkProcessManager(context: RuleContext): void {
  const { program } = context;
  for (const unit of program.units) {
    if (!CONFIGURATION.test(unit.file)) continue;
    const exported = unit.facts.exports.find(({ name }) => name === '=' || name === 'default')?.value;
    if (!exported) continue;
    for (const { value } of program.property(unit, exported, ['apps'])) {
      if (value.kind !== 'array') continue;
      for (const item of value.items) checkApp(context, value.unit, item);
    }
  }
}

function checkApp(context: RuleContext, unit: Unit, app: Expr): void {
  const { program } = context;
  for (const { value } of program.values(unit, app)) {
    if (value.kind !== 'object') continue;
    const prop = value.expr.props.find(({ name }) => name === 'wait_ready');
    if (prop?.value.k !== 'lit' || prop.value.v !== true) continue;
    const place = { file: value.unit.file, span: prop.span };
    const signal = program.calls.find((call) => isSignal(program, call.unit, call.fact.callee, call.fact.args[0]));
    if (signal) {
      context.safe({
        ...place,
        reason: 'the application says when it is ready',
        because: { file: signal.unit.file, span: signal.fact.span },
      });
      continue;
    }
    context.report({
      ...place,
      confidence: 'medium',
      when: 'always',
      symbol: 'wait_ready',
      message: 'pm2 waits for the application to say that it is ready, and nothing in it ever says so.',
      consequence:
        'On each reload pm2 waits for `listen_timeout` in vain, and then takes the new instance for ready, whether it is or not: requests meet one that cannot answer yet.',
      hint: "Call `process.send?.('ready')` when everything that requests need is there and the server listens.",
      evidence: [{ role: 'primary', ...place, note: '`wait_ready` is set' }],
    });
  }
}

function isSignal(program: Program, unit: Unit, callee: Expr, arg: Expr | undefined): boolean {
  if (!arg || !/(?:^|\.)send$/.test(program.text(unit, callee))) return false;
  return program.values(unit, arg).some(({ value }) => value.kind === 'literal' && value.value === 'ready');
}

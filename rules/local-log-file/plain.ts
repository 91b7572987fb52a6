import {
  ApiTable,
  type Call,
  callsKnown,
  fileWrites,
  type Fn,
  isLog,
  logSinks,
  optionsAt,
  type Program,
  type Reach,
} from '../../src/api/index.js';
import type { LogFile } from './rule.js';

const SINKS = new ApiTable(logSinks.map((entry) => ({ patterns: [entry.api], entry })));
/** Only what adds to a file is a log; a stream is one when its file is called so. */
const APPENDS = new ApiTable(
  fileWrites
    .filter(({ api, stream }) => stream || /append/.test(api))
    .map((entry) => ({ patterns: [entry.api], entry })),
);
/** Log files written with nothing but `fs`: a stream that a logger is handed, or lines appended to a file called a log. */
export function plainLogFiles(program: Program): LogFile[] {
  const found: LogFile[] = [];
  const handed = handedToLoggers(program);
  const done = new Set<Fn>();
  for (const { call, entry } of callsKnown(program, APPENDS)) {
    if (!call.unit.roles.has('server') && !call.unit.roles.has('worker')) continue;
    const expr = call.fact.args[entry.path];
    if (!expr) continue;
    const logger = handed.get(call);
    const told = isLog(program, call.unit, expr);
    if (!logger && !told) continue;
    const reach = runs(program, call);
    // Several ways of opening it in one function are one decision.
    if (!reach || done.has(call.fn)) continue;
    done.add(call.fn);
    const isSure = logger !== undefined || told === 'path';
    found.push({
      call,
      unit: call.unit,
      span: call.fact.span,
      what: `\`${program.text(call.unit, call.fact.callee)}\``,
      file: { unit: call.unit, expr, span: call.fact.span, when: [] },
      when: [],
      confidence: !isSure || reach.weak ? 'medium' : 'high',
      doubts: isSure ? [] : ['that it is a log is told from its name alone'],
      evidence: [
        ...(logger
          ? [
              {
                role: 'registered' as const,
                file: logger.unit.file,
                span: logger.fact.span,
                note: 'a logger writes to it',
              },
            ]
          : []),
        ...reach.path,
      ],
    });
  }
  return found;
}

/** The streams that loggers were made with. */
function handedToLoggers(program: Program): Map<Call, Call> {
  const found = new Map<Call, Call>();
  for (const { call } of callsKnown(program, SINKS)) {
    for (const sink of program.apis(call).flatMap((api) => SINKS.find(api))) {
      const expr = call.fact.args[sink.arg];
      if (!expr) continue;
      const at = { unit: call.unit, expr, span: call.fact.span, when: [] };
      for (const option of optionsAt(program, at, sink.path ? sink.path.split('.') : []))
        for (const { value } of program.values(option.unit, option.expr))
          if (value.kind === 'external' && value.call) found.set(value.call, call);
    }
  }
  return found;
}

/** How it comes to run in a serving process, if it does. */
function runs(program: Program, call: Call): Reach | undefined {
  const reaches = program.reaches(call.fn).filter(({ phase }) => phase !== 'script' && phase !== 'test');
  return reaches.find(({ weak }) => !weak) ?? reaches[0];
}

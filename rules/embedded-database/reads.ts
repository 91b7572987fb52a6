import type { Call, EmbeddedDatabase, Program } from '../../src/api/index.js';

const WRITES = /\b(?:insert|update|delete|replace|create|alter|drop|attach|vacuum|upsert)\b/i;

/**
 * All that is ever sent to it are questions: a file of postcodes or a dictionary that ships with the code. Told only where
 * the program's statements to this package are all known, and some are there.
 */
export function onlyReads(program: Program, call: Call, entry: EmbeddedDatabase): boolean {
  if (entry.driver || entry.otherwise === 'elsewhere') return false;
  const opened = program.apis(call).map((api) => `${api}()`);
  let statements = 0;
  for (const other of program.calls) {
    if (!program.apis(other).some((api) => opened.some((path) => api.startsWith(`${path}.`)))) continue;
    if (!program.sharedBy(call.unit, other.unit)) continue;
    const { callee, args } = other.fact;
    const name = callee.k === 'member' ? callee.name : '';
    if (!/^(?:prepare|exec|run|all|get|each|iterate|query)$/.test(name) || args.length === 0) continue;
    const text = program.statement(other) ?? literal(program, other);
    // Values bound to a statement are no statement.
    if (text === undefined) {
      if (name === 'prepare' || name === 'exec') return false;
      continue;
    }
    if (WRITES.test(text)) return false;
    statements++;
  }
  return statements > 0;
}

function literal(program: Program, call: Call): string | undefined {
  const first = call.fact.args[0];
  const value = first && program.values(call.unit, first).find((one) => one.value.kind === 'literal')?.value;
  return value?.kind === 'literal' && typeof value.value === 'string' ? value.value : undefined;
}

import process from 'node:process';
import v8 from 'node:v8';

/**
 * In Node 20 and 22 V8 puts so much of other functions into those that it compiles that an audit of seconds does not get it back: with
 * less of it a run takes a fifth to a quarter less of the processor. Later ones make no difference, and none that does not know the option is
 * asked, since it would say so. Only this process is meant, so that nobody who calls the audit from a program is.
 */
export function inlineLess(major = Number.parseInt(process.versions.node, 10)): boolean {
  const isMeant = major === 20 || major === 22;
  if (isMeant) v8.setFlagsFromString('--max-inlined-bytecode-size-cumulative=100');
  return isMeant;
}

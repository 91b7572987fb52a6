import { type Context, createContext, Script } from 'node:vm';

/** That something was ended since it went on for too long. */
export class TookTooLong extends Error {
  constructor(limit: number) {
    super(
      `it took more than ${limit < 60_000 ? `${limit / 1000} seconds` : limit === 60_000 ? 'a minute' : `${limit / 60_000} minutes`}`,
    );
  }
}

/** The whole of what is ever run in a context of its own: a function of ours. */
const CALL = new Script('run()');
const held: { run: () => void } = { run() {} };
let context: Context | undefined;

/**
 * Ends what goes on for longer than `limit` milliseconds, in the middle of a loop or of a regular expression, which nothing in the
 * language itself can. Takes a tenth of a millisecond, so it goes around stages and rules and not around calls. What was cut off may leave
 * half-made values behind: who catches {@link TookTooLong} throws away what the work was done on.
 */
export function limited<T>(limit: number, work: () => T): T {
  context ??= createContext(held);
  const outer = held.run;
  let result: { readonly value: T } | undefined;
  held.run = () => {
    result = { value: work() };
  };
  try {
    CALL.runInContext(context, { timeout: limit });
  } catch (error) {
    // An error of the context, which is no `Error` of ours.
    const { code } = (error ?? {}) as { readonly code?: unknown };
    if (code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw new TookTooLong(limit);
    throw error;
  } finally {
    held.run = outer;
  }
  // It ran to its end, or has thrown.
  return (result as unknown as { readonly value: T }).value;
}

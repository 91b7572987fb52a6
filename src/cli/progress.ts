import type { Io } from './io.js';

const QUIET_FOR = 1000;
const BETWEEN = 100;
const CLEAR_LINE = '\r\u001b[2K';

export interface Progress {
  update(done: number, total: number): void;
  clear(): void;
}

/** One line on stderr that counts files: only for a person who looks, and only when it takes long enough to wonder. */
export function startProgress(io: Io, wanted: boolean): Progress {
  const { stderr, now } = io;
  if (!wanted || stderr.isTTY !== true) return { update() {}, clear() {} };
  const began = now();
  let last = began + QUIET_FOR - BETWEEN;
  let shown = false;
  return {
    update(done, total) {
      const time = now();
      if (time - last < BETWEEN) return;
      last = time;
      shown = true;
      stderr.write(`${CLEAR_LINE}Auditing: ${done} of ${total} files`);
    },
    clear() {
      if (shown) stderr.write(CLEAR_LINE);
      shown = false;
    },
  };
}

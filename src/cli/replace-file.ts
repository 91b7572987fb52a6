import { existsSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Writes all or nothing: whoever reads the file meets the old text or the new one, never half of one. Links are followed. */
export function replaceFile(named: string, text: string): void {
  const there = existsSync(named);
  const file = there ? realpathSync(named) : named;
  const draft = join(dirname(file), `.${basename(file)}.${process.pid}.tmp`);
  try {
    writeFileSync(draft, text, { flag: 'wx', ...(there ? { mode: statSync(file).mode } : {}) });
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

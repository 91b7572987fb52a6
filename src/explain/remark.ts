import type { Remark } from '../model/explanation.js';
import type { Evidence } from '../model/finding.js';

export function remark({ file, span, note, guessed }: Omit<Evidence, 'role'>): Remark {
  return { file, span, note, ...(guessed ? { guessed } : {}) };
}

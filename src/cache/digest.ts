import { createHash } from 'node:crypto';

/** Short enough for an index of thousands, and long enough that no two texts meet in it. */
export function digest(...parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) {
    // Its length goes before each, so that no two lists of parts read the same.
    if (parts.length > 1) hash.update(`${part.length} `);
    hash.update(part);
  }
  return hash.digest('base64url').slice(0, 27);
}

import { posix } from 'node:path';
import type { Finding } from '../model/finding.js';
import type { Report } from '../model/report.js';
import type { Place } from '../model/span.js';

/** The path as the repository has it: services that show findings beside the code know no working directory. */
export function inRepository(file: string, { source }: Report): string {
  return posix.normalize(source.base + file);
}

/** Where a line can be read in the browser, when a pipeline said which repository and revision this is. */
export function browserLink({ file, span: [line, , endLine] }: Place, report: Report): string | undefined {
  const { repository, revision } = report.source;
  if (repository === undefined || revision === undefined) return undefined;
  const path = uriPath(inRepository(file, report));
  return `${repository}/blob/${revision}/${path}#L${line}${endLine > line ? `-L${endLine}` : ''}`;
}

/** A path as part of an address. Halves of surrogate pairs have no bytes that could stand there. */
export function uriPath(path: string): string {
  return wellFormed(path)
    .split('/')
    .map((part) =>
      encodeURIComponent(part).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`),
    )
    .join('/');
}

export function wellFormed(text: string): string {
  return text.replace(/\p{Cs}/gu, '\ufffd');
}

/**
 * Fingerprints, told apart: two findings whose marked text and surroundings are the same share one, and services take the
 * second for a copy of the first.
 */
export function uniqueFingerprints(findings: readonly Finding[]): string[] {
  const seen = new Map<string, number>();
  return findings.map(({ fingerprint }) => {
    const count = (seen.get(fingerprint) ?? 0) + 1;
    seen.set(fingerprint, count);
    return `${fingerprint}:${count}`;
  });
}

import type { Place } from '../model/span.js';

/** By code unit rather than by locale, so that every machine gives the same order. */
export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function byPlace(a: Place, b: Place): number {
  return byText(a.file, b.file) || a.span[0] - b.span[0] || a.span[1] - b.span[1];
}

/** The order in which findings are reported: as one reads the project, file by file and from top to bottom. */
export function byPlaceAndRule(a: Place & { readonly ruleId: string }, b: Place & { readonly ruleId: string }): number {
  return byPlace(a, b) || byText(a.ruleId, b.ruleId);
}

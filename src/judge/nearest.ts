import { closestMatch } from 'leven';

/** The known word that was most likely meant, for "did you mean": a small slip of the pen, or a part of a longer name. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const wanted = word.toLowerCase();
  const candidates = known.map((candidate) => candidate.toLowerCase());
  const maxDistance = Math.max(2, Math.floor(wanted.length / 3));
  const closest =
    closestMatch(wanted, candidates, { maxDistance }) ??
    (wanted.length < 3 ? undefined : candidates.find((candidate) => candidate.includes(wanted)));
  return closest === undefined ? undefined : known[candidates.indexOf(closest)];
}

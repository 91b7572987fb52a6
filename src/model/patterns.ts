/*
 * The matchers of file patterns try each way to share a path among its wildcards, so that time grows with the power of their number:
 * with three in one part, a name of 250 characters takes some milliseconds, with four some seconds, unless two characters at least stand
 * between them, as in the line that most projects have for Node's own reports.
 */

const MOST_WILDCARDS = 3;
const MOST_APART = 4;
const MOST_BRACES = 4;
const MOST_FOLDERS = 3;
const LONGEST = 1_000;

/** Whether a pattern for files is decided in a time that nobody notices, whatever the path is called. */
export function isBounded(pattern: string): boolean {
  const parts = pattern.split('/');
  return (
    pattern.length <= LONGEST &&
    (pattern.match(/[@?!+*]\(/g)?.length ?? 0) <= 2 &&
    (pattern.match(/\{/g)?.length ?? 0) <= MOST_BRACES &&
    (pattern.match(/\.\.\w/g)?.length ?? 0) <= 1 &&
    parts.every((part) => wildcardsIn(part) <= (areApart(part) ? MOST_APART : MOST_WILDCARDS)) &&
    parts.filter((part) => part.includes('**')).length <= MOST_FOLDERS
  );
}

function wildcardsIn(part: string): number {
  return part.match(/\*+|[@?!+]\(/g)?.length ?? 0;
}

function areApart(part: string): boolean {
  return !/\*.?\*/.test(part.replace(/\[[^\][]*\]/g, 'x').replace(/\*+/g, '*')) && !part.includes('(');
}

import type { StateCell, StateShape } from '../../model/program.js';

/** Words of a name that say what it is for: `loginSessions`, `SESSION_STORE`, `sessions`. Of several the first counts. */
const NAMES: readonly [string, StateShape][] = [
  ['session', 'session-store'],
  [
    'token|otp|nonce|challenge|csrf|blacklist|denylist|revoked|verifier|verification|idempotency|passcode|captcha|pin',
    'token-store',
  ],
  ['limit|limiter|attempt|throttle|bucket|hit|ratelimit', 'limiter'],
  ['cache|cached|memo|lru', 'cache'],
  ['lock|locked|mutex|running|processing|busy|inprogress|isrunning', 'lock'],
  ['queue|pending|buffer|backlog|batch|outbox', 'queue'],
  ['progress|percent|status', 'progress'],
];
const WORDS: readonly [ReadonlySet<string>, StateShape][] = NAMES.map(([words, shape]) => [
  new Set(words.split('|').flatMap((word) => [word, `${word}s`, `${word}es`])),
  shape,
]);

const COUNTED = /^(?:counts?|counter|usage|used|costs?|price|budget|total)$/;

export function nameShape(cell: StateCell): StateShape | undefined {
  const name = cell.name.replace(/^.*\./, '');
  const words = name
    .replace(/([a-z\d])(?=[A-Z])|([A-Z])(?=[A-Z][a-z])/g, '$1$2 ')
    .toLowerCase()
    .split(/[^a-z\d]+/);
  // Tokens that are counted are those of a language model.
  const among = words.some((word) => COUNTED.test(word)) ? WORDS.filter(([, shape]) => shape !== 'token-store') : WORDS;
  return among.find(([known]) => words.some((word) => known.has(word)) || known.has(words.join('')))?.[1];
}

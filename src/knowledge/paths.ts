/*
 * The notation of API paths and patterns (see `Value` in model/program.ts), in one place: expansion of alternatives and the
 * split of a path into steps. Written by hand because the braces hold `()` and `.`, which glob libraries read otherwise.
 */

/** `a{b,c{d,e}}` to `ab`, `acd`, `ace`. Undefined when braces do not match. */
export function expandPattern(pattern: string): readonly string[] | undefined {
  const open = pattern.indexOf('{');
  if (open < 0) return pattern.includes('}') ? undefined : [pattern];
  if (pattern.slice(0, open).includes('}')) return undefined;
  const parts: string[] = [];
  let depth = 0;
  let start = open + 1;
  for (let at = open; at < pattern.length; at++) {
    const char = pattern[at];
    if (char === '{') depth++;
    else if (char === ',' && depth === 1) {
      parts.push(pattern.slice(start, at));
      start = at + 1;
    } else if (char === '}' && --depth === 0) {
      parts.push(pattern.slice(start, at));
      const tails = expandPattern(pattern.slice(at + 1));
      if (!tails) return undefined;
      const heads: string[] = [];
      for (const part of parts) {
        const inner = expandPattern(part);
        if (!inner) return undefined;
        heads.push(...inner);
      }
      return heads.flatMap((head) => tails.map((tail) => pattern.slice(0, open) + head + tail));
    }
  }
  return undefined;
}

export interface ApiPath {
  readonly package: string;
  /** `.name` for a member (`.*` for any, `.[]` for what a loop goes through), `()` for a result, `/1.0` for a parameter of an argument. */
  readonly steps: readonly string[];
}

const PACKAGE = /^(?:@[\w.-]+\/)?[\w.-]+(?:\/[\w.-]+)*$/;
/** An argument's parameter, or with names in between a parameter of a function in the argument's options: `/0.handler.0`. */
const PARAMETER = /^\/\d+(?:\.[A-Za-z_$][\w$]*)*\.\d+/;
const MEMBER = /^\.(?:\*|\[\]|[\w$-]+)/;

/** Splits an expanded path; undefined when it is not well formed. */
export function parsePath(path: string): ApiPath | undefined {
  const colon = path.indexOf(':');
  if (colon < 0) return undefined;
  const name = path.slice(0, colon);
  if (!PACKAGE.test(name) || name.startsWith('node:')) return undefined;
  let rest = path.slice(colon + 1);
  if (/^[\w$*]/.test(rest)) rest = `.${rest}`;
  else if (rest.startsWith('.')) return undefined;
  const steps: string[] = [];
  while (rest !== '') {
    const step = rest.startsWith('()') ? '()' : (PARAMETER.exec(rest)?.[0] ?? MEMBER.exec(rest)?.[0]);
    if (step === undefined) return undefined;
    steps.push(step);
    rest = rest.slice(step.length);
  }
  return { package: name, steps };
}

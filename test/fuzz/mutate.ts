// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the languages that are read.
import fc from 'fast-check';

/*
 * Small changes of a text, as values that fast-check can make smaller: a failing case shrinks to the one edit that matters.
 */

export interface Edit {
  readonly how: (typeof HOWS)[number];
  /** Where, as parts of a million of what there is. */
  readonly at: number;
  readonly to: number;
  readonly piece: string;
}

const HOWS = [
  'delete token',
  'double token',
  'swap tokens',
  'replace token',
  'insert token',
  'delete line',
  'double line',
  'swap lines',
  'truncate',
  'cut off the front',
  'repeat token',
] as const;

/** What stands in the languages that are read, and what should not stand in any. */
const PIECES =
  '( ) [ ] { } < > </ /> => ... ?. ?? ??= ** # @ $ ` ${ " \' \\ \\u{ / // /* */ /x/ <!-- --> ; : , . = == | || && ! ~ - -- + % ^ & * 0 1n 0x 1e999 .5 \n \r \r\n \t \u2028 ' +
  'class extends super this new await async function* yield import export default from require module.exports let const var if else for while do switch case break continue return throw try catch finally with debugger delete typeof void in of instanceof ' +
  'enum declare namespace abstract interface type satisfies as keyof infer accessor using static get set readonly #private @dec() <T> <div> ' +
  'process.env.X __proto__ constructor prototype toString hasOwnProperty undefined null NaN eval arguments ' +
  '{{ }} {% %} {{- if .Values.x }} {{ end }} --- - &a *a <<: !tag | > ? %YAML FROM RUN CMD COPY <<EOF EOF HEREDOC $(( $( )) && ;; esac fi done [[ ]] SELECT CREATE TABLE ALTER $$ ' +
  'model datasource @@map @id server { } upstream location [Service] ExecStart= resource "x" ${a.b} = for_each dynamic';

const WORDS = [
  ...PIECES.split(' ').filter((piece) => piece !== ''),
  '\0',
  '\uFEFF',
  '\uD800',
  '\uDC00',
  '\u202E',
  '\u001B[31m',
  '\u0007',
  '\u00A0',
  '\uE000',
  '🦊',
  '::error::x',
  ' ',
  '\n',
  '  ',
];

const place = fc.integer({ min: 0, max: 999_999 });
export const piece = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...WORDS) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 6 }) },
);

export const edits: fc.Arbitrary<Edit[]> = fc.array(
  fc.record({ how: fc.constantFrom(...HOWS), at: place, to: place, piece }),
  { minLength: 1, maxLength: 6 },
);

export function mutated(text: string, changes: readonly Edit[]): string {
  return changes.reduce(edited, text);
}

function edited(text: string, { how, at, to, piece: put }: Edit): string {
  const byLine = how.endsWith('line') || how.endsWith('lines');
  const parts = byLine ? text.split(/(?<=\n)/) : (text.match(/\w+|\s+|[^\w\s]/gsu) ?? []);
  const index = (of: number) => Math.floor((of / 1_000_000) * parts.length);
  const [one, other] = [index(at), index(to)];
  const here = parts[one] ?? '';
  switch (how) {
    case 'delete token':
    case 'delete line':
      parts.splice(one, 1);
      break;
    case 'double token':
    case 'double line':
      parts.splice(one, 0, here);
      break;
    case 'repeat token':
      parts.splice(one, 0, ...Array.from({ length: 1 + (to % 400) }, () => here));
      break;
    case 'swap tokens':
    case 'swap lines':
      parts[one] = parts[other] ?? '';
      parts[other] = here;
      break;
    case 'replace token':
      parts[one] = put;
      break;
    case 'insert token':
      parts.splice(one, 0, put);
      break;
    case 'truncate':
      parts.splice(one);
      break;
    case 'cut off the front':
      parts.splice(0, one);
      break;
  }
  return parts.join('');
}

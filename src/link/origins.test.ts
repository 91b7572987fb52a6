import { describe, expect, it } from 'vitest';
import { callOf, exprText, programOf, type Sources } from '../../test/in-memory.js';

/** What the first argument of `keep(…)` is made from, as "what at file:line". */
async function origins(sources: Sources | string): Promise<string[]> {
  const program = await programOf(sources);
  const { unit, fact } = callOf(program, 'keep');
  const argument = fact.args[0];
  if (!argument) throw new Error('keep() without an argument');
  return program
    .origins(unit, argument, fact.span)
    .map(({ unit: at, expr, place }) => `${exprText(at.facts, expr)} at ${place.file}:${place.span[0]}`);
}

describe('what an expression is made from', () => {
  it('goes back through variables, all their assignments and the calls between', async () => {
    const found = await origins(
      ['let content = a.body;', 'if (a.b) content = b.body;', 'const small = resize(content);', 'keep(small);'].join(
        '\n',
      ),
    );
    expect(found).toEqual(expect.arrayContaining(['a.body at server.ts:1', 'b.body at server.ts:2']));
  });

  it('goes to callers, in other files too, and no further than they pass', async () => {
    const found = await origins({
      'server.ts': "import { save } from './save.js';\nsave('name', input.file);",
      'save.ts': 'export function save(name, content) {\n  keep(content);\n}',
    });
    expect(found).toContain('input.file at server.ts:2');
    expect(found).not.toContain("'name' at server.ts:2");
  });

  it('goes into what a function of the project returns', async () => {
    const found = await origins('function read() {\n  return source.data;\n}\nkeep(read(1));');
    expect(found).toContain('source.data at server.ts:2');
  });

  it('asks of a helper only what this call hands to it', async () => {
    const found = await origins(
      ['const pad = (data) => Buffer.from(data);', 'other(pad(input.vector));', 'keep(pad(input.key));'].join('\n'),
    );
    expect(found).toContain('input.key at server.ts:3');
    expect(found.filter((origin) => origin.startsWith('input.vector'))).toEqual([]);
  });

  it('goes to the receiver that hands a callback its content, and not to that of any callback', async () => {
    const then = await origins('source.read().then((content) => keep(content));');
    expect(then.some((origin) => origin.startsWith('source.read'))).toBe(true);
    const other = await origins('source.ask((content) => keep(content));');
    expect(other.some((origin) => origin.startsWith('source'))).toBe(false);
  });

  it('looks for nothing behind what the question ends at', async () => {
    const program = await programOf('keep(join(root, input.file.name));');
    const { unit, fact } = callOf(program, 'keep');
    const found = program.origins(
      unit,
      fact.args[0] as never,
      fact.span,
      ({ expr }) => expr.k === 'member' && expr.name === 'name',
    );
    expect(found.map(({ expr }) => exprText(unit.facts, expr))).toEqual([
      'join(root, input.file.name)',
      'root',
      'input.file.name',
    ]);
  });

  it('ends where things go in circles', async () => {
    const found = await origins(
      'let a = b;\nvar b = a;\nfunction f(x) { keep(x); f(g(x)); }\nfunction g(y) { return f(y); }\nf(a);',
    );
    expect(found.length).toBeGreaterThan(1);
    expect(found.length).toBeLessThan(50);
  });
});

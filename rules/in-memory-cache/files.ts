import {
  evidenceOfState,
  fileRecipes,
  type RuleContext,
  reachedByUser,
  recipeFor,
  type StateCell,
} from '../../src/api/index.js';

/** A list of what has been written to this instance's disk: the files are found by the instance that wrote them. */
export function checkFilesOfInstance(context: RuleContext, cell: StateCell): void {
  const { program } = context;
  const inserts = cell.writes.filter(({ op }) => op === 'insert');
  const removals = cell.writes.filter(({ op }) => op === 'remove');
  // What others throw out is spoken of as such.
  const removes = removals.length > 0 && removals.every(({ fn }) => inserts.some((insert) => insert.fn === fn));
  for (const access of inserts) {
    const reach = reachedByUser(program, access.fn);
    if (!reach || !removes) continue;
    const file = program
      .callsIn(access.fn)
      .map((call) => program.effect(call))
      .find((effect) => effect?.kind === 'file' && effect.writes);
    const read = cell.reads.find(({ fn }) => reachedByUser(program, fn));
    if (!file || !read) continue;
    const setting = program.setting(
      program.conditions({ unit: access.unit, fn: access.fn, fact: access.fact }, reach.phase),
    );
    if (setting.developmentOnly || setting.never) return;
    context.report({
      ...cell.place,
      confidence: 'medium',
      doubts: ['that the entries stand for the files is told from their being written by one function'],
      when: setting.when,
      ...(setting.words ? { condition: setting.words } : {}),
      symbol: cell.name,
      message: `\`${cell.name}\` lists files that this instance has written; the others know neither the list nor the files.`,
      consequence:
        'A link to such a file works on the instance that wrote it and is "not found" on the others; after a restart nobody deletes what is left, and on a shared disk one instance deletes what another still links to.',
      hint: recipeFor(fileRecipes, '', program.stack(cell.unit), { file: cell.unit.file, body: 'content' }),
      evidence: [
        ...evidenceOfState({
          cell,
          write: { access, reach },
          read: { access: read, reach: reachedByUser(program, read.fn) ?? reach },
          severity: 'warning',
          confidence: 'medium',
          setting,
        }),
        ...file.path,
      ],
    });
    return;
  }
}

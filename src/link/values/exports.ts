import type { Alternative, Unit } from '../../model/program.js';
import type { Linked, Tables } from '../tables.js';
import { member } from '../../knowledge/api-table.js';
import type { Values } from './values.js';
import { type Answers, Question } from './answers.js';
import { distinct, extended, NOTHING, one, UNKNOWN } from './alternatives.js';

const DEEPEST = 200;

/** What modules export, by `export` and by CommonJS. */
export class Exports {
  private depth = 0;

  constructor(
    private readonly values: Values,
    private readonly tables: Tables,
    private readonly answers: Answers,
  ) {}

  imported(unit: Unit, specifier: string, name: string): readonly Alternative[] {
    const target = this.tables.target(unit, specifier);
    if (target.kind === 'package') {
      const root = `${target.name}:`;
      return one({
        kind: 'external',
        api: this.values.same(name === '*' || name === 'default' ? root : member(root, name)),
      });
    }
    if (target.kind !== 'file') return UNKNOWN;
    const to = this.tables.byFile.get(target.file);
    if (!to) return UNKNOWN;
    return name === '*' ? this.namespace(to) : this.exported(to, name);
  }

  /** What `require` or `import * as` gives: the value of `module.exports = …` where there is one. */
  namespace(unit: Linked): readonly Alternative[] {
    const whole = this.tables.exportsOf(unit, '=');
    if (whole.length === 0) return one({ kind: 'module', unit });
    return whole.flatMap(({ value }) => (value ? this.values.of(unit, value) : []));
  }

  exported(unit: Linked, name: string): readonly Alternative[] {
    // A chain of re-exports so long that following it would overflow the stack; only generators write one.
    if (this.depth > DEEPEST) {
      this.answers.doubt();
      return UNKNOWN;
    }
    let question = unit.askedExports.get(name);
    if (!question) {
      question = new Question();
      unit.askedExports.set(name, question);
    }
    return this.values.answer(question, () => {
      this.depth++;
      try {
        return this.findExport(unit, name);
      } finally {
        this.depth--;
      }
    });
  }

  private findExport(unit: Linked, name: string): readonly Alternative[] {
    let found: readonly Alternative[] = NOTHING;
    for (const fact of this.tables.exportsOf(unit, name)) {
      if (fact.from) found = extended(found, this.imported(unit, fact.from.specifier, fact.from.name));
      else if (fact.value) found = extended(found, this.values.of(unit, fact.value));
    }
    if (found.length) return distinct(found);
    const whole = this.tables.exportsOf(unit, '=');
    for (const { value } of whole) {
      if (!value) continue;
      if (name === 'default') found = extended(found, this.values.of(unit, value));
      else
        for (const alternative of this.values.of(unit, value))
          found = extended(found, this.values.memberOf(alternative.value, name));
    }
    if (found.length) return distinct(found);
    const later = this.values.assigned({ kind: 'module', unit }, name);
    if (later.length) return later;
    for (const fact of name === 'default' ? [] : this.tables.exportsOf(unit, '*')) {
      if (!fact.from) continue;
      const through = this.imported(unit, fact.from.specifier, name);
      if (through.some(({ value }) => value.kind !== 'unknown' && value.kind !== 'undefined')) return through;
    }
    // CommonJS without a default: `import x from` gives the whole of it.
    if (name === 'default' && unit.facts.exports.length) return one({ kind: 'module', unit });
    return UNKNOWN;
  }
}

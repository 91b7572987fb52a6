import type { TypeFact } from '../../model/facts.js';
import type { Alternative, Cls, Unit } from '../../model/program.js';
import { called, expand } from '../../knowledge/api-table.js';
import { typeAliases } from '../../knowledge/type-aliases.js';
import { add, type Linked, type Tables } from '../tables.js';
import type { Answers } from './answers.js';
import type { Values } from './values.js';
import { extended, external, instance, none, NOTHING, MOST, one } from './alternatives.js';

const NONE = none<Cls>();

/** Classes, what they extended and implement, and what a declared type can be. */
export class Types {
  private readonly typeAlias = new Map<string, string>();
  private readonly subclasses = new Map<Cls, Cls[]>();
  private isLearnt = false;
  private readonly byInterface = new Map<string, Cls[]>();

  constructor(
    private readonly values: Values,
    private readonly tables: Tables,
    private readonly answers: Answers,
  ) {
    for (const { type, api } of typeAliases) for (const from of expand(type)) this.typeAlias.set(from, api);
    for (const unit of tables.units) {
      for (const cls of unit.classes)
        for (const type of cls.fact.implements ?? []) add(this.byInterface, this.typeName(unit, type), cls);
    }
  }

  /** Who extends whom; asked once the rest can look values up. */
  learnBases(): void {
    for (const unit of this.tables.units) {
      for (const cls of unit.classes) for (const base of this.bases(cls)) add(this.subclasses, base, cls);
    }
    this.isLearnt = true;
  }

  baseOf(cls: Cls): readonly Alternative[] {
    return cls.fact.extends ? this.values.of(cls.unit, cls.fact.extends) : NOTHING;
  }

  bases(cls: Cls): readonly Cls[] {
    if (!cls.fact.extends) return NONE;
    const found: Cls[] = [];
    const visit = (at: Cls) => {
      for (const { value } of this.baseOf(at)) {
        if (value.kind !== 'class' || found.includes(value.cls) || value.cls === cls) continue;
        found.push(value.cls);
        visit(value.cls);
      }
    };
    visit(cls);
    return found;
  }

  subclassesOf(cls: Cls): readonly Cls[] {
    // Before that, what rests on these is looked for again.
    if (!this.isLearnt) this.answers.doubt();
    return this.subclasses.get(cls) ?? NONE;
  }

  /** What something declared as a type can be: an instance of the class, of those that implement it, or what a package's type stands for. */
  typed(unit: Linked, type: TypeFact): readonly Alternative[] {
    let found: readonly Alternative[] = NOTHING;
    for (const { value } of this.values.of(unit, type.ref)) {
      if (value.kind === 'class') {
        found = extended(found, one(instance(value.cls)));
        for (const sub of this.subclassesOf(value.cls).slice(0, MOST)) found = extended(found, one(instance(sub)));
      } else if (value.kind === 'external' && !value.api.startsWith('global:')) {
        const api = this.typeAlias.get(value.api) ?? this.values.same(called(value.api));
        const model = this.argument(unit, type);
        found = extended(found, one(external(api, undefined, model)));
      }
    }
    if (found.length) return found;
    const implementing = this.byInterface.get(this.typeName(unit, type)) ?? [];
    return implementing.slice(0, MOST).map((cls) => ({ value: instance(cls), when: [] }));
  }

  /** The class that a type is given: `User` in `Repository<User>`. */
  private argument(unit: Linked, type: TypeFact): Cls | undefined {
    const first = type.args?.[0];
    const known = first && this.values.of(unit, first.ref).find(({ value }) => value.kind === 'class')?.value;
    return known?.kind === 'class' ? known.cls : undefined;
  }

  private typeName(unit: Unit, type: TypeFact): string {
    const { ref } = type;
    if (ref.k === 'id') return unit.facts.bindings[ref.b]?.from?.name ?? unit.facts.bindings[ref.b]?.name ?? '';
    return ref.k === 'global' || ref.k === 'member' ? ref.name : '';
  }
}

import type { FileWord, Remark } from '../model/explanation.js';
import type { Program, Unit } from '../model/program.js';
import type { Span } from '../model/span.js';

/** The file's roles and how it comes to be loaded. */
export function fileOf(program: Program, unit: Unit): FileWord {
  const { manifest } = unit;
  return {
    file: unit.file,
    roles: [...unit.roles].sort(),
    processes: program.processesOf(unit).map(({ name }) => name),
    way: wayTo(program, unit),
    ...(manifest
      ? {
          application: {
            ...(manifest.name === undefined ? {} : { name: manifest.name }),
            manifest: manifest.dir === '.' ? 'package.json' : `${manifest.dir}/package.json`,
          },
        }
      : {}),
  };
}

/** Of a file that is no source: what it says is run, where it describes that. */
export function describedFile(program: Program, file: string): FileWord {
  const found = program.descriptors.filter((descriptor) => descriptor.file === file);
  const described = found.flatMap(({ workloads }) =>
    workloads.map(({ place, name, ownsWhy }) => ({ ...place, note: `describes \`${name}\`: ${ownsWhy}` })),
  );
  return { file, roles: [], processes: [], way: [], described };
}

interface Importer {
  readonly unit: Unit;
  readonly span: Span;
}

/** The shortest chain of imports from where a process begins, or from a file that nothing imports, to this one. */
function wayTo(program: Program, unit: Unit): Remark[] {
  const importers = new Map<Unit, Importer[]>();
  for (const one of program.units) {
    // What a test imports is not thereby part of what runs.
    if (one !== unit && one.roles.size === 1 && one.roles.has('test') && !unit.roles.has('test')) continue;
    for (const { unit: imported, span } of program.imports(one)) {
      const list = importers.get(imported);
      if (list) list.push({ unit: one, span });
      else importers.set(imported, [{ unit: one, span }]);
    }
  }
  const next = new Map<Unit, { readonly to: Unit; readonly span: Span }>();
  const entries = new Set(program.processes.map(({ entry }) => entry));
  const seen = new Set([unit]);
  for (let queue = [unit]; queue.length > 0; ) {
    const further: Unit[] = [];
    for (const at of queue) {
      const list = importers.get(at) ?? [];
      if (list.length === 0 || entries.has(at)) return chain(at, next);
      for (const { unit: from, span } of list) {
        if (seen.has(from)) continue;
        seen.add(from);
        next.set(from, { to: at, span });
        further.push(from);
      }
    }
    queue = further;
  }
  return [];
}

function chain(from: Unit, next: ReadonlyMap<Unit, { readonly to: Unit; readonly span: Span }>): Remark[] {
  const found: Remark[] = [];
  for (let at = from, step = next.get(at); step; at = step.to, step = next.get(at))
    found.push({ file: at.file, span: step.span, note: `imports \`${step.to.file}\`` });
  return found;
}

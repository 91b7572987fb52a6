import {
  ApiTable,
  callsWith,
  type Condition,
  logCollectors,
  logFileOptions,
  logsToStdout,
  optionsAt,
  type Place,
  type Program,
} from '../../src/api/index.js';
import type { LogFile } from './rule.js';

/** Something that the lines of a logger go to as well. */
interface Other extends Place {
  readonly name: string;
  readonly when: readonly Condition[];
}

/** What stands beside the log files of a program. */
export interface Company {
  readonly collectors: readonly Other[];
  readonly stdout: readonly Place[];
}

const COLLECTORS = new Set(logCollectors.flatMap(({ packages }) => packages));
const STDOUT = new ApiTable<true>(logsToStdout.flatMap(({ api }) => (api ? [{ patterns: [api], entry: true }] : [])));
const STDOUT_KINDS = new Set(logsToStdout.flatMap(({ kinds }) => kinds ?? []));
const OPTIONS = new ApiTable(logFileOptions.map((entry) => ({ patterns: [entry.api], entry })));

/** Where a file's loggers send their lines besides a file: to a collector, or to the standard output. */
export function companyOf(program: Program): Company {
  const collectors: Other[] = [];
  const stdout: Place[] = [];
  const isAbout = (api: string) =>
    COLLECTORS.has(packageOf(api)) || STDOUT.first(api) !== undefined || OPTIONS.first(api) !== undefined;
  for (const call of callsWith(program, isAbout)) {
    if (!call.unit.roles.has('server') && !call.unit.roles.has('worker')) continue;
    const place = { file: call.unit.file, span: call.fact.span };
    for (const api of program.apis(call)) {
      const name = packageOf(api);
      if (COLLECTORS.has(name)) collectors.push({ ...place, name, when: program.conditions(call) });
      if (STDOUT.first(api) && !program.setting(program.conditions(call)).developmentOnly) stdout.push(place);
      for (const { arg, items, kind } of OPTIONS.find(api)) {
        const options = call.fact.args[arg];
        if (!options || !kind) continue;
        const at = { unit: call.unit, expr: options, span: call.fact.span, when: [] };
        for (const item of optionsAt(program, at, items ? items.split('.') : [])) {
          for (const { value, when } of program.property(item.unit, item.expr, [kind.path])) {
            if (value.kind !== 'literal') continue;
            const found = { file: item.unit.file, span: item.span };
            const conditions = [...item.when, ...when];
            if (COLLECTORS.has(String(value.value)))
              collectors.push({ ...found, name: String(value.value), when: conditions });
            else if (STDOUT_KINDS.has(String(value.value)) && !program.setting(conditions).developmentOnly)
              stdout.push(found);
          }
        }
      }
    }
  }
  return { collectors, stdout };
}

function packageOf(api: string): string {
  return api.slice(0, api.indexOf(':'));
}

/** The collector that the same file sets up, since loggers are made in one place; without conditions it is always there. */
export function unlessSent(
  program: Program,
  { collectors }: Company,
  { unit, call }: LogFile,
): (Other & { readonly always: boolean; readonly place: Place }) | undefined {
  const here = collectors
    .filter(({ file }) => file === unit.file || file === call.unit.file)
    .map((other) => ({ other, setting: program.setting(other.when) }))
    .filter(({ setting }) => !setting.developmentOnly && !setting.never);
  const always = here.find(({ setting }) => setting.when === 'always');
  const found = always ?? here[0];
  if (!found) return undefined;
  const { file, span } = found.other;
  return { ...found.other, always: found === always, place: { file, span } };
}

/** What holds where the collector is not: only one condition can be turned round, several would need an "or". */
export function negated(when: readonly Condition[]): Condition[] {
  const [only] = when;
  return when.length === 1 && only ? [{ unit: only.unit, fact: { ...only.fact, sense: !only.fact.sense } }] : [];
}

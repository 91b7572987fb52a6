import {
  ApiTable,
  type Call,
  callsKnown,
  databasePrograms,
  defineRule,
  diskOf,
  type EmbeddedDatabase,
  embeddedDatabases,
  type Evidence,
  type Expr,
  idleBecause,
  type Program,
  type RuleContext,
  type Setting,
  type Unit,
} from '../../src/api/index.js';
import { type Driver, driversOf } from './drivers.js';
import { homeOf } from './home.js';
import { checkJsonStores } from './json-store.js';
import { checkPlatforms } from './platforms.js';
import { checkPrisma } from './prisma.js';
import { onlyReads } from './reads.js';
import { report } from './report.js';

const TABLE = new ApiTable<EmbeddedDatabase>(embeddedDatabases.map((entry) => ({ patterns: [entry.api], entry })));
const SPAWNS = 'child_process:{spawn,exec,execFile,fork,spawnSync,execSync,execFileSync}';
const SERVERS = new Set(databasePrograms.flatMap(({ commands }) => commands));

export default defineRule({
  meta: {
    id: 'embedded-database',
    title: 'Application data in a database that lives in one instance',
    category: 'disk',
    severity: 'error',
    triggers: ['scale-out', 'rolling-deploy', 'restart', 'crash'],
  },
  check(context) {
    const { program } = context;
    const seen = new Set<string>();
    const deployed = deployedUnits(program);
    const serves = (unit: Unit) => isServing(unit) && (deployed.has(unit) || !isDesktop(unit));
    for (const { call } of callsKnown(program, TABLE)) {
      if (!serves(call.unit)) continue;
      const { imports } = call.unit.facts;
      const entries = program
        .apis(call)
        .flatMap((api) => TABLE.find(api))
        .filter(({ from }) => !from || imports.some(({ specifier }) => from.includes(specifier)));
      for (const entry of new Set(entries)) checkDatabase(context, call, entry, seen);
    }
    checkJsonStores(context);
    checkPlatforms(context);
    checkPrisma(context, serves);
    for (const { call } of program.callsTo([SPAWNS])) if (serves(call.unit)) checkServer(context, call);
  },
});

function isServing({ roles, vendored }: Unit): boolean {
  return !vendored && (roles.has('server') || roles.has('worker'));
}

/** A desktop application has one user and one instance by its nature. */
function isDesktop({ manifest }: Unit): boolean {
  return manifest !== undefined && ('electron' in manifest.dependencies || 'electron' in manifest.devDependencies);
}

/** What a container or platform starts for others than its developers: a server, be there a desktop application of it as well. */
function deployedUnits(program: Program): ReadonlySet<Unit> {
  const found = new Set<Unit>();
  for (const { descriptor, processes } of program.workloads)
    if (descriptor.purpose !== 'development' && descriptor.purpose !== 'test')
      for (const { units } of processes) for (const unit of units) found.add(unit);
  return found;
}

function checkDatabase(context: RuleContext, call: Call, entry: EmbeddedDatabase, seen: Set<string>): void {
  const { program } = context;
  const around = program.conditions(call);
  const drivers = driversOf(program, call, entry);
  for (const driver of drivers) {
    const place = driver.place;
    const key = `${place.file} ${place.span.join(' ')}`;
    if (seen.has(key)) continue;
    const safe = (reason: string) => {
      seen.add(key);
      context.safe({ ...place, reason });
    };
    if (driver.forDevelopment) {
      safe('the options for development and tests; production has its own');
      continue;
    }
    const home = homeOf(program, call, entry, driver);
    if (home.kind === 'elsewhere') continue;
    if (home.kind === 'scratch') {
      safe(home.reason);
      continue;
    }
    // The same name, put together in the same place: opened once more, to copy or to repair it.
    if (home.kind === 'file' && home.file !== undefined && seen.has(home.file)) {
      safe('the same file is reported where it is opened first');
      continue;
    }
    const setting = unlessSaid(program.setting([...driver.when, ...home.when, ...around]), driver);
    if (setting.never) safe('asks for the absence of a setting that is required');
    else if (setting.developmentOnly) safe(idleBecause(setting, 'used only outside production'));
    else if (entry.standsIn && setting.when === 'optional-config')
      safe(`a stand-in for trying the program out, ${setting.words ?? 'only when a setting asks for it'}`);
    else if (program.inSharedStore(call.fn)) safe('the configuration declares that what is kept here is shared');
    else if (onlyReads(program, call, entry)) safe('it is only read from, as a data file that ships with the code is');
    else {
      seen.add(key);
      if (home.kind === 'file' && home.file !== undefined) seen.add(home.file);
      report(context, call.unit, place, setting, {
        name: entry.name,
        path: home.path,
        inMemory: home.kind === 'memory',
        isCache: entry.cache === true,
        evidence: [
          ...(place.file === call.unit.file && place.span === call.fact.span
            ? []
            : [
                ...driver.evidence,
                {
                  role: 'registered' as const,
                  file: call.unit.file,
                  span: call.fact.span,
                  note: 'the database is opened',
                },
              ]),
          ...(home.kind === 'file' && home.at ? volumeOf(program, home.at) : []),
        ],
      });
    }
  }
}

/** What decides may be read where nothing is known of it, and is a setting all the same. */
function unlessSaid(setting: Setting, { unless }: Driver): Setting {
  if (unless === undefined || setting.when !== 'always' || setting.settled) return setting;
  return { ...setting, when: 'default-config', words: `safe when ${unless} says otherwise` };
}

/** The volume that the file lies on. That several instances mount it is no way out: over a network its locks do not hold. */
function volumeOf(program: Program, at: { readonly unit: Unit; readonly expr: Expr }): readonly Evidence[] {
  const { shared, evidence } = diskOf(program, [at]);
  if (!shared?.because) return evidence;
  return [{ role: 'started', ...shared.because, note: `${shared.reason}, but which one process at a time can write` }];
}

/** A database server that is a child of this process, on this instance's disk. */
function checkServer(context: RuleContext, call: Call): void {
  const { program } = context;
  const first = call.fact.args[0];
  if (!first) return;
  const name = program
    .values(call.unit, first)
    .flatMap(({ value }) => (value.kind === 'literal' ? [String(value.value)] : []))
    // Asked whether it is there, it serves nobody.
    .filter((line) => !/\s(?:--version|-V|-v|--help)\s*$/.test(line))
    .map((line) => line.split(/\s/)[0] ?? '')
    .map((command) => command.replace(/^.*[/\\]/, '').replace(/\.exe$/, ''))
    .find((command) => SERVERS.has(command));
  if (!name) return;
  const place = { file: call.unit.file, span: call.fact.span };
  const setting = program.setting(program.conditions(call));
  if (setting.never || setting.developmentOnly)
    return context.safe({ ...place, reason: idleBecause(setting, 'started only outside production') });
  report(context, call.unit, place, setting, {
    name: `\`${name}\`, which this process starts beside itself`,
    path: undefined,
    inMemory: false,
    isCache: false,
    evidence: [],
  });
}

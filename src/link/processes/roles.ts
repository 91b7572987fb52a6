import { posix } from 'node:path';
import type { Role } from '../../model/program.js';
import { type Entry, entriesOf } from './entries.js';
import {
  isBrowserCode,
  isForServer,
  isFrontEnd,
  isScriptFolder,
  leftoverRole,
  listens,
} from '../modules/file-kinds.js';
import { add, type Linked, type Tables } from '../tables.js';
import { isBuildFile } from '../../knowledge/build-files.js';
import { isTestFile } from '../../knowledge/test-files.js';

/*
 * Which processes reach which files. From the entries the module graph is followed, with what computed paths load. Only files
 * that no entry reaches are judged by themselves and by the names of their folders.
 */

/** Gives every unit its roles, and says where processes begin. */
export function assignRoles(tables: Tables, begun: readonly (readonly string[])[] = []): readonly Entry[] {
  const entries = [...entriesOf(tables, begun)];
  const byRole = new Map<Role, Linked[]>();
  for (const { unit, role } of entries) add(byRole, role, unit);
  for (const unit of tables.units) {
    const role = roleByPath(unit);
    if (role) add(byRole, role, unit);
  }
  for (const [role, units] of byRole) for (const unit of reached(tables, units, role)) unit.roles.add(role);

  // What starts the application as a process of its own looks after it, and runs as long.
  const watching = tables.units.filter(
    (unit) =>
      !unit.roles.has('server') &&
      !isTestFile(unit.file) &&
      !isBuildFile(unit.file) &&
      !isScriptFolder(unit) &&
      !tables.branches.loaded.has(unit) &&
      tables.loads(unit).started.some(({ roles }) => roles.has('server')),
  );
  for (const unit of reached(tables, watching, 'server')) unit.roles.add('server');

  // What only components need, wherever they are rendered, is for their page.
  const components = tables.units.filter((unit) => unit.roles.has('server') && isBrowserCode(unit));
  for (const unit of reached(tables, components, 'browser'))
    if ([...unit.roles].every((role) => role === 'test')) unit.roles.add('browser');

  // Tests reach everything; what only they and no entry reach is loaded by name at run time, or not at all.
  const entered = new Set([...byRole.values()].flat());
  const forgotten = forgottenAmong(
    tables,
    tables.units.filter((unit) => !entered.has(unit) && unit.roles.size === 0),
  );
  for (const unit of reached(tables, forgotten, 'script')) unit.roles.add('script');
  const left = new Map<Role, Linked[]>();
  const frontEnds = new Map(tables.manifests.map((manifest) => [manifest, isFrontEnd(tables, manifest)]));
  for (const unit of tables.units) {
    if (entered.has(unit) || [...unit.roles].some((role) => role !== 'test')) continue;
    const frontEnd = unit.manifest !== undefined && frontEnds.get(unit.manifest) === true;
    add(left, leftoverRole(unit, frontEnd), unit);
  }
  for (const [role, units] of left)
    if (role !== 'server') for (const unit of reached(tables, units, role)) unit.roles.add(role);
  // Nobody is known to serve with these: they take no page's code along, and what is made from that is a part of the page.
  const ofPage = (unit: Linked) => unit.roles.has('browser') && !unit.roles.has('server');
  const server = (left.get('server') ?? []).filter((unit) => !ofPage(unit));
  const pages = new Set(tables.units.filter(ofPage));
  const isForPage = (unit: Linked) => !isForServer(unit) && tables.importsOf(unit).some((one) => pages.has(one));
  for (const unit of reached(tables, server.filter(isForPage), 'browser')) unit.roles.add('browser');
  const serving = reached(
    tables,
    server.filter((unit) => !isForPage(unit)),
    'server',
    'too',
    pages,
  );
  for (const unit of serving) unit.roles.add('server');

  const handlers = new Set(entries.filter(({ handler }) => handler).map(({ unit }) => unit));
  for (const unit of tables.units) if (!handlers.has(unit)) demoteBrowser(unit);
  return entries;
}

/** So many files beside it are loaded by one file that names each of them. */
const ENOUGH = 3;

/**
 * Loaded by nobody, while one file names all the others of its folder: `require('./routes/users'), require('./routes/orders'), …`.
 * Nothing loads the folder as a whole then, and the file has been left out, or left behind.
 */
function forgottenAmong(tables: Tables, left: readonly Linked[]): readonly Linked[] {
  const loadedIn = new Map<string, Linked[]>();
  for (const unit of tables.units)
    if (unit.roles.has('server') && !isTestFile(unit.file) && !isBuildFile(unit.file))
      add(loadedIn, posix.dirname(unit.file), unit);
  const candidates = left.filter(({ file }) => (loadedIn.get(posix.dirname(file))?.length ?? 0) >= ENOUGH);
  if (candidates.length === 0) return [];
  const importers = new Map<Linked, Linked[]>();
  for (const by of tables.units) for (const unit of new Set(tables.importsOf(by))) add(importers, unit, by);
  const namesAll = new Map<string, boolean>();
  return candidates.filter((unit) => {
    if (unit.facts.exports.length === 0 || listens(unit)) return false;
    const dir = posix.dirname(unit.file);
    let found = namesAll.get(dir);
    if (found === undefined) {
      const [first, ...others] = loadedIn.get(dir) as [Linked, ...Linked[]];
      found = (importers.get(first) ?? []).some(
        (by) => posix.dirname(by.file) !== dir && others.every((one) => importers.get(one)?.includes(by)),
      );
      namesAll.set(dir, found);
    }
    return found;
  });
}

function roleByPath(unit: Linked): Role | undefined {
  if (isTestFile(unit.file)) return 'test';
  if (isBuildFile(unit.file)) return 'build';
  return unit.facts.functions[0]?.directive === 'use client' ? 'browser' : undefined;
}

/** Everything that some of the units load or start has their role; tests are not entered from elsewhere. */
export function reached(
  tables: Tables,
  from: readonly Linked[],
  role: Role,
  started: 'too' | 'not' = 'too',
  except: ReadonlySet<Linked> = new Set(),
): ReadonlySet<Linked> {
  const begins = new Set(from);
  const seen = new Set(from);
  // A set can be added to while it is walked: what is new comes at its end.
  for (const unit of seen) {
    // What a component needs for its page, the server that renders it does not use by itself.
    if (role === 'server' && !begins.has(unit) && isBrowserCode(unit)) continue;
    const loads = tables.loads(unit);
    const next = [...tables.importsOf(unit), ...loads.loaded, ...(started === 'too' ? loads.started : [])];
    const aside = role === 'server' || role === 'worker' ? tables.branches.aside.get(unit) : undefined;
    for (const one of next)
      if (!except.has(one) && !aside?.has(one) && (role === 'test' || role === 'build' || !isTestFile(one.file)))
        seen.add(one);
  }
  return seen;
}

function demoteBrowser(unit: Linked): void {
  if (!unit.roles.has('server') || !isBrowserCode(unit)) return;
  unit.roles.delete('server');
  unit.roles.add('browser');
}

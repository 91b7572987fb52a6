import { posix } from 'node:path';
import { SERVER_FRAMEWORKS, serverFiles } from '../../knowledge/server-files.js';
import type { Expr, ScriptFact } from '../../model/facts.js';
import type { Manifest } from '../../model/input.js';
import type { Role } from '../../model/program.js';
import {
  dependsOn,
  insideOf,
  isDevelopmentFile,
  isFrontEnd,
  isPersonal,
  isScriptFolder,
  listens,
} from '../modules/file-kinds.js';
import { roleOfScript, type Started, startedBy, scriptsNamed, scriptsRun } from './commands.js';
import type { Linked, Tables } from '../tables.js';
import { isBuildFile } from '../../knowledge/build-files.js';
import { isTestFile } from '../../knowledge/test-files.js';

/*
 * Where processes begin: the files that scripts, bins, main fields and process managers name, those that framework conventions
 * find, and those that listen.
 */

export interface Entry {
  readonly unit: Linked;
  readonly role: Role;
  /** The process it begins, in words: "npm start of apps/api". Entries with the same name, role and application begin one. */
  readonly name: string;
  /** The folder of the manifest of the application it belongs to. */
  readonly application: string;
  /** A framework runs it on the server and nowhere else, whatever it is written with. */
  readonly handler?: true;
}

const DEEPEST = 12;
const MOST_PACKAGES = 60;

/** `begun`: files that workloads begin one after the other. */
export function entriesOf(tables: Tables, begun: readonly (readonly string[])[]): readonly Entry[] {
  return new Entries(tables, begun).all();
}

class Entries {
  private readonly found: Entry[] = [];
  private readonly known = new Set<Linked>();
  /** Files that tools are told to load, which start nothing by themselves. */
  private readonly told: { readonly file: string | undefined; readonly name: string; readonly application: string }[] =
    [];

  constructor(
    private readonly tables: Tables,
    private readonly begun: readonly (readonly string[])[],
  ) {}

  all(): readonly Entry[] {
    for (const manifest of this.tables.manifests) {
      this.byScripts(manifest);
      this.byFields(manifest);
    }
    this.byConfigurations();
    for (const unit of this.tables.units) this.byConvention(unit);
    for (const unit of this.tables.units) {
      if (this.known.has(unit) || isTestFile(unit.file) || isBuildFile(unit.file) || !listens(unit)) continue;
      const isCommand = isScriptFolder(unit) || this.tables.branches.loaded.has(unit);
      this.enter(unit.file, isCommand ? 'script' : 'server', unit.file, unit.manifest?.dir ?? '.');
    }
    for (const unit of this.tables.branches.loaded)
      if (!this.known.has(unit)) this.enter(unit.file, 'script', unit.file, unit.manifest?.dir ?? '.');
    for (const unit of this.tables.branches.aside.keys())
      if (!this.known.has(unit) && !this.isImported(unit) && !isScriptFolder(unit))
        this.enter(unit.file, 'server', unit.file, unit.manifest?.dir ?? '.');
    for (const files of this.begun) this.onTheWay(files);
    // Last, since a file that listens is a server though some tool is told of it too.
    for (const { file, name, application } of this.told) {
      const unit = file === undefined ? undefined : this.tables.byFile.get(file);
      if (unit && !this.known.has(unit)) this.enter(file, 'script', name, application);
    }
    return this.found;
  }

  /** What comes before a server in the start of each of its instances. */
  private onTheWay(files: readonly string[]): void {
    const serves = (file: string) => this.found.some(({ unit, role }) => unit.file === file && role === 'server');
    const last = files.findLastIndex(serves);
    for (const file of new Set(files.slice(0, Math.max(last, 0)))) {
      const unit = this.tables.byFile.get(file);
      if (unit && !serves(file)) this.enter(file, 'server', `${file}, before the server`, unit.manifest?.dir ?? '.');
    }
  }

  private isImported(unit: Linked): boolean {
    return this.tables.units.some((one) => one !== unit && this.tables.importsOf(one).includes(unit));
  }

  private enter(file: string | undefined, role: Role, name: string, application: string, handler?: true): void {
    const unit = file === undefined ? undefined : this.tables.byFile.get(file);
    // Test and build files are what they are, whoever starts them.
    if (!unit || isTestFile(unit.file) || isBuildFile(unit.file)) return;
    this.known.add(unit);
    const owner = role === 'server' ? this.tables.manifests.find(({ dir }) => dir === application) : undefined;
    const own = owner && isPersonal(owner) ? 'script' : role;
    this.found.push({ unit, role: own, name, application, ...(handler ? { handler } : {}) });
  }

  private byScripts(manifest: Manifest): void {
    for (const { name } of this.tables.scripts.get(manifest) ?? []) {
      const seen = new Set<string>();
      this.script(manifest, name, roleOfScript(name), seen, 0);
    }
  }

  private scriptsOf(manifest: Manifest): ReadonlyMap<string, ScriptFact> {
    return new Map((this.tables.scripts.get(manifest) ?? []).map((fact) => [fact.name, fact]));
  }

  /** All that a script starts, in the folder it runs in, through other scripts and other packages. */
  private script(manifest: Manifest, name: string, role: Role, seen: Set<string>, depth: number): void {
    const key = `${manifest.dir} ${name}`;
    if (seen.has(key) || depth > DEEPEST) return;
    seen.add(key);
    const scripts = this.scriptsOf(manifest);
    if (scripts.has(`pre${name}`)) this.script(manifest, `pre${name}`, role, seen, depth + 1);
    let folder = manifest.dir;
    for (const words of scripts.get(name)?.commands ?? []) {
      const launched: string[] = [];
      for (const started of startedBy(words)) {
        if (started.kind === 'folder') folder = posix.join(folder, started.path);
        else launched.push(...this.started(manifest, folder, started, name, role, seen, depth));
      }
      for (const next of scriptsRun(words, name, scripts)) this.script(manifest, next, role, seen, depth + 1);
      // A tool told to load a file (`typeorm migration:run -d src/data-source.ts`) does not serve with it.
      for (const word of words) {
        const path = word.replace(/^--?[\w-]+=/, '');
        if (!/^[^-].*\.[cm]?[jt]s$/.test(path) || launched.includes(path)) continue;
        this.told.push({
          file: this.tables.modules.entry(folder, path),
          name: `${path}, by ${scriptName(manifest, name)}`,
          application: manifest.dir,
        });
      }
    }
  }

  /** Gives the paths, as written, that the command starts itself. */
  private started(
    manifest: Manifest,
    folder: string,
    started: Exclude<Started, { kind: 'folder' }>,
    script: string,
    role: Role,
    seen: Set<string>,
    depth: number,
  ): readonly string[] {
    const title = scriptName(manifest, script);
    switch (started.kind) {
      case 'file': {
        const own = this.tables.manifests.find(({ dir }) => dir === folder) ?? manifest;
        const path = started.path === '.' || started.path === './' ? (own.main ?? 'index') : started.path;
        const file = this.tables.modules.started(folder, path);
        // `"start": "node server", "dev": "node dev"`: the second is a tool around the first, and nobody deploys it.
        const isTool =
          /^dev/.test(script) && file !== undefined && isDevelopmentFile(file) && this.scriptsOf(manifest).has('start');
        this.enter(file, isTool ? 'script' : role, title, manifest.dir);
        return [started.path];
      }
      case 'ecosystem':
        this.ecosystem(folder, started.path, manifest.dir);
        return [started.path];
      case 'nest':
        this.enter(this.nestEntry(folder, started.application), role, title, manifest.dir);
        return [];
      case 'framework':
        return [];
      case 'script': {
        if (!started.packages) {
          // In another folder, it is a script of the package there.
          const other = folder === manifest.dir ? undefined : this.tables.manifests.find(({ dir }) => dir === folder);
          if (other) this.named(other, started.name, role, seen, depth);
          return [];
        }
        // A runner without filter starts every package that has the script, each of which is looked at by itself.
        if (started.packages.includes('*')) return [];
        for (const filter of started.packages)
          for (const other of this.packagesOf(filter)) this.named(other, started.name, role, seen, depth);
        return [];
      }
    }
  }

  private named(manifest: Manifest, name: string, role: Role, seen: Set<string>, depth: number): void {
    for (const one of scriptsNamed(name, this.scriptsOf(manifest))) this.script(manifest, one, role, seen, depth + 1);
    const target = this.target(manifest.dir, name);
    if (target) this.enter(target, role, `${name} of ${manifest.dir}`, manifest.dir);
  }

  /** The packages a filter means: by name, by name without scope, by folder. */
  private packagesOf(filter: string): readonly Manifest[] {
    const plain = filter
      .replace(/^\.\.\.|\.\.\.$|^\^|\^$/g, '')
      .replace(/^\{(.*)\}$/, '$1')
      .replace(/^\.\//, '');
    if (plain === '' || plain.startsWith('!')) return [];
    // Time grows with the power of the asterisks.
    if (plain.length > 300 || plain.split(/\*+/).length > 4) return [];
    const pattern = new RegExp(`^${plain.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/\*+/g, '.*')}$`);
    const fits = ({ name, dir }: Manifest) =>
      (name !== undefined && (pattern.test(name) || pattern.test(name.replace(/^@[^/]*\//, '')))) ||
      pattern.test(dir) ||
      (dir !== '.' && pattern.test(posix.basename(dir)));
    const own = this.tables.manifests.filter(fits);
    // A project of nx need not have a package.json.
    const projects = this.tables
      .settings('project.json')
      .filter(({ dir, value }) => text(value, 'name') === plain || posix.basename(dir) === plain);
    const bare = projects
      .filter(({ dir }) => !own.some((manifest) => manifest.dir === dir))
      .map(
        ({ dir }): Manifest => ({ dir, bin: {}, scripts: {}, dependencies: {}, devDependencies: {}, workspaces: [] }),
      );
    return [...own, ...bare].slice(0, MOST_PACKAGES);
  }

  private byFields(manifest: Manifest): void {
    for (const [command, path] of Object.entries(manifest.bin)) {
      const file = this.tables.modules.entry(manifest.dir, path);
      const unit = file ? this.tables.byFile.get(file) : undefined;
      if (unit) this.enter(file, listens(unit) ? 'server' : 'script', `bin ${command}`, manifest.dir);
    }
    const main = manifest.main ? this.tables.modules.entry(manifest.dir, manifest.main) : undefined;
    if (main && !this.isCommand(manifest, main))
      this.enter(
        main,
        isFrontEnd(this.tables, manifest) ? 'browser' : 'server',
        `main of ${manifest.dir === '.' ? 'the package' : manifest.dir}`,
        manifest.dir,
      );
    for (const usual of ['server', 'index', 'app', 'main', 'src/server', 'src/index', 'src/app', 'src/main']) {
      const file = this.tables.modules.entry(manifest.dir, usual);
      const unit = file ? this.tables.byFile.get(file) : undefined;
      if (unit && listens(unit) && !this.known.has(unit)) this.enter(file, 'server', unit.file, manifest.dir);
    }
  }

  /** The package's own command, of a package that serves nothing: to require it is to run it. */
  private isCommand(manifest: Manifest, file: string): boolean {
    const unit = this.tables.byFile.get(file);
    const serves = SERVER_FRAMEWORKS.some((name) => manifest.dependencies[name] !== undefined);
    return (
      !serves &&
      !(unit && listens(unit)) &&
      Object.values(manifest.bin).some((path) => this.tables.modules.entry(manifest.dir, path) === file)
    );
  }

  private byConvention(unit: Linked): void {
    const { manifest } = unit;
    const inside = insideOf(unit);
    if (isTestFile(unit.file) || unit.facts.functions[0]?.directive === 'use client') return;
    for (const { packages, files, exports, process, component } of CONVENTIONS) {
      if (packages && !(manifest && dependsOn(manifest, packages))) continue;
      if (!files.test(inside)) continue;
      if (exports && !unit.facts.exports.some(({ name }) => exports.includes(name))) continue;
      const application = manifest?.dir ?? '.';
      const name = application === '.' ? process : `${process} of ${application}`;
      this.enter(unit.file, 'server', name, application, component ? undefined : true);
      return;
    }
  }

  // What other tools' settings name

  private byConfigurations(): void {
    for (const { dir, file, value } of this.tables.settings('Procfile')) {
      for (const [name, command] of Object.entries(record(value))) {
        const role = name === 'web' ? 'server' : name === 'release' ? 'script' : roleOfScript(name);
        const words = String(command).split(/\s+/);
        const manifest = this.tables.manifests.find((one) => one.dir === dir);
        for (const started of startedBy(words)) {
          if (started.kind === 'file')
            this.enter(this.tables.modules.entry(dir, started.path), role, `${name} of ${file}`, dir);
          else if (started.kind === 'script' && manifest) this.named(manifest, started.name, role, new Set(), 0);
        }
      }
    }
    for (const unit of this.tables.units)
      if (/(?:^|\/)(?:ecosystem|pm2|process)[\w.-]*\.config\.[cm]?[jt]s$/.test(unit.file)) this.ecosystemFile(unit);
    for (const { dir, value } of this.tables.settings('ecosystem.json')) this.pm2Apps(dir, dir, value);
    for (const { dir, value } of this.tables.settings('nodemon.json')) {
      const exec = text(value, 'exec') ?? text(value, 'script');
      for (const started of exec ? startedBy(exec.includes(' ') ? exec.split(/\s+/) : ['node', exec]) : [])
        if (started.kind === 'file')
          this.enter(this.tables.modules.entry(dir, started.path), 'server', `nodemon of ${dir}`, dir);
    }
    for (const { dir, value } of this.tables.settings('project.json')) {
      for (const target of Object.keys(record(record(value).targets))) {
        const role = roleOfScript(target);
        if (role === 'server' || role === 'worker')
          this.enter(this.target(dir, target), role, `${target} of ${dir}`, dir);
      }
    }
  }

  /** The file that a target of an nx project runs: its own `main`, or that of the build it names. */
  private target(dir: string, name: string, depth = 0): string | undefined {
    const project = this.tables.settings('project.json').find((one) => one.dir === dir)?.value;
    const targets = record(record(project).targets);
    const options = record(record(targets[name]).options);
    const main = text(options, 'main') ?? text(options, 'script');
    if (main) return this.tables.modules.entry('.', main);
    const build = text(options, 'buildTarget')?.split(':')[1];
    return build && depth < 3 ? this.target(dir, build, depth + 1) : undefined;
  }

  /** `nest start [app]`: the entry file of the project in nest-cli.json, `src/main` where nothing else is said. */
  private nestEntry(folder: string, application: string | undefined): string | undefined {
    const settings = record(this.tables.settings('nest-cli.json').find(({ dir }) => dir === folder)?.value);
    const projects = record(settings.projects);
    const project = application !== undefined && application in projects ? record(projects[application]) : settings;
    const root = text(project, 'sourceRoot') ?? (application ? `apps/${application}/src` : 'src');
    const entry = text(project, 'entryFile') ?? text(settings, 'entryFile') ?? 'main';
    const { modules } = this.tables;
    return (
      modules.entry(folder, posix.join(root, entry)) ??
      modules.entry(folder, `src/${entry}`) ??
      modules.entry(folder, entry)
    );
  }

  private ecosystem(folder: string, path: string, application: string): void {
    const file = this.tables.modules.entry(folder, path);
    const unit = file ? this.tables.byFile.get(file) : this.tables.byFile.get(posix.join(folder, path));
    if (unit) this.ecosystemFile(unit);
    const settings = this.tables.settings('ecosystem.json').find((one) => one.file === posix.join(folder, path));
    if (settings) this.pm2Apps(settings.dir, application, settings.value);
  }

  /** `module.exports = { apps: [{ name, script }] }` */
  private ecosystemFile(unit: Linked): void {
    const dir = posix.dirname(unit.file);
    const whole = unit.facts.exports.find(({ name }) => name === '=' || name === 'default')?.value;
    const settled = whole?.k === 'id' ? unit.facts.bindings[whole.b]?.init : whole;
    const apps = settled?.k === 'object' ? settled.props.find(({ name }) => name === 'apps')?.value : settled;
    const list = apps?.k === 'id' ? unit.facts.bindings[apps.b]?.init : apps;
    for (const item of list?.k === 'array' ? list.items : list ? [list] : []) {
      const prop = (name: string): string | undefined =>
        item.k === 'object' ? literal(item.props.find((one) => one.name === name)?.value) : undefined;
      this.pm2App(dir, unit.manifest?.dir ?? dir, {
        name: prop('name'),
        script: prop('script'),
        args: prop('args'),
        cwd: prop('cwd'),
      });
    }
  }

  private pm2Apps(dir: string, application: string, value: unknown): void {
    const apps = record(value).apps ?? value;
    for (const app of Array.isArray(apps) ? apps : [apps])
      this.pm2App(dir, application, {
        name: text(app, 'name'),
        script: text(app, 'script'),
        args: text(app, 'args'),
        cwd: text(app, 'cwd'),
      });
  }

  private pm2App(
    dir: string,
    application: string,
    app: { name: string | undefined; script: string | undefined; args: string | undefined; cwd: string | undefined },
  ): void {
    if (!app.script) return;
    const folder = app.cwd?.startsWith('.') ? posix.join(dir, app.cwd) : dir;
    const found = roleOfScript(app.name ?? '');
    const role = found === 'worker' || found === 'test' ? found : 'server';
    const title = `${app.name ?? app.script} (pm2)`;
    const words = [...app.script.split(/\s+/), ...(app.args?.split(/\s+/) ?? [])];
    const byCommand = startedBy(words);
    const file = this.tables.modules.started(folder, app.script);
    if (file) this.enter(file, role, title, application);
    for (const started of byCommand) {
      if (started.kind === 'file')
        this.enter(this.tables.modules.started(folder, started.path), role, title, application);
      const manifest = this.tables.manifests.find((one) => one.dir === folder);
      if (started.kind === 'script' && manifest) this.named(manifest, started.name, role, new Set(), 0);
    }
  }
}

const CONVENTIONS = serverFiles.map((entry) => ({ ...entry, files: new RegExp(entry.files) }));

function scriptName(manifest: Manifest, name: string): string {
  const command = /^(?:start|test)$/.test(name) ? `npm ${name}` : `npm run ${name}`;
  return manifest.dir === '.' ? command : `${command} of ${manifest.dir}`;
}

function literal(expr: Expr | undefined): string | undefined {
  return expr?.k === 'lit' && typeof expr.v === 'string' ? expr.v : undefined;
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

function text(value: unknown, name: string): string | undefined {
  const found = record(value)[name];
  return typeof found === 'string' ? found : undefined;
}

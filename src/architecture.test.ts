import { readdirSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Node, Project, type SourceFile, ts } from 'ts-morph';
import { describe, expect, it } from 'vitest';

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** That a file uses something: another file of ours, `node:…`, `npm:…`, or a name of the platform, `global:…`. */
interface Edge {
  readonly from: string;
  readonly to: string;
  readonly line: number;
}

/** A rule of the house. Every edge that it does not allow is a failure, and the sentence says why. */
interface HouseRule {
  readonly name: string;
  readonly because: string;
  forbids(edge: Edge): boolean;
}

/**
 * What each part may import, besides itself. Data flows one way, from discover to report, and the stages meet only in
 * `audit.ts`, `cli/` and the rule tester; between them there is nothing but the model. (`judge` adds findings of its own,
 * about directives, and has them ordered and fingerprinted where all others are.)
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  model: [],
  knowledge: ['model'],
  disk: [],
  discover: ['model', 'disk'],
  config: ['model', 'knowledge', 'plugins', 'disk'],
  cache: ['model', 'disk'],
  skim: ['model', 'knowledge'],
  parse: ['model'],
  collect: ['model', 'parse'],
  describe: ['model', 'knowledge', 'parse'],
  link: ['model', 'knowledge', 'parse'],
  evaluate: ['model'],
  judge: ['model', 'evaluate'],
  explain: ['model'],
  report: ['model'],
  plugins: ['model', 'api'],
  // Its parts by themselves: what is known already is answered without loading a compiler.
  'read/file': ['model', 'skim', 'parse', 'collect'],
  read: ['model', 'skim', 'read/file', 'read/parallel'],
  'read/parallel': ['model', 'cache'],
  'read/worker': ['model', 'cache', 'read/file', 'read/parallel'],
  audit: ['model', 'read', 'collect', 'link', 'evaluate'],
  api: ['model', 'knowledge'],
  'rule-tester': ['model', 'api', 'audit', 'config', 'describe', 'discover'],
  rules: ['api'],
  'rule-index': ['api', 'rules'],
  cli: [
    'model',
    'disk',
    'config',
    'cache',
    'describe',
    'discover',
    'skim',
    'plugins',
    'audit',
    'read',
    'judge',
    'explain',
    'report',
    'rule-index',
  ],
  bin: ['cli'],
  // The command line as a function, for other programs: an end of the pipeline like `cli`, and all but a part of it.
  programmatic: ['model', 'cli', 'report'],
};

const DISK = ['disk', 'cache', 'plugins', 'cli', 'rule-tester'];
const SYNTAX = ['parse', 'collect'];

const HOUSE_RULES: readonly HouseRule[] = [
  {
    name: 'one way',
    because:
      'Each stage is a function of the one before; one that reaches elsewhere can no longer be understood, tested or cached alone.',
    forbids: ({ from, to }) => {
      if (to.includes(':')) return false;
      const [source, target] = [partOf(from), partOf(to)];
      return source !== target && !MAY_IMPORT[source]?.includes(target);
    },
  },
  {
    name: 'rules import the rule API only',
    because:
      'What built-in rules need beyond src/api no plugin could have; and two rules that share code change each other.',
    forbids: ({ from, to }) =>
      partOf(from) === 'rules' &&
      (to.startsWith('npm:') || (to.startsWith('rules/') && path.dirname(to) !== path.dirname(from))) &&
      !isCollector(from),
  },
  {
    name: 'few touch the disk',
    because:
      'What reads files can give another answer tomorrow; stages that only see values cannot, and need no temporary folder to be tested. Discovery and configuration ask through src/disk, which can tell whether the answers are still the same.',
    forbids: ({ from, to }) =>
      /^node:fs(\/|$)/.test(to) && !DISK.includes(partOf(from)) && from !== 'src/discover/git.ts',
  },
  {
    name: 'only the command line touches process and console',
    because:
      'The tool is also run from tests and other programs: it must not print, exit, or depend on the environment behind their back.',
    forbids: ({ from, to }) =>
      /^(global:(process|console|globalThis)|node:(process|console|os|tty))$/.test(to) &&
      !['cli', 'bin', 'programmatic'].includes(partOf(from)),
  },
  {
    name: 'nothing is run and nobody is called',
    because:
      'The README promises that no code of the audited project runs and that no network is used. Git is asked about changes, in one place, and in another the command starts itself.',
    forbids: ({ from, to }) =>
      !(['src/discover/git.ts', 'src/cli/room.ts'].includes(from) && to === 'node:child_process') &&
      // Ends our own functions; the one script that it knows is a constant.
      !(from === 'src/model/limit.ts' && to === 'node:vm') &&
      /^(node:(child_process|vm|cluster|http|https|http2|net|tls|dgram|dns|dns\/promises)|global:(fetch|WebSocket|eval))$/.test(
        to,
      ),
  },
  {
    name: 'syntax stays in parse and collect',
    because:
      'A rule or a link step that walks syntax walks it once per rule (measured: 35 s against 0.3 s) and cannot work from cached facts.',
    forbids: ({ from, to }) =>
      /^npm:(ts-morph|typescript)$/.test(to) && !SYNTAX.includes(partOf(from)) && !isCollector(from),
  },
  {
    name: 'link parses no code',
    because:
      'SQL stands in strings that only the linked program puts together; what files say is told once, by collect, and can be cached.',
    forbids: ({ from, to }) =>
      partOf(from) === 'link' && to.startsWith('src/parse/') && !/^src\/parse\/(?:sql|prisma)/.test(to),
  },
  {
    name: 'colours and arguments are the business of the surface',
    because: 'A stage that formats for a terminal cannot serve a JSON report or an editor.',
    forbids: ({ from, to }) =>
      (to === 'npm:commander' && partOf(from) !== 'cli') ||
      (to === 'npm:chalk' && !['cli', 'report'].includes(partOf(from))),
  },
];

/** `src/link/processes/roles.ts` is part of `link`; the rule tester, which runs the pipeline, is apart from the API that rules import. */
function partOf(file: string): string {
  if (file === 'rules/index.ts') return 'rule-index';
  if (file === 'src/api/rule-tester.ts') return 'rule-tester';
  if (file === 'src/api/audit.ts') return 'programmatic';
  const [top, part = '', name = ''] = file.split('/');
  if (part === 'read' && name !== 'index.ts') return `read/${name.replace(/\.ts$/, '')}`;
  return top === 'src' ? part.replace(/\.ts$/, '') : String(top);
}

function isCollector(file: string): boolean {
  return /^rules\/[^/]+\/collect\.ts$/.test(file);
}

/** The edges that a rule of the house forbids, in words. */
function breaches(edges: readonly Edge[]): string[] {
  return HOUSE_RULES.flatMap((rule) =>
    edges
      .filter((edge) => rule.forbids(edge))
      .map(({ from, to, line }) => `${from}:${line} uses ${to} (${rule.name}). ${rule.because}`),
  );
}

function edgesOf(file: SourceFile): Edge[] {
  const from = relative(file.getFilePath());
  const imported = file.getImportStringLiterals().map((specifier) => ({
    from,
    to: targetOf(specifier.getLiteralValue(), from),
    line: specifier.getStartLineNumber(),
  }));
  const platform = mentions(file)
    .filter((identifier) => isReference(identifier) && !isDeclaredHere(identifier))
    .map((identifier) => ({ from, to: `global:${identifier.getText()}`, line: identifier.getStartLineNumber() }));
  return [...imported, ...platform];
}

const PLATFORM = new Set(['process', 'console', 'globalThis', 'fetch', 'WebSocket', 'eval']);

function targetOf(specifier: string, from: string): string {
  if (specifier.startsWith('.'))
    return path.posix
      .join(path.posix.dirname(from), specifier)
      .replace(/^dist\/lib\/cli\.js$/, 'src/cli/index.ts')
      .replace(/^dist\/lib\/quick\.js$/, 'src/cli/quick.ts')
      .replace(/\.js$/, '.ts');
  if (isBuiltin(specifier)) return specifier.startsWith('node:') ? specifier : `node:${specifier}`;
  const [scope = '', name] = specifier.split('/');
  return `npm:${scope.startsWith('@') ? `${scope}/${name}` : scope}`;
}

/** Identifiers with the platform's names. The compiler's own nodes are walked: wrapping every one of them takes seconds. */
function mentions(file: SourceFile): Node[] {
  const found: Node[] = [];
  const visit = (node: ts.Node): void => {
    const mention = ts.isIdentifier(node) && PLATFORM.has(node.text) && file.getDescendantAtPos(node.getStart());
    if (mention) found.push(mention);
    ts.forEachChild(node, visit);
  };
  visit(file.compilerNode);
  return found;
}

/** A name that stands for a value, not for a property, a key or the declaration itself. */
function isReference(identifier: Node): boolean {
  const parent = identifier.getParent();
  if (Node.isPropertyAccessExpression(parent)) return parent.getNameNode() !== identifier;
  if (Node.isShorthandPropertyAssignment(parent)) return true;
  return !(
    parent &&
    'getNameNode' in parent &&
    typeof parent.getNameNode === 'function' &&
    parent.getNameNode() === identifier
  );
}

/** Without the platform's typings a name has a symbol only if the file itself declares it. */
function isDeclaredHere(identifier: Node): boolean {
  const parent = identifier.getParent();
  const symbol = Node.isShorthandPropertyAssignment(parent) ? parent.getValueSymbol() : identifier.getSymbol();
  return (symbol?.getDeclarations() ?? []).length > 0;
}

function relative(file: string): string {
  return path.relative(ROOT, file).split(path.sep).join('/');
}

function emptyProject(): Project {
  return new Project({
    compilerOptions: { noLib: true, noResolve: true, types: [], allowJs: true },
    skipAddingFilesFromTsConfig: true,
    skipFileDependencyResolution: true,
  });
}

function houseFiles(): SourceFile[] {
  const project = emptyProject();
  const patterns = ['src/**/*.ts', 'rules/**/*.ts', 'bin/*.js', '!src/**/*.test.ts', '!rules/**/*.test.ts'];
  return project.addSourceFilesAtPaths(
    patterns.map((pattern) => (pattern.startsWith('!') ? `!${ROOT}/${pattern.slice(1)}` : `${ROOT}/${pattern}`)),
  );
}

describe('the architecture', () => {
  const files = houseFiles();

  it('holds for every file', () => {
    const edges = files.flatMap(edgesOf);
    // A graph that came out empty would hold every rule.
    expect(edges.length).toBeGreaterThan(50);
    expect(breaches(edges)).toEqual([]);
  });

  it('knows every part', () => {
    const parts = new Set(files.map((file) => partOf(relative(file.getFilePath()))));
    expect([...parts].filter((part) => !(part in MAY_IMPORT))).toEqual([]);
  });

  it('has no imports that go round between parts', () => {
    const below = (part: string, seen: readonly string[] = []): string[] => {
      if (seen.includes(part)) return [[...seen, part].join(' -> ')];
      return (MAY_IMPORT[part] ?? []).flatMap((next) => below(next, [...seen, part]));
    };
    expect(Object.keys(MAY_IMPORT).flatMap((part) => below(part))).toEqual([]);
  });

  it('has no drawer for odds and ends', () => {
    const names = ['src', 'rules', 'scripts', 'test'].flatMap((folder) =>
      readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' }),
    );
    expect(
      names.filter((name) => /(^|[\\/])(utils?|helpers?|common|misc|shared|lib)(\.[cm]?[jt]s)?$/.test(name)),
    ).toEqual([]);
  });
});

describe('the architecture test', () => {
  const edge = (from: string, to: string): Edge => ({ from, to, line: 3 });

  it.each([
    ['one way', edge('src/report/json.ts', 'src/judge/index.ts')],
    ['one way', edge('src/model/facts.ts', 'src/collect/index.ts')],
    ['one way', edge('src/evaluate/index.ts', 'rules/unguarded-cron/rule.ts')],
    ['one way', edge('rules/unguarded-cron/rule.ts', 'src/link/index.ts')],
    ['one way', edge('src/link/index.ts', 'src/cli/index.ts')],
    ['one way', edge('src/api/index.ts', 'src/api/rule-tester.ts')],
    ['rules import the rule API only', edge('rules/unguarded-cron/rule.ts', 'npm:picomatch')],
    ['rules import the rule API only', edge('rules/unguarded-cron/rule.ts', 'rules/migration-at-boot/knowledge.ts')],
    ['few touch the disk', edge('src/link/modules/modules.ts', 'node:fs')],
    ['few touch the disk', edge('src/audit.ts', 'node:fs/promises')],
    ['few touch the disk', edge('src/discover/list.ts', 'node:fs')],
    ['few touch the disk', edge('src/config/load.ts', 'node:fs/promises')],
    ['only the command line touches process and console', edge('src/report/pretty.ts', 'global:process')],
    ['only the command line touches process and console', edge('src/link/index.ts', 'global:console')],
    ['nothing is run and nobody is called', edge('src/cli/index.ts', 'node:child_process')],
    ['nothing is run and nobody is called', edge('src/discover/index.ts', 'node:child_process')],
    ['nothing is run and nobody is called', edge('src/discover/git.ts', 'node:http')],
    ['nothing is run and nobody is called', edge('src/config/index.ts', 'global:fetch')],
    ['syntax stays in parse and collect', edge('rules/unguarded-cron/rule.ts', 'npm:ts-morph')],
    ['syntax stays in parse and collect', edge('src/link/index.ts', 'npm:typescript')],
    ['link parses no code', edge('src/link/index.ts', 'src/parse/index.ts')],
    ['colours and arguments are the business of the surface', edge('src/judge/index.ts', 'npm:chalk')],
  ])('fails by %s: %o', (name, bad) => {
    const good = edge('src/collect/walk.ts', 'npm:ts-morph');
    const found = breaches([good, bad]);
    expect(found).toContainEqual(expect.stringContaining(`${bad.from}:3 uses ${bad.to} (${name}). `));
    expect(found.join()).not.toContain(good.from);
  });

  it.each([
    edge('src/cli/index.ts', 'global:process'),
    edge('src/disk/disk.ts', 'node:fs'),
    edge('src/discover/git.ts', 'node:child_process'),
    edge('rules/unguarded-cron/rule.ts', 'rules/unguarded-cron/knowledge.ts'),
    edge('rules/unguarded-cron/collect.ts', 'npm:ts-morph'),
    edge('rules/unguarded-cron/rule.ts', 'src/api/index.ts'),
    edge('src/link/processes/roles.ts', 'src/link/modules/modules.ts'),
    edge('bin/mi-audit.js', 'src/cli/index.ts'),
  ])('lets %o be', (good) => {
    expect(breaches([good])).toEqual([]);
  });

  it('sees imports of every form and names of the platform, and no mere namesakes', () => {
    const file = emptyProject().createSourceFile(
      `${ROOT}/src/link/sample.ts`,
      `import type { Fn } from '../model/program.js';
       export * from './modules.js';
       const late = import('fs/promises');
       type Spot = import('@scope/pkg/sub').Spot;
       process.exit(1);
       const spread = { console };
       function own(process: Fn) { return process.name + late.process + spread.console; }
       const named = { process: 1, fetch() {} };`,
    );
    expect(edgesOf(file).map(({ to, line }) => `${line} ${to}`)).toEqual([
      '1 src/model/program.ts',
      '2 src/link/modules.ts',
      '3 node:fs/promises',
      '4 npm:@scope/pkg',
      '5 global:process',
      '6 global:console',
    ]);
  });
});

import {
  BUILD_ID_OPTIONS,
  BUILT_FOLDER,
  defineRule,
  ELSEWHERE_OPTIONS,
  ELSEWHERE_VARIABLES,
  type Evidence,
  type Expr,
  hashingBuilders,
  matches,
  type Operation,
  type Place,
  placeOnDisk,
  type Program,
  type RuleContext,
  type Run,
  staticFolders,
  type Unit,
} from '../../src/api/index.js';

export default defineRule({
  meta: {
    id: 'version-skew',
    title: 'Pages of one version that ask an instance of another for their files',
    category: 'deployment',
    severity: 'info',
    triggers: ['rolling-deploy'],
  },
  check(context) {
    checkFolders(context);
    checkNext(context);
  },
});

/** Old and new version answer side by side, for the minutes of a deploy. */
function sideBySide(operations: readonly Operation[]): Operation | undefined {
  return operations.find(
    ({ overlap, instances }) => overlap?.value ?? (overlap === undefined && (instances?.value.min ?? 0) > 1),
  );
}

function startedBy({ name, overlap, instances }: Operation): readonly Evidence[] {
  const told = overlap?.value ? overlap : instances;
  return told?.place ? [{ role: 'started', ...told.place, note: `\`${name}\` ${told.words}` }] : [];
}

function isElsewhere(program: Program, { environment, deployed }: Operation): boolean {
  const names = [...Object.keys(environment), ...Object.keys(deployed?.image?.environment ?? {})];
  return names.some((name) => ELSEWHERE_VARIABLES.test(name)) || configured(program, ELSEWHERE_OPTIONS) !== undefined;
}

// Folders that the application's own server gives out

function checkFolders(context: RuleContext): void {
  const { program } = context;
  const builder = hashingBuilders.find(({ name }) =>
    program.manifests.some(({ dependencies, devDependencies }) => dependencies[name] ?? devDependencies[name]),
  );
  if (!builder) return;
  for (const { call, entry } of matches(program, staticFolders)) {
    const given = call.fact.args[entry.options];
    const folder = given && folderOf(program, call.unit, given, entry.path);
    if (folder === undefined || !BUILT_FOLDER.test(folder)) continue;
    const place = { file: call.unit.file, span: call.fact.span };
    const operations = program.operationsOf(place);
    const operation = sideBySide(operations);
    if (!operation) {
      if (operations.length > 0) context.safe({ ...place, reason: 'old and new version never answer side by side' });
      continue;
    }
    if (isElsewhere(program, operation)) {
      context.safe({ ...place, reason: 'what the pages load comes from elsewhere' });
      continue;
    }
    const setting = program.setting(program.conditions(call, 'boot'));
    if (setting.developmentOnly || setting.never) continue;
    context.report({
      ...place,
      confidence: 'medium',
      doubts: ['what is in front may keep the files of the last version'],
      when: setting.when,
      ...(setting.words ? { condition: setting.words } : {}),
      symbol: program.symbol(place),
      message: `\`${folder}\` holds the files of one version only, with names that ${builder.name} changes in each build, and every instance gives out its own.`,
      consequence:
        'While a deploy goes through, the page of the new version asks an old instance for `app.new.js`, and gets a 404: the user sees an empty page. Whoever had the page open misses the old files when all instances are new.',
      hint: 'Upload what is built to object storage or a CDN before the first new instance starts, keep the files of the last versions there, and let the pages load them from it (`base` of Vite, `PUBLIC_URL`).',
      evidence: [
        { role: 'primary', ...place, note: `gives out \`${folder}\` from its own disk` },
        ...startedBy(operation),
        ...setting.evidence,
      ],
    });
  }
}

function folderOf(program: Program, unit: Unit, given: Expr, path: string | undefined): string | undefined {
  if (path === undefined) return placeOnDisk(program, unit, given);
  const prop = given.k === 'object' ? given.props.find(({ name }) => name === path) : undefined;
  return prop && placeOnDisk(program, unit, prop.value);
}

// Next

function checkNext(context: RuleContext): void {
  const { program } = context;
  const seen = new Set<string>();
  for (const operation of program.operations) {
    const next = operation.processes.find(({ name }) => name.startsWith('the Next.js server'));
    if (!next || !sideBySide([operation]) || seen.has(next.application)) continue;
    seen.add(next.application);
    const config = program.units.find(
      ({ file }) =>
        file.replace(/(?:^|\/)[^/]*$/, '') === folderName(next.application) && /(?:^|\/)next\.config\.\w+$/.test(file),
    );
    const place: Place = { file: (config ?? next.entry).file, span: [1, 1, 1, 2] };
    const built = operation.deployed?.runs.find(isBuiltAtStart);
    const own = configured(program, BUILD_ID_OPTIONS);
    if (built && !own) {
      report(context, operation, {
        place: built.step.place,
        message:
          'Each instance builds the application for itself when it starts, and gives its build a name of its own.',
        consequence:
          'Two instances of the same version know different builds and different Server Actions: a page from one asks the other for files that it does not have, and a form that one sent is answered by the other with "Failed to find Server Action".',
        hint: 'Build once, in the image, and start all instances from it; or give `generateBuildId` (or `deploymentId`) and `NEXT_SERVER_ACTIONS_ENCRYPTION_KEY` the same value everywhere.',
        note: 'built again in every instance',
        isSure: true,
      });
      continue;
    }
    if (isElsewhere(program, operation)) {
      context.safe({ ...place, reason: 'it knows which version a page is of, or gives its files to a CDN' });
      continue;
    }
    report(context, operation, {
      place,
      message:
        'Next.js is not told which deployment it is, so that pages of the old version do not notice that an instance of the new one answers.',
      consequence:
        'While a deploy goes through, and in tabs that stay open, users meet 404 for files of the other version and "Failed to find Server Action", until they reload.',
      hint: 'Set `deploymentId` in the configuration to the revision (`process.env.GIT_SHA`), so that the client reloads on its own when versions differ, and `assetPrefix` to a CDN that keeps the files of the last versions.',
      note: 'neither `deploymentId` nor `assetPrefix`',
      isSure: false,
    });
  }
}

function folderName(application: string): string {
  return application === '.' ? '' : application;
}

function isBuiltAtStart({ at, step: { words } }: Run): boolean {
  const index = words.findIndex((word) => /(?:^|\/)next$/.test(word));
  return (at === 'start' || at === 'before') && index >= 0 && words[index + 1] === 'build';
}

interface Skew {
  readonly place: Place;
  readonly message: string;
  readonly consequence: string;
  readonly hint: string;
  readonly note: string;
  readonly isSure: boolean;
}

function report(context: RuleContext, operation: Operation, { place, note, isSure, ...words }: Skew): void {
  context.report({
    ...place,
    ...words,
    ...(isSure ? { severity: 'warning' as const, triggers: ['scale-out', 'rolling-deploy'] as const } : {}),
    confidence: isSure ? 'high' : 'medium',
    doubts: isSure ? [] : ['what is in front may send each client to the version it began with'],
    when: 'always',
    symbol: 'next',
    evidence: [{ role: 'primary', ...place, note }, ...startedBy(operation)],
  });
}

/** The file of a configuration in which an option of this name is given. */
function configured(program: Program, name: RegExp): Unit | undefined {
  return program.units.find(
    ({ file, facts }) =>
      /(?:^|\/)(?:next|vite|nuxt)\.config\.\w+$/.test(file) &&
      (facts.bindings.some(({ init }) => holds(init, name)) ||
        facts.exports.some(({ value }) => holds(value, name)) ||
        facts.calls.some(({ args }) => args.some((arg) => holds(arg, name))) ||
        facts.accesses.some(
          ({ target, value }) => (target.k === 'member' && name.test(target.name)) || holds(value, name),
        ) ||
        facts.functions.some(({ returns }) => returns?.some(({ value }) => holds(value, name)))),
  );
}

function holds(expr: Expr | undefined, name: RegExp, depth = 0): boolean {
  if (expr?.k !== 'object' || depth > 4) return false;
  return expr.props.some(
    (prop) => (prop.name !== undefined && name.test(prop.name)) || holds(prop.value, name, depth + 1),
  );
}

import {
  type Call,
  callsAmong,
  callIn,
  type Expr,
  foundAmong,
  HEALTH_FILE,
  ASKS_WHO,
  HEALTH_SEGMENT,
  SAYS_HEALTH,
  HTTP_CLIENT,
  healthCalls,
  healthPackages,
  matches,
  once,
  onceOf,
  type Place,
  type Program,
  type Server,
  type Unit,
} from '../../src/api/index.js';

/*
 * What a server answers that a probe could ask for: routes by their paths, wherever in the process they are written down.
 */

/** Something that tells whether the server is well, and where it stands. */
export interface Probe {
  readonly what: string;
  readonly place: Place;
}

export interface Routes {
  readonly probe?: Probe;
  /** Paths that are routed by name: without any, whatever is asked for is answered in one way. */
  readonly paths: number;
}

/** Methods that make a route, or put a router under a path. */
const ROUTES =
  /^(?:get|head|all|any|use|route|add|register|mount|options|on|path|prefix|basePath|group|addRoute|createRoute|match|Get|All|Head|Controller|Route|Router|JsonController|RestController|Path|Public|Use|ws|handle|openapi|lift|defineRoute|addEndpoint|endpoint|post)$/;
/** Methods by which a text is looked at: `request.url.startsWith('/health')`. */
const LOOKS = /^(?:startsWith|endsWith|includes|test|match|indexOf|has|equals)$/;
const REQUESTED = /url|path|route|href/i;
/** Properties that hold the path of a route. */
const PATHS = /^(?:path|url|pattern|route|endpoint|basePath|prefix|pathname|healthPath|healthCheckPath)$/;

export function routesOf(program: Program, { units, application }: Server): Routes {
  const helper = byPackage(program, units);
  if (helper) return { probe: helper, paths: 1 };
  const probed = probedPaths(program, units);
  let well: Probe | undefined;
  let paths = 0;
  for (const { path, call, isHealth } of foundAmong(program, units, pathsCalled)) {
    const asker = probed.get(path);
    if (asker) return { probe: { what: `\`${path}\`, which the platform asks for`, place: asker }, paths: 1 };
    if (isHealth) return { probe: { what: `\`${path}\``, place: placeOf(call) }, paths: 1 };
    if (!well && path === '/' && saysWell(program, call))
      well = { what: '`/` by saying that all is well', place: placeOf(call) };
    if (/^\/?[\w:]/.test(path)) paths++;
  }
  if (well) return { probe: well, paths: 1 };
  // A framework finds its files by itself, also where the project opens the server for it.
  const file = healthFiles(program).find((unit) => units.has(unit) || (unit.manifest?.dir ?? '.') === application);
  if (file) return { probe: { what: 'a file of that name', place: { file: file.file, span: [1, 1, 1, 1] } }, paths: 1 };
  for (const unit of units) {
    const own = pathsWritten(program, unit);
    if (own.probe) return own;
    paths += own.paths;
  }
  return { paths };
}

const healthFiles = once((program: Program): readonly Unit[] =>
  program.units.filter(({ roles, file }) => roles.has('server') && HEALTH_FILE.test(file)),
);

interface Routed {
  readonly call: Call;
  readonly path: string;
  readonly isHealth: boolean;
}

/** The paths that the calls of a file make routes of, or look at. */
const pathsCalled = onceOf((program: Program, unit: Unit): readonly Routed[] =>
  callsAmong(program, [unit]).flatMap((call) => {
    const paths = pathsOf(program, call);
    if (paths.length === 0 || isClient(program, call)) return [];
    return paths.map((path) => ({ call, path, isHealth: isHealthPath(path) && !isForMembers(program, call, path) }));
  }),
);

/** The paths that stand in comparisons and tables of a file. */
const pathsWritten = onceOf((program: Program, unit: Unit): Routes => {
  let paths = 0;
  for (const condition of unit.facts.conditions) {
    const path = comparedPath(program, unit, condition.test);
    if (path && isHealthPath(path))
      return { probe: { what: `\`${path}\``, place: { file: unit.file, span: condition.span } }, paths: 1 };
    if (path) paths++;
  }
  for (const binding of unit.facts.bindings) {
    // `const isProbe = req.path === '/health';`
    const asked = binding.init && comparedPath(program, unit, binding.init);
    if (asked && isHealthPath(asked))
      return { probe: { what: `\`${asked}\``, place: { file: unit.file, span: binding.span } }, paths: 1 };
    // A table of routes: `const routes = { '/health': … }`.
    for (const name of propNames(binding.init)) {
      if (!/^(?:[A-Z]+ )?\//.test(name)) continue;
      if (isHealthPath(name.replace(/^[A-Z]+ /, '')))
        return { probe: { what: `\`${name}\``, place: { file: unit.file, span: binding.span } }, paths: 1 };
      paths++;
    }
  }
  return { paths };
});

/**
 * The paths that descriptors have this server asked for, each with its place: whatever they are called, the application answers
 * them. `/` is left out, since what any page answers tells nothing of the server's health.
 */
function probedPaths(program: Program, units: ReadonlySet<Unit>): ReadonlyMap<string, Place> {
  const found = new Map<string, Place>();
  for (const { workload, image, processes } of program.workloads) {
    if (!processes.some(({ entry }) => units.has(entry))) continue;
    for (const { path, command, off } of [...workload.probes, ...(image?.probes ?? [])]) {
      if (off) continue;
      const said = path ? [path.value] : (command?.steps.flatMap(({ words }) => words.map(pathOfUrl)) ?? []);
      for (const one of said) if (one && one !== '/') found.set(one, path?.place ?? command?.place ?? workload.place);
    }
  }
  return found;
}

/** `curl -f http://localhost:3000/ping` asks for `/ping`. */
function pathOfUrl(word: string): string | undefined {
  return /^https?:\/\/[^/]+(\/[^?#]*)/.exec(word)?.[1];
}

function byPackage(program: Program, units: ReadonlySet<Unit>): Probe | undefined {
  for (const { call, entry, options } of matches(program, healthCalls)) {
    if (!units.has(call.unit)) continue;
    const given = (path: string) =>
      options !== undefined &&
      program
        .property(options.unit, options.expr, path.split('.'))
        .some(({ value }) => value.kind !== 'undefined' && !(value.kind === 'literal' && value.value === false));
    if ((entry.needs && !given(entry.needs)) || (entry.unless && given(entry.unless))) continue;
    return { what: `\`${program.text(call.unit, call.fact.callee)}\``, place: placeOf(call) };
  }
  for (const unit of units) {
    const imported = byImport(program, unit);
    if (imported) return imported;
  }
  return undefined;
}

const HEALTH_PACKAGES = new Set(healthPackages.map(({ name }) => name));

const byImport = onceOf((_: Program, { file, facts }: Unit): Probe | undefined => {
  const found = facts.imports.find(({ specifier, typeOnly }) => !typeOnly && HEALTH_PACKAGES.has(specifier));
  return found && { what: `\`${found.specifier}\``, place: { file, span: found.span } };
});

/** The texts of a call that can be the path of a route. */
function pathsOf(program: Program, call: Call): string[] {
  const { callee, args, decorates } = call.fact;
  const name = callee.k === 'member' ? callee.name : nameOf(call, callee);
  const first = args[0];
  if (!first) return [];
  if (callee.k === 'member' && LOOKS.test(name)) {
    const asked = program.text(call.unit, callee.of);
    // `request.url.startsWith('/health')`, and lists of open paths: `publicPaths.has(…)` says nothing of a route.
    return REQUESTED.test(asked) && !/s$|public|skip|ignore|exclu|allow|white/i.test(asked)
      ? texts(program, call.unit, first)
      : [];
  }
  if (!decorates && !ROUTES.test(name)) return [];
  const found: string[] = [];
  for (const { value } of program.values(call.unit, first)) {
    if (value.kind === 'literal' && typeof value.value === 'string') found.push(value.value);
    else if (value.kind === 'array')
      for (const item of value.items)
        found.push(...texts(program, value.unit, item), ...inObject(program, value.unit, item));
    else if (value.kind === 'object') found.push(...inObject(program, call.unit, first));
  }
  // A template with a known end: `${prefix}/health`.
  if (first.k === 'text') found.push(...tails(first));
  // Events are called so as well: `client.on('ready')`; decorators do without the slash, and so do routers of one's own: `api/ping`.
  if (!decorates) {
    const isOwn = args[1] !== undefined && program.functions(call.unit, args[1]).length > 0;
    return [...found, ...optionPaths(program, call)].filter(
      (path) => path.startsWith('/') || (isOwn && /^[\w-]+(?:\/[\w-]+)+$/.test(path)),
    );
  }
  return [...found, ...optionPaths(program, call)];
}

const WELL =
  /^(?:(?:i am|i'm|we are|the server is|server is|api is|service is) )?(?:healthy|alive|ok|up|up and running|running)[.!]*$/i;

/** `app.get('/', (req, res) => res.json({ message: 'Healthy' }))`: what is at the root is no page but made for probes. */
function saysWell(program: Program, call: Call): boolean {
  const { callee, args } = call.fact;
  if (callee.k !== 'member' || !/^(?:get|head|all|route)$/.test(callee.name)) return false;
  // A handler that is wrapped (`caught((req, res) => …)`) is what the wrapper is handed.
  const handlers = args.slice(1).flatMap((arg) => [arg, ...(callIn(program, call.unit, arg)?.fact.args ?? [])]);
  return handlers.some((arg) =>
    program.functions(call.unit, arg).some((fn) => {
      const said = [
        ...program.callsIn(fn).flatMap((inner) => inner.fact.args),
        ...fn.fact.returns.flatMap(({ value }) => (value ? [value] : [])),
      ];
      return said
        .flatMap((expr) => (expr.k === 'object' ? expr.props.map(({ value }) => value) : [expr]))
        .some((expr) => expr.k === 'lit' && typeof expr.v === 'string' && WELL.test(expr.v));
    }),
  );
}

/** Fastify: a prefix among the options of `register`. */
function optionPaths(program: Program, { unit, fact: { args } }: Call): string[] {
  return args[1] ? inObject(program, unit, args[1]) : [];
}

function texts(program: Program, unit: Unit, expr: Expr): string[] {
  return [
    ...(expr.k === 'text' ? tails(expr) : []),
    ...program
      .values(unit, expr)
      .flatMap(({ value }) => (value.kind === 'literal' && typeof value.value === 'string' ? [value.value] : [])),
  ];
}

/** The last known part of a text that is put together. */
function tails(expr: Expr & { readonly k: 'text' }): string[] {
  const last = expr.parts.at(-1);
  return last?.k === 'lit' && typeof last.v === 'string' && last.v.startsWith('/') ? [last.v] : [];
}

/** `{ method: 'GET', path: '/health' }`, and tables of routes by path. */
function inObject(program: Program, unit: Unit, expr: Expr): string[] {
  const found: string[] = [];
  for (const { value } of program.values(unit, expr)) {
    if (value.kind !== 'object') continue;
    for (const { name, value: inner } of value.expr.props) {
      if (name?.startsWith('/')) found.push(name);
      else if (name && PATHS.test(name)) found.push(...texts(program, value.unit, inner));
      else if (name === 'routes') found.push(...propNames(inner).filter((one) => one.startsWith('/')));
    }
  }
  return found;
}

function propNames(expr: Expr | undefined): string[] {
  return expr?.k === 'object' ? expr.props.flatMap(({ name }) => (name ? [name] : [])) : [];
}

/** `if (request.url === '/health')`, `case '/health':`. */
function comparedPath(program: Program, unit: Unit, test: Expr): string | undefined {
  if (test.k !== 'binary' || !/^={2,3}$/.test(test.op)) return undefined;
  for (const [one, other] of [
    [test.left, test.right],
    [test.right, test.left],
  ] as const)
    if (
      one.k === 'lit' &&
      typeof one.v === 'string' &&
      one.v.startsWith('/') &&
      REQUESTED.test(program.text(unit, other))
    )
      return one.v;
  return undefined;
}

/** What a client asks for is somebody else's route. */
function isClient(program: Program, call: Call): boolean {
  const apis = program.apis(call);
  if (apis.some((api) => HTTP_CLIENT.test(api))) return true;
  const { callee } = call.fact;
  return (
    apis.length === 0 &&
    callee.k === 'member' &&
    /axios|client|fetch|\bhttp\b|agent|request|\bapi$|\$http/i.test(program.text(call.unit, callee.of))
  );
}

/** `/api/v1/health`, `/health/ready`: some part of it that is no parameter, the last two counting. */
function isHealthPath(path: string): boolean {
  const parts = path
    .replace(/[?#].*/, '')
    .split('/')
    .filter(Boolean);
  // The state of an order is not that of the server: `/orders/:id/status`.
  if (parts.some((part) => /^[:{*$]/.test(part))) return false;
  return parts.slice(-2).some((part) => HEALTH_SEGMENT.test(part));
}

/** The status of what somebody has who is signed in: a probe is not, and `/health` says by its name that it is for probes. */
function isForMembers(program: Program, { unit, fact: { args } }: Call, path: string): boolean {
  if (SAYS_HEALTH.test(path)) return false;
  return args.slice(1).some((arg) => arg.k !== 'fn' && arg.k !== 'object' && ASKS_WHO.test(program.text(unit, arg)));
}

function nameOf(call: Call, callee: Expr): string {
  if (callee.k === 'global') return callee.name;
  return callee.k === 'id' ? (call.unit.facts.bindings[callee.b]?.name ?? '') : '';
}

function placeOf(call: Call): Place {
  return { file: call.unit.file, span: call.fact.span };
}

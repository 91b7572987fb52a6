import {
  type Alternative,
  type Call,
  type Expr,
  type Fn,
  jobRecipes,
  type Program,
  recipeFor,
  type SchedulerKnowledge,
  wordOf,
} from '../../src/api/index.js';

/** A cron expression, or a number of milliseconds. */
type Schedule = string | number;

function scheduleOf(program: Program, call: Call, entry: SchedulerKnowledge): Schedule | undefined {
  const arg: Expr | undefined = entry.schedule ? call.fact.args[entry.schedule.arg] : undefined;
  if (!arg || !entry.schedule) return undefined;
  const given = entry.schedule.path
    ? constantOf(program.property(call.unit, arg, entry.schedule.path.split('.')))
    : constantOf(program.values(call.unit, arg));
  // `@Interval('cleanup', 60_000)`: a name may stand before the time.
  const next = entry.kind === 'cron' ? undefined : call.fact.args[entry.schedule.arg + 1];
  return typeof given === 'string' && next ? timeOf(program, call, next) : (given ?? timeOf(program, call, arg));
}

/** `24 * 60 * 60 * 1000`. */
function timeOf(program: Program, call: Call, expr: Expr): number | undefined {
  const value = program.known(call.unit, expr)?.value;
  return typeof value === 'number' ? value : undefined;
}

function constantOf(values: readonly Alternative[]): Schedule | undefined {
  const literal = values.length === 1 ? values[0]?.value : undefined;
  if (literal?.kind !== 'literal' || typeof literal.value === 'boolean') return undefined;
  return literal.value ?? undefined;
}

/** "every 5 minutes", or the cron expression; nothing where it is not known. */
export function scheduleText(program: Program, call: Call, entry: SchedulerKnowledge): string {
  const schedule = scheduleOf(program, call, entry);
  if (schedule === undefined) return '';
  return typeof schedule === 'number' ? every(schedule) : `\`${schedule}\``;
}

function every(milliseconds: number): string {
  const units: readonly [number, string][] = [
    [86_400_000, 'day'],
    [3_600_000, 'hour'],
    [60_000, 'minute'],
    [1000, 'second'],
  ];
  const [size, unit] = units.find(([size]) => milliseconds >= size && milliseconds % size === 0) ?? [1, 'millisecond'];
  const count = milliseconds / size;
  return count === 1 ? `every ${unit}` : `every ${count} ${unit}s`;
}

/** What makes one instance do the job, with its own schedule. */
export function hint(program: Program, call: Call, entry: SchedulerKnowledge, jobs: readonly Fn[]): string {
  const schedule = scheduleOf(program, call, entry) ?? '0 * * * *';
  const between = timeBetween(schedule);
  const name = wordOf(
    jobs.map((job) => job.fact.name ?? '').find((one) => one !== '') ?? '',
    wordOf(call.unit.file, 'job'),
  );
  const at = typeof schedule === 'number' ? `every: ${digits(schedule)}` : undefined;
  return recipeFor(jobRecipes, entry.api.replace(/^\{.*|:.*/g, ''), program.stack(call.unit), {
    file: call.unit.file,
    name,
    schedule: at ?? `pattern: '${schedule}'`,
    bull: at ?? `cron: '${schedule}'`,
    cron: cronOf(schedule),
    every: digits(between),
    // Clocks differ a little: the key must be gone when the next run is due, and not before all have tried.
    lease: digits(Math.floor(between * 0.9)),
  });
}

/** The shortest time between two runs: of a cron expression with seconds these say it, of others it is a minute. */
function timeBetween(schedule: Schedule): number {
  if (typeof schedule === 'number') return Math.max(schedule, 1000);
  const fields = schedule.trim().split(/\s+/);
  if (fields.length < 6) return 60_000;
  const seconds = /^(?:\*|\d+)\/(\d+)$/.exec(fields[0] ?? '')?.[1];
  if (seconds) return Number(seconds) * 1000;
  return /^\d+$/.test(fields[0] ?? '') ? 60_000 : 1000;
}

/** Five fields, which every scheduler understands. */
function cronOf(schedule: Schedule): string {
  if (typeof schedule === 'string') return schedule.trim().split(/\s+/).slice(-5).join(' ');
  const minutes = Math.max(1, Math.round(schedule / 60_000));
  if (minutes < 60) return minutes === 1 ? '* * * * *' : `*/${minutes} * * * *`;
  const hours = Math.round(minutes / 60);
  if (hours < 24) return hours === 1 ? '0 * * * *' : `0 */${hours} * * *`;
  return '0 0 * * *';
}

function digits(number: number): string {
  return String(number).replace(/\B(?=(?:\d{3})+$)/g, '_');
}

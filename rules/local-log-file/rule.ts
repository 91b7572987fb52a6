import {
  ApiTable,
  type Call,
  callsKnown,
  type Condition,
  type Confidence,
  defineRule,
  type Evidence,
  type Given,
  idleBecause,
  inOrder,
  type LogFileCall,
  logFileCalls,
  type LogFileOption,
  logFileOptions,
  type Option,
  optionsAt,
  pathText,
  type Program,
  type RuleContext,
  type Span,
  type Unit,
  type Value,
} from '../../src/api/index.js';
import { companyOf, negated, unlessSent } from './company.js';
import { hint } from './hint.js';
import { plainLogFiles } from './plain.js';

const CALLS = new ApiTable<LogFileCall>(logFileCalls.map((entry) => ({ patterns: [entry.api], entry })));
const OPTIONS = new ApiTable<LogFileOption>(logFileOptions.map((entry) => ({ patterns: [entry.api], entry })));

/** Devices that stand for the standard streams, or for nothing at all. */
const NO_FILE = /^(?:\/dev\/(?:stdout|stderr|null|fd\/[12])|\/proc\/(?:1|self)\/fd\/[12]|NUL)$/;

/** A place where a log is told to go to a file. */
export interface LogFile {
  readonly call: Call;
  readonly unit: Unit;
  readonly span: Span;
  readonly what: string;
  readonly file?: Option;
  /** What must hold, beyond what holds at the call. */
  readonly when: readonly Condition[];
  readonly confidence: Confidence;
  readonly doubts: readonly string[];
  readonly evidence: readonly Evidence[];
}

export default defineRule({
  meta: {
    id: 'local-log-file',
    title: 'Logs written to files on the disk of one instance',
    category: 'disk',
    severity: 'warning',
    triggers: ['scale-out', 'rolling-deploy', 'restart', 'crash'],
  },
  check(context) {
    const { program } = context;
    const company = companyOf(program);
    const seen = new Set<string>();
    const take = (log: LogFile) => {
      const key = `${log.unit.file} ${log.span.join(' ')}`;
      if (seen.has(key)) return;
      seen.add(key);
      judge(context, log, company);
    };
    const known = [...callsKnown(program, CALLS), ...callsKnown(program, OPTIONS)];
    for (const call of inOrder(
      program,
      known.map(({ call: one }) => one),
    )) {
      if (!call.unit.roles.has('server') && !call.unit.roles.has('worker')) continue;
      for (const api of program.apis(call)) {
        const made = CALLS.first(api);
        if (made) for (const log of madeBy(program, call, made)) take(log);
        for (const option of OPTIONS.find(api)) for (const log of configured(program, call, option)) take(log);
      }
    }
    for (const log of plainLogFiles(program)) take(log);
  },
});

/** A call that opens the file itself. */
function madeBy(program: Program, call: Call, entry: LogFileCall): LogFile[] {
  const found = entry.file.flatMap((given) => namesOf(program, call, given));
  const names = found.flatMap((option) => fileOf(program, option, entry));
  if (entry.otherwise && names.length === 0) return [];
  if (found.length > 0 && names.length === 0) return [];
  const [name] = names;
  return [
    {
      call,
      unit: call.unit,
      span: call.fact.span,
      what: entry.what,
      when: name?.when ?? [],
      ...(name ? { file: name } : {}),
      confidence: 'high',
      doubts: [],
      evidence: [],
    },
  ];
}

function namesOf(program: Program, call: Call, { arg, path }: Given): Option[] {
  const expr = call.fact.args[arg];
  if (!expr) return [];
  const at: Option = { unit: call.unit, expr, span: call.fact.span, when: [] };
  if (path) return optionsAt(program, at, path.split('.'));
  // An options object in the place of a name is looked into by its own entry.
  return program.values(call.unit, expr).some(({ value }) => value.kind === 'object') ? [] : [at];
}

/** The option, if it names a file, with what must hold for it to do so; a number is a stream that is open already. */
function fileOf(program: Program, option: Option, { otherwise }: Pick<LogFileCall, 'otherwise'>): Option[] {
  const all = program.values(option.unit, option.expr);
  const files = all.filter(({ value }) => isFile(value));
  const [first] = files;
  if (!first) return [];
  // Whichever way it is chosen, it is a file; only where it can be something else do the conditions say when.
  const when = files.length === all.length ? [] : first.when;
  // Where an operator names the file there may be none.
  const asked: Condition[] =
    otherwise === 'stdout' && files.every(({ value }) => value.kind === 'external' && value.api.startsWith('env:'))
      ? [{ unit: option.unit, fact: { test: option.expr, sense: true, kind: 'if', span: option.span } }]
      : [];
  return [{ ...option, when: [...option.when, ...when, ...asked] }];
}

function isFile(value: Value): boolean {
  if (value.kind === 'undefined') return false;
  if (value.kind === 'external') return !/^global:process\.(?:stdout|stderr)\b/.test(value.api);
  if (value.kind !== 'literal') return true;
  return typeof value.value === 'string' && !/^(?:[12]?)$/.test(value.value) && !NO_FILE.test(value.value);
}

/** Places that a logger is configured to write to. */
function configured(program: Program, call: Call, entry: LogFileOption): LogFile[] {
  const arg = call.fact.args[entry.arg];
  if (!arg) return [];
  const options: Option = { unit: call.unit, expr: arg, span: call.fact.span, when: [] };
  const items = optionsAt(program, options, entry.items ? entry.items.split('.') : []);
  return items.flatMap((item): LogFile[] => {
    if (entry.kind) {
      const { in: kinds, path } = entry.kind;
      const isMeant = program
        .property(item.unit, item.expr, [path])
        .some(({ value }) => value.kind === 'literal' && kinds.includes(String(value.value)));
      if (!isMeant) return [];
    }
    const given = optionsAt(program, item, entry.file.split('.'));
    const [name] = given.flatMap((option) => fileOf(program, option, entry));
    if (!name && (entry.otherwise || given.length > 0)) return [];
    const kind = entry.kind ? optionsAt(program, item, [entry.kind.path])[0] : undefined;
    const at = name ?? kind ?? item;
    return [
      {
        call,
        unit: at.unit,
        span: at.span,
        what: entry.what,
        when: (name ?? item).when,
        ...(name ? { file: name } : {}),
        confidence: 'high',
        doubts: [],
        evidence: [{ role: 'registered', file: call.unit.file, span: call.fact.span, note: 'the logger is made' }],
      },
    ];
  });
}

function judge(context: RuleContext, log: LogFile, company: ReturnType<typeof companyOf>): void {
  const { program } = context;
  const { call, unit, span } = log;
  const place = { file: unit.file, span };
  const around = [...log.when, ...program.conditions(call)];
  const own = program.setting(around);
  if (own.never) return context.safe({ ...place, reason: 'asks for the absence of a setting that is required' });
  if (own.developmentOnly)
    return context.safe({ ...place, reason: idleBecause(own, 'logs to a file only outside production') });
  if (program.inSharedStore(call.fn))
    return context.safe({ ...place, reason: 'the configuration declares that what is kept here is shared' });
  const sent = unlessSent(program, company, log);
  if (sent?.always)
    return context.safe({
      ...place,
      reason: `the same logger also sends to \`${sent.name}\``,
      because: sent.place,
    });
  const setting = program.setting(sent ? [...around, ...negated(sent.when)] : around);
  // A collector that is only there in development changes nothing; one that some setting adds is the way out.
  if (setting.developmentOnly || setting.never)
    return context.safe({ ...place, reason: `in production the logger also sends to \`${sent?.name}\`` });
  const alsoShown = company.stdout.find(({ file }) => file === unit.file);
  const path = log.file ? pathText(program, log.file.unit, log.file.expr) : '…';
  // A name that only a setting gives is empty without it.
  const name = path === '…' || path === '' ? '' : ` (\`${path}\`)`;
  context.report({
    ...place,
    // What stands on the standard output too is collected from there; the file only misleads.
    ...(alsoShown ? { severity: 'info' } : {}),
    confidence: log.confidence,
    ...(log.doubts.length ? { doubts: log.doubts } : {}),
    when: setting.when,
    ...(setting.words ? { condition: setting.words } : {}),
    symbol: program.symbol(place),
    message: `The log is written to a file on this instance's own disk${name} by ${log.what}.`,
    consequence: alsoShown
      ? 'Each file holds the lines of one instance only and goes with its container: who looks for one user’s requests in it has to search every instance, and finds nothing of those that are gone.'
      : 'The lines about one user’s requests lie scattered over the disks of several instances, and those of an instance that was replaced or has crashed are gone, with the reason why it crashed.',
    hint: hint(program, call, log.what),
    evidence: [
      { role: 'primary', ...place, note: 'the log file is opened here' },
      ...log.evidence,
      ...(alsoShown ? [{ role: 'option' as const, ...alsoShown, note: 'the same file logs to the console' }] : []),
      ...setting.evidence,
    ],
  });
}

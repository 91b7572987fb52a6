import type {
  AccessWord,
  ConditionsWord,
  EffectWord,
  Explanation,
  FileWord,
  FunctionWord,
  PhaseWord,
  RuleWord,
  StateWord,
  ValueWord,
} from '../model/explanation.js';
import { plural } from './answer.js';
import { codeFrame } from './frame.js';
import {
  codeColored,
  linesColored,
  hanging,
  heading,
  INDENT,
  MARKS,
  type Setting,
  type Step,
  severityColor,
  stepLines,
  WHEN_WORDS,
  where,
} from './layout.js';
import { visible, wrap } from './visible.js';

/** What is known of a line, for people: what the rules say of it first, then what they know it from. */
export function explanation(given: Explanation, setting: Setting): string {
  const { chalk, width } = setting;
  const head = [
    chalk.cyan(where(given.place)),
    '',
    ...codeFrame(given.excerpt, given.place.span, { chalk, width: width - INDENT.length, mark: chalk.cyan }).map(
      (line) => INDENT + line,
    ),
  ];
  const sections: readonly (readonly [string, readonly string[]])[] = [
    ['What the rules say', ruleLines(given.rules, setting)],
    [
      'When it runs',
      given.functions.flatMap((fn, index) => functionLines(fn, index === given.functions.length - 1, setting)),
    ],
    ['State', given.state.flatMap((state) => stateLines(state, setting))],
    ['What it does outside this process', given.effects.flatMap((effect) => effectLines(effect, setting))],
    [
      'What makes it happen once',
      given.guards.flatMap((guard) => item(`${guard.kind}: ${guard.label} (${where(guard)})`, [], setting)),
    ],
    ['Under which conditions', given.conditions ? conditionLines(given.conditions, setting) : []],
    ['What stands on the line', given.values.flatMap((value) => valueLines(value, setting))],
    ['The file', fileLines(given.file, setting)],
  ];
  const told = sections.filter(([, lines]) => lines.length > 0);
  return `${[head, ...told.map(([title, lines]) => [heading(setting, title), '', ...lines])]
    .map((lines) => lines.join('\n').trimEnd())
    .join('\n\n')}\n`;
}

const DEEP = INDENT + INDENT;

/** A sentence, indented, and below it the places that go with it. */
function item(text: string, steps: readonly Step[], setting: Setting, indent = INDENT): string[] {
  return [...sentence(text, setting, indent), ...below(steps, setting, `${indent}  `)];
}

function sentence(text: string, { chalk, width }: Setting, indent: string): string[] {
  return linesColored(wrap(visible(text), width - indent.length), chalk).map((line) => indent + line);
}

function below(steps: readonly Step[], { chalk, width }: Setting, indent: string): string[] {
  return stepLines(steps, width - indent.length, chalk).map((line) => (indent + line).trimEnd());
}

function ruleLines(words: readonly RuleWord[], setting: Setting): string[] {
  const silent = words.filter(({ status }) => status === 'silent');
  const speaking = words.filter(({ status }) => status !== 'silent');
  const names = silent.map(({ ruleId, because }) => (because === undefined ? ruleId : `${ruleId} (${because})`));
  return [
    ...speaking.flatMap((word) => [...ruleWordLines(word, setting), '']),
    ...(names.length > 0
      ? hanging(
          `${INDENT}· `,
          4,
          wrap(`nothing to weigh here for ${names.join(', ')}`, setting.width - 4).map((line) =>
            setting.chalk.dim(line),
          ),
        )
      : []),
  ];
}

function ruleWordLines(word: RuleWord, setting: Setting): string[] {
  const { chalk } = setting;
  const { ruleId, status, severity, confidence, when, relation, place } = word;
  const rest = setting.width - DEEP.length;
  const text = (line: string) => linesColored(wrap(visible(line), rest), chalk).map((part) => DEEP + part);
  const at = relation === undefined || !place ? [] : text(`${relation}: ${where(place)}`);
  const by = word.by ? ` (${where(word.by)})` : '';
  if (status === 'failed') return [`${INDENT}${chalk.red('✖ failed')}  ${chalk.bold(ruleId)}`, ...text(word.message)];
  if (status === 'safe')
    return [`${INDENT}${chalk.green('✓ safe')}  ${chalk.bold(ruleId)}`, ...at, ...text(`${word.message}${by}`)];
  const color = severityColor(chalk, severity ?? 'info');
  const certainty = [`${confidence} confidence`, ...(when && when !== 'always' ? [WHEN_WORDS[when]] : [])].join(', ');
  const fate = FATES[status];
  const kind = `${MARKS[severity ?? 'info']} ${severity}`;
  const fits = `${INDENT}${kind}  ${ruleId}  ${certainty}`.length <= setting.width;
  return [
    `${INDENT}${color(kind)}  ${chalk.bold(ruleId)}${fits ? '  ' : `\n${DEEP}`}${chalk.dim(certainty)}`,
    ...at,
    ...wrap(visible(word.message), rest).map((line) => DEEP + chalk.bold(line)),
    ...(fate ? text(`${fate}: ${word.because ?? ''}${by}`) : []),
    ...(word.condition === undefined ? [] : text(`Condition: ${word.condition}`)),
    ...(word.doubts ?? []).flatMap((doubt) => text(`Not surer because ${doubt}`)),
    ...(word.hint === undefined ? [] : text(`Fix: ${word.hint}`)),
  ];
}

const FATES: Partial<Record<RuleWord['status'], string>> = {
  silenced: 'Accepted by a directive',
  baselined: 'Accepted by the baseline',
  'below-confidence': 'Not reported',
  'outside-paths': 'Not reported: outside the paths asked about',
  off: 'Not reported',
};

function functionLines(fn: FunctionWord, innermost: boolean, setting: Setting): string[] {
  const { chalk } = setting;
  const name = fn.isModule ? 'the top of the file' : `\`${visible(fn.name)}\``;
  const head = `${INDENT}${codeColored(name, chalk)}`;
  if (fn.phases.length === 0) {
    return [
      ...item(
        `${name}: no known way to it. Whether anything runs it while the process serves is not known.`,
        [],
        setting,
      ),
      '',
    ];
  }
  // Of the functions around, the ways themselves would repeat what the innermost tells.
  if (!innermost) {
    const ways = fn.phases.map(
      ({ words, label, guessed }) => `${words}${label === '' ? '' : `: ${label}`}${guessed ? ' (guessed)' : ''}`,
    );
    return [...item(`${name} around it runs ${ways.join('; ')}`, [], setting), ''];
  }
  return [
    head,
    ...fn.phases.flatMap((phase) => phaseLines(phase, setting)),
    ...(fn.more > 0 ? [`${DEEP}${chalk.dim(`and ${plural(fn.more, 'further way')}`)}`] : []),
    '',
  ];
}

function phaseLines({ words, label, guessed, everyInstance, path }: PhaseWord, setting: Setting): string[] {
  const notes = [
    ...(guessed ? ['some step is guessed from a name'] : []),
    ...(everyInstance ? ['on every instance at once'] : []),
  ];
  return item(
    `${words}${label === '' ? '' : `: ${label}`}${notes.length > 0 ? ` (${notes.join('; ')})` : ''}`,
    path,
    setting,
    DEEP,
  );
}

function stateLines(state: StateWord, setting: Setting): string[] {
  const { name, kind, shape, meaning, how, writes, reads } = state;
  const steps = (list: readonly AccessWord[]): Step[] =>
    list.map((access) => ({ ...access, note: accessNote(access) }));
  const group = (label: string, list: readonly AccessWord[], more: number): string[] => [
    `${DEEP}${setting.chalk.bold(label)}${list.length === 0 ? ' nowhere that is known' : ''}`,
    ...below(steps(list), setting, `${DEEP}  `),
    ...(more > 0 ? [`${DEEP}  ${setting.chalk.dim(`and ${plural(more, 'more place')}`)}`] : []),
  ];
  return [
    ...item(
      `\`${name}\`, ${kind}, which this line ${how}. Its uses make it a \`${shape}\`${meaning === '' ? '' : `: ${meaning}`}.`,
      [...(how === 'declares' ? [] : [{ ...state, note: 'declared' }]), ...(state.holder ? [state.holder] : [])],
      setting,
    ),
    ...group('Changed:', writes, state.moreWrites),
    ...group('Read:', reads, state.moreReads),
    '',
  ];
}

function accessNote({ fn, isModule, does, phases, here }: AccessWord): string {
  const ways = phases.length > 0 ? phases.join(', ') : isModule ? 'while the file is loaded' : 'no known way to it';
  return `${here ? 'this line: ' : ''}${isModule ? 'the top of the file' : `\`${fn}\``} ${does}: ${ways}`;
}

function effectLines({ of, verdict, effects, unresolved }: EffectWord, setting: Setting): string[] {
  const open =
    unresolved.length > 0
      ? item('More is possible: these calls could not be followed.', unresolved, setting, DEEP)
      : [];
  if (verdict === 'own-process') return [...item(`${of} only touches its own process.`, [], setting), ''];
  if (verdict === 'unknown') {
    return [
      ...item(
        `What ${of} does is unknown${unresolved.length > 0 ? ', because of calls that could not be followed:' : ': it leads further than was looked.'}`,
        unresolved,
        setting,
      ),
      '',
    ];
  }
  const readsOnly = verdict === 'only-reads' ? ' only reads' : '';
  return [
    ...sentence(`${of}${readsOnly}:`, setting, INDENT),
    ...effects.flatMap(({ label, confidence, path }) =>
      item(`${label}${confidence === 'high' ? '' : ` (${confidence} confidence)`}`, path, setting, DEEP),
    ),
    ...open,
    '',
  ];
}

function conditionLines({ when, developmentOnly, words, tests, more }: ConditionsWord, setting: Setting): string[] {
  const sum = developmentOnly
    ? 'Only outside production.'
    : when === 'always'
      ? 'As far as is known it runs whatever is configured; these are no settings of an operator:'
      : `It runs ${WHEN_WORDS[when]}${words === undefined ? '' : `; ${words}`}.`;
  return [
    ...item(sum, tests, setting),
    ...(more > 0 ? [`${DEEP}${setting.chalk.dim(`and ${plural(more, 'more condition')}`)}`] : []),
  ];
}

function valueLines({ text, is }: ValueWord, setting: Setting): string[] {
  return sentence(`\`${text}\` ${is.length > 0 ? `is ${is.join(', or ')}` : 'could not be resolved'}`, setting, INDENT);
}

function fileLines({ roles, processes, way, described, application }: FileWord, setting: Setting): string[] {
  if (described) {
    const more = described.length > 0 ? 'It says what runs:' : '';
    return item(`No source: what the rules say of it is all that is known. ${more}`.trim(), described, setting);
  }
  const what =
    roles.length > 0
      ? `Runs in: ${roles.join(', ')}.`
      : 'No entry point is known that leads to it, so no rule judges it as a server.';
  const app = application
    ? `Part of ${application.name === undefined ? 'the application' : `\`${application.name}\``} (${application.manifest}).`
    : '';
  const started = processes.length > 0 ? `Started by ${few(processes)}.` : '';
  return item(
    `${what} ${started} ${app}${way.length > 0 ? ' Loaded by:' : ''}`.replace(/ +/g, ' ').trim(),
    way,
    setting,
  );
}

const MOST_PROCESSES = 3;

function few(names: readonly string[]): string {
  const rest = names.length - MOST_PROCESSES;
  return rest > 0 ? `${names.slice(0, MOST_PROCESSES).join(', ')} and ${rest} more` : names.join(', ');
}

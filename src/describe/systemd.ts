import type { Command, Stated, Workload } from '../model/deployment.js';
import { type SectionLine, parseSections } from '../parse/sections.js';
import { execCommand, splitWords } from './commands.js';
import { dutyOf } from './duty.js';
import { purposeOf } from './purpose.js';
import { type Describer, said, type Source, workload } from './source.js';
import { seconds } from './values.js';

/** A unit: a service, or the timer that starts one. */
export const describeSystemd: Describer = (source) => {
  const { lines, flaw } = parseSections(source.text);
  source.broken(flaw, 'a unit of systemd', 'note');
  const last = (key: string) => lines.findLast((line) => line.key === key && line.value !== '');
  const given = (line: SectionLine | undefined): Stated<string> | undefined =>
    line && { value: line.value, place: source.at(line.whole) };
  const all = (key: string) => lines.filter((line) => line.key === key);
  const name = source.file.slice(source.file.lastIndexOf('/') + 1).replace(/\.(?:service|timer)$/, '');
  const start = last('ExecStart') ?? last('OnCalendar');
  if (!start) return purposeOf(source.file, [], { platform: 'a unit of the host' });
  const commands = [
    ...all('ExecStart').map((line) => commandOf(source, 'start', line)),
    ...all('ExecStartPre').map((line) => commandOf(source, 'before', line)),
    ...all('ExecStartPost').map((line) => commandOf(source, 'after-start', line)),
    ...all('ExecStop').map((line) => commandOf(source, 'before-stop', line)),
  ];
  const stop = last('TimeoutStopSec') ?? last('TimeoutSec');
  const grace = seconds(stop?.value);
  const workloads = [
    workload({
      name,
      place: source.at(start.whole),
      as: source.file.endsWith('.timer') ? 'timer' : 'unit',
      owns: start.key === 'OnCalendar' ? 'unknown' : true,
      ownsWhy: start.key === 'OnCalendar' ? 'it starts another unit' : 'a unit that this repository ships',
      does: start.key === 'OnCalendar' ? 'cron' : dutyOf(name, commands, false),
      ...said<Partial<Workload>>({
        schedule: given(last('OnCalendar')),
        workdir: given(last('WorkingDirectory')),
        stopSignal: given(last('KillSignal')),
        graceSeconds: stop && { ...said({ value: grace }), place: source.at(stop.whole) },
      }),
      commands,
      environment: Object.fromEntries(all('Environment').flatMap((line) => variables(source, line))),
      environmentFrom: all('EnvironmentFile').map((line) => ({
        value: line.value.replace(/^-/, ''),
        place: source.at(line.whole),
      })),
    }),
  ];
  return { workloads, ...purposeOf(source.file, workloads, { platform: 'a unit of the host' }) };
};

/** No shell reads it; marks in front say how its failure counts and as whom it runs. */
function commandOf(source: Source, at: Command['at'], { value, raw, whole }: SectionLine): Command {
  const marks = /^[-@:+!|]*/.exec(value)?.[0].length ?? 0;
  const words = splitWords(source, value.slice(marks), { from: raw.from + marks, to: raw.to });
  return { ...execCommand(source, at, words), place: source.at(whole) };
}

function variables(source: Source, { value, raw }: SectionLine): [string, Stated<string>][] {
  return splitWords(source, value, raw).flatMap((word): [string, Stated<string>][] => {
    const equals = word.value.indexOf('=');
    return equals < 0
      ? []
      : [[word.value.slice(0, equals), { value: word.value.slice(equals + 1), place: source.at(word.raw) }]];
  });
}

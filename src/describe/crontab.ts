import type { Workload } from '../model/deployment.js';
import { shellCommand } from './commands.js';
import { purposeOf } from './purpose.js';
import { type Describer, workload } from './source.js';

const FIELD = String.raw`[\d*/,\-A-Za-z?#]+`;
const SCHEDULE = new RegExp(String.raw`^(\s*)(@\w+|${FIELD}(?:\s+${FIELD}){4})(\s+)(.+?)\s*$`);

/** A schedule and a command a line; the system's own tables have a user between them. */
export const describeCrontab: Describer = (source) => {
  const workloads: Workload[] = [];
  const hasUser = /(?:^|\/)(?:cron\.d\/|etc\/crontab$)/.test(source.file);
  let offset = 0;
  for (const line of source.text.split('\n')) {
    const start = offset;
    offset += line.length + 1;
    if (/^\s*(?:#|$)/.test(line) || /^\s*\w+\s*=/.test(line)) continue;
    const [, lead = '', schedule, gap = '', rest] = SCHEDULE.exec(line) ?? [];
    if (schedule === undefined || rest === undefined) {
      source.broken(
        {
          span: source.lines.span(start, start + line.length),
          words: 'a schedule of five fields and a command are expected here',
        },
        'a crontab',
        'note',
      );
      continue;
    }
    const user = hasUser ? (/^\S+\s+/.exec(rest)?.[0] ?? '') : '';
    const from = start + lead.length + schedule.length + gap.length + user.length;
    const command = rest.slice(user.length);
    const at = { from: start + lead.length, to: start + lead.length + schedule.length };
    workloads.push(
      workload({
        name: command.slice(0, 60),
        place: source.at({ from, to: from + command.length }),
        as: 'cron entry',
        owns: 'unknown',
        ownsWhy: 'a line of a crontab',
        does: 'cron',
        schedule: { value: schedule, place: source.at(at) },
        commands: [shellCommand(source, 'start', command, { from, to: from + command.length })],
      }),
    );
  }
  return { workloads, ...purposeOf(source.file, workloads, { platform: 'the host runs what it names' }) };
};

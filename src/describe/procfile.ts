import type { Workload } from '../model/deployment.js';
import { shellCommand } from './commands.js';
import { dutyOf } from './duty.js';
import { OWN } from './platforms.js';
import { purposeOf } from './purpose.js';
import { type Describer, workload } from './source.js';

/** `web: node server.js`, a process type a line; `release` runs once for each release, before its processes start. */
export const describeProcfile: Describer = (source) => {
  const workloads: Workload[] = [];
  let offset = 0;
  for (const line of source.text.split('\n')) {
    const [, lead = '', name, gap = '', command] = /^(\s*)([\w-]+)(\s*:\s*)(\S.*)$/.exec(line.trimEnd()) ?? [];
    if (name !== undefined && command !== undefined) {
      const from = offset + lead.length + name.length + gap.length;
      const isRelease = name === 'release';
      const one = shellCommand(source, isRelease ? 'release' : 'start', command, { from, to: from + command.length });
      const start = offset + lead.length;
      workloads.push(
        workload({
          name,
          place: source.at({ from: start, to: start + name.length }),
          as: 'process type',
          ...OWN,
          does: name === 'web' ? 'web' : isRelease ? 'release' : dutyOf(name, [one], false),
          commands: [one],
        }),
      );
    } else if (line.trim() !== '' && !/^\s*#/.test(line)) {
      source.broken(
        { span: source.lines.span(offset, offset + line.length), words: 'a name and a colon are expected here' },
        'a Procfile',
      );
    }
    offset += line.length + 1;
  }
  return { workloads, ...purposeOf(source.file, workloads, { platform: 'the platform starts what it names' }) };
};

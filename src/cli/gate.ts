import { realpathSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Overlay } from '../discover/index.js';
import {
  baselineNotes,
  baselineText,
  isOn,
  isWithin,
  judge,
  type ReportSetting,
  type Seen,
  updateBaseline,
} from '../judge/index.js';
import type { Audited } from '../model/audit.js';
import type { Baseline } from '../model/baseline.js';
import type { Verdict } from '../model/finding.js';
import type { BaselineReport } from '../model/report.js';
import type { AuditRequest } from './arguments.js';
import { baselineReport, openBaseline, writeBaseline } from './baseline-file.js';
import { dayOf, type Io } from './io.js';
import type { Parts } from './parts.js';
import type { Configured } from './project.js';

/** What becomes of what is found. */
export interface Gate<P extends Place> {
  /** What is audited. */
  readonly place: P;
  judge(
    found: Audited,
    knownRuleIds: readonly string[],
  ): Promise<{ readonly verdicts: readonly Verdict[] } & Pick<ReportSetting, 'baseline' | 'since' | 'notes'>>;
}

/** Where the audit takes place, and with what configuration. */
export interface Place extends Pick<Configured, 'config' | 'notes' | 'reportPaths'> {
  readonly root: string;
}

interface GateSetting<P extends Place> {
  /** Links resolved. */
  readonly cwd: string;
  readonly io: Io;
  readonly parts: Parts;
  /** Given the index, where that is what is audited. */
  place(overlay: Overlay | undefined): Promise<P>;
}

/** Asks git what changed, reads the project, and opens the baseline: whatever is wrong with these is told before the long work. */
export async function openGate<P extends Place>(
  request: AuditRequest,
  { cwd, io, parts, place: placeOf }: GateSetting<P>,
): Promise<Gate<P>> {
  const git = { cwd, env: io.env, folder: folderOf(request.paths[0] ?? '.', cwd) };
  const asked = request.changes && (await parts.changesOf(request.changes, git));
  const place = await placeOf(asked?.overlay);
  const { root, reportPaths, config, notes } = place;
  const changes = asked?.within(root);
  const updating = request.updateBaseline === true;
  const file = openBaseline({
    asked: request.baseline,
    configured: config.baseline,
    root,
    cwd,
    updating,
    staged: asked?.overlay?.contents,
  });
  return {
    place,
    async judge(found, knownRuleIds) {
      const today = dayOf(io);
      const noIgnores = request.noIgnores === true;
      const judged = (baseline: Baseline) =>
        judge(found, config, reportPaths, knownRuleIds, {
          today,
          noIgnores,
          baseline,
          ...(changes ? { changes } : {}),
        });
      const seen: Seen = {
        // Of a plugin that is not loaded nothing was looked for, so that nothing of it is gone.
        ran: (rule) => isOn(config, rule) && (!rule.includes('/') || knownRuleIds.includes(rule)),
        within: (path) => isWithin(path, reportPaths),
        complete: !found.problems.some(({ level }) => level === 'error'),
      };
      const enforced = config.enforce ?? [];
      let baseline = file?.baseline ?? [];
      let updated: BaselineReport['updated'];
      if (file && updating) {
        const owner = request.owner ?? (await parts.gitUser(git));
        const given = { today, enforced, owner, reason: request.reason };
        const update = updateBaseline(baseline, judged(baseline), seen, given);
        writeBaseline(file, baselineText(update.baseline));
        baseline = update.baseline;
        updated = { added: update.added, removed: update.removed };
      }
      const verdicts = judged(baseline);
      return {
        verdicts,
        ...(changes ? { since: changes.since } : {}),
        ...(file
          ? {
              baseline: baselineReport(file.name, baseline, today, updated),
              notes: [...notes, ...baselineNotes(baseline, verdicts, seen, { name: file.name, today, enforced })],
            }
          : { notes }),
      };
    },
  };
}

/** Where git is asked: in the folder that is audited, or that the first file is in. What is not there, discovery tells. */
function folderOf(path: string, cwd: string): string {
  try {
    const absolute = realpathSync(resolve(cwd, path));
    return statSync(absolute).isDirectory() ? absolute : dirname(absolute);
  } catch {
    return cwd;
  }
}

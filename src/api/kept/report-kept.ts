import type { RuleContext } from '../../model/rule.js';
import type { Kept } from './kept.js';
import { settledStore } from './settled.js';

/** How a rule speaks of what a package or platform keeps on one instance. */
export interface KeptWords {
  /** What is kept, to begin a sentence that tells why it is safe: "codes are kept in …". */
  readonly subject: string;
  readonly consequence: string;
  readonly hint: string;
}

/** Reports what a call or a configuration file keeps where the other instances do not see it, or records why it is safe. */
export function reportKept(context: RuleContext, thing: Kept, { subject, consequence, hint }: KeptWords): void {
  const { call, entry, place, hazard } = thing;
  if (!hazard) {
    const because = thing.evidence[0];
    context.safe({ ...place, reason: `${subject} are kept in ${thing.reason}`, ...(because ? { because } : {}) });
    return;
  }
  const { outcome, setting } = hazard;
  const note = `${entry.note.charAt(0).toUpperCase()}${entry.note.slice(1)}`;
  context.report({
    ...place,
    confidence: thing.confidence,
    doubts: thing.doubts,
    when: setting.when,
    ...(setting.words ? { condition: setting.words } : {}),
    symbol: context.program.symbol({ file: call.unit.file, span: call.fact.span }),
    message: outcome.absent ? `${note}.` : `${note}: here ${outcome.what}.`,
    consequence,
    hint: settledStore(thing) ?? entry.remedy ?? hint,
    evidence: [{ role: 'primary', ...place, note: entry.note }, ...thing.evidence],
  });
}

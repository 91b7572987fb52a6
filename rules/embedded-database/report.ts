import {
  type Evidence,
  type Place,
  type RuleContext,
  type Setting,
  settledBy,
  type Unit,
} from '../../src/api/index.js';
import { hint } from './hint.js';

/** What is kept where, for the words of a finding. */
export interface What {
  readonly name: string;
  readonly path: string | undefined;
  readonly inMemory: boolean;
  readonly isCache: boolean;
  readonly evidence: readonly Evidence[];
}

export function report(context: RuleContext, unit: Unit, place: Place, setting: Setting, what: What): void {
  const { program } = context;
  const where = what.inMemory ? 'in the memory of this process' : "on this instance's own disk";
  const path = what.path ? ` (\`${what.path}\`)` : '';
  context.report({
    ...place,
    // What can be had again is slower to lose than data.
    ...(what.isCache ? { severity: 'warning' } : {}),
    confidence: 'high',
    when: setting.when,
    ...(setting.words ? { condition: setting.words } : {}),
    symbol: program.symbol(place),
    message: `${what.isCache ? 'A cache' : 'Application data'} is kept ${where} by ${what.name}${path}.`,
    consequence: what.inMemory ? IN_MEMORY : what.isCache ? CACHE : IN_A_FILE,
    hint: settledBy(setting) ?? hint(program.stack(unit), what.name, place.file),
    evidence: [
      { role: 'primary', ...place, note: 'the database is chosen here' },
      ...what.evidence,
      ...setting.evidence,
    ],
  });
}

const IN_A_FILE =
  'Each instance has a database of its own: what a user saves through one does not exist on the others, and is gone when its container is replaced. On a volume that both mount, two processes write to a file that is made for one: writes fail with locks, and the file can be damaged.';
const IN_MEMORY =
  'Each instance has data of its own, and starts with none: what a user saves through one does not exist on the others, and every deploy or crash loses it.';
const CACHE = 'Each instance has entries of its own: what one of them refreshes or removes stays old on the others.';

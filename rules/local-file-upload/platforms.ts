import { kept, reportKept, type RuleContext } from '../../src/api/index.js';

export const CONSEQUENCE =
  'A file uploaded through one instance does not exist on the others: it is shown or missing depending on which one is asked, and gone when its container is replaced.';

/** Platforms that take uploads by themselves, to where their configuration says. */
export function checkPlatforms(context: RuleContext): void {
  for (const thing of kept(context.program, 'upload'))
    reportKept(context, thing, {
      subject: 'uploads',
      consequence: CONSEQUENCE,
      hint: 'Put uploads into object storage, or the folder on a volume that all instances mount (NFS, EFS).',
    });
}

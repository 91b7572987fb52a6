import { kept, reportKept, type RuleContext } from '../../src/api/index.js';

/** Platforms that bring a store of records along, in memory or in files. */
export function checkPlatforms(context: RuleContext): void {
  for (const thing of kept(context.program, 'database'))
    reportKept(context, thing, {
      subject: 'records',
      consequence:
        'What one instance writes the others never see: users find, miss and overwrite records depending on which instance answers, and what is kept in memory is gone after a deploy.',
      hint: 'Keep the records in a database server that all instances connect to.',
    });
}

import { isBounded } from '../model/patterns.js';
import { deployment } from './deployment.js';
import { knowledge } from './knowledge.js';
import { z } from './zod.js';

/** `src/locks.ts#withLock`, `@acme/locks#runOnce`, `LeaderService.isLeader`, `@acme/session-store`. */
const named = z
  .string()
  .min(1)
  .refine((name) => !/[\s*]/.test(name), 'a pattern cannot stand for a name')
  .refine(
    (name) => !name.endsWith('#') && !name.startsWith('#'),
    'must name a file or package and, behind `#`, what it exports',
  );

const pattern = z
  .string()
  .min(1)
  .refine((text) => !text.startsWith('!'), 'a pattern cannot be negated')
  .refine(isBounded, 'has more wildcards than a pattern needs; make several of it');

const SEVERITIES = ['error', 'warning', 'info'] as const;

/** The one description of the configuration: it checks files, and editors complete them by the JSON schema made from it. */
export function schemaFor(ruleIds: readonly string[]) {
  const level = z.enum([...SEVERITIES, 'off']).optional();
  const rules = z.strictObject(Object.fromEntries(ruleIds.map((id) => [id, level])));
  return z.strictObject({
    $schema: z.string().optional().describe('Where this schema is, for editors.'),
    extends: z
      .union([z.string().min(1), z.array(z.string().min(1))], 'must be a path, a package, or a list of these')
      .optional()
      .describe('Configurations that this one builds upon: paths relative to this file, or packages.'),
    rules: rules
      .default({})
      .describe('The severity each rule is reported at, or "off". Rules that are not named keep their own.'),
    overrides: z
      .array(
        z.strictObject({
          files: z.union([pattern, z.array(pattern)], 'must be a pattern, or a list of patterns'),
          rules,
        }),
      )
      .optional()
      .describe(
        'Severities for files that match patterns relative to the root of the project. The last that names a rule wins.',
      ),
    failOn: z
      .enum([...SEVERITIES, 'never'])
      .default('warning')
      .describe('The exit code is 1 from findings of this severity on.'),
    minConfidence: z
      .enum(['high', 'medium', 'low'])
      .default('medium')
      .describe('Findings of less confidence are not shown.'),
    maxWarnings: z
      .int()
      .min(0, 'must be 0 or more')
      .optional()
      .describe(
        'So many findings of severity "warning" pass, whatever "failOn" says; one more, and the exit code is 1.',
      ),
    enforce: z
      .array(z.enum(ruleIds))
      .optional()
      .describe('Rules that neither a directive nor the baseline may silence.'),
    baseline: z
      .string()
      .min(1)
      .optional()
      .describe(
        'The file of the baseline, relative to this one. Default: .mi-audit-baseline.json in the root of the project.',
      ),
    ignores: z
      .array(pattern)
      .default([])
      .describe('Patterns of files and folders that are not looked at, relative to the root of the project.'),
    guards: z
      .array(named)
      .default([])
      .describe(
        'Functions that make what they run, or what follows them, happen on one instance: "src/locks.ts#withLock", "@acme/locks#runOnce" or "LeaderService.isLeader".',
      ),
    sharedStores: z
      .array(named)
      .default([])
      .describe(
        'Classes, functions and packages that keep things where all instances see them: "src/store.ts#RedisStore" or "@acme/session-store".',
      ),
    plugins: z
      .array(z.string().min(1))
      .optional()
      .describe(
        'Packages and files with further rules: "mi-audit-plugin-acme", or "./lint/our-rules.js", relative to this file. They are code, and are run.',
      ),
    migrations: z
      .strictObject({
        since: z
          .string()
          .min(1)
          .optional()
          .describe(
            'What has been rolled out everywhere: a date ("2026-03-01") or the name of the last migration of it. Only what is newer is reported at full confidence.',
          ),
      })
      .optional()
      .describe('What is known of the migrations of the database.'),
    knowledge,
    deployment: deployment.optional(),
  });
}

/** The JSON schema of a configuration file. */
export function configSchema(ruleIds: readonly string[]): object {
  const schema = z.toJSONSchema(schemaFor(ruleIds), { target: 'draft-7', io: 'input' });
  // Which rules plugins have cannot be known here.
  const rules = schema.properties?.['rules'];
  if (typeof rules === 'object')
    rules.patternProperties = { '^[a-z][a-z0-9-]*/[a-z][a-z0-9-]*$': { enum: [...SEVERITIES, 'off'] } };
  return {
    ...schema,
    title: 'Configuration of mi-audit',
  };
}

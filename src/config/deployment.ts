import { z } from './zod.js';

const COUNT = 'must be a whole number from 1 on';
const count = z.int({ error: COUNT }).min(1, COUNT);

const variable = z.string().regex(/^[A-Za-z_]\w*$/, 'must be the name of a variable: letters, digits and underscores');

/** How production runs. It goes before what deployment descriptors say. */
export const deployment = z
  .strictObject({
    instances: z
      .union([count, z.record(z.string().min(1), count)], {
        error: 'must be a whole number from 1 on, or an object of such numbers by the names of workloads: { "web": 3 }',
      })
      .optional()
      .describe('How many instances run: of everything, or by the name of a workload or process: { "web": 3 }.'),
    strategy: z
      .enum(['rolling', 'recreate'])
      .optional()
      .describe(
        'Whether a deploy starts the new version beside the old one ("rolling"), or stops the old one first ("recreate").',
      ),
    sharedVolumes: z
      .array(
        z
          .string()
          .min(1)
          .refine((path) => !/[*?]/.test(path), 'a pattern cannot stand for a folder'),
      )
      .optional()
      .describe(
        'Folders that every instance sees, wherever it runs: paths in the container, or relative to the root of the project.',
      ),
    databaseMaxConnections: count.optional().describe('How many connections the database takes in all.'),
    environment: z
      .record(variable, z.string(), {
        error: ({ code }) =>
          code === 'invalid_key' ? 'its name must be that of a variable: letters, digits and underscores' : undefined,
      })
      .optional()
      .describe('Variables that are set in production: { "SESSION_STORE": "redis" }.'),
  })
  .describe('How production runs, where the deployment descriptors do not say or say otherwise.');

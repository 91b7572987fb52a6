import { defineConfig } from 'vitest/config';

// MI_AUDIT_TEST_REPORT names a file for a machine-readable report; `.ci/run` counts from it.
const report = process.env.MI_AUDIT_TEST_REPORT;

const FIXTURES = ['fixtures', 'link-fixtures', 'pages', 'knowledge', 'formats', 'patterns', 'fuzz', 'unread'].map(
  (name) => `test/${name}.test.ts`,
);

export default defineConfig({
  test: {
    // All processors: the default leaves one aside, which is half of a small machine.
    maxWorkers: '100%',
    reporters: report ? ['default', 'json'] : ['default'],
    ...(report ? { outputFile: { json: report } } : {}),
    projects: [
      {
        test: {
          name: 'modules',
          include: ['src/**/*.test.ts', 'rules/**/*.test.ts'],
          exclude: ['src/cli/**'],
          // A busy machine takes its time; what hangs is still found.
          testTimeout: 30_000,
        },
      },
      {
        // Rules and linker over small applications, straight from the sources.
        test: {
          name: 'fixtures',
          include: FIXTURES,
          testTimeout: 60_000,
        },
      },
      {
        // These run the built tool, so that dist/ has to be what the sources say.
        test: {
          name: 'tool',
          include: ['src/cli/**/*.test.ts', 'test/**/*.test.ts'],
          exclude: FIXTURES,
          globalSetup: ['test/build.setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});

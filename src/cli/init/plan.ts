import type { Ci, Hook, Look, PackageManager } from './look.js';

export interface Wishes {
  readonly config: 'json' | 'ts';
  readonly baseline: boolean;
  readonly ci?: Ci | undefined;
  readonly hook?: Hook | undefined;
}

/** A file to be written; where there is one already, what a person should add to it. */
export interface Step {
  readonly file: string;
  readonly text: string;
  readonly executable?: true;
  /** What to add by hand where the file is there already; without it there is nothing to add. */
  readonly addition?: string;
}

const EXEC: Readonly<Record<PackageManager, string>> = {
  npm: 'npx --no-install mi-audit',
  pnpm: 'pnpm exec mi-audit',
  yarn: 'yarn mi-audit',
  bun: 'bunx mi-audit',
};
const ADD: Readonly<Record<PackageManager, string>> = {
  npm: 'npm install --save-dev mi-audit',
  pnpm: 'pnpm add --save-dev mi-audit',
  yarn: 'yarn add --dev mi-audit',
  bun: 'bun add --dev mi-audit',
};

export function installCommand({ manager }: Look): string {
  return ADD[manager];
}

/** What to write, in order. Nothing is read or written here. */
export function planOf(look: Look, wishes: Wishes): Step[] {
  const run = EXEC[look.manager];
  return [
    ...(look.configuration === undefined ? [configStep(wishes.config)] : []),
    ...(wishes.ci === 'github' ? [githubStep(look.manager, run)] : []),
    ...(wishes.ci === 'gitlab' ? [gitlabStep(look.manager, run)] : []),
    ...(wishes.hook ? [hookStep(wishes.hook, run, look)] : []),
  ];
}

function configStep(format: Wishes['config']): Step {
  if (format === 'ts') {
    return {
      file: 'mi-audit.config.ts',
      text: `import { defineConfig } from 'mi-audit';

export default defineConfig({
  // From which severity on the exit code is 1: 'error', 'warning', 'info' or 'never'.
  failOn: 'warning',
  // Severities of single rules, or 'off'; \`mi-audit rules\` lists them.
  rules: {},
  // Severities for some files.
  overrides: [],
  // Rules that neither a comment nor the baseline may silence.
  enforce: [],
  // Files that are not looked at, besides those that git ignores.
  ignores: [],
});
`,
    };
  }
  return {
    file: 'mi-audit.config.jsonc',
    text: `{
  "$schema": "./node_modules/mi-audit/schema.json",
  // From which severity on the exit code is 1: "error", "warning", "info" or "never".
  "failOn": "warning",
  // Severities of single rules, or "off"; \`mi-audit rules\` lists them.
  "rules": {},
  // Severities for some files: { "files": "src/legacy/**", "rules": { "unguarded-cron": "info" } }
  "overrides": [],
  // Rules that neither a comment nor the baseline may silence.
  "enforce": [],
  // Files that are not looked at, besides those that git ignores.
  "ignores": []
}
`,
  };
}

const INSTALL: Readonly<Record<PackageManager, string>> = {
  npm: 'npm ci',
  pnpm: 'pnpm install --frozen-lockfile',
  yarn: 'yarn install --immutable',
  bun: 'bun install --frozen-lockfile',
};

function githubStep(manager: PackageManager, run: string): Step {
  const setup =
    manager === 'bun'
      ? ['      - uses: oven-sh/setup-bun@v2']
      : manager === 'npm'
        ? []
        : ['      - run: corepack enable'];
  return {
    file: '.github/workflows/mi-audit.yml',
    text: [
      'name: mi-audit',
      'on:',
      '  push:',
      '    branches: [main]',
      '  pull_request:',
      'permissions:',
      '  contents: read',
      'jobs:',
      '  mi-audit:',
      '    runs-on: ubuntu-latest',
      '    steps:',
      '      - uses: actions/checkout@v4',
      '      - uses: actions/setup-node@v4',
      '        with:',
      '          node-version: 22',
      ...setup,
      `      - run: ${INSTALL[manager]}`,
      `      - run: ${run}`,
      '',
    ].join('\n'),
  };
}

function gitlabStep(manager: PackageManager, run: string): Step {
  const job = [
    'mi-audit:',
    '  image: node:22',
    '  script:',
    ...(manager === 'npm' || manager === 'bun' ? [] : ['    - corepack enable']),
    ...(manager === 'bun' ? ['    - npm install --global bun'] : []),
    `    - ${INSTALL[manager]}`,
    `    - ${run}`,
    '',
  ].join('\n');
  return { file: '.gitlab-ci.yml', text: job, addition: job };
}

function hookStep(hook: Hook, run: string, { has }: Look): Step {
  const command = `${run} --staged --quiet`;
  switch (hook) {
    case 'husky':
      return { file: '.husky/pre-commit', text: `${command}\n`, executable: true, addition: `${command}\n` };
    case 'lefthook': {
      const text = `pre-commit:\n  commands:\n    mi-audit:\n      run: ${command}\n`;
      const file = ['lefthook.yaml', '.lefthook.yml', '.lefthook.yaml'].find(has) ?? 'lefthook.yml';
      return { file, text, addition: text };
    }
    case 'pre-commit': {
      const repo = [
        '  - repo: local',
        '    hooks:',
        '      - id: mi-audit',
        '        name: mi-audit',
        `        entry: ${command}`,
        '        language: system',
        '        pass_filenames: false',
        '',
      ].join('\n');
      return { file: '.pre-commit-config.yaml', text: `repos:\n${repo}`, addition: repo };
    }
    case 'lint-staged': {
      // As a function it is given no file names: what is audited is what git would commit, all of it.
      const entry = `'*.{js,cjs,mjs,jsx,ts,cts,mts,tsx}': () => '${command}'`;
      const file = LINT_STAGED.find(has) ?? 'lint-staged.config.mjs';
      return { file, text: `export default {\n  ${entry},\n};\n`, addition: `${entry}\n` };
    }
  }
}

const LINT_STAGED = [
  'lint-staged.config.js',
  'lint-staged.config.mjs',
  'lint-staged.config.cjs',
  'lint-staged.config.ts',
  '.lintstagedrc',
  '.lintstagedrc.json',
  '.lintstagedrc.yaml',
  '.lintstagedrc.yml',
  '.lintstagedrc.js',
  '.lintstagedrc.mjs',
  '.lintstagedrc.cjs',
];

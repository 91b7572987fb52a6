import tseslint from 'typescript-eslint';

export default [
  ...tseslint.configs.recommended,
  { files: ['**/*.{js,cjs,mjs,jsx,ts,cts,mts,tsx}'], linterOptions: { reportUnusedDisableDirectives: 'off' } },
];

// @ts-check
import { definePlugin } from 'mi-audit';
import annotations from './annotations.js';
import localFlagOverride from './rules/local-flag-override.js';

export default definePlugin({
  name: 'acme',
  rules: [localFlagOverride],
  collectors: [annotations],
  knowledge: {
    schedulers: [
      {
        api: '@acme/jobs:every',
        callback: { arg: 1 },
        schedule: { arg: 0 },
        source: 'https://acme.example/jobs#every',
      },
    ],
  },
});

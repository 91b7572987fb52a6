import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { testFixtures } from 'mi-audit/rule-tester';
import plugin from '../index.js';

testFixtures(fileURLToPath(new URL('../fixtures/local-flag-override', import.meta.url)), plugin, test);

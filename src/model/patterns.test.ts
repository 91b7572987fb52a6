import picomatch from 'picomatch';
import { describe, expect, it } from 'vitest';
import { isBounded } from './patterns.js';

describe('a pattern', () => {
  it.each([
    'dist',
    '**/*.stories.*',
    '*-*.spec.*',
    '[Ll]og[s]/[Dd]ebug[a-z]*',
    '{src,lib}/**/*.{js,ts,jsx,tsx}',
    'packages/*/src/**/test/**/*.ts',
    'report.[0-9]*.[0-9]*.[0-9]*.[0-9]*.json',
  ])('%s is one that people write', (pattern) => {
    expect(isBounded(pattern)).toBe(true);
  });

  it.each([
    '*a*a*a*b',
    '*a*[a]*a*b',
    '*ab*ab*ab*ab*b',
    '+(a|b)*a*a*b',
    '+(a|+(a|+(a|b)))',
    '**/a/**/a/**/a/**/b',
    '{1..999}{1..999}',
    'a'.repeat(1001),
  ])('%s could keep whoever matches it', (pattern) => {
    expect(isBounded(pattern)).toBe(false);
  });

  it.each([
    ['*a*a*b', 'a'.repeat(250)],
    ['*ab*ab*ab*abc', 'ab'.repeat(125)],
    ['report.[0-9]*.[0-9]*.[0-9]*.[0-9]*.json', `report.${'1.'.repeat(120)}`],
    ['**/a/**/a/**/b', Array.from({ length: 100 }, () => 'a').join('/')],
  ])('%s is decided at once', (pattern, name) => {
    expect(isBounded(pattern)).toBe(true);
    const began = process.cpuUsage();
    expect(picomatch(pattern, { dot: true })(name)).toBe(false);
    // A hundred times what it takes.
    expect(process.cpuUsage(began).user).toBeLessThan(5_000_000);
  });
});

import { describe, expect, it } from 'vitest';
import { parseShell } from './shell.js';

describe('parseShell', () => {
  it.each<[string, string[][]]>([
    ['node dist/server.js', [['node', 'dist/server.js']]],
    ['tsc && node .', [['tsc'], ['node', '.']]],
    ['a | b; c & d || e', [['a'], ['b'], ['c'], ['d'], ['e']]],
    ['NODE_ENV=production node a.js --port=80', [['node', 'a.js', '--port=80']]],
    ['concurrently "npm:dev:*" \'tsc -w\'', [['concurrently', 'npm:dev:*', 'tsc -w']]],
    [
      '(cd api && node a.js)',
      [
        ['cd', 'api'],
        ['node', 'a.js'],
      ],
    ],
    [
      'if [ -f a ]; then node a.js; fi',
      [
        ['[', '-f', 'a', ']'],
        ['node', 'a.js'],
      ],
    ],
    ['node a.js > log.txt 2>&1', [['node', 'a.js']]],
    ['exec node "my app/a b.js"', [['exec', 'node', 'my app/a b.js']]],
    [
      'export TOKEN="$A b" PORT=80 && node a.js',
      [
        ['export', 'TOKEN=$A b', 'PORT=80'],
        ['node', 'a.js'],
      ],
    ],
    [
      'export TOKEN && declare -x A=',
      [
        ['export', 'TOKEN'],
        ['declare', '-x', 'A='],
      ],
    ],
    ['', []],
    ['   ', []],
    ['# nothing', []],
  ])('splits %j into commands', (line, commands) => {
    expect(parseShell(line)).toEqual(commands);
  });

  it.each<[string, string[][]]>([
    ['echo "open', [['echo', 'open']]],
    ['node a.js && (', [['node', 'a.js']]],
    ['&& &&', []],
    [')(', []],
  ])('takes from the broken line %j what there is', (line, commands) => {
    expect(parseShell(line)).toEqual(commands);
  });
});

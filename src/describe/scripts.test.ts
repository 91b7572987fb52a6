// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the files that are read here hold variables.
import { describe, expect, it } from 'vitest';
import { told } from '../../test/deployment-text.js';

describe('scripts and variables', () => {
  it('reads a shell script', async () => {
    const { lines, purpose, why, problems } = await told({
      'start.sh': [
        '#!/bin/sh',
        'set -e',
        'if [ "$CF_INSTANCE_INDEX" = "0" ]; then',
        '  npm run migrate',
        '  npm run seed',
        'elif [[ $MODE == worker ]]; then',
        '  exec node worker.js',
        'else',
        '  echo waiting',
        'fi',
        '[ -n "$DEBUG" ] && node debug.js',
        '[ -n "$QUIET" ] || node loud.js',
        'case "$ROLE" in',
        '  web|api) run_web ;;',
        '  *) node other.js & ;;',
        'esac',
        'setup() { npm ci; }',
        'setup',
        'A=1 B="x $Y" node a.js --p "${PORT:-3000}" > out.log 2>&1',
        'node a.js | pino',
        'exec "$@"',
        '',
      ].join('\n'),
    });
    expect(`${purpose}: ${why}`).toBe('unknown: nothing says whether it is for production');
    expect(lines).toEqual([
      'start (shell) @1:1',
      '  set -e @2:1',
      '  npm run migrate if [ $CF_INSTANCE_INDEX = 0 ] @4:3',
      '  npm run seed if [ $CF_INSTANCE_INDEX = 0 ] @5:3',
      '  exec node worker.js if not [ $CF_INSTANCE_INDEX = 0 ] and [[ $MODE == worker ]] @7:3',
      '  echo waiting if not [ $CF_INSTANCE_INDEX = 0 ] and not [[ $MODE == worker ]] @9:3',
      '  node debug.js if [ -n $DEBUG ] @11:20',
      '  node loud.js if not [ -n $QUIET ] @12:20',
      '  run_web if case $ROLE in web api @14:12',
      '  node other.js & if case $ROLE in * @15:6',
      '  npm ci @17:11',
      '  A=1 B=? node a.js --p ${PORT:-3000} > out.log @19:1',
      '  node a.js @20:1',
      '  pino @20:13',
      '  exec $@ @21:1',
    ]);
    expect(problems).toEqual([]);
  });

  it('reads the scripts of a package', async () => {
    const { lines, purpose, why, problems } = await told({
      'package.json': [
        '{',
        '  "scripts": {',
        '    "start": "npm run build && node dist/server.js",',
        '    "migrate": "knex migrate:latest"',
        '  }',
        '}',
        '',
      ].join('\n'),
    });
    expect(`${purpose}: ${why}`).toBe('unknown: a script is for what it is started for');
    expect(lines).toEqual([
      'start (shell, start) @3:14',
      '  npm run build @3:15',
      '  node dist/server.js @3:32',
      'start (shell, migrate) @4:16',
      '  knex migrate:latest @4:17',
    ]);
    expect(problems).toEqual([]);
  });

  it('reads variables', async () => {
    const { lines, purpose, why, problems } = await told({
      '.env.production': [
        '# a comment',
        'NODE_ENV=production',
        'export PORT = 3000 # the port',
        'KEY="-----BEGIN',
        'a',
        '-----END"',
        'URL=http://${HOST}/',
        'EMPTY=',
        "SINGLE='$NOT'",
        '',
      ].join('\n'),
    });
    expect(`${purpose}: ${why}`).toBe('production: its name says `production`');
    expect(lines).toEqual([
      'NODE_ENV=production @2:1',
      'PORT=3000 @3:8',
      'KEY=-----BEGIN\na\n-----END @4:1',
      'URL=? @7:1',
      'EMPTY= @8:1',
      'SINGLE=$NOT @9:1',
    ]);
    expect(problems).toEqual([]);
  });

  it('reads variables of an example', async () => {
    const { lines, purpose, why, problems } = await told({ '.env.example': ['A=1', ''].join('\n') });
    expect(`${purpose}: ${why}`).toBe('unknown: it is an example');
    expect(lines).toEqual(['A=1 @1:1']);
    expect(problems).toEqual([]);
  });

  it('survives a script that is cut off', async () => {
    const { lines, problems } = await told({
      'start.sh': ['#!/bin/sh', 'npm run migrate', 'if [ -f a ]; then', '  node a.js', ''].join('\n'),
    });
    expect(lines).toEqual(['start (shell, unknown) @1:1', '  npm run migrate @2:1', '  node a.js if [ -f a ] @4:3']);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain("note start.sh:5:1 cannot be read as a shell script: expected 'fi' to close 'if'.");
  });

  it('survives a quote that is left open', async () => {
    const { lines, problems } = await told({ 'start.sh': ['#!/bin/bash', 'node a.js', 'echo "open', ''].join('\n') });
    expect(lines).toEqual(['start (shell, unknown) @1:1', '  node a.js @2:1', '  echo open\n @3:1']);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain('note start.sh:3:6 cannot be read as a shell script: unterminated double quote.');
  });
});

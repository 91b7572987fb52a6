// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the files that are read here hold variables.
import { describe, expect, it } from 'vitest';
import { told } from '../../test/deployment-text.js';

describe('lists of what is started', () => {
  it('reads a Procfile', async () => {
    const { lines, purpose, why, problems } = await told({
      Procfile: [
        'web: npm start',
        'worker: node worker.js & node other.js',
        '# a comment',
        'release: ./node_modules/.bin/knex migrate:latest',
        'clock: node cron.js',
        '',
      ].join('\n'),
    });
    expect(`${purpose}: ${why}`).toBe('production: the platform starts what it names');
    expect(lines).toEqual([
      'process type web: web, own @1:1',
      '  start (shell) @1:6',
      '    npm start @1:6',
      'process type worker: worker, own @2:1',
      '  start (shell) @2:9',
      '    node worker.js & @2:9',
      '    node other.js @2:26',
      'process type release: release, own @4:1',
      '  release (shell) @4:10',
      '    ./node_modules/.bin/knex migrate:latest @4:10',
      'process type clock: cron, own @5:1',
      '  start (shell) @5:8',
      '    node cron.js @5:8',
    ]);
    expect(problems).toEqual([]);
  });

  it('reads pm2: an ecosystem module', async () => {
    const { lines, purpose, why, problems } = await told({
      'ecosystem.config.js': [
        "const name = 'shop';",
        'module.exports = {',
        '  apps: [',
        '    {',
        '      name,',
        "      script: './server.js',",
        "      args: '--port 3000',",
        "      instances: 'max',",
        "      exec_mode: 'cluster',",
        '      kill_timeout: 5000,',
        '      cwd: process.env.HOME,',
        "      env: { NODE_ENV: 'development' },",
        "      env_production: { NODE_ENV: 'production', KEY: process.env.KEY },",
        '    },',
        "    { name: 'worker', script: 'npm', args: ['run', 'worker'], instances: 2 },",
        "    { name: 'nightly', script: 'report.js', cron_restart: '0 3 * * *', autorestart: false },",
        '  ],',
        '};',
        '',
      ].join('\n'),
    });
    expect(`${purpose}: ${why}`).toBe('production: it sets NODE_ENV to `production`');
    expect(lines).toEqual([
      'cluster process shop: unknown, own @1:14',
      '  instances {"min":2} @8:18',
      '  NODE_ENV=production @13:35',
      '  KEY=? @13:54',
      '  grace 5 @10:21',
      '  start (exec) @6:15',
      '    node ./server.js --port 3000 @6:15',
      'cluster process worker: worker, own @15:13',
      '  instances {"min":2,"max":2} @15:74',
      '  start (exec) @15:31',
      '    npm run worker @15:32',
      'process nightly: cron, own @16:13',
      '  schedule 0 3 * * * @16:59',
      '  start (exec) @16:32',
      '    node report.js @16:32',
    ]);
    expect(problems).toEqual([]);
  });

  it('reads pm2: TypeScript', async () => {
    const { lines, purpose, why, problems } = await told({
      'ecosystem.config.ts': [
        "export default { apps: [{ script: 'dist/server.js', interpreter: 'bun', instances: 4 }] } satisfies Config;",
        '',
      ].join('\n'),
    });
    expect(`${purpose}: ${why}`).toBe('production: pm2 starts what it names');
    expect(lines).toEqual([
      'process dist/server.js: web, own @1:35',
      '  instances {"min":4,"max":4} @1:84',
      '  start (exec) @1:35',
      '    bun dist/server.js @1:35',
    ]);
    expect(problems).toEqual([]);
  });

  it('reads pm2: JSON', async () => {
    const { lines, purpose, why, problems } = await told({
      'pm2.json': [
        '{ "apps": [{ "name": "shop", "script": "server.js", "instances": 1, "exec_mode": "fork" }] }',
        '',
      ].join('\n'),
    });
    expect(`${purpose}: ${why}`).toBe('production: pm2 starts what it names');
    expect(lines).toEqual([
      'process shop: unknown, own @1:22',
      '  instances {"min":1,"max":1} @1:66',
      '  start (exec) @1:40',
      '    node server.js @1:40',
    ]);
    expect(problems).toEqual([]);
  });

  it('survives a Procfile with a line that is none', async () => {
    const { lines, problems } = await told({ Procfile: ['web: node a.js', 'nonsense', ''].join('\n') });
    expect(lines).toEqual(['process type web: web, own @1:1', '  start (shell) @1:6', '    node a.js @1:6']);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(
      'error Procfile:2:1 cannot be read as a Procfile: a name and a colon are expected here.',
    );
  });

  it('survives a module that is cut off', async () => {
    const { lines, problems } = await told({
      'ecosystem.config.js': ['module.exports = { apps: [{ script: "a.js", instances: 2 '].join('\n'),
    });
    expect(lines).toEqual([
      'cluster process a.js: unknown, own @1:37',
      '  instances {"min":2,"max":2} @1:56',
      '  start (exec) @1:37',
      '    node a.js @1:37',
    ]);
    expect(problems).toEqual([]);
  });
});

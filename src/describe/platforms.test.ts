// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the files that are read here hold variables.
import { describe, expect, it } from 'vitest';
import { told } from '../../test/deployment-text.js';

describe('what platforms are told', () => {
  it('reads Cloud Foundry: applications and their processes', async () => {
    const { lines, purpose, why, problems } = await told({
      'manifest.yml': [
        '---',
        'applications:',
        '- name: shop',
        '  instances: 2',
        '  command: npm run migrate && exec node server.js',
        '  health-check-type: http',
        '  health-check-http-endpoint: /health',
        '  readiness-health-check-http-endpoint: /ready',
        '  env:',
        '    NODE_ENV: production',
        '    TOKEN: ((token))',
        '  services: [db, { name: cache }]',
        '- name: other',
        '  docker: { image: acme/other }',
        '  processes:',
        '  - type: web',
        '    instances: 1',
        '  - type: worker',
        '    instances: 3',
        '    command: node worker.js',
        '',
      ].join('\n'),
    });
    expect(`${purpose}: ${why}`).toBe('production: it sets NODE_ENV to `production`');
    expect(lines).toEqual([
      'application shop: web, own @3:9',
      '  instances {"min":2,"max":2} @4:14',
      '  NODE_ENV=production @10:15',
      '  TOKEN=? @11:12',
      '  variables from db @12:14',
      '  variables from cache @12:26',
      '  probe health /health @7:31',
      '  probe readiness /ready @8:41',
      '  start (shell) @5:12',
      '    npm run migrate @5:12',
      '    exec node server.js @5:31',
      'process other/web: web, whose? @16:11',
      '  image acme/other @14:20',
      '  instances {"min":1,"max":1} @17:16',
      'process other/worker: worker, whose? @18:11',
      '  image acme/other @14:20',
      '  instances {"min":3,"max":3} @19:16',
      '  start (shell) @20:14',
      '    node worker.js @20:14',
    ]);
    expect(problems).toEqual([]);
  });

  it('reads Heroku: a formation', async () => {
    const { lines, purpose, why, problems } = await told({
      'app.json': [
        '{',
        '  "name": "shop",',
        '  "formation": { "web": { "quantity": 2 }, "worker": { "quantity": 1, "size": "basic" } },',
        '  "env": { "SECRET": { "generator": "secret" }, "MODE": "x" },',
        '  "scripts": { "postdeploy": "npm run seed" }',
        '}',
        '',
      ].join('\n'),
    });
    expect(`${purpose}: ${why}`).toBe('production: it is deployed to Heroku');
    expect(lines).toEqual([
      'SECRET=? @4:22',
      'MODE=x @4:57',
      'release (shell) @5:30',
      '  npm run seed @5:31',
      'process type web: web, own @3:18',
      '  instances {"min":2,"max":2} @3:39',
      '  SECRET=? @4:22',
      '  MODE=x @4:57',
      'process type worker: worker, own @3:44',
      '  instances {"min":1,"max":1} @3:68',
      '  SECRET=? @4:22',
      '  MODE=x @4:57',
    ]);
    expect(problems).toEqual([]);
  });

  it('reads Render: services', async () => {
    const { lines, purpose, why, problems } = await told({
      'render.yaml': [
        'services:',
        '  - type: web',
        '    name: shop',
        '    runtime: docker',
        '    dockerfilePath: ./docker/Dockerfile',
        '    numInstances: 2',
        '    dockerCommand: node server.js',
        '    preDeployCommand: npm run migrate',
        '    healthCheckPath: /health',
        '    disk: { name: data, mountPath: /data, sizeGB: 1 }',
        '    maxShutdownDelaySeconds: 60',
        '    envVars:',
        '      - { key: NODE_ENV, value: production }',
        '      - { key: SECRET, generateValue: true }',
        '      - fromGroup: common',
        '  - type: worker',
        '    name: jobs',
        '    runtime: node',
        '    startCommand: node worker.js',
        '    scaling: { minInstances: 1, maxInstances: 3 }',
        '  - type: cron',
        '    name: report',
        '    schedule: 0 3 * * *',
        '    startCommand: node report.js',
        '  - type: keyvalue',
        '    name: cache',
        '  - type: web',
        '    name: site',
        '    runtime: static',
        '',
      ].join('\n'),
    });
    expect(`${purpose}: ${why}`).toBe('production: it sets NODE_ENV to `production`');
    expect(lines).toEqual([
      'service shop: web, own @3:11',
      '  build docker/Dockerfile @5:21',
      '  instances {"min":2,"max":2} @6:19',
      '  NODE_ENV=production @13:9',
      '  SECRET=? @14:9',
      '  variables from common @15:20',
      '  volume /data: instance, keeps (data) @10:11',
      '  probe health /health @9:22',
      '  grace 60 @11:30',
      '  start (shell) @7:20',
      '    node server.js @7:20',
      '  release (shell) @8:23',
      '    npm run migrate @8:23',
      'service jobs: worker, own @17:11',
      '  instances {"min":1,"max":3} @20:47',
      '  autoscaled @20:47',
      '  start (shell) @19:19',
      '    node worker.js @19:19',
      'service report: cron, own @22:11',
      '  schedule 0 3 * * * @23:15',
      '  start (shell) @24:19',
      '    node report.js @24:19',
    ]);
    expect(problems).toEqual([]);
  });

  it('reads App Engine: a service', async () => {
    const { lines, purpose, why, problems } = await told({
      'app.yaml': [
        'runtime: nodejs22',
        'service: api',
        'entrypoint: node server.js',
        'automatic_scaling:',
        '  min_instances: 1',
        '  max_instances: 5',
        'network: { session_affinity: true }',
        'env_variables: { NODE_ENV: production }',
        'readiness_check: { path: /ready }',
        '',
      ].join('\n'),
    });
    expect(`${purpose}: ${why}`).toBe('production: it sets NODE_ENV to `production`');
    expect(lines).toEqual([
      'service api: web, own @2:10',
      '  instances {"min":1,"max":5} @6:18',
      '  autoscaled @6:18',
      '  NODE_ENV=production @8:28',
      '  probe readiness /ready @9:26',
      '  start (shell) @3:13',
      '    node server.js @3:13',
      'balancer api @7:30',
      '  sticky session_affinity @7:30',
    ]);
    expect(problems).toEqual([]);
  });

  it('reads App Engine: a fixed number', async () => {
    const { lines, purpose, why, problems } = await told({
      'app.yaml': ['runtime: nodejs22', 'manual_scaling: { instances: 1 }', ''].join('\n'),
    });
    expect(`${purpose}: ${why}`).toBe('production: it is deployed to App Engine');
    expect(lines).toEqual(['service default: web, own @1:1', '  instances {"min":1,"max":1} @2:30']);
    expect(problems).toEqual([]);
  });

  it('reads Fly.io: process groups', async () => {
    const { lines, purpose, why, problems } = await told({
      'fly.toml': [
        'app = "shop"',
        'kill_signal = "SIGTERM"',
        'kill_timeout = "30s"',
        '',
        '[build]',
        'dockerfile = "docker/Dockerfile"',
        '',
        '[deploy]',
        'release_command = "npx prisma migrate deploy"',
        'strategy = "bluegreen"',
        '',
        '[env]',
        'NODE_ENV = "production"',
        '',
        '[processes]',
        'web = "node server.js"',
        'worker = "node worker.js"',
        '',
        '[mounts]',
        'source = "data"',
        'destination = "/data"',
        'processes = ["web"]',
        '',
        '[http_service]',
        'internal_port = 3000',
        'auto_stop_machines = "stop"',
        'min_machines_running = 1',
        'processes = ["web"]',
        '',
        '[[http_service.checks]]',
        'path = "/health"',
        '',
        '[checks.alive]',
        'type = "http"',
        'path = "/alive"',
        'processes = ["worker"]',
        '',
      ].join('\n'),
    });
    expect(`${purpose}: ${why}`).toBe('production: it is deployed to Fly.io');
    expect(lines).toEqual([
      'NODE_ENV=production @13:12',
      'process group web: web, own @16:1',
      '  build docker/Dockerfile @6:14',
      '  instances {"min":1} @27:24',
      '  autoscaled @26:22',
      '  update rolling @10:12, order start-first @10:12',
      '  volume /data: instance, keeps (data) @20:10',
      '  probe health /health @31:8',
      '  grace 30 @3:16',
      '  stop signal SIGTERM @2:15',
      '  port 3000 @25:17',
      '  start (exec, arguments) @16:7',
      '    node server.js @16:8',
      '  release (exec) @9:19',
      '    npx prisma migrate deploy @9:20',
      'process group worker: worker, own @17:1',
      '  build docker/Dockerfile @6:14',
      '  update rolling @10:12, order start-first @10:12',
      '  probe health /alive @35:8',
      '  grace 30 @3:16',
      '  stop signal SIGTERM @2:15',
      '  start (exec, arguments) @17:10',
      '    node worker.js @17:11',
      '  release (exec) @9:19',
      '    npx prisma migrate deploy @9:20',
    ]);
    expect(problems).toEqual([]);
  });

  it('reads Fly.io: without groups', async () => {
    const { lines, purpose, why, problems } = await told({
      'fly.toml': [
        "app = 'shop'",
        '[build]',
        'image = "acme/other"',
        '[[services]]',
        'internal_port = 8080',
        'auto_stop_machines = false',
        '[deploy]',
        'strategy = "immediate"',
        '',
      ].join('\n'),
    });
    expect(`${purpose}: ${why}`).toBe('production: it is deployed to Fly.io');
    expect(lines).toEqual([
      'process group shop: web, whose? @1:7',
      '  image acme/other @3:9',
      '  update recreate @8:12',
      '  port 8080 @5:17',
    ]);
    expect(problems).toEqual([]);
  });

  it('reads Railway, as TOML', async () => {
    const { lines, purpose, why, problems } = await told({
      'railway.toml': [
        '[build]',
        'builder = "DOCKERFILE"',
        'dockerfilePath = "/docker/Dockerfile"',
        '',
        '[deploy]',
        'startCommand = "npm run migrate && npm start"',
        'preDeployCommand = ["npm run seed"]',
        'numReplicas = 2',
        'healthcheckPath = "/health"',
        'drainingSeconds = 20',
        '',
      ].join('\n'),
    });
    expect(`${purpose}: ${why}`).toBe('production: it is deployed to Railway');
    expect(lines).toEqual([
      'service service: web, own @5:2',
      '  build docker/Dockerfile @3:18',
      '  instances {"min":2,"max":2} @8:15',
      '  probe health /health @9:19',
      '  grace 20 @10:19',
      '  start (shell) @6:16',
      '    npm run migrate @6:17',
      '    npm start @6:36',
      '  release (shell) @7:21',
      '    npm run seed @7:22',
    ]);
    expect(problems).toEqual([]);
  });

  it('reads Railway, as JSON', async () => {
    const { lines, purpose, why, problems } = await told({
      'railway.json': [
        '{ "deploy": { "startCommand": "node report.js", "cronSchedule": "0 3 * * *",',
        '  "multiRegionConfig": { "us": { "numReplicas": 1 }, "eu": { "numReplicas": 2 } } } }',
        '',
      ].join('\n'),
    });
    expect(`${purpose}: ${why}`).toBe('production: it is deployed to Railway');
    expect(lines).toEqual([
      'service service: cron, own @1:3',
      '  instances {"min":3,"max":3} @2:3',
      '  schedule 0 3 * * * @1:65',
      '  start (shell) @1:31',
      '    node report.js @1:32',
    ]);
    expect(problems).toEqual([]);
  });

  it('survives TOML that is none', async () => {
    const { lines, problems } = await told({ 'fly.toml': ['app = "shop"', '[http_service', ''].join('\n') });
    expect(lines).toEqual([]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain('error fly.toml:3:1 cannot be read as TOML: Unterminated table-key.');
  });

  it('survives JSON with a comma missing', async () => {
    const { lines, problems } = await told({
      'railway.json': ['{ "deploy": { "numReplicas": 2 "startCommand": "x" } }'].join('\n'),
    });
    expect(lines).toEqual([
      'service service: unknown, own @1:3',
      '  instances {"min":2,"max":2} @1:30',
      '  start (shell) @1:48',
      '    x @1:49',
    ]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain('error railway.json:1:32 cannot be read as JSON: comma expected.');
  });

  it('survives YAML that is none', async () => {
    const { lines, problems } = await told({ 'manifest.yml': ['applications:', '  - name: "shop', ''].join('\n') });
    expect(lines).toEqual(['application shop: web, own @2:11']);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain('error manifest.yml:3:1 cannot be read as YAML: Missing closing "quote.');
  });
});

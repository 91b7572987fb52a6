import { describe, expect, it } from 'vitest';
import { readDescriptors } from './descriptors.js';
import { Files } from './read.js';

async function found(texts: Readonly<Record<string, string>>, links: readonly string[] = []) {
  const files = new Files('/', {
    read(absolute) {
      const text = texts[absolute.replaceAll('\\', '/').replace(/^(?:[a-z]:)?\//i, '')];
      if (text === undefined) throw Object.assign(new Error(absolute), { code: 'ENOENT' });
      return new TextEncoder().encode(text);
    },
  });
  return readDescriptors(Object.keys(texts).sort(), new Set(links), files);
}

describe('readDescriptors', () => {
  it.each<[string, string, string | undefined]>([
    ['Dockerfile', 'FROM node', 'dockerfile'],
    ['docker/api.Dockerfile', 'ARG A\nFROM node', 'dockerfile'],
    ['Dockerfile.prod', 'from node', 'dockerfile'],
    ['Containerfile', 'FROM node', 'dockerfile'],
    ['Dockerfile.md', 'how to write one', undefined],
    ['docker-compose.yml', 'services:\n  a: {}', 'compose'],
    ['deploy/stack.yaml', 'version: "3"\nservices:\n  a: {}', 'compose'],
    ['app.yaml', 'runtime: nodejs22', 'app-engine'],
    ['app.yaml', 'apiVersion: apps/v1\nkind: Deployment', 'kubernetes'],
    ['app.yaml', 'title: my app', undefined],
    ['deploy/x.json', '{ "apiVersion": "apps/v1", "kind": "Deployment" }', 'kubernetes'],
    ['k8s/kustomization.yaml', 'resources: []', 'kustomization'],
    ['chart/values.yaml', 'a: 1', 'helm-values'],
    ['manifest.yml', 'applications:\n- name: a', 'cloud-foundry'],
    ['cf-prod.yml', 'applications:\n- name: a', 'cloud-foundry'],
    ['manifest.yml', 'name: a', undefined],
    ['Procfile', 'web: x', 'procfile'],
    ['app.json', '{ "formation": {} }', 'heroku'],
    ['app.json', '{ "expo": {} }', undefined],
    ['fly.toml', 'app = "a"', 'fly'],
    ['fly.staging.toml', 'app = "a"', 'fly'],
    ['render.yaml', 'services:\n  - type: web', 'render'],
    ['railway.json', '{}', 'railway'],
    ['task-definition.json', '{ "containerDefinitions": [] }', 'ecs'],
    ['data/users.json', '{ "apiVersion": "v1", "kind": "User" }', undefined],
    ['pnpm-lock.yaml', 'services:\n', undefined],
    ['infra/stack.json', '{ "AWSTemplateFormatVersion": "2010-09-09" }', 'cloudformation'],
    ['stack.yml', 'AWSTemplateFormatVersion: 2010-09-09', 'cloudformation'],
    ['main.tf', '', 'terraform'],
    ['a.nomad', 'job "a" {}', 'nomad'],
    ['a.hcl', 'job "a" {}', 'nomad'],
    ['a.hcl', 'terraform {}', undefined],
    ['ecosystem.config.cjs', 'module.exports = { apps: [] }', 'pm2'],
    ['process.json', '{ "apps": [] }', 'pm2'],
    ['a.service', '[Unit]', 'systemd'],
    ['user.service', 'export class UserService {}', undefined],
    ['nginx.conf', 'server {}', 'nginx'],
    ['etc/nginx/sites-enabled/shop', 'server { listen 80; }', 'nginx'],
    ['redis.conf', 'port 6379', undefined],
    ['haproxy.cfg', 'backend a', 'haproxy'],
    ['setup.cfg', '[metadata]', undefined],
    ['Caddyfile', 'a.com', 'caddy'],
    ['traefik.yml', 'entryPoints: {}', 'traefik'],
    ['crontab', '', 'crontab'],
    ['etc/cron.d/shop', '', 'crontab'],
    ['.env', 'A=1', 'env'],
    ['.env.production', 'A=1', 'env'],
    ['entrypoint.sh', 'node a.js', 'shell'],
    ['docker-entrypoint', '#!/bin/sh', 'shell'],
    ['src/entrypoint.ts', 'listen()', undefined],
    ['docker/crontab', '', 'crontab'],
    ['src/config.yaml', 'a: 1', undefined],
    ['locales/de.yaml', 'services:\n  a: b', undefined],
    ['node_modules/x/Dockerfile', 'FROM node', undefined],
  ])('takes %s with %j for %s', async (file, text, kind) => {
    expect((await found({ [file]: text })).descriptors.map((one) => one.kind)).toEqual(
      kind === undefined ? [] : [kind],
    );
  });

  it('leaves links, binaries and what is too large alone, and tells the last', async () => {
    const { descriptors, problems } = await found(
      { Dockerfile: 'FROM node', 'a.sh': `node a.js\0`, 'big.sh': 'x'.repeat(600 * 1024), Procfile: 'web: x' },
      ['Dockerfile'],
    );
    expect(descriptors.map(({ file }) => file)).toEqual(['Procfile']);
    expect(problems).toMatchObject([{ kind: 'too-large', level: 'note', file: 'big.sh' }]);
  });
});

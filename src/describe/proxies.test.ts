// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the files that are read here hold variables.
import { describe, expect, it } from 'vitest';
import { told } from '../../test/deployment-text.js';

describe('what proxies are told', () => {
  it('reads nginx: upstreams and addresses', async () => {
    const { lines, purpose, why, problems } = await told({
      'nginx.conf': [
        'http {',
        '  upstream api {',
        '    ip_hash; # by address',
        '    server app1:3000 weight=2;',
        '    server app2:3000;',
        '    keepalive_timeout 75s;',
        '  }',
        '  upstream other { hash $cookie_sid consistent; server 10.0.0.1; }',
        '  upstream plain { server a; }',
        '  server {',
        '    listen 80;',
        '    location / { proxy_pass http://api; }',
        '    location ~ "^/x{2}" { proxy_pass http://127.0.0.1:4000/y; proxy_set_header A "b;c"; }',
        '  }',
        '}',
        '',
      ].join('\n'),
    });
    expect(`${purpose}: ${why}`).toBe('production: a proxy is configured by it');
    expect(lines).toEqual([
      'balancer api @2:12',
      '  sticky ip_hash @3:5',
      '  idle 75 @6:5',
      '  to app1:3000 @4:12',
      '  to app2:3000 @5:12',
      'balancer other @8:12',
      '  sticky hash $cookie_sid @8:20',
      '  to 10.0.0.1 @8:56',
      'balancer plain @9:12',
      '  to a @9:27',
      'balancer 127.0.0.1:4000 @13:38',
      '  to 127.0.0.1:4000 @13:38',
    ]);
    expect(problems).toEqual([]);
  });

  it('reads HAProxy: backends', async () => {
    const { lines, purpose, why, problems } = await told({
      'haproxy.cfg': [
        'defaults',
        '  timeout server 50s # long',
        'frontend www',
        '  bind *:80',
        '  default_backend api',
        'backend api',
        '  balance roundrobin',
        '  cookie SRV insert indirect nocache',
        '  option httpchk GET /health',
        '  server a 10.0.0.1:3000 check cookie a',
        'listen other',
        '  balance source',
        '  timeout http-keep-alive 15000',
        '  server b b:80',
        '',
      ].join('\n'),
    });
    expect(`${purpose}: ${why}`).toBe('production: a proxy is configured by it');
    expect(lines).toEqual([
      'balancer api @6:1',
      '  sticky cookie SRV @8:3',
      '  to 10.0.0.1:3000 @10:3',
      '  probe health /health @9:3',
      'balancer other @11:1',
      '  sticky balance source @12:3',
      '  to b:80 @14:3',
    ]);
    expect(problems).toEqual([]);
  });

  it('reads Caddy: reverse proxies', async () => {
    const { lines, purpose, why, problems } = await told({
      Caddyfile: [
        '{',
        '  email a@b.c',
        '}',
        '(shared) {',
        '  encode gzip',
        '}',
        'shop.example.com, www.example.com {',
        '  reverse_proxy /api/* {$API:localhost:3000} api2:3000 {',
        '    lb_policy cookie sid',
        '    health_uri /health',
        '    transport http {',
        '      keepalive 30s',
        '    }',
        '  }',
        '  handle {',
        '    reverse_proxy web:80',
        '  }',
        '}',
        '',
      ].join('\n'),
    });
    expect(`${purpose}: ${why}`).toBe('production: a proxy is configured by it');
    expect(lines).toEqual([
      'balancer {$API:localhost:3000} @8:3',
      '  sticky cookie @9:5',
      '  idle 30 @12:7',
      '  to {$API:localhost:3000} @8:24',
      '  to api2:3000 @8:46',
      '  probe health /health @10:5',
      'balancer web:80 @16:5',
      '  to web:80 @16:19',
    ]);
    expect(problems).toEqual([]);
  });

  it('reads Traefik: its own file', async () => {
    const { lines, purpose, why, problems } = await told({
      'traefik.yml': [
        'serversTransport:',
        '  forwardingTimeouts: { dialTimeout: 5s, idleConnTimeout: 45s }',
        'http:',
        '  services:',
        '    api:',
        '      loadBalancer:',
        '        sticky: { cookie: {} }',
        '        healthCheck: { path: /health }',
        '        servers: [{ url: "http://app:3000" }]',
        '',
      ].join('\n'),
    });
    expect(`${purpose}: ${why}`).toBe('production: a proxy is configured by it');
    expect(lines).toEqual([
      'balancer api @5:5',
      '  sticky cookie @7:9',
      '  idle 45 @2:59',
      '  to http://app:3000 @9:26',
      '  probe health /health @8:30',
    ]);
    expect(problems).toEqual([]);
  });

  it('survives nginx with a block left open', async () => {
    const { lines, problems } = await told({ 'nginx.conf': ['http {', '  server {', '    listen 80;', ''].join('\n') });
    expect(lines).toEqual([]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(
      "note nginx.conf:2:10 cannot be read as nginx's configuration: a block is not closed.",
    );
  });

  it('survives nginx with a brace too many', async () => {
    const { lines, problems } = await told({
      'nginx.conf': ['upstream a { server b; }', '}', 'server {', ' listen 80; }', ''].join('\n'),
    });
    expect(lines).toEqual(['balancer a @1:10', '  to b @1:21']);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain("note nginx.conf:2:1 cannot be read as nginx's configuration: `}` closes nothing.");
  });

  it('survives a string left open', async () => {
    const { lines, problems } = await told({ Caddyfile: ['a.example.com {', '  respond "x', '}', ''].join('\n') });
    expect(lines).toEqual([]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain('note Caddyfile:2:11 cannot be read as a Caddyfile: a string is not closed.');
  });
});

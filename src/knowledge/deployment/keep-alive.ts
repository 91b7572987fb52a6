import type { BalancerSort, DescriptorKind } from '../../model/deployment.js';

/*
 * How long balancers keep an idle connection to an instance and use it again, and how long servers keep one before they close it.
 * Where the server is first, a request can meet a connection that was just closed.
 */

export interface BalancerIdle {
  readonly sort: BalancerSort;
  /** For messages: "an application load balancer of AWS". */
  readonly name: string;
  /** Where nothing is said. */
  readonly seconds: number;
  /** It keeps connections only where its configuration says so. */
  readonly whenSaid?: true;
  /** It sends what has no effect (GET) once more over a new connection, so that only the rest of the requests fail. */
  readonly retries?: true;
  readonly source: string;
}

/** HAProxy is left out: it uses a connection again for what it can send once more, and for nothing else, unless it is told to. */
export const balancerIdle: readonly BalancerIdle[] = [
  {
    sort: 'alb',
    name: 'an application load balancer of AWS',
    seconds: 60,
    source:
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html: 502 where the application closes first',
  },
  {
    sort: 'elb',
    name: 'a classic load balancer of AWS',
    seconds: 60,
    source: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/config-idle-timeout.html',
  },
  {
    sort: 'gce',
    name: 'a load balancer of Google Cloud',
    seconds: 600,
    source:
      'https://docs.cloud.google.com/load-balancing/docs/https/request-distribution: the backend keepalive timeout is 600 seconds and fixed',
  },
  {
    sort: 'ingress-nginx',
    name: 'the nginx of the ingress',
    seconds: 60,
    retries: true,
    source:
      'kubernetes/ingress-nginx docs/user-guide/nginx-configuration/configmap.md: upstream-keepalive-connections 320, upstream-keepalive-timeout 60, retry-non-idempotent false',
  },
  {
    sort: 'nginx',
    name: 'nginx',
    seconds: 60,
    whenSaid: true,
    retries: true,
    source:
      'nginx src/http/modules/ngx_http_upstream_keepalive_module.c: 60000 where nothing is said; only the newest versions keep 32 by default',
  },
  {
    sort: 'traefik',
    name: 'Traefik',
    seconds: 90,
    retries: true,
    source:
      'traefik pkg/config/static/static_config.go, ForwardingTimeouts.SetDefaults: 90 seconds; traefik/traefik#727: only idempotent requests are sent again',
  },
  {
    sort: 'caddy',
    name: 'Caddy',
    seconds: 120,
    retries: true,
    source: 'caddy modules/caddyhttp/reverseproxy/httptransport.go, NewTransport: IdleConnTimeout of 2 minutes',
  },
];

/** Routers that a platform puts in front of whatever its descriptors describe. */
export const platformIdle: readonly {
  readonly kind: DescriptorKind;
  readonly name: string;
  readonly seconds: number;
  readonly source: string;
}[] = [
  {
    kind: 'cloud-foundry',
    name: 'the router of Cloud Foundry',
    seconds: 90,
    source:
      'unchecked: https://docs.cloudfoundry.org/adminguide/routing-keepalive.html: 90 seconds, where the operator has it keep connections at all',
  },
];

/** Seconds that Node's own server keeps an idle connection; the first entry whose `before` is above the version holds. */
export const nodeKeepAlive: readonly { readonly before?: number; readonly seconds: number; readonly source: string }[] =
  [
    { before: 26, seconds: 5, source: 'https://nodejs.org/docs/latest-v22.x/api/http.html#serverkeepalivetimeout' },
    { seconds: 65, source: 'https://github.com/nodejs/node/pull/62782: 65 seconds from version 26 on' },
  ];

export interface ServerKeepAlive {
  /** A call that is there where it holds. */
  readonly api: string;
  /** For messages. */
  readonly name?: string;
  /** Absent where nothing is known of it: no judgement then. */
  readonly seconds?: number;
  readonly source: string;
}

/** Servers that do not keep connections as Node's own does. */
export const serverKeepAlive: readonly ServerKeepAlive[] = [
  {
    api: 'fastify:()',
    name: 'Fastify',
    seconds: 72,
    source: 'fastify@5.12.8 lib/config-validator.js:1294, keepAliveTimeout 72000',
  },
  {
    api: '@nestjs/platform-fastify:FastifyAdapter()',
    name: 'Fastify',
    seconds: 72,
    source: 'unchecked: @nestjs/platform-fastify hands its options to fastify',
  },
  { api: 'uWebSockets.js:{App,SSLApp}', source: 'it is no server of Node' },
  { api: 'hyper-express:Server()', source: 'uWebSockets.js below' },
  { api: 'elysia:Elysia()', source: 'it runs on Bun as a rule' },
  { api: '{global:Bun.,bun:}serve', source: 'https://bun.com/docs/api/http (unchecked)' },
  { api: 'global:Deno.serve', source: 'https://docs.deno.com/api/deno/~/Deno.serve (unchecked)' },
];

export interface KeepAlivePlace {
  /** A package that is imported, or the server as the table of servers calls it. */
  readonly package?: string;
  readonly server?: string;
  /** For hints, behind "on the HTTP server". */
  readonly words: string;
  readonly source: string;
}

/** Where the HTTP server is found that the time is set on; the first that fits. */
export const keepAlivePlaces: readonly KeepAlivePlace[] = [
  {
    package: 'fastify',
    words: '(`keepAliveTimeout` among the options of `fastify(…)`)',
    source: 'fastify@5.12.8 lib/config-validator.js:1294',
  },
  { server: 'Nest', words: 'that `app.getHttpServer()` gives', source: 'unchecked: @nestjs/core NestApplication' },
  { server: 'Express', words: 'that `listen` returns', source: 'unchecked: express lib/application.js listen' },
  { server: 'Koa', words: 'that `listen` returns', source: 'unchecked: koa lib/application.js listen' },
];

export interface FrameworkKeepAlive {
  /** The words that start it. */
  readonly command: string;
  readonly verb: string;
  /** The option of the command that sets it, in milliseconds. */
  readonly option: string;
  /** The variable that sets it where the framework's own server is started as a file. */
  readonly variable?: string;
  readonly source: string;
}

/** Frameworks that open Node's server themselves, so that nothing of it stands in the application's code. */
export const frameworkKeepAlive: readonly FrameworkKeepAlive[] = [
  {
    command: 'next',
    verb: 'start',
    option: '--keepAliveTimeout',
    variable: 'KEEP_ALIVE_TIMEOUT',
    source: 'next@15.5.29 dist/cli/next-start.js:26, dist/build/utils.js:1318',
  },
];

/** What an option or field is called that says it, of servers; clients have one of the same name. */
export const KEEP_ALIVE_NAME = 'keepAliveTimeout';
export const KEEP_ALIVE_OF_CLIENTS = /^(?:undici|agentkeepalive|global:fetch|@elastic\/|@smithy\/|@aws-sdk\/)/;

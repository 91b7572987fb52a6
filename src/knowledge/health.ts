import type { PluginStyle, Source } from './types.js';

/*
 * How a server tells that it is well: packages that answer probes, and what routes for probes are called.
 */

/** A call that makes a route for health checks. */
export interface HealthKnowledge {
  readonly api: string;
  readonly plugin?: PluginStyle;
  /** Which argument holds the options (for a plugin: of `register`); -1 for none. */
  readonly options: number;
  /** Only with this option. */
  readonly needs?: string;
  /** Not with this option. */
  readonly unless?: string;
  readonly source: Source;
}

export const healthCalls: readonly HealthKnowledge[] = [
  {
    api: '@godaddy/terminus:createTerminus',
    options: 1,
    needs: 'healthChecks',
    source: '@godaddy/terminus@4.12.1 README.md, healthChecks',
  },
  {
    api: 'lightship:createLightship',
    options: 0,
    source: 'lightship@9.0.3 README.md: /health, /live, /ready on port 9000',
  },
  {
    api: '@gquittet/graceful-server:{,GracefulServer}',
    options: 1,
    source: '@gquittet/graceful-server@5.2.17 README.md: /live, /ready',
  },
  { api: 'express-actuator:', options: 0, source: 'express-actuator@1.8.4 README.md: /health' },
  { api: 'express-healthcheck:', options: 0, source: 'express-healthcheck@0.1.0 README.md' },
  {
    api: '@cloudnative/health-connect:{LivenessEndpoint,ReadinessEndpoint,HealthEndpoint}',
    options: -1,
    source: '@cloudnative/health-connect@2.1.0 README.md',
  },
  { api: 'koa-simple-healthcheck:', options: 0, source: 'koa-simple-healthcheck@0.0.1 README.md' },
  {
    api: 'fastify-healthcheck:',
    plugin: 'fastify',
    options: 1,
    unless: 'healthcheckUrlDisable',
    source: 'fastify-healthcheck@5.1.0 README.md: /health',
  },
  {
    api: 'fastify-custom-healthcheck:',
    plugin: 'fastify',
    options: 1,
    source: 'fastify-custom-healthcheck@4.0.0 README.md: /health',
  },
  {
    api: '{@fastify/under-pressure,under-pressure}:',
    plugin: 'fastify',
    options: 1,
    needs: 'exposeStatusRoute',
    source: '@fastify/under-pressure@9.2.0 README.md:159 "{ exposeStatusRoute: true }"',
  },
  { api: 'hapi-alive:', plugin: 'hapi', options: 1, source: 'hapi-alive@2.0.4 README.md: /health' },
  { api: 'hapi-and-healthy:', plugin: 'hapi', options: 1, source: 'hapi-and-healthy@7.1.0 README.md: /service-status' },
  {
    api: '@nestjs/terminus:HealthCheck',
    options: -1,
    source: '@nestjs/terminus@12.1.0 dist/health-check/health-check.decorator.d.ts',
  },
  {
    api: 'graphql-yoga:createYoga',
    options: 0,
    source: 'graphql-yoga@5.24.1 cjs/plugins/use-health-check.js: /health unless healthCheckEndpoint says otherwise',
  },
  {
    api: '{apollo-server,apollo-server-express,apollo-server-koa,apollo-server-fastify,apollo-server-hapi,apollo-server-micro}:ApolloServer().{applyMiddleware,getMiddleware,createHandler}',
    options: 0,
    unless: 'disableHealthCheck',
    source: 'apollo-server-express@3.13.0 src/ApolloServer.ts: /.well-known/apollo/server-health',
  },
  { api: 'parse-server:{,ParseServer}', options: 0, source: 'parse-server@9.10.0 lib/ParseServer.js:323 "/health"' },
  {
    api: 'grpc-health-check:{HealthImplementation,Implementation,addHealthCheckService}',
    options: 0,
    source: 'unchecked: grpc-health-check README.md',
  },
];

/** Packages that answer probes once they are named. */
export const healthPackages: readonly { readonly name: string; readonly source: Source }[] = [
  { name: '@tsed/terminus', source: '@tsed/terminus@8.5.0 readme.md' },
  { name: '@loopback/health', source: '@loopback/health@0.14.8 README.md: /health, /live, /ready' },
  { name: '@adonisjs/core/health', source: 'unchecked: AdonisJS documentation, health checks' },
];

/** The last part of a path that is asked for health: alone it means nothing else. */
export const HEALTH_SEGMENT =
  /^_{0,2}(?:health(?:z|y)?|health[-_]?checks?|health[-_]?status|live(?:z|ness)?|alive|is[-_]?alive|ready(?:z)?|readiness|is[-_]?ready|ping|(?:lb)?heartbeat|status(?:z)?|server[-_]?(?:status|health)|service[-_]?status|up|uptime|monitoring|probe|diagnostics|actuator|healthcheck\w*)(?:__|\.(?:json|txt|html|php))?$/i;
/** Files whose framework makes a route of their name. */
export const HEALTH_FILE =
  /(?:^|\/)(?:_?health(?:z|check|-check)?|livez|readyz|liveness|readiness)(?:\/(?:route|\+server|index))?(?:[._$][\w.$]*)?\.[cm]?[jt]sx?$/i;
/** Clients: what they are told to get is somebody else's route. */
export const HTTP_CLIENT =
  /^(?:axios|got|superagent|supertest|node-fetch|undici|ky|needle|request|request-promise(?:-native)?|bent|phin|@nestjs\/axios|openid-client|wretch|ofetch|cross-fetch)\b|^global:fetch/;
/** Says by itself that it is for probes, whoever else may ask. */
export const SAYS_HEALTH = /health|live|ready|ping|probe/i;
/** What middleware is called that lets nobody pass who has not signed in. */
export const ASKS_WHO =
  /(?:^|[a-z._])(?:(?:is|require|ensure|check|verify|must)\w*(?:Auth|Login|LoggedIn|User|Admin|Member|Token|Session|SignedIn|Permission|Role)|auth(?:enticate|orize|enticated|orized|Middleware|Guard|Required)?|protect(?:ed)?|jwt\w*|passport\.authenticate|restrict\w*)\b/i;

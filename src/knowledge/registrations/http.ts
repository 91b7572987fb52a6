import type { Registration } from '../types.js';

const REQUEST_EVENTS = [
  'onRequest',
  'preParsing',
  'preValidation',
  'preHandler',
  'preSerialization',
  'onError',
  'onSend',
  'onResponse',
  'onTimeout',
  'onRequestAbort',
];
const HAPI_REQUEST = [
  'onRequest',
  'onPreAuth',
  'onCredentials',
  'onPostAuth',
  'onPreHandler',
  'onPostHandler',
  'onPreResponse',
  'onPostResponse',
];
const EXPRESS =
  'express@5.3.0 lib/application.js: every method of node:http, all, use, param, listen (`del` before version 5)';
const FASTIFY = 'fastify@5.12.8 lib/hooks.js:3-21 (hooks), fastify.js:153-165 (methods), lib/route.js';
const KOA = '@koa/router@15.7.0 dist/index.d.ts; koa itself unchecked';
const HAPI =
  '@hapi/hapi@21.4.10 lib/core.js:88 (onPre/onPost), lib/server.js (ext, method, register, route), lib/config.js';

/** Express and what looks like it, Fastify, Koa, Hapi, and signing in. */
export const httpRegistrations: readonly Registration[] = [
  // Express and look-alikes
  {
    api: 'express:{(),Router()}.{get,post,put,patch,delete,del,head,options,all,search}',
    phase: 'request',
    label: '{name} {0}',
    source: EXPRESS,
  },
  // What wraps handlers that are promises is called so: by packages, and by projects that put it on a router of their own.
  {
    api: 'express:{(),Router()}.{getAsync,postAsync,putAsync,patchAsync,deleteAsync,allAsync,headAsync,useAsync}',
    phase: 'request',
    label: '{name} {0}',
    source: '@awaitjs/express@0.9.0 index.js "addAsync"',
  },
  // `app[method](path, handler)`
  { api: 'express:{(),Router()}.[]', phase: 'request', label: 'a route', source: EXPRESS },
  { api: 'express:{(),Router()}.use', phase: 'request', label: 'middleware {0}', source: EXPRESS },
  { api: 'express:{(),Router()}.param', phase: 'request', args: [0, 1], label: 'route parameter {0}', source: EXPRESS },
  {
    api: 'express:().{on,once}',
    phase: 'boot',
    args: [1],
    when: { arg: 0, in: ['mount'] },
    label: 'once the application is mounted',
    source: 'express@5.3.0 lib/application.js:25',
  },
  { api: 'express:().listen', phase: 'boot', label: 'once the server listens', source: EXPRESS },
  {
    api: 'express:{(),Router()}.ws',
    phase: 'socket',
    label: 'websocket {0}',
    source: 'unchecked: express-ws README.md',
  },
  {
    api: '{express-async-handler,express-async-wrap}:',
    phase: 'request',
    args: [0],
    label: 'a request handler',
    source: 'express-async-wrap@1.0.0 package.json',
  },
  {
    api: 'polka:().{get,post,put,patch,delete,head,options,all,use,add}',
    phase: 'request',
    label: '{name} {0}',
    source: 'unchecked: polka README.md',
  },
  { api: 'polka:().listen', phase: 'boot', label: 'once the server listens', source: 'polka@0.5.2 index.js:64' },
  {
    api: 'microrouter:{get,post,put,patch,del,head,options}',
    phase: 'request',
    label: '{name} {0}',
    source: 'microrouter@3.1.3 src/lib/index.js:32',
  },
  {
    api: 'restify:createServer().{get,post,put,patch,del,head,opts,use,pre}',
    phase: 'request',
    label: '{name} {0}',
    source: 'restify@12.0.0 lib/index.js:115',
  },
  {
    api: 'restify:createServer().listen',
    phase: 'boot',
    label: 'once the server listens',
    source: 'restify@12.0.0 lib/index.js:30',
  },
  {
    api: '{router,find-my-way}:().{get,post,put,patch,delete,head,options,all,use,on}',
    phase: 'request',
    label: '{name} {0}',
    source: 'find-my-way@9.10.1 index.d.ts:142',
  },
  { api: 'connect:().use', phase: 'request', label: 'middleware {0}', source: 'connect@3.7.0 index.js:76' },

  // Fastify
  {
    api: 'fastify:().{get,head,post,put,patch,delete,options,all,trace,propfind,report}',
    phase: 'request',
    args: [1, 2],
    label: '{name} {0}',
    source: FASTIFY,
  },
  {
    api: 'fastify:().{get,head,post,put,patch,delete,options,all}',
    phase: 'request',
    args: [1],
    property:
      '{handler,onRequest,preParsing,preValidation,preHandler,preSerialization,onSend,onResponse,onError,wsHandler}',
    label: '{name} {0}',
    source: FASTIFY,
  },
  { api: 'fastify:().[]', phase: 'request', args: [1, 2], label: 'a route', source: FASTIFY },
  {
    api: 'fastify:().route',
    phase: 'request',
    args: [0],
    property:
      '{handler,onRequest,preParsing,preValidation,preHandler,preSerialization,onSend,onResponse,onError,wsHandler}',
    label: 'a route',
    source: FASTIFY,
  },
  {
    api: 'fastify:().addHook',
    phase: 'request',
    args: [1],
    when: { arg: 0, in: REQUEST_EVENTS },
    label: 'hook {0}',
    source: FASTIFY,
  },
  {
    api: 'fastify:().addHook',
    phase: 'boot',
    args: [1],
    when: { arg: 0, in: ['onReady', 'onListen', 'onRoute', 'onRegister'] },
    label: 'hook {0}',
    source: FASTIFY,
  },
  {
    api: 'fastify:().addHook',
    phase: 'shutdown',
    args: [1],
    when: { arg: 0, in: ['onClose', 'preClose'] },
    label: 'hook {0}',
    source: FASTIFY,
  },
  { api: 'fastify:().{setErrorHandler,setNotFoundHandler}', phase: 'request', label: '{name}', source: FASTIFY },
  { api: 'fastify:().addContentTypeParser', phase: 'request', args: [1, 2], label: 'body parser', source: FASTIFY },
  { api: 'fastify:().register', phase: 'boot', args: [0], label: 'a plugin', source: FASTIFY },
  {
    api: 'fastify-plugin:',
    phase: 'boot',
    args: [0],
    label: 'a plugin',
    source: 'fastify-plugin@6.0.1 index.js `function plugin (fn, options)`',
  },
  { api: 'fastify:().{after,ready,listen}', phase: 'boot', label: '{name}', source: FASTIFY },

  // Koa
  { api: 'koa:().use', phase: 'request', label: 'middleware', source: KOA },
  { api: 'koa:().listen', phase: 'boot', label: 'once the server listens', source: KOA },
  {
    api: '@koa/router:().{get,post,put,patch,delete,del,head,options,all,link,unlink}',
    phase: 'request',
    label: '{name} {0}',
    source: KOA,
  },
  { api: '@koa/router:().{use,param,register}', phase: 'request', label: 'middleware {0}', source: KOA },
  {
    api: 'koa-route:{get,post,put,patch,delete,del,head,options,all}',
    phase: 'request',
    args: [1],
    label: '{name} {0}',
    source: 'unchecked: koa-route README.md',
  },
  { api: 'koa-compose:', phase: 'request', args: [0], label: 'middleware', source: 'koa-compose@4.2.0 package.json' },

  // Hapi
  {
    api: '@hapi/hapi:Server().route',
    phase: 'request',
    args: [0],
    property: '{handler,options.handler,config.handler,options.pre,config.pre}',
    label: 'a route',
    source: HAPI,
  },
  {
    api: '@hapi/hapi:Server().ext',
    phase: 'request',
    args: [1],
    when: { arg: 0, in: HAPI_REQUEST },
    label: '{0}',
    source: HAPI,
  },
  {
    api: '@hapi/hapi:Server().ext',
    phase: 'request',
    args: [0],
    property: 'method',
    label: 'a server extension',
    source: HAPI,
  },
  {
    api: '@hapi/hapi:Server().ext',
    phase: 'boot',
    args: [1],
    when: { arg: 0, in: ['onPreStart', 'onPostStart'] },
    label: '{0}',
    source: HAPI,
  },
  {
    api: '@hapi/hapi:Server().ext',
    phase: 'shutdown',
    args: [1],
    when: { arg: 0, in: ['onPreStop', 'onPostStop'] },
    label: '{0}',
    source: HAPI,
  },
  { api: '@hapi/hapi:Server().method', phase: 'request', args: [1], label: 'server method {0}', source: HAPI },
  {
    api: '@hapi/hapi:Server().auth.{strategy,scheme}',
    phase: 'request',
    args: [1, 2],
    property: 'validate',
    label: 'authentication',
    source: HAPI,
  },
  {
    api: '@hapi/hapi:Server().register',
    phase: 'boot',
    args: [0],
    property: '{register,plugin.register,plugin.plugin.register}',
    label: 'a plugin',
    source: HAPI,
  },
  { api: '@hapi/hapi:Server().events.on', phase: 'event', args: [1], label: 'server event {0}', source: HAPI },

  // Authentication
  {
    api: '{passport-local,passport-jwt,passport-google-oauth20,passport-google-oauth,passport-google-oidc,passport-github,passport-github2,passport-gitlab2,passport-facebook,passport-twitter,passport-oauth2,passport-oauth1,passport-oauth,passport-http,passport-http-bearer,passport-openidconnect,passport-saml,@node-saml/passport-saml,passport-ldapauth,passport-azure-ad,passport-custom,passport-apple,passport-discord,passport-steam,passport-auth0,passport-microsoft,passport-linkedin-oauth2,passport-magic-link,passport-magic-login,passport-twitch-new,passport-slack,passport-spotify,passport-bitbucket-oauth2,passport-headerapikey,passport-unique-token,passport-remember-me,passport-anonymous}:{,Strategy,OAuth2Strategy,BasicStrategy,DigestStrategy,BearerStrategy,OIDCStrategy,MultiSamlStrategy,HeaderAPIKeyStrategy,UniqueTokenStrategy}',
    phase: 'request',
    label: 'sign-in',
    source: 'passport-anonymous@1.0.1 package.json',
  },
  {
    api: 'passport:{serializeUser,deserializeUser,transformAuthInfo}',
    phase: 'request',
    label: '{name}',
    source: 'passport@0.7.0 lib/authenticator.js:409',
  },
  {
    api: 'passport:{authenticate,authorize}',
    phase: 'request',
    label: 'sign-in',
    source: 'passport@0.7.0 lib/authenticator.js:201',
  },
];

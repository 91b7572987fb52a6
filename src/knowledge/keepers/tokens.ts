import type { KeeperKnowledge } from '../../model/knowledge.js';

/* What is good once, or for a while: requests of SAML, grants of OAuth, idempotency keys, installations of an app. */

const token = (entry: Omit<KeeperKnowledge, 'concern'>): KeeperKnowledge => ({ concern: 'token', ...entry });

export const tokens: readonly KeeperKnowledge[] = [
  token({
    api: '{@node-saml/node-saml:SAML,@node-saml/passport-saml:Strategy,passport-saml:Strategy}',
    options: 0,
    only: ['validateInResponseTo'],
    off: [{ path: 'validateInResponseTo', is: ['never', false] }],
    stores: ['cacheProvider'],
    default: 'memory',
    note: 'the ids of the requests that were sent are remembered in this process unless a `cacheProvider` is given',
    remedy:
      'Give it `cacheProvider`, an object whose `saveAsync`, `getAsync` and `removeAsync` go to Redis or the database.',
    docs: 'https://github.com/node-saml/passport-saml#cache-provider',
    source:
      '@node-saml/node-saml@5.1.0 lib/saml.js:89 "ValidateInResponseTo.never", :92 "new InMemoryCacheProvider"; passport-saml@3.2.4 the same with a boolean',
  }),
  token({
    api: 'oidc-provider:{,Provider}',
    options: 1,
    stores: ['adapter'],
    default: 'memory',
    note: '`oidc-provider` keeps sessions, codes and grants in its MemoryAdapter unless an `adapter` is given',
    remedy:
      'Give it an `adapter`, a class whose `upsert`, `find`, `consume` and `destroy` go to Redis or the database.',
    docs: 'https://github.com/panva/node-oidc-provider/blob/main/docs/README.md#adapter',
    source: 'oidc-provider@9.13.3 lib/helpers/initialize_adapter.js:9 "adapter = MemoryAdapter"',
  }),
  token({
    api: 'express-idempotency:idempotency',
    options: 0,
    stores: ['dataAdapter'],
    default: 'memory',
    note: '`express-idempotency` keeps keys and answers in memory unless a `dataAdapter` is given',
    remedy: 'Give it a `dataAdapter` over Redis or the database, such as `express-idempotency-mongo-adapter`.',
    source: 'express-idempotency@1.0.6 README.md:111 "The default implementation use in-memory storage"',
  }),
  token({
    api: '@node-idempotency/nestjs:NodeIdempotencyModule.{forRoot,forRootAsync}',
    options: 0,
    only: ['storage'],
    stores: ['storage.adapter'],
    named: { memory: 'memory', redis: 'shared' },
    default: 'memory',
    note: '`@node-idempotency/nestjs` keeps keys and answers with the adapter that `storage` names',
    remedy: "Use `storage: { adapter: 'redis', options: { url } }`.",
    source: '@node-idempotency/nestjs@1.0.4 Readme.md:49 "`storage.adapter` can either be `memory`, `redis`"',
  }),
  token({
    api: '{@slack/bolt:{App,ExpressReceiver,HTTPReceiver},@slack/oauth:InstallProvider}',
    options: 0,
    only: ['clientId'],
    stores: ['installationStore'],
    default: 'memory',
    note: 'the tokens of workspaces that installed the app are kept in memory unless an `installationStore` is given',
    remedy:
      'Give it `installationStore: { storeInstallation, fetchInstallation, deleteInstallation }` over the database.',
    docs: 'https://docs.slack.dev/tools/bolt-js/concepts/authenticating-oauth/',
    source: '@slack/oauth@4.0.0 dist/install-provider.js:60 "installationStore = new MemoryInstallationStore()"',
  }),
];

import type { SettingConversion, SettingGetter, SettingsObject } from './types.js';

/*
 * Where settings come from, and what is said of them there: variables that tell what kind of environment this is, functions
 * that give one setting, and pure conversions through which a setting is seen.
 */

/** Variables whose value for production is known by convention; production is what an audit is about. */
export const modeVariables: readonly { readonly name: string; readonly source: string }[] = [
  {
    name: 'NODE_ENV',
    source:
      'unchecked: https://nodejs.org/en/learn/getting-started/nodejs-the-difference-between-development-and-production',
  },
  { name: 'BUN_ENV', source: 'unchecked: https://bun.sh/docs/runtime/env' },
  { name: 'APP_ENV', source: 'unchecked: a convention of many applications' },
  { name: 'APP_ENVIRONMENT', source: 'unchecked: a convention of many applications' },
  {
    name: 'VERCEL_ENV',
    source: 'unchecked: https://vercel.com/docs/environment-variables/system-environment-variables',
  },
  {
    name: 'NEXT_PUBLIC_VERCEL_ENV',
    source: 'unchecked: https://vercel.com/docs/environment-variables/system-environment-variables',
  },
  { name: 'NUXT_ENV', source: 'unchecked: a convention of many applications' },
];

/** Variables that the platform sets, in the server of an application, and no operator; those without a value nothing sets there. */
export const platformVariables: readonly { readonly name: string; readonly value?: string; readonly source: string }[] =
  [
    {
      name: 'NEXT_RUNTIME',
      value: 'nodejs',
      source: 'unchecked: https://nextjs.org/docs/app/guides/instrumentation, "Importing runtime-specific code"',
    },
    { name: 'JEST_WORKER_ID', source: 'jest-worker@30.5.1 build/index.js:762' },
    { name: 'VITEST', source: 'vitest@4.1.12 dist/chunks/cli-api.B0Pz1_R7.js:3807' },
    { name: 'VITEST_WORKER_ID', source: 'vitest@4.1.12 dist/chunks/init.k9zZ9sLh.js:217' },
    { name: 'VITEST_POOL_ID', source: 'vitest@4.1.12 dist/chunks/init.k9zZ9sLh.js:216' },
  ];

/** Calls that give their argument in another form, and nothing else. */
export const settingConversions: readonly SettingConversion[] = [
  { api: 'global:Boolean', arg: 0, gives: 'boolean', source: 'https://tc39.es/ecma262/#sec-boolean-constructor' },
  {
    api: 'global:{Number,parseInt,parseFloat,Number.parseInt,Number.parseFloat}',
    arg: 0,
    gives: 'number',
    source: 'https://tc39.es/ecma262/#sec-number-constructor',
  },
  { api: 'global:String', arg: 0, gives: 'text', source: 'https://tc39.es/ecma262/#sec-string-constructor' },
  { api: 'global:JSON.parse', arg: 0, gives: 'json', source: 'https://tc39.es/ecma262/#sec-json.parse' },
  { api: 'yn:', arg: 0, gives: 'flag', fallback: { arg: 1, path: 'default' }, source: 'yn@5.1.0 package.json' },
];

/** Functions that give the setting whose name they are handed. */
export const settingGetters: readonly SettingGetter[] = [
  {
    api: '@nestjs/config:ConfigService().get',
    key: 0,
    fallback: 1,
    source: '@nestjs/config@12.0.1 dist/config.module.d.ts:12',
  },
  {
    api: '@nestjs/config:ConfigService().getOrThrow',
    key: 0,
    fallback: 1,
    required: true,
    source: '@nestjs/config@12.0.1 dist/config.service.d.ts:78',
  },
  {
    api: 'config:{get,has}',
    key: 0,
    source: 'config@5.0.1 types/lib/config.d.mts:76',
  },
  { api: '{nconf:get,nconf:Provider().get}', key: 0, source: 'nconf@0.13.0 usage.js:40' },
  {
    api: 'convict:().{get,has}',
    key: 0,
    source: 'convict@6.2.5 src/main.js:406',
  },
  {
    api: 'express:().get',
    key: 0,
    variable: true,
    only: { env: 'NODE_ENV' },
    source: 'express@5.3.0 lib/request.js:47',
  },
  {
    api: 'global:Deno.env.get',
    key: 0,
    variable: true,
    source: 'unchecked: https://docs.deno.com/runtime/reference/env_variables/',
  },
  {
    api: 'env-var:{get,from().get}',
    key: 0,
    variable: true,
    source: 'env-var@7.5.0 env-var.d.ts:291',
  },
];

/** Calls that make an object of settings from the environment. */
export const settingsObjects: readonly SettingsObject[] = [
  {
    packages: ['zod', 'zod/v4', 'zod/v3'],
    ends: '(?:parse\\(\\)|parseAsync\\(\\)|safeParse\\(\\)\\.data)',
    schema: 'receiver',
    reads: 0,
    source: 'unchecked: https://zod.dev/basics',
  },
  {
    packages: ['envalid'],
    ends: 'cleanEnv\\(\\)',
    schema: 1,
    reads: 0,
    source: 'unchecked: https://github.com/af/envalid',
  },
  {
    packages: ['@t3-oss/env-core', '@t3-oss/env-nextjs', '@t3-oss/env-nuxt'],
    ends: 'createEnv\\(\\)',
    schema: 0,
    under: ['server', 'client', 'shared'],
    source: 'unchecked: https://env.t3.gg/docs/core',
  },
];

/** Members of such objects that tell whether this is production. */
export const modeAccessors: readonly {
  readonly package: string;
  readonly member: string;
  readonly production: boolean;
  readonly source: string;
}[] = [
  ...['isProduction', 'isProd'].map((member) => ({ package: 'envalid', member, production: true })),
  ...['isDev', 'isDevelopment', 'isTest'].map((member) => ({ package: 'envalid', member, production: false })),
].map((entry) => ({ ...entry, source: 'unchecked: https://github.com/af/envalid' }));

/** Calls that are handed functions which make settings, under a name of their own or without one. */
export const configurationFactories: readonly {
  readonly api: string;
  readonly method: string;
  readonly named: boolean;
  readonly source: string;
}[] = [
  {
    api: '@nestjs/config:registerAs',
    method: 'registerAs',
    named: true,
    source: '@nestjs/config@12.0.1 dist/utils/register-as.util.d.ts:20',
  },
  {
    api: '@nestjs/config:ConfigModule.forRoot',
    method: 'forRoot',
    named: false,
    source: '@nestjs/config@12.0.1 dist/config.module.d.ts:20',
  },
];

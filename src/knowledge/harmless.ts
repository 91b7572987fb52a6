import type { ValueKnowledge } from './types.js';

const OWN = 'unchecked: the README.md of each';

/**
 * Packages whose calls touch nothing but their own process. What they are handed and call back is followed by itself. An entry is
 * meant with everything below it.
 */
export const harmless: readonly ValueKnowledge[] = [
  {
    api: '{path,util,crypto,os,url,querystring,assert,assert/strict,buffer,string_decoder,perf_hooks,async_hooks,timers,timers/promises,zlib,v8,punycode,constants,diagnostics_channel,module,tty,readline}:',
    source: 'https://nodejs.org/api/',
  },
  { api: 'process:', source: 'https://nodejs.org/api/process.html' },
  {
    api: '{lodash,lodash-es,underscore,ramda,radash,remeda,rambda,es-toolkit,fp-ts,immer,immutable,deepmerge,clone,rfdc,fast-deep-equal,deep-equal,object-hash,fast-json-stable-stringify,flat,dot-prop,p-limit,p-map,p-all,p-retry,p-timeout,p-queue,p-throttle,async-retry,promise-retry,delay,ms,bytes,pretty-bytes,pretty-ms,humanize-duration,semver,compare-versions,natural-orderby,change-case,camelcase,slugify,slug,pluralize,escape-html,he,html-entities,entities,qs,query-string,url-join,normalize-url,mime,mime-types,content-type,color,chalk,picocolors,kleur,colors,async}:',
    source: OWN,
  },
  {
    api: '{lodash.debounce,lodash.throttle,lodash.get,lodash.set,lodash.merge,lodash.clonedeep,lodash.isequal,lodash.groupby,lodash.uniq,lodash.pick,lodash.omit}:',
    source: OWN,
  },
  {
    api: '{moment,moment-timezone,dayjs,luxon,date-fns,date-fns-tz,@date-fns/utc,spacetime,cron-parser,cronstrue,rrule}:',
    source: OWN,
  },
  {
    api: '{uuid,nanoid,ulid,ulidx,cuid,@paralleldrive/cuid2,short-uuid,bcrypt,bcryptjs,argon2,jsonwebtoken,jose,tweetnacl,otplib,speakeasy,hashids,sqids,randomstring,crypto-js}:',
    source: OWN,
  },
  {
    api: '{zod,joi,yup,ajv,validator,class-validator,class-transformer,superstruct,io-ts,valibot,@sinclair/typebox,envalid,convict,reflect-metadata}:',
    source: OWN,
  },
  {
    api: '{handlebars,ejs,pug,mustache,nunjucks,eta,marked,markdown-it,sanitize-html,dompurify,isomorphic-dompurify,cheerio,jsdom,xml2js,fast-xml-parser,yaml,js-yaml,json5,ini,toml,csv-parse,csv-stringify,papaparse,iconv-lite,html-to-text,mjml,juice,qrcode,bignumber.js,decimal.js,big.js,mathjs,i18next,intl-messageformat,iconv,unified,remark,rehype}:',
    source: OWN,
  },
  { api: '{rxjs,rxjs/operators}:', source: 'https://rxjs.dev/api' },
  // Documents in memory; what stores or sends them is a provider's package.
  {
    api: '{yjs,y-protocols,lib0,@automerge/automerge,@hocuspocus/transformer}:',
    source: 'yjs@13.6.33 src/utils/Doc.js',
  },
  {
    api: '{node-cache,lru-cache,quick-lru,memory-cache,mnemonist,tiny-lru,@isaacs/ttlcache,apicache}:',
    source: OWN,
  },
  {
    api: '{@nestjs/config:ConfigService,@nestjs/core:ModuleRef,@nestjs/core:Reflector,@nestjs/schedule:SchedulerRegistry}()',
    source: 'https://docs.nestjs.com/techniques/configuration',
  },
  // Which command it sends says what happens; to take a message, or to say that it is done with, makes no new one.
  {
    api: '@aws-sdk/client-sqs:{SQSClient(),ReceiveMessageCommand,DeleteMessageCommand,DeleteMessageBatchCommand,ChangeMessageVisibilityCommand,GetQueueAttributesCommand,GetQueueUrlCommand}',
    source: '@aws-sdk/client-sqs@3.1169.0 dist-types/commands/index.d.ts',
  },
  { api: '{@sentry/node,@sentry/nextjs,@sentry/core,dd-trace,newrelic,elastic-apm-node}:', source: OWN },
];

/** Packages whose methods say by their names whether they do anything: `emit` may, `on` does not. */
export const telling: readonly string[] = [
  'events',
  'stream',
  'stream/promises',
  'net',
  'ws',
  'express',
  'fastify',
  'koa',
  'hono',
];

/** JavaScript's own functions and constructors, called by name. */
export const harmlessGlobals: readonly string[] = (
  'Array ArrayBuffer BigInt BigInt64Array BigUint64Array Boolean Buffer DataView Date Error EvalError Float32Array Float64Array Function ' +
  'Int8Array Int16Array Int32Array Intl Map Number Object Promise Proxy RangeError ReferenceError RegExp Set String Symbol SyntaxError ' +
  'TypeError URIError Uint8Array Uint8ClampedArray Uint16Array Uint32Array URL URLSearchParams WeakMap WeakRef WeakSet AbortController ' +
  'AbortSignal TextEncoder TextDecoder Headers Request Response FormData Blob File Event EventTarget AggregateError FinalizationRegistry ' +
  'Atomics JSON Math Reflect performance crypto process console parseInt parseFloat isNaN isFinite encodeURIComponent decodeURIComponent ' +
  'encodeURI decodeURI escape unescape structuredClone btoa atob setTimeout setInterval setImmediate clearTimeout clearInterval clearImmediate ' +
  'queueMicrotask require import super __dirname __filename Iterator'
).split(' ');

/**
 * Methods of JavaScript's own objects that hardly anything else has. Words that a store or a service has as well are not among
 * them, and a transaction is what is done in it: on a receiver that is not known, `get`, `set`, `add`, `delete`, `run` or `send` may do anything.
 */
export const harmlessMethods: readonly string[] = (
  'toString toLocaleString valueOf toFixed toPrecision toISOString toJSON toUTCString toDateString toLocaleDateString toLocaleTimeString ' +
  'getTime getFullYear getMonth getDate getDay getHours getMinutes getSeconds getMilliseconds getTimezoneOffset getUTCFullYear getUTCMonth ' +
  'getUTCDate getUTCDay getUTCHours getUTCMinutes setFullYear setMonth setDate setHours setMinutes setSeconds setMilliseconds setTime setUTCHours ' +
  'charAt charCodeAt codePointAt concat endsWith includes indexOf lastIndexOf localeCompare match matchAll normalize padEnd padStart repeat ' +
  'replace replaceAll search slice split startsWith substr substring toLowerCase toUpperCase toLocaleLowerCase toLocaleUpperCase trim trimEnd trimStart ' +
  'every some filter find findIndex findLast findLastIndex flat flatMap forEach map reduce reduceRight join sort reverse splice push pop shift ' +
  'unshift fill at keys values entries has then catch finally hasOwnProperty isPrototypeOf bind json text arrayBuffer blob ' +
  'isBefore isAfter isSame isValid format diff startOf endOf unref ref hasRef $transaction transaction getReader readAsText'
).split(' ');

/** What a logger's variable is called where it cannot be resolved, and the methods it has. */
export const loggerName = '^(?:this\\.)?_?(?:app|req|request|server|fastify|ctx)?\\.?_?\\w*log(?:ger|s)?$|^console$';
export const loggerMethods: readonly string[] =
  'log info warn warning error debug trace fatal verbose silly notice http success child crit critical alert emerg'.split(
    ' ',
  );

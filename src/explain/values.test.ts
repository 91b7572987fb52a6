import { expect, it } from 'vitest';
import { readable } from './values.js';

it.each([
  ['express:', 'the package `express`'],
  ['express:()', '`express()` of the package `express`'],
  ['express:().get', '`express().get` of the package `express`'],
  ['@koa/router:().get', '`router().get` of the package `@koa/router`'],
  ['better-sqlite3:().prepare', '`betterSqlite3().prepare` of the package `better-sqlite3`'],
  ['fs:promises.writeFile', '`promises.writeFile` of the package `fs`'],
  ['global:Map().get', '`Map().get` of JavaScript'],
  ['global:', 'the global object'],
  ['env:REDIS_URL', 'the environment variable `REDIS_URL`'],
  ['unknown:x', '`x` of something unknown'],
  ['express:().get/1.0', 'parameter 1 of the function given as argument 2 to `express().get` of the package `express`'],
  [
    'express:().get/1.0.body',
    '`body` of parameter 1 of the function given as argument 2 to `express().get` of the package `express`',
  ],
])('%s is %s', (api, words) => {
  expect(readable(api)).toBe(words);
});

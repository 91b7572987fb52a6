import { describe, expect, it } from 'vitest';
import { programOf, type Sources, valueText } from '../../test/in-memory.js';

const PACKAGE = { name: 'example', dependencies: { next: '16.0.0', '@strapi/strapi': '5.0.0', sails: '1.5.0' } };

/** What the framework is told at a path, by each file that it reads. */
async function told(api: string, path: string, files: Sources): Promise<string[]> {
  const program = await programOf({ 'package.json': PACKAGE, ...files });
  return program.callsTo([api]).map(({ call }) =>
    program
      .property(call.unit, call.fact.args[0], path.split('.'))
      .map((one) => valueText(program, one))
      .join(' | '),
  );
}

const next = (text: string) => told('next:config', 'cacheHandler', { 'next.config.js': text });

describe('configuration files', () => {
  it.each([
    ['exported whole', "module.exports = { cacheHandler: './a.js' };"],
    ['exported by default', "export default { cacheHandler: './a.js' };"],
    ['by a variable', "const config = { cacheHandler: './a.js' };\nexport default config;"],
    ['through a function', "module.exports = async (phase) => ({ cacheHandler: './a.js' });"],
    [
      'through a call that adds to it',
      "export default require('with-more')({ cacheHandler: './a.js' }, { silent: true });",
    ],
    ['through calls in calls', "export default require('a')({ b: 1 })(require('c')({ cacheHandler: './a.js' }));"],
    ['set later', "const config = {};\nconfig.cacheHandler = './a.js';\nmodule.exports = config;"],
  ])('are read %s', async (_, text) => {
    expect(await next(text)).toEqual(['"./a.js"']);
  });

  it('say nothing where they do not name it', async () => {
    expect(await next('export default { output: "standalone" };')).toEqual(['undefined']);
  });

  it('stay unknown where it is not seen what they export', async () => {
    expect(await next("export default require('./missing.json');")).toEqual(['unknown']);
  });

  it('are put under their name where the framework does so', async () => {
    const files = { 'config/plugins.ts': 'export default ({ env }) => ({ upload: { enabled: false } });' };
    expect(await told('@strapi/strapi:config', 'plugins.upload.enabled', files)).toEqual(['false']);
  });

  it('are read together by what they export, those for all environments first', async () => {
    const files = {
      'config/env/production.js': "module.exports = { session: { adapter: 'redis' } };",
      'config/env/development.js': "module.exports = { session: { adapter: 'none' } };",
      'config/local.js': "module.exports = { session: { adapter: 'mine' } };",
      'config/session.js': "module.exports.session = { adapter: 'memory' };",
    };
    expect(await told('sails:config', 'session.adapter', files)).toEqual(['"memory"', '"redis"']);
  });

  it.each([
    ['of an application without the framework', { 'package.json': { name: 'example' } }],
    ['in another folder than its own', {}, 'examples/next.config.js'],
  ])('are not read %s', async (_, more, file = 'next.config.js') => {
    expect(await told('next:config', 'cacheHandler', { [file]: 'module.exports = {};', ...more })).toEqual([]);
  });
});

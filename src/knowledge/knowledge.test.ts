import { describe, expect, it } from 'vitest';
import { aliases, passThrough } from './aliases.js';
import {
  containerReads,
  containerWraps,
  containerWrites,
  injectionsByName,
  prototypes,
  providerLists,
} from './containers.js';
import { localLocks } from './local-locks.js';
import { debounces, delays, memoryQueues } from './memory-queues.js';
import { memoryLockStores, pooledStatements, redisMethods } from './weak-guards.js';
import { memoClearings, memoryCollections, namedStores } from './memory-collections.js';
import { consumers, ownNames } from './consumers.js';
import { decorators } from './decorators.js';
import { effectMethods } from './effect-methods.js';
import { effects } from './effects.js';
import { guards, instanceIndexVariables, lockShapes, roleSwitchVariables } from './guards.js';
import { emitters } from './emitters.js';
import { brokerUses, eventTaps } from './events.js';
import { baseClasses, fileConventions, functionTypes, lifecycleMethods } from './lifecycle.js';
import { expandPattern, parsePath } from './paths.js';
import { migrationCalls, migrationCommands, migrationMethods, migrationOptions, schemaCalls } from './migrations.js';
import { harmless } from './harmless.js';
import { liveObjects, observers } from './observers.js';
import { optionShapes, registrations } from './registrations.js';
import { schedulers } from './schedulers.js';
import { brokerCalls, localViews, socketServers } from './sockets.js';
import { builtIn } from './keepers/index.js';
import { connectCalls, errorEmitters } from './connections.js';
import { peerCalls } from './peers.js';
import { seedCalls, setupCalls } from './seeds.js';
import { connectionCalls } from './connection-calls.js';
import { pools } from './pools.js';
import { healthCalls } from './health.js';
import { closingCalls, listenCalls, stopHandlers, stopHelpers } from './servers.js';
import { typeAliases } from './type-aliases.js';
import {
  fileWrites,
  folderServing,
  temporaryFolders,
  temporaryPaths,
  uploadMethods,
  uploadStorages,
  uploadedValues,
  uploads,
} from './uploads.js';

/** Every list of API patterns there is, with what tells two entries of one list apart. */
const patterns: Record<string, readonly { readonly pattern: string; readonly key: string }[]> = {
  registrations: registrations.map((entry) => ({
    pattern: entry.api,
    key: `${entry.phase} ${entry.args ?? ''} ${entry.property ?? ''} ${entry.when?.in ?? ''} ${entry.made ?? ''}`,
  })),
  decorators: decorators.map(({ api, on, phase, property }) => ({
    pattern: api,
    key: `${on} ${property ? phase : ''}`,
  })),
  emitters: emitters.map(({ api }) => ({ pattern: api, key: '' })),
  baseClasses: baseClasses.map(({ api }) => ({ pattern: api, key: '' })),
  aliases: aliases.map(({ api }) => ({ pattern: api, key: '' })),
  passThrough: passThrough.map(({ api }) => ({ pattern: api, key: '' })),
  typeAliases: typeAliases.map(({ type }) => ({ pattern: type, key: '' })),
  functionTypes: functionTypes.map(({ type }) => ({ pattern: type, key: '' })),
  effects: effects.map(({ api }) => ({ pattern: api, key: '' })),
  connectCalls: connectCalls.map(({ api }) => ({ pattern: api, key: '' })),
  errorEmitters: errorEmitters.map(({ api }) => ({ pattern: api, key: '' })),
  peerCalls: peerCalls.map(({ api }) => ({ pattern: api, key: '' })),
  seedCalls: seedCalls.map(({ api }) => ({ pattern: api, key: '' })),
  setupCalls: setupCalls.map(({ api }) => ({ pattern: api, key: '' })),
  guards: guards.map(({ api }) => ({ pattern: api, key: '' })),
  pooledStatements: pooledStatements.map(({ api }) => ({ pattern: api, key: '' })),
  memoryLockStores: memoryLockStores.map(({ api }) => ({ pattern: api, key: '' })),
  redisMethods: redisMethods.map(({ api }) => ({ pattern: api, key: '' })),
  localLocks: localLocks.map(({ api }) => ({ pattern: api, key: '' })),
  memoryQueues: memoryQueues.map(({ api }) => ({ pattern: api, key: '' })),
  delays: delays.map(({ api, work }) => ({ pattern: api, key: String(work) })),
  debounces: debounces.map(({ api }) => ({ pattern: api, key: '' })),
  keepers: builtIn.keepers.map(({ api, concern, versions }) => ({ pattern: api, key: `${concern} ${versions ?? ''}` })),
  stores: builtIn.stores.map(({ api }) => ({ pattern: api, key: '' })),
  uploads: uploads.map(({ api }) => ({ pattern: api, key: '' })),
  uploadStorages: uploadStorages.map(({ api }) => ({ pattern: api, key: '' })),
  uploadedValues: uploadedValues.map(({ api }) => ({ pattern: api, key: '' })),
  temporaryFolders: temporaryFolders.map(({ api }) => ({ pattern: api, key: '' })),
  fileWrites: fileWrites.map(({ api }) => ({ pattern: api, key: '' })),
  folderServing: folderServing.map(({ api }) => ({ pattern: api, key: '' })),
  observers: observers.map(({ api }) => ({ pattern: api, key: '' })),
  memoryCollections: memoryCollections.map(({ api }) => ({ pattern: api, key: '' })),
  memoClearings: memoClearings.map(({ api }) => ({ pattern: api, key: '' })),
  namedStores: namedStores.flatMap(({ write, read }) => [write, read].map((pattern) => ({ pattern, key: '' }))),
  containerReads: containerReads.map(({ api }) => ({ pattern: api, key: '' })),
  containerWrites: containerWrites.map(({ api }) => ({ pattern: api, key: '' })),
  containerWraps: containerWraps.map(({ api }) => ({ pattern: api, key: '' })),
  injectionsByName: injectionsByName.map(({ api }) => ({ pattern: api, key: '' })),
  harmless: harmless.map(({ api }) => ({ pattern: api, key: '' })),
  liveObjects: liveObjects.map(({ api }) => ({ pattern: api, key: '' })),
  schedulers: schedulers.map(({ api, callback }) => ({ pattern: api, key: JSON.stringify(callback) })),
  socketServers: socketServers.map(({ api }) => ({ pattern: api, key: '' })),
  socketServerCalls: socketServers.flatMap(({ api, joinedBy = [], reaches = [], tells = [] }) =>
    [...joinedBy.map((one) => one.api), ...reaches, ...tells].map((pattern) => ({ pattern, key: api })),
  ),
  eventTaps: eventTaps.map(({ api }) => ({ pattern: api, key: '' })),
  brokerUses: brokerUses.flatMap(({ made, says }) => says.map((pattern) => ({ pattern, key: made }))),
  consumers: consumers.map(({ api, when }) => ({ pattern: api, key: `${when?.in ?? ''}` })),
  ownNames: ownNames.map((pattern) => ({ pattern, key: '' })),
  localViews: localViews.map(({ api }) => ({ pattern: api, key: '' })),
  brokerCalls: brokerCalls.map((pattern) => ({ pattern, key: '' })),
  connectionCalls: connectionCalls.map(({ api }) => ({ pattern: api, key: '' })),
  pools: pools.map(({ api }) => ({ pattern: api, key: '' })),
  healthCalls: healthCalls.map(({ api }) => ({ pattern: api, key: '' })),
  listenCalls: listenCalls.map(({ api }) => ({ pattern: api, key: '' })),
  closingCalls: closingCalls.map(({ api }) => ({ pattern: api, key: '' })),
  stopHandlers: stopHandlers.map(({ api }) => ({ pattern: api, key: '' })),
  stopHelpers: stopHelpers.map(({ api }) => ({ pattern: api, key: '' })),
  schemaCalls: schemaCalls.map(({ api }) => ({ pattern: api, key: '' })),
  migrationCalls: migrationCalls.map(({ api }) => ({ pattern: api, key: '' })),
  migrationOptions: migrationOptions.map(({ api, path }) => ({ pattern: api, key: path })),
  lockShapes: lockShapes.flatMap((shape) =>
    'api' in shape ? [{ pattern: shape.api, key: JSON.stringify([shape.literal, shape.option]) }] : [],
  ),
};

const targets: Record<string, readonly string[]> = {
  aliases: aliases.map(({ is }) => is),
  typeAliases: typeAliases.map(({ api }) => api),
  functionTypes: functionTypes.flatMap(({ parameters }) => parameters ?? []),
};

const sourced: Record<string, readonly { readonly source: string }[]> = {
  registrations,
  optionShapes,
  decorators,
  emitters,
  baseClasses,
  aliases,
  passThrough,
  functionTypes,
  lifecycleMethods,
  fileConventions,
  effects,
  guards,
  localLocks,
  pooledStatements,
  memoryLockStores,
  redisMethods,
  memoryQueues,
  delays,
  debounces,
  lockShapes,
  instanceIndexVariables,
  keepers: builtIn.keepers,
  stores: builtIn.stores,
  uploads,
  uploadStorages,
  uploadMethods,
  uploadedValues,
  temporaryFolders,
  fileWrites,
  folderServing,
  observers,
  containerReads,
  containerWrites,
  containerWraps,
  injectionsByName,
  providerLists,
  prototypes,
  harmless,
  liveObjects,
  socketServers,
  localViews,
  consumers,
  eventTaps,
  brokerUses,
  schedulers,
  connectionCalls,
  pools,
  healthCalls,
  listenCalls,
  closingCalls,
  stopHandlers,
  stopHelpers,
  schemaCalls,
  migrationCalls,
  migrationOptions,
  migrationCommands,
  migrationMethods,
};

function expanded(pattern: string): readonly string[] {
  const found = expandPattern(pattern);
  if (!found) throw new Error(`braces do not match: ${pattern}`);
  return found;
}

describe('tables', () => {
  it.each(Object.keys(patterns))('%s: every pattern expands to well-formed paths', (name) => {
    const malformed = (patterns[name] ?? []).flatMap(({ pattern }) =>
      expanded(pattern).filter((path) => !parsePath(path)),
    );
    expect(malformed).toEqual([]);
  });

  it.each(Object.keys(patterns))('%s: nothing is said twice', (name) => {
    const seen = new Set<string>();
    const twice: string[] = [];
    for (const { pattern, key } of patterns[name] ?? []) {
      for (const path of expanded(pattern)) {
        const whole = `${path} ${key}`;
        if (seen.has(whole)) twice.push(whole);
        seen.add(whole);
      }
    }
    expect(twice).toEqual([]);
  });

  it.each(Object.keys(targets))('%s: what a path stands for is one well-formed path', (name) => {
    expect((targets[name] ?? []).filter((path) => !parsePath(path) || path.includes('*'))).toEqual([]);
  });

  it.each(Object.keys(sourced))('%s: every entry names its source', (name) => {
    expect((sourced[name] ?? []).filter(({ source }) => source.trim().length < 4)).toEqual([]);
  });
});

describe('aliases', () => {
  const exact = new Map(aliases.flatMap(({ api, is }) => expanded(api).map((path) => [path, is] as const)));
  const wild = [...exact].filter(([from]) => from.includes('*')).map(([from, is]) => ({ from: parsePath(from), is }));

  /** What the linker does at every step: replace until nothing changes. Throws when that has no end. */
  function same(path: string): string {
    let at = path;
    for (let turns = 0; turns < 20; turns++) {
      const steps = parsePath(at);
      const next =
        exact.get(at) ??
        wild.find(
          ({ from }) =>
            from?.package === steps?.package &&
            from?.steps.length === steps?.steps.length &&
            from?.steps.every((step, index) => step === '.*' || step === steps?.steps[index]),
        )?.is;
      if (next === undefined || next === at) return at;
      at = next;
    }
    throw new Error(`${path} has no end`);
  }

  function spelled(path: string): string {
    const parsed = parsePath(path);
    if (!parsed) return '';
    return parsed.steps.reduce(
      (at, step) => same(at.endsWith(':') && step.startsWith('.') ? at + step.slice(1) : at + step),
      same(`${parsed.package}:`),
    );
  }

  it('come to an end', () => {
    for (const path of exact.keys()) expect(() => same(path)).not.toThrow();
  });

  it.each(Object.keys(patterns).filter((name) => !['aliases', 'typeAliases', 'functionTypes'].includes(name)))(
    '%s use the spelling that aliases lead to',
    (name) => {
      // An entry spelled otherwise would never match.
      const unreachable = (patterns[name] ?? []).flatMap(({ pattern }) =>
        expanded(pattern).filter((path) => spelled(path) !== path),
      );
      expect(unreachable).toEqual([]);
    },
  );

  it.each(Object.keys(targets))('%s lead to that spelling', (name) => {
    expect((targets[name] ?? []).filter((path) => spelled(path) !== path)).toEqual([]);
  });
});

describe('regular expressions and words', () => {
  it('compile', () => {
    for (const { receiver } of effectMethods) if (receiver) expect(() => new RegExp(receiver, 'i')).not.toThrow();
    for (const { files } of fileConventions) expect(() => new RegExp(files)).not.toThrow();
    for (const { receiver } of uploadMethods) expect(() => new RegExp(receiver, 'i')).not.toThrow();
    for (const { receiver } of migrationMethods) if (receiver) expect(() => new RegExp(receiver, 'i')).not.toThrow();
    for (const shape of lockShapes) if ('sql' in shape) expect(() => new RegExp(shape.sql, 'i')).not.toThrow();
  });

  it('tell a speaking receiver from a plain one', () => {
    const believed = (method: string, receiver: string) =>
      effectMethods.some(
        (entry) => entry.method === method && (!entry.receiver || new RegExp(entry.receiver, 'i').test(receiver)),
      );
    for (const [method, receiver] of [
      ['create', 'this.userRepository'],
      ['update', 'prisma.user'],
      ['update', 'this.prisma.order'],
      ['delete', 'userModel'],
      ['send', 'this.mailer'],
      ['publish', 'redisClient'],
      ['add', 'emailQueue'],
      ['query', 'pool'],
      ['save', 'user'],
    ] as const)
      expect(`${method} on ${receiver}: ${believed(method, receiver)}`).toBe(`${method} on ${receiver}: true`);
    for (const [method, receiver] of [
      ['delete', 'sessions'],
      ['delete', 'this.clients'],
      ['create', 'Object'],
      ['update', 'hash'],
      ['add', 'seen'],
      ['send', 'res'],
      ['send', 'socket'],
      ['query', 'req'],
      ['remove', 'element'],
    ] as const)
      expect(`${method} on ${receiver}: ${believed(method, receiver)}`).toBe(`${method} on ${receiver}: false`);
  });

  it('name every variable once', () => {
    const names = [...instanceIndexVariables.map(({ name }) => name), ...roleSwitchVariables];
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });

  it('find routes and pages where the frameworks keep them', () => {
    const convention = (file: string) =>
      fileConventions.filter(({ files }) => new RegExp(files).test(file)).map(({ packages }) => packages[0]);
    expect(convention('src/app/api/login/route.ts')).toContain('next');
    expect(convention('pages/api/users/[id].js')).toContain('next');
    expect(convention('src/routes/api/+server.ts')).toContain('@sveltejs/kit');
    expect(convention('server/api/users.get.ts')).toContain('nuxt');
    expect(convention('api/controllers/UserController.js')).toContain('sails');
    expect(convention('src/lib/route-names.ts')).toEqual([]);
  });
});

describe('migrations', () => {
  it('name every command once', () => {
    const commands = migrationCommands.map(({ command }) => command.join(' '));
    expect(commands.filter((command, at) => commands.indexOf(command) !== at)).toEqual([]);
  });

  it('say of every tool the same about its lock, however it is started', () => {
    const locks = new Map<string, Set<string>>();
    for (const { tool, does, ownLock } of [
      ...migrationCalls,
      ...migrationOptions,
      ...migrationCommands,
      ...migrationMethods,
    ]) {
      const key = `${tool} ${does}`;
      locks.set(key, (locks.get(key) ?? new Set()).add(ownLock));
    }
    expect([...locks].filter(([, said]) => said.size > 1)).toEqual([]);
  });
});

describe('temporary paths', () => {
  it.each([
    ['/tmp', true],
    ['/tmp/uploads', true],
    ['C:\\temp\\a', true],
    ['/tmpfiles', false],
    ['uploads/tmp', false],
    ['./tmp/', false],
  ])('%s: %s', (path, temporary) => {
    expect(temporaryPaths.some((pattern) => new RegExp(pattern).test(path))).toBe(temporary);
  });
});

describe('paths', () => {
  it('expands nested alternatives with calls and dots inside', () => {
    expect(expandPattern('express:{(),Router()}.{get,post}')).toEqual([
      'express:().get',
      'express:().post',
      'express:Router().get',
      'express:Router().post',
    ]);
    expect(expandPattern('a:{b{,c},d}')).toEqual(['a:b', 'a:bc', 'a:d']);
    expect(expandPattern('a:{b')).toBeUndefined();
    expect(expandPattern('a:b}')).toBeUndefined();
  });

  it('splits a path into steps', () => {
    expect(parsePath('socket.io:Server().on/1.0.emit')).toEqual({
      package: 'socket.io',
      steps: ['.Server', '()', '.on', '/1.0', '.emit'],
    });
    expect(parsePath('@hapi/hapi:Server().register/0.plugin.register.0')?.steps.at(-1)).toBe('/0.plugin.register.0');
    expect(parsePath('express:')).toEqual({ package: 'express', steps: [] });
    for (const path of ['express', 'node:fs:writeFile', 'express:..get', 'express:get(', 'express:/1'])
      expect(parsePath(path)).toBeUndefined();
  });
});

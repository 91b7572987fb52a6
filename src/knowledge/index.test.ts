import { describe, expect, it } from 'vitest';
import { callOf, fnOf, programOf } from '../../test/in-memory.js';
import { kept } from '../api/index.js';
import { joined } from './index.js';

const source = 'a test';

describe('what a user knows', () => {
  it('is a keeper and a store of its own', async () => {
    const knowledge = {
      keepers: [
        {
          concern: 'session',
          api: '@acme/web:session',
          options: 0,
          stores: ['keep'],
          default: 'memory',
          note: 'in memory',
          source,
        },
      ],
      stores: [{ api: '@acme/store:Store()', keeps: 'shared', source }],
    } as const;
    const homes = async (text: string) =>
      kept(await programOf(text, { knowledge }), 'session').map(({ hazard }) => hazard?.outcome.home);
    expect(await homes("import { session } from '@acme/web'; session();")).toEqual(['memory']);
    expect(
      await homes(
        "import { session } from '@acme/web'; import { Store } from '@acme/store'; session({ keep: new Store() });",
      ),
    ).toEqual([undefined]);
  });

  it('is an effect of a package nobody else knows', async () => {
    const text =
      "import { Mailer } from '@acme/mailer'; const mailer = new Mailer(); function tell() { mailer.hand('hello'); }";
    const effects = [{ api: '@acme/mailer:Mailer().hand', kind: 'mail', writes: true, source }] as const;
    const of = async (knowledge: object) => {
      const program = await programOf(text, { knowledge });
      return program.effects(fnOf(program, 'tell')).effects.map(({ kind }) => kind);
    };
    expect(await of({})).toEqual([]);
    expect(await of({ effects })).toEqual(['mail']);
  });

  it('is a scheduler, whose callback is then known to be a job', async () => {
    const schedulers = [
      { api: '@acme/cron:every', callback: { arg: 1 }, schedule: { arg: 0 }, kind: 'cron', source },
    ] as const;
    const program = await programOf("import { every } from '@acme/cron'; function work() {} every('1h', work);", {
      knowledge: { schedulers },
    });
    expect(program.reaches(fnOf(program, 'work')).map(({ phase }) => phase)).toContain('job');
    expect(program.knowledge.schedulers[0]).toBe(schedulers[0]);
  });

  it('is what a server of its own is handed to run', async () => {
    const registrations = [{ api: '@acme/web:Server().on', phase: 'request', label: '{name} {0}', source }] as const;
    const program = await programOf(
      "import { Server } from '@acme/web'; const server = new Server(); function answer() { probe(); } server.on('/', answer);",
      { knowledge: { registrations } },
    );
    expect(program.reaches(callOf(program, 'probe').fn).map(({ phase }) => phase)).toEqual(['request']);
  });

  it('goes before what is built in', () => {
    const own = { api: 'express-session:MemoryStore()', keeps: 'shared', source } as const;
    expect(joined({ stores: [own] }).stores[0]).toBe(own);
    expect(joined().stores).not.toContain(own);
  });
});

describe('what was not checked', () => {
  it('is believed little, and says so', async () => {
    const keepers = [
      {
        concern: 'session',
        api: '@acme/web:session',
        options: 0,
        default: 'memory',
        note: 'in memory',
        source: 'unchecked: a guess',
      },
    ] as const;
    const [thing] = kept(
      await programOf("import { session } from '@acme/web'; session();", { knowledge: { keepers } }),
      'session',
    );
    expect([thing?.confidence, thing?.doubts]).toEqual(['low', [expect.stringContaining('was not checked')]]);
  });

  it('lowers what is concluded from an effect', async () => {
    const source = 'unchecked: a guess';
    const knowledge = {
      effects: [{ api: '@acme/store:Store().keepIt', kind: 'database', writes: true, source }],
    } as const;
    const program = await programOf(
      "import { Store } from '@acme/store'; const store = new Store(); function work() { store.keepIt(); }",
      { knowledge },
    );
    expect(program.effects(fnOf(program, 'work')).effects.map(({ confidence }) => confidence)).toEqual(['low']);
  });
});

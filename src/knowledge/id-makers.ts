import type { Source } from './types.js';

/** A call that makes ids which differ between processes only if each is given a number of its own. */
export interface NumberedIdMaker {
  readonly api: string;
  readonly options: number;
  /** Paths of the options that tell processes apart; `''` where the argument itself does. */
  readonly tellsApart: readonly string[];
  /** Without any of these all processes have the same number. */
  readonly default: 'same' | 'none';
  readonly source: Source;
}

export const numberedIdMakers: readonly NumberedIdMaker[] = [
  {
    api: 'flake-idgen:',
    options: 0,
    tellsApart: ['id', 'worker', 'datacenter'],
    default: 'same',
    source: 'flake-idgen@1.4.0 README.md:108 "`datacenter` … `worker` … `id`", all 0 unless given',
  },
  {
    api: 'snowflake-id:',
    options: 0,
    tellsApart: ['mid'],
    default: 'same',
    source: 'snowflake-id@1.1.0 README.md:38 "mid : (Default to 1) A machine id"',
  },
  {
    api: 'simple-flakeid:SnowflakeIdv1',
    options: 0,
    tellsApart: ['WorkerId', 'workerId'],
    default: 'none',
    source: 'simple-flakeid@0.0.5 README.md:27 "new genid({ WorkerId: 1 })"',
  },
  {
    api: 'nodejs-snowflake:Snowflake',
    options: 0,
    tellsApart: ['instance_id'],
    default: 'none',
    source: 'nodejs-snowflake@2.0.1 README.md:41 "If not provided then a random value will be used"',
  },
  {
    api: 'shortid:worker',
    options: 0,
    tellsApart: [''],
    default: 'none',
    source: 'shortid@2.2.17 README.md:186 "make sure every one has a unique `worker` id"',
  },
];

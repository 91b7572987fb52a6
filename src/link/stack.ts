import semver from 'semver';
import type { Manifest } from '../model/input.js';
import type { Stack, Unit } from '../model/program.js';

const FRAMEWORKS = [
  '@nestjs/core',
  'next',
  'fastify',
  '@hapi/hapi',
  'koa',
  'sails',
  '@strapi/strapi',
  '@feathersjs/feathers',
  'restify',
  'hono',
  'polka',
  'express',
];
const ORMS = [
  '@prisma/client',
  'typeorm',
  'sequelize',
  '@mikro-orm/core',
  'mongoose',
  'objection',
  'drizzle-orm',
  'kysely',
  'knex',
  'bookshelf',
  'waterline',
];
const QUEUES = [
  'bullmq',
  'bull',
  'pg-boss',
  'agenda',
  'bee-queue',
  'graphile-worker',
  'amqplib',
  'kafkajs',
  '@aws-sdk/client-sqs',
];
const STORAGES = [
  '@aws-sdk/client-s3',
  'aws-sdk',
  '@google-cloud/storage',
  '@azure/storage-blob',
  'minio',
  'multer-s3',
  'cloudinary',
];
const DATABASES: readonly [Stack['database'], readonly string[]][] = [
  ['postgres', ['pg', 'postgres', 'pg-promise', '@mikro-orm/postgresql', '@neondatabase/serverless', 'slonik']],
  ['mysql', ['mysql2', 'mysql', 'mariadb', '@mikro-orm/mysql', '@mikro-orm/mariadb']],
  ['mongodb', ['mongodb', 'mongoose', '@mikro-orm/mongodb', 'connect-mongo']],
  ['mssql', ['mssql', 'tedious']],
  [
    'sqlite',
    ['better-sqlite3', 'sqlite3', 'sqlite', '@libsql/client', '@mikro-orm/sqlite', '@mikro-orm/better-sqlite'],
  ],
];

/** What an application is built from, read off its manifest (and the root's, in a monorepo). Production dependencies go first. */
export function stackOf(unit: Unit, manifests: readonly Manifest[]): Stack {
  const root = manifests.find(({ dir }) => dir === '.');
  const own = [unit.manifest, root].filter((manifest) => manifest !== undefined);
  const names = new Set(own.flatMap(({ dependencies }) => Object.keys(dependencies)));
  const first = <T extends string>(list: readonly T[]): T | undefined => list.find((name) => names.has(name));
  const redis = first(['ioredis', 'iovalkey', 'redis'] as const);
  const database = DATABASES.find(([, packages]) => packages.some((name) => names.has(name)))?.[0];
  const [framework, orm, queue, objectStorage] = [first(FRAMEWORKS), first(ORMS), first(QUEUES), first(STORAGES)];
  return {
    ...(framework ? { framework } : {}),
    ...(redis ? { redis } : {}),
    ...(database ? { database } : {}),
    ...(orm ? { orm } : {}),
    ...(queue ? { queue } : {}),
    ...(objectStorage ? { objectStorage } : {}),
    has: (name) => names.has(name),
    isVersion: (name, range) => isIn(own.find(({ dependencies }) => name in dependencies)?.dependencies[name], range),
  };
}

/** Newer than whatever is out. */
const NEWEST = '99999.0.0';

/** `workspace:*`, `latest`, an address or nothing say no version: the newest it is. */
function isIn(allowed: string | undefined, range: string): boolean {
  const known = allowed === undefined ? null : semver.validRange(allowed.replace(/^(?:npm:.*@|workspace:)/, ''));
  return known === null || known === '*' ? semver.satisfies(NEWEST, range) : semver.intersects(known, range);
}

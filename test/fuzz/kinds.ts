import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { decode } from '../../src/disk/decode.js';
import { appFolders, appOf, type App } from './corpus.js';
import { type Edit, edits, mutated, piece } from './mutate.js';

/** A kind of bad input that is made at random. */
export interface Kind {
  readonly name: string;
  readonly arbitrary: fc.Arbitrary<Made>;
}

/** Prints as what it was made from; the texts themselves are long. */
export interface Made {
  readonly from: string;
  readonly app: () => App;
}

const folder = fc.nat({ max: appFolders.length - 1 }).map((at) => appFolders[at] as string);

/** One file of every sort that is read. */
const FILES = [
  'a.ts',
  'a.tsx',
  'a.js',
  'a.jsx',
  'package.json',
  'tsconfig.json',
  'compose.yaml',
  'k8s/a.yaml',
  'chart/Chart.yaml',
  'chart/values.yaml',
  'chart/templates/a.yaml',
  'kustomization.yaml',
  'Dockerfile',
  'start.sh',
  'main.tf',
  'a.nomad',
  'fly.toml',
  'railway.json',
  'render.yaml',
  'app.json',
  'app.yaml',
  'manifest.yml',
  'ecosystem.config.js',
  'deploy/service.json',
  'template.yaml',
  'traefik.yml',
  'Procfile',
  'crontab',
  'a.service',
  'nginx.conf',
  'haproxy.cfg',
  'Caddyfile',
  '.env',
  'migrations/001_a.sql',
  'prisma/schema.prisma',
  'migrations/migration_lock.toml',
];

/** What must stand in a file for it to be taken for one of its sort. */
const HEADS: Readonly<Record<string, string>> = {
  'compose.yaml': 'services:\n  a:\n    image: b\n',
  'k8s/a.yaml': 'apiVersion: v1\nkind: Deployment\n',
  'chart/templates/a.yaml': 'apiVersion: v1\nkind: Deployment\n',
  Dockerfile: 'FROM node\n',
  'a.nomad': 'job "a" {\n',
  'app.json': '{ "env": ',
  'app.yaml': 'runtime: nodejs\n',
  'manifest.yml': 'applications:\n',
  'ecosystem.config.js': 'module.exports = { apps: [',
  'deploy/service.json': '{ "desiredCount": ',
  'template.yaml': 'AWSTemplateFormatVersion: 1\n',
  'a.service': '[Service]\n',
  'nginx.conf': 'http {\n',
  'haproxy.cfg': 'backend a\n',
  'migrations/001_a.sql': 'ALTER TABLE a ',
  'prisma/schema.prisma': 'model A {\n',
};

function withEdits(app: App, changes: readonly Edit[], only: RegExp, which: number): App {
  const files = [...app.keys()].filter((file) => only.test(file));
  const chosen = files[which % Math.max(1, files.length)];
  return new Map([...app].map(([file, text]) => [file, file === chosen ? mutated(text, changes) : text]));
}

function mutations(name: string, only: RegExp, among = folder): Kind {
  return {
    name,
    arbitrary: fc
      .record({ folder: among, changes: edits, which: fc.nat({ max: 39 }) })
      .map(({ folder: from, changes, which }) => ({
        from: JSON.stringify({ from, which, changes }),
        app: () => withEdits(appOf(from), changes, only, which),
      })),
  };
}

const soup: Kind = {
  name: 'token soup',
  arbitrary: fc
    .record({
      file: fc.constantFrom(...FILES),
      glue: fc.constantFrom(' ', '\n', '', ', '),
      pieces: fc.array(piece, { minLength: 1, maxLength: 120 }),
    })
    .map(({ file, glue, pieces }) => ({
      from: JSON.stringify({ file, glue, pieces }),
      app: () =>
        new Map([
          ['package.json', '{ "name": "a" }'],
          ['server.js', "require('./a'); require('express')().listen(1);"],
          [file, (HEADS[file] ?? '') + pieces.join(glue)],
        ]),
    })),
};

const ENCODINGS = ['utf8', 'utf16le', 'utf16be', 'latin1', 'utf8 with mark', 'utf16le without mark'] as const;

function encoded(text: string, encoding: (typeof ENCODINGS)[number]): Buffer {
  switch (encoding) {
    case 'utf16le':
      return Buffer.from(`\uFEFF${text}`, 'utf16le');
    case 'utf16be':
      return Buffer.from(`\uFEFF${text}`, 'utf16le').swap16();
    case 'utf8 with mark':
      return Buffer.from(`\uFEFF${text}`, 'utf8');
    case 'utf16le without mark':
      return Buffer.from(text, 'utf16le');
    default:
      return Buffer.from(text, encoding);
  }
}

const bytes: Kind = {
  name: 'encodings and flipped bytes',
  arbitrary: fc
    .record({
      folder,
      encoding: fc.constantFrom(...ENCODINGS),
      flips: fc.array(fc.record({ at: fc.nat({ max: 999_999 }), to: fc.nat({ max: 255 }) }), { maxLength: 8 }),
    })
    .map(({ folder: from, encoding, flips }) => ({
      from: JSON.stringify({ from, encoding, flips }),
      app: () =>
        new Map(
          [...appOf(from)].map(([file, text]) => {
            const written = encoded(text, encoding);
            for (const { at, to } of flips)
              if (written.length) written[Math.floor((at / 1_000_000) * written.length)] = to;
            return [file, decode(written)];
          }),
        ),
    })),
};

const SOURCE = /\.[cm]?[jt]sx?$/;
const DEPLOYED = /^(?!.*\.[cm]?[jt]sx?$)/;
const deployed = fc.constantFrom(
  ...appFolders.filter((name) =>
    [...appOf(name).keys()].some((file) => DEPLOYED.test(file) && !/(?:package\.json|\.md)$/.test(file)),
  ),
);

export const kinds: readonly Kind[] = [
  mutations('changed sources of fixtures', SOURCE),
  mutations('changed descriptors, manifests and schemas of fixtures', DEPLOYED, deployed),
  soup,
  bytes,
];

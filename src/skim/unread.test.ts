import { describe, expect, it } from 'vitest';
import type { Input, Manifest } from '../model/input.js';
import { unreadIn } from './index.js';

function manifest(dir: string, ...packages: readonly string[]): Manifest {
  const dependencies = Object.fromEntries(packages.map((name) => [name, '1.0.0']));
  return { dir, bin: {}, scripts: {}, dependencies, devDependencies: {}, workspaces: [] };
}

function input(file: string, text: string): Input {
  const language = file.endsWith('x') ? (file.endsWith('tsx') ? 'tsx' : 'jsx') : 'javascript';
  return { file, language, text };
}

function told(file: string, text: string, ...manifests: readonly Manifest[]) {
  return unreadIn(manifests)(input(file, text));
}

const BOTH = manifest('.', 'express', 'react');
const PAGE = manifest('web', 'react', 'vite');
const COMPONENT = "import { useState } from 'react';\nexport const Menu = () => <nav />;\n";
const PLAIN = 'export const sizes = new Map();\n';

describe('for a page is', () => {
  it.each([
    ['a component that imports its framework', 'src/Menu.tsx', COMPONENT, BOTH],
    ['one that the framework of the root renders', 'app/Menu.tsx', 'export const Menu = () => <nav />;', BOTH],
    ['a hook', 'src/useMenu.js', "import { useState } from 'react';\nexport const useMenu = () => useState();", BOTH],
    [
      'a component that reads what its bundler puts in',
      'src/Menu.tsx',
      `${COMPONENT}console.log(process.env.URL);`,
      BOTH,
    ],
    ['all of a package that shows something and answers nobody', 'web/src/sizes.js', PLAIN, PAGE],
    ['what such a package asks of a server', 'web/src/api/menu.js', "export const get = () => fetch('/menu');", PAGE],
  ])('%s', (_, file, text, around) => {
    expect(told(file, text, around)).toBe('page');
  });

  it.each([
    ['plain code of an application with pages', 'src/sizes.js', PLAIN, BOTH],
    [
      'a component where nothing shows any',
      'src/Menu.tsx',
      'export const Menu = () => <nav />;',
      manifest('.', 'hono'),
    ],
    [
      'a type of the framework',
      'src/menu.js',
      "import type { FC } from 'react';\nexport const sizes = new Map();",
      BOTH,
    ],
    ['what needs Node', 'web/src/build.js', "import { readFileSync } from 'node:fs';", PAGE],
    ['what needs Node by a require', 'web/src/build.js', "const fs = require('fs');", PAGE],
    ['what knows its process', 'web/src/log.js', 'if (process.argv[2]) run();', PAGE],
    ['a server', 'web/src/serve.js', "import express from 'express';", PAGE],
    ['a command', 'web/src/serve.js', '#!/usr/bin/env node\nrun();', PAGE],
    ['a component that renders mails', 'src/emails/Welcome.tsx', COMPONENT, BOTH],
    ['a component of the server', 'src/server/Page.tsx', COMPONENT, BOTH],
    [
      'a route that loads on the server',
      'src/Menu.tsx',
      `${COMPONENT}export async function loader() { return load(); }`,
      BOTH,
    ],
    ['a route that loads by what it imports', 'src/Menu.tsx', `${COMPONENT}export { load as loader };`, BOTH],
    ['a server action', 'src/save.tsx', `'use server';\n${COMPONENT}`, BOTH],
    ['what a framework runs where it lies', 'app/menu/page.tsx', COMPONENT, manifest('.', 'next', 'react')],
    [
      'a connection, which is asked for its transports',
      'web/src/io.js',
      "import { io } from 'socket.io-client';",
      PAGE,
    ],
    ['a configuration', 'web/vite.config.js', "import react from 'react';", PAGE],
    ['what a comment is written in for this tool', 'web/src/a.js', '// mi-audit-disable-file -- why\n', PAGE],
  ])('not %s', (_, file, text, around) => {
    expect(told(file, text, around)).toBeUndefined();
  });
});

describe('made by a bundler is', () => {
  const BUNDLE = 'function e(e,t){var n=e.a(t),r=n.b;for(var i=0;i<r;i++){if(n[i]===t)return i}}\n'.repeat(20);

  it.each([
    'public/vendor-97e91ff8dd1457c668f9ef103ee1a77b.js',
    'public/chunk.972.4b8c97f93d66db15e751.js',
    'public/menu-Dkwee5FG.js',
    'public/chunk-KS7C4IRE.mjs',
  ])('%s', (file) => {
    expect(told(file, BUNDLE)).toBe('bundle');
  });

  it('nothing that people have written, whatever it is called, nor what a server is made of', () => {
    expect(told('src/menu-MongoDb2.js', "import { connect } from 'mongo';\nexport const menu = connect('menu');")).toBe(
      undefined,
    );
    expect(told('public/useMenu.js', BUNDLE)).toBeUndefined();
    expect(told('public/menu-settings.js', BUNDLE)).toBeUndefined();
    expect(told('output/server/chunks/menu-Dkwee5FG.mjs', BUNDLE)).toBeUndefined();
  });
});

it('takes no longer than reading does', () => {
  const texts = ['import type ', 'from', 'from   ', 'export {', "import type { a } from '", 'a.b ', '</'].flatMap(
    (part) => [part.repeat(300_000), part + ' '.repeat(2_000_000)],
  );
  const start = performance.now();
  for (const text of texts) told('web/src/a.tsx', `import 'react';${text}`, PAGE);
  // A pass over all of them takes some 100 ms, a quadratic one would take minutes.
  expect(performance.now() - start).toBeLessThan(5000);
});

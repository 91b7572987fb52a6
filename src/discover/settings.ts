import { posix } from 'node:path';
import type { SettingsFile } from '../model/input.js';
import { readJson } from './json.js';
import type { Files } from './read.js';

const NAMES: readonly (readonly [RegExp, SettingsFile['name']])[] = [
  [/^nest-cli\.json$/, 'nest-cli.json'],
  [/^project\.json$/, 'project.json'],
  [/^nodemon\.json$/, 'nodemon.json'],
  [/^(?:ecosystem(?:[.-][\w.-]+)?|pm2|pm2\.config|process)\.json$/, 'ecosystem.json'],
  [/^\.sailsrc$/, '.sailsrc'],
  [/^Procfile$/, 'Procfile'],
];

/** Reads what tools are told about how the application is started. What is broken says nothing: the tool itself will complain. */
export function readSettings(paths: readonly string[], files: Files): SettingsFile[] {
  const found: SettingsFile[] = [];
  for (const file of paths) {
    const name = NAMES.find(([pattern]) => pattern.test(posix.basename(file)))?.[1];
    const text = name && files.textIfAny(file);
    if (!name || text === undefined) continue;
    found.push({ file, name, value: name === 'Procfile' ? procfile(text) : readJson(text, 'relaxed').value });
  }
  return found;
}

/** `web: node server.js`, a line each. */
function procfile(text: string): Record<string, string> {
  const commands: Record<string, string> = {};
  for (const line of text.split(/\r?\n/)) {
    const [, name, command] = /^([\w-]+):(.*\S)/.exec(line) ?? [];
    if (name !== undefined && command !== undefined) commands[name] = command.trim();
  }
  return commands;
}

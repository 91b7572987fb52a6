import { entries, get, textOf } from '../parse/tree.js';
import { parseJson } from '../parse/json.js';
import { shellCommand } from './commands.js';
import type { Describer } from './source.js';

/** The scripts of a package.json; what is wrong with it is told where manifests are read. */
export const describePackageScripts: Describer = (source) => {
  const [root] = parseJson(source.text).trees;
  const commands = entries(get(root, 'scripts')).flatMap(({ key, value }) => {
    const line = textOf(value);
    return line === undefined ? [] : [shellCommand(source, 'start', line, value.raw, key)];
  });
  return { commands, purpose: 'unknown', why: 'a script is for what it is started for' };
};

// Starts a rule: `npm run new-rule ID`. Makes its folder with the rule and its page, one fixture that shows the hazard and
// one that is safe, and the generated files. What it makes fails the tests until somebody has written it: the hazard is
// not found yet, and the words WRITE ME are not allowed to stay.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { repository } from './build.js';
import { generate } from './generate.js';

const KEBAB_CASE = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/**
 * @param {string | undefined} id
 * @param {string} [root]
 * @returns {Promise<string[]>} The files that were made or changed.
 */
export async function newRule(id, root = repository) {
  if (id === undefined || !KEBAB_CASE.test(id)) {
    throw new Error(
      `new-rule: \`${id ?? ''}\` is no rule id; name the hazard in kebab-case: npm run new-rule local-file-upload`,
    );
  }
  for (const folder of [`rules/${id}`, `fixtures/${id}`]) {
    if (existsSync(path.join(root, folder)))
      throw new Error(`new-rule: ${folder} exists already; choose another id or go on there.`);
  }
  const files = skeleton(id);
  for (const [file, text] of Object.entries(files)) {
    const where = path.join(root, file);
    mkdirSync(path.dirname(where), { recursive: true });
    writeFileSync(where, text);
  }
  return [...Object.keys(files), ...(await generate(root))];
}

/**
 * @param {string} id
 * @returns {Record<string, string>} Text by file.
 */
function skeleton(id) {
  const manifest = (/** @type {string} */ name) =>
    `${JSON.stringify({ name, private: true, type: 'module', scripts: { start: 'node server.js' }, dependencies: { express: '^5.1.0' } }, null, 2)}\n`;
  const server = (/** @type {string} */ line) =>
    ["import express from 'express';", '', 'const app = express();', line, 'app.listen(3000);', ''].join('\n');
  return {
    [`rules/${id}/rule.ts`]: `import { defineRule } from '../../src/api/index.js';

export default defineRule({
  meta: {
    id: '${id}',
    title: 'WRITE ME: what it finds, in one line',
    category: 'state',
    severity: 'warning',
    triggers: ['scale-out', 'rolling-deploy'],
  },
  check({ program }) {
    // WRITE ME: ask the program, report what is wrong, and record with \`safe\` what was looked at and is not.
    program.callsTo([]);
  },
});
`,
    [`rules/${id}/README.md`]: `# ${id}

WRITE ME: what it finds, what users see at two instances, when it is silent, how to fix it.
`,
    [`fixtures/${id}/hazard-write-me/package.json`]: manifest('hazard-write-me'),
    [`fixtures/${id}/hazard-write-me/server.js`]: server(
      `app.get('/', (request, response) => response.send('WRITE ME')); // expect: ${id}`,
    ),
    [`fixtures/${id}/safe-write-me/package.json`]: manifest('safe-write-me'),
    [`fixtures/${id}/safe-write-me/server.js`]: server(
      "app.get('/', (request, response) => response.send('WRITE ME'));",
    ),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    for (const file of await newRule(process.argv[2])) console.log(`wrote ${file}`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

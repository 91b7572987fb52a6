import { describe, expect, it } from 'vitest';
import { programOf } from '../../../test/in-memory.js';

/** The shape of the only cell of a server with two routes. */
async function shape(declared: string, post: string, get: string): Promise<string | undefined> {
  const { cells } = await programOf({
    'package.json': { name: 'a', scripts: { start: 'node server.js' } },
    'server.js': `import express from 'express'; import { randomUUID } from 'node:crypto';
      const app = express(); ${declared}
      app.post('/a', async (req, res) => { ${post} });
      app.get('/b', async (req, res) => { ${get} });
      app.listen(1);`,
  });
  return cells[0]?.shape;
}

describe('what is good once', () => {
  it.each([
    [
      'a code of chance that is taken out',
      'const open = new Map();',
      'open.set(randomUUID(), req.body);',
      'res.json(open.get(req.query.k)); open.delete(req.query.k);',
    ],
    [
      'a code that is taken out and asked for in one',
      'const open = new Set();',
      'open.add(randomUUID());',
      'if (!open.delete(req.query.k)) res.sendStatus(404);',
    ],
    ['the one code that was made', 'let pin;', 'pin = randomUUID(); res.end();', 'res.json(pin === req.query.pin);'],
    [
      'an event that was seen before',
      'const handled = new Set();',
      'if (handled.has(req.body.id)) return; handled.add(req.body.id); await fetch("http://a.example");',
      'res.end();',
    ],
    [
      'an answer under the key that came for that',
      'const answers = new Map();',
      "const key = req.headers['idempotency-key']; const old = answers.get(key); if (old) return res.json(old); const made = await work(); answers.set(key, made);",
      'res.end();',
    ],
    [
      'a token made where there is none yet',
      'const tokens = new Map();',
      'let t = tokens.get(req.ip); if (!t) { t = randomUUID(); tokens.set(req.ip, t); } res.json(t);',
      'res.json(tokens.get(req.ip) === req.query.t);',
    ],
  ])('%s', async (_what, declared, post, get) => {
    expect(await shape(declared, post, get)).toBe('token-store');
  });

  it.each([
    [
      'a token of another service is a copy',
      'const tokens = new Map();',
      'let t = tokens.get(req.ip); if (!t) { t = await fetch("http://a.example"); tokens.set(req.ip, t); } res.json(t);',
      'res.end();',
      'cache',
    ],
    [
      'tokens of a language model',
      'const tokenCounts = {};',
      'tokenCounts[req.body.run] = req.body.used; res.end();',
      'res.json(tokenCounts[req.query.run]);',
      'map',
    ],
    [
      'one token of somebody else',
      "let token = '';",
      'token = req.body.token; res.end();',
      'res.json({ isSet: token.length > 0 });',
      'snapshot',
    ],
    [
      'a lane that is taken',
      'const taken = new Set();',
      'if (taken.has(req.ip)) return; taken.add(req.ip); res.end();',
      'res.json(taken.has(req.ip));',
      'map',
    ],
    [
      'a roster is left again',
      'const used = new Set();',
      'if (used.has(req.ip)) return; used.add(req.ip); res.end();',
      'used.delete(req.ip); res.end();',
      'map',
    ],
    [
      'a list that is shown is more than what was seen',
      'const usedNames = new Set();',
      'if (usedNames.has(req.body)) return; usedNames.add(req.body); res.end();',
      'res.json([...usedNames]);',
      'map',
    ],
    [
      'what decides only about a warning',
      'const told = new Set();',
      'if (told.has(req.path)) return; told.add(req.path); console.warn(req.path);',
      'res.end();',
      'metrics',
    ],
  ])('but not: %s', async (_what, declared, post, get, expected) => {
    expect(await shape(declared, post, get)).toBe(expected);
  });
});

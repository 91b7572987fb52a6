// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the sources that are written here hold templates.
// A monorepo as large as asked for: servers of a few dozen files each that import one another, with what rules look for now and then.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const EACH = 50;

/** @param {string} root @param {number} files */
export function generate(root, files) {
  write(root, 'package.json', JSON.stringify({ name: 'generated', private: true, workspaces: ['packages/*'] }));
  for (let at = 0; at < files; at++) {
    const folder = `packages/p${Math.floor(at / EACH)}`;
    if (at % EACH === 0) {
      const dependencies = {
        express: '^5.0.0',
        ioredis: '^5.0.0',
        'express-session': '^1.18.0',
        'node-cron': '^4.0.0',
      };
      const manifest = { name: `p${at / EACH}`, scripts: { start: 'node src/f0.js' }, dependencies };
      write(root, `${folder}/package.json`, JSON.stringify(manifest));
      write(root, `${folder}/tsconfig.json`, JSON.stringify({ compilerOptions: { outDir: 'dist', rootDir: 'src' } }));
    }
    write(root, `${folder}/src/f${at % EACH}.ts`, at % EACH === 0 ? server() : service(at % EACH));
  }
}

function server() {
  const imports = Array.from(
    { length: EACH - 1 },
    (_, at) => `import { router as r${at + 1} } from './f${at + 1}.js';`,
  );
  return [
    "import express from 'express';",
    "import session from 'express-session';",
    "import cron from 'node-cron';",
    ...imports,
    'const app = express();',
    'app.use(session({ secret: process.env.SECRET! }));',
    ...imports.map((_, at) => `app.use('/r${at + 1}', r${at + 1});`),
    "cron.schedule('0 3 * * *', async () => { await fetch(process.env.REPORT_URL!, { method: 'POST' }); });",
    'const server = app.listen(process.env.PORT);',
    "process.on('SIGTERM', () => server.close());",
    '',
  ].join('\n');
}

/** @param {number} at */
function service(at) {
  const next = at + 1 < EACH ? at + 1 : 1;
  const methods = Array.from(
    { length: 12 },
    (_, index) => `  async method${index}(id: string, options: { limit?: number; since?: Date } = {}): Promise<Row[]> {
    const key = \`\${id}:\${options.limit ?? 10}\`;
    if (this.known.has(key)) return this.known.get(key)!;
    const rows = await this.load(key, options.since ?? new Date(0));
    const kept = rows.filter((row) => row.amount > ${index} && row.name !== '').map((row) => ({ ...row, total: row.amount * 2 }));
    if (kept.length > 0) this.known.set(key, kept);
    return kept;
  }`,
  );
  return [
    "import { Router } from 'express';",
    "import Redis from 'ioredis';",
    `import { Service${next} } from './f${next}.js';`,
    'export interface Row { id: string; name: string; amount: number; total?: number }',
    'const redis = new Redis(process.env.REDIS_URL!);',
    `export class Service${at} {`,
    '  private readonly known = new Map<string, Row[]>();',
    '  private async load(key: string, since: Date): Promise<Row[]> {',
    '    const text = await redis.get(`${key}:${since.getTime()}`);',
    '    return text ? (JSON.parse(text) as Row[]) : [];',
    '  }',
    ...methods,
    '}',
    'export const router = Router();',
    `const service = new Service${at}();`,
    "router.get('/:id', async (req, res) => {",
    `  const other = new Service${next}();`,
    '  res.json({ own: await service.method0(req.params.id), other: await other.method1(req.params.id) });',
    '});',
    '',
  ].join('\n');
}

/** @param {string} root @param {string} file @param {string} text */
function write(root, file, text) {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
}

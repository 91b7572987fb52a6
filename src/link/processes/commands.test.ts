import { describe, expect, it } from 'vitest';
import { startedBy } from './commands.js';

const words = (line: string) => (line.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replace(/^"(.*)"$/, '$1'));

const said = (line: string): string[] =>
  startedBy(words(line)).map((started) => {
    switch (started.kind) {
      case 'script':
        return `script ${started.name}${started.packages ? ` of ${started.packages.join(' ')}` : ''}`;
      case 'nest':
        return `nest ${started.application ?? ''}`.trim();
      case 'framework':
        return started.package;
      default:
        return `${started.kind} ${started.path}`;
    }
  });

describe('startedBy', () => {
  it.each<[string, string[]]>([
    ['node server.js', ['file server.js']],
    ['node .', ['file .']],
    ['node -r ./tracing.js dist/main', ['file ./tracing.js', 'file dist/main']],
    ['node --import=./register.mjs --watch-path src dist/main.js', ['file ./register.mjs', 'file dist/main.js']],
    ['node -r dotenv/config bin/www', ['file bin/www']],
    ['node --run build', ['script build']],
    ['node -e "require(1)"', []],
    ['cross-env NODE_ENV=production node a.js', ['file a.js']],
    ['dotenv -e .env.local -- node a.js', ['file a.js']],
    ['dotenvx run -f .env -- tsx watch a.ts', ['file a.ts']],
    ['env-cmd -f .env node a.js', ['file a.js']],
    ['ts-node -P tsconfig.server.json src/a.ts', ['file src/a.ts']],
    ['tsx watch --tsconfig t.json src/a.ts', ['file src/a.ts']],
    ['nodemon --watch src --exec "ts-node src/a.ts"', ['file src/a.ts']],
    ['nodemon -w src -e ts', ['file .']],
    [
      'nodemon -e ts --watch server -x ts-node -r tsconfig-paths/register --files --project server/tsconfig.json server/a.ts',
      ['file server/a.ts'],
    ],
    ['tsc-watch --onSuccess "node dist/a.js"', ['file dist/a.js']],
    ['pm2 start dist/a.js -i max', ['file dist/a.js']],
    ['pm2-runtime start ecosystem.config.js --only api', ['ecosystem ecosystem.config.js']],
    ['pm2 start npm -- run serve', ['script serve']],
    ['./bin/run start', ['file ./bin/run']],
    ['cd server', ['folder server']],
    ['npm run build', ['script build']],
    ['npm start', ['script start']],
    ['npm ci', []],
    ['npm -w api start', ['script start of api']],
    ['npm run start --workspace=@a/api', ['script start of @a/api']],
    ['npm --prefix server run start', ['folder server', 'script start']],
    ['pnpm -F api start', ['script start of api']],
    ['pnpm --filter "./apps/*" run start', ['script start of ./apps/*']],
    ['pnpm -r run start', ['script start of *']],
    ['yarn workspace api start', ['script start of api']],
    ['yarn workspaces foreach run start', ['script start of *']],
    ['yarn node app.js', ['script node', 'file app.js']],
    ['npm run with-env -- node app.js', ['script with-env', 'file app.js']],
    ['turbo run start --filter=api --filter=web', ['script start of api web']],
    ['turbo start', ['script start of *']],
    ['turbo run api#start', ['script start of api']],
    ['nx serve api', ['script serve of api']],
    ['nx run api:serve:production', ['script serve of api']],
    ['nx run-many -t serve -p api,web', ['script serve of api web']],
    ['lerna run start --scope api', ['script start of api']],
    ['concurrently -n a,b "npm:api" "node b.js"', ['script api', 'file b.js']],
    ['concurrently "npm run api" "wait-on tcp:1 && npm run web"', ['script api', 'script web']],
    ['run-p api:* web', ['script api:*', 'script web']],
    ['nest start', ['nest']],
    ['nest start api --watch', ['nest api']],
    ['nest build', []],
    ['next start -p 3000', ['next']],
    ['next build', []],
    ['react-router-serve build/server/index.js', ['file build/server/index.js']],
    ['vite', []],
    ['eslint .', []],
    ['rm -rf dist', []],
    ['', []],
  ])('`%s`', (line, expected) => {
    expect(said(line)).toEqual(expected);
  });

  it('gives up on commands in commands in commands', () => {
    expect(said(`${'npx '.repeat(50)}node a.js`)).toEqual(['file a.js']);
    expect(said(`npm exec ${'-- npm exec '.repeat(50)}-- node a.js`)).toEqual([]);
  });
});

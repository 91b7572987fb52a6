// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the files that are read here hold variables.
import { describe, expect, it } from 'vitest';
import { told } from '../../test/deployment-text.js';

const lines = async (text: string, file = 'Dockerfile') => (await told({ [file]: text })).lines;

describe('a Dockerfile', () => {
  it('is read with the places of all it says', async () => {
    expect(
      await lines(
        [
          'ARG NODE=22',
          'FROM node:${NODE}-alpine AS build',
          'WORKDIR /app',
          'COPY package.json ./',
          'RUN npm ci \\',
          '  # a comment among it',
          '  && npm run build',
          'FROM node:22-alpine',
          'ENV NODE_ENV=production PORT=3000',
          'WORKDIR /srv',
          'COPY --from=build /app/dist dist',
          'COPY docker/start.sh /usr/local/bin/',
          'EXPOSE 3000',
          'VOLUME ["/data"]',
          'STOPSIGNAL SIGQUIT',
          'HEALTHCHECK --interval=30s CMD wget -q http://localhost:3000/healthz || exit 1',
          'ENTRYPOINT ["tini", "--"]',
          'CMD ["node", "dist/server.js"]',
        ].join('\n'),
      ),
    ).toEqual([
      'stage image: web, own @8:1',
      '  image node:22-alpine @8:6',
      '  workdir /srv @10:1',
      '  NODE_ENV=production @9:5',
      '  PORT=3000 @9:25',
      '  volume /data: instance @14:9',
      '  probe health /healthz by `wget -q http://localhost:3000/healthz; exit 1` @16:1',
      '  stop signal SIGQUIT @15:1',
      '  port 3000 @13:8',
      '  copy docker/start.sh to /usr/local/bin/ @12:1',
      '  start (exec) @18:1',
      '    tini -- node dist/server.js @17:13',
    ]);
  });

  it('takes one of the stages that a variable picks', async () => {
    const text = [
      'FROM node:22 AS build-amd64',
      'COPY start.sh /bin/',
      'FROM node:22 AS build-arm64',
      'COPY start.sh /bin/',
      'FROM build-${TARGETARCH} AS build',
      'CMD ["/bin/start.sh"]',
      'FROM ${BASE}',
      'CMD ["node", "a.js"]',
    ];
    expect(await lines(text.slice(0, 6).join('\n'))).toContain('  copy start.sh to /bin/ @4:1');
    expect((await lines(text.join('\n'))).slice(-2)).toEqual(['  start (exec) @8:1', '    node a.js @8:6']);
  });

  it.each<[string, string, string[]]>([
    [
      'shell form',
      'CMD npm run migrate && exec node server.js',
      ['start (shell) @2:1', '  npm run migrate @2:5', '  exec node server.js @2:24'],
    ],
    ['list form', 'CMD ["npm", "start"]', ['start (exec) @2:1', '  npm start @2:6']],
    [
      'a shell called by name',
      'CMD ["sh", "-c", "node a.js & node b.js"]',
      ['start (shell) @2:1', '  node a.js & @2:19', '  node b.js @2:31'],
    ],
    [
      'an entry point with arguments',
      'ENTRYPOINT ["./entry.sh"]\nCMD ["node", "a.js"]',
      ['start (exec) @3:1', '  ./entry.sh node a.js @2:13'],
    ],
    [
      'an entry point in shell form, which takes none',
      'ENTRYPOINT node a.js\nCMD ["x"]',
      ['start (shell) @2:1', '  node a.js @2:12'],
    ],
    [
      'a shell-form command behind an init process',
      'ENTRYPOINT ["tini", "--"]\nCMD node a.js',
      ['start (shell) @3:1', '  node a.js @3:5'],
    ],
    [
      'a list that is no JSON, which the shell reads',
      "CMD ['node', 'a.js']",
      ['start (shell) @2:1', '  [node, a.js] @2:5'],
    ],
    ['a command in a variable', 'ENV START="node a.js"\nCMD $START', ['start (shell) @3:1', '  node a.js @3:5']],
    ['a command that only the build knows', 'ARG START\nCMD $START', ['start (shell, unknown) @3:1', '  $START @3:5']],
    ['continuation marks', 'CMD node \\\n    a.js', ['start (shell) @2:1', '  node a.js @2:5']],
    ['lower case', 'cmd ["node", "a.js"]', ['start (exec) @2:1', '  node a.js @2:6']],
  ])('has its command in %s', async (_, text, expected) => {
    const found = await lines(`FROM node:22\n${text}`);
    expect(found.map((line) => line.slice(2)).filter((line) => /^(?:start| )/.test(line))).toEqual(expected);
  });

  it('hands stages what the one below them says', async () => {
    const found = await told({
      Dockerfile: [
        'FROM node:22 AS base',
        'WORKDIR /app',
        'COPY . .',
        'CMD ["node", "server.js"]',
        'FROM base AS worker',
        'CMD ["node", "worker.js"]',
        'FROM base AS test',
        'ENTRYPOINT ["npm"]',
        'FROM worker',
      ].join('\n'),
    });
    expect(
      found.lines.filter((line) => !line.startsWith('  i') && !line.startsWith('  c') && !line.startsWith('  w')),
    ).toEqual([
      'stage base: unknown, own @1:1',
      '  start (exec) @4:1',
      '    node server.js @4:6',
      'stage worker: worker, own @5:1',
      '  start (exec) @6:1',
      '    node worker.js @6:6',
      'stage test: unknown, own @7:1',
      '  start (exec) @8:1',
      '    npm @8:13',
      'stage image: worker, own @9:1',
      '  start (exec) @6:1',
      '    node worker.js @6:6',
    ]);
  });

  it('reads heredocs', async () => {
    const { descriptor } = await told({
      Dockerfile: 'FROM node:22\nRUN <<EOF\nnpm ci\nnpm run build\nEOF\nCMD ["node", "a.js"]\n',
    });
    const build = descriptor.workloads[0]?.commands.find(({ at }) => at === 'build');
    expect(build?.steps.map(({ words, place }) => [words.join(' '), place.span[0], place.span[1]])).toEqual([
      ['npm ci', 3, 1],
      ['npm run build', 4, 1],
    ]);
  });

  it.each<[string, string, string]>([
    ['Dockerfile', 'FROM node:22\nCMD ["node", "a.js"]', 'production: an image is built from it'],
    ['Dockerfile.dev', 'FROM node:22\nCMD ["node", "a.js"]', 'development: its name says `dev`'],
    ['e2e.Dockerfile', 'FROM node:22\nCMD ["node", "a.js"]', 'test: its name says `e2e`'],
    ['.devcontainer/Dockerfile', 'FROM node:22\nCMD ["node", "a.js"]', 'development: it lies in `.devcontainer`'],
    [
      'Dockerfile',
      'FROM node:22\nENV NODE_ENV=development\nCMD ["node", "a.js"]',
      'development: it sets NODE_ENV to `development`',
    ],
    ['Dockerfile', 'FROM node:22\nCMD ["npm", "run", "dev"]', 'development: it starts `npm run dev`'],
    ['dev/build/Dockerfile', 'FROM node:22\nCMD ["node", "a.js"]', 'production: an image is built from it'],
  ])('%s is for …', async (file, text, expected) => {
    const { purpose, why } = await told({ [file]: text });
    expect(`${purpose}: ${why}`).toBe(expected);
  });

  it.each<[string, string]>([
    ['FROM nginx', 'foreign'],
    ['FROM nginx\nCOPY dist /usr/share/nginx/html', 'own'],
    ['FROM node:22\nRUN npm i -g some-tool', 'whose?'],
    ['FROM acme/thing', 'whose?'],
  ])('of `%s` is told whose code it runs', async (text, whose) => {
    expect((await lines(text))[0]).toContain(`, ${whose} @`);
  });

  it.each<[string, string]>([
    [
      'FROM node:22\nRUNN npm ci\nCMD ["node", "a.js"]',
      'error Dockerfile:2:1 cannot be read as a Dockerfile: `RUNN` is no instruction',
    ],
    [
      'RUN npm ci\nFROM node:22\nCMD ["node", "a.js"]',
      'error Dockerfile:1:1 cannot be read as a Dockerfile: `FROM` must come first',
    ],
  ])('says what is wrong with it, and reads the rest', async (text, problem) => {
    const { problems, lines: found } = await told({ Dockerfile: text });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(problem);
    expect(found.join('\n')).toContain('node a.js');
  });

  it('takes what tests or templates break for a note', async () => {
    const level = async (file: string, text: string) => (await told({ [file]: text })).problems[0]?.split(' ')[0];
    expect(await level('test/Dockerfile', 'FROM node\nX y\n')).toBe('note');
    expect(await level('Dockerfile.j2', 'FROM node\n{% if a %}\nCMD a\n')).toBe('note');
    expect(await level('docker-compose.yml', 'services:\n  a:\n{% if a %}\n    b: "\n')).toBe('note');
    expect(await level('Dockerfile', 'FROM node\nX y\n')).toBe('error');
  });

  it.each([
    'FROM node:22\nRUN <<EOF\nnpm ci\n',
    'FROM\nCMD',
    'FROM node:22\nCMD [',
    'FROM node:22\nHEALTHCHECK\nENV\nCOPY\nCMD "',
  ])('does not fail on %j', async (text) => {
    expect((await told({ Dockerfile: text })).kind).toBe('dockerfile');
  });
});

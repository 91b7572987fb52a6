// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the files that are read here hold variables.
import { describe, expect, it } from 'vitest';
import type { Sources } from '../../test/in-memory.js';
import { told } from '../../test/deployment-text.js';

const FILE = 'docker-compose.yml';
const lines = async (text: string, more: Sources = {}) => (await told({ [FILE]: text, ...more })).lines;

/** Of one service, what is said below its first line. */
const service = async (...said: string[]) =>
  (await lines(['services:', '  api:', '    build: .', ...said.map((line) => `    ${line}`)].join('\n'))).slice(2);

describe('a compose file', () => {
  it('is read with the places of all it says', async () => {
    expect(
      await lines(
        [
          'services:',
          '  api:',
          '    build:',
          '      context: ./server',
          '      target: prod',
          '    container_name: shop-api',
          '    init: true',
          '    stop_grace_period: 1m30s',
          '    stop_signal: SIGQUIT',
          '    working_dir: /app',
          '    command: sh -c "npm run migrate && exec node server.js"',
          '    environment:',
          '      NODE_ENV: production',
          '      SECRET: ${SECRET}',
          '    env_file: .env',
          '    ports:',
          '      - "8080:3000"',
          '    volumes:',
          '      - uploads:/app/uploads',
          '    healthcheck:',
          '      test: ["CMD", "curl", "-f", "http://localhost:3000/ready"]',
          '    deploy:',
          '      replicas: 3',
          '      update_config: { parallelism: 1, order: start-first }',
          '  db:',
          '    image: postgres:16',
          'volumes:',
          '  uploads:',
        ].join('\n'),
      ),
    ).toEqual([
      'service api: web, own @2:3',
      '  build server/Dockerfile to prod @4:7',
      '  workdir /app @10:18',
      '  instances {"min":3,"max":3} @23:17',
      '  update rolling @24:22, unavailable 1 @24:37, order start-first @24:47',
      '  NODE_ENV=production @13:17',
      '  SECRET=? @14:15',
      '  variables from .env @15:15',
      '  volume /app/uploads: host, keeps (uploads) @19:9',
      '  probe health /ready by `curl -f http://localhost:3000/ready` @21:13',
      '  grace 90 @8:24',
      '  stop signal SIGQUIT @9:18',
      '  init true @7:11',
      '  pin container-name shop-api @6:21',
      '  pin host-port 8080 @17:9',
      '  port 8080:3000 @17:9',
      '  start (shell, arguments) @11:14',
      '    npm run migrate @11:21',
      '    exec node server.js @11:40',
      'service db: unknown, foreign @25:3',
      '  image postgres:16 @26:12',
    ]);
  });

  it.each<[string, string[], string[]]>([
    ['a string', ['command: node a.js'], ['  start (exec, arguments) @4:14', '    node a.js @4:14']],
    ['a list', ['command: [node, a.js]'], ['  start (exec, arguments) @4:14', '    node a.js @4:15']],
    [
      'a shell called by name',
      ["command: ['sh', '-c', 'a; b']"],
      ['  start (shell, arguments) @4:14', '    a @4:28', '    b @4:31'],
    ],
    [
      'a block',
      ['command: >', '  sh -c "a &&', '  b"'],
      ['  start (shell, arguments) @4:14', '    a @5:14', '    b @6:7'],
    ],
    ['an entry point', ['entrypoint: ./entry.sh'], ['  start (exec) @4:17', '    ./entry.sh @4:17']],
    [
      'an entry point and what it is given',
      ['entrypoint: [tini, --]', 'command: node a.js'],
      ['  start (exec) @5:14', '    tini -- node a.js @4:18'],
    ],
    [
      'a shell as entry point',
      ['entrypoint: sh', 'command: -c "a && b"'],
      ['  start (shell) @5:14', '    a @5:18', '    b @5:23'],
    ],
    ['hooks', ['pre_stop:', '  - command: ./drain.sh'], ['  before-stop (exec) @5:18', '    ./drain.sh @5:18']],
  ])('has its command as %s', async (_, said, expected) => {
    expect(await service(...said)).toEqual(expected);
  });

  it.each<[string, string, string[]]>([
    ['a port of the host', 'ports: ["3000:3000"]', ['  pin host-port 3000 @4:13', '  port 3000:3000 @4:13']],
    [
      'an address of the host',
      'ports: ["127.0.0.1:80:3000/tcp"]',
      ['  pin host-port 80 @4:13', '  port 80:3000 @4:13'],
    ],
    ['a variable', "ports: ['${PORT:-80}:3000']", ['  pin host-port ${PORT:-80} @4:13', '  port ?:3000 @4:13']],
    ['a port of the container alone', 'ports: ["3000"]', ['  port 3000 @4:13']],
    ['a range, which leaves others free', 'ports: ["3000-3005:3000"]', ['  port ?:3000 @4:13']],
    ['the long form', 'ports: [{ target: 3000, published: 80 }]', ['  pin host-port 80 @4:13', '  port 80:3000 @4:13']],
    ['the network of the host', 'network_mode: host', ['  pin host-network host @4:19']],
    ['an address', 'networks: { a: { ipv4_address: 10.0.0.2 } }', ['  pin address 10.0.0.2 @4:36']],
  ])('pins a service to a host by %s', async (_, said, expected) => {
    expect(await service(said)).toEqual(expected);
  });

  it.each<[string, string, string]>([
    ['./data:/data', '', 'host, keeps (./data)'],
    ['~/data:/data:ro', '', 'host, keeps, read only (~/data)'],
    ['"${DATA:-./data}:/data"', '', 'host, keeps (${DATA:-./data})'],
    ['/data', '', 'instance'],
    ['data:/data', '', 'host, keeps (data)'],
    ['data:/data', '{ driver_opts: { type: nfs, o: addr=10.0.0.1, device: ":/x" } }', 'shared, keeps (data)'],
    ['data:/data', '{ driver: rexray/efs }', 'shared, keeps (data)'],
    ['data:/data', '{ external: true }', 'unknown, keeps (data)'],
    ['data:/data', '{ driver_opts: { type: tmpfs } }', 'instance (data)'],
    ['{ type: bind, source: ./data, target: /data, read_only: true }', '', 'host, keeps, read only (./data)'],
    ['{ type: tmpfs, target: /data }', '', 'instance'],
  ])('spreads the volume %s declared as %j: %s', async (volume, declared, expected) => {
    const text = `services:\n  api:\n    build: .\n    volumes:\n      - ${volume}\nvolumes:\n  data: ${declared}\n`;
    expect(await lines(text)).toContain(`  volume /data: ${expected} @5:9`);
  });

  it.each<[string, string]>([
    ['image: acme/shop:1', 'own'],
    ['image: ghcr.io/acme/shop-worker', 'own'],
    ['image: "registry:5000/acme/other"', 'whose?'],
    ['image: docker.io/library/redis:7', 'foreign'],
    ['image: redis\n    build: ./redis', 'own'],
    ['image: mcr.microsoft.com/mssql/server:2022', 'foreign'],
  ])('tells by `%s` whose code runs', async (said, whose) => {
    expect((await lines(`services:\n  x:\n    ${said}\n`, { 'package.json': { name: '@acme/shop' } }))[0]).toContain(
      `, ${whose} @`,
    );
  });

  it('takes variables from files that it names', async () => {
    const text = 'services:\n  a:\n    build: .\n    env_file: [.env.prod]\n    environment: [A=2]\n';
    expect(await lines(text, { '.env.prod': 'A=1\nB=1\n' })).toEqual([
      'service a: unknown, own @2:3',
      '  build Dockerfile @3:12',
      '  A=2 @5:19',
      '  B=1 @.env.prod:2:1',
      '  variables from .env.prod @4:16',
    ]);
  });

  it('tells its own images by the folders that have a Dockerfile', async () => {
    const text = 'services:\n  a:\n    image: registry.example.com/x/cart:1\n  b:\n    image: redis\n';
    const dockerfile = 'FROM node:22\nCOPY . .\nCMD ["node", "a.js"]\n';
    const found = await lines(text, { 'src/cart/Dockerfile': dockerfile, 'docker/redis/Dockerfile': dockerfile });
    expect(found.filter((line) => line.startsWith('service'))).toEqual([
      'service a: unknown, own @2:3',
      'service b: unknown, foreign @4:3',
    ]);
  });

  it('takes over what it extends, from other files as well, and what anchors and merge keys give', async () => {
    const text = [
      'x-env: &env',
      '  NODE_ENV: production',
      'services:',
      '  api:',
      '    extends: { file: base.yml, service: node }',
      '    environment: { <<: *env, PORT: 3000 }',
      '  worker:',
      '    extends: api',
      '    command: node worker.js',
    ].join('\n');
    const base = 'services:\n  node:\n    build: .\n    init: true\n    container_name: base\n    command: node a.js\n';
    expect(await lines(text, { 'base.yml': base })).toEqual([
      'service api: web, own @4:3',
      '  build Dockerfile @base.yml:3:12',
      '  NODE_ENV=production @2:13',
      '  PORT=3000 @6:36',
      '  init true @base.yml:4:11',
      '  pin container-name base @base.yml:5:21',
      '  start (exec, arguments) @base.yml:6:14',
      '    node a.js @base.yml:6:14',
      'service worker: worker, own @7:3',
      '  build Dockerfile @base.yml:3:12',
      '  NODE_ENV=production @2:13',
      '  PORT=3000 @6:36',
      '  init true @base.yml:4:11',
      '  pin container-name base @base.yml:5:21',
      '  start (exec, arguments) @9:14',
      '    node worker.js @9:14',
    ]);
  });

  it('lays a file that names no image over the one that does', async () => {
    const found = await told({
      'docker-compose.prod.yml': 'services:\n  api:\n    deploy: { replicas: 2 }\n',
      'docker-compose.yml': 'services:\n  api:\n    image: redis\n',
    });
    expect(found.lines).toEqual([
      'service api: web, foreign @2:3',
      '  image redis @docker-compose.yml:3:12',
      '  instances {"min":2,"max":2} @3:25',
    ]);
    expect(found.purpose).toBe('production');
  });

  it('does not take somebody else’s code for its own because it is built here', async () => {
    const found = await lines('services:\n  mail:\n    build: { dockerfile: mail.Dockerfile }\n', {
      'mail.Dockerfile': 'FROM node:22\nRUN npm i -g some-tool\nCMD some-tool\n',
    });
    expect(found[0]).toBe('service mail: unknown, whose? @2:3');
  });

  it('knows sticky balancers by the labels they are told by', async () => {
    const found = await service('labels:', '  - traefik.http.services.shop.loadbalancer.sticky.cookie=true');
    expect(found).toEqual(['balancer shop @5:9', '  sticky cookie @5:9', '  to api @2:3']);
  });

  it.each<[string, string, string]>([
    ['docker-compose.yml', 'build: .', 'unknown: nothing says whether it is for production'],
    ['docker-compose.yml', 'build: .\n    restart: always', 'production: its services are restarted when they end'],
    [
      'docker-compose.override.yml',
      'build: .',
      "development: its name says `override`, which is merged on the developer's machine",
    ],
    ['docker-compose.test.yml', 'build: .\n    restart: always', 'test: its name says `test`'],
    ['docker-compose.prod.yml', 'build: .\n    volumes: [".:/app"]', 'production: its name says `prod`'],
    [
      'docker-compose.yml',
      'build: .\n    volumes: [".:/app"]',
      'development: it mounts the source tree into the container',
    ],
    [
      'docker-compose.yml',
      'build: .\n    volumes: ["./data:/app/data"]',
      'unknown: nothing says whether it is for production',
    ],
    ['docker-compose.yml', 'build: .\n    command: npx nodemon a.js', 'development: it starts `npx nodemon a.js`'],
    [
      'docker-compose.yml',
      'build: .\n    environment: [NODE_ENV=development]',
      'development: it sets NODE_ENV to `development`',
    ],
  ])('%s with %j is for …', async (file, said, expected) => {
    const { purpose, why } = await told({ [file]: `services:\n  api:\n    ${said}\n`, 'a.js': '' });
    expect(`${purpose}: ${why}`).toBe(expected);
  });

  it.each<[string, string, string]>([
    ['tabs', 'services:\n\tapi:\n\t\timage: redis\n', 'error docker-compose.yml:2:1 cannot be read as YAML'],
    ['an open quote', 'services:\n  api:\n    image: "redis\n', 'error docker-compose.yml:'],
    ['an alias of nothing', 'services:\n  api: *nothing\n', 'error docker-compose.yml:2:'],
  ])('says where it is broken: %s', async (_, text, problem) => {
    const { problems } = await told({ [FILE]: text });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(problem);
  });

  it('survives what goes in circles or unfolds without end', async () => {
    const bomb = [
      'a: &a [x, x]',
      ...'bcdefghijklmnop'
        .split('')
        .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghijklmnop'[index]}`).join(', ')}]`),
    ];
    expect((await told({ [FILE]: `services:\n  a: &a { image: redis, x: *a }\n` })).kind).toBe('compose');
    expect((await told({ [FILE]: `services:\n  a: { extends: b }\n  b: { extends: a }\n` })).kind).toBe('compose');
    expect((await told({ [FILE]: `${bomb.join('\n')}\nservices:\n  a: { image: redis }\n` })).lines[0]).toContain(
      'service a',
    );
  });
});

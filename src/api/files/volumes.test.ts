import { describe, expect, it } from 'vitest';
import { programOf, type Sources } from '../../../test/in-memory.js';
import type { Declaration } from '../../model/production.js';
import { diskAt } from './volumes.js';

const APP: Sources = {
  'package.json': { name: 'kites', main: 'server.js', scripts: { start: 'node server.js' } },
  'server.js': "require('http').createServer(() => {}).listen(3000);",
};
const IMAGE: Sources = { Dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nCMD ["node", "server.js"]\n' };

function compose(volumes: string, more = ''): Sources {
  return {
    'compose.yaml': `services:\n  web:\n    build: .\n    volumes: [${volumes}]\n${more}volumes:\n  files:\n    driver_opts: { type: nfs, o: 'addr=files,rw', device: ':/files' }\n  local:\n`,
  };
}

async function said(place: string, sources: Sources, deployment?: Declaration): Promise<string> {
  const program = await programOf({ ...APP, ...sources }, deployment ? { deployment } : {});
  const unit = program.units.find(({ file }) => file === 'server.js');
  if (!unit) throw new Error('no server.js');
  const { shared, evidence } = diskAt(program, unit, place);
  return shared ? `shared: ${shared.reason}` : evidence.map(({ note }) => note).join('; ') || 'nothing mounted';
}

describe('what is mounted where files are kept', () => {
  it.each([
    ['@/uploads/*', 'files:/app/uploads', /^shared: `\/app\/uploads` is .*, which every instance sees$/],
    ['/srv/files/a.txt', 'files:/srv/files', /^shared/],
    ['@/uploads/*', 'local:/app/uploads', /^`\/app\/uploads` is .*, which not every instance sees$/],
    ['@/uploads/*', 'files:/app/pictures', /^nothing mounted$/],
    ['@/uploads-old/*', 'files:/app/uploads', /^nothing mounted$/],
    ['@/uploads/own/*', 'files:/app/uploads, local:/app/uploads/own', /not every instance sees$/],
    ['*/uploads', 'files:/app/uploads', /^nothing mounted$/],
  ])('%s with %s', async (place, volumes, words) => {
    expect(await said(place, { ...IMAGE, ...compose(volumes) })).toMatch(words);
  });

  it('is where a variable says', async () => {
    const sources = { ...IMAGE, ...compose('files:/srv/files', '    environment: { FILES: /srv/files }\n') };
    expect(await said('<env:FILES>/a.txt', sources)).toMatch(/^shared/);
    expect(await said('<env:OTHERS>/a.txt', sources)).toBe('nothing mounted');
  });

  it('must be shared wherever the program runs', async () => {
    const other = 'applications:\n  - name: kites\n';
    expect(await said('@/uploads/*', { ...IMAGE, ...compose('files:/app/uploads'), 'manifest.yml': other })).toBe(
      'nothing mounted',
    );
  });

  it('is what the configuration says', async () => {
    const words =
      'shared: `@/uploads` is a volume that the configuration declares to be shared, which every instance sees';
    expect(await said('@/uploads/*', {}, { sharedVolumes: ['uploads'] })).toBe(words);
    expect(await said('@/uploads/*', { ...IMAGE, ...compose('') }, { sharedVolumes: ['/app/uploads/'] })).toMatch(
      /^shared/,
    );
    expect(await said('/data/a.db', {}, { sharedVolumes: ['/data'] })).toMatch(/^shared/);
    expect(await said('@/plans/*', {}, { sharedVolumes: ['uploads'] })).toBe('nothing mounted');
  });
});

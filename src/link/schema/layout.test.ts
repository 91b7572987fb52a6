import { describe, expect, it } from 'vitest';
import { agesOf, placeOfSql, timeOf, upOnly } from './layout.js';

describe('files of migrations', () => {
  it.each([
    ['prisma/migrations/20250101_a/migration.sql', '20250101_a', false],
    ['prisma/migrations/20250101_initial_migration/migration.sql', '20250101_initial_migration', false],
    ['migrations/20250101_a/down.sql', '20250101_a', true],
    ['db/migrations/1_a.up.sql', '1_a.up', false],
    ['db/migrations/1_a.down.sql', '1_a.down', true],
    ['migrations/sqls/2025-a-down.sql', '2025-a-down', true],
    ['migrations/003.undo.a.sql', '003.undo.a', true],
    ['db/V2__a.sql', 'V2__a', false],
    ['db/U2__a.sql', 'U2__a', true],
    ['drizzle/0001_a.sql', '0001_a', false],
  ])('%s', (file, name, isDown) => {
    expect(placeOfSql(file, new Set(['drizzle']))).toMatchObject({ name, isDown });
  });

  it('are not all SQL there is', () => {
    expect(placeOfSql('queries/report.sql', new Set())).toBeUndefined();
  });
});

describe('when they were made', () => {
  it.each([
    ['20250106070444_a', Date.UTC(2025, 0, 6)],
    ['2025-02-17-2142-a', Date.UTC(2025, 1, 17)],
    ['1672041273674-A', 1672041273674],
    ['m1672041273_a', 1672041273000],
    ['Migration20250102000000', Date.UTC(2025, 0, 2)],
    ['0001_a', undefined],
    ['V1__a', undefined],
  ])('%s', (name, time) => {
    expect(timeOf(name)).toBe(time);
  });

  const all = ['20250101_a', '20250301_b', '20250601_c'].map((name) => ({ file: name, name, group: '.' }));

  it.each([
    ['2025-03-01', ['old', 'new', 'new']],
    ['20250301_b', ['old', 'old', 'new']],
    ['20250301', ['old', 'old', 'new']],
    [undefined, ['recent', 'recent', 'recent']],
  ])('since %s', (since, ages) => {
    expect([...agesOf(all, since).values()]).toEqual(ages);
  });

  it('is told by the order where names have no dates, and by nothing where they have no order', () => {
    const numbered = Array.from({ length: 30 }, (_, at) => ({ file: `${at}`, name: `${at}_x`, group: '.' }));
    expect([...agesOf(numbered, undefined).values()].indexOf('recent')).toBe(10);
    const named = numbered.map(({ file }) => ({
      file,
      name: `patch-${String.fromCharCode(97 + Number(file))}`,
      group: '.',
    }));
    expect(new Set(agesOf(named, undefined).values())).toEqual(new Set(['unknown']));
  });
});

describe('the way up', () => {
  it.each([
    ['-- migrate:up\na\n-- migrate:down\nb'],
    ['-- +goose Up\na\n-- +goose Down\nb'],
    ['-- Up Migration\na\n-- Down Migration\nb'],
    ['---- Up ----\na\n---- Down ----\nb'],
    ['# --- !Ups\na\n# --- !Downs\nb'],
    ['a\n-- //@UNDO\nb'],
  ])('%s', (text) => {
    const up = upOnly(text);
    expect(up).toHaveLength(text.length);
    expect(up.split('\n')).toContain('a');
    expect(up.split('\n')).not.toContain('b');
  });

  it('goes on behind the way down', () => {
    expect(upOnly('-- down\nb\n-- up\na')).toMatch(/^\s+-- up\na$/);
  });

  it('is all of a file that only speaks of down', () => {
    expect(upOnly('-- down the road we need this\na')).toBe('-- down the road we need this\na');
  });
});

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts that are read here hold variables.
import { describe, expect, it } from 'vitest';
import type { Environment } from '../../model/deployment.js';
import { settingOfTests } from './shell-tests.js';

const place = { file: 'web.yaml', span: [4, 1, 4, 9] as const };

function said(test: string, environment: Readonly<Record<string, string>> = {}, holds = true): string {
  const variables: Environment = Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [name, { value, place }]),
  );
  const { when, words, safe, because } = settingOfTests([{ words: test.split(' '), holds, place }], variables);
  return safe
    ? `${safe}${because ? ` (${because.file}:${because.span[0]})` : ''}`
    : [when, words].filter(Boolean).join(': ');
}

describe('tests of a shell', () => {
  it.each([
    ['[ $CF_INSTANCE_INDEX = 0 ]', '`CF_INSTANCE_INDEX` lets one instance run it'],
    ['[[ ${CF_INSTANCE_INDEX:-0} == 0 ]]', '`CF_INSTANCE_INDEX` lets one instance run it'],
    ['[ $CF_INSTANCE_INDEX -eq 0 ]', '`CF_INSTANCE_INDEX` lets one instance run it'],
    ['[ $CF_INSTANCE_INDEX != 0 ]', 'always'],
    ['[ $NODE_ENV = development ]', 'runs only outside production'],
    ['[ $NODE_ENV = production ]', 'always'],
    ['[ $1 = web ]', 'always'],
    ['[ $SEED = yes ]', "optional-config: only when SEED is 'yes'"],
    ['[ $SKIP_SEED != yes ]', "default-config: safe when SKIP_SEED is 'yes'"],
    ['[ ${SEED:-yes} = yes ]', "default-config: safe when SEED is not 'yes'"],
    ['[ -n $SEED ]', 'optional-config: only when SEED is set'],
    ['[ -z $SKIP_SEED ]', 'default-config: safe when SKIP_SEED is set'],
  ])('%s', (test, words) => {
    expect(said(test)).toBe(words);
  });

  it('that must not hold are turned round', () => {
    expect(said('[ $CF_INSTANCE_INDEX != 0 ]', {}, false)).toBe('`CF_INSTANCE_INDEX` lets one instance run it');
    expect(said('[ $CF_INSTANCE_INDEX = 0 ]', {}, false)).toBe('always');
    expect(said('[ -n $SKIP_SEED ]', {}, false)).toBe('default-config: safe when SKIP_SEED is set');
  });

  it('are decided by what production sets', () => {
    expect(said('[ $SEED = yes ]', { SEED: 'yes' })).toBe('always');
    expect(said('[ $SEED = yes ]', { SEED: 'no' })).toBe(
      'production sets SEED, with which it does not run (web.yaml:4)',
    );
    expect(said('[ -z $SKIP_SEED ]', { SKIP_SEED: '1' })).toBe(
      'production sets SKIP_SEED, with which it does not run (web.yaml:4)',
    );
    expect(said('[ -z $SKIP_SEED ]', { SKIP_SEED: '' })).toBe('always');
  });
});

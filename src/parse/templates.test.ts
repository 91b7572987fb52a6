import { describe, expect, it } from 'vitest';
import { type Truth, valuePath, withoutTemplates } from './templates.js';

const truth: Truth = (path) => ({ 'Values.on': true, 'Values.off': false })[path.join('.')];

/** What is left, with `?` for what gives a value. */
const left = (text: string) => withoutTemplates(text, truth).text.replaceAll('\uE000', '?');

describe('withoutTemplates', () => {
  it.each<[string, string]>([
    ['a: 1', 'a: 1'],
    ['a: {{ .x }}', 'a: ????????'],
    ['a: "x-{{ .x }}"', 'a: "x-????????"'],
    ['{{ toYaml . }}\nb', '              \nb'],
    ['{{/* words */}}b', `${' '.repeat(15)}b`],
    ['{{ if .Values.on }}a{{ else }}b{{ end }}c', '                   a                    c'],
    ['{{ if .Values.off }}a{{ else }}b{{ end }}c', '                               b         c'],
    ['{{ if not .Values.off }}a{{ end }}', '                        a         '],
    ['{{ if and .Values.on .Values.off }}a{{ end }}', ' '.repeat(45)],
    ['{{ if or .Values.on .Values.unknown }}a{{ end }}', `${' '.repeat(38)}a         `],
    ['{{ if eq .Values.on 1 }}a{{ else }}b{{ end }}', ' '.repeat(45)],
    ['{{ range .Values.list }}a{{ end }}', ' '.repeat(34)],
    ['{{ define "x" }}a{{ end }}b', `${' '.repeat(26)}b`],
    ['{{ $x := 1 }}b', `${' '.repeat(13)}b`],
    ['{{ if .Values.off }}a', ' '.repeat(21)],
  ])('leaves of %j what can be read', (text, expected) => {
    expect(left(text)).toBe(expected);
    expect(withoutTemplates(text, truth).text).toHaveLength(text.length);
  });

  it('stays quick however many blocks are opened', () => {
    const before = performance.now();
    const { masked } = withoutTemplates('{{ if a }}x'.repeat(20_000), truth);
    expect(masked.at(-1)?.to).toBe(220_000);
    expect(performance.now() - before).toBeLessThan(2000);
  });
});

describe('valuePath', () => {
  it.each<[string, readonly string[] | undefined]>([
    ['{{ .Values.a.b }}', ['Values', 'a', 'b']],
    ['"{{- .Values.a | quote -}}"', ['Values', 'a']],
    ['{{ .Values.a | default 1 }}', undefined],
    ['x{{ .Values.a }}', undefined],
  ])('of %s', (template, expected) => {
    expect(valuePath(template)).toEqual(expected);
  });
});

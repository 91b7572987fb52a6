import type { ScriptFact } from '../model/facts.js';
import type { Manifest } from '../model/input.js';
import { parseJson } from '../parse/json.js';
import { parseShell } from '../parse/shell.js';

/** The scripts of a manifest with their places. */
export function collectScripts({ text }: Manifest): ScriptFact[] {
  const root = text === undefined ? undefined : parseJson(text).trees[0];
  const scripts = root?.kind === 'map' ? root.entries.find(({ key }) => key === 'scripts')?.value : undefined;
  if (scripts?.kind !== 'map') return [];
  return scripts.entries.flatMap(({ key, value }) => {
    if (value.kind !== 'value' || typeof value.value !== 'string') return [];
    const [line, column, endLine, endColumn] = value.span;
    // Without its quotes.
    return [
      { name: key, commands: parseShell(value.value), span: [line, column + 1, endLine, endColumn - 1] as const },
    ];
  });
}

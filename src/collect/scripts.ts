import { ts } from 'ts-morph';
import type { ScriptFact } from '../model/facts.js';
import type { Manifest } from '../model/input.js';
import { parseShell } from '../parse/shell.js';

/** The scripts of a manifest with their places. */
export function collectScripts(manifest: Manifest): ScriptFact[] {
  if (manifest.text === undefined) return [];
  const source = ts.parseJsonText('package.json', manifest.text);
  const root = source.statements[0]?.expression;
  if (!root || !ts.isObjectLiteralExpression(root)) return [];
  const scripts = root.properties.find((property) => nameOf(property) === 'scripts');
  if (!scripts || !ts.isPropertyAssignment(scripts) || !ts.isObjectLiteralExpression(scripts.initializer)) return [];
  const found: ScriptFact[] = [];
  for (const property of scripts.initializer.properties) {
    const name = nameOf(property);
    if (name === undefined || !ts.isPropertyAssignment(property) || !ts.isStringLiteral(property.initializer)) continue;
    const from = source.getLineAndCharacterOfPosition(property.initializer.getStart(source) + 1);
    const to = source.getLineAndCharacterOfPosition(property.initializer.end - 1);
    found.push({
      name,
      commands: parseShell(property.initializer.text),
      span: [from.line + 1, from.character + 1, to.line + 1, to.character + 1],
    });
  }
  return found;
}

function nameOf(property: ts.ObjectLiteralElementLike): string | undefined {
  return property.name && ts.isStringLiteral(property.name) ? property.name.text : undefined;
}

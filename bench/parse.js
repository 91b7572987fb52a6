// The limit for whoever parses everything with TypeScript: its parser alone, on all files below the working directory.
import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';

for (const file of readdirSync('.', { recursive: true, encoding: 'utf8' }))
  if (/(?<!\.d)\.[cm]?[jt]sx?$/.test(file) && !file.includes('node_modules'))
    ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, false);

#!/usr/bin/env node
import module from 'node:module';

// From Node 22 on, compiled code is kept from run to run; what is loaded after this profits.
module.enableCompileCache?.();

const { quick } = await import('../dist/lib/quick.js');
if (!(await quick())) {
  const { start } = await import('../dist/lib/cli.js');
  await start();
}

#!/usr/bin/env node
import module from 'node:module';

// From Node 22 on, compiled code is kept from run to run; what is loaded after this profits.
module.enableCompileCache?.();

const { start } = await import('../dist/src/cli/index.js');
await start();

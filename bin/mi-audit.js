#!/usr/bin/env node
import { start } from '../dist/src/cli/index.js';

await start();

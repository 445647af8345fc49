#!/usr/bin/env node
import { processEnvironment } from '../config.js';
import { stopSignal } from '../operations/signals.js';
import { runCommand } from './run-command.js';

process.exitCode = await runCommand(process.argv.slice(2), {
  stdin: process.stdin,
  out: (line) => process.stdout.write(`${line}\n`),
  write: (bytes) => process.stdout.write(bytes),
  error: (line) => process.stderr.write(`${line}\n`),
  environment: processEnvironment(),
  signal: stopSignal(),
});
if (process.exitCode !== 0) process.exit();

import { StartError } from '../kernel/errors.js';
import { loadDirectory } from './load-directory.js';

/** The end of the build: a fault in the data is found here, not when the service starts. */
try {
  loadDirectory();
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

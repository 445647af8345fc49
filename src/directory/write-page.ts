import { writeFileSync } from 'node:fs';
import { directoryPage } from './directory-table.js';
import { loadDirectory } from './load-directory.js';

writeFileSync('docs/directory.md', directoryPage(loadDirectory().services));

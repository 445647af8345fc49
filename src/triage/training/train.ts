import { writeFileSync } from 'node:fs';
import { readCorpus } from './corpus.js';
import { trainModels } from './train-models.js';

/** `npm run train`: from the corpus to the two model files kept in the repository. */
const corpus = readCorpus('src/triage/corpus');
const { safety, triage } = trainModels(corpus);
writeFileSync('src/safety/model.json', `${JSON.stringify(safety)}\n`);
writeFileSync('src/triage/model.json', `${JSON.stringify(triage)}\n`);
process.stdout.write(`trained on ${corpus.rows.length} utterances\n`);

import { temporaryStore } from '../support/temporary-store.js';
import { describeStores } from './all-contracts.js';

describeStores('LMDB', temporaryStore);

import { StartError } from '../../kernel/errors.js';
import type { Stores } from '../stores.js';

export async function openMongo(_uri: string): Promise<Stores> {
  throw new StartError('MongoDB is not available in this build.');
}

import { type DeskWatch, LOOK_EVERY } from '../handoff/desk-watch.js';
import { errorFields, type Logger } from '../kernel/log.js';

/**
 * Seconds count at the desk, so this is not a job of the minute: every instance looks, and what is due is decided by
 * one conditional write each (docs/decisions/0042-a-silent-desk-gives-back.md). Never overlaps itself.
 */
export function startDeskWatch({ watch, log }: { watch: DeskWatch; log: Logger }): () => void {
  let looking = false;
  const look = async (): Promise<void> => {
    if (looking) return;
    looking = true;
    try {
      await watch.look();
    } catch (error) {
      log.error('the desk could not be watched', errorFields(error));
    } finally {
      looking = false;
    }
  };
  const timer = setInterval(() => void look(), LOOK_EVERY);
  timer.unref();
  return () => clearInterval(timer);
}

import type { CallerInput, TurnResult } from '../../dialogs/turn-types.js';
import { demonstrationDiary, fillDiary } from '../../src/booking/demonstration-diary.js';
import { compose, type Service } from '../../src/compose.js';
import { readConfig } from '../../src/config.js';
import type { Channel, Language } from '../../src/conversations/conversation.js';
import type { ConversationId } from '../../src/kernel/ids.js';
import { createLogger, type Logger } from '../../src/kernel/log.js';
import { type FrozenClock, frozenClock } from './frozen-clock.js';
import { seededRandom } from './seeded-random.js';
import { temporaryStore } from './temporary-store.js';

/** The whole service behind its doors, on a store of its own and a clock that stands still. */
export interface SpokenService {
  service: Service;
  clock: FrozenClock;
  folder: string;
  talk(channel: Channel, language?: Language): Promise<Talk>;
  close(): Promise<void>;
}

/** One caller's conversation. */
export interface Talk {
  id: ConversationId;
  welcome: TurnResult;
  say(text: string): Promise<TurnResult>;
  input(kind: CallerInput['kind'], text?: string): Promise<TurnResult>;
}

export const heard = ({ messages }: TurnResult): string => messages.map(({ text }) => text).join('\n');

export async function spokenService(
  start = '2026-03-02T08:00:00Z',
  environment: Record<string, string> = {},
  log: Logger = createLogger('silent'),
): Promise<SpokenService> {
  const clock = frozenClock(start);
  const random = seededRandom();
  const { stores, folder, remove } = await temporaryStore();
  await fillDiary(stores.diary, demonstrationDiary(start.slice(0, 10)));
  const config = readConfig(
    { DATA_DIR: folder, TWILIO_API_BASE_URL: 'http://127.0.0.1:9', ...environment },
    random,
  );
  const service = await compose({
    config,
    clock,
    random,
    log,
    stores,
    publicUrl: () => 'http://127.0.0.1:3978',
  });

  const talk = async (channel: Channel, language: Language = 'fr'): Promise<Talk> => {
    const { id } = await service.conversations.open({ channel, language });
    let count = 0;
    const input = (kind: CallerInput['kind'], text = ''): Promise<TurnResult> => {
      count += 1;
      return service.takeTurn({ conversation: id, key: `k${count}`, kind, text });
    };
    return { id, welcome: await input('start'), input, say: (text) => input('text', text) };
  };
  return { service, clock, folder, talk, close: remove };
}

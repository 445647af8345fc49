import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Activity } from 'botbuilder';
import { ConversationState, MemoryStorage, TurnContext } from 'botbuilder';
import express from 'express';
import type { CallerInput, TurnResult } from '../../dialogs/turn-types.js';
import { loadTranslations } from '../../locales/translate.js';
import { InProcessAdapter } from '../../src/channels/bot-framework/in-process-adapter.js';
import { createWebChat } from '../../src/channels/web-chat/web-chat.js';
import { systemClock } from '../../src/kernel/clock.js';
import { createLogger } from '../../src/kernel/log.js';
import { systemRandom } from '../../src/kernel/random.js';
import { createSecrets } from '../../src/privacy/secrets.js';
import { memoryConversations } from '../channels/web-chat/memory-conversations.js';

/** The SDK's EchoBot, its state in memory, behind the service's own Direct Line: what a turn costs without us. */
async function main(): Promise<void> {
  const conversations = memoryConversations(systemClock, systemRandom);
  const state = new ConversationState(new MemoryStorage());
  const counted = state.createProperty<number>('count');
  const adapter = new InProcessAdapter({ takeTurn: conversations.takeTurn, ephemeral: () => undefined });

  const echo = async (input: CallerInput): Promise<TurnResult> => {
    const activity: Partial<Activity> = {
      type: 'message',
      channelId: 'directline',
      text: input.text,
      conversation: { id: input.conversation, isGroup: false, conversationType: 'personal', name: '' },
    };
    const context = new TurnContext(adapter, activity);
    await counted.set(context, (await counted.get(context, 0)) + 1);
    const result = await conversations.takeTurn(input);
    await state.saveChanges(context);
    return result;
  };

  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const chat = createWebChat({
    takeTurn: echo,
    conversations,
    atDesk: { ready: async () => 0 },
    secrets: createSecrets({ current: systemRandom.bytes(32), random: systemRandom }),
    clock: systemClock,
    random: systemRandom,
    translate: loadTranslations().written,
    directLineSecret: process.argv[2],
    publicUrl: () => url,
    exitUrl: 'https://exit.example.invalid',
    transcriptDays: 30,
    log: createLogger('silent'),
  });
  const app = express();
  app.set('query parser', 'simple');
  app.use(chat.router);
  server.on('request', app);
  server.on('upgrade', (request, socket, head) => {
    if (!chat.stream.handleUpgrade(request, socket, head)) socket.destroy();
  });
  process.stdout.write(`Chat      ${url}/\n`);
}

await main();

import { createHmac } from 'node:crypto';
import { type Activity, ConfigurationBotFrameworkAuthentication, TurnContext } from 'botbuilder';
import { type ErrorRequestHandler, json, Router } from 'express';
import type { TakeTurn } from '../../../dialogs/turn-types.js';
import type { Conversations } from '../../conversations/conversations.js';
import type { DeliveryStore } from '../../conversations/delivery-store.js';
import type { Clock } from '../../kernel/clock.js';
import { CodedError, describeError } from '../../kernel/errors.js';
import { asId, type ConversationId } from '../../kernel/ids.js';
import { errorFields, type Logger } from '../../kernel/log.js';
import { keyOfClient } from './activities.js';
import { parseChannelActivity } from './channel-activity.js';
import { ChannelAdapter, type ChannelAuthentication } from './channel-adapter.js';
import { createChannelDelivery } from './channel-delivery.js';

export interface BotFrameworkCredentials {
  appId: string;
  password: string | undefined;
  type: 'MultiTenant' | 'SingleTenant' | 'UserAssignedMSI';
  tenantId: string | undefined;
}

export interface BotFrameworkParts {
  authentication: ChannelAuthentication;
  appId: string;
  takeTurn: TakeTurn;
  conversations: Pick<Conversations, 'open' | 'head' | 'transcript' | 'onChange'>;
  deliveries: DeliveryStore;
  clock: Clock;
  /** Makes our conversation ids out of the channel's, so that those are never stored; 32 bytes. */
  idKey: Buffer;
  log: Logger;
}

export interface BotFrameworkChannel {
  router: Router;
  close(): void;
}

/** A channel keeps one conversation for years; ours end, and the next one begins. */
const MOST_GENERATIONS = 1_000;

export const authenticationOf = (credentials: BotFrameworkCredentials): ChannelAuthentication =>
  new ConfigurationBotFrameworkAuthentication({
    MicrosoftAppId: credentials.appId,
    MicrosoftAppPassword: credentials.password ?? '',
    MicrosoftAppType: credentials.type,
    MicrosoftAppTenantId: credentials.tenantId ?? '',
  });

/**
 * The door for Teams and the other channels of the Bot Framework. It exists only with credentials: without them
 * the SDK lets anybody name the address that is answered (docs/decisions/0053-bot-framework-channels.md).
 */
export function createBotFrameworkChannel(parts: BotFrameworkParts): BotFrameworkChannel {
  const { takeTurn, conversations, log } = parts;
  const adapter = new ChannelAdapter(parts.authentication, parts.appId);
  const delivery = createChannelDelivery({ ...parts, adapter });

  const current = async (activity: Activity): Promise<ConversationId> => {
    for (let generation = 0; generation < MOST_GENERATIONS; generation += 1) {
      const id = idOf(parts.idKey, activity, generation);
      const language = activity.locale?.toLowerCase().startsWith('en') ? 'en' : 'fr';
      const head =
        (await conversations.head(id)) ??
        (await conversations.open({ channel: 'bot-framework', language, id }));
      if (head.owner.kind !== 'closed') return id;
    }
    throw new Error('a channel has used up its conversations');
  };

  const hear = async ({ activity }: TurnContext): Promise<void> => {
    const started = activity.type === 'conversationUpdate';
    if (activity.type !== 'message' && !started) return;
    const conversation = await current(activity);
    delivery.remember(conversation, TurnContext.getConversationReference(activity));
    if ((await conversations.head(conversation))?.lastSeq === 0)
      await takeTurn({ conversation, key: 'start', kind: 'start', text: '' });
    const { id: key = '', text } = activity;
    if (!started && text.trim() !== '')
      await takeTurn({ conversation, key: keyOfClient(key), kind: 'text', text });
    await delivery.deliver(conversation);
  };

  const router = Router();
  router.post('/', json({ limit: '128kb' }), async (request, response) => {
    const activity = parseChannelActivity(request.body);
    await adapter.receive(request.get('authorization') ?? '', activity, hear);
    response.status(200).end();
  });
  router.use(answerError(log));
  return { router, close: () => delivery.close() };
}

/** The channel's own names, which lead to a person, are not kept. */
function idOf(key: Buffer, { channelId, conversation }: Activity, generation: number): ConversationId {
  const hash = createHmac('sha256', key).update(JSON.stringify([channelId, conversation.id, generation]));
  return asId<ConversationId>(hash.digest().subarray(0, 16).toString('base64url'));
}

function answerError(log: Logger): ErrorRequestHandler {
  return (error, _request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const { code, status, message } = describeError(fromParser(error));
    if (status >= 500) log.error('a channel request failed', errorFields(error));
    response.status(status).json({ error: { code, message } });
  };
}

/** What the body parser throws carries a status. */
function fromParser(error: unknown): unknown {
  const status = (error as { status?: unknown } | null)?.status;
  if (error instanceof CodedError) return error;
  if (status === 413) return new CodedError('too-large', 'The body is too large: 128 KB at most.');
  if (status === 400) return new CodedError('invalid-input', 'The request cannot be read.');
  return error;
}

import { type Activity, CloudAdapterBase, type ConversationReference, type TurnContext } from 'botbuilder';
import { CodedError } from '../../kernel/errors.js';

export type ChannelAuthentication = ConstructorParameters<typeof CloudAdapterBase>[0];

type Logic = (context: TurnContext) => Promise<void>;

/** The SDK's adapter for real channels: it checks the token of what comes in, and signs what goes out. */
export class ChannelAdapter extends CloudAdapterBase {
  readonly #appId: string;

  constructor(authentication: ChannelAuthentication, appId: string) {
    super(authentication);
    this.#appId = appId;
  }

  /** @throws CodedError `unauthenticated` for a token that was not made for this bot and this service address */
  async receive(authorization: string, activity: Partial<Activity>, logic: Logic): Promise<void> {
    try {
      await this.processActivity(authorization, activity as Activity, logic);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      throw new CodedError('unauthenticated', 'The channel’s token is not valid for this bot.', {
        cause: error,
      });
    }
  }

  /** Speaks first, to somebody who has written before. */
  speak(reference: Partial<ConversationReference>, logic: Logic): Promise<void> {
    return this.continueConversationAsync(this.#appId, reference, logic);
  }
}

/** The SDK's own errors carry the status they stand for. */
const isRefusal = (error: unknown): boolean =>
  error instanceof Error && 'statusCode' in error && (error.statusCode === 401 || error.statusCode === 403);

import type { Activity, ConversationReference, ResourceResponse } from 'botbuilder';
import { ActivityHandler, BotAdapter, TurnContext } from 'botbuilder';
import type { TakeTurn, TurnResult } from '../../../dialogs/turn-types.js';
import type { ConversationId } from '../../kernel/ids.js';

/** Where the turn's result is left for the channel that started it. */
const RESULT = Symbol('turn result');

/**
 * The edge of the Bot Framework inside this process: an incoming activity goes through the SDK's middleware
 * to the one door of the dialogs. Replies are read from the transcript, where they were saved with the state;
 * nothing is ever posted to an address that a client names.
 */
export class InProcessAdapter extends BotAdapter {
  readonly #handler = new ActivityHandler();

  constructor(takeTurn: TakeTurn) {
    super();
    this.#handler.onMessage(async (context, next) => {
      const { activity } = context;
      const result = await takeTurn({
        conversation: activity.conversation.id as ConversationId,
        key: String(activity.id),
        kind: 'text',
        text: activity.text,
      });
      context.turnState.set(RESULT, result);
      await next();
    });
  }

  /** @returns the turn's result, or `undefined` when the activity says nothing */
  async process(activity: Partial<Activity>): Promise<TurnResult | undefined> {
    const context = new TurnContext(this, activity);
    await this.runMiddleware(context, (turn) => this.#handler.run(turn));
    return context.turnState.get<TurnResult | undefined>(RESULT);
  }

  async sendActivities(_context: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    return activities.map(({ id }) => ({ id: id ?? '' }));
  }

  async updateActivity(): Promise<undefined> {
    return undefined;
  }

  async deleteActivity(_context: TurnContext, _reference: Partial<ConversationReference>): Promise<void> {}

  async continueConversation(): Promise<void> {}

  override async continueConversationAsync(): Promise<void> {}
}

import type { Activity, ConversationReference, ResourceResponse } from 'botbuilder';
import { ActivityHandler, BotAdapter, TurnContext } from 'botbuilder';
import type { TakeTurn, TurnResult } from '../../../dialogs/turn-types.js';
import { asId, type ConversationId } from '../../kernel/ids.js';

/** Where the turn's result is left for the channel that started it. */
const RESULT = Symbol('turn result');
/** A turn that takes longer shows that somebody is writing. */
const TYPING_AFTER_MS = 600;

export interface InProcessParts {
  takeTurn: TakeTurn;
  /** Delivers what is shown at once and kept nowhere: that somebody is writing. */
  ephemeral: (conversation: ConversationId) => void;
}

/**
 * The edge of the Bot Framework inside this process: an incoming activity goes through the SDK's middleware
 * to the one door of the dialogs. Replies are read from the transcript, where they were saved with the state;
 * nothing is ever posted to an address that a client names.
 */
export class InProcessAdapter extends BotAdapter {
  readonly #handler = new ActivityHandler();
  readonly #parts: InProcessParts;

  constructor(parts: InProcessParts) {
    super();
    this.#parts = parts;
    this.#handler.onMessage(async (context, next) => {
      context.turnState.set(RESULT, await this.#answer(context));
      await next();
    });
    this.#handler.onEndOfConversation(async ({ activity }, next) => {
      await parts.takeTurn({ conversation: idOf(activity), key: 'leave', kind: 'hang-up', text: '' });
      await next();
    });
  }

  /** @returns the turn's result, or `undefined` when the activity says nothing */
  async process(activity: Partial<Activity>): Promise<TurnResult | undefined> {
    const context = new TurnContext(this, activity);
    await this.runMiddleware(context, (turn) => this.#handler.run(turn));
    return context.turnState.get<TurnResult | undefined>(RESULT);
  }

  async #answer(context: TurnContext): Promise<TurnResult> {
    const { activity } = context;
    const slow = setTimeout(() => {
      void context.sendActivity({ type: 'typing' });
    }, TYPING_AFTER_MS);
    try {
      const key = String(activity.id);
      return await this.#parts.takeTurn({
        conversation: idOf(activity),
        key,
        kind: 'text',
        text: activity.text,
      });
    } finally {
      clearTimeout(slow);
    }
  }

  /** What is said is delivered from the transcript: only typing passes here. */
  async sendActivities(context: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    if (activities.some(({ type }) => type === 'typing')) this.#parts.ephemeral(idOf(context.activity));
    return activities.map(({ id }) => ({ id: id ?? '' }));
  }

  async updateActivity(): Promise<undefined> {
    return undefined;
  }

  async deleteActivity(_context: TurnContext, _reference: Partial<ConversationReference>): Promise<void> {}

  async continueConversation(): Promise<void> {}

  override async continueConversationAsync(): Promise<void> {}
}

const idOf = ({ conversation }: Activity): ConversationId => asId<ConversationId>(conversation.id);

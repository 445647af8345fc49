export const MESSAGE_WAYS = ['sms', 'email'] as const;
export type MessageWay = (typeof MESSAGE_WAYS)[number];

/** Sends a text to an address. It sees both only for the time of the call, and keeps neither. */
export interface Messenger {
  /** Ways that are set up; nothing else is offered. */
  ways: readonly MessageWay[];
  send(message: { way: MessageWay; to: string; subject: string; text: string }): Promise<'sent' | 'failed'>;
}

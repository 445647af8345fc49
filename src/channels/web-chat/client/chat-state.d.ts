/** Who is there, and where the caller stands: what the page shows above the conversation, as `/api/chat/state` tells it. */
export interface ChatState {
  /** Somebody is at the desk, and not on a pause. */
  operatorThere: boolean;
  speaker: 'bot' | 'queue' | 'person' | 'nobody';
  /** Pseudonym of the person who has the conversation. */
  by?: string;
  /** People who wait before the caller; absent beyond those that are counted. */
  ahead?: number;
  /** A life may be in danger: the desk was alerted. */
  alerted: boolean;
  /** Somebody waits, writes or was alerted: the page does not close by itself. */
  stays: boolean;
  /** Takes the conversation up again elsewhere. */
  resumeCode?: string;
}

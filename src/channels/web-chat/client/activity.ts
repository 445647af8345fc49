/** An activity as this page uses it. */
export interface Activity {
  type: string;
  id?: string;
  text?: string;
  from?: { name?: string };
  suggestedActions?: { actions: { title: string; value: string }[] };
  attachments?: { contentType: string; content: unknown }[];
  channelData?: { clientActivityID?: string; author?: string };
}

export interface ActivitySet {
  activities: Activity[];
  watermark?: string;
}

/** A frame that cannot be read is skipped: the next one carries on from the same watermark. */
export function parseSet(frame: string): ActivitySet | undefined {
  try {
    const set = JSON.parse(frame) as Partial<ActivitySet> | null;
    if (set === null || !Array.isArray(set.activities)) return undefined;
    const { activities, watermark } = set;
    return watermark === undefined ? { activities } : { activities, watermark };
  } catch {
    return undefined;
  }
}

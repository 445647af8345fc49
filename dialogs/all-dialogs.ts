import { adjustment } from './adjustment/adjustment.dialog.js';
import { booking } from './booking/booking.dialog.js';
import { callback } from './callback/callback.dialog.js';
import { chatCode } from './chat-code/chat-code.dialog.js';
import { crisis } from './crisis/crisis.dialog.js';
import { handoff } from './handoff/handoff.dialog.js';
import { manageBooking } from './manage-booking/manage-booking.dialog.js';
import { orientation } from './orientation/orientation.dialog.js';
import { phoneLine } from './phone-line/phone-line.dialog.js';
import { place } from './place/place.dialog.js';
import type { Dialogs } from './run-dialog.js';
import { sendText } from './send-text/send-text.dialog.js';
import { triage } from './triage/triage.dialog.js';
import { waiting } from './waiting/waiting.dialog.js';
import { welcome } from './welcome/welcome.dialog.js';

export const ALL_DIALOGS: Dialogs = {
  welcome,
  triage,
  place,
  orientation,
  adjustment,
  'send-text': sendText,
  callback,
  booking,
  'manage-booking': manageBooking,
  waiting,
  'phone-line': phoneLine,
  'chat-code': chatCode,
  handoff,
  crisis,
};

import { find } from './element.js';
import { showLocalNumbers } from './local-numbers.js';
import { installQuickExit } from './quick-exit.js';
import { forgetSession, readSession } from './session.js';
import { word } from './words.js';

/** On a page that is only read, the way out leaves the conversation of this tab too. */
installQuickExit({
  link: find('exit'),
  address: document.body.dataset.exit ?? '/',
  leave() {
    const session = readSession();
    forgetSession();
    if (session !== undefined) navigator.sendBeacon('/api/chat/leave', session.token);
  },
  announce(left) {
    find('status').textContent = word('exit-count', left);
  },
});
showLocalNumbers();

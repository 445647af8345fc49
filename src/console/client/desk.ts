import { enhanceForms } from './desk-forms.js';
import { watchKeys } from './desk-keys.js';
import { listen } from './desk-live.js';
import { countTime, markUnread } from './desk-rows.js';

// Everything here makes the page quicker; without it the forms and links do the same.
const desk = document.getElementById('desk');
if (desk !== null) {
  document.getElementById('log')?.scrollTo({ top: 1e9 });
  markUnread(desk);
  countTime();
  enhanceForms(desk);
  watchKeys(desk);
  listen(desk);
}

import { word } from './words.js';

/** Prints one card alone, under a title that says nothing of the line. */
export function printOnly(card: HTMLElement): void {
  const { title } = document;
  document.title = word('calendar-title');
  card.classList.add('printed');
  document.documentElement.classList.add('printing');
  print();
  document.documentElement.classList.remove('printing');
  card.classList.remove('printed');
  document.title = title;
}

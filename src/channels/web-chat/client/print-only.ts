/** The card alone, under a title that says nothing of the line. */
export function printOnly(card: HTMLElement, title: string): void {
  const before = document.title;
  document.title = title;
  card.classList.add('printed');
  document.documentElement.classList.add('printing');
  print();
  document.documentElement.classList.remove('printing');
  card.classList.remove('printed');
  document.title = before;
}

interface Recogniser {
  lang: string;
  onresult: ((event: { results: { 0?: { 0?: { transcript: string } } } }) => void) | null;
  start(): void;
}
type RecogniserClass = new () => Recogniser;

/** What the browser brings; `undefined` where it has none. */
export function recogniser(): RecogniserClass | undefined {
  const known = window as unknown as Record<string, RecogniserClass | undefined>;
  return known.SpeechRecognition ?? known.webkitSpeechRecognition;
}

/** Hears one sentence. */
export function listen(heard: (text: string) => void): void {
  const Found = recogniser();
  if (Found === undefined) return;
  const one = new Found();
  one.lang = 'fr-FR';
  one.onresult = ({ results }) => heard(results[0]?.[0]?.transcript ?? '');
  one.start();
}

/** Says a sentence, where the browser has a voice. */
export function speak(text: string): void {
  if (!('speechSynthesis' in window)) return;
  const words = new SpeechSynthesisUtterance(text);
  words.lang = 'fr-FR';
  window.speechSynthesis.speak(words);
}

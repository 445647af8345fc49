/** Sounds of the desk: danger is unlike anything else. */
const TONES = {
  danger: [880, 660, 880, 660],
  mine: [660, 880],
  waiting: [520],
} as const;
export type Sound = keyof typeof TONES;

const TONE_SECONDS = 0.18;
const KEPT = 'desk-sound';
let audio: AudioContext | undefined;

const isOn = (): boolean => sessionStorage.getItem(KEPT) !== 'off';

export function play(sound: Sound): void {
  if (!isOn()) return;
  try {
    audio ??= new AudioContext();
    for (const [index, frequency] of TONES[sound].entries()) tone(audio, frequency, index * TONE_SECONDS);
  } catch {
    // A page that was not yet touched may not sound; the title still tells.
  }
}

function tone(context: AudioContext, frequency: number, after: number): void {
  const oscillator = context.createOscillator();
  const volume = context.createGain();
  volume.gain.value = 0.2;
  oscillator.connect(volume).connect(context.destination);
  oscillator.frequency.value = frequency;
  oscillator.start(context.currentTime + after);
  oscillator.stop(context.currentTime + after + TONE_SECONDS * 0.9);
}

/** The button says whether it sounds; a browser lets nothing sound before the page was touched. */
export function soundSwitch(): void {
  const button = document.getElementById('sound');
  if (button === null) return;
  button.hidden = false;
  const show = (): void => button.setAttribute('aria-pressed', String(isOn()));
  button.addEventListener('click', () => {
    sessionStorage.setItem(KEPT, isOn() ? 'off' : 'on');
    show();
    play('waiting');
  });
  document.addEventListener('pointerdown', () => void audio?.resume(), { passive: true });
  document.addEventListener('keydown', () => void audio?.resume(), { passive: true });
  show();
}

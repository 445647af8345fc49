/** The service says something every 20 seconds: a socket silent for longer is cut, whatever it says. */
const SILENCE_MS = 50_000;

/**
 * Listens to one stream until it closes.
 * @returns `closed`, which tells whether the socket had opened
 */
export function listen(
  streamUrl: string,
  on: { opened: () => void; frame: (frame: string) => void },
): { closed: Promise<boolean>; stop: () => void } {
  const socket = new WebSocket(throughThisPage(streamUrl));
  let opened = false;
  let silence = setTimeout(() => socket.close(), SILENCE_MS);
  const heard = (): void => {
    clearTimeout(silence);
    silence = setTimeout(() => socket.close(), SILENCE_MS);
  };
  const closed = new Promise<boolean>((resolve) => {
    socket.onopen = () => {
      opened = true;
      heard();
      on.opened();
    };
    socket.onmessage = ({ data }) => {
      heard();
      if (data !== '') on.frame(String(data));
    };
    socket.onclose = () => {
      clearTimeout(silence);
      resolve(opened);
    };
  });
  return { closed, stop: () => socket.close() };
}

/** By the name this page was reached with: another may not pass here. */
function throughThisPage(streamUrl: string): string {
  const url = new URL(streamUrl);
  url.host = location.host;
  url.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
}

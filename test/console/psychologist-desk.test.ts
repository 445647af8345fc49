import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asId, type ConversationId } from '../../src/kernel/ids.js';
import { runningService, type TestService } from '../support/running-service.js';
import { signInAs } from '../support/sign-in-as.js';

const camille = { id: asId<never>('operator-1'), pseudonym: 'Camille' };
const PSYCHOLOGIST = asId<never>('psy-telephone-1');

let running: TestService;
let cookie: string;
beforeAll(async () => {
  running = await runningService();
  cookie = await signInAs(running.service, 'psy1');
});
afterAll(() => running.remove());

async function waiting(): Promise<ConversationId> {
  const { conversations, takeTurn } = running.service;
  const { id } = await conversations.open({ channel: 'web', language: 'fr' });
  await takeTurn({ conversation: id, key: 'a', kind: 'start', text: '' });
  await takeTurn({ conversation: id, key: 'b', kind: 'text', text: 'une personne s’il vous plaît' });
  return id;
}
const get = (path: string) =>
  fetch(`${running.url}/console${path}`, { headers: { cookie }, redirect: 'manual' });
async function send(path: string, fields: Record<string, string> = {}): Promise<Response> {
  const csrf = /data-csrf="([^"]+)"/.exec(await (await get('')).text())?.[1] ?? '';
  return fetch(`${running.url}/console${path}`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ csrf, ...fields }).toString(),
  });
}

describe('a psychologist at the desk', () => {
  it('sees what is passed to them while it is theirs, and nothing else', async () => {
    const { desk, presences, conversations } = running.service;
    const [passed, other] = [await waiting(), await waiting()];
    await desk.claim(passed, camille);
    await presences.beat(camille);
    for (const id of [passed, other]) expect((await get(`/conversations/${id}`)).status).toBe(403);
    expect(await (await get('?filter=all')).text()).not.toContain(`row-${other}`);
    expect((await send(`/conversations/${other}/claim`)).status).toBe(403);
    expect((await send(`/conversations/${other}/note`, { text: 'bonjour' })).status).toBe(403);

    await desk.offer(passed, camille, PSYCHOLOGIST);
    const list = await (await get('?filter=all')).text();
    expect(list).toContain(`row-${passed}`);
    expect(list).not.toContain(`row-${other}`);
    expect((await get(`/conversations/${passed}`)).status).toBe(200);
    const accepted = await send(`/conversations/${passed}/accept`);
    expect(accepted.headers.get('location')).toContain('said=done');
    const replied = await send(`/conversations/${passed}/reply`, { text: 'Bonjour, je suis psychologue.' });
    expect(replied.headers.get('location')).toContain('said=done');
    expect((await conversations.head(passed))?.owner).toMatchObject({ staff: PSYCHOLOGIST });

    await send(`/conversations/${passed}/hand-back`, { next: 'anything' });
    expect((await get(`/conversations/${passed}`)).status).toBe(403);
  });
});

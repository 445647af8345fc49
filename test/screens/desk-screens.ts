import path from 'node:path';
import { type DeskBrowser, deskBrowser } from '../browser/desk-browser.js';

/** Pictures of the desk: the list, a conversation somebody answers, and danger. */
const VIEWS = { phone: 390, desktop: 1280 } as const;
const SETTLES_MS = 700;

export async function deskPictures(executable: string, folder: string): Promise<void> {
  const desk = await deskBrowser(executable);
  try {
    const { mine, danger } = await fill(desk);
    const states = [
      { name: 'list', id: undefined },
      { name: 'conversation', id: mine },
      { name: 'danger', id: danger },
    ] as const;
    for (const [view, width] of Object.entries(VIEWS))
      for (const dark of [false, true]) {
        const { page, open, close } = await desk.operator('camille', { width, dark });
        for (const { name, id } of states) {
          await open(id);
          await page.waitForTimeout(SETTLES_MS);
          const file = `desk-${name}-${view}-${dark ? 'dark' : 'light'}.png`;
          await page.screenshot({ path: path.join(folder, file) });
        }
        await close();
      }
  } finally {
    await desk.close();
  }
}

async function fill(desk: DeskBrowser) {
  const { service, clock } = desk.service;
  const talk = async (...says: string[]) => {
    const { id } = await desk.caller(...says);
    clock.advance(45_000);
    return id;
  };
  const camille = { id: 'operator-1' as never, pseudonym: 'Camille' };
  await talk(
    'je suis enseignante en lycée à Strasbourg et je subis du harcèlement de mon chef',
    'une personne',
  );
  const mine = await talk(
    'je suis épuisée, je voudrais parler à un psychologue',
    'une personne s’il vous plaît',
  );
  await talk('j’ai des dettes et je risque de perdre mon logement', 'Marseille');
  await talk('je suis AESH à Nancy, je voudrais une mutation', 'parler à quelqu’un');
  const danger = await talk('je veux mourir', 'je suis chez moi, 12 rue des Lilas à Strasbourg');
  await service.presences.beat({ id: 'operator-9' as never, pseudonym: 'Alix' }, mine);
  await service.desk.claim(mine, camille);
  await service.desk.reply(mine, camille, 'Bonjour, je suis Camille. Je vous lis.');
  await service.notes.add(mine, { staff: camille.id, by: 'Camille', text: 'Préfère écrire que parler.' });
  return { mine, danger };
}

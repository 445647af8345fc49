import type { AdvisedService } from '../../src/directory/advise.js';
import type { DialogContext, Say } from '../dialog.js';

/** Services in one text: more would not be read. */
const MOST = 8;

/** Who can be reached, a line each, for a text message. */
export function serviceLines({ language }: DialogContext, advice: readonly AdvisedService[]): Say[] {
  const reachable = advice.filter(({ service }) => service.contacts.length > 0).slice(0, MOST);
  const old = reachable.some(({ stale }) => stale);
  return [
    ...reachable.map(({ service }): Say => {
      const contact = service.contacts
        .filter(({ kind }) => kind !== 'hours')
        .map(({ value }) => value)
        .join(', ');
      return { key: 'texts.service', params: { name: service.name[language], contact } };
    }),
    ...(old ? [{ key: 'texts.to-check' }] : []),
  ];
}

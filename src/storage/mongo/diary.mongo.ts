import type { Connection } from 'mongoose';
import type { AvailabilityRule, Psychologist, Site } from '../../booking/booking.js';
import type { DiaryStore } from '../../booking/diary-store.js';
import { collection, plain, type Stored } from './collections.js';

const MAX_SITES = 500;
const MAX_PSYCHOLOGISTS = 2_000;
const MAX_RULES = 2_000;

export function diaryStore(connection: Connection): DiaryStore {
  const sites = collection<Stored<Site>>(connection, 'sites', {
    fields: {
      _id: String,
      id: String,
      kind: String,
      name: String,
      department: String,
      address: String,
      accessibility: String,
      zone: String,
    },
  });
  const psychologists = collection<Stored<Psychologist>>(connection, 'psychologists', {
    fields: { _id: String, id: String, label: String },
  });
  const rules = collection<Stored<AvailabilityRule>>(connection, 'availability', {
    fields: {
      _id: String,
      id: String,
      psychologist: String,
      site: String,
      modes: [String],
      weekday: Number,
      from: String,
      to: String,
      minutes: Number,
      firstDate: String,
      lastDate: String,
    },
    indexes: { plain: [['site']] },
  });
  return {
    sites: async () =>
      (await sites.find().limit(MAX_SITES).lean<Stored<Site>[]>().exec()).map((one) => plain<Site>(one)),
    psychologists: async () =>
      (await psychologists.find().limit(MAX_PSYCHOLOGISTS).lean<Stored<Psychologist>[]>().exec()).map((one) =>
        plain<Psychologist>(one),
      ),
    rules: async (wanted) =>
      (
        await rules
          .find({ site: { $in: [...wanted] } })
          .limit(MAX_RULES)
          .lean<Stored<AvailabilityRule>[]>()
          .exec()
      ).map((one) => plain<AvailabilityRule>(one)),
    async putSite(site) {
      await sites.replaceOne({ _id: site.id }, { ...site, _id: site.id }, { upsert: true });
    },
    async putPsychologist(person) {
      await psychologists.replaceOne({ _id: person.id }, { ...person, _id: person.id }, { upsert: true });
    },
    async putRule(rule) {
      const _id = `${rule.site}|${rule.id}`;
      await rules.replaceOne({ _id }, { ...rule, _id } as unknown as Stored<AvailabilityRule>, {
        upsert: true,
      });
    },
  };
}

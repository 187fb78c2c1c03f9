import { placeWordsOf } from '#domain/directory/wideSearch.ts';
import { loadRecords, putInstitution } from '#storage/directory.ts';
import { makePinyinFor } from '#storage/files/recordPinyin.ts';
import { recordOf } from '#storage/published.ts';
import { raiseRevision } from '#storage/commit.ts';
import { renewDocuments } from '#storage/search/documents.ts';
import type { Storage } from '#storage/schema.ts';
import type { Country } from '#tests/scale/country.ts';

const atOnce = 2000;

/** Brings the search documents up to the places' names, as the program does at its start. */
export const renewFor = (storage: Storage, { places }: Pick<Country, 'places'>): Promise<number> =>
  renewDocuments(storage, places.map((place) => ({ jurisdiction: place.code, areas: placeWordsOf(place) })), loadRecords);

/** Writes a country into a database as imports would write it, place by place. */
export async function loadCountry(storage: Storage, { places, institutions: all }: Country): Promise<void> {
  await renewFor(storage, { places });
  const institutions = all.toSorted((one, other) => Number(one.jurisdiction) - Number(other.jurisdiction));
  const pinyinIn = new Map(places.map((place) => [place.code, makePinyinFor(place)]));
  for (let at = 0; at < institutions.length; at += atOnce) {
    await storage.write(async (tx) => {
      for (const one of institutions.slice(at, at + atOnce)) await putInstitution(tx, recordOf(one, 'full', pinyinIn.get(one.jurisdiction)?.(one) ?? '{}'));
    });
  }
  await storage.write(async (tx) => {
    for (const code of new Set(institutions.map(({ jurisdiction }) => jurisdiction))) await raiseRevision(tx, code);
  });
}

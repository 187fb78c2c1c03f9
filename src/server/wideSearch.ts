import { join } from 'node:path';
import { placeWordsOf, searchWide, type SearchedPlace, type WideQuery, type WideResult } from '#domain/directory/wideSearch.ts';
import type { WideSearchStore } from '#domain/directory/ports.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import type { IsoDate } from '#domain/shared/dates.ts';
import type { Outcome } from '#domain/shared/outcome.ts';
import { loadRecords } from '#storage/directory.ts';
import { readVocabulary } from '#storage/files/vocabulary.ts';
import { renewDocuments } from '#storage/search/documents.ts';
import { postgresSearch } from '#storage/search/postgres.ts';
import { sqliteSearch } from '#storage/search/sqlite.ts';
import type { Storage } from '#storage/schema.ts';

/** Search across jurisdictions, as the API calls it. */
export type WideSearching = (asked: WideQuery) => Promise<Outcome<WideResult, 'scope-needed'>>;

/** The index of the engine that the storage runs on. */
export const wideSearchStore = (storage: Pick<Storage, 'engine' | 'read'>): WideSearchStore =>
  (storage.engine === 'sqlite' ? sqliteSearch(storage.read) : postgresSearch(storage.read));

/** Brings the index up to the places' present names; to be called before records are written. Answers how many records it wrote anew. */
export const renewWideSearch = (storage: Storage, jurisdictions: readonly Jurisdiction[]): Promise<number> =>
  renewDocuments(storage, jurisdictions.map((place) => ({ jurisdiction: place.code, areas: placeWordsOf(place) })), loadRecords);

/** Binds the search across jurisdictions to a storage and its places. */
export function makeWideSearch(storage: Storage, jurisdictions: readonly Jurisdiction[], dataFolder: string, today: () => IsoDate): WideSearching {
  const store = wideSearchStore(storage);
  const places = new Map<string, SearchedPlace>(jurisdictions.map((place) => [place.code, place]));
  const vocabulary = readVocabulary(join(dataFolder, 'search', 'synonyms.json'));
  return async (asked) => searchWide({ store, places, vocabulary: await vocabulary, today: today() }, asked);
}

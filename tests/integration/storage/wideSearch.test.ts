import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { directoryQuery, type DirectoryQuery } from '#domain/directory/query.ts';
import { readApiQuery } from '#domain/directory/readQuery.ts';
import { searchDirectory } from '#domain/directory/searchDirectory.ts';
import { levels } from '#domain/directory/match.ts';
import { findMatches, makeSearchIndex } from '#domain/directory/searchIndex.ts';
import { searchText } from '#domain/directory/pinyinText.ts';
import { makeSearchRecord, makeSnapshot, type DirectorySnapshot } from '#domain/directory/snapshot.ts';
import { searchWide, type WideQuery, type WideSearch } from '#domain/directory/wideSearch.ts';
import type { Institution } from '#domain/directory/model.ts';
import { isoDate } from '#domain/shared/dates.ts';
import { normalise, typedWords } from '#domain/shared/tokens.ts';
import { wideSearchStore } from '#server/wideSearch.ts';
import { loadRecords, markMissing, putInstitution } from '#storage/directory.ts';
import { makePinyinFor } from '#storage/files/recordPinyin.ts';
import { readVocabulary } from '#storage/files/vocabulary.ts';
import { recordOf } from '#storage/published.ts';
import type { Storage } from '#storage/schema.ts';
import { engines, type Opened } from '#tests/integration/storage/engines.ts';
import { makeCountry, seededNumbers } from '#tests/scale/country.ts';
import { loadCountry, renewFor } from '#tests/scale/load.ts';

const today = isoDate.parse('2026-11-22');
/** Three districts of one city near to each other, large enough for ties, gaps and every facet. */
const country = makeCountry(600, today, (area) => ['120105', '120104', '330105'].includes(area));
const vocabulary = await readVocabulary('data/search/synonyms.json');
const places = new Map<string, (typeof country.places)[number]>(country.places.map((place) => [place.code, place]));
const pinyinIn = new Map(country.places.map((place) => [place.code, makePinyinFor(place)]));
const pinyinOf = (one: Institution): string => pinyinIn.get(one.jurisdiction)?.(one) ?? '{}';

const searchIn = (storage: Storage): WideSearch => ({ store: wideSearchStore(storage), places, vocabulary, today });
const query = (written: Readonly<Record<string, string | readonly string[]>>): DirectoryQuery => directoryQuery.parse(written);

async function idsOf(storage: Storage, asked: WideQuery): Promise<readonly string[] | string> {
  const outcome = await searchWide(searchIn(storage), asked);
  return outcome.ok ? outcome.value.items.map(({ found }) => found.id) : outcome.reason;
}

/** The directory of one place as pages search it, in memory. */
async function snapshotOf(storage: Storage, code: string): Promise<DirectorySnapshot> {
  const place = places.get(code);
  if (!place) throw new Error(`no place ${code}`);
  const records = await loadRecords(storage.read, code);
  const texts = new Map(records.flatMap(({ institution, pinyin }) => {
    const read = searchText.safeParse(JSON.parse(pinyin));
    return read.success ? [[institution.id, read.data] as const] : [];
  }));
  return makeSnapshot({ place, institutions: records.map(({ institution }) => institution), texts, vocabulary, today });
}

const random = seededNumbers(7);
const pick = <Value>(from: readonly Value[]): Value => {
  const chosen = from[Math.floor(random() * from.length)];
  if (chosen === undefined) throw new Error('nothing to pick from');
  return chosen;
};

/** Something a family might type about an institution: a piece of its texts, their sound, initials, a facet, or several of these. */
function typedAbout(one: Institution): string {
  const texts = [one.name, one.name, one.address ?? '', ...one.aliases].filter((text) => text !== '');
  const piece = (): string => {
    const text = Array.from(pick(texts));
    const start = Math.floor(random() * (text.length - 1));
    return text.slice(start, start + 1 + Math.floor(random() * 6)).join('');
  };
  const read = searchText.parse(JSON.parse(pinyinOf(one)));
  const start = Math.floor(random() * (read.name.full.length - 2));
  const sound = read.name.full.slice(start, start + 1 + Math.floor(random() * 4));
  return pick<() => string>([
    piece, piece, piece, () => `${piece()} ${piece()}`, () => sound.join(''), () => sound.map((syllable) => syllable.charAt(0)).join(''), () => sound.join('').slice(0, -1),
    () => sound.map((syllable, index) => (index % 2 === 0 ? syllable : syllable.charAt(0))).join(''), () => `${sound[0] ?? ''}${Array.from(one.name)[start + 1] ?? ''}`,
    () => pick(['普惠', '全日', '托育', '托班', '公办', '周末', '有空位', '半日托', '早教', '没有这样的字', 'zzzz', '12', '附近的托育园']), () => `${piece()}${pick(['托育', '普惠', '托班'])}`, () => `${pick(['普惠', '公办'])} ${piece()}`,
  ])();
}

/** Facets, age and place at random, as a URL carries them; most questions name few of them. */
function facetsAbout(one: Institution): Readonly<Record<string, string | readonly string[]>> {
  const sometimes = (share: number, value: Readonly<Record<string, string | readonly string[]>>) => (random() < share ? value : {});
  const near = one.point ? { near: `${one.point.lng.toFixed(3)},${one.point.lat.toFixed(3)}`, crs: pick(['wgs84', 'gcj02']), ...sometimes(0.5, { radius: String(pick([1000, 2000, 5000, 20_000])) }), ...sometimes(0.5, { sort: 'distance' }) } : {};
  return {
    ...sometimes(0.3, { months: String(pick([-3, 3, 8, 14, 20, 26, 31, 38])), ...sometimes(0.3, { start: '2027-03' }) }), ...sometimes(0.15, { mode: [pick(['fullDay', 'halfDay', 'hourly', 'temporary'])] }),
    ...sometimes(0.15, { kind: [pick(['independent', 'community']), 'kindergartenClass'] }), ...sometimes(0.15, { ownership: ['public', pick(['privateNonProfit', 'privateForProfit'])] }), ...sometimes(0.15, { band: [pick(['infant', 'toddler', 'older'])] }),
    ...sometimes(0.1, { subdistrict: [one.subdistrict ?? ''] }), ...sometimes(0.1, { affordable: '1' }), ...sometimes(0.1, { free: '1' }), ...sometimes(0.1, { weekend: '1' }), ...sometimes(0.1, { holidays: '1' }), ...sometimes(0.1, { extended: '1', meals: '1' }), ...sometimes(0.15, { accepts: ['allergy', pick(['medicine', 'specialNeeds'])] }), ...sometimes(0.1, { openBefore: '07:30' }), ...sometimes(0.1, { closeAfter: '18:00' }),
    ...sometimes(0.1, { maxFee: String(pick([1500, 2500, 4000])) }), ...sometimes(0.4, near), ...sometimes(0.2, { page: '2' }), ...sometimes(0.2, { size: '7' }),
  };
}

const facetWords = new RegExp([...vocabulary.meanings].filter(([, meaning]) => meaning.kind === 'terms').map(([word]) => word).join('|'));

const questions = Array.from({ length: 500 }, () => {
  const one = pick(country.institutions);
  return { place: one.jurisdiction, written: { ...facetsAbout(one), ...(random() < 0.8 ? { q: typedAbout(one) } : {}) } };
});

const opened = new Map<string, Opened>();
const storageOf = (engine: string): Storage => {
  const { storage } = opened.get(engine) ?? {};
  if (!storage) throw new Error(`no ${engine}`);
  return storage;
};
beforeAll(async () => {
  for (const { engine, open } of engines) {
    opened.set(engine, await open());
    await loadCountry(storageOf(engine), country);
  }
}, 120_000);
afterAll(async () => { for (const { leave } of opened.values()) await leave(); });

describe.each(engines)('search across places on $engine', ({ engine }) => {
  test('500 random questions find the same institutions in the same order as the list of the place, in memory', async () => {
    const snapshots = new Map<string, DirectorySnapshot>();
    for (const { code } of country.places) snapshots.set(code, await snapshotOf(storageOf(engine), code));
    let found = 0;
    for (const { place, written } of questions) {
      const snapshot = snapshots.get(place);
      if (!snapshot) throw new Error(`no snapshot ${place}`);
      const inMemory = searchDirectory(snapshot, query(written)).items.map(({ institution }) => institution.id);
      const jurisdictions = country.places.filter(({ code }) => code === place).map(({ code }) => code);
      expect({ written, ids: await idsOf(storageOf(engine), { query: query(written), jurisdictions }) }).toEqual({ written, ids: inMemory });
      found += inMemory.length;
    }
    expect(found).toBeGreaterThan(1000); // the questions are not idle
  }, 120_000);

  test('without a place the whole index answers as one list of all places would, or asks for a scope', async () => {
    const snapshots = await Promise.all(country.places.map(({ code }) => snapshotOf(storageOf(engine), code)));
    const together = makeSearchIndex(snapshots.flatMap(({ entries }) => entries.map(({ record }) => record)), vocabulary);
    let [answered, asked, guesses] = [0, 0, 0];
    for (const { written } of questions) {
      if ('radius' in written && facetWords.test(written.q ?? '')) continue; // whether a facet word says anything is asked within the radius
      const all = query({ ...written, page: '1', size: '100' });
      const ids = await idsOf(storageOf(engine), { query: all, jurisdictions: null });
      if (typeof ids === 'string') {
        asked += 1;
        continue;
      }
      const meeting = new Set(snapshots.flatMap((snapshot) => searchDirectory(snapshot, { ...all, q: '', size: 1000 }).items.map(({ institution }) => institution.id)));
      // A letter wrong in pinyin is forgiven within a scope only.
      const guessed = new Set(typedWords(all.q).filter((word) => /[a-z]/.test(word)).flatMap((word) => findMatches(together, word).filter(({ score }) => score >= levels.slip && score < levels.pieces).map(({ id }) => id)));
      guesses += guessed.size;
      const truth = findMatches(together, all.q).filter(({ id }) => meeting.has(id) && !guessed.has(id)).map(({ id }) => id);
      answered += 1;
      if (truth.length <= 100) expect({ written, ids: ids.toSorted() }).toEqual({ written, ids: truth.toSorted() });
    }
    expect(answered).toBeGreaterThan(250);
    expect(asked).toBeGreaterThan(20);
    expect(guesses).toBeGreaterThan(0);
  }, 120_000);
});

test('both engines give the same answers in the same order over all places', async () => {
  for (const { written } of questions) {
    const asked: WideQuery = { query: query(written), jurisdictions: null };
    expect({ written, ids: await idsOf(storageOf('postgres'), asked) }).toEqual({ written, ids: await idsOf(storageOf('sqlite'), asked) });
  }
}, 120_000);

describe.each(engines)('the index over all places on $engine', ({ engine }) => {
  const first = country.institutions[0];
  if (!first) throw new Error('an empty country');
  const named = (name: string): Institution => ({ ...first, name });
  const search = (q: string): Promise<readonly string[] | string> => idsOf(storageOf(engine), { query: query({ q }), jurisdictions: null });
  const put = (one: Institution) => storageOf(engine).write((tx) => putInstitution(tx, recordOf(one, 'full', pinyinOf(one))));

  test('follows a record that is written, goes missing and comes back', async () => {
    await put(named('鹤鸣九皋托育园（示例）'));
    expect(await search('鹤鸣九皋')).toEqual([first.id]);
    expect(await search('hemingjg')).toEqual([first.id]);
    await put(named('凤栖梧桐托育园（示例）'));
    expect(await search('鹤鸣九皋')).toEqual([]);
    await storageOf(engine).write((tx) => markMissing(tx, first.id, '2026-11-20'));
    expect(await search('凤栖梧桐')).toEqual([]);
    await storageOf(engine).write((tx) => markMissing(tx, first.id, null));
    expect(await search('凤栖梧桐')).toEqual([first.id]);
    await put({ ...named('凤栖梧桐托育园（示例）'), credential: { ...first.credential, state: 'withdrawn' } });
    expect(await search('凤栖梧桐')).toEqual([]);
    await put(first);
    expect(await search(first.name.slice(0, 6))).toContain(first.id);
  });

  test('a transaction that fails leaves index and record as they were', async () => {
    const failing = storageOf(engine).write(async (tx) => {
      await putInstitution(tx, recordOf(named('雁过留声托育园（示例）'), 'full', '{}'));
      await markMissing(tx, country.institutions[1]?.id ?? '', '2026-11-20');
      throw new Error('the power fails');
    });
    await expect(failing).rejects.toThrow('the power fails');
    expect(await search('雁过留声')).toEqual([]);
    expect(await search(first.name.slice(0, 6))).toContain(first.id);
    expect(await search(country.institutions[1]?.name ?? '')).toContain(country.institutions[1]?.id);
  });

  test('holds every text that the directory of the place is searched by', async () => {
    const rows = await storageOf(engine).read.selectFrom('search_document').select(['institution_id', 'everything']).execute();
    const lines = new Map(rows.map(({ institution_id: id, everything }) => [id, everything.split('\n')]));
    expect(rows).toHaveLength(country.institutions.length);
    for (const one of country.institutions) {
      const place = places.get(one.jurisdiction);
      if (!place) throw new Error(`no place ${one.jurisdiction}`);
      const { name, aliases, address, subdistrictName, communityNames, places: others } = makeSearchRecord(one, null, place, today);
      const wanted = [name, ...aliases, address ?? '', subdistrictName ?? '', ...communityNames, ...others].map(normalise);
      expect(lines.get(one.id)).toEqual(expect.arrayContaining(wanted));
    }
  });

  test('is made anew when a place gets other names, and only then', async () => {
    expect(await renewFor(storageOf(engine), country)).toBe(0);
    const renamed = country.places.map((place) => (place.code === first.jurisdiction ? { ...place, shortName: '云梦泽区' } : place));
    const there = country.institutions.filter(({ jurisdiction }) => jurisdiction === first.jurisdiction).length;
    expect(await renewFor(storageOf(engine), { places: renamed })).toBe(there);
    expect(await search('云梦泽区')).toHaveLength(20);
    expect(await renewFor(storageOf(engine), country)).toBe(there);
    expect(await search('云梦泽区')).toEqual([]);
  });
});

test.each([['', 'scope-needed'], ['一', 'scope-needed'], ['园 区', 'scope-needed'], ['托育', 'scope-needed'], ['普惠', 'scope-needed']])('%j in the whole country asks for a scope', async (q, reason) => {
  expect(await idsOf(storageOf('sqlite'), { query: query({ q }), jurisdictions: null })).toBe(reason);
});

test('a parameter of the list of a place is read here too', () => {
  expect(readApiQuery(new URLSearchParams('q=%27%22)%20OR%201=1--&months=18')).ok).toBe(true);
});

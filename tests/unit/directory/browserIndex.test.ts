import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packDirectory } from '#domain/directory/browserIndexPack.ts';
import { findInBrowser, makeBrowserSearch } from '#domain/directory/browserIndexSearch.ts';
import { readPacked, unpackDirectory } from '#domain/directory/browserIndexUnpack.ts';
import { findMatches } from '#domain/directory/searchIndex.ts';
import { layOut, type SearchLayout } from '#domain/directory/searchLayout.ts';
import { searchDirectory } from '#domain/directory/searchDirectory.ts';
import { aDistrict, overTheWire } from '#tests/unit/directory/browserFixture.ts';
import { anInstitution, aQuery, aSnapshot } from '#tests/unit/directory/builders.ts';

const snapshot = aDistrict(300);
const { directory, text, search } = overTheWire(snapshot);
const records = snapshot.entries.map(({ record }) => record);

/** What parents type: parts of every text, in characters, pinyin and initials, with a slip, two words, and nonsense. */
const typedText = fc.oneof(
  fc.tuple(fc.nat(), fc.nat(), fc.nat(), fc.nat()).map(([which, field, from, length]) => {
    const { name, aliases, subdistrictName, address, places, pinyin } = records[which % records.length] ?? fail();
    const texts = [name, ...aliases, subdistrictName ?? '', address ?? '', ...places, pinyin.name.join(''), pinyin.address.join(''), pinyin.name.map((one) => one.charAt(0)).join('')];
    const held = texts[field % texts.length] ?? '';
    const start = from % (held.length + 1);
    return held.slice(start, start + 1 + (length % 12));
  }),
  fc.constantFrom('托育', '幼儿园', '全托', '便宜', '早教', '河滨 普惠', '金苹果托育', 'jinpingguo', 'jinpinguo', 'jpg', '托育 330103003', '1', '号', 'wulintuoyu', '<b>', "' OR 1=1", '鑫', '鑫鑫', '（', '示例', '金苹果 zhongxin'),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
);

function fail(): never {
  throw new Error('no record');
}

test('a directory comes out of the wire as it went in', () => {
  const packed = readPacked(text);
  const { reading, ...back } = packed ? unpackDirectory(packed) : fail();
  expect(reading).toBeDefined();
  expect(back).toEqual({ ...directory, records: records.map((record) => ({ ...record, terms: record.terms.toSorted() })) });
});

test('names, old names, communities, texts without pinyin and characters read two ways survive', () => {
  const [plain] = records;
  if (!plain) fail();
  const odd = [
    { ...plain, id: 'f47ac10b-58cc-4372-a567-0e02b2c3d479', name: '朝晖·长乐"托育\\园', aliases: ['朝阳幼儿园', '长城'], communityNames: ['塘河社区', '朝晖四区'], address: null,
      pinyin: { ...plain.pinyin, name: ['zhao', 'hui', ' ', 'chang', 'le', ' ', 'tuo', 'yu', ' ', 'yuan'], aliases: [['chao', 'yang', 'you', 'er', 'yuan'], ['chang', 'cheng']], address: [] } },
    { ...plain, id: '00000000-0000-7000-8000-000000000000', name: '𠮷祥ABC托育', aliases: [], communityNames: [], subdistrictName: null, places: [], address: '', terms: [], pinyin: { name: [], aliases: [], subdistrict: [], address: [] } },
  ];
  const packed = packDirectory({ ...directory, records: odd, groups: ['planned', 'ended'] });
  const { records: back, groups } = unpackDirectory(readPacked(JSON.stringify(packed)) ?? fail());
  expect(back).toEqual(odd.map((record) => ({ ...record, terms: record.terms.toSorted(), address: record.address === '' ? null : record.address })));
  expect(groups).toEqual(['planned', 'ended']);
});

test('read by the usual syllables and what is read otherwise, every character sounds as it was written out', () => {
  const { records: back, reading } = unpackDirectory(readPacked(text) ?? fail());
  const soundsOf = ({ row, sounds, spellings, textFields }: SearchLayout): readonly unknown[] => [[...row], Array.from(sounds, (sound) => spellings[sound]?.[0] ?? ''), [...textFields]];
  const read = soundsOf(layOut(back, reading));
  expect(read).toEqual(soundsOf(layOut(records)));
  expect(read[1]).toContain('tuo');
});

test('an empty directory, and one that is no directory', () => {
  expect(overTheWire(aSnapshot([])).search.index.ids).toEqual([]);
  for (const other of ['{}', '[]', 'null', '{"ids":1}', '"names"']) expect(readPacked(other)).toBeUndefined();
});

test('the browser ranks as the server does, before lunr has its index of the texts and after', () => {
  const early = makeBrowserSearch(unpackDirectory(readPacked(text) ?? fail()));
  fc.assert(fc.property(typedText, (typed) => {
    const onServer = findMatches(snapshot.index, typed);
    expect(findInBrowser(search, typed), typed).toEqual(onServer);
    expect(findInBrowser(early, typed), typed).toEqual(onServer);
  }), { numRuns: 600 });
});

test('the browser finds all that a plain look at the characters finds', () => {
  const plain = (held: string): string => held.normalize('NFKC').toLowerCase();
  fc.assert(fc.property(fc.nat(), fc.nat(), fc.nat(), fc.nat(7), (which, field, from, length) => {
    const fieldsOf = records.map(({ name, aliases, subdistrictName, communityNames, address }) => [name, ...aliases, subdistrictName ?? '', ...communityNames, address ?? ''].map(plain));
    const mine = fieldsOf[which % fieldsOf.length] ?? [];
    const held = mine[field % mine.length] ?? '';
    const typed = held.slice(from % (held.length + 1)).slice(0, length + 1);
    const found = new Set(findInBrowser(search, typed).map(({ at }) => at));
    const missed = fieldsOf.flatMap((texts, at) => (texts.some((one) => one.includes(typed)) && !found.has(at) ? [records[at]?.name] : []));
    expect(missed, typed).toEqual([]);
  }), { numRuns: 400 });
});

const terms = { mode: ['fullDay', 'halfDay', 'hourly', 'temporary'], kind: ['independent', 'kindergartenClass', 'community'], ownership: ['public', 'publicPrivatelyRun', 'privateNonProfit', 'privateForProfit'] } as const;
const flags = ['affordable', 'free', 'weekend'] as const;

test('words and facets together leave in the browser what they leave on the server', () => {
  const streets = [...new Set(snapshot.entries.flatMap(({ institution }) => institution.subdistrict ?? []))];
  const asked = fc.record({
    q: fc.oneof(fc.constant(''), typedText.map((typed) => typed.slice(0, 40))),
    mode: fc.subarray([...terms.mode], { maxLength: 2 }), kind: fc.subarray([...terms.kind], { maxLength: 2 }), ownership: fc.subarray([...terms.ownership], { maxLength: 2 }),
    street: fc.option(fc.constantFrom(...streets)), flags: fc.subarray([...flags], { maxLength: 1 }),
  });
  const { records: held, groups } = unpackDirectory(readPacked(text) ?? fail());
  fc.assert(fc.property(asked, ({ q, mode, kind, ownership, street, flags: wanted }) => {
    const query = aQuery({ q, ...Object.fromEntries(wanted.map((flag) => [flag, '1'])), mode, kind, ownership, ...(street === null ? {} : { subdistrict: [street] }), size: '100' });
    const { total, items } = searchDirectory(snapshot, query);
    const bears = (at: number, facet: string, values: readonly string[]): boolean => values.length === 0 || values.some((value) => held[at]?.terms.includes(`${facet}:${value}`));
    const mine = findInBrowser(search, q).filter(({ at }) => groups[at] === 'listed' && bears(at, 'mode', mode) && bears(at, 'kind', kind) && bears(at, 'ownership', ownership)
      && wanted.every((flag) => held[at]?.terms.includes(flag)) && (street === null || held[at]?.places.includes(street)));
    expect(mine.length).toBe(total);
    expect(mine.slice(0, 100).map(({ id }) => id)).toEqual(items.map(({ institution }) => institution.id));
  }), { numRuns: 500 });
});

test('for a name with a wrong character the nearest names in force are known', () => {
  const near = overTheWire(aSnapshot([
    anInstitution({ name: '示例小水滴托育园' }), anInstitution({ name: '示例向日葵托育园' }), anInstitution({ name: '示例小水滴幼儿园', missingSince: '2026-11-01' }),
  ])).search;
  expect(near.nearest('示例小水底托育园').map(({ name }) => name)).toEqual(['示例小水滴托育园']);
  expect(near.nearest('鑫鑫')).toEqual([]);
  expect(near.nearest('')).toEqual([]);
});

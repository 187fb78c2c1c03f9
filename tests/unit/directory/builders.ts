import { randomUUID } from 'node:crypto';
import { directoryQuery, type DirectoryQuery } from '#domain/directory/query.ts';
import { institution, type Institution } from '#domain/directory/model.ts';
import type { SearchText } from '#domain/directory/pinyinText.ts';
import { makeSnapshot, type DirectoryPlace, type DirectorySnapshot } from '#domain/directory/snapshot.ts';
import { subdistrictCode } from '#domain/shared/codes.ts';
import { isoDate, type IsoDate } from '#domain/shared/dates.ts';
import { readPinyinOverrides, searchTextOf } from '#storage/files/pinyin.ts';
import { readVocabulary } from '#storage/files/vocabulary.ts';

export const today: IsoDate = isoDate.parse('2026-11-22');
export const overrides = await readPinyinOverrides('data/search/pinyin-overrides.csv');
export const vocabulary = await readVocabulary('data/search/synonyms.json');

const street = (code: string, name: string, oldCode: string): DirectoryPlace['subdistricts'][number] => ({
  code: subdistrictCode.parse(code), name, kind: 'street', county: '330105', countyName: '拱墅区', aliases: [], otherCodes: [subdistrictCode.parse(oldCode)],
});

/** The former 下城区 with three of its streets, codes of today and of 2020. */
export const xiacheng: DirectoryPlace = {
  name: '杭州市下城区', shortName: '下城区', within: '杭州市', successor: { name: '杭州市拱墅区', code: '330105', since: null }, counties: [],
  listableCredentials: ['filing'],
  subdistricts: [
    street('330105012', '天水街道', '330103003'), street('330105013', '武林街道', '330103002'), street('330105016', '朝晖街道', '330103006'),
  ],
};

const plain = {
  jurisdiction: '330103', county: null, subdistrict: null, name: '示例托育园', aliases: [], kind: 'independent', ownership: 'privateNonProfit', nature: null,
  creditCode: null, address: null, phone: null, point: null,
  credential: { kind: 'filing', state: 'receipted', number: null, receiptedOn: null, authority: null, since: null, decisionNumber: null },
  modes: ['fullDay'], bands: [], admission: null, recognitions: [], fees: [], feesFrom: null, hours: [], opensInSchoolHolidays: null,
  extendedUntil: null, mealsProvided: null, openToNeighbours: null, accepts: { allergy: null, medicine: null, specialNeeds: null }, confirmedOn: null,
  source: { title: '示例', url: null, readOn: '2026-11-01' }, missingSince: null, planned: null, sample: true,
};

/** A whole valid institution; the test states what matters. */
export const anInstitution = (own: Readonly<Record<string, unknown>> = {}): Institution => institution.parse({ ...plain, id: randomUUID(), ...own });

export const aBand = (band: string, own: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> =>
  ({ band, places: 20, free: null, confirmedOn: null, availableFrom: null, ...own });

export const aCareFee = (yuan: number, own: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> =>
  ({ item: 'care', mode: null, band: null, amount: yuan * 100, per: 'month', required: true, note: null, ...own });

export const textOf = (of: Institution): SearchText => searchTextOf({
  name: of.name, aliases: of.aliases, address: of.address,
  subdistrictName: xiacheng.subdistricts.find(({ code }) => code === of.subdistrict)?.name ?? null,
}, overrides);

/** A snapshot of these institutions, their pinyin made as an import makes it. */
export const aSnapshot = (institutions: readonly Institution[], place: DirectoryPlace = xiacheng): DirectorySnapshot =>
  makeSnapshot({ place, institutions, texts: new Map(institutions.map((of) => [of.id, textOf(of)])), vocabulary, today });

/** A query as a URL would carry it. */
export const aQuery = (own: Readonly<Record<string, string | readonly string[]>> = {}): DirectoryQuery => directoryQuery.parse(own);

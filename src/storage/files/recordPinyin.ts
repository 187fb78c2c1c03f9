import type { Institution } from '#domain/directory/model.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import { searchTextOf, type PinyinOverrides } from '#storage/files/pinyin.ts';

/** Pinyin of one record, as JSON text for the search index. */
export type PinyinFor = (institution: Pick<Institution, 'name' | 'aliases' | 'address' | 'subdistrict'>) => string;

/** 拼音 of the records of one place; made once, when a record is written. */
export function makePinyinFor(place: Pick<Jurisdiction, 'subdistricts'>, overrides: PinyinOverrides = new Map()): PinyinFor {
  const subdistricts = new Map(place.subdistricts.map(({ code, name }) => [code, name]));
  return ({ name, aliases, address, subdistrict }) =>
    JSON.stringify(searchTextOf({ name, aliases, address, subdistrictName: subdistrict === null ? null : subdistricts.get(subdistrict) ?? null }, overrides));
}

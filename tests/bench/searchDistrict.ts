import { join } from 'node:path';
import type { BrowserDirectory } from '#domain/directory/browserIndex.ts';
import { browserDirectoryOf } from '#domain/directory/browserIndexPack.ts';
import { makeSnapshot } from '#domain/directory/snapshot.ts';
import type { IsoDate } from '#domain/shared/dates.ts';
import { readPinyinOverrides, searchTextOf } from '#storage/files/pinyin.ts';
import { readVocabulary } from '#storage/files/vocabulary.ts';
import { dataFolder } from '#tests/bench/seed.ts';
import { makeCountry } from '#tests/scale/country.ts';

const area = '330105';

/** A district of so many invented institutions on its real streets and communities, and what parents might type there. */
export async function aPackedDistrict(count: number, today: IsoDate): Promise<{ readonly directory: BrowserDirectory; readonly words: readonly string[] }> {
  const { places: [place], institutions } = makeCountry(count, today, (code) => code === area);
  if (!place) throw new Error('no such district');
  const overrides = await readPinyinOverrides(join(dataFolder, 'search', 'pinyin-overrides.csv'));
  const vocabulary = await readVocabulary(join(dataFolder, 'search', 'synonyms.json'), overrides);
  const names = new Map(place.subdistricts.map(({ code, name }): [string, string] => [code, name]));
  const inOrder = institutions.toSorted((one, other) => (one.name < other.name ? -1 : 1));
  const texts = new Map(inOrder.map((of) => [of.id, searchTextOf({ name: of.name, aliases: of.aliases, address: of.address, subdistrictName: names.get(of.subdistrict ?? '') ?? null }, overrides)]));
  const snapshot = makeSnapshot({ place, institutions: inOrder, texts, vocabulary, today });
  const words = snapshot.entries.filter((_, at) => at % 41 === 7).flatMap(({ record: { name, subdistrictName, address, pinyin } }, index) => [
    [name.replace('（示例）', ''), pinyin.name.slice(3, 9).join(''), pinyin.name.map((one) => one.charAt(0)).join('').slice(0, 8), subdistrictName ?? '', (address ?? '').slice(-8), `${name.slice(3, 6)} 普惠`][index % 6] ?? '',
  ]);
  return { directory: browserDirectoryOf(snapshot), words: [...words, '全托', '普惠托育', '幼儿园', 'youeryuan', '便宜'] };
}

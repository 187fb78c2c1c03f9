import { join } from 'node:path';
import type { Institution } from '#domain/directory/model.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import { addDays, dayOf, instant, instantAt } from '#domain/shared/dates.ts';
import { newId } from '#storage/ids.ts';
import { institutionId } from '#storage/files/institutionId.ts';
import { loadJurisdictions } from '#storage/files/jurisdictions.ts';
import { readPinyinOverrides, searchTextOf } from '#storage/files/pinyin.ts';
import { sampleInstitutions } from '#storage/files/samples.ts';
import { publishRecords, recordOf } from '#storage/published.ts';
import { openSqlite } from '#storage/sqlite.ts';
import { root } from '#tests/bench/servers.ts';

export const dataFolder = join(root, 'data');
const seatsPerSlot = 500;

/** What the benchmark asks for later. */
export type Seeded = { readonly place: Jurisdiction; readonly institutions: readonly Institution[]; readonly slots: readonly string[] };

const numerals = [...'一二三四五六七八九十'];

/** The invented institutions again and again under other ids, names and streets, until there are `count`. */
function manySamples(place: Jurisdiction, count: number): readonly Institution[] {
  const today = dayOf(instant.parse(Date.now()));
  const models = sampleInstitutions(place, today);
  return Array.from({ length: count }, (_, index): Institution => {
    const model = models[index % models.length];
    if (!model) throw new Error('no samples to copy');
    const street = place.subdistricts[index % place.subdistricts.length];
    const copy = Math.floor(index / models.length);
    const branch = `第${numerals[Math.floor(copy / 10)] ?? ''}${numerals[copy % 10] ?? ''}分园`;
    return {
      ...model, name: `${model.name}${branch}`, subdistrict: street?.code ?? model.subdistrict, county: street?.county ?? null, address: `示例路${index + 1000}号`,
      point: model.point && { ...model.point, lng: model.point.lng + (index % 97) / 5000, lat: model.point.lat + (index % 89) / 5000 },
      id: institutionId({ jurisdiction: place.code, creditCode: null, sourceFile: 'bench', rowKey: String(index) }),
    };
  });
}

/** A database with 1,000 listed institutions (the program adds its own 24 samples) and `slotCount` roomy open times in one place. */
export async function seedDatabase(file: string, slug: string, slotCount: number): Promise<Seeded> {
  const place = loadJurisdictions(dataFolder).find((candidate) => candidate.slug === slug);
  if (!place) throw new Error(`no jurisdiction ${slug}`);
  const now = instant.parse(Date.now());
  const overrides = await readPinyinOverrides(join(dataFolder, 'search', 'pinyin-overrides.csv'));
  const institutions = manySamples(place, 1000 - sampleInstitutions(place, dayOf(now)).length);
  const storage = await openSqlite(file, now);
  const records = institutions.map((one) => {
    const subdistrictName = place.subdistricts.find(({ code }) => code === one.subdistrict)?.name ?? null;
    return recordOf(one, 'sample', JSON.stringify(searchTextOf({ name: one.name, aliases: one.aliases, address: one.address, subdistrictName }, overrides)));
  });
  await publishRecords(storage, place.code, records, (changed) =>
    ({ id: newId(), jurisdiction: place.code, at: now, kind: 'samples-loaded', actor: 'system', objectKind: 'directory', objectId: place.code, detail: { changed } }));
  const slots = Array.from({ length: slotCount }, (_, index) => {
    const startsAt = instantAt(addDays(dayOf(now), 2 + (index % 20)), '10:00');
    return {
      id: newId(), jurisdiction_code: place.code, institution_id: institutions[index % institutions.length]?.id ?? '', kind: 'visit', starts_at: startsAt, ends_at: startsAt + 3_600_000,
      capacity: seatsPerSlot, taken: 0, state: 'open', bands: '[]',
    };
  });
  await storage.write(async (tx) => {
    for (let at = 0; at < slots.length; at += 200) await tx.insertInto('slot').values(slots.slice(at, at + 200)).execute();
  });
  await storage.close();
  return { place, institutions, slots: slots.map(({ id }) => id) };
}

/** `count` different searches that real words could make: street, brand, kind and age, in this order of change. */
export function differentSearches({ place, institutions }: Seeded, count: number): readonly string[] {
  const words = [...new Set([...place.subdistricts.map(({ name }) => name), ...institutions.map(({ name }) => name.replace(/^示例·/, '').replace(/第.*$/, ''))])];
  const endings = ['', ' 托育园', ' 托班', ' 全日', ' 半日', ' 普惠', ' 社区', ' 示例路'];
  return Array.from({ length: count }, (_, index) => {
    const word = words[index % words.length] ?? '';
    const round = Math.floor(index / words.length);
    const months = Math.floor(round / endings.length);
    return `${word}${endings[round % endings.length] ?? ''}${months === 0 ? '' : ` ${months}月龄`}`;
  });
}

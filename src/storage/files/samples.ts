import { bandMonths, institution, type BandOffer, type ClassBand, type Institution, type InstitutionKind, type Ownership, type ServiceMode } from '#domain/directory/model.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import { addDays, addMonths, monthOf, yearMonth, type IsoDate } from '#domain/shared/dates.ts';
import { institutionId } from '#storage/files/institutionId.ts';

const brands = ['小森林', '向日葵', '星语', '月芽', '青禾', '彩虹桥', '小石榴', '木棉', '豆芽', '云朵', '萤火', '晨露', '芦苇', '小满', '风铃', '松果', '麦田', '海星', '桃李', '知了', '白鸽', '橡树', '米粒', '小鹿'] as const;

const endings: Readonly<Record<InstitutionKind, string>> = { independent: '托育园', kindergartenClass: '幼儿园托班', homeSite: '家庭托育点', employer: '职工托育园', community: '社区托育园' };
const kinds: readonly InstitutionKind[] = ['independent', 'kindergartenClass', 'community', 'independent', 'employer', 'homeSite'];
const owners: Readonly<Record<InstitutionKind, readonly Ownership[]>> = {
  independent: ['privateForProfit', 'privateNonProfit', 'public'], kindergartenClass: ['public', 'publicPrivatelyRun'], homeSite: ['privateForProfit'], employer: ['employer'], community: ['publicPrivatelyRun', 'privateNonProfit'],
};
const natures: Readonly<Record<Ownership, Institution['nature']>> = { public: 'publicInstitution', publicPrivatelyRun: 'socialService', privateNonProfit: 'socialService', privateForProfit: 'forProfit', employer: 'socialService' };
const bandSets: readonly (readonly ClassBand[])[] = [['infant', 'toddler', 'older'], ['toddler', 'older'], ['older', 'mixed'], ['infant', 'toddler'], ['toddler'], ['older']];
const modeSets: readonly (readonly ServiceMode[])[] = [['fullDay'], ['fullDay', 'halfDay'], ['fullDay', 'hourly'], ['fullDay', 'halfDay', 'hourly', 'temporary'], ['halfDay', 'temporary']];
const usualPlaces: Readonly<Record<ClassBand, number>> = { infant: 10, toddler: 15, older: 20, mixed: 18 };

const pick = <Value>(from: readonly [Value, ...Value[]] | readonly Value[], index: number): Value => {
  const chosen = from[index % from.length];
  if (chosen === undefined) throw new Error('nothing to pick from');
  return chosen;
};

const confirmedDaysAgo = (index: number): number => (index % 4 === 3 ? 140 : index % 8 === 6 ? 45 : 1 + (index % 20));

function bandsOf(index: number, kind: InstitutionKind, today: IsoDate): readonly BandOffer[] {
  const bands: readonly ClassBand[] = kind === 'homeSite' ? ['mixed'] : kind === 'kindergartenClass' ? ['older'] : pick(bandSets, index + Math.floor(index / 6));
  return bands.map((band, at) => {
    const free = (index + at * 2) % 5;
    return {
      band, places: kind === 'homeSite' ? 5 : usualPlaces[band], free: index % 9 === 8 ? null : free, confirmedOn: index % 9 === 8 ? null : addDays(today, -confirmedDaysAgo(index)),
      availableFrom: free === 0 ? addMonths(monthOf(today), 2 + (index % 4)) : null,
    };
  });
}

function admissionOf(index: number, kind: InstitutionKind, bands: readonly BandOffer[], today: IsoDate): Institution['admission'] {
  if (kind === 'homeSite') return { rule: 'byMonths', min: 4, max: 36 };
  if (kind !== 'kindergartenClass') return index % 11 === 10 ? null : { rule: 'byMonths', min: Math.min(...bands.map(({ band }) => bandMonths[band][0])), max: Math.max(...bands.map(({ band }) => bandMonths[band][1])) };
  const year = Number(today.slice(0, 4)) + (today.slice(5, 7) >= '09' ? 1 : 0);
  const month = (value: string) => yearMonth.parse(value);
  return { rule: 'byCohort', entryMonth: month(`${String(year)}-09`), bornFrom: month(`${String(year - 3)}-09`), bornUntil: month(`${String(year - 2)}-08`), applyFrom: null, applyUntil: null, how: null };
}

function feesOf(index: number, modes: readonly ServiceMode[]): Institution['fees'] {
  if (index % 5 === 4) return [];
  const care = modes[0] ?? 'fullDay';
  const charge = (change: Partial<Institution['fees'][number]> & Pick<Institution['fees'][number], 'item' | 'amount' | 'per'>): Institution['fees'][number] => ({ mode: null, band: null, required: true, note: null, ...change });
  return [
    charge({ item: 'care', mode: care, amount: 120_000 + ((index * 7) % 23) * 12_000, per: 'month' }),
    index % 3 === 1 ? charge({ item: 'meals', amount: 2_000, per: 'day', note: '按出勤天数' }) : charge({ item: 'meals', amount: 40_000, per: 'month' }),
    charge({ item: 'extension', amount: 1_000, per: 'time', required: false, note: '17:30–18:30' }),
    ...(modes.includes('hourly') ? [charge({ item: 'care', mode: 'hourly', amount: 3_000, per: 'hour', required: false })] : []),
    ...(index % 7 === 0 ? [charge({ item: 'deposit', amount: 50_000, per: 'time', note: '退托时退还' })] : []),
  ];
}

function recognitionsOf(index: number, bands: readonly BandOffer[], today: IsoDate): Institution['recognitions'] {
  if (index % 6 > 2) return [];
  const [first] = bands;
  const share = index % 6 === 0 && first ? [{ band: first.band, places: Math.max(1, Math.floor((first.places ?? 1) / 2)) }] : bands.map(({ band, places }) => ({ band, places: places ?? 1 }));
  const expired = index % 6 === 2;
  return [{ authority: '示例认定部门', documentNumber: null, from: addDays(today, expired ? -760 : -300), until: addDays(today, expired ? -30 : 430), places: share, priceCeiling: 260_000, audience: null }];
}

/** Yes, no and unknown in turn, so that a demonstration shows all three of each. */
const acceptsOf = (index: number): Institution['accepts'] => ({
  allergy: pick([true, null, true, false], index), medicine: pick([null, true, false], index), specialNeeds: pick([null, null, true, null, false], index),
});

/** 示例机构: 24 invented institutions of a place, together showing every kind, ownership, mode, band, admission rule and gap; dates are relative to `today`. */
export function sampleInstitutions(place: Jurisdiction, today: IsoDate): readonly Institution[] {
  return brands.map((brand, index): Institution => {
    const kind = pick(kinds, index);
    const street = pick(place.subdistricts.filter((one) => /街道|镇|乡/.test(one.kind + one.name)), index * 7);
    const ownership = pick(owners[kind], index + Math.floor(index / 6));
    const bands = bandsOf(index, kind, today);
    const modes = kind === 'kindergartenClass' ? ['fullDay' as const] : pick(modeSets, index);
    const atSchool = kind === 'kindergartenClass' && place.listableCredentials.includes('kindergarten');
    const angle = index * 2.4;
    const reach = 0.004 + (index % 6) * 0.004;
    const saturday = index % 4 === 1;
    const county = place.counties.find(({ code }) => code === street.county);
    return institution.parse({
      id: institutionId({ jurisdiction: place.code, creditCode: null, sourceFile: 'samples', rowKey: String(index + 1) }),
      jurisdiction: place.code, county: county?.code ?? null, subdistrict: street.code,
      name: `示例·${street.name.replace(/(街道|镇|乡)$/, '')}${brand}${endings[kind]}`, aliases: index % 3 === 0 ? [`示例${brand}`] : [], kind, ownership, nature: natures[ownership],
      creditCode: null, address: `示例路${String(index * 3 + 1)}号`, phone: null,
      point: place.centre === null || index % 6 === 5 ? null : { lng: round(place.centre.lng + Math.cos(angle) * reach), lat: round(place.centre.lat + Math.sin(angle) * reach), crs: 'gcj02' },
      credential: { kind: atSchool ? 'kindergarten' : 'filing', state: 'receipted', number: null, receiptedOn: addDays(today, -(220 + index * 31)), authority: atSchool ? null : county?.filingAuthority ?? place.filingAuthority, since: null, decisionNumber: null },
      modes, bands, admission: admissionOf(index, kind, bands, today), recognitions: recognitionsOf(index, bands, today), fees: feesOf(index, modes), feesFrom: index % 5 === 4 ? null : addDays(today, -120),
      hours: index % 10 === 9 ? [] : [1, 2, 3, 4, 5, ...(saturday ? [6] : [])].map((weekday) => ({ weekday, opens: index % 2 === 0 ? '07:30' : '08:00', closes: index % 3 === 0 ? '18:00' : '17:30' })),
      opensInSchoolHolidays: kind === 'kindergartenClass' ? false : index % 7 === 6 ? null : true, extendedUntil: index % 5 === 0 ? '19:00' : null, mealsProvided: index % 5 === 4 ? null : true,
      openToNeighbours: kind === 'employer' ? true : null, accepts: acceptsOf(index), confirmedOn: addDays(today, -confirmedDaysAgo(index)), source: { title: '示例数据（虚构）', url: null, readOn: today }, missingSince: null, planned: null, sample: true,
    });
  });
}

const round = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;

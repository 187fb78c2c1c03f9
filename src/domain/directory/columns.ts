import { makeAgeRules, type AgeRules } from '#domain/directory/ageRules.ts';
import { monthlyFee } from '#domain/directory/fees.ts';
import { acceptances, classBands, institutionKinds, ownerships, serviceModes, type ClassBand, type Institution } from '#domain/directory/model.ts';
import { affordablePlaces, freePlacesIn } from '#domain/directory/places.ts';
import type { IsoDate } from '#domain/shared/dates.ts';
import type { LngLat } from '#domain/shared/geo.ts';

/** Bit 4 and slot 4 stand for the institution whole, below them one for each band. */
export const whole = 4;
export const wholeBit = 1 << whole;
/** Values of a row with one for each band and one for the whole. */
export const perRow = whole + 1;

/** Bits of what is open when. */
export const openBits = { weekend: 1, holidays: 2, extended: 4, meals: 8 } as const;

/** What filters, counts and orders ask of each institution, one value for each by its position: no object is made to answer a query. */
export type DirectoryColumns = {
  /** Position in `directoryGroups`. */
  readonly group: Uint8Array;
  /** Bits of bands held, modes offered, what is open, and conditions said yes or no to. */
  readonly bands: Uint8Array; readonly modes: Uint8Array; readonly open: Uint8Array; readonly saysYes: Uint8Array; readonly saysNo: Uint8Array;
  /** Position in its list of the vocabulary, -1 where not stated. */
  readonly kind: Int8Array; readonly ownership: Int8Array;
  /** Position in `streetCodes` and `countyCodes`, -1 where not stated. */
  readonly street: Int16Array; readonly county: Int16Array;
  readonly streetCodes: readonly string[]; readonly countyCodes: readonly string[];
  /** Bits of bands with a fresh free place, with a recognised place; bit 4: any. */
  readonly hasFree: Uint8Array; readonly affordable: Uint8Array;
  /** 空余托位 by band and whole, -1 where not stated freshly. */
  readonly free: Int16Array;
  /** 全部费用 in fen by band and whole, Infinity where not stated. */
  readonly fee: Float64Array;
  /** Minutes of the day by when it is open on every working day, and until when; 1440 and -1 where a working day is not stated. */
  readonly opens: Int16Array; readonly closes: Int16Array;
  /** Degrees, WGS-84; NaN without a point. */
  readonly lng: Float64Array; readonly lat: Float64Array;
  readonly ageRule: Int32Array;
  readonly ageRules: AgeRules;
};

/** One bit for each value of a list that is among those given. */
export const bitsOf = <Value>(list: readonly Value[], given: readonly Value[]): number =>
  list.reduce((bits, value, index) => (given.includes(value) ? bits | (1 << index) : bits), 0);

/** Minutes of the day of a clock time. */
export const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));

const workingDays = [1, 2, 3, 4, 5] as const;
const clock = /^([01]\d|2[0-3]):[0-5]\d$/;

/** When a family can count on it on any working day: the latest opening, the earliest closing, extended care included. */
const workingDayOf = (of: Institution): { readonly opens: number; readonly closes: number } | null => {
  let [opens, closes] = [0, 24 * 60];
  for (const weekday of workingDays) {
    const hours = of.hours.filter((part) => part.weekday === weekday);
    if (hours.length === 0) return null;
    opens = Math.max(opens, Math.min(...hours.map((part) => minutesOf(part.opens))));
    closes = Math.min(closes, Math.max(...hours.map((part) => minutesOf(part.closes))));
  }
  const extended = of.extendedUntil !== null && clock.test(of.extendedUntil) ? minutesOf(of.extendedUntil) : 0;
  return { opens, closes: Math.max(closes, extended) };
};

const openOf = (of: Institution): number => (of.hours.some(({ weekday }) => weekday >= 6) ? openBits.weekend : 0)
  | (of.opensInSchoolHolidays === true ? openBits.holidays : 0) | (of.extendedUntil === null ? 0 : openBits.extended) | (of.mealsProvided === true ? openBits.meals : 0);

/** Numbers the distinct values of a column in the order they come. */
const numbered = (values: readonly (string | null)[]): { readonly at: Int16Array; readonly list: readonly string[] } => {
  const list = [...new Set(values.filter((value) => value !== null))];
  const numbers = new Map(list.map((value, index) => [value, index]));
  return { at: Int16Array.from(values, (value) => (value === null ? -1 : numbers.get(value) ?? -1)), list };
};

const perBand = (worth: (bands: readonly ClassBand[] | undefined) => number): readonly number[] =>
  [...classBands.map((band) => worth([band])), worth(undefined)];

/** Lays institutions out in columns on a day; `groups` are the positions of their groups, `points` theirs in WGS-84. */
export const layColumns = (institutions: readonly Institution[], groups: readonly number[], points: readonly (LngLat | null)[], today: IsoDate): DirectoryColumns => {
  const days = institutions.map(workingDayOf);
  const free = Int16Array.from(institutions.flatMap((of) => perBand((bands) => freePlacesIn(of, today, bands) ?? -1)));
  const fee = Float64Array.from(institutions.flatMap((of) => (of.fees.length === 0 ? [Infinity, Infinity, Infinity, Infinity, Infinity]
    : perBand((bands) => monthlyFee(of, bands)?.amount ?? Infinity))));
  const bits = (has: (of: Institution, slot: number, at: number) => boolean): Uint8Array => Uint8Array.from(institutions, (of, at) => {
    let row = 0;
    for (let slot = 0; slot < perRow; slot += 1) if (has(of, slot, at)) row |= 1 << slot;
    return row;
  });
  const [streets, counties] = [numbered(institutions.map(({ subdistrict }) => subdistrict)), numbered(institutions.map(({ county }) => county))];
  const { ruleOf, rules } = makeAgeRules(institutions);
  return {
    group: Uint8Array.from(groups),
    bands: Uint8Array.from(institutions, (of) => bitsOf(classBands, of.bands.map(({ band }) => band))),
    modes: Uint8Array.from(institutions, (of) => bitsOf(serviceModes, of.modes)), open: Uint8Array.from(institutions, openOf),
    saysYes: Uint8Array.from(institutions, (of) => bitsOf(acceptances, acceptances.filter((one) => of.accepts[one] === true))),
    saysNo: Uint8Array.from(institutions, (of) => bitsOf(acceptances, acceptances.filter((one) => of.accepts[one] === false))),
    kind: Int8Array.from(institutions, ({ kind }) => (kind === null ? -1 : institutionKinds.indexOf(kind))),
    ownership: Int8Array.from(institutions, ({ ownership }) => (ownership === null ? -1 : ownerships.indexOf(ownership))),
    street: streets.at, streetCodes: streets.list, county: counties.at, countyCodes: counties.list,
    hasFree: bits((_, slot, at) => (free[at * perRow + slot] ?? -1) > 0),
    affordable: bits((of, slot) => of.recognitions.length > 0 && affordablePlaces(of, today, slot === whole ? undefined : classBands.filter((_, index) => index === slot)) !== null),
    free, fee,
    opens: Int16Array.from(days, (day) => day?.opens ?? 24 * 60), closes: Int16Array.from(days, (day) => day?.closes ?? -1),
    lng: Float64Array.from(points, (point) => point?.lng ?? NaN), lat: Float64Array.from(points, (point) => point?.lat ?? NaN),
    ageRule: ruleOf, ageRules: rules,
  };
};

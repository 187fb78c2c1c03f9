// Runs in the browser too: no library.
import { monthsAfter, readTypedDay } from '#domain/guidance/babyAge.ts';
import { lastGrowthMonth, type Gestation, type GrowthIndicator } from '#domain/guidance/growthModel.ts';
import { done, refused, type Outcome } from '#domain/shared/outcome.ts';

/** What no child under ten has ever been: a slip of the unit or the point, to be asked about. Not a limit of health. */
export const plausible: Readonly<Record<GrowthIndicator, readonly [least: number, most: number]>> = { weight: [0.3, 40], length: [20, 130], head: [15, 65] };

/** Units parents write, as a share of a kilogram or a centimetre; 1 斤 is half a kilogram. */
const units: Readonly<Record<GrowthIndicator, Readonly<Record<string, number>>>> = {
  weight: { '': 1, 'kg': 1, '公斤': 1, '千克': 1, '斤': 0.5, 'g': 0.001, '克': 0.001 },
  length: { '': 1, 'cm': 1, '厘米': 1, '公分': 1, 'mm': 0.1, '毫米': 0.1, 'm': 100, '米': 100 },
  head: { '': 1, 'cm': 1, '厘米': 1, '公分': 1, 'mm': 0.1, '毫米': 0.1 },
};

export type MeasureRefusal = 'unreadable' | 'too-little' | 'too-much';

/** Reads a measured value: full-width digits, a comma or 。 for the point, and common units; null when blank. Kilograms or centimetres. */
export const readMeasure = (indicator: GrowthIndicator, typed: string): Outcome<number | null, MeasureRefusal> => {
  const text = typed.normalize('NFKC').replaceAll(/\s/g, '').toLowerCase();
  if (text === '') return done(null);
  const [, whole = '', part = '', unit = ''] = /^(\d{1,6})(?:[.,，。、．](\d{1,3}))?(\D*)$/.exec(text) ?? [];
  const factor = units[indicator][unit];
  if (whole === '' || factor === undefined) return refused('unreadable');
  const value = Math.round(Number(`${whole}.${part || '0'}`) * factor * 1000) / 1000;
  const [least, most] = plausible[indicator];
  if (value < least) return refused('too-little');
  return value > most ? refused('too-much') : done(value);
};

export type GestationRefusal = 'unreadable' | 'out-of-range';
/** Weeks a birth can be counted in; outside them it is a slip. */
const [leastWeeks, mostWeeks] = [20, 44];

/** Reads 出生孕周 as written on a discharge note: 32, 32+3, 32周3天; null when blank. */
export const readGestation = (typed: string): Outcome<Gestation | null, GestationRefusal> => {
  const text = typed.normalize('NFKC').replaceAll(/\s/g, '');
  if (text === '') return done(null);
  const match = /^孕?(\d{1,3})周?(?:[+零又]?(\d)天?)?$/.exec(text);
  if (!match) return refused('unreadable');
  const gestation: Gestation = { weeks: Number(match[1]), days: Number(match[2] ?? 0) };
  return gestation.weeks < leastWeeks || gestation.weeks > mostWeeks || gestation.days > 6 ? refused('out-of-range') : done(gestation);
};

export type MeasuredDayRefusal = 'blank' | 'unreadable' | 'no-such-day' | 'future' | 'before-birth' | 'older';

/** Reads the day of a measuring: not ahead, not before the birth, and not past 36 months, where the tables end. */
export const readMeasuredDay = (typed: string, birth: string | undefined, today: string): Outcome<string, MeasuredDayRefusal> => {
  const read = readTypedDay(typed);
  if (!read.ok) return read;
  if (read.value > today) return refused('future');
  if (birth !== undefined && read.value < birth) return refused('before-birth');
  return birth !== undefined && read.value > monthsAfter(birth, lastGrowthMonth) ? refused('older') : read;
};

export type GrowthMonthRefusal = 'unreadable' | 'older';

/** Reads a whole month of age from 0 to 36, as typed or in an address; null when blank. */
export const readGrowthMonth = (typed: string): Outcome<number | null, GrowthMonthRefusal> => {
  const text = typed.normalize('NFKC').replaceAll(/\s/g, '').replace(/^满/, '').replace(/(个月|月龄|月)$/, '');
  if (text === '') return done(null);
  if (!/^\d{1,4}$/.test(text)) return refused('unreadable');
  return Number(text) > lastGrowthMonth ? refused('older') : done(Number(text));
};


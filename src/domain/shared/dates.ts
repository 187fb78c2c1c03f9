import { z } from 'zod';

/** A civil day in Asia/Shanghai, `YYYY-MM-DD`. */
export type IsoDate = string & z.BRAND<'IsoDate'>;
/** A civil month, `YYYY-MM`. */
export type YearMonth = string & z.BRAND<'YearMonth'>;
/** An instant in UTC milliseconds. */
export type Instant = number & z.BRAND<'Instant'>;

const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

const isRealDay = (text: string): boolean => {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
};

export const isoDate = z.string().refine(isRealDay, 'iso-date').brand<'IsoDate'>();
export const yearMonth = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'year-month').brand<'YearMonth'>();
export const instant = z.number().int().brand<'Instant'>();

const shanghaiOffset = 8 * 3_600_000; // Asia/Shanghai has kept UTC+8 without summer time since 1992.
const dayMs = 86_400_000;

/** The civil day in Asia/Shanghai on which an instant falls. */
export const dayOf = (at: Instant): IsoDate => isoDate.parse(new Date(at + shanghaiOffset).toISOString().slice(0, 10));

/** The clock time `HH:MM` in Asia/Shanghai at an instant. */
export const timeOf = (at: Instant): string => new Date(at + shanghaiOffset).toISOString().slice(11, 16);

/** The instant at which `time` (`HH:MM`) strikes in Asia/Shanghai on a day. */
export const instantAt = (day: IsoDate, time: string): Instant => instant.parse(Date.parse(`${day}T${time}:00+08:00`));

/** An instant as the contract writes it, `2026-11-23T10:00:00+08:00`. */
export const writeInstant = (at: Instant): string => `${new Date(at + shanghaiOffset).toISOString().slice(0, 19)}+08:00`;

/** The day `days` after (or before) a day. */
export const addDays = (day: IsoDate, days: number): IsoDate =>
  isoDate.parse(new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10));

/** Whole days from one day to another. */
export const daysBetween = (from: IsoDate, to: IsoDate): number => Math.round((Date.parse(to) - Date.parse(from)) / dayMs);

/** 1 = Monday … 7 = Sunday. */
export const weekdayOf = (day: IsoDate): 1 | 2 | 3 | 4 | 5 | 6 | 7 => {
  const weekdays = [7, 1, 2, 3, 4, 5, 6] as const;
  return weekdays[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? 7;
};

/** The month in which a day falls. */
export const monthOf = (day: IsoDate): YearMonth => yearMonth.parse(day.slice(0, 7));

/** Months since year 0, for counting with months. */
export const monthNumber = (month: YearMonth): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;

/** The month `months` after (or before) a month. */
export const addMonths = (month: YearMonth, months: number): YearMonth => {
  const total = monthNumber(month) + months;
  return yearMonth.parse(`${String(Math.floor(total / 12)).padStart(4, '0')}-${String((total % 12) + 1).padStart(2, '0')}`);
};

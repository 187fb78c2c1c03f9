import { z } from 'zod';
import { addDays, isoDate, weekdayOf, type IsoDate } from '#domain/shared/dates.ts';
import { done, refused, type Outcome } from '#domain/shared/outcome.ts';

/** 节假日安排 of one year: days off (weekends inside them included) and weekend days worked in return. */
export const calendarYear = z.strictObject({
  year: z.number().int().min(2000).max(2100),
  region: z.literal('CN'),
  daysOff: z.array(isoDate).min(1),
  makeUpWorkdays: z.array(isoDate),
  source: z.strictObject({ title: z.string().min(1), url: z.string().nullable(), readOn: isoDate, confidence: z.enum(['A', 'B', 'C', 'G']) }),
});
export type CalendarYear = z.infer<typeof calendarYear>;

/** 工作日历: the years that have been published; a day outside them is not known. */
export const calendar = z.strictObject({ years: z.array(calendarYear) });
export type Calendar = z.infer<typeof calendar>;

/** 工作日: whether people work on a day; `unknown` where no calendar for its year has been published. */
export const isWorkday = (day: IsoDate, known: Calendar): boolean | 'unknown' => {
  const year = known.years.find((candidate) => candidate.year === Number(day.slice(0, 4)));
  if (year === undefined) return 'unknown';
  if (year.makeUpWorkdays.includes(day)) return true;
  return !year.daysOff.includes(day) && weekdayOf(day) <= 5;
};

/** The `n`th workday after a day (the day itself not counted, 0 gives the day); refused where the calendar ends first. */
export const addWorkdays = (day: IsoDate, n: number, known: Calendar): Outcome<IsoDate, 'calendar-ends'> => {
  if (!Number.isInteger(n) || n < 0) throw new RangeError(`addWorkdays: expected a whole number from 0, got ${n}`);
  let reached = day;
  for (let left = n; left > 0; ) {
    reached = addDays(reached, 1);
    const works = isWorkday(reached, known);
    if (works === 'unknown') return refused('calendar-ends');
    if (works) left -= 1;
  }
  return done(reached);
};

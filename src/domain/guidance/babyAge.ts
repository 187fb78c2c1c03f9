// Runs in the browser too, so it takes days as plain text `YYYY-MM-DD` (civil days, no time zone) and loads no library.
import { done, refused, type Outcome } from '#domain/shared/outcome.ts';

/** 满月龄: whole months completed and the days since. */
export type ExactAge = { readonly months: number; readonly days: number };

const dayMs = 86_400_000;
const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();
const write = (year: number, month: number, date: number): string => `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
const parts = (day: string): readonly [year: number, month: number, date: number] => [Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8, 10))];

/** Whole days from one day to another; negative when the other is earlier. */
export const daysUntil = (from: string, to: string): number => Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs);

/** The day so many days after a day. */
export const daysAfter = (day: string, days: number): string => new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);

/** The day on which a child is 满 so many months: the same date, or the month's last day where the month has no such date. */
export const monthsAfter = (birth: string, months: number): string => {
  const [year, month, date] = parts(birth);
  const total = year * 12 + (month - 1) + months;
  const [toYear, toMonth] = [Math.floor(total / 12), (total % 12) + 1];
  return write(toYear, toMonth, Math.min(date, daysIn(toYear, toMonth)));
};

/** 满 N 个月零 D 天 on a day; null before the birth. */
export const exactAge = (birth: string, today: string): ExactAge | null => {
  if (today < birth) return null;
  const [[year, month], [toYear, toMonth]] = [parts(birth), parts(today)];
  const calendarMonths = (toYear - year) * 12 + toMonth - month;
  const months = monthsAfter(birth, calendarMonths) > today ? calendarMonths - 1 : calendarMonths;
  return { months, days: daysUntil(monthsAfter(birth, months), today) };
};

/** Why a typed date cannot be used. */
export type DateRefusal = 'blank' | 'unreadable' | 'no-such-day' | 'future' | 'too-long-ago' | 'due-passed' | 'due-too-far';

/** Reads a date as parents type it: 20250308, 2025-3-8, 2025年3月8日, with commas, blanks or full-width digits. */
export const readTypedDay = (typed: string): Outcome<string, 'blank' | 'unreadable' | 'no-such-day'> => {
  const text = typed.normalize('NFKC').trim();
  if (text === '') return refused('blank');
  const match = /^(\d{4})(\d{2})(\d{2})$/.exec(text) ?? /^(\d{4})[\s年,，、。./-]+(\d{1,2})[\s月,，、。./-]+(\d{1,2})\s*[日号]?$/.exec(text);
  if (!match) return refused('unreadable');
  const [year, month, date] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (month < 1 || month > 12 || date < 1 || date > daysIn(year, month)) return refused('no-such-day');
  return done(write(year, month, date));
};

const oldestYears = 10;
/** An expected day lies at most this far ahead: forty weeks and a margin. */
const longestWait = 300;
/** An expected day this far back has most likely become a birth. */
const longestLate = 30;

/** Reads a typed birth date: not in the future, less than ten years ago. */
export const readBirthDay = (typed: string, today: string): Outcome<string, DateRefusal> => {
  const read = readTypedDay(typed);
  if (!read.ok) return read;
  if (read.value > today) return refused('future');
  return monthsAfter(read.value, oldestYears * 12) <= today ? refused('too-long-ago') : read;
};

/** Reads a typed expected date: at most three hundred days ahead, at most thirty ago. */
export const readDueDay = (typed: string, today: string): Outcome<string, DateRefusal> => {
  const read = readTypedDay(typed);
  if (!read.ok) return read;
  const ahead = daysUntil(today, read.value);
  if (ahead < -longestLate) return refused('due-passed');
  return ahead > longestWait ? refused('due-too-far') : read;
};

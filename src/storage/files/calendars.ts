import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { calendarYear, type Calendar, type CalendarYear } from '#domain/shared/calendar.ts';
import { weekdayOf } from '#domain/shared/dates.ts';
import { stopOn } from '#storage/files/dataError.ts';
import { readJson } from '#storage/files/readJson.ts';

const checkYear = (label: string, name: string, year: CalendarYear): readonly string[] => [
  ...(name === `cn-${year.year}.json` ? [] : [`${label}, key year: expected the year in the file's name, got "${year.year}"`]),
  ...[...year.daysOff, ...year.makeUpWorkdays].filter((day) => !day.startsWith(`${year.year}-`)).map((day) => `${label}: expected days of ${year.year}, got "${day}"`),
  ...year.makeUpWorkdays.filter((day) => weekdayOf(day) <= 5).map((day) => `${label}, key makeUpWorkdays: expected a Saturday or Sunday, got "${day}"`),
  ...year.makeUpWorkdays.filter((day) => year.daysOff.includes(day)).map((day) => `${label}, key makeUpWorkdays: expected a day that is not off, got "${day}"`),
];

/** 工作日历: every `data/calendars/cn-YYYY.json` in order of year; else one DataError with all sentences. */
export const loadCalendar = (dataDir: string): Calendar => {
  const root = join(dataDir, 'calendars');
  const label = `${basename(dataDir)}/calendars`;
  if (!existsSync(root)) stopOn([`${label}: the folder is missing`]);
  const names = readdirSync(root).filter((name) => name.endsWith('.json')).sort();
  const readings = names.map((name) => ({ name, ...readJson(join(root, name), `${label}/${name}`, calendarYear) }));
  const years = readings.flatMap(({ value }) => (value === undefined ? [] : [value]));
  stopOn([
    ...readings.flatMap(({ problems }) => problems),
    ...readings.flatMap(({ name, value }) => (value === undefined ? [] : checkYear(`${label}/${name}`, name, value))),
    ...(names.length === 0 ? [`${label}: expected at least one cn-YYYY.json, got none`] : []),
  ]);
  return { years };
};

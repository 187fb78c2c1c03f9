// Run under a TZ of its own: ten thousand drawn days and moments through everything the domain works out about days; prints one hash of all answers.
import { createHash } from 'node:crypto';
import { ageOn } from '#domain/shared/age.ts';
import { addWorkdays } from '#domain/shared/calendar.ts';
import { addDays, addMonths, dayOf, daysBetween, instant, instantAt, isoDate, monthOf, timeOf, weekdayOf, writeInstant } from '#domain/shared/dates.ts';
import { loadCalendar } from '#storage/files/calendars.ts';
import { chanceOf } from '#tests/torture/harness.ts';

const [chance, hash, known] = [chanceOf(20_261_123), createHash('sha256'), loadCalendar('data')];
for (let count = 0; count < 10_000; count += 1) {
  const at = instant.parse(Math.floor(Date.UTC(2000, 0, 1) + chance() * 40 * 365.25 * 86_400_000));
  const day = dayOf(at);
  const other = addDays(day, Math.floor(chance() * 4_000) - 2_000);
  const near = isoDate.parse(addDays(isoDate.parse('2024-01-02'), Math.floor(chance() * 1_050)));
  hash.update(JSON.stringify([day, timeOf(at), writeInstant(at), instantAt(day, timeOf(at)), other, daysBetween(day, other), weekdayOf(day), addMonths(monthOf(day), 7), ageOn(other, monthOf(day)), addWorkdays(near, 15, known)]));
}
process.stdout.write(`${hash.digest('hex')} ${new Date(2026, 0, 1).getTimezoneOffset()}`);

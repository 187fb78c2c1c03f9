import { expect, test } from 'vitest';
import { loadJurisdictions } from '#storage/files/jurisdictions.ts';
import { sampleInstitutions } from '#storage/files/samples.ts';
import { sampleTimetables } from '#storage/samples.ts';
import { day } from '#tests/builders/slotTemplate.ts';

const today = day('2026-11-22');

test.each(loadJurisdictions('data').map((place) => [place.slug, place] as const))('the samples of %s: two close in 寒暑假 without their visits, one opens on make-up workdays, one team', (_slug, place) => {
  const { all, team } = sampleTimetables(sampleInstitutions(place, today), today);
  const patterns = (of: (typeof all)[number]) => of.patterns.map(([, pattern]) => pattern);
  const closing = all.filter((one) => patterns(one).some(({ schoolHolidays }) => schoolHolidays === 'closed'));
  expect(closing).toHaveLength(2);
  expect(closing.flatMap(patterns).filter(({ kind, schoolHolidays }) => kind === 'visit' && schoolHolidays === 'closed')).toEqual([]);
  expect(closing.every(({ exceptions }) => exceptions.length === 4)).toBe(true);
  expect(all.filter((one) => patterns(one).some(({ makeUpLike }) => makeUpLike !== null))).toHaveLength(1);
  expect(team?.patterns.map(([, { kind }]) => kind)).toEqual(['homeVisit']);
  for (const kind of ['visit', 'care', 'class']) expect(all.some((one) => patterns(one).some((pattern) => pattern.kind === kind))).toBe(true);
  // A sample never takes more than its staff may care for.
  for (const one of all) for (const [, { shares }, caps] of one.patterns) shares.forEach(({ capacity }, at) => { expect(capacity).toBeLessThanOrEqual(caps[at] ?? 500); });
});

import { expect, test } from 'vitest';
import { emptyWords, listingWords, type Decision, type Photo } from '#domain/listing/model.ts';
import { bandLoad, changedGroups, decisionsInForce, freshnessOf, menuStands, publicListing, shownDecisions, shownPhotos } from '#domain/listing/rules.ts';
import { addDays, isoDate } from '#domain/shared/dates.ts';

const today = isoDate.parse('2026-11-23');
const day = (text: string) => isoDate.parse(text);
const said = { saidBy: 'institution', asOf: '2026-11-20' } as const;

const aDecision = (change: Partial<Decision>): Decision => ({
  id: '0190a000-0000-7000-8000-0000000000d1', kind: 'warning', number: '示例警〔2026〕第 1 号', body: '示例主管部门', decidedOn: day('2026-06-01'), until: day('2027-06-01'), about: '虚构示例', withdrawn: null, reply: null, ...change,
});
const aPhoto = (cleared: Photo['cleared']): Photo => ({
  id: '0190a000-0000-7000-8000-0000000000f1', file: 'a'.repeat(64), caption: '活动室', illustration: false, takenOn: null, width: 800, height: 600, ...said, asOf: day('2026-11-20'), cleared,
});

test('a fact is marked after 90 days and warned about after 180', () => {
  expect([0, 90, 91, 180, 181].map((days) => freshnessOf(addDays(today, -days), today).level)).toEqual(['fresh', 'fresh', 'old', 'old', 'stale']);
  expect(freshnessOf(addDays(today, 3), today)).toEqual({ level: 'fresh', days: 0 });
});

test('a menu holds from its Monday to its Sunday', () => {
  const weekOf = day('2026-11-23');
  expect([-1, 0, 6, 7].map((days) => menuStands({ weekOf }, addDays(weekOf, days)))).toEqual(['upcoming', 'current', 'current', 'expired']);
});

test('a menu that does not begin on a Monday, members of a committee, and more qualified than there are, are refused', () => {
  const meals = { ...said, weekOf: '2026-11-24', days: [{ weekday: 1, meals: [{ meal: 'lunch', food: '软米饭' }] }] };
  expect(listingWords.safeParse({ menu: meals }).success).toBe(false);
  expect(listingWords.safeParse({ menu: { ...meals, weekOf: '2026-11-23' } }).success).toBe(true);
  expect(listingWords.safeParse({ committee: { ...said, formed: true, members: ['某某'] } }).success).toBe(false);
  expect(listingWords.safeParse({ staff: { ...said, careWorkers: 3, qualified: 4 } }).success).toBe(false);
});

test('a formal decision is shown until its end day, withdrawn ones with their note but not in force', () => {
  const ended = aDecision({ until: day('2026-11-22') });
  const lastDay = aDecision({ until: today });
  const withdrawn = aDecision({ withdrawn: { kind: 'revoked', on: day('2026-10-01'), note: '原机关已撤销。' } });
  const open = aDecision({ until: null });
  const future = aDecision({ decidedOn: day('2026-11-24') });
  expect(shownDecisions([ended, lastDay, withdrawn, open, future], today)).toEqual([lastDay, withdrawn, open]);
  expect(decisionsInForce([ended, lastDay, withdrawn, open, future], today)).toEqual([lastDay, open]);
});

test('only photos that a reviewer has cleared are shown', () => {
  const cleared = aPhoto({ by: 'reviewer', on: day('2026-11-21') });
  expect(shownPhotos([aPhoto(null), cleared])).toEqual([cleared]);
  expect(publicListing({ version: 1, words: emptyWords, photos: [aPhoto(null)], assessments: [], decisions: [], changes: [] }, today).photos).toEqual([]);
});

test('changes are told by group; confirming without a change changes no group', () => {
  const before = listingWords.parse({ committee: { ...said, formed: false }, staff: { ...said, careWorkers: 3, qualified: 2 } });
  const confirmed = listingWords.parse({ committee: { ...said, asOf: '2026-11-23', formed: false }, staff: { ...said, asOf: '2026-11-23', careWorkers: 3, qualified: 2 } });
  expect(changedGroups(before, confirmed)).toEqual([]);
  expect(changedGroups(before, listingWords.parse({ ...confirmed, committee: { ...said, formed: true } }))).toEqual(['committee']);
  expect(changedGroups(emptyWords, before)).toEqual(['staff', 'committee']);
});

test('a band is held against class size and ratio only as far as both are known', () => {
  const toddler = { classSize: 15, childrenPerCareWorker: 5 };
  expect(bandLoad('toddler', 30, { classes: 2, careWorkers: 6 }, toddler)).toMatchObject({ perClass: 15, perCareWorker: 5, overSize: false, overRatio: false });
  expect(bandLoad('toddler', 31, { classes: 2, careWorkers: 6 }, toddler)).toMatchObject({ perClass: 15.5, perCareWorker: 5.2, overSize: true, overRatio: true });
  expect(bandLoad('toddler', 31, undefined, toddler)).toMatchObject({ perClass: null, perCareWorker: null, overSize: false, overRatio: false });
  expect(bandLoad('mixed', 18, { classes: 1, careWorkers: 1 }, { classSize: 18, childrenPerCareWorker: null })).toMatchObject({ perCareWorker: 18, overRatio: false });
});

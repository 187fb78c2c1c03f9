import { expect, test } from 'vitest';
import { countSaid, type CountedInstitution, type CountSaid, type MonthlyCount } from '#domain/counts/model.ts';
import { askedOf, childrenIn, countDueOn, countFigures, countMonthOf, faultOf, isSameCount, openMonths, overfullBands, percentOf } from '#domain/counts/rules.ts';
import { subdistrictCode } from '#domain/shared/codes.ts';
import { instantAt, isoDate, yearMonth } from '#domain/shared/dates.ts';
import { loadCountTerms } from '#storage/files/countTerms.ts';

const said = (change: object = {}): CountSaid => countSaid.parse({ parts: [{ band: 'toddler', mode: 'fullDay', children: 12 }, { band: 'older', mode: 'halfDay', children: 3 }], affordable: null, migrant: null, careWorkers: 4, ...change });
const of = (change: Partial<CountedInstitution> = {}): CountedInstitution => ({
  id: 'one', name: '示例·甲', aliases: [], county: null, subdistrict: subdistrictCode.parse('120105001'), address: null, nature: null, creditCode: null, receiptedOn: null, modes: ['fullDay', 'halfDay'],
  bands: [{ band: 'toddler', places: 15 }, { band: 'older', places: 20 }], ...change,
});
const count = (institution: string, of: CountSaid): MonthlyCount => ({ institution, month: yearMonth.parse('2026-10'), said: of, by: 'institution', version: 1, reportedAt: instantAt(isoDate.parse('2026-11-03'), '10:00') });

test('the month that is over is due by the day of the terms; a year turns', () => {
  expect(countMonthOf(isoDate.parse('2026-11-01'))).toBe('2026-10');
  expect(countMonthOf(isoDate.parse('2027-01-31'))).toBe('2026-12');
  expect(countDueOn(yearMonth.parse('2026-12'), 5)).toBe('2027-01-05');
  expect(openMonths(isoDate.parse('2026-01-10'), 3)).toEqual(['2025-12', '2025-11', '2025-10']);
});

test('parts larger than the whole are faults; more children than places is only a word of warning', () => {
  expect(faultOf(said({ affordable: 15 }))).toBeUndefined();
  expect(faultOf(said({ affordable: 16 }))).toBe('too-many-affordable');
  expect(faultOf(said({ migrant: 16 }))).toBe('too-many-migrant');
  expect(overfullBands(of({ bands: [{ band: 'toddler', places: 11 }, { band: 'older', places: 2 }] }), said())).toEqual([{ band: 'toddler', children: 12, places: 11 }]);
});

test('bands and modes are asked as the record has them; all of them where it has none', () => {
  expect(askedOf(of({ bands: [{ band: 'older', places: null }, { band: 'infant', places: 5 }], modes: ['hourly', 'fullDay'] }))).toEqual({ bands: ['infant', 'older'], modes: ['fullDay', 'hourly'], isWhole: false });
  expect(askedOf(of({ bands: [] }))).toMatchObject({ bands: ['infant', 'toddler', 'older', 'mixed'], isWhole: true });
});

test('the same numbers in another order are the same count', () => {
  expect(isSameCount(said(), said({ parts: [{ band: 'older', mode: 'halfDay', children: 3 }, { band: 'infant', mode: 'fullDay', children: 0 }, { band: 'toddler', mode: 'fullDay', children: 12 }] }))).toBe(true);
  expect(isSameCount(said(), said({ careWorkers: 5 }))).toBe(false);
});

test('figures by street: who has not reported counts as due; a rate divides only by places of those who have', () => {
  const [first, second, third] = [of(), of({ id: 'two', bands: [{ band: 'toddler', places: null }] }), of({ id: 'three', subdistrict: null })];
  const { streets, all } = countFigures([third, second, first], [count('one', said({ affordable: 5 })), count('two', said())]);
  expect(streets.map(({ subdistrict, due, reported }) => [subdistrict, due, reported])).toEqual([['120105001', 2, 2], [null, 1, 0]]);
  expect(all).toMatchObject({ due: 3, reported: 2, children: 30, affordable: 5, careWorkers: 8, seated: 15, places: 35, byBand: { infant: 0, toddler: 24, older: 6, mixed: 0 } });
  expect([percentOf(15, 35), percentOf(0, 0)]).toEqual([43, null]);
});

test('the shipped terms: the fifth, the registry\'s eight columns first, every band and mode once', () => {
  const { dueDay, columns } = loadCountTerms('data');
  expect(dueDay).toBe(5);
  expect(columns.slice(0, 8).map(({ heading }) => heading)).toEqual(['机构注册登记名称', '曾用名/别名', '所属区域', '区域编号', '机构住所', '机构性质', '备案通过时间', '统一社会信用代码']);
  expect(columns.filter(({ field }) => field.includes('.'))).toHaveLength(16);
  expect(new Set(columns.map(({ field }) => field)).size).toBe(columns.length);
  expect(childrenIn(said(), 'toddler')).toBe(12);
});

import { expect, test } from 'vitest';
import { emptyWords, listingWords } from '#domain/listing/model.ts';
import { warningsOf } from '#domain/listing/warnings.ts';
import { loadHomeSiteRule } from '#storage/files/homeSiteRule.ts';
import { loadCareRules } from '#storage/files/rules.ts';
import { warningForStaff, warningText } from '#text/warnings.ts';
import { anInstitution } from '#tests/builders/institution.ts';

const rules = { careRules: loadCareRules('data'), homeSiteRule: loadHomeSiteRule('data') };
const band = (name: string, places: number | null) => ({ band: name, places, free: null, confirmedOn: null, availableFrom: null });
const stated = (name: string, classes: number | null, careWorkers: number | null) =>
  listingWords.parse({ classes: { saidBy: 'institution', asOf: '2026-11-01', bands: [{ band: name, classes, careWorkers }] } });
const kinds = (...asked: Parameters<typeof warningsOf>) => warningsOf(...asked).map(({ band: of, kind, stated: figure, limit }) => [of, kind, figure, limit]);

test.each([['infant', 10, 3], ['toddler', 15, 5], ['older', 20, 7]] as const)('%s: at the limit nothing is said, one child more is', (name, size, ratio) => {
  const carers = Math.ceil(size / ratio);
  expect(kinds(anInstitution({ bands: [band(name, size)] }), stated(name, 1, carers), rules)).toEqual([]);
  expect(kinds(anInstitution({ bands: [band(name, size + 1)] }), stated(name, 1, carers + 1), rules)).toEqual([[name, 'classSize', size + 1, size]]);
  expect(kinds(anInstitution({ bands: [band(name, ratio + 1)] }), stated(name, 1, 1), rules)).toEqual([[name, 'ratio', ratio + 1, ratio]]);
});

test('a mixed class of 19 is too large; no ratio is stated for it; nothing is said where nothing is stated', () => {
  expect(kinds(anInstitution({ bands: [band('mixed', 19)] }), stated('mixed', 1, 1), rules)).toEqual([['mixed', 'classSize', 19, 18]]);
  expect(kinds(anInstitution({ bands: [band('toddler', 200)] }), emptyWords, rules)).toEqual([]);
  expect(kinds(anInstitution({ bands: [band('toddler', null)] }), stated('toddler', 1, 1), rules)).toEqual([]);
});

test('a family site takes five children over all bands, three to one carer', () => {
  const home = (places: number) => anInstitution({ kind: 'homeSite', bands: [band('toddler', places), band('older', 2)] });
  expect(kinds(home(3), emptyWords, rules)).toEqual([]);
  expect(kinds(home(4), emptyWords, rules)).toEqual([[null, 'homeChildren', 6, 5]]);
  expect(kinds(home(3), stated('toddler', 1, 1), rules)).toEqual([]);
  expect(kinds(anInstitution({ kind: 'homeSite', bands: [band('toddler', 4)] }), stated('toddler', 1, 1), rules)).toEqual([['toddler', 'ratio', 4, 3]]);
});

test('staff read where the rule stands, and that an unverified figure is one', () => {
  const [warning] = warningsOf(anInstitution({ bands: [band('infant', 12)] }), stated('infant', 1, 6), rules);
  if (!warning) throw new Error('no warning');
  expect(warningForStaff(warning)).toBe('乳儿班（6–12 个月）：每班约 12 人，规定最多 10 人。依据《托育机构设置标准（试行）》第十九条（数字待官方核对）。');
  expect(warningText(warning)).toContain('请向机构问清楚');
});

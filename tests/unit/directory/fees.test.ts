import { expect, test } from 'vitest';
import { monthlyFee } from '#domain/directory/fees.ts';
import { affordablePlaces } from '#domain/directory/places.ts';
import { feeText, filingMissText } from '#text/directory.ts';
import { aBand, aCareFee, anInstitution, today } from '#tests/unit/directory/builders.ts';

const meals = (own: Readonly<Record<string, unknown>>) => ({ item: 'meals', mode: null, band: null, amount: 36000, per: 'month', required: true, note: null, ...own });

test('care and required monthly items are added, the rest is shown apart', () => {
  const of = anInstitution({ fees: [
    aCareFee(1800), meals({}), meals({ item: 'materials', amount: 5000 }), meals({ item: 'extension', amount: 9000 }), meals({ item: 'deposit', amount: 100000, per: 'time' }),
  ] });
  expect(monthlyFee(of)).toEqual({ amount: 221000, includes: ['care', 'meals', 'materials'], perDayNotIncluded: [], notStated: [], mode: null, fromLowestBand: false });
});
test('meals by the day are never turned into a month', () => {
  expect(monthlyFee(anInstitution({ fees: [aCareFee(1800), meals({ amount: 1500, per: 'day' })] }))).toMatchObject({ amount: 180000, perDayNotIncluded: [{ item: 'meals', amount: 1500, per: 'day' }] });
});
test('optional meals are not added; required meals without an amount are said', () => {
  expect(monthlyFee(anInstitution({ fees: [aCareFee(1800), meals({ required: false })] }))?.amount).toBe(180000);
  expect(monthlyFee(anInstitution({ fees: [aCareFee(1800), meals({ amount: null })] }))?.notStated).toEqual(['meals']);
});
test('no monthly care fee, no sum', () => {
  expect(monthlyFee(anInstitution({ fees: [meals({})] }))).toBeNull();
  expect(monthlyFee(anInstitution({ fees: [aCareFee(0, { amount: null })] }))).toBeNull();
  expect(monthlyFee(anInstitution({ fees: [aCareFee(90, { per: 'day' })] }))).toBeNull();
});
test('a band has its own fee, without a band the lowest is said to be the lowest; full day stands for the institution', () => {
  const of = anInstitution({ bands: [aBand('infant'), aBand('older')], fees: [
    aCareFee(2600, { band: 'infant', mode: 'fullDay' }), aCareFee(1900, { band: 'older', mode: 'fullDay' }), aCareFee(900, { mode: 'halfDay' }),
  ] });
  expect(monthlyFee(of, ['infant'])).toMatchObject({ amount: 260000, mode: 'fullDay', fromLowestBand: false });
  expect(monthlyFee(of)).toMatchObject({ amount: 190000, fromLowestBand: true });
});

const recognition = (own: Readonly<Record<string, unknown>>) => ({ authority: '示例局', documentNumber: null, from: '2026-01-01', until: '2026-12-31', places: [{ band: 'older', places: 20 }], priceCeiling: null, audience: null, ...own });

test('twenty of forty-seven places, until the recognition ends; an expired one is none', () => {
  const of = anInstitution({ bands: [aBand('toddler', { places: 20 }), aBand('older', { places: 27 })], recognitions: [recognition({})] });
  expect(affordablePlaces(of, today)).toEqual({ places: 20, of: 47, until: '2026-12-31' });
  expect(affordablePlaces(of, today, ['toddler'])).toBeNull();
  expect(affordablePlaces(anInstitution({ recognitions: [recognition({ until: '2026-11-21' })] }), today)).toBeNull();
  expect(affordablePlaces(anInstitution({ recognitions: [recognition({ until: '2026-11-22' })] }), today)?.places).toBe(20);
});

test('amounts are read in yuan with their period, and a miss never judges', () => {
  expect(feeText(180000, 'month')).toBe('¥1,800/月');
  expect(feeText(1550, 'day')).toBe('¥15.5/天');
  expect(filingMissText('2026-11-22')).not.toContain('未备案');
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerAge, canComeHere } from '#domain/directory/admissionFit.ts';
import { bandMonths } from '#domain/directory/model.ts';
import { yearMonth } from '#domain/shared/dates.ts';
import { aBand, anInstitution, today } from '#tests/unit/directory/builders.ts';

const month = yearMonth.parse('2026-11');
const cohort = {
  rule: 'byCohort', entryMonth: '2026-09', bornFrom: '2023-09', bornUntil: '2024-08', applyFrom: null, applyUntil: null, how: null,
};

describe('by months', () => {
  test.each([[6, 'infant'], [11, 'infant'], [12, 'toddler'], [23, 'toddler'], [24, 'older'], [35, 'older']] as const)('%i months fits %s alone', (months, band) => {
    const of = anInstitution({ bands: [aBand('infant'), aBand('toddler'), aBand('older')] });
    expect(answerAge(of, { months, month })).toMatchObject({ fits: 'yes', bands: [band] });
  });
  test('a band counts by its months alone', () => {
    fc.assert(fc.property(fc.constantFrom('infant', 'toddler', 'older', 'mixed'), fc.integer({ min: 0, max: 47 }), (band, months) => {
      const [from, until] = bandMonths[band];
      expect(answerAge(anInstitution({ bands: [aBand(band)] }), { months, month }).fits).toBe(months >= from && months < until ? 'yes' : 'no');
    }));
  });
  test('a home site that states three months takes a child of four', () => {
    const of = anInstitution({ kind: 'homeSite', bands: [aBand('mixed')], admission: { rule: 'byMonths', min: 3, max: 36 } });
    expect(answerAge(of, { months: 4, month }).fits).toBe('yes');
    expect(answerAge(of, { months: 2, month })).toMatchObject({ fits: 'no', reason: 'too-young', monthsToWait: 1 });
  });
  test('a stated minimum cuts the class', () => {
    expect(answerAge(anInstitution({ bands: [aBand('toddler')], admission: { rule: 'byMonths', min: 18, max: 36 } }), { months: 14, month }).fits).toBe('no');
  });
  test('a stated range does not stretch the older class down to infants', () => {
    expect(answerAge(anInstitution({ bands: [aBand('older')], admission: { rule: 'byMonths', min: 6, max: 36 } }), { months: 14, month }).fits).toBe('no');
  });
  test('nothing stated is unknown, never a refusal', () => {
    expect(answerAge(anInstitution(), { months: 20, month })).toMatchObject({ fits: 'unknown', reason: 'not-stated' });
  });
});

describe('by cohort', () => {
  const of = anInstitution({ kind: 'kindergartenClass', bands: [aBand('older')], admission: cohort });
  test('a child who turned three inside the class stays', () => {
    expect(answerAge(of, { months: 37, month })).toMatchObject({ fits: 'yes', bands: ['older'] });
  });
  test('at the edge one of the two possible months of birth fits', () => {
    // 38 months in 2026-11: born 2023-09 or 2023-08; the cohort begins with 2023-09.
    expect(answerAge(of, { months: 38, month })).toMatchObject({ fits: 'check', reason: 'check-birth-month' });
    expect(answerAge(of, { months: 39, month })).toMatchObject({ fits: 'no', reason: 'cohort-not-yours' });
    expect(answerAge(of, { months: 26, month })).toMatchObject({ fits: 'check' });
    expect(answerAge(of, { months: 25, month })).toMatchObject({ fits: 'no' });
  });
  test('a cohort that has left takes nobody', () => {
    expect(answerAge(of, { months: 47, month: yearMonth.parse('2027-09') })).toMatchObject({ fits: 'no', reason: 'cohort-over' });
  });
});

describe('the answer of a card', () => {
  const of = anInstitution({ bands: [aBand('toddler', { free: 3, confirmedOn: '2026-11-01', availableFrom: '2027-02' }), aBand('older', { free: 0, confirmedOn: '2026-11-01', availableFrom: '2027-03' })] });
  test('a free place now', () => {
    expect(canComeHere(of, { months: 13, start: null }, today)).toEqual({ fits: 'yes', reason: 'fits', bands: ['toddler'], beyondStandard: false, from: '2026-11', freePlaces: 3 });
  });
  test('no free place: from the month the institution names', () => {
    expect(canComeHere(of, { months: 25, start: null }, today)).toMatchObject({ fits: 'yes', from: '2027-03', freePlaces: 0 });
  });
  test('too young: the month the child is old enough', () => {
    expect(canComeHere(of, { months: 9, start: null }, today)).toMatchObject({ fits: 'no', reason: 'too-young', from: '2027-02' });
  });
  test('an expected child is judged in the month of its start, counted from now', () => {
    expect(canComeHere(of, { months: -3, start: yearMonth.parse('2028-03') }, today)).toMatchObject({ fits: 'yes', bands: ['toddler'] });
    expect(canComeHere(of, { months: -3, start: null }, today)).toMatchObject({ fits: 'unknown', reason: 'expected' });
  });
  test('a count of free places older than thirty days is no longer said', () => {
    const stale = anInstitution({ bands: [aBand('toddler', { free: 3, confirmedOn: '2026-10-22' })] });
    expect(canComeHere(stale, { months: 13, start: null }, today).freePlaces).toBeNull();
  });
});

import { describe, expect, test } from 'vitest';
import { demandRequest } from '#domain/demand/model.ts';
import { demandBandOf, demandMonthFaults, lapsesOnFrom, matchesOf, monthsLater, nextWakingInstant, orderMatches } from '#domain/demand/rules.ts';
import { instantAt, isoDate, writeInstant, yearMonth } from '#domain/shared/dates.ts';
import { aCandidate, aDemand, aDemandRequest } from '#tests/builders/demand.ts';

const today = isoDate.parse('2026-11-22');
const month = (text: string) => yearMonth.parse(text);
const none = { infant: false, toddler: false, older: false, mixed: false };

describe('what can be registered', () => {
  test.each([
    ['a child expected in ten months', '2027-09', '2027-09', []],
    ['eleven months ahead', '2027-10', '2027-10', ['birthMonth range']],
    ['born in 2010', '2010-01', '2026-12', ['birthMonth range']],
    ['three years and eleven months old at the beginning', '2023-01', '2026-12', []],
    ['four years old at the beginning', '2023-02', '2027-02', ['birthMonth range']],
    ['a beginning last month', '2025-03', '2026-10', ['start range']],
    ['a beginning this month', '2025-03', '2026-11', []],
    ['a beginning before birth', '2027-02', '2027-01', ['start range']],
    ['a beginning in two years', '2026-11', '2028-11', []],
    ['a beginning in two years and a month', '2026-11', '2028-12', ['start range']],
  ])('%s', (_what, birthMonth, start, faults) => {
    expect(demandMonthFaults({ birthMonth: month(birthMonth), start: month(start) }, today).map(({ field, code }) => `${field} ${code}`)).toEqual(faults);
  });

  test('a phone in full-width digits is accepted and made plain; a short one, a name and a sixth institution are not', () => {
    expect(aDemandRequest({ phone: '１３８ ００００ ００００' }).phone).toBe('13800000000');
    const ids = Array.from({ length: 6 }, (_, index) => `0190a000-0000-7000-8000-00000000000${String(index)}`);
    for (const wrong of [{ phone: '1380000' }, { contactName: '李女士' }, { institutions: ids }, { modes: [] }, { modes: ['fullDay', 'fullDay'] }, { maxFee: -1 }, { hours: { from: '17:00', until: '08:00' } }, { birthMonth: '2025-03-04' }]) {
      expect(demandRequest.safeParse({ ...aDemandRequest(), ...wrong }).success, JSON.stringify(wrong)).toBe(false);
    }
  });

  test.each([['2026-08', 'underSixMonths'], ['2026-06', 'infant'], ['2025-12', 'toddler'], ['2024-12', 'older'], ['2023-12', 'overThree'], ['2027-03', 'underSixMonths']])('a child of %s counts as %s in December 2026', (birth, band) => {
    expect(demandBandOf(month(birth), month('2026-12'))).toBe(band);
  });

  test('it lapses six calendar months later, on the last day of a month that is shorter', () => {
    expect(lapsesOnFrom(today)).toBe('2027-05-22');
    expect(monthsLater(isoDate.parse('2026-08-31'), 6)).toBe('2027-02-28');
    expect(monthsLater(isoDate.parse('2027-08-31'), 6)).toBe('2028-02-29');
  });

  test.each([['07:59', '2026-11-22T08:00:00+08:00'], ['08:00', '2026-11-22T08:00:00+08:00'], ['20:59', '2026-11-22T20:59:00+08:00'], ['21:00', '2026-11-23T08:00:00+08:00'], ['23:30', '2026-11-23T08:00:00+08:00']])('a notice decided at %s is due at %s', (time, due) => {
    expect(writeInstant(nextWakingInstant(instantAt(today, time)))).toBe(due);
  });
});

describe('matching', () => {
  const fits = (demand: Parameters<typeof aDemand>[0], candidate: Parameters<typeof aCandidate>[0], countyOf?: (street: string) => string | null) =>
    matchesOf(aDemand(demand), aCandidate(candidate), today, countyOf) !== undefined;
  const chosen = [aCandidate().id];

  test.each<[string, Parameters<typeof aDemand>[0], Parameters<typeof aCandidate>[0], boolean]>([
    ['a free place of its age in its street', {}, {}, true],
    ['no free place', {}, { freeIn: none }, false],
    ['a free place of another band', {}, { freeIn: { ...none, older: true } }, false],
    ['too young', { birthMonth: month('2026-03') }, {}, false],
    ['one of the two possible ages fits', { birthMonth: month('2025-12') }, {}, true],
    ['too old by either age', { birthMonth: month('2024-11') }, {}, false],
    ['old by the one, not by the other', { birthMonth: month('2024-12') }, {}, true],
    ['expected, and not born at the beginning', { birthMonth: month('2027-01'), start: month('2027-01') }, { bandsFor: (months) => (months < 0 ? ['infant'] : []), freeIn: { ...none, infant: true } }, false],
    ['a beginning that has passed counts from now', { birthMonth: month('2024-10'), start: month('2026-06') }, {}, false],
    ['a beginning three months ahead', { birthMonth: month('2025-03'), start: month('2027-02') }, {}, true],
    ['a beginning four months ahead', { birthMonth: month('2025-05'), start: month('2027-03') }, {}, false],
    ['another mode', { modes: ['halfDay'] }, {}, false],
    ['one of several modes', { modes: ['halfDay', 'fullDay'] }, {}, true],
    ['modes not stated', {}, { modes: [] }, false],
    ['modes not stated, but named', { institutions: chosen }, { modes: [] }, true],
    ['another street', {}, { subdistrict: '120105002' }, true],
    ['another street, own street only', { reach: 'street' }, { subdistrict: '120105002' }, false],
    ['another street, own street only, but named', { reach: 'street', institutions: chosen }, { subdistrict: '120105002' }, true],
    ['a fee at the ceiling', { maxFee: 2500 }, { feeIn: { infant: null, toddler: 250_000, older: null, mixed: null } }, true],
    ['a fee above the ceiling', { maxFee: 2499 }, { feeIn: { infant: null, toddler: 250_000, older: null, mixed: null } }, false],
    ['a fee above the ceiling, though named', { maxFee: 2499, institutions: chosen }, { feeIn: { infant: null, toddler: 250_000, older: null, mixed: null } }, false],
    ['a fee not stated under a ceiling', { maxFee: 2500 }, {}, false],
    ['a fee not stated under a ceiling, but named', { maxFee: 2500, institutions: chosen }, {}, true],
    ['closed before it is fetched', { hours: { from: '08:00', until: '18:00' } }, { hours: { opens: '07:30', closes: '17:30' } }, false],
    ['open long enough', { hours: { from: '08:00', until: '17:30' } }, { hours: { opens: '07:30', closes: '17:30' } }, true],
    ['hours not stated', { hours: { from: '08:00', until: '17:30' } }, {}, true],
    ['a seat by the hour', { modes: ['hourly'] }, { modes: ['hourly'], freeIn: none, careBands: ['toddler'] }, true],
    ['a seat by the hour for one who wants full days', {}, { modes: ['fullDay', 'hourly'], freeIn: none, careBands: ['toddler'] }, false],
  ])('%s', (_what, demand, candidate, expected) => {
    expect(fits(demand, candidate)).toBe(expected);
  });

  test('below a city another county is not near, another street of the same county is', () => {
    const countyOf = (street: string): string => street.slice(0, 6);
    expect(fits({}, { subdistrict: '120106001', county: '120106' }, countyOf)).toBe(false);
    expect(fits({}, { subdistrict: '120105009', county: '120105' }, countyOf)).toBe(true);
  });

  test('named institutions come first, then the own street, then by name', () => {
    const match = (name: string, isChosen: boolean, sameStreet: boolean) => ({ institution: name, name, bands: [], chosen: isChosen, sameStreet });
    expect(orderMatches([match('丁', false, false), match('丙', false, true), match('乙', true, false), match('甲', false, true)]).map(({ name }) => name)).toEqual(['乙', '丙', '甲', '丁']);
  });
});

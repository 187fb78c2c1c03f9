import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { relaxations } from '#domain/directory/relax.ts';
import { searchDirectory } from '#domain/directory/searchDirectory.ts';
import { anyInstitutionAtAll, anyQuery } from '#tests/unit/directory/anyDirectory.ts';
import { aBand, aCareFee, anInstitution, aQuery, aSnapshot } from '#tests/unit/directory/builders.ts';

vi.setConfig({ testTimeout: 60_000 }); // properties over whole directories; the machine may be busy

const many = fc.array(anyInstitutionAtAll, { minLength: 1, maxLength: 15 });
test('pages together are the whole list, each institution once, in one order', () => {
  fc.assert(fc.property(many, anyQuery, fc.integer({ min: 1, max: 6 }), (institutions, query, size) => {
    const snapshot = aSnapshot(institutions);
    const whole = searchDirectory(snapshot, query);
    const pages = Array.from({ length: Math.ceil(whole.total / size) + 1 }, (_, index) => searchDirectory(snapshot, { ...query, size, page: index + 1 }));
    expect(pages.flatMap(({ items }) => items.map(({ institution }) => institution.id))).toEqual(whole.items.map(({ institution }) => institution.id));
    expect(pages.every(({ total }) => total === whole.total)).toBe(true);
    expect(pages.at(-1)?.items).toEqual([]);
  }), { numRuns: 200 });
});

test('planned sites stand apart, and are the last among the items when asked for', () => {
  fc.assert(fc.property(many, anyQuery, (institutions, query) => {
    const { items, planned } = searchDirectory(aSnapshot(institutions), query);
    expect(planned.every(({ group }) => group === 'planned')).toBe(true);
    const groups = items.map(({ group }) => ['listed', 'planned', 'ended'].indexOf(group));
    expect(groups).toEqual([...groups].sort());
    if (!query.include.includes('planned')) expect(groups).not.toContain(1);
  }), { numRuns: 200 });
});

describe('order', () => {
  const near = { near: '120.16,30.27', crs: 'gcj02' };
  const far = anInstitution({ name: '示例远', point: { lng: 120.2, lat: 30.3, crs: 'gcj02' }, fees: [aCareFee(1000)], bands: [aBand('older', { free: 1, confirmedOn: '2026-11-20' })] });
  const unknown = anInstitution({ name: '示例未知' });
  const close = anInstitution({ name: '示例近', point: { lng: 120.161, lat: 30.27, crs: 'gcj02' }, fees: [aCareFee(3000)], bands: [aBand('older', { free: 5, confirmedOn: '2026-11-20' })] });
  const snapshot = aSnapshot([unknown, far, close]);
  test.each([['distance', ['示例近', '示例远', '示例未知']], ['fee', ['示例远', '示例近', '示例未知']], ['free', ['示例近', '示例远', '示例未知']], ['relevance', ['示例未知', '示例远', '示例近']]])('%s', (sort, names) => {
    expect(searchDirectory(snapshot, aQuery({ ...near, sort })).items.map(({ institution }) => institution.name)).toEqual(names);
  });
  test('distance is metres in one datum', () => {
    const [first, second, third] = searchDirectory(snapshot, aQuery({ ...near, sort: 'distance' })).items.map(({ distance }) => distance);
    expect(first).toBeGreaterThan(90); // 0.001 degrees of longitude here are 96 metres; with the data mixed up it would be some 500
    expect(first).toBeLessThan(102);
    expect(second).toBeGreaterThan(5000);
    expect(second).toBeLessThan(5200);
    expect(third).toBeNull();
  });
  test('with an age, those whose age is known stand before those who state none', () => {
    expect(searchDirectory(snapshot, aQuery({ months: '30' })).items.map(({ institution }) => institution.name)).toEqual(['示例远', '示例近', '示例未知']);
  });
});

describe('ages at the edges', () => {
  const cohort = anInstitution({ name: '示例幼儿园', kind: 'kindergartenClass', admission: { rule: 'byCohort', entryMonth: '2026-09', bornFrom: '2023-09', bornUntil: '2024-08', applyFrom: null, applyUntil: null, how: null } });
  const home = anInstitution({ name: '示例家庭', kind: 'homeSite', admission: { rule: 'byMonths', min: 3, max: 36 } });
  const silent = anInstitution({ name: '示例未填报' });
  const names = (months: string, start?: string): [string[], readonly string[]] => {
    const result = searchDirectory(aSnapshot([cohort, home, silent]), aQuery(start === undefined ? { months } : { months, start }));
    return [result.items.map(({ institution }) => institution.name), result.notes];
  };
  test('37 months: the cohort class alone, and the pointer to kindergarten', () => { expect(names('37')).toEqual([['示例幼儿园'], ['kindergarten-age']]); });
  test('4 months: only those who state it', () => { expect(names('4')).toEqual([['示例家庭'], ['under-six-months']]); });
  test('an expected child without a start sees all, for a visit', () => { expect(names('-4')).toEqual([['示例幼儿园', '示例家庭', '示例未填报'], ['expected-visit-only']]); });
  test('an expected child with a start is judged in that month', () => { expect(names('-4', '2027-07')).toEqual([['示例家庭'], ['under-six-months']]); });
});

test('a street is found by the code it bore before, too', () => {
  const here = anInstitution({ subdistrict: '330105013' });
  expect(searchDirectory(aSnapshot([here]), aQuery({ subdistrict: ['330103002'] })).total).toBe(1);
});

describe('an empty result', () => {
  const institutions = [anInstitution({ bands: [aBand('older', { free: 0, confirmedOn: '2026-11-20' })], subdistrict: '330105012', fees: [aCareFee(2200)] })];
  test('the nearest relaxations come with what they find', () => {
    expect(relaxations(aSnapshot(institutions), aQuery({ months: '30', maxFee: '2000' })).map(({ kinds, total }) => [kinds, total])).toEqual([[['fee-raised'], 1]]);
    const far = aSnapshot([anInstitution({ point: { lng: 120.2, lat: 30.3, crs: 'wgs84' } })]);
    expect(relaxations(far, aQuery({ near: '120.16,30.27', radius: '1000' })).map(({ kinds }) => kinds)).toEqual([['radius-dropped']]);
    expect(relaxations(far, aQuery({ near: '120.16,30.27', radius: '3000' })).map(({ kinds }) => kinds)).toEqual([['radius-doubled']]);
    expect(relaxations(aSnapshot(institutions), aQuery({ months: '30', free: '1', subdistrict: ['330105013'] })).map(({ kinds, total }) => [kinds, total])).toEqual([[['free-dropped', 'subdistrict-dropped'], 1]]);
  });
  test('each relaxation finds exactly what it says, at most three', () => {
    fc.assert(fc.property(many, anyQuery, (some, query) => {
      const snapshot = aSnapshot(some);
      const offered = relaxations(snapshot, query);
      expect(offered.length).toBeLessThanOrEqual(3);
      for (const { query: wider, total } of offered) expect(searchDirectory(snapshot, wider).total).toBe(total);
    }), { numRuns: 150 });
  });
});

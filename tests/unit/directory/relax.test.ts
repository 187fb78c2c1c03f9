import { describe, expect, test } from 'vitest';
import { relaxations } from '#domain/directory/relax.ts';
import { searchDirectory } from '#domain/directory/searchDirectory.ts';
import { aBand, aCareFee, anInstitution, aQuery, aSnapshot } from '#tests/unit/directory/builders.ts';

type Asked = Parameters<typeof aQuery>[0];
const institutions = [
  anInstitution({ bands: [aBand('older', { free: 0, confirmedOn: '2026-11-20' })], subdistrict: '330105012', fees: [aCareFee(2200)], hours: [{ weekday: 1, opens: '08:00', closes: '17:00' }] }),
  anInstitution({ bands: [aBand('toddler', { free: 2, confirmedOn: '2026-11-20' })], subdistrict: '330105013', fees: [aCareFee(3400)], accepts: { allergy: false, medicine: null, specialNeeds: null } }),
];
const offered = (asked: Asked) => relaxations(aSnapshot(institutions), aQuery(asked)).map(({ kinds, total }) => [kinds.join('+'), total]);

describe('放宽条件', () => {
  test('one condition first, the smallest loss first; two together only where they find more', () => {
    expect(offered({ months: '30', maxFee: '2000', weekend: '1' })).toEqual([['fee-raised+weekend-dropped', 1]]);
    expect(offered({ months: '30', free: '1' })).toEqual([['free-dropped', 1], ['months-dropped', 1], ['free-dropped+months-dropped', 2]]);
    expect(offered({ accepts: ['allergy'], subdistrict: ['330105013'] })).toEqual([['subdistrict-dropped', 1], ['accepts-dropped', 1], ['subdistrict-dropped+accepts-dropped', 2]]);
    expect(offered({ holidays: '1' })).toEqual([['holidays-dropped', 2]]);
    expect(offered({ meals: '1', extended: '1' })).toEqual([['meals-dropped+extended-dropped', 2]]);
  });
  test('when one is not enough two are dropped together', () => {
    expect(offered({ months: '30', free: '1', subdistrict: ['330105013'] })).toEqual([['months-dropped', 1], ['free-dropped+subdistrict-dropped', 1]]);
    expect(offered({ months: '30', free: '1', affordable: '1' })).toEqual([['free-dropped+affordable-dropped', 1], ['affordable-dropped+months-dropped', 1]]);
  });
  test('when two are not enough the age stays, or everything goes', () => {
    expect(offered({ months: '30', free: '1', affordable: '1', weekend: '1', meals: '1' })).toEqual([['all-but-months-dropped', 1]]);
    expect(offered({ months: '47', free: '1', affordable: '1', weekend: '1', meals: '1' })).toEqual([['all-dropped', 2]]);
    expect(relaxations(aSnapshot([]), aQuery({ free: '1' }))).toEqual([]);
  });
  test('a wider step of the same condition is offered only where it finds more', () => {
    expect(offered({ maxFee: '1800' })).toEqual([['fee-raised', 1], ['fee-dropped', 2]]);
    expect(offered({ maxFee: '3000', subdistrict: ['330105013'] })).toEqual([['fee-raised', 1], ['subdistrict-dropped', 1], ['fee-raised+subdistrict-dropped', 2]]);
  });
  test('each keeps its promise', () => {
    const snapshot = aSnapshot(institutions);
    for (const { query, total } of relaxations(snapshot, aQuery({ months: '30', maxFee: '1800', free: '1' }))) expect(searchDirectory(snapshot, query).total).toBe(total);
  });
});

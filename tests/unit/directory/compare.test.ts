import { expect, test } from 'vitest';
import { agreementOf, chargeKey, factsToCompare, itemsStated, mostNamed, readNamed } from '#domain/directory/compare.ts';
import { aBand, aCareFee, anInstitution, aSnapshot, today } from '#tests/unit/directory/builders.ts';

const id = (number: number): string => `00000000-0000-5000-8000-${String(number).padStart(12, '0')}`;
const facts = (own: Readonly<Record<string, unknown>>, asked: Partial<Parameters<typeof factsToCompare>[1]> = {}) => {
  const [entry] = aSnapshot([anInstitution(own)]).entries;
  if (!entry) throw new Error('not public');
  return factsToCompare(entry, { child: null, near: null, ...asked }, today);
};

test('institutions are named by commas, by repetition, or both, and stay in the order named', () => {
  expect(readNamed([`${id(2)},${id(1)}`])).toEqual({ ids: [id(2), id(1)], malformed: 0, repeated: 0, beyond: 0 });
  expect(readNamed([id(3), `${id(1)}，${id(2)} `, ''])).toMatchObject({ ids: [id(3), id(1), id(2)], malformed: 0 });
  expect(readNamed([id(15).toUpperCase()])).toMatchObject({ ids: [id(15)] });
});

test('repeated, malformed and too many names are counted, and the rest is kept', () => {
  expect(readNamed([`${id(1)},${id(1)},<script>,${id(2)},1`])).toEqual({ ids: [id(1), id(2)], malformed: 2, repeated: 1, beyond: 0 });
  expect(readNamed([])).toEqual({ ids: [], malformed: 0, repeated: 0, beyond: 0 });
  const many = readNamed([Array.from({ length: mostNamed + 3 }, (_, at) => id(at)).join(',')]);
  expect([many.ids.length, many.beyond]).toEqual([mostNamed, 3]);
  expect(readNamed(['x'.repeat(200_000)])).toMatchObject({ ids: [], malformed: 1 });
});

test('what is not stated differs from nothing, but makes likeness unsure', () => {
  expect(agreementOf([400, 400])).toBe('same');
  expect(agreementOf([400, 401])).toBe('differs');
  expect(agreementOf([400, null])).toBe('incomplete');
  expect(agreementOf([null, null])).toBe('incomplete');
  expect(agreementOf([400, null, 401])).toBe('differs');
  expect(agreementOf([false, null, false, true])).toBe('differs');
  expect(agreementOf([['fullDay'], ['fullDay']])).toBe('same');
});

test('an age is answered for each institution, and the rest is told for the bands that fit it', () => {
  const own = {
    bands: [aBand('toddler', { free: 2, confirmedOn: '2026-11-20' }), aBand('older', { free: 7, confirmedOn: '2026-11-20' })],
    fees: [aCareFee(2000, { band: 'toddler' }), aCareFee(1500, { band: 'older' })],
  };
  expect(facts(own)).toMatchObject({ fit: null, free: 9, monthlyFee: { amount: 150_000, fromLowestBand: true }, from: '2026-11' });
  const asked = facts(own, { child: { months: 18, start: null } });
  expect(asked).toMatchObject({ fit: { fits: 'yes' }, bandsFor: ['toddler'], free: 2, monthlyFee: { amount: 200_000, fromLowestBand: false } });
  expect(asked.charges?.care.map(({ amount }) => amount)).toEqual([200_000]);
  expect(facts(own, { child: { months: 40, start: null } })).toMatchObject({ fit: { fits: 'no' }, bandsFor: undefined, from: null });
});

test('an institution that has ended answers nothing about places', () => {
  const ended = facts({ bands: [aBand('toddler', { free: 3, confirmedOn: '2026-11-20' })], missingSince: '2026-11-01' }, { child: { months: 18, start: null } });
  expect(ended).toMatchObject({ ended: true, fit: null, free: null, from: null });
});

test('nothing stated stays unknown: no charge, no hours, no point', () => {
  expect(facts({}, { near: { lng: 120.17, lat: 30.28, crs: 'wgs84' } })).toMatchObject({ charges: null, monthlyFee: null, weekend: null, metres: null, bandsHeld: null, from: null });
  expect(facts({ hours: [{ weekday: 1, opens: '08:00', closes: '17:00' }] }).weekend).toBe(false);
});

test('the distance is the same whichever datum the position comes in', () => {
  const point = { point: { lng: 120.17, lat: 30.28, crs: 'wgs84' } };
  const wgs = facts(point, { near: { lng: 120.18, lat: 30.28, crs: 'wgs84' } }).metres ?? 0;
  expect(wgs).toBeGreaterThan(940);
  expect(wgs).toBeLessThan(980);
  expect(facts(point, { near: { lng: 120.18472, lat: 30.27758, crs: 'gcj02' } }).metres ?? 0).toBeCloseTo(wgs, -2);
});

test('two institutions charge alike when their items do, whatever the remarks; an item is shown when anybody states it', () => {
  const one = facts({ fees: [aCareFee(2000, { note: '含点心' }), { ...aCareFee(300), item: 'meals' }] });
  const other = facts({ fees: [aCareFee(2000)] });
  expect(chargeKey(one.charges?.care ?? [])).toEqual(chargeKey(other.charges?.care ?? []));
  expect(chargeKey(one.charges?.care ?? [])).not.toEqual(chargeKey(facts({ fees: [aCareFee(2000, { per: 'day' })] }).charges?.care ?? []));
  expect(itemsStated([other, one])).toEqual(['care', 'meals']);
  expect(itemsStated([facts({})])).toEqual([]);
});

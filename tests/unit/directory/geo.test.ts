import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromGcj02, metresBetween, toGcj02 } from '#domain/shared/geo.ts';

// Worked out with gcoord 1.0.7: a point, what it is in GCJ-02 when it is WGS-84, and what it is in WGS-84 when it is GCJ-02.
const known: readonly (readonly (readonly [number, number])[])[] = [
  [[120.1625, 30.2735], [120.1671728, 30.2711577], [120.1578133, 30.2758335]],
  [[117.1967, 39.1582], [117.2030138, 39.1592576], [117.1903758, 39.1571324]],
  [[125.1031, 46.5893], [125.1101535, 46.5914039], [125.0960492, 46.5871963]],
  [[112.8993, 35.6171], [112.9053812, 35.6167188], [112.8932191, 35.6174796]],
  [[73.5, 39.4], [73.5033527, 39.4001783], [73.4966329, 39.3998117]],
  [[109.5, 18.2], [109.5041161, 18.1983496], [109.4958719, 18.2016386]],
  [[135, 48.3], [135.0079125, 48.3023915], [134.9921298, 48.2976319]],
  [[104.06, 30.67], [104.0624964, 30.6675749], [104.057509, 30.6724284]],
];

const at = (pair: readonly [number, number] | undefined): { lng: number; lat: number } => ({ lng: pair?.[0] ?? 0, lat: pair?.[1] ?? 0 });

test.each(known)('agrees with an independent library at %j', (point, there, back) => {
  expect(metresBetween(toGcj02(at(point)), at(there))).toBeLessThan(0.1);
  expect(metresBetween(fromGcj02(at(point)), at(back))).toBeLessThan(0.5);
});

test('there and back is the same point anywhere in China', () => {
  const anywhere = fc.record({ lng: fc.double({ min: 74, max: 135, noNaN: true }), lat: fc.double({ min: 18, max: 53, noNaN: true }) });
  fc.assert(fc.property(anywhere, (point) => { expect(metresBetween(fromGcj02(toGcj02(point)), point)).toBeLessThan(1); }));
});

test('the offset in Hangzhou is some five hundred metres', () => {
  const point = { lng: 120.1625, lat: 30.2735 };
  expect(metresBetween(toGcj02(point), point)).toBeGreaterThan(300);
  expect(metresBetween(toGcj02(point), point)).toBeLessThan(700);
});

test('a degree of latitude is about 111.2 kilometres', () => {
  expect(metresBetween({ lng: 120, lat: 30 }, { lng: 120, lat: 31 })).toBeCloseTo(111_195, -1);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bearingFrom, convert, datums, directionOf, fromBaiduMetres, fromGcj02, isWithinReach, meanOf, metresBetween, toGcj02, toThreeDecimals, walkMinutes, type LngLat } from '#domain/shared/geo.ts';

const at = ([lng, lat]: readonly [number, number]): LngLat => ({ lng, lat });

// The examples in the description of another library, coordtransform, for 116.404, 39.915.
test.each([
  ['bd09', 'gcj02', [116.39762729119315, 39.90865673957631]],
  ['gcj02', 'bd09', [116.41036949371029, 39.92133699351021]],
  ['wgs84', 'gcj02', [116.41024449916938, 39.91640428150164]],
] as const)('agrees with the published pair from %s to %s', (from, to, expected) => {
  expect(metresBetween(convert({ lng: 116.404, lat: 39.915 }, from, to), at(expected))).toBeLessThan(0.01);
});

// The published approximation of GCJ-02, written out again from its description: an offset on the Krasovsky 1940 ellipsoid.
const offsetOf = ({ lng, lat }: LngLat): LngLat => {
  const { PI, sin, cos, sqrt, abs } = Math;
  const [x, y] = [lng - 105, lat - 35];
  const short = ((20 * sin(6 * x * PI) + 20 * sin(2 * x * PI)) * 2) / 3;
  const north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x)) + short
    + ((20 * sin(y * PI) + 40 * sin((y / 3) * PI)) * 2) / 3 + ((160 * sin((y / 12) * PI) + 320 * sin((y / 30) * PI)) * 2) / 3;
  const east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x)) + short
    + ((20 * sin(x * PI) + 40 * sin((x / 3) * PI)) * 2) / 3 + ((150 * sin((x / 12) * PI) + 300 * sin((x / 30) * PI)) * 2) / 3;
  const curve = 1 - 0.006_693_421_622_965_823 * sin((lat / 180) * PI) ** 2;
  return { lng: (east * 180) / ((6_378_245 / sqrt(curve)) * cos((lat / 180) * PI) * PI), lat: (north * 180) / (((6_378_245 * (1 - 0.006_693_421_622_965_823)) / (curve * sqrt(curve))) * PI) };
};
const anywhere = fc.record({ lng: fc.double({ min: 74, max: 135, noNaN: true }), lat: fc.double({ min: 4, max: 53, noNaN: true }) });

test('GCJ-02 is the published approximation, and the way back ends within half a metre', () => {
  fc.assert(fc.property(anywhere, (point) => {
    const offset = offsetOf(point);
    const there = { lng: point.lng + offset.lng, lat: point.lat + offset.lat };
    expect(metresBetween(toGcj02(point), there)).toBeLessThan(0.01);
    expect(metresBetween(fromGcj02(there), point)).toBeLessThan(0.5);
  }));
});

test('from any datum to any other and back is the same point', () => {
  fc.assert(fc.property(anywhere, fc.constantFrom(...datums), fc.constantFrom(...datums), (point, one, other) => {
    expect(metresBetween(convert(convert(point, one, other), other, one), point)).toBeLessThan(2);
  }));
});

test('a point at the edge of reach or beyond is answered at once', () => {
  const edges = [[72.0041, 30], [137.8346, 30], [100, 0.8294], [100, 55.827], [73, 3], [136, 54], [0, 0], [-180, -90]] as const;
  for (const edge of edges) for (const from of datums) for (const to of datums) {
    const point = convert(at(edge), from, to);
    if (!isWithinReach(at(edge))) expect(point).toEqual(at(edge));
  }
});

test('the offsets in Hangzhou are some five hundred and some twelve hundred metres', () => {
  const point = { lng: 120.1625, lat: 30.2735 };
  expect(metresBetween(toGcj02(point), point)).toBeGreaterThan(300);
  expect(metresBetween(toGcj02(point), point)).toBeLessThan(700);
  expect(metresBetween(convert(point, 'wgs84', 'bd09'), point)).toBeGreaterThan(900);
  expect(metresBetween(convert(point, 'wgs84', 'bd09'), point)).toBeLessThan(1600);
});

test("the metres of 百度's address line lie where its degrees do", () => {
  // Its map of Beijing opens at 12959238.56, 4825347.47: in the middle of the city.
  expect(metresBetween(fromBaiduMetres(12_959_238.56, 4_825_347.47), { lng: 116.404, lat: 39.915 })).toBeLessThan(1500);
  expect(isWithinReach(fromBaiduMetres(1e9, 1e9))).toBe(false);
});

// Distance and bearing once more, by vectors in space instead of angles on the sphere.
type Vector = readonly [number, number, number];
const vectorOf = ({ lng, lat }: LngLat): Vector => {
  const [l, b] = [(lng * Math.PI) / 180, (lat * Math.PI) / 180];
  return [Math.cos(b) * Math.cos(l), Math.cos(b) * Math.sin(l), Math.sin(b)];
};
const dot = (one: Vector, other: Vector): number => one[0] * other[0] + one[1] * other[1] + one[2] * other[2];
const cross = (a: Vector, b: Vector): Vector => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];

test('distance and bearing agree with vectors in space', () => {
  const step = fc.record({ lng: fc.double({ min: -0.3, max: 0.3, noNaN: true }), lat: fc.double({ min: -0.3, max: 0.3, noNaN: true }) });
  fc.assert(fc.property(anywhere, step, (from, by) => {
    const to = { lng: from.lng + by.lng, lat: from.lat + by.lat };
    const [a, b] = [vectorOf(from), vectorOf(to)];
    const across = cross(a, b);
    const metres = 6_371_008.8 * Math.atan2(Math.sqrt(dot(across, across)), dot(a, b));
    expect(Math.abs(metresBetween(from, to) - metres)).toBeLessThan(0.01);
    if (metres < 10) return;
    const east: Vector = [-Math.sin((from.lng * Math.PI) / 180), Math.cos((from.lng * Math.PI) / 180), 0];
    const north = cross(a, east);
    const bearing = ((Math.atan2(dot(b, east), dot(b, north)) * 180) / Math.PI + 360) % 360;
    const apart = Math.abs(bearingFrom(from, to) - bearing);
    expect(Math.min(apart, 360 - apart)).toBeLessThan(0.001);
  }));
});

test('a degree of latitude is about 111.2 kilometres', () => {
  expect(metresBetween({ lng: 120, lat: 30 }, { lng: 120, lat: 31 })).toBeCloseTo(111_195, -1);
});

test.each([[0, 'north'], [22.4, 'north'], [22.6, 'northEast'], [90, 'east'], [135, 'southEast'], [180, 'south'], [225, 'southWest'], [270, 'west'], [315, 'northWest'], [338, 'north'], [359.99, 'north']] as const)(
  '%d degrees is %s', (bearing, direction) => { expect(directionOf(bearing)).toBe(direction); });

test('the middle of points is their mean, and three decimals move a point less than eighty metres', () => {
  expect(meanOf([])).toBeNull();
  expect(meanOf([{ lng: 120, lat: 30 }, { lng: 120.02, lat: 30.04 }])).toEqual({ lng: expect.closeTo(120.01, 9), lat: expect.closeTo(30.02, 9) });
  fc.assert(fc.property(anywhere, (point) => { expect(metresBetween(toThreeDecimals(point), point)).toBeLessThan(80); }));
});

test('walking: a kilometre as the crow flies is twenty minutes with a child', () => {
  expect([walkMinutes(0), walkMinutes(50), walkMinutes(1000), walkMinutes(2000)]).toEqual([1, 1, 20, 39]);
});

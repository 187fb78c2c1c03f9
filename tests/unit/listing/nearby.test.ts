import { expect, test } from 'vitest';
import { alternativesTo, nearbyOf } from '#domain/directory/nearby.ts';
import { aBand, anInstitution, aSnapshot, today } from '#tests/unit/directory/builders.ts';

const at = (lng: number, lat: number) => ({ lng, lat, crs: 'wgs84' });
const here = anInstitution({ name: '示例本园', subdistrict: '330105012', point: at(120.16, 30.28) });
const near = anInstitution({ name: '示例近园', point: at(120.17, 30.28), bands: [aBand('older')] });
const nearer = anInstitution({ name: '示例更近园', point: at(120.162, 30.28), bands: [aBand('toddler')] });
const far = anInstitution({ name: '示例远园', point: at(120.3, 30.28) });
const sameStreet = anInstitution({ name: '示例同街园', subdistrict: '330105012' });
const ended = anInstitution({ name: '示例停办园', point: at(120.161, 30.28), credential: { ...here.credential, state: 'withdrawn' } });
const snapshot = aSnapshot([here, near, nearer, far, sameStreet, ended]);
const namesFor = (of: typeof here, months: number | null) => {
  const entry = snapshot.entries.find(({ institution }) => institution.id === of.id);
  if (!entry) throw new Error('not in the snapshot');
  return nearbyOf(snapshot, entry, months === null ? null : { months, start: null }).map(({ entry: { institution }, metres }) => [institution.name, metres === null ? null : Math.round(metres / 10) * 10]);
};

test('alternatives come by distance, then those of the same street without a point; never itself, never one that ended, never one far off', () => {
  expect(namesFor(here, null)).toEqual([['示例更近园', 190], ['示例近园', 960], ['示例同街园', null]]);
});

test('a child’s age leaves out those that cannot take it', () => {
  expect(namesFor(here, 30).map(([name]) => name)).toEqual(['示例近园', '示例同街园']);
});

test('without a point of its own the street decides', () => {
  expect(namesFor(sameStreet, null)).toEqual([['示例本园', null]]);
});

test('whoever must leave an institution that ended sees first where a place is free and was said to be so lately', () => {
  const free = anInstitution({ name: '示例有空位园', point: at(120.18, 30.28), bands: [aBand('older', { free: 2, confirmedOn: today })] });
  const stale = anInstitution({ name: '示例久未核对园', point: at(120.1601, 30.28), bands: [aBand('older', { free: 9, confirmedOn: '2020-01-01' })] });
  const world = aSnapshot([here, near, nearer, far, ended, free, stale]);
  const entry = world.entries.find(({ institution }) => institution.id === ended.id);
  if (!entry) throw new Error('not in the snapshot');
  expect(alternativesTo(world, entry, null).map(({ entry: { institution } }) => institution.name)).toEqual(['示例有空位园', '示例久未核对园', '示例本园', '示例更近园', '示例近园']);
});

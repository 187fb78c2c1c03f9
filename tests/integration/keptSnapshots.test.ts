import { afterAll, beforeAll, expect, test } from 'vitest';
import { isoDate } from '#domain/shared/dates.ts';
import { makeDirectory } from '#server/directory.ts';
import type { Storage } from '#storage/schema.ts';
import { engines, type Opened } from '#tests/integration/storage/engines.ts';
import { makeCountry } from '#tests/scale/country.ts';
import { loadCountry } from '#tests/scale/load.ts';

const today = isoDate.parse('2026-11-22');
const country = makeCountry(120, today, (area) => /^1201/.test(area));
const weightOf = (code: string): number =>
  country.institutions.filter(({ jurisdiction }) => jurisdiction === code).length + (country.places.find((place) => place.code === code)?.subdistricts.length ?? 0);

let opened: Opened | undefined;
const storage = (): Storage => {
  if (!opened) throw new Error('not open');
  return opened.storage;
};
beforeAll(async () => {
  opened = await engines[0]?.open();
  await loadCountry(storage(), country);
});
afterAll(() => opened?.leave());

test('nothing is laid out before it is asked for, and no more is kept than may be', async () => {
  const [first, second, third] = country.places.map(({ code }) => code);
  if (!first || !second || !third) throw new Error('too few places');
  let loads = 0;
  const counted: Storage = { ...storage(), read: new Proxy(storage().read, { get: (target, name) => {
    if (name === 'selectFrom') loads += 1;
    const value: unknown = Reflect.get(target, name);
    return typeof value === 'function' ? value.bind(target) : value;
  } }) };
  const directory = makeDirectory(counted, country.places, 'data', () => today, weightOf(first) + weightOf(second) + weightOf(third) - 1);
  expect(loads).toBe(0);
  const kept = await directory.snapshot(first);
  const let1 = await directory.snapshot(second);
  expect(loads).toBeGreaterThan(0);
  expect(await directory.snapshot(first)).toBe(kept); // asked for again: now the second is the oldest
  await directory.snapshot(third);
  expect(await directory.snapshot(first)).toBe(kept);
  const again = await directory.snapshot(second);
  expect(again).not.toBe(let1);
  expect(again.entries.map(({ institution }) => institution.id)).toEqual(let1.entries.map(({ institution }) => institution.id));
});

test('a place larger than the bound is kept while it is the one asked for', async () => {
  const [first] = country.places.map(({ code }) => code);
  if (!first) throw new Error('no place');
  const directory = makeDirectory(storage(), country.places, 'data', () => today, 1);
  expect(await directory.snapshot(first)).toBe(await directory.snapshot(first));
});

import { expect, test } from 'vitest';
import { keyOf, mostKept, openShortlist } from '#islands/shortlistStore.ts';

const id = (number: number): string => `00000000-0000-5000-8000-${String(number).padStart(12, '0')}`;

const device = (held: Readonly<Record<string, string>> = {}) => {
  const kept = new Map(Object.entries(held));
  return { kept, getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => { kept.set(key, value); } };
};

test('what is kept is there in another tab, for its own place only, and nothing but numbers is stored', () => {
  const phone = device();
  const here = openShortlist('hebei', () => phone);
  const otherTab = openShortlist('hebei', () => phone);
  here.keep(id(1), true);
  otherTab.keep(id(2), true);
  expect(here.read()).toEqual([id(1), id(2)]);
  expect(openShortlist('zezhou', () => phone).read()).toEqual([]);
  here.keep(id(1), false);
  expect(otherTab.read()).toEqual([id(2)]);
  expect([...phone.kept]).toEqual([[keyOf('hebei'), JSON.stringify([id(2)])]]);
});

test('keeping twice is keeping once, and one more than the most is refused without losing anything', () => {
  const phone = device();
  const list = openShortlist('hebei', () => phone);
  for (let number = 0; number < mostKept; number += 1) expect(list.keep(id(number), true)).toBe('done');
  expect(list.keep(id(3), true)).toBe('done');
  expect(list.keep(id(99), true)).toBe('full');
  expect(list.read()).toHaveLength(mostKept);
  expect(list.read()).not.toContain(id(99));
});

test.each(['{', 'null', '7', '{"a":1}', '["<script>",7,null]'])('what somebody else left there (%s) is an empty list', (text) => {
  expect(openShortlist('hebei', () => device({ [keyOf('hebei')]: text })).read()).toEqual([]);
});

test('where the browser blocks storage the page itself remembers, and says that it does not last', () => {
  const blocked = openShortlist('hebei', () => { throw new DOMException('denied', 'SecurityError'); });
  expect(blocked.read()).toEqual([]);
  expect(blocked.lasts()).toBe(false);
  expect(blocked.keep(id(1), true)).toBe('done');
  expect(blocked.read()).toEqual([id(1)]);
  expect(blocked.lasts()).toBe(false);
  const full = openShortlist('hebei', () => ({ getItem: () => null, setItem: () => { throw new DOMException('full', 'QuotaExceededError'); } }));
  expect(full.lasts()).toBe(true);
  full.keep(id(1), true);
  expect([full.read(), full.lasts()]).toEqual([[id(1)], false]);
});

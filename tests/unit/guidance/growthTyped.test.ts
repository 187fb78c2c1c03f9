import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readGestation, readGrowthMonth, readMeasure, readMeasuredDay } from '#domain/guidance/growthTyped.ts';
import { growthKey, keptGrowth, mostMeasurings, parseRecord, withMeasuring } from '#islands/growthStore.ts';

describe('a measured value', () => {
  test.each([['7.5', 7.5], ['７．５', 7.5], ['7,5', 7.5], ['７，５', 7.5], ['7。5', 7.5], [' 7.52 公斤', 7.52], ['7.5KG', 7.5], ['15斤', 7.5], ['7500克', 7.5], ['3,200', 3.2], ['', null], ['　', null]])('%s kilograms', (typed, value) => {
    expect(readMeasure('weight', typed)).toEqual({ ok: true, value });
  });
  test.each([['300', 'too-much'], ['7500', 'too-much'], ['0.1', 'too-little'], ['0', 'too-little'], ['七公斤', 'unreadable'], ['-7', 'unreadable'], ['7.5.1', 'unreadable'], ['7 8', 'too-much'], ['1e1', 'unreadable'], ['7.5厘米', 'unreadable']])('%s is no weight', (typed, reason) => {
    expect(readMeasure('weight', typed)).toEqual({ ok: false, reason });
  });
  test('length in metres and millimetres, head never in metres', () => {
    expect([readMeasure('length', '0.665米'), readMeasure('length', '665mm'), readMeasure('head', '0.4米')]).toMatchObject([{ value: 66.5 }, { value: 66.5 }, { reason: 'unreadable' }]);
  });
  test('never throws, whatever is typed', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (typed) => { for (const one of [readMeasure('head', typed), readGestation(typed), readGrowthMonth(typed), readMeasuredDay(typed, '2026-01-01', '2026-11-23')]) expect(typeof one.ok).toBe('boolean'); }));
  });
});

test.each([['32', { weeks: 32, days: 0 }], ['３２＋３', { weeks: 32, days: 3 }], ['32周3天', { weeks: 32, days: 3 }], ['孕32周', { weeks: 32, days: 0 }], ['', null]])('gestation %s', (typed, value) => {
  expect(readGestation(typed)).toEqual({ ok: true, value });
});
test.each([['8', 'out-of-range'], ['45', 'out-of-range'], ['320', 'out-of-range'], ['32+7', 'out-of-range'], ['早产', 'unreadable']])('gestation %s is refused', (typed, reason) => {
  expect(readGestation(typed)).toEqual({ ok: false, reason });
});

test.each([['0', 0], ['36', 36], ['１２', 12], ['满7个月', 7], ['', null]])('month %s', (typed, value) => { expect(readGrowthMonth(typed)).toEqual({ ok: true, value }); });
test.each([['37', 'older'], ['1,2', 'unreadable'], ['-1', 'unreadable'], ['7.5', 'unreadable']])('month %s is refused', (typed, reason) => { expect(readGrowthMonth(typed)).toEqual({ ok: false, reason }); });

test.each([['20261124', 'future'], ['20251231', 'before-birth'], ['', 'blank'], ['2026-2-30', 'no-such-day'], ['昨天', 'unreadable']])('measured on %s', (typed, reason) => {
  expect(readMeasuredDay(typed, '2026-01-01', '2026-11-23')).toEqual({ ok: false, reason });
});
test('measured on the day of 36 months, and the day after', () => {
  expect([readMeasuredDay('20261101', '2023-11-01', '2026-11-23').ok, readMeasuredDay('20261102', '2023-11-01', '2026-11-23')]).toEqual([true, { ok: false, reason: 'older' }]);
});

describe('the record on the device', () => {
  const record = { birth: '2026-04-20', sex: 'girls', gestation: { weeks: 34, days: 2 }, measurings: [{ day: '2026-08-20', weight: 6.5, length: null, head: null }] } as const;
  const memory = () => {
    const held = new Map<string, string>();
    return { getItem: (key: string) => held.get(key) ?? null, setItem: (key: string, value: string) => { held.set(key, value); }, removeItem: (key: string) => { held.delete(key); }, held };
  };
  test('comes back as it was kept, and is gone when forgotten', () => {
    const storage = memory();
    const store = keptGrowth(() => storage);
    expect(store.keep(record)).toBe(true);
    expect(store.read()).toEqual(record);
    store.forget();
    expect(storage.held.has(growthKey)).toBe(false);
  });
  test('a browser that refuses loses nothing but the keeping', () => {
    const store = keptGrowth(() => { throw new Error('blocked'); });
    expect([store.keep(record), store.read()]).toEqual([false, undefined]);
    store.forget();
  });
  test.each([null, '', '{', '[]', '{"birth":1}', '{"birth":"2026-04-20","sex":"x","measurings":[]}'])('text %s is nobody’s record', (text) => { expect(parseRecord(text)).toBeUndefined(); });
  test('torn days are left out, sound ones stay', () => {
    expect(parseRecord(JSON.stringify({ ...record, measurings: [...record.measurings, { day: 'x', weight: 1 }, { day: '2026-09-01' }, 7, null] }))?.measurings).toEqual(record.measurings);
  });
  test('a day measured twice keeps what was not measured again', () => {
    const { measurings, did } = withMeasuring(record.measurings, { day: '2026-08-20', weight: null, length: 63, head: 40.5 });
    expect([did, measurings]).toEqual(['replaced', [{ day: '2026-08-20', weight: 6.5, length: 63, head: 40.5 }]]);
    const added = withMeasuring(measurings, { day: '2026-05-20', weight: 4, length: null, head: null });
    expect([added.did, added.measurings.map(({ day }) => day)]).toEqual(['added', ['2026-05-20', '2026-08-20']]);
  });
  test('is full at sixty', () => {
    const kept = Array.from({ length: mostMeasurings }, (_, at) => ({ day: `2024-01-${String(at)}`, weight: 1, length: null, head: null }));
    expect(withMeasuring(kept, { day: '2026-08-20', weight: 5, length: null, head: null })).toEqual({ measurings: kept, did: 'full' });
  });
});

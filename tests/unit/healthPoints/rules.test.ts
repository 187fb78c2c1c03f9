import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { healthPoint, healthPointKinds, type HealthPoint } from '#domain/healthPoints/model.ts';
import { diffPoints, findPoints, openOn } from '#domain/healthPoints/rules.ts';
import { isoDate } from '#domain/shared/dates.ts';
import { readPointQuery, weekLines } from '#server/pages/healthPoints.ts';
import { loadCalendar } from '#storage/files/calendars.ts';
import { readHealthPoints, weekHoursCell } from '#storage/files/healthPoints.ts';
import { loadJurisdictions } from '#storage/files/jurisdictions.ts';
import { sampleHealthPoints } from '#storage/files/sampleHealthPoints.ts';
import { openText } from '#text/healthPoints.ts';

const day = (text: string) => isoDate.parse(text);
const calendar = loadCalendar('data');
const aPoint = (change: Partial<HealthPoint> & { readonly number?: number } = {}): HealthPoint => {
  const { number = 1, ...rest } = change;
  return healthPoint.parse({
    id: `00000000-0000-5000-8000-${String(number).padStart(12, '0')}`, jurisdiction: '120105', kind: 'vaccination', name: `接种门诊${String(number)}`, address: '某路1号', phone: null, subdistrict: null,
    hours: [{ weekday: 1, opens: '08:00', closes: '11:30' }], hoursNote: null, services: [], point: null, source: { title: '名单', url: null, readOn: '2026-11-01' }, confirmedOn: null, missingSince: null, sample: false, ...rest,
  });
};
const incoming = (...points: readonly HealthPoint[]) => points.map((point, at) => ({ line: at + 2, point }));

describe('范本', () => {
  test('the template that clerks are given reads without a fault in every place', async () => {
    for (const place of loadJurisdictions('data')) {
      const { rows, problems } = await readHealthPoints({ jurisdiction: place, fileName: 'health-points-template.csv', bytes: readFileSync('data/samples/health-points-template.csv'), today: day('2026-11-23') });
      expect([problems.sentences, rows.map(({ point }) => point.kind)]).toEqual([[], ['vaccination', 'nursingRoom']]);
    }
  });
  test('samples show every kind in every place, say that they are invented, and keep their ids', () => {
    for (const place of loadJurisdictions('data')) {
      const points = sampleHealthPoints(place, day('2026-11-23'));
      expect(new Set(points.map(({ kind }) => kind)).size).toBe(healthPointKinds.length);
      expect(points.every(({ name, sample, phone }) => name.startsWith('示例') && sample && phone === null)).toBe(true);
      expect(sampleHealthPoints(place, day('2027-01-05')).map(({ id }) => id)).toEqual(points.map(({ id }) => id));
    }
  });
});

describe('今天开不开', () => {
  test('follows the usual week on ordinary days and is unsure on holidays and shifted workdays', () => {
    expect(openOn(aPoint(), day('2026-11-23'), calendar)).toEqual({ kind: 'open', times: [{ opens: '08:00', closes: '11:30' }] });
    expect(openOn(aPoint(), day('2026-11-24'), calendar)).toEqual({ kind: 'closed' });
    expect(openOn(aPoint({ hours: null }), day('2026-11-23'), calendar)).toEqual({ kind: 'unknown' });
    expect(openOn(aPoint(), day('2026-10-01'), calendar)).toEqual({ kind: 'unsure' });
    expect(openOn(aPoint(), day('2026-10-10'), calendar)).toEqual({ kind: 'unsure' });
  });
  test('is said with the weekday', () => {
    expect(openText({ kind: 'open', times: [{ opens: '08:00', closes: '11:30' }] }, 1).said).toBe('今天（周一）开 08:00–11:30');
    expect(openText({ kind: 'closed' }, 7).said).toBe('今天（周日）不开');
  });
});

describe('导入比对', () => {
  test('tells new, changed, same, missing and returned apart and leaves samples alone', () => {
    const held = [aPoint({ number: 1 }), aPoint({ number: 2 }), aPoint({ number: 3 }), aPoint({ number: 4, missingSince: day('2026-01-01') }), aPoint({ number: 9, sample: true })];
    const diff = diffPoints(held, incoming(aPoint({ number: 1, source: { title: '新名单', url: null, readOn: day('2026-11-20') } }), aPoint({ number: 2, phone: '022-12345678' }), aPoint({ number: 4 }), aPoint({ number: 5 })));
    expect(diff.added.map(({ name }) => name)).toEqual(['接种门诊5']);
    expect(diff.changed.map(({ fields }) => fields)).toEqual([['phone']]);
    expect([diff.same.length, diff.missing.map(({ name }) => name), diff.returned.map(({ name }) => name), diff.present]).toEqual([1, ['接种门诊3'], ['接种门诊4'], 3]);
  });
});

describe('查找', () => {
  test('narrows by kind, street and weekday, leaves missing ones out and puts the nearest first', () => {
    const near = { lng: 117.2, lat: 39.15 };
    const points = [
      aPoint({ number: 1 }), aPoint({ number: 2, point: { lng: 117.3, lat: 39.15, crs: 'wgs84' } }), aPoint({ number: 3, point: { lng: 117.21, lat: 39.15, crs: 'wgs84' } }),
      aPoint({ number: 4, kind: 'nursingRoom' }), aPoint({ number: 5, missingSince: day('2026-01-01') }), aPoint({ number: 6, hours: null }),
    ];
    const names = (query: Parameters<typeof findPoints>[1]) => findPoints(points, query).map(({ point }) => point.name.at(-1));
    const open = { kind: null, subdistrict: null, weekday: null, near: null };
    expect(names(open)).toEqual(['1', '2', '3', '4', '6']);
    expect(names({ ...open, kind: 'vaccination', weekday: 1, near })).toEqual(['3', '2', '1']);
    expect(names({ ...open, weekday: 2 })).toEqual([]);
    expect(Math.round(findPoints(points, { ...open, near })[0]?.metres ?? 0)).toBe(862);
  });
  test('an address with nonsense is read as an open query; a position keeps three decimals', () => {
    const place = { subdistricts: [] };
    expect(readPointQuery(new URLSearchParams('kind=x&weekday=9&near=1,2&subdistrict=1&q=1'), place)).toEqual({ kind: null, subdistrict: null, weekday: null, near: null });
    expect(readPointQuery(new URLSearchParams('near=117.20987,39.15444'), place).near).toEqual({ lng: 117.21, lat: 39.154 });
  });
});

describe('开放时间', () => {
  test.each([
    ['周一至周五 08:00-11:30|周六 8:30-11:00', '周一至周五 08:00–11:30;周六 08:30–11:00'], ['每天 07:00-21:00', '周一至周日 07:00–21:00'],
    ['周一、三、五 08:00-11:00；周一、三、五 13:30-16:00', '周一、周三、周五 08:00–11:00，13:30–16:00'], ['星期二 ０８：００－１１：００', '周二 08:00–11:00'],
  ])('%s', (cell, said) => {
    const read = weekHoursCell(cell);
    expect(read.ok && weekLines(read.value).join(';')).toBe(said);
  });
  test.each(['周八 08:00-11:00', '周五至周一 08:00-11:00', '周一 11:00-08:00', '周一 25:00-26:00', '上午', '周一 08:00-11:00|周一 10:00-12:00'])('refuses %s', (cell) => { expect(weekHoursCell(cell).ok).toBe(false); });
});

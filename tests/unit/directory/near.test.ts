import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findStart, pointAround, streetsWithPoints, withStart } from '#domain/directory/near.ts';
import { readPasted } from '#domain/directory/nearPasted.ts';
import { readApiQuery, readPageQuery, writeQuery } from '#domain/directory/readQuery.ts';
import { searchDirectory } from '#domain/directory/searchDirectory.ts';
import { convert, metresBetween, toThreeDecimals } from '#domain/shared/geo.ts';
import { anInstitution, aQuery, aSnapshot } from '#tests/unit/directory/builders.ts';

const at = (lng: number, lat: number, crs = 'wgs84') => ({ lng, lat, crs });
const id = (digit: string): string => `0190a000-0000-7000-8000-00000000000${digit}`;
const directory = aSnapshot([
  anInstitution({ id: id('1'), name: '示例甲托育园', subdistrict: '330105013', address: '永康苑25号', point: at(120.16, 30.27) }),
  anInstitution({ id: id('2'), name: '示例乙托育园', subdistrict: '330105013', address: '永康苑8号', point: at(120.18, 30.29) }),
  anInstitution({ id: id('3'), name: '示例丙托育园', subdistrict: '330105016', address: '示例路3号', aliases: ['小丙班'], point: at(120.166_4, 30.277_2, 'gcj02') }),
  anInstitution({ id: id('4'), name: '示例丁托育园', subdistrict: '330105012', address: '示例路4号、天水里' }),
  anInstitution({ id: id('5'), name: '示例远方托育园', subdistrict: '330105016', address: '示例路5号', point: at(120.5, 30.6) }),
]);

describe('a starting point', () => {
  test('of a street is the middle of the institutions known there, by today\'s code and by the old one', () => {
    for (const code of ['330105013', '330103002']) {
      expect(pointAround(code, directory)).toMatchObject({ kind: 'subdistrict', name: '武林街道', middleOf: 2, point: { lng: expect.closeTo(120.17, 9), lat: expect.closeTo(30.28, 9) } });
    }
    expect(pointAround('330105012', directory)).toBeUndefined(); // no institution there has a point
    expect(pointAround('999999999', directory)).toBeUndefined();
    expect(streetsWithPoints(directory).map(({ name, known }) => [name, known])).toEqual([['武林街道', 2], ['朝晖街道', 2]]);
  });

  test('of an institution is its own point, in WGS-84 whatever it was given in', () => {
    const start = pointAround(id('3'), directory);
    expect(start).toMatchObject({ kind: 'institution', name: '示例丙托育园', middleOf: 1 });
    expect(metresBetween(start?.point ?? at(0, 0), convert({ lng: 120.1664, lat: 30.2772 }, 'gcj02', 'wgs84'))).toBeLessThan(0.5);
    expect(pointAround(id('4'), directory)).toBeUndefined();
  });

  test.each([
    ['武林街道', { ok: true, value: '330105013' }], ['武林', { ok: true, value: '330105013' }], ['天水街道', { ok: false, reason: 'no-point' }],
    ['示例乙托育园', { ok: true, value: id('2') }], ['小丙班', { ok: true, value: id('3') }], ['示例丁托育园', { ok: false, reason: 'no-point' }],
    ['永康苑', { ok: true, value: '永康苑' }], [' 永康苑 ', { ok: true, value: '永康苑' }], ['永康苑２５号', { ok: true, value: id('1') }],
    ['天水里', { ok: false, reason: 'no-point' }], ['示例路', { ok: false, reason: 'too-wide' }], ['没有这里', { ok: false, reason: 'not-found' }], ['永', { ok: false, reason: 'too-short' }], ['  ', { ok: false, reason: 'too-short' }],
  ])('%j is read as a place', (typed, read) => {
    expect(findStart(typed, directory)).toEqual(read);
    if (read.ok && 'value' in read) expect(pointAround(String(read.value), directory)).toBeDefined();
  });

  test('around a street the list is ordered by distance, and who has no point stays, last', () => {
    const { query, start } = withStart(aQuery({ around: '330105013', sort: 'distance' }), directory);
    expect(start?.name).toBe('武林街道');
    const found = searchDirectory(directory, query);
    const [first, ...others] = found.items.map(({ institution }) => institution.id);
    expect([first, others.slice(0, 2).sort(), ...others.slice(2)]).toEqual([id('3'), [id('1'), id('2')], id('5'), id('4')]); // the two of the street lie equally far from their middle
    expect(found.items.map(({ distance }) => distance)).toEqual([expect.closeTo(460, -3), expect.closeTo(1470, -2), expect.closeTo(1470, -2), expect.closeTo(47_700, -3), null]);
    expect(writeQuery(query).toString()).toBe('around=330105013&sort=distance');
  });

  test('named in vain takes radius and order with it; none is none', () => {
    expect(withStart(aQuery({ around: '330105012', sort: 'distance', radius: '1000' }), directory)).toMatchObject({ start: undefined, query: { radius: null, sort: 'relevance', near: null } });
    expect(withStart(aQuery(), directory)).toMatchObject({ start: null });
    expect(withStart(aQuery({ near: '120.17,30.28', around: '330105012' }), directory)).toMatchObject({ start: { kind: 'position' }, query: { around: null } });
  });

  test('is never an exact position in the address', () => {
    expect(readApiQuery(new URLSearchParams({ around: '120.171234,30.281234' }))).toMatchObject({ ok: false, errors: [{ field: 'around', code: 'format' }] });
    expect(readPageQuery(new URLSearchParams({ around: '120.171234,30.281234', sort: 'distance' }))).toMatchObject({ around: null, sort: 'relevance' });
    expect(readPageQuery(new URLSearchParams({ near: '120.171234,30.281234' })).near).toEqual({ lng: 120.171, lat: 30.281, crs: 'wgs84' });
  });
});

describe('what was pasted', () => {
  const here = { lng: 120.171_234, lat: 30.281_234 };
  test.each([
    ['120.171234,30.281234', 'gcj02', 'gcj02'], ['30.281234,120.171234', 'gcj02', 'gcj02'], ['３０．２８１２３４，１２０．１７１２３４', 'wgs84', 'wgs84'],
    ['120.171234 30.281234', 'bd09', 'bd09'], ['经度：120.171234 纬度：30.281234', 'gcj02', 'gcj02'], ['北纬30.281234°，东经120.171234°', 'wgs84', 'wgs84'], ['(30.281234, 120.171234)', 'gcj02', 'gcj02'],
    ['geo:30.281234,120.171234?z=16', 'gcj02', 'wgs84'],
    ['https://uri.amap.com/marker?position=120.171234,30.281234&name=示例', 'wgs84', 'gcj02'], ['https://uri.amap.com/marker?position=120.171234%2C30.281234&coordinate=wgs84', 'gcj02', 'wgs84'],
    ['【高德地图】示例小区 https://wb.amap.com/?q=30.281234%2C120.171234%2C%E7%A4%BA', 'wgs84', 'gcj02'],
    ['https://apis.map.qq.com/uri/v1/marker?marker=coord:30.281234,120.171234;title:示例', 'bd09', 'gcj02'],
    ['https://map.qq.com/?type=marker&pointx=120.171234&pointy=30.281234', 'bd09', 'gcj02'],
    ['https://api.map.baidu.com/marker?location=30.281234,120.171234&title=示例', 'gcj02', 'bd09'], ['https://api.map.baidu.com/marker?location=30.281234,120.171234&coord_type=gcj02', 'wgs84', 'gcj02'],
    ['https://maps.apple.com/?ll=30.281234,120.171234&q=示例', 'wgs84', 'gcj02'],
  ] as const)('%j (assumed %s) is a point of %s', (typed, assumed, datum) => {
    const read = readPasted(typed, assumed);
    expect(read).toMatchObject({ kind: 'point', datum });
    if (read.kind === 'point') expect(metresBetween(read.point, convert(here, datum, 'wgs84'))).toBeLessThan(1);
  });

  test('degrees, minutes and seconds, and the metres of 百度, are points too', () => {
    const degrees = readPasted('30°16\'52.4"N 120°10\'16.4"E', 'wgs84');
    expect(degrees.kind === 'point' && metresBetween(degrees.point, { lng: 120.171_222, lat: 30.281_222 })).toBeLessThan(2);
    const metres = readPasted('https://map.baidu.com/@12959238.56,4825347.47,12z', 'gcj02');
    expect(metres).toMatchObject({ kind: 'point', datum: 'bd09' });
    expect(metres.kind === 'point' && metresBetween(metres.point, convert({ lng: 116.4135, lat: 39.911 }, 'bd09', 'wgs84'))).toBeLessThan(30);
  });

  test.each([
    ['https://surl.amap.com/abcDEF', 'link-without-point'], ['【高德地图】我在示例小区 https://surl.amap.com/5h2k', 'link-without-point'], ['https://j.map.baidu.com/a1/XYz', 'link-without-point'],
    ['2.3522,48.8566', 'out-of-reach'], ['0,0', 'out-of-reach'], ['https://uri.amap.com/marker?position=2.35220,48.85660', 'out-of-reach'], ['https://map.baidu.com/@99999999.5,99999999.5,12z', 'out-of-reach'],
    ['示例小区12.5号楼', 'words'], ['', 'words'], ['\u0000<script>', 'words'], ["' OR 1=1", 'words'], ['120', 'words'],
  ] as const)('%j is %s', (typed, kind) => { expect(readPasted(typed, 'gcj02').kind).toBe(kind); });

  test('any point of the country is read from either order, and anything else never throws or takes long', () => {
    fc.assert(fc.property(fc.double({ min: 73.1, max: 135.9, noNaN: true }), fc.double({ min: 3.1, max: 53.9, noNaN: true }), fc.boolean(), (lng, lat, isReversed) => {
      const pair = [lng.toFixed(6), lat.toFixed(6)];
      const read = readPasted((isReversed ? pair.reverse() : pair).join(','), 'wgs84');
      expect(read.kind === 'point' && metresBetween(read.point, { lng, lat })).toBeLessThan(1);
      if (read.kind === 'point') for (const degrees of Object.values(toThreeDecimals(read.point))) expect(String(degrees)).toMatch(/^\d+(\.\d{1,3})?$/);
    }));
    fc.assert(fc.property(fc.oneof(fc.string({ maxLength: 800 }), fc.stringMatching(/^[0-9.,°' %]{0,800}$/)), (typed) => {
      const began = performance.now();
      readPasted(typed, 'bd09');
      expect(performance.now() - began).toBeLessThan(50);
    }), { numRuns: 300 });
  });
});

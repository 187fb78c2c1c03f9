import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readApiQuery, readPageQuery, writeQuery } from '#domain/directory/readQuery.ts';

const api = (text: string) => readApiQuery(new URLSearchParams(text));
const page = (text: string) => readPageQuery(new URLSearchParams(text));

describe('the API reads strictly', () => {
  test('every parameter of the contract', () => {
    const read = api('q=武林&months=30&start=2027-03&band=older&band=mixed&mode=fullDay&kind=homeSite&ownership=public&subdistrict=330105013&county=330105'
      + '&affordable=1&free=1&weekend=1&openBefore=07:30&closeAfter=18:00&holidays=1&extended=1&meals=1&accepts=allergy&accepts=medicine&maxFee=2000&near=120.16251,30.27349&crs=gcj02&radius=3000&sort=distance&include=planned&page=2&size=50');
    expect(read).toEqual({ ok: true, value: {
      q: '武林', months: 30, start: '2027-03', band: ['older', 'mixed'], mode: ['fullDay'], kind: ['homeSite'], ownership: ['public'], subdistrict: ['330105013'], county: '330105',
      affordable: true, free: true, weekend: true, openBefore: '07:30', closeAfter: '18:00', holidays: true, extended: true, meals: true, accepts: ['allergy', 'medicine'], maxFee: 2000, around: null, near: { lng: 120.163, lat: 30.273, crs: 'gcj02' }, radius: 3000,
      sort: 'distance', include: ['planned'], page: 2, size: 50,
    } });
  });
  test.each([
    ['colour=red', 'colour', 'unknown-field'], ['months=abc', 'months', 'format'], ['months=48', 'months', 'range'], ['months=-11', 'months', 'range'],
    ['months=1.5', 'months', 'format'], ['band=big', 'band', 'unknown-value'], ['band=older&band=big', 'band', 'unknown-value'], ['affordable=0', 'affordable', 'unknown-value'],
    ['near=120', 'near', 'format'], ['near=0,0', 'near', 'range'], ['near=120,99', 'near', 'range'], ['sort=distance', 'near', 'required'], ['radius=500', 'near', 'required'],
    ['size=101', 'size', 'range'], ['size=0', 'size', 'range'], ['page=0', 'page', 'range'], ['start=2026-13', 'start', 'format'], ['openBefore=25:00', 'openBefore', 'format'],
    ['maxFee=-1', 'maxFee', 'range'], ['subdistrict=12', 'subdistrict', 'format'], ['sort=best', 'sort', 'unknown-value'], ['include=all', 'include', 'unknown-value'],
    ['crs=bd09', 'crs', 'unknown-value'], ['accepts=pets', 'accepts', 'unknown-value'], ['holidays=0', 'holidays', 'unknown-value'], ['extended=yes', 'extended', 'unknown-value'], ['meals=', 'meals', 'unknown-value'],
    ['page=1000000000', 'page', 'range'], [`${'subdistrict=330105013&'.repeat(3)}${Array.from({ length: 101 }, (_, index) => `subdistrict=${String(330105100 + index)}`).join('&')}`, 'subdistrict', 'too-long'], ['months=3&months=4', 'months', 'format'], [`q=${'育'.repeat(101)}`, 'q', 'too-long'], ['__proto__=1', '__proto__', 'unknown-field'],
  ])('%s is refused', (text, field, code) => {
    expect(api(text)).toEqual({ ok: false, reason: 'invalid', errors: [{ field, code }] });
  });
  test('several faults are named together', () => {
    expect(api('months=99&colour=red')).toMatchObject({ ok: false, errors: expect.arrayContaining([{ field: 'months', code: 'range' }, { field: 'colour', code: 'unknown-field' }]) });
  });
});

describe('a page reads kindly', () => {
  test('unknown and empty parameters are passed over without a word', () => {
    expect(page('utm_source=x&q=&months=&mode=&near=')).toMatchObject({ q: '', months: null, mode: [], near: null, notes: [] });
  });
  test('bad values are dropped, good ones kept, and each drop is noted', () => {
    expect(page('months=99&mode=fullDay&mode=nonsense&size=5')).toMatchObject({
      months: null, mode: ['fullDay'], size: 5, notes: [{ field: 'months', value: '99', code: 'range' }, { field: 'mode', value: 'nonsense', code: 'unknown-value' }],
    });
  });
  test('a thousand values of one parameter leave a hundred, and few notes', () => {
    const many = page(Array.from({ length: 1000 }, (_, index) => `subdistrict=${String(330105000 + index)}&mode=x${String(index)}`).join('&'));
    expect([many.subdistrict.length, many.mode.length]).toEqual([100, 0]);
    expect(many.notes.length).toBeLessThanOrEqual(10);
    expect(many.notes).toContainEqual({ field: 'subdistrict', value: '1000', code: 'too-long' });
  });
  test('an order by distance without a point falls back to relevance', () => {
    expect(page('sort=distance&radius=500')).toMatchObject({ sort: 'relevance', radius: null, notes: [{ field: 'radius', code: 'required' }, { field: 'sort', code: 'required' }] });
  });
  test('anything at all is read', () => {
    const names = fc.constantFrom('q', 'months', 'start', 'band', 'mode', 'near', 'crs', 'radius', 'sort', 'page', 'size', 'include', 'subdistrict', 'free', '__proto__', 'constructor');
    fc.assert(fc.property(fc.array(fc.tuple(names, fc.oneof(fc.string(), fc.constantFrom('1', '-3', 'older', '120.1,30.2', 'distance')))), (pairs) => {
      const read = page(new URLSearchParams(pairs).toString());
      expect(read.size).toBeGreaterThan(0);
      const { notes, ...query } = read;
      expect(notes.every(({ field }) => field !== '__proto__')).toBe(true);
      expect(readApiQuery(writeQuery(query))).toEqual({ ok: true, value: { ...query, ...(query.near ? {} : { radius: null }) } });
    }));
  });
});

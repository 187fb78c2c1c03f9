import { describe, expect, test } from 'vitest';
import { bannersAt, type Banner } from '#domain/banners/model.ts';
import { instant } from '#domain/shared/dates.ts';
import { readBanner } from '#server/bannerPages.ts';
import { bannerHtml } from '#server/banners.ts';
import { laidOver } from '#server/http/overlay.ts';

const now = instant.parse(Date.parse('2026-11-23T10:00:00+08:00'));
const after = (minutes: number) => instant.parse(now + minutes * 60_000);
const aBanner = (change: Partial<Banner> = {}): Banner => ({ id: 'a', scope: '120105', kind: 'closure', words: '明天全区托育机构停课一天', link: null, from: now, until: after(60), version: 1, changedAt: now, ...change });
const typed = { kind: 'weather', words: '暴雪红色预警，明天停课', link: '', untilDay: '2026-11-24', untilTime: '18:00' };

describe('公告', () => {
  test('is shown from its beginning until its end, in its place or in all', () => {
    const all = [aBanner(), aBanner({ id: 'b', scope: '*', from: after(-5) }), aBanner({ id: 'c', scope: '140525' })];
    expect(bannersAt(all, '120105', now).map(({ id }) => id)).toEqual(['b', 'a']);
    expect(bannersAt(all, undefined, now).map(({ id }) => id)).toEqual(['b']);
    expect(bannersAt(all, '120105', after(60))).toEqual([]);
    expect(bannersAt(all, '120105', after(-1)).map(({ id }) => id)).toEqual(['b']);
  });

  test('lies where the marker is, and nothing in it is markup', () => {
    const html = bannerHtml([aBanner({ words: '<script>x</script>"', link: '/hebei/?a=1&b=2' })]);
    expect(html).not.toContain('<script');
    expect(html).toContain('href="/hebei/?a=1&amp;b=2"');
    expect(laidOver(Buffer.from('<header><!--notice--></header>'), html).toString()).toBe(`<header>${html}</header>`);
    const without = Buffer.from('<header></header>');
    expect(laidOver(without, html)).toBe(without);
  });

  test.each([
    [{}, []], [{ kind: '' }, ['kind']], [{ words: '短' }, ['words']], [{ words: '请打电话13800000000找王老师问' }, ['words']], [{ link: 'javascript:alert(1)' }, ['link']], [{ link: '//evil.example' }, ['link']], [{ link: '/hebei/' }, []],
    [{ untilDay: '2026-02-30' }, ['untilDay']], [{ untilDay: '2027-11-24' }, ['untilDay']], [{ untilDay: '2026-11-23', untilTime: '9:00' }, ['untilTime']], [{ untilTime: '25:00' }, ['untilTime']], [{ untilTime: '9：30' }, []],
  ])('%j is wrong in %j', (change, fields) => {
    const read = readBanner({ ...typed, ...change }, now);
    expect(read.ok ? [] : read.errors.map(({ field }) => field)).toEqual(fields);
  });
});

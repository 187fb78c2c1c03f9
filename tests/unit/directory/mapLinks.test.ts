import { expect, test } from 'vitest';
import { mapLinks, mapVendors } from '#domain/directory/mapLinks.ts';
import { metresBetween } from '#domain/shared/geo.ts';

const gcj = { lng: 117.201569, lat: 39.156632, crs: 'gcj02' } as const;
const site = { name: '示例·小森林托育园', address: '示例路 12 号', point: gcj };
const hrefs = (of: Parameters<typeof mapLinks>[0]) => mapLinks(of, '托育服务').map(({ href }) => href);

test('each vendor is given its own documented marker address, a GCJ-02 point unchanged', () => {
  expect(hrefs(site)).toEqual([
    'https://uri.amap.com/marker?position=117.201569,39.156632&name=%E7%A4%BA%E4%BE%8B%C2%B7%E5%B0%8F%E6%A3%AE%E6%9E%97%E6%89%98%E8%82%B2%E5%9B%AD&src=%E6%89%98%E8%82%B2%E6%9C%8D%E5%8A%A1&coordinate=gaode&callnative=1',
    'https://api.map.baidu.com/marker?location=39.156632,117.201569&title=%E7%A4%BA%E4%BE%8B%C2%B7%E5%B0%8F%E6%A3%AE%E6%9E%97%E6%89%98%E8%82%B2%E5%9B%AD&content=%E7%A4%BA%E4%BE%8B%E8%B7%AF%2012%20%E5%8F%B7&output=html&coord_type=gcj02&src=%E6%89%98%E8%82%B2%E6%9C%8D%E5%8A%A1',
    'https://apis.map.qq.com/uri/v1/marker?marker=coord:39.156632,117.201569;title:%E7%A4%BA%E4%BE%8B%C2%B7%E5%B0%8F%E6%A3%AE%E6%9E%97%E6%89%98%E8%82%B2%E5%9B%AD;addr:%E7%A4%BA%E4%BE%8B%E8%B7%AF%2012%20%E5%8F%B7&referer=%E6%89%98%E8%82%B2%E6%9C%8D%E5%8A%A1',
  ]);
});

test.each(mapVendors)('%s is told where a WGS-84 point lies in GCJ-02, within five metres of another converter', (vendor) => {
  // Worked out with gcoord 1.0.7.
  const expected = { lng: 120.1671728, lat: 30.2711577 };
  const href = mapLinks({ ...site, point: { lng: 120.1625, lat: 30.2735, crs: 'wgs84' } }, 'x').find((link) => link.vendor === vendor)?.href ?? '';
  const numbers = /(\d+\.\d+),(\d+\.\d+)/.exec(href)?.slice(1).map(Number) ?? [];
  const [first = 0, second = 0] = numbers;
  expect(metresBetween(expected, vendor === 'amap' ? { lng: first, lat: second } : { lng: second, lat: first })).toBeLessThan(5);
});

test('a name cannot break out of its part of the address', () => {
  const links = hrefs({ ...site, name: '一;addr:二&referer=三' });
  expect(links.every((href) => new URL(href).protocol === 'https:')).toBe(true);
  expect(new URL(links[2] ?? '').searchParams.get('marker')?.split(';')).toHaveLength(3);
  expect(new URL(links[2] ?? '').searchParams.get('referer')).toBe('托育服务');
});

test('without a point there is no link, because no vendor documents one by address alone', () => {
  expect(mapLinks({ ...site, point: null }, 'x')).toEqual([]);
});

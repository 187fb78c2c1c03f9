import type { GeoPoint } from '#domain/directory/model.ts';
import { toGcj02, type LngLat } from '#domain/shared/geo.ts';

/** 地图: the three whose marker addresses are documented for web pages. */
export const mapVendors = ['amap', 'baidu', 'tencent'] as const;
export type MapVendor = (typeof mapVendors)[number];
export type MapLink = { readonly vendor: MapVendor; readonly href: string };

/** Six decimals are a tenth of a metre; more would only pretend. */
const degrees = (value: number): string => String(Math.round(value * 1e6) / 1e6);

const encode = encodeURIComponent;
/** Within one parameter 腾讯 separates by `;` and `:`, so neither may stand in a name. */
const encodePart = (text: string): string => encode(text.replace(/[;:]/g, ' '));

const makers: Readonly<Record<MapVendor, (at: LngLat, name: string, address: string, referer: string) => string>> = {
  amap: ({ lng, lat }, name, _address, referer) =>
    `https://uri.amap.com/marker?position=${degrees(lng)},${degrees(lat)}&name=${encode(name)}&src=${encode(referer)}&coordinate=gaode&callnative=1`,
  baidu: ({ lng, lat }, name, address, referer) =>
    `https://api.map.baidu.com/marker?location=${degrees(lat)},${degrees(lng)}&title=${encode(name)}&content=${encode(address)}&output=html&coord_type=gcj02&src=${encode(referer)}`,
  tencent: ({ lng, lat }, name, address, referer) =>
    `https://apis.map.qq.com/uri/v1/marker?marker=coord:${degrees(lat)},${degrees(lng)};title:${encodePart(name)};addr:${encodePart(address)}&referer=${encode(referer)}`,
};

/** 导航: a marker in each vendor's map, its point in GCJ-02 as each is told; none where no point is known. */
export const mapLinks = (of: { readonly name: string; readonly address: string | null; readonly point: GeoPoint | null }, referer: string): readonly MapLink[] => {
  if (of.point === null) return [];
  const at = of.point.crs === 'gcj02' ? of.point : toGcj02(of.point);
  return mapVendors.map((vendor) => ({ vendor, href: makers[vendor](at, of.name, of.address ?? of.name, referer) }));
};

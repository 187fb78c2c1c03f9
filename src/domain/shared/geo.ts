import gcoord from 'gcoord';

/** Longitude and latitude in degrees. */
export type LngLat = { readonly lng: number; readonly lat: number };

/** 坐标系: satellites and browsers (WGS-84), 高德 and 腾讯 (GCJ-02), 百度 (BD-09). */
export const datums = ['wgs84', 'gcj02', 'bd09'] as const;
export type Datum = (typeof datums)[number];

const known = { wgs84: gcoord.WGS84, gcj02: gcoord.GCJ02, bd09: gcoord.BD09 } as const;

/** Whether a point lies where this site can have institutions: longitude 73 to 136, latitude 3 to 54. */
export const isWithinReach = ({ lng, lat }: LngLat): boolean => lng >= 73 && lng <= 136 && lat >= 3 && lat <= 54;

/** A point of one datum in another; unchanged out of reach (the library's search for the way back does not end at the edge of its box). */
export const convert = ({ lng, lat }: LngLat, from: Datum, to: Datum): LngLat => {
  if (from === to || !isWithinReach({ lng, lat })) return { lng, lat };
  const [x, y] = gcoord.transform([lng, lat], known[from], known[to]);
  return { lng: x, lat: y };
};

/** WGS-84 to GCJ-02, the datum of Chinese maps. */
export const toGcj02 = (point: LngLat): LngLat => convert(point, 'wgs84', 'gcj02');

/** GCJ-02 to WGS-84, within half a metre. */
export const fromGcj02 = (point: LngLat): LngLat => convert(point, 'gcj02', 'wgs84');

/** 百度's metres, as its map's address line carries them, in BD-09 degrees; as far as its projection goes, nonsense beyond. */
export const fromBaiduMetres = (x: number, y: number): LngLat => {
  const [lng, lat] = gcoord.transform([x, y], gcoord.BD09MC, gcoord.BD09);
  return { lng, lat };
};

/** Three decimals, some hundred metres: as exactly as a place may stand in an address. */
export const toThreeDecimals = ({ lng, lat }: LngLat): LngLat => ({ lng: Math.round(lng * 1000) / 1000, lat: Math.round(lat * 1000) / 1000 });

const earthRadius = 6_371_008.8;
const { PI, asin, atan2, cos, sin, sqrt } = Math;
const radians = PI / 180;

/** Great-circle distance in metres between two points of one datum. */
export const metresBetween = (one: LngLat, other: LngLat): number => {
  const half = sin(((other.lat - one.lat) * radians) / 2) ** 2
    + cos(one.lat * radians) * cos(other.lat * radians) * sin(((other.lng - one.lng) * radians) / 2) ** 2;
  return 2 * earthRadius * asin(Math.min(1, sqrt(half)));
};

/** 方位: degrees clockwise from north in which `to` is seen from `from`, 0 up to 360; 0 where both are one point. */
export const bearingFrom = (from: LngLat, to: LngLat): number => {
  const east = sin((to.lng - from.lng) * radians) * cos(to.lat * radians);
  const north = cos(from.lat * radians) * sin(to.lat * radians) - sin(from.lat * radians) * cos(to.lat * radians) * cos((to.lng - from.lng) * radians);
  return (atan2(east, north) / radians + 360) % 360;
};

/** The eight directions, clockwise from north. */
export const directions = ['north', 'northEast', 'east', 'southEast', 'south', 'southWest', 'west', 'northWest'] as const;
export type Direction = (typeof directions)[number];

/** 方位词: which of the eight directions a bearing in degrees falls into. */
export const directionOf = (bearing: number): Direction => directions[Math.round(bearing / 45) % 8] ?? 'north';

/** 中点: the mean of points of one datum within a city's reach; null without points. */
export const meanOf = (points: readonly LngLat[]): LngLat | null => (points.length === 0 ? null : {
  lng: points.reduce((sum, { lng }) => sum + lng, 0) / points.length,
  lat: points.reduce((sum, { lat }) => sum + lat, 0) / points.length,
});

/** 步行估算: whole minutes with a child for a distance as the crow flies: streets taken as 1.3 times as long, 4 km an hour. Our own measure. */
export const walkMinutes = (metres: number): number => Math.max(1, Math.ceil((metres * 1.3) / (4000 / 60)));

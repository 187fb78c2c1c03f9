import { convert, fromBaiduMetres, isWithinReach, type Datum, type LngLat } from '#domain/shared/geo.ts';

/** What a pasted text turned out to be: a point (WGS-84, as exact as it was given), a point elsewhere on earth, a map's link without one, or words. */
export type Pasted =
  | { readonly kind: 'point'; readonly point: LngLat; readonly datum: Datum }
  | { readonly kind: 'out-of-reach' }
  | { readonly kind: 'link-without-point' }
  | { readonly kind: 'words' };

/** Longest text that is looked at. */
export const longestPasted = 500;

const escapes: Readonly<Record<string, string>> = { '%2c': ',', '%3a': ':', '%3b': ';', '%20': ' ', '%7c': '|', '%3d': '=', '%26': '&', '%40': '@' };

const plain = (typed: string): string => typed.slice(0, longestPasted).normalize('NFKC').trim()
  .replaceAll('%25', '%').replace(/%(?:2c|3a|3b|20|7c|3d|26|40)/gi, (code) => escapes[code.toLowerCase()] ?? code)
  // 39°9'29.5" as 39.158194
  .replace(/(\d{1,3})\s*[°度]\s*(\d{1,2})\s*['′’分]\s*(\d{1,2}(?:\.\d{1,6})?)\s*(?:["″”秒]|'')?/g,
    (_all, degrees: string, minutes: string, seconds: string) => (Number(degrees) + Number(minutes) / 60 + Number(seconds) / 3600).toFixed(7));

/** Which datum the text itself names, by its parameters first and by whose map it is then. */
const datumNamed = (text: string): Datum | undefined => {
  const named = /(?:coord_?type|coordinate|coordtype)=(\w+)/i.exec(text)?.[1]?.toLowerCase();
  if (named !== undefined) {
    if (/^(?:gcj02(?:ll)?|gaode|amap)$/.test(named)) return 'gcj02';
    if (/^wgs84(?:ll)?$/.test(named)) return 'wgs84';
    if (/^bd09(?:ll|mc)?$/.test(named)) return 'bd09';
  }
  if (/^geo:|\bgps\b|wgs-?84|北斗/i.test(text)) return 'wgs84';
  if (/baidu\.com|百度|bd-?09/i.test(text)) return 'bd09';
  if (/amap\.com|gaode|autonavi|高德|qq\.com|腾讯|gcj-?02|apple\.com/i.test(text)) return 'gcj02';
  return undefined;
};

const isLongitude = (value: number): boolean => value >= 73 && value <= 136;
const isLatitude = (value: number): boolean => value >= 3 && value <= 54;

/** Longitudes and latitudes of this country do not overlap, so the order in which the two were written never matters. */
const pairIn = (numbers: readonly number[]): LngLat | undefined => {
  for (let at = 0; at + 1 < numbers.length; at += 1) {
    const [one = 0, other = 0] = numbers.slice(at, at + 2);
    if (isLongitude(one) && isLatitude(other)) return { lng: one, lat: other };
    if (isLatitude(one) && isLongitude(other)) return { lng: other, lat: one };
  }
  const [lng, lat] = [numbers.find(isLongitude), numbers.find(isLatitude)];
  return lng === undefined || lat === undefined ? undefined : { lng, lat };
};

const wholePair = /^[([{]?\s*(-?\d{1,3}(?:\.\d{1,15})?)\s*(?:[,;、|/]|\s)\s*(-?\d{1,3}(?:\.\d{1,15})?)\s*[)\]}]?$/;
const metresPair = /(?:^|[^\d.])(\d{7,8}(?:\.\d{1,6})?)\s*,\s*(\d{6,8}(?:\.\d{1,6})?)(?![\d.])/;

const numbersIn = (text: string): readonly number[] => {
  const whole = wholePair.exec(text);
  if (whole) return [Number(whole[1]), Number(whole[2])];
  return [...text.matchAll(/(?<![\d.])-?\d{1,3}\.\d{2,15}(?![\d.])/g)].map(([digits]) => Number(digits));
};

/** 粘贴的坐标: finds the point in coordinates or a map's share link, in either order; `assumed` is the datum where the text names none. */
export const readPasted = (typed: string, assumed: Datum): Pasted => {
  const text = plain(typed);
  const named = datumNamed(text);
  const metres = named === 'bd09' ? metresPair.exec(text) : null;
  if (metres) {
    const point = fromBaiduMetres(Number(metres[1]), Number(metres[2]));
    return isWithinReach(point) ? { kind: 'point', point: convert(point, 'bd09', 'wgs84'), datum: 'bd09' } : { kind: 'out-of-reach' };
  }
  const numbers = numbersIn(text);
  const pair = pairIn(numbers);
  const datum = named ?? assumed;
  if (pair) return { kind: 'point', point: convert(pair, datum, 'wgs84'), datum };
  const isLink = /https?:\/\/|^geo:|(?:amap|baidu|qq|apple)\.com\b/i.test(text);
  if (wholePair.test(text) || (isLink && numbers.length >= 2)) return { kind: 'out-of-reach' };
  return isLink ? { kind: 'link-without-point' } : { kind: 'words' };
};

/** Longitude and latitude in degrees. */
export type LngLat = { readonly lng: number; readonly lat: number };

// The published approximation of GCJ-02: an offset on the Krasovsky 1940 ellipsoid.
const axis = 6_378_245;
const eccentricitySquared = 0.006_693_421_622_965_823;
const { PI, abs, cos, sin, sqrt, asin } = Math;

const isInChina = ({ lng, lat }: LngLat): boolean => lng >= 72.004 && lng <= 137.8347 && lat >= 0.8293 && lat <= 55.8271;

const waves = (value: number, first: number, second: number, firstPeriod: number, secondPeriod: number): number =>
  ((first * sin(value / firstPeriod * PI) + second * sin(value / secondPeriod * PI)) * 2) / 3;

const shortWaves = (x: number): number => ((20 * sin(6 * x * PI) + 20 * sin(2 * x * PI)) * 2) / 3;

const offset = ({ lng, lat }: LngLat): LngLat => {
  const x = lng - 105;
  const y = lat - 35;
  const north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x))
    + shortWaves(x) + waves(y, 20, 40, 1, 3) + waves(y, 160, 320, 12, 30);
  const east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x))
    + shortWaves(x) + waves(x, 20, 40, 1, 3) + waves(x, 150, 300, 12, 30);
  const radians = (lat / 180) * PI;
  const curve = 1 - eccentricitySquared * sin(radians) ** 2;
  return {
    lng: (east * 180) / ((axis / sqrt(curve)) * cos(radians) * PI),
    lat: (north * 180) / (((axis * (1 - eccentricitySquared)) / (curve * sqrt(curve))) * PI),
  };
};

/** WGS-84 to GCJ-02, the datum of Chinese maps; unchanged outside China. */
export const toGcj02 = (point: LngLat): LngLat => {
  if (!isInChina(point)) return point;
  const moved = offset(point);
  return { lng: point.lng + moved.lng, lat: point.lat + moved.lat };
};

/** GCJ-02 to WGS-84, by approaching the point whose GCJ-02 form is the one given; within a metre. */
export const fromGcj02 = (point: LngLat): LngLat => {
  if (!isInChina(point)) return point;
  let found = point;
  for (let round = 0; round < 10; round += 1) {
    const there = toGcj02(found);
    const [lng, lat] = [there.lng - point.lng, there.lat - point.lat];
    found = { lng: found.lng - lng, lat: found.lat - lat };
    if (abs(lng) < 1e-6 && abs(lat) < 1e-6) break;
  }
  return found;
};

const earthRadius = 6_371_008.8;

/** Great-circle distance in metres between two points of one datum. */
export const metresBetween = (one: LngLat, other: LngLat): number => {
  const radians = PI / 180;
  const half = sin(((other.lat - one.lat) * radians) / 2) ** 2
    + cos(one.lat * radians) * cos(other.lat * radians) * sin(((other.lng - one.lng) * radians) / 2) ** 2;
  return 2 * earthRadius * asin(Math.min(1, sqrt(half)));
};

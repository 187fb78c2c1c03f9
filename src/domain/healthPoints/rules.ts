import type { HealthPoint, HealthPointKind } from '#domain/healthPoints/model.ts';
import type { HealthPointDiff, IncomingPoint } from '#domain/healthPoints/ports.ts';
import { isWorkday, type Calendar } from '#domain/shared/calendar.ts';
import { weekdayOf, type IsoDate } from '#domain/shared/dates.ts';
import { fromGcj02, metresBetween, type LngLat } from '#domain/shared/geo.ts';

/** Where and when it was read says nothing about the point itself. */
const notFacts: readonly string[] = ['id', 'jurisdiction', 'source', 'missingSince', 'sample'];

const differingFields = (before: HealthPoint, after: HealthPoint): readonly string[] =>
  Object.keys(after).filter((key) => !notFacts.includes(key) && JSON.stringify(Reflect.get(before, key)) !== JSON.stringify(Reflect.get(after, key)));

/** 导入比对: compares a whole list with what is held, by id; samples are never touched. */
export function diffPoints(held: readonly HealthPoint[], rows: readonly IncomingPoint[]): HealthPointDiff {
  const before = held.filter(({ sample }) => !sample);
  const byId = new Map(before.map((one) => [one.id, one]));
  const read = new Set(rows.map(({ point }) => point.id));
  const known = rows.flatMap(({ point }) => {
    const held = byId.get(point.id);
    return held ? [{ held, after: point, fields: differingFields(held, point) }] : [];
  });
  const stayed = known.filter(({ held }) => held.missingSince === null);
  return {
    added: rows.flatMap(({ point }) => (byId.has(point.id) ? [] : [point])),
    changed: stayed.filter(({ fields }) => fields.length > 0).map(({ after, fields }) => ({ after, fields })),
    same: stayed.filter(({ fields }) => fields.length === 0).map(({ after }) => after),
    returned: known.filter(({ held }) => held.missingSince !== null).map(({ after }) => after),
    missing: before.filter(({ id, missingSince }) => missingSince === null && !read.has(id)),
    present: before.filter(({ missingSince }) => missingSince === null).length,
  };
}

/** 今天开不开: what the usual week says of a day. `unsure` on holidays and shifted workdays, when the usual week does not hold. */
export type OpenOn =
  | { readonly kind: 'unknown' } | { readonly kind: 'unsure' } | { readonly kind: 'closed' }
  | { readonly kind: 'open'; readonly times: readonly { readonly opens: string; readonly closes: string }[] };

/** 今天开不开 of a point on a day; years the calendar does not hold are taken as ordinary weeks. */
export const openOn = ({ hours }: Pick<HealthPoint, 'hours'>, day: IsoDate, calendar: Calendar): OpenOn => {
  if (hours === null) return { kind: 'unknown' };
  const weekday = weekdayOf(day);
  const works = isWorkday(day, calendar);
  if (works !== 'unknown' && works !== weekday <= 5) return { kind: 'unsure' };
  const times = hours.filter((one) => one.weekday === weekday).map(({ opens, closes }) => ({ opens, closes }));
  return times.length === 0 ? { kind: 'closed' } : { kind: 'open', times };
};

/** What the list is narrowed to; null leaves a part open. `near` is WGS-84. */
export type HealthPointQuery = { readonly kind: HealthPointKind | null; readonly subdistrict: string | null; readonly weekday: number | null; readonly near: LngLat | null };

/** A point and how far it is, in metres; null without a starting point or without a place on the map. */
export type FoundPoint = { readonly point: HealthPoint; readonly metres: number | null };

const wgs84 = ({ point }: HealthPoint): LngLat | null => (point === null ? null : point.crs === 'gcj02' ? fromGcj02(point) : point);

/** The points in force that meet a query: nearest first where a starting point is known (those without a place last), else as they stand. */
export function findPoints(points: readonly HealthPoint[], query: HealthPointQuery): readonly FoundPoint[] {
  const { near } = query;
  const found = points.filter((one) => one.missingSince === null && (query.kind === null || one.kind === query.kind) && (query.subdistrict === null || one.subdistrict === query.subdistrict)
    && (query.weekday === null || (one.hours ?? []).some(({ weekday }) => weekday === query.weekday)));
  if (near === null) return found.map((point) => ({ point, metres: null }));
  return found.map((point) => {
    const at = wgs84(point);
    return { point, metres: at && metresBetween(near, at) };
  }).sort((one, other) => (one.metres ?? Infinity) - (other.metres ?? Infinity) || 0);
}

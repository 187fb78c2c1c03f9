import { mapLinks } from '#domain/directory/mapLinks.ts';
import type { OpeningHours } from '#domain/directory/model.ts';
import { healthPointKinds, type HealthPoint } from '#domain/healthPoints/model.ts';
import { findPoints, openOn, type FoundPoint, type HealthPointQuery } from '#domain/healthPoints/rules.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import { weekdayOf, type IsoDate } from '#domain/shared/dates.ts';
import { fromGcj02, isWithinReach, toThreeDecimals } from '#domain/shared/geo.ts';
import type { App } from '#server/app.ts';
import { phoneOf } from '#server/pages/institutionFacts.ts';
import { fullDayText } from '#text/dates.ts';
import { countText, farText, healthPointKindText, healthPointKindWhat, healthPointsText as words, openText, pointSourceText, weekdayText } from '#text/healthPoints.ts';
import { mapVendorText } from '#text/institution.ts';
import { siteText } from '#text/site.ts';

const hrefOf = (slug: string, query: HealthPointQuery): string => {
  const parts = new URLSearchParams();
  if (query.kind !== null) parts.set('kind', query.kind);
  if (query.subdistrict !== null) parts.set('subdistrict', query.subdistrict);
  if (query.weekday !== null) parts.set('weekday', String(query.weekday));
  if (query.near !== null) parts.set('near', `${String(query.near.lng)},${String(query.near.lat)}`);
  return `/${slug}/health-points/${parts.size > 0 ? `?${parts.toString()}` : ''}`;
};

const nearIn = (parameters: URLSearchParams): HealthPointQuery['near'] => {
  const [, lng, lat] = /^(-?\d{1,3}(?:\.\d{1,8})?),(-?\d{1,2}(?:\.\d{1,8})?)$/.exec(parameters.get('near') ?? '') ?? [];
  const typed = { lng: Number(lng), lat: Number(lat) };
  if (lng === undefined || lat === undefined || !isWithinReach(typed)) return null;
  return toThreeDecimals(parameters.get('crs') === 'gcj02' ? fromGcj02(typed) : typed);
};

/** Reads a page's address; what nobody knows is left open. `near` is WGS-84 unless `crs` says GCJ-02, kept to three decimals. */
export const readPointQuery = (parameters: URLSearchParams, place: Pick<Jurisdiction, 'subdistricts'>): HealthPointQuery => {
  const [street, weekday] = [parameters.get('subdistrict') ?? '', parameters.get('weekday') ?? ''];
  return {
    kind: healthPointKinds.find((one) => one === parameters.get('kind')) ?? null,
    subdistrict: place.subdistricts.find(({ code, otherCodes }) => code === street || otherCodes.some((other) => other === street))?.code ?? null,
    weekday: /^[1-7]$/.test(weekday) ? Number(weekday) : null, near: nearIn(parameters),
  };
};

const timesOf = (hours: readonly OpeningHours[], weekday: number): string => hours.filter((one) => one.weekday === weekday).map(({ opens, closes }) => `${opens}–${closes}`).join('，');

/** 一周开放时间: days with the same times stand together, runs of three or more as 周一至周五. */
export const weekLines = (hours: readonly OpeningHours[]): readonly string[] => {
  const days = [1, 2, 3, 4, 5, 6, 7].filter((weekday) => timesOf(hours, weekday) !== '');
  return [...Map.groupBy(days, (weekday) => timesOf(hours, weekday))].map(([times, same]) => {
    const [first = 1, last = 1] = [same[0], same.at(-1)];
    const isRun = same.length > 2 && last - first + 1 === same.length;
    return `${isRun ? `${weekdayText(first)}至${weekdayText(last)}` : same.map(weekdayText).join('、')} ${times}`;
  });
};

/** Times that no line may break at their dash. */
const unbroken = (line: string): string => line.replaceAll('–', '\u2060–\u2060');

const cardOf = ({ point, metres }: FoundPoint, place: Jurisdiction, near: boolean, today: IsoDate, calendar: App['healthPoints']['calendar']) => ({
  id: point.id, name: point.name, sample: point.sample, open: openText(openOn(point, today, calendar), weekdayOf(today)),
  where: place.subdistricts.find(({ code }) => code === point.subdistrict)?.name ?? null, far: near ? (metres === null ? words.far : farText(metres)) : null,
  address: point.address, phone: phoneOf(point), maps: mapLinks(point, siteText.name).map(({ vendor, href }) => ({ label: mapVendorText[vendor], href })),
  hours: point.hours === null ? null : weekLines(point.hours).map(unbroken), hoursNote: point.hoursNote, services: point.services.join('、'),
  source: pointSourceText(point.source.title, fullDayText(point.source.readOn), point.confirmedOn && fullDayText(point.confirmedOn)), sourceUrl: point.source.url,
  report: `/${place.slug}/health-points/${point.id}/report/`,
});
type PointCard = ReturnType<typeof cardOf>;

/** Sites of a published plan that take no children: what they were to be is all that is known. */
async function plannedOf(app: App, place: Jurisdiction) {
  const { entries } = await app.directory.snapshot(place.code);
  return entries.flatMap(({ institution: { id, name, address, planned } }) => (planned?.takesChildren === false
    ? [{ name, address, year: planned.year, note: planned.note, unit: planned.responsibleUnit, source: planned.document, href: `/${place.slug}/institutions/${id}/` }] : []));
}

const groupsOf = (found: readonly FoundPoint[], card: (one: FoundPoint) => PointCard) => healthPointKinds.flatMap((kind) => {
  const points = found.filter(({ point }) => point.kind === kind).map(card);
  return points.length === 0 ? [] : [{ kind, title: healthPointKindText[kind], what: healthPointKindWhat[kind], count: countText(points.length), points }];
});

/** 健康服务点: the list of a place on its fixed day, by kind, as its address asks. */
export async function healthPointsView(app: App, place: Jurisdiction, parameters: URLSearchParams) {
  const query = readPointQuery(parameters, place);
  const points = (await app.healthPoints.all(place.code)).filter(({ missingSince }) => missingSince === null);
  const streets = new Set(points.map(({ subdistrict }) => subdistrict));
  const card = (one: FoundPoint): PointCard => cardOf(one, place, query.near !== null, app.today(), app.healthPoints.calendar);
  const option = (value: string, label: string) => ({ value, label });
  return {
    isEmpty: points.length === 0, hostPhone: place.host.phone, action: `/${place.slug}/health-points/`, groups: groupsOf(findPoints(points, query), card), planned: await plannedOf(app, place),
    isFiltered: query.kind !== null || query.subdistrict !== null || query.weekday !== null,
    typed: { kind: query.kind ?? '', subdistrict: query.subdistrict ?? '', weekday: query.weekday === null ? '' : String(query.weekday), near: query.near === null ? null : `${String(query.near.lng)},${String(query.near.lat)}` },
    here: hrefOf(place.slug, { ...query, near: null }),
    kinds: [option('', words.anyKind), ...healthPointKinds.filter((kind) => points.some((one) => one.kind === kind)).map((kind) => option(kind, healthPointKindText[kind]))],
    streets: [option('', words.anyStreet), ...place.subdistricts.filter(({ code }) => streets.has(code)).map(({ code, name }) => option(code, name))],
    weekdays: [option('', words.anyWeekday), ...[1, 2, 3, 4, 5, 6, 7].map((day) => option(String(day), weekdayText(day)))],
    links: words.otherLinks.map(([path, label]) => ({ href: `/${place.slug}/${path}`, label })),
  };
}

/** A point named by an address; undefined when missing or not here. */
export const pointNamed = (app: App, place: Jurisdiction, id: string | undefined): Promise<HealthPoint | undefined> => app.healthPoints.find(place.code, id ?? '');

import type { DirectoryQuery } from '#domain/directory/query.ts';
import { writeQuery } from '#domain/directory/readQuery.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import { monthText } from '#text/dates.ts';
import { acceptsText, bandText, kindText, modeText, ownershipText } from '#text/directory.ts';
import { ageText } from '#text/institution.ts';
import { conditionText, fieldText, listText } from '#text/list.ts';

/** A condition at hand: chosen ones take themselves away, others set themselves or open the filters at their field. */
export type ListChip = { readonly label: string; readonly href: string; readonly selected: boolean };

/** The list's address for a query; a changed condition always begins at the first page. */
export const listHref = (slug: string, query: DirectoryQuery): string => {
  const written = writeQuery(query).toString();
  return `/${slug}/institutions/${written === '' ? '' : `?${written}`}`;
};

/** Opens the folded filters and jumps to a field, without JavaScript: an address. */
export const openFilters = (slug: string, query: DirectoryQuery, field: string): string => {
  const written = writeQuery(query);
  written.set('filters', 'open');
  return `/${slug}/institutions/?${written.toString()}#field-${field}`;
};

/** 街道 or 乡镇, as this place's units are called; both where it has both. */
const streetWord = ({ subdistricts }: Jurisdiction): string => {
  const streets = subdistricts.filter(({ name }) => name.endsWith('街道')).length;
  if (streets === subdistricts.length) return '街道';
  return streets === 0 ? '乡镇' : listText.anyStreet;
};

const without = <Value>(values: readonly Value[], one: Value): Value[] => values.filter((value) => value !== one);

/** 常用条件: what is chosen, each to be taken away by itself, then what families choose most. */
export const chipsOf = (place: Jurisdiction, query: DirectoryQuery): readonly ListChip[] => {
  const to = (change: Partial<DirectoryQuery>): string => listHref(place.slug, { ...query, page: 1, ...change });
  const chosen = (label: string, change: Partial<DirectoryQuery>): ListChip => ({ label, href: to(change), selected: true });
  const offered = (label: string, href: string): ListChip => ({ label, href, selected: false });
  const streets = query.subdistrict.map((code) => chosen(place.subdistricts.find((street) => street.code === code || street.otherCodes.includes(code))?.name ?? code, { subdistrict: without(query.subdistrict, code) }));
  const county = place.counties.find(({ code }) => code === query.county);
  return [
    query.months === null ? offered(listText.anyAgeChip, openFilters(place.slug, query, 'months')) : chosen(ageText(query.months), { months: null, start: null }),
    ...(query.start === null ? [] : [chosen(conditionText.start(monthText(query.start)), { start: null })]),
    ...query.mode.map((mode) => chosen(modeText[mode], { mode: without(query.mode, mode) })),
    ...(query.mode.length === 0 ? [offered(modeText.fullDay, to({ mode: ['fullDay'] }))] : []),
    ...(query.county === null ? [] : [chosen(county?.name ?? query.county, { county: null })]),
    ...(streets.length > 0 ? streets : [place.counties.length > 0 && query.county === null
      ? offered(fieldText.county, openFilters(place.slug, query, 'county')) : offered(streetWord(place), openFilters(place.slug, query, 'subdistrict'))]),
    query.free ? chosen('有空位', { free: false }) : offered('有空位', to({ free: true })),
    ...query.band.map((band) => chosen(bandText[band], { band: without(query.band, band) })),
    ...query.kind.map((kind) => chosen(kindText[kind], { kind: without(query.kind, kind) })),
    ...query.ownership.map((ownership) => chosen(ownershipText[ownership], { ownership: without(query.ownership, ownership) })),
    ...(query.affordable ? [chosen(fieldText.affordable, { affordable: false })] : []),
    ...(query.weekend ? [chosen(fieldText.weekend, { weekend: false })] : []),
    ...(['holidays', 'extended', 'meals'] as const).filter((flag) => query[flag]).map((flag) => chosen(fieldText[flag], { [flag]: false })),
    ...query.accepts.map((one) => chosen(acceptsText(one, true), { accepts: without(query.accepts, one) })),
    ...(query.openBefore === null ? [] : [chosen(conditionText.openBefore(query.openBefore), { openBefore: null })]),
    ...(query.closeAfter === null ? [] : [chosen(conditionText.closeAfter(query.closeAfter), { closeAfter: null })]),
    ...(query.maxFee === null ? [] : [chosen(conditionText.maxFee(query.maxFee), { maxFee: null })]),
    ...(query.radius === null ? [] : [chosen(conditionText.radius(query.radius), { radius: null })]),
    ...(query.include.includes('ended') ? [chosen('含已停止的', { include: without(query.include, 'ended') })] : []),
  ];
};

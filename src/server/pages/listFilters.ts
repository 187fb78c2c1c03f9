import type { FacetCounts } from '#domain/directory/facetCounts.ts';
import { classBands, institutionKinds, ownerships, serviceModes } from '#domain/directory/model.ts';
import type { DirectoryQuery } from '#domain/directory/query.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import { addMonths, monthOf, type IsoDate } from '#domain/shared/dates.ts';
import { monthText } from '#text/dates.ts';
import { bandText, kindText, modeGloss, modeText, ownershipText } from '#text/directory.ts';
import { ageText } from '#text/institution.ts';
import { fieldText, listText } from '#text/list.ts';

type Option = { readonly value: string; readonly label: string };
type CountedOption = Option & { readonly count: number; readonly checked: boolean; readonly hint?: string | undefined };

/** One facet of the filters with what each option would leave. */
export type FacetView = { readonly name: string; readonly label: string; readonly type: 'checkbox' | 'radio'; readonly options: readonly CountedOption[] };

const facet = <Value extends string>(name: 'band' | 'mode' | 'kind' | 'ownership', values: readonly Value[], words: Readonly<Record<Value, string>>,
  counts: Readonly<Record<Value, number>>, chosen: readonly string[], hints?: Readonly<Record<Value, string>>): FacetView => ({
  name, label: fieldText[name], type: 'checkbox',
  options: values.map((value) => ({ value, label: words[value], count: counts[value], checked: chosen.includes(value), hint: hints?.[value] })),
});

const streetsOf = (place: Jurisdiction, query: DirectoryQuery, counts: FacetCounts['subdistrict']): FacetView => {
  const inCounty = place.subdistricts.filter(({ county }) => query.county === null || county === query.county);
  const options = inCounty.map(({ code, otherCodes, name, countyName }): CountedOption => ({
    value: code, label: place.counties.length > 0 && query.county === null ? `${name}（${countyName}）` : name, count: counts[code] ?? 0,
    checked: query.subdistrict.some((asked) => asked === code || otherCodes.some((other) => other === asked)),
  }));
  return { name: 'subdistrict', label: fieldText.subdistrict, type: 'checkbox', options: options.filter(({ count, checked }) => count > 0 || checked) };
};

const countiesOf = (place: Jurisdiction, query: DirectoryQuery, counts: FacetCounts['county']): readonly FacetView[] => {
  if (place.counties.length === 0) return [];
  const any: CountedOption = { value: '', label: listText.anyAge, count: Object.values(counts).reduce((sum, count) => sum + count, 0), checked: query.county === null };
  const options = place.counties.map(({ code, name }): CountedOption => ({ value: code, label: name, count: counts[code] ?? 0, checked: query.county === code }));
  return [{ name: 'county', label: fieldText.county, type: 'radio', options: [any, ...options.filter(({ count, checked }) => count > 0 || checked)] }];
};

const monthsAhead = 18;
const withChosen = (options: readonly Option[], chosen: string | null, label: (value: string) => string): readonly Option[] =>
  (chosen === null || options.some(({ value }) => value === chosen) ? options : [...options, { value: chosen, label: label(chosen) }]);

const ages: readonly Option[] = [-3, ...Array.from({ length: 48 }, (_, months) => months)].map((months) => ({ value: String(months), label: ageText(months) }));
const clocks = (times: readonly string[], chosen: string | null): readonly Option[] =>
  [{ value: '', label: listText.anyTime }, ...withChosen(times.map((time) => ({ value: time, label: time })), chosen, (time) => time)];

/** 更多筛选: every facet of the query, with counts. */
export const filtersOf = (place: Jurisdiction, query: DirectoryQuery, facets: FacetCounts, today: IsoDate) => {
  const starts = Array.from({ length: monthsAhead }, (_, ahead) => addMonths(monthOf(today), ahead + 1)).map((month) => ({ value: month, label: monthText(month) }));
  const months = query.months === null ? null : String(query.months);
  return {
    months: { value: months ?? '', options: [{ value: '', label: listText.anyAge }, ...withChosen(ages, months, () => ageText(query.months ?? 0))] },
    start: { value: query.start ?? '', options: [{ value: '', label: listText.now }, ...withChosen(starts, query.start, monthText)] },
    facets: [
      facet('mode', serviceModes, modeText, facets.mode, query.mode, modeGloss),
      ...countiesOf(place, query, facets.county),
      streetsOf(place, query, facets.subdistrict),
      facet('band', classBands, bandText, facets.band, query.band),
      facet('kind', institutionKinds, kindText, facets.kind, query.kind),
      facet('ownership', ownerships, ownershipText, facets.ownership, query.ownership),
    ].filter(({ options }) => options.length > 0),
    flags: (['free', 'affordable', 'weekend'] as const).map((name) => ({
      name, label: fieldText[name], count: facets[name], checked: query[name], hint: name === 'free' ? listText.freeHint : undefined,
    })),
    openBefore: { value: query.openBefore ?? '', options: clocks(['07:00', '07:30', '08:00', '08:30'], query.openBefore) },
    closeAfter: { value: query.closeAfter ?? '', options: clocks(['17:00', '17:30', '18:00', '18:30', '19:00'], query.closeAfter) },
    maxFee: query.maxFee === null ? '' : String(query.maxFee),
    ended: query.include.includes('ended'),
    /** Conditions without a field of their own, which applying the filters must not lose. */
    keep: [
      ['q', query.q], ['near', query.near ? `${String(query.near.lng)},${String(query.near.lat)}` : ''], ['crs', query.near?.crs === 'gcj02' ? 'gcj02' : ''],
      ['radius', query.radius === null ? '' : String(query.radius)], ['sort', query.sort === 'relevance' ? '' : query.sort], ['include', query.include.includes('planned') ? 'planned' : ''],
    ].filter(([, value]) => value !== ''),
  };
};

import { closeAfterSteps, feeSteps, openBeforeSteps, type AgeCounts, type FacetCounts, type FlagCondition } from '#domain/directory/facetCounts.ts';
import { acceptances, classBands, institutionKinds, ownerships, serviceModes } from '#domain/directory/model.ts';
import type { DirectoryQuery } from '#domain/directory/query.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import { addMonths, monthOf, type IsoDate, type YearMonth } from '#domain/shared/dates.ts';
import { monthText } from '#text/dates.ts';
import { acceptanceText, bandText, kindText, modeGloss, modeText, ownershipText } from '#text/directory.ts';
import { ageText } from '#text/institution.ts';
import { acceptsSaidText, conditionText, countedOption, fieldText, listText } from '#text/list.ts';

type Option = { readonly value: string; readonly label: string };
type CountedOption = Option & { readonly count: number; readonly checked: boolean; readonly hint?: string | undefined };

/** One facet of the filters with what each option would leave. */
export type FacetView = {
  readonly name: string; readonly label: string; readonly type: 'checkbox' | 'radio'; readonly options: readonly CountedOption[];
  readonly hint?: string; readonly folded?: boolean;
};

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

/** The ages offered: an expected child, then every month until four. */
export const offeredAges: readonly number[] = [-3, ...Array.from({ length: 48 }, (_, months) => months)];
/** The months in which a child could begin: the next eighteen. */
export const offeredStarts = (today: IsoDate): readonly YearMonth[] => Array.from({ length: monthsAhead }, (_, ahead) => addMonths(monthOf(today), ahead + 1));

const ageOptions = (query: DirectoryQuery, counts: AgeCounts): readonly Option[] => [
  { value: '', label: listText.anyAge },
  ...withChosen([...counts.months].map(([months, count]) => ({ value: String(months), label: countedOption(ageText(months), count) })), query.months === null ? null : String(query.months), () => ageText(query.months ?? 0)),
];
const startOptions = (query: DirectoryQuery, counts: AgeCounts, today: IsoDate): readonly Option[] => [
  { value: '', label: listText.now },
  ...withChosen(offeredStarts(today).map((month) => {
    const count = counts.start.get(month);
    return { value: month, label: count === undefined ? monthText(month) : countedOption(monthText(month), count) };
  }), query.start, monthText),
];

/** A limit's steps with what each would leave; a limit that is no step is kept as it is. */
const steps = <Step extends string | number>(offered: readonly Step[], counts: readonly number[], chosen: Step | null, any: string, label: (step: string) => string) => ({
  value: chosen === null ? '' : String(chosen),
  options: [{ value: '', label: any }, ...withChosen(offered.map((step, at) => ({ value: String(step), label: countedOption(label(String(step)), counts[at] ?? 0) })), chosen === null ? null : String(chosen), label)],
});

const acceptsOf = (query: DirectoryQuery, facets: FacetCounts): FacetView => ({
  name: 'accepts', label: fieldText.accepts, type: 'checkbox', hint: listText.acceptsHint,
  options: acceptances.map((one) => ({
    value: one, label: acceptanceText[one], count: facets.accepts[one], checked: query.accepts.includes(one), hint: acceptsSaidText(facets.acceptsSaid[one], facets.accepts[one]) || undefined,
  })),
});

/** 更多筛选: every facet of the query, each option with what it would leave, what families ask first first. */
export const filtersOf = (place: Jurisdiction, query: DirectoryQuery, facets: FacetCounts, ages: AgeCounts, today: IsoDate) => {
  const flags = (names: readonly FlagCondition[]) => names.map((name) => ({
    name, label: fieldText[name], count: facets[name], checked: query[name], hint: name === 'free' ? listText.freeHint : undefined,
  }));
  const shown = (views: readonly FacetView[]): readonly FacetView[] => views.filter(({ options }) => options.length > 0);
  return {
    months: { value: query.months === null ? '' : String(query.months), options: ageOptions(query, ages) },
    start: { value: query.start ?? '', options: startOptions(query, ages, today) },
    first: flags(['free', 'affordable']),
    facets: shown([
      facet('mode', serviceModes, modeText, facets.mode, query.mode, modeGloss),
      facet('ownership', ownerships, ownershipText, facets.ownership, query.ownership),
      ...countiesOf(place, query, facets.county),
      streetsOf(place, query, facets.subdistrict),
    ]),
    maxFee: steps(feeSteps, facets.maxFee, query.maxFee, listText.anyFee, (yuan) => conditionText.maxFee(Number(yuan))),
    openBefore: steps(openBeforeSteps, facets.openBefore, query.openBefore, listText.anyTime, (time) => `${time} 或更早`),
    closeAfter: steps(closeAfterSteps, facets.closeAfter, query.closeAfter, listText.anyTime, (time) => `${time} 或更晚`),
    times: flags(['weekend', 'holidays', 'extended']),
    care: flags(['meals']),
    accepts: acceptsOf(query, facets),
    last: shown([
      { ...facet('kind', institutionKinds, kindText, facets.kind, query.kind), folded: true },
      { ...facet('band', classBands, bandText, facets.band, query.band), folded: true },
    ]),
    ended: query.include.includes('ended'),
    /** Conditions without a field of their own, which applying the filters must not lose. */
    keep: [
      ['q', query.q], ['around', query.around ?? ''], ['near', query.near && query.around === null ? `${String(query.near.lng)},${String(query.near.lat)}` : ''], ['crs', query.near?.crs === 'gcj02' ? 'gcj02' : ''],
      ['radius', query.radius === null ? '' : String(query.radius)], ['sort', query.sort === 'relevance' ? '' : query.sort], ['include', query.include.includes('planned') ? 'planned' : ''],
    ].filter(([, value]) => value !== ''),
  };
};

import { anyInstitution, sorts } from '#domain/directory/query.ts';
import { countAges, type Surveyed } from '#domain/directory/facetCounts.ts';
import { withStart } from '#domain/directory/near.ts';
import { readPageQuery, writeQuery, type PageQuery } from '#domain/directory/readQuery.ts';
import { relaxations } from '#domain/directory/relax.ts';
import { searchDirectory, surveyDirectory } from '#domain/directory/searchDirectory.ts';
import type { DirectorySnapshot } from '#domain/directory/snapshot.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import { cardOf, plannedCardOf } from '#server/pages/cards.ts';
import { chipsOf, listHref } from '#server/pages/listChips.ts';
import { filtersOf, offeredAges, offeredStarts } from '#server/pages/listFilters.ts';
import { listNotesOf, type ListNote } from '#server/pages/listNotes.ts';
import { relaxationText, sortText } from '#text/directory.ts';
import { acceptsNote, countText, ignoredText, listTitle } from '#text/list.ts';

const isWhole = (query: PageQuery): boolean => writeQuery({ ...query, sort: 'relevance', page: 1 }).size === 0;

/** Most values named that are not of this place. */
const mostNotes = 3;

/** Streets and counties of another place are passed over and named: no institution here could meet them. */
const keepKnown = (place: Jurisdiction, snapshot: DirectorySnapshot, query: PageQuery): PageQuery => {
  const unknown = [
    ...query.subdistrict.filter((code) => !snapshot.streetCodes.has(code)).map((value) => ({ field: 'subdistrict', value })),
    ...(query.county === null || place.counties.some(({ code }) => code === query.county) ? [] : [{ field: 'county', value: query.county }]),
  ].map((one) => ({ ...one, code: 'unknown-value' as const }));
  return {
    ...query, notes: [...query.notes, ...unknown.slice(0, mostNotes)],
    subdistrict: query.subdistrict.filter((code) => snapshot.streetCodes.has(code)),
    county: unknown.some(({ field }) => field === 'county') ? null : query.county,
  };
};

/** How many of those found say yes to everything asked under 可接收; nothing where all do or none was found. */
const acceptsNotes = ({ entries }: DirectorySnapshot, query: PageQuery, { unmet }: Surveyed, total: number): readonly ListNote[] => {
  if (query.accepts.length === 0 || total === 0) return [];
  const said = entries.filter(({ institution }, at) => unmet[at] === 0 && query.accepts.every((one) => institution.accepts[one] === true)).length;
  return said === total ? [] : [{ text: acceptsNote(said, total) }];
};

/** 有空位告诉我: the demand form, told what was looked for. */
const demandHref = (slug: string, query: PageQuery): string => {
  const kept = writeQuery({ ...anyInstitution, subdistrict: query.subdistrict, months: query.months, mode: query.mode, start: query.start, maxFee: query.maxFee }).toString();
  return `/${slug}/demand/${kept === '' ? '' : `?${kept}`}`;
};

const pagesOf = (slug: string, query: PageQuery, total: number) => {
  const pages = Math.max(1, Math.ceil(total / query.size));
  const at = (page: number): string => listHref(slug, { ...query, page });
  return {
    page: query.page, pages,
    previous: query.page > 1 ? at(Math.min(query.page - 1, pages)) : null,
    next: query.page < pages ? at(query.page + 1) : null,
    isPastEnd: query.page > pages,
    first: at(1),
  };
};

/** 找托育: everything the list says for the query in the address. */
export const listView = (place: Jurisdiction, snapshot: DirectorySnapshot, parameters: URLSearchParams) => {
  const started = withStart(keepKnown(place, snapshot, readPageQuery(parameters)), snapshot);
  const { query } = started;
  const surveyed = surveyDirectory(snapshot, query);
  const result = searchDirectory(snapshot, query, surveyed);
  const ages = countAges(surveyed, query, snapshot, { months: offeredAges, starts: offeredStarts(snapshot.today) });
  const count = countText(result.total, isWhole(query));
  const { today } = snapshot;
  const chips = chipsOf(place, query);
  // In the order of the plan they come from.
  const planned = [...result.planned].sort((one, other) => (one.institution.planned?.seedLine ?? 0) - (other.institution.planned?.seedLine ?? 0));
  const [firstPlanned] = planned;
  return {
    title: listTitle(count),
    started,
    q: query.q,
    keepWithText: [...writeQuery({ ...query, q: '', page: 1 })],
    chips,
    clearAll: isWhole(query) ? null : listHref(place.slug, anyInstitution),
    filters: filtersOf(place, query, result.facets, ages, today),
    filtersOpen: parameters.get('filters') === 'open',
    count,
    conditions: chips.filter(({ selected }) => selected).map(({ label }) => label).join('、'),
    total: result.total,
    isEmptyDirectory: !snapshot.entries.some(({ group }) => group === 'listed'),
    sorts: sorts.filter((sort) => sort !== 'distance' || query.near !== null)
      .map((sort) => ({ label: sortText[sort], href: listHref(place.slug, { ...query, sort, page: 1 }), selected: sort === query.sort })),
    cards: result.items.map((found) => (found.group === 'planned'
      ? { kind: 'planned' as const, ...plannedCardOf(found, place.slug) } : { kind: 'listed' as const, ...cardOf(found, place, query, today) })),
    planned: firstPlanned?.institution.planned ? { year: firstPlanned.institution.planned.year, cards: planned.map((found) => plannedCardOf(found, place.slug)) } : null,
    notes: [...listNotesOf(result, place, query), ...acceptsNotes(snapshot, query, surveyed, result.total)],
    demand: demandHref(place.slug, query),
    ignored: query.notes.map(ignoredText),
    relaxations: result.total > 0 ? [] : relaxations(snapshot, query).map(({ kinds, query: wider, total }) => ({ label: kinds.map((kind) => relaxationText[kind]).join('，'), total, href: listHref(place.slug, wider) })),
    pages: pagesOf(place.slug, query, result.total),
  };
};

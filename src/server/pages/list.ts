import { anyInstitution, sorts } from '#domain/directory/query.ts';
import { readPageQuery, writeQuery, type PageQuery } from '#domain/directory/readQuery.ts';
import { relaxations } from '#domain/directory/relax.ts';
import { searchDirectory, type DirectoryResult } from '#domain/directory/searchDirectory.ts';
import type { DirectorySnapshot } from '#domain/directory/snapshot.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import { cardOf, plannedCardOf } from '#server/pages/cards.ts';
import { chipsOf, listHref } from '#server/pages/listChips.ts';
import { filtersOf } from '#server/pages/listFilters.ts';
import { relaxationText, searchNoteText, sortText, topicText } from '#text/directory.ts';
import { countText, ignoredText } from '#text/list.ts';

const isWhole = (query: PageQuery): boolean => writeQuery({ ...query, sort: 'relevance', page: 1 }).size === 0;

const topicsOf = ({ understood }: DirectoryResult): readonly string[] =>
  [...new Set(understood.flatMap(({ meaning }) => (meaning.kind === 'generic' && meaning.topic !== null ? [topicText[meaning.topic]] : [])))];

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
  const query = readPageQuery(parameters);
  const result = searchDirectory(snapshot, query);
  const { today } = snapshot;
  // In the order of the plan they come from.
  const planned = [...result.planned].sort((one, other) => (one.institution.planned?.seedLine ?? 0) - (other.institution.planned?.seedLine ?? 0));
  const [firstPlanned] = planned;
  return {
    q: query.q,
    keepWithText: [...writeQuery({ ...query, q: '', page: 1 })],
    chips: chipsOf(place, query),
    clearAll: isWhole(query) ? null : listHref(place.slug, anyInstitution),
    filters: filtersOf(place, query, result.facets, today),
    filtersOpen: parameters.get('filters') === 'open',
    count: countText(result.total, isWhole(query)),
    total: result.total,
    isEmptyDirectory: !snapshot.entries.some(({ group }) => group === 'listed'),
    sorts: sorts.filter((sort) => sort !== 'distance' || query.near !== null)
      .map((sort) => ({ label: sortText[sort], href: listHref(place.slug, { ...query, sort, page: 1 }), selected: sort === query.sort })),
    cards: result.items.map((found) => (found.group === 'planned'
      ? { kind: 'planned' as const, ...plannedCardOf(found, place.slug) } : { kind: 'listed' as const, ...cardOf(found, place, query, today) })),
    planned: firstPlanned?.institution.planned ? { year: firstPlanned.institution.planned.year, cards: planned.map((found) => plannedCardOf(found, place.slug)) } : null,
    notes: [...result.notes.map((note) => searchNoteText[note]), ...topicsOf(result)],
    ignored: query.notes.map(ignoredText),
    relaxations: result.total > 0 ? [] : relaxations(snapshot, query).map(({ kind, query: wider, total }) => ({ label: relaxationText[kind], total, href: listHref(place.slug, wider) })),
    pages: pagesOf(place.slug, query, result.total),
  };
};

import { cutAt, highlightsOf } from '#domain/directory/highlight.ts';
import type { DirectorySnapshot } from '#domain/directory/snapshot.ts';
import { findGuides, type GuideIndex } from '#domain/guidance/searchIndex.ts';
import { guideKinds, type FoundGuide, type GuideKind } from '#domain/guidance/searchModel.ts';
import { longestTyped } from '#domain/guidance/searchTyped.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import { listView } from '#server/pages/list.ts';
import { monthsText } from '#text/guidance.ts';
import { guideGroups, guideHref, guideSearchText, searchHref } from '#text/guideSearch.ts';

const mostInstitutions = 5;
const mostGuides: Readonly<Record<GuideKind, number>> = { article: 6, policy: 4, help: 3 };

/** What is typed, one line of bounded length; unknown parameters are passed over. */
export const readSearch = (parameters: URLSearchParams): { readonly typed: string; readonly only: GuideKind | null } => ({
  typed: Array.from((parameters.get('q') ?? '').slice(0, longestTyped * 2).replace(/\s+/g, ' ').trim()).slice(0, longestTyped).join('').toWellFormed(),
  only: guideKinds.find((kind) => kind === parameters.get('in')) ?? null,
});

const isForAll = ({ from, to }: { readonly from: number; readonly to: number }): boolean => from === 0 && to === 36;

const rowOf = (slug: string, index: GuideIndex, marks: string) => ({ guide, heading }: FoundGuide) => ({
  href: guideHref(slug, guide),
  title: cutAt(guide.title, highlightsOf(guide.title, marks, index.syllablesOf(guide.title))),
  summary: cutAt(guide.summary, highlightsOf(guide.summary, marks)),
  notes: [...(guide.months === null || isForAll(guide.months) ? [] : [monthsText(guide.months)]), ...(heading === null ? [] : [guideSearchText.section(heading)])].join(' · '),
});

const listHref = (slug: string, typed: string): string => `/${slug}/institutions/?${new URLSearchParams({ q: typed }).toString()}`;

/** 机构: the first few of the list that the same words find, and the way to all of them. */
const institutionsOf = (place: Jurisdiction, snapshot: DirectorySnapshot, typed: string) => {
  const view = listView(place, snapshot, new URLSearchParams({ q: typed }));
  const planned = (view.planned?.cards ?? []).map((card) => ({ kind: 'planned' as const, ...card }));
  const cards = [...view.cards, ...planned];
  return {
    cards: cards.slice(0, mostInstitutions), notes: view.notes, total: view.total + planned.length,
    more: cards.length > mostInstitutions || view.total > mostInstitutions ? listHref(place.slug, typed) : null,
  };
};

type Jump = { readonly href: string; readonly label: string };

/** 全站搜索: everything a page of results says. */
export const searchView = (place: Jurisdiction, snapshot: DirectorySnapshot, index: GuideIndex, parameters: URLSearchParams) => {
  const { typed, only } = readSearch(parameters);
  const listed = typed === '' || only !== null ? null : institutionsOf(place, snapshot, typed);
  const institutions = listed !== null && listed.total > 0 ? listed : null;
  const { found, terms } = findGuides(index, typed, { mayGuess: institutions === null, place: place.code }); // a name that is surely meant needs no guesses beside it
  const marks = terms.toSorted((one, other) => other.length - one.length).join(' ');
  const row = rowOf(place.slug, index, marks);
  const [first] = found;
  const urgent = first?.urgent && only === null ? first : undefined;
  const groups = guideKinds.filter((kind) => only === null || kind === only).flatMap((kind) => {
    const own = found.filter((one) => one.guide.kind === kind && one !== urgent);
    const shown = only === null ? own.slice(0, mostGuides[kind]) : own;
    const more = own.length > shown.length ? { href: searchHref(place.slug, typed, kind), label: guideSearchText.allPages(own.length + (urgent?.guide.kind === kind ? 1 : 0)) } : null;
    return own.length === 0 ? [] : [{ kind, title: guideGroups[kind], count: guideSearchText.count(own.length), rows: shown.map(row), more }];
  });
  // A word that asks to be explained (备案, 早教) is explained before institutions are listed, all of which it means.
  const explainsFirst = institutions !== null && institutions.notes.length > 0 && groups.length > 0;
  const toInstitutions: readonly Jump[] = institutions === null ? [] : [{ href: '#found-institutions', label: `${guideSearchText.institutions} ${guideSearchText.institutionCount(institutions.total)}` }];
  const toGroups: readonly Jump[] = groups.map(({ kind, title, count }) => ({ href: `#found-${kind}`, label: `${title} ${count}` }));
  return {
    typed, only, institutions, groups, explainsFirst,
    urgent: urgent ? { ...row(urgent), call: urgent.guide.call } : null,
    jumps: explainsFirst ? [...toGroups, ...toInstitutions] : [...toInstitutions, ...toGroups],
    // The list itself says how to widen a search that finds nothing.
    list: typed !== '' && only === null && institutions === null ? listHref(place.slug, typed) : null,
    isEmpty: typed !== '' && found.length === 0 && institutions === null,
  };
};
export type SearchView = ReturnType<typeof searchView>;

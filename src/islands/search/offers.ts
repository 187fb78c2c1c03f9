import type { BrowserSearch } from '#domain/directory/browserIndexSearch.ts';
import type { GuideOffers } from '#islands/search/loadGuides.ts';
import type { Highlight } from '#domain/directory/highlight.ts';
import { suggest, type InstitutionSuggestion, type PlaceSuggestion, type ServiceSuggestion } from '#domain/directory/suggest.ts';
import { placeNote, searchText, serviceNote, withRest } from '#text/search.ts';

/** One thing to choose: where it leads and what it says. */
export type Offer = { readonly href: string; readonly text: string; readonly highlights: readonly Highlight[]; readonly note: string | null; readonly noteHighlights: readonly Highlight[] };
export type OfferGroup = { readonly title: string; readonly offers: readonly Offer[] };

/** What the form holds beside the text, and where it leads. */
export type FormState = { readonly slug: string; readonly action: string; readonly kept: readonly (readonly [name: string, value: string])[] };

/** What a chosen place or word says of itself replaces what the page said of it before. */
const listHref = ({ action, kept }: FormState, q: string, replaced: readonly string[], added: readonly (readonly [string, string])[]): string => {
  const parameters = new URLSearchParams();
  if (q !== '') parameters.append('q', q);
  for (const [name, value] of [...kept.filter(([held]) => !replaced.includes(held)), ...added]) parameters.append(name, value);
  const written = parameters.toString();
  return written === '' ? action : `${action}?${written}`;
};

const shift = (highlights: readonly Highlight[], by: number): readonly Highlight[] => highlights.map(([from, to]) => [from + by, to + by] as const);
const restLength = (rest: string): number => withRest(rest, '').length;

const institutionOffer = ({ id, name, highlights, also }: InstitutionSuggestion, { slug }: FormState): Offer =>
  ({ href: `/${slug}/institutions/${id}/`, text: name, highlights, note: also?.text ?? null, noteHighlights: also?.highlights ?? [] });

const placeOffer = ({ name, level, code, highlights, also, total, rest }: PlaceSuggestion, form: FormState): Offer => {
  const href = code === null ? listHref(form, `${rest} ${name}`.trim(), [], []) : listHref(form, rest, ['subdistrict', 'county'], [[level === 'county' ? 'county' : 'subdistrict', code]]);
  return { href, text: withRest(rest, name), highlights: shift(highlights, restLength(rest)), note: placeNote(level, total, also), noteHighlights: [] };
};

/** `mode:fullDay` and `affordable` as the list's address says them. */
const parameterOf = (term: string): readonly [string, string] => {
  const [name = '', value] = term.split(':');
  return [name, value ?? '1'];
};

const serviceOffer = ({ word, highlights, heard, meaning, total, rest }: ServiceSuggestion, form: FormState): Offer => {
  const terms = meaning.kind === 'terms' ? meaning.terms.map(parameterOf) : [];
  // Two kinds of facet narrow each other down, while the word means either: then the word itself is searched.
  const isOneFacet = new Set(terms.map(([name]) => name)).size === 1;
  const href = isOneFacet ? listHref(form, rest, terms.map(([name]) => name), terms) : listHref(form, `${rest} ${word}`.trim(), [], []);
  return { href, text: withRest(rest, word), highlights: shift(highlights, restLength(rest)), note: serviceNote(word, heard, total), noteHighlights: [] };
};

/** What to offer for what is typed, by groups; the nearest names where there is nothing else. */
export const offersFor = ({ suggestions, nearest }: BrowserSearch, typed: string, form: FormState): readonly OfferGroup[] => {
  const { institutions, places, services } = suggest(suggestions, typed);
  const groups = [
    { title: searchText.institutions, offers: institutions.map((one) => institutionOffer(one, form)) },
    { title: searchText.places, offers: places.map((one) => placeOffer(one, form)) },
    { title: searchText.services, offers: services.map((one) => serviceOffer(one, form)) },
  ].filter(({ offers }) => offers.length > 0);
  if (groups.length > 0) return groups;
  const near = nearest(typed).map(({ id, name }): Offer => ({ href: `/${form.slug}/institutions/${id}/`, text: name, highlights: [], note: null, noteHighlights: [] }));
  return near.length === 0 ? [] : [{ title: searchText.nearest, offers: near }];
};

/** Institutions and pages to read in one list: what to do at once stands first. */
export const withGuides = (own: readonly OfferGroup[], { urgent, groups }: GuideOffers): readonly OfferGroup[] => (urgent ? [...groups, ...own] : [...own, ...groups]);

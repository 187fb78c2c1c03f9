import type { PolicySlug } from '#domain/guidance/policy.ts';
import type { GuidanceEntry } from '#server/pages/guidance.ts';

type Link = { readonly href: string; readonly label: string };

/** Articles that say in a parent's words what a policy page says in the state's. */
export const articlesByPolicy: Readonly<Record<PolicySlug, readonly string[]>> = {
  leave: ['back-to-work-and-nursing', 'carer-mood'],
  money: ['reading-fees-and-contract'],
  affordable: ['reading-fees-and-contract', 'choosing-an-institution'],
  materials: ['materials-for-entry', 'starting-care'],
  filing: ['reading-a-filing', 'early-education-is-not-care'],
  'running-care': ['reading-a-filing'],
  'care-or-kindergarten': ['care-or-kindergarten', 'starting-care'],
  plan: ['choosing-an-institution', 'migrant-families'],
};

const policySlugsIn: readonly PolicySlug[] = ['leave', 'money', 'affordable', 'materials', 'filing', 'running-care', 'care-or-kindergarten', 'plan'];

/** Links from a policy page into the library; slugs without an article are left out. */
export const articleLinksOf = (slug: PolicySlug, placeSlug: string, entries: readonly GuidanceEntry[]): readonly Link[] =>
  articlesByPolicy[slug].flatMap((wanted) => entries.filter(({ id }) => id === wanted).map(({ id, data }) => ({ href: `/${placeSlug}/guidance/${id}/`, label: data.title })));

/** Links from an article to the policy pages that name it; `titleOf` is how a policy page is called. */
export const policyLinksOf = (article: string, placeSlug: string, titleOf: (slug: PolicySlug) => string): readonly Link[] =>
  policySlugsIn.filter((slug) => articlesByPolicy[slug].includes(article)).map((slug) => ({ href: `/${placeSlug}/policy/${slug}/`, label: titleOf(slug) }));

const mostForMonth = 6;

/** Articles for one whole month of age, those written most closely for it first; an article for all ages stands in the library, not here. */
export const articlesForMonth = (months: number, placeSlug: string, entries: readonly GuidanceEntry[]): readonly Link[] =>
  entries.filter(({ data }) => data.months.from <= months && data.months.to >= months && data.months.to - data.months.from < 30)
    .toSorted((one, other) => (one.data.months.to - one.data.months.from) - (other.data.months.to - other.data.months.from) || (one.id < other.id ? -1 : 1))
    .slice(0, mostForMonth).map(({ id, data }) => ({ href: `/${placeSlug}/guidance/${id}/`, label: data.title }));

/** Pages of a place that stand beside what there is to read. */
export type PlacePage = 'health-points' | 'activities';

/** A link to one of them. */
export const placePageLink = (page: PlacePage, placeSlug: string, label: string): Link => ({ href: `/${placeSlug}/${page}/`, label });

import { articleTopics, healthTopics, type ArticleHead } from '#domain/guidance/article.ts';
import type { PolicySlug } from '#domain/guidance/policy.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import { placePageLink, policyLinksOf } from '#server/pages/crossLinks.ts';
import { policyFiles } from '#server/pages/policy.ts';
import { fullDayText } from '#text/dates.ts';
import { healthPointsText } from '#text/healthPoints.ts';
import { guidanceAges, guidanceText, monthsText, sourceConfidenceText, topicText } from '#text/guidance.ts';
import { siteNameOf, siteText } from '#text/site.ts';

/** What the content collection hands over; `id` is the file's name without its folder. */
export type GuidanceEntry = { readonly id: string; readonly data: ArticleHead; readonly body?: string | undefined };

/** Places from files: prerendered pages have no app to ask. */
export const guidancePlaces = (): readonly Jurisdiction[] => policyFiles().places;

/** What the layout of a guidance page is given; `step` names the article. */
export const guidanceLayout = (place: Jurisdiction, path: string, mode: 'default' | 'elder', step?: string) => ({
  place, host: place.host, mode, path,
  statusNote: place.document.status === 'inForce' ? null : place.document.statusNote,
  breadcrumb: [{ name: siteText.home, href: `/${place.slug}/` }, ...(step === undefined ? [{ name: guidanceText.index }] : [{ name: guidanceText.index, href: `/${place.slug}/guidance/` }, { name: step }])],
});

const agesOf = ({ from, to }: ArticleHead['months']): readonly string[] => guidanceAges.filter((age) => age.from <= to && age.to >= from).map(({ key }) => key);

/** Topics in the order parents meet them, each with its articles by month; topics without an article are left out. */
export const libraryView = (place: Pick<Jurisdiction, 'slug'>, entries: readonly GuidanceEntry[]) => articleTopics.flatMap((topic) => {
  const articles = entries.filter(({ data }) => data.topic === topic)
    .toSorted((one, other) => one.data.months.from - other.data.months.from || one.data.months.to - other.data.months.to || (one.id < other.id ? -1 : 1))
    .map(({ id, data }) => ({ href: `/${place.slug}/guidance/${id}/`, title: data.title, summary: data.summary, months: monthsText(data.months), ages: agesOf(data.months) }));
  return articles.length === 0 ? [] : [{ key: topic, title: topicText[topic], articles, ages: guidanceAges.map(({ key }) => key).filter((key) => articles.some(({ ages }) => ages.includes(key))) }];
});

/** Where an article leads: institutions that take its middle month, or all of them when it speaks of more than a year and a half. */
const institutionsLink = (slug: string, { from, to }: ArticleHead['months']): { readonly href: string; readonly label: string } => {
  const list = `/${slug}/institutions/`;
  const middle = Math.floor((from + to) / 2);
  return to - from > 18 || middle < 1 ? { href: list, label: guidanceText.institutions } : { href: `${list}?months=${String(middle)}`, label: guidanceText.institutionsFor(middle) };
};

/** A text to pass on by hand: what it is about, what must not wait, where the rest stands. No address: a page made once for all does not know its site's. */
const shareOf = (place: Pick<Jurisdiction, 'shortName'>, { title, summary, topic, emergency }: ArticleHead): string => [
  `《${title}》`, summary, ...(emergency ? [guidanceText.shareCall(emergency.call), ...emergency.signs.map((sign) => `· ${sign}`)] : []),
  ...(healthTopics.includes(topic) ? [guidanceText.shareDoctor] : []), guidanceText.shareFrom(siteNameOf(place)),
].join('\n');

/** Lines that are for those who look after the child, or for what no institution answers. */
const callsOf = (topic: ArticleHead['topic']) =>
  topic === 'carer' || topic === 'mind' || topic === 'social' || topic === 'sleep' ? [guidanceText.askMind] : topic === 'starting' || topic === 'choosing' || topic === 'work' ? [guidanceText.askGovernment] : [];

/** One article as its page shows it; related slugs without an article are left out. `policy` are the policy pages by slug. */
export const articleView = (place: Pick<Jurisdiction, 'slug' | 'host' | 'shortName'>, entry: GuidanceEntry, entries: readonly GuidanceEntry[], policy: readonly { readonly id: string; readonly data: { readonly title: string } }[] = []) => {
  const { title, summary, topic, months, sources, editorCheckedOn, nextCheckOn, expertReview, emergency, related } = entry.data;
  const health = healthTopics.includes(topic);
  return {
    title, summary, emergency,
    topic: topicText[topic], months: monthsText(months),
    hasWhenToSee: /^## 何时就医\s*$/m.test(entry.body ?? ''),
    review: expertReview ? guidanceText.reviewed(expertReview.unit, expertReview.role, fullDayText(expertReview.date)) : health ? guidanceText.notReviewed : null,
    sources: sources.map((source) => ({
      title: source.number === null ? source.title : `${source.title}（${source.number}）`,
      line: [source.issuer, ...(source.year === null ? [] : [`${String(source.year)}年`]), ...(source.part === null ? [] : [source.part]), sourceConfidenceText[source.confidence]].join(' · '),
      toVerify: source.confidence === 'C',
    })),
    checked: guidanceText.checked(fullDayText(editorCheckedOn), fullDayText(nextCheckOn)),
    ask: health ? guidanceText.askHealth : guidanceText.askCare,
    calls: callsOf(topic), phone: health ? null : place.host.phone ?? siteText.awaitingOrganiser,
    related: related.flatMap((slug) => entries.filter(({ id }) => id === slug).map(({ data }) => ({ href: `/${place.slug}/guidance/${slug}/`, label: data.title }))),
    policy: policyLinksOf(entry.id, place.slug, (slug: PolicySlug) => policy.find(({ id }) => id === slug)?.data.title ?? slug),
    helpful: { action: `/${place.slug}/guidance/helpful/`, article: entry.id },
    share: shareOf(place, entry.data),
    nearby: [institutionsLink(place.slug, months), placePageLink('activities', place.slug, guidanceText.classes), ...(['vaccination', 'checkups', 'starting'].includes(topic) ? [placePageLink('health-points', place.slug, healthPointsText.link)] : []), ...(topic === 'growth' ? [{ href: `/${place.slug}/growth/`, label: guidanceText.growth }] : []), { href: `/${place.slug}/this-month/`, label: guidanceText.thisMonth }],
  };
};
export type ArticleView = ReturnType<typeof articleView>;

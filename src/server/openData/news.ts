import type { ArticleHead } from '#domain/guidance/article.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import type { Publication } from '#domain/openData/model.ts';
import { addDays, instantAt, type Instant, type IsoDate } from '#domain/shared/dates.ts';
import type { App } from '#server/app.ts';
import { bannerKindText } from '#text/banners.ts';
import { openDataText as words } from '#text/openData.ts';

/** One entry of a place's feeds that is no activity. */
export type NewsItem = { readonly id: string; readonly title: string; readonly at: Instant; readonly href: string; readonly words: string; readonly author: string };

const daysTold = 90;
const mostTold = 100;

const ofPublication = (base: string, author: string) => ({ id, name, listedAt, changedAt, withdrawnAt }: Publication): NewsItem => {
  const [title, said] = withdrawnAt !== null ? [words.feedWithdrawn(name), words.feedWithdrawnWords] : [changedAt === listedAt ? words.feedNew(name) : words.feedChanged(name), words.feedWords];
  return { id: `urn:uuid:${id}#${String(changedAt)}`, title, at: changedAt, href: `${base}institutions/${id}/`, words: said, author };
};

/** 动态 of a place: 公告 that stand, institutions that came, changed or left, and articles, of the last ninety days; newest first. */
export async function newsOf(app: Pick<App, 'openData' | 'today' | 'banners'>, place: Jurisdiction, origin: string, articles: readonly { readonly id: string; readonly data: ArticleHead }[]): Promise<readonly NewsItem[]> {
  const [base, author] = [`${origin}/${place.slug}/`, place.host.organiser ?? place.name];
  const earliest = instantAt(addDays(app.today(), -daysTold), '00:00');
  const ofArticle = ({ id, data }: { readonly id: string; readonly data: { readonly title: string; readonly summary: string; readonly editorCheckedOn: IsoDate } }): NewsItem =>
    ({ id: `${base}guidance/${id}/`, title: data.title, at: instantAt(data.editorCheckedOn, '00:00'), href: `${base}guidance/${id}/`, words: data.summary, author });
  const publications = (await app.openData.publications(place)).map(ofPublication(base, author));
  const banners = app.banners.standing(place).map(({ id, version, kind, words: said, link, from }): NewsItem => ({ id: `urn:uuid:${id}#${String(version)}`, title: `${bannerKindText[kind]}：${said}`, at: from, href: link === null ? base : new URL(link, base).href, words: said, author }));
  return [...banners, ...publications, ...articles.map(ofArticle)].filter(({ at }) => at >= earliest).toSorted((one, other) => other.at - one.at).slice(0, mostTold);
}

import { helpfulReasons, helpfulVote } from '#domain/guidance/helpful.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import type { App } from '#server/app.ts';
import type { Typed } from '#server/forms.ts';
import { helpfulText } from '#text/helpful.ts';

type Known = { readonly id: string; readonly data: { readonly title: string } };

/** What follows an answer: back to the article, the question why, or a page that says why nothing was counted. */
export type HelpfulStep =
  | { readonly kind: 'back'; readonly location: string }
  | { readonly kind: 'why'; readonly status: 200; readonly article: string; readonly title: string }
  | { readonly kind: 'too-many'; readonly status: 429; readonly article: string }
  | { readonly kind: 'unread'; readonly status: 400 };

/** Why an article did not help, as buttons. */
export const helpfulChoices = helpfulReasons.map((value) => ({ value, label: helpfulText.reasons[value] }));

/** 有没有帮助: counts one answer about a known article. An opened address without an answer asks why, and counts nothing. */
export async function helpfulStep(app: Pick<App, 'helpful'>, place: Jurisdiction, typed: Typed | undefined, asked: string, articles: readonly Known[], from: string): Promise<HelpfulStep> {
  const vote = helpfulVote.safeParse(typed && { article: typed['article'], answer: typed['answer'] });
  const article = articles.find(({ id }) => id === (vote.success ? vote.data.article : asked));
  if (!article || (typed && !vote.success)) return { kind: 'unread', status: 400 };
  if (!vote.success) return { kind: 'why', status: 200, article: article.id, title: article.data.title };
  if (await app.helpful.take(place, vote.data, from) === 'too-many') return { kind: 'too-many', status: 429, article: article.id };
  const base = `/${place.slug}/guidance/`;
  return { kind: 'back', location: vote.data.answer === 'no' ? `${base}helpful/?article=${article.id}` : `${base}${article.id}/#thanks` };
}

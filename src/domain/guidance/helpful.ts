import { z } from 'zod';

/** 有没有帮助: what a parent may answer at the end of an article. */
export const helpfulAnswers = ['yes', 'no'] as const;
/** Why it did not help, if the parent wants to say: 看不懂, 没有我要的, 内容可能有误. */
export const helpfulReasons = ['unclear', 'missing', 'wrong'] as const;
/** What is counted; a reason comes after its `no` and is counted beside it. */
export const helpfulTallies = [...helpfulAnswers, ...helpfulReasons] as const;
export type HelpfulTally = (typeof helpfulTallies)[number];

/** One answer as a form sends it: an article and one word, never a text of the parent's own. */
export const helpfulVote = z.strictObject({
  article: z.string().regex(/^[a-z0-9-]{1,60}$/),
  answer: z.enum(helpfulTallies),
});
export type HelpfulVote = z.infer<typeof helpfulVote>;

/** How often an article got each answer. */
export type HelpfulTotals = { readonly article: string } & Readonly<Record<HelpfulTally, number>>;

type Counted = { readonly article: string; readonly tally: HelpfulTally; readonly count: number };

/** Counts gathered by article; those that most often did not help come first. */
export const totalHelpful = (counts: readonly Counted[]): readonly HelpfulTotals[] => {
  const articles = [...new Set(counts.map(({ article }) => article))];
  const of = (asked: string, tally: HelpfulTally): number => counts.filter((one) => one.article === asked && one.tally === tally).reduce((sum, { count }) => sum + count, 0);
  return articles
    .map((article) => ({ article, yes: of(article, 'yes'), no: of(article, 'no'), unclear: of(article, 'unclear'), missing: of(article, 'missing'), wrong: of(article, 'wrong') }))
    .toSorted((one, other) => other.no - one.no || (one.article < other.article ? -1 : 1));
};

import type { HelpfulTally } from '#domain/guidance/helpful.ts';

/** Where 有没有帮助 is counted: a place, an article, a month, an answer and how often. Nothing else is kept. */
export type HelpfulStore = {
  /** Counts one more; `month` is YYYY-MM in Asia/Shanghai. */
  readonly add: (jurisdiction: string, article: string, month: string, tally: HelpfulTally) => Promise<void>;
  /** The counts of one place from `from` to `until`, both months (YYYY-MM) included. */
  readonly counts: (jurisdiction: string, from: string, until: string) => Promise<readonly { readonly article: string; readonly month: string; readonly tally: HelpfulTally; readonly count: number }[]>;
};

import { createHmac, randomBytes } from 'node:crypto';
import { totalHelpful, type HelpfulTotals, type HelpfulVote } from '#domain/guidance/helpful.ts';
import type { HelpfulStore } from '#domain/guidance/ports.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import type { IsoDate } from '#domain/shared/dates.ts';
import type { Limits } from '#server/limits.ts';

/** 有没有帮助: counting answers, and the counts for the office. */
export type Helpful = {
  /** Counts one answer; 'too-many' when this address answered too often today, and nothing is counted. */
  readonly take: (place: Pick<Jurisdiction, 'code'>, vote: HelpfulVote, from: string) => Promise<'counted' | 'too-many'>;
  /** Totals of one place by article, those that most often did not help first; months are YYYY-MM, both included. */
  readonly totals: (place: Pick<Jurisdiction, 'code'>, from: string, until: string) => Promise<readonly HelpfulTotals[]>;
};

/** Names an address for one day by a key that is never written down and is thrown away when the day ends: afterwards nobody can tell who it was. */
export const makeDayNames = (today: () => IsoDate): ((text: string) => string) => {
  let kept: { readonly day: IsoDate; readonly key: Buffer } | undefined;
  return (text) => {
    const day = today();
    if (kept?.day !== day) kept = { day, key: randomBytes(32) };
    return createHmac('sha256', kept.key).update(text).digest('base64url').slice(0, 22);
  };
};

/** Counts by place, article and month (Asia/Shanghai); keeps no answer, no address and no time of day. */
export const makeHelpful = (store: HelpfulStore, limits: Limits, today: () => IsoDate): Helpful => {
  const nameOf = makeDayNames(today);
  return {
    take: async (place, { article, answer }, from) => {
      const perArticle = await limits.take('helpfulArticle', nameOf(`${place.code} ${article} ${from}`));
      if (perArticle > 0 || await limits.take('helpful', nameOf(from)) > 0) return 'too-many';
      await store.add(place.code, article, today().slice(0, 7), answer);
      return 'counted';
    },
    totals: async (place, from, until) => totalHelpful(await store.counts(place.code, from, until)),
  };
};

import { z } from 'zod';
import type { HelpfulStore } from '#domain/guidance/ports.ts';
import type { ReadDb, Storage } from '#storage/schema.ts';

const tally = z.enum(['yes', 'no', 'unclear', 'missing', 'wrong']);

/** The counts of one place between two months, by month and article. */
export const findHelpful = (db: ReadDb, jurisdiction: string, from: string, until: string) =>
  db.selectFrom('helpful_count').select(['article', 'month', 'tally', 'times'])
    .where('jurisdiction_code', '=', jurisdiction).where('month', '>=', from).where('month', '<=', until)
    .orderBy('month').orderBy('article').orderBy('tally');

/** 有没有帮助 in the database; one answer is one statement and leaves nothing but a number. */
export const helpfulStore = (storage: Storage): HelpfulStore => ({
  add: async (jurisdiction, article, month, answer) => {
    await storage.write(async (tx) => {
      await tx.insertInto('helpful_count').values({ jurisdiction_code: jurisdiction, article, month, tally: answer, times: 1 })
        .onConflict((conflict) => conflict.columns(['jurisdiction_code', 'month', 'article', 'tally']).doUpdateSet((eb) => ({ times: eb('helpful_count.times', '+', 1) }))).execute();
    });
  },
  counts: async (jurisdiction, from, until) => {
    const rows = await findHelpful(storage.read, jurisdiction, from, until).execute();
    return rows.map((row) => ({ article: row.article, month: row.month, tally: tally.parse(row.tally), count: Number(row.times) }));
  },
});

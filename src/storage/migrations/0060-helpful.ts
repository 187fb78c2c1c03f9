import type { Migration } from '#storage/migrate.ts';

const tallies = ['yes', 'no', 'unclear', 'missing', 'wrong'];

/** 有没有帮助: counts by article, month and answer. There is no row for a single answer, so nothing to trace one by. */
export const helpful: Migration = {
  version: 60,
  statements: ({ int, strict }) => [
    `CREATE TABLE helpful_count (
      jurisdiction_code text NOT NULL, article text NOT NULL CHECK (length(article) BETWEEN 1 AND 60), month text NOT NULL CHECK (length(month) = 7),
      tally text NOT NULL CHECK (tally IN (${tallies.map((tally) => `'${tally}'`).join(', ')})), times ${int} NOT NULL CHECK (times >= 1),
      PRIMARY KEY (jurisdiction_code, month, article, tally))${strict}`,
  ],
};

import type { Migration } from '#storage/migrate.ts';

const kinds = `('assessment', 'decision', 'duty', 'staffCheck')`;

/** 监督: annual duties as reported, staff checks as counts, and what was amended. An assessment or decision of version 0 is as a shipped sample has it. */
export const supervisionTables: Migration = {
  version: 170,
  statements: ({ int, strict }) => [
    `ALTER TABLE assessment ADD COLUMN year ${int}`,
    `ALTER TABLE assessment ADD COLUMN version ${int} NOT NULL DEFAULT 0`,
    `ALTER TABLE decision ADD COLUMN withdrawn_kind text CHECK (withdrawn_kind IN ('revoked', 'changed', 'unlawful'))`,
    `ALTER TABLE decision ADD COLUMN version ${int} NOT NULL DEFAULT 0`,
    `CREATE TABLE duty_record (
      id text PRIMARY KEY, jurisdiction_code text NOT NULL, institution_id text NOT NULL REFERENCES institution (id), duty text NOT NULL, year ${int} NOT NULL CHECK (year BETWEEN 2000 AND 2100),
      state text NOT NULL CHECK (state IN ('done', 'notDone')), done_on text, note text, said_by text NOT NULL CHECK (said_by IN ('institution', 'authority')), account_id text NOT NULL, version ${int} NOT NULL CHECK (version >= 1), at ${int} NOT NULL,
      CHECK ((state = 'done') = (done_on IS NOT NULL)))${strict}`,
    `CREATE UNIQUE INDEX duty_record_of_year ON duty_record (institution_id, duty, year)`,
    `CREATE INDEX duty_record_of_place ON duty_record (jurisdiction_code)`,
    `CREATE TABLE staff_check (
      id text PRIMARY KEY, jurisdiction_code text NOT NULL, institution_id text NOT NULL REFERENCES institution (id), kind text NOT NULL, done ${int} NOT NULL CHECK (done >= 0), not_done ${int} NOT NULL CHECK (not_done >= 0),
      checked_by text NOT NULL CHECK (checked_by IN ('institution', 'authority', 'police', 'clinic')), checked_on text NOT NULL, next_due text NOT NULL, said_by text NOT NULL CHECK (said_by IN ('institution', 'authority')),
      account_id text NOT NULL, version ${int} NOT NULL CHECK (version >= 1), at ${int} NOT NULL, CHECK (done + not_done > 0))${strict}`,
    `CREATE UNIQUE INDEX staff_check_of_day ON staff_check (institution_id, kind, checked_on)`,
    `CREATE INDEX staff_check_of_place ON staff_check (jurisdiction_code)`,
    `CREATE TABLE supervision_amendment (
      id text PRIMARY KEY, jurisdiction_code text NOT NULL, institution_id text NOT NULL REFERENCES institution (id), kind text NOT NULL CHECK (kind IN ${kinds}), entry_id text NOT NULL,
      act text NOT NULL CHECK (act IN ('corrected', 'takenOut', 'withdrawn', 'replied', 'replyTakenDown')), at ${int} NOT NULL, said_by text NOT NULL CHECK (said_by IN ('institution', 'authority')), account_id text NOT NULL, reason text, before text NOT NULL)${strict}`,
    `CREATE INDEX supervision_amendment_by_institution ON supervision_amendment (institution_id, at)`,
  ],
};

import type { Migration } from '#storage/migrate.ts';

const oneOf = (column: string, values: readonly string[]): string => `CHECK (${column} IN (${values.map((value) => `'${value}'`).join(', ')}))`;

/** 展示内容的草稿 and what became of it, 拟调整的收费, 停班, and what was noted on a report that something is wrong. */
export const listingDraftTables: Migration = {
  version: 150,
  statements: ({ int, strict }) => [
    `CREATE TABLE listing_draft (
      id text PRIMARY KEY, jurisdiction_code text NOT NULL, institution_id text NOT NULL REFERENCES institution (id),
      state text NOT NULL ${oneOf('state', ['draft', 'awaitingReview', 'returned', 'published', 'dropped'])}, version ${int} NOT NULL CHECK (version >= 1),
      base text NOT NULL, base_version ${int} NOT NULL CHECK (base_version >= 0), proposal text NOT NULL, said_by text NOT NULL ${oneOf('said_by', ['institution', 'street', 'authority'])},
      made_by text NOT NULL, changed_at ${int} NOT NULL, submitted_by text, submitted_at ${int}, decided_by text, decided_at ${int},
      reason text ${oneOf('reason', ['incomplete', 'notVerified', 'inconsistent', 'wording', 'photo', 'fees', 'other'])}, reason_words text, approved text,
      CHECK ((submitted_by IS NULL) = (submitted_at IS NULL)), CHECK ((decided_by IS NULL) = (decided_at IS NULL)), CHECK (decided_by IS NULL OR decided_by <> submitted_by))${strict}`,
    `CREATE UNIQUE INDEX listing_draft_open ON listing_draft (institution_id) WHERE state IN ('draft', 'awaitingReview', 'returned')`,
    `CREATE INDEX listing_draft_waiting ON listing_draft (jurisdiction_code, submitted_at) WHERE state = 'awaitingReview'`,
    `CREATE INDEX listing_draft_of_institution ON listing_draft (institution_id, changed_at)`,
    `ALTER TABLE institution ADD COLUMN next_fees text`,
    `ALTER TABLE institution ADD COLUMN pauses text`,
    `CREATE INDEX institution_next_fees ON institution (jurisdiction_code) WHERE next_fees IS NOT NULL`,
    `ALTER TABLE correction_report ADD COLUMN note text`,
    `ALTER TABLE correction_report ADD COLUMN handled_at ${int}`,
    `CREATE INDEX correction_report_open ON correction_report (jurisdiction_code, created_at) WHERE state IN ('received', 'checked')`,
  ],
};

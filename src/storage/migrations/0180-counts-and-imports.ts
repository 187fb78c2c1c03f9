import type { Migration } from '#storage/migrate.ts';

/** 月报在托人数, one per institution and month; and lists that were uploaded and wait for the word that lets them in. */
export const countAndImportTables: Migration = {
  version: 180,
  statements: ({ int, strict }) => [
    `CREATE TABLE monthly_count (
      id text PRIMARY KEY, jurisdiction_code text NOT NULL, institution_id text NOT NULL REFERENCES institution (id), month text NOT NULL, said text NOT NULL,
      said_by text NOT NULL CHECK (said_by IN ('institution', 'street')), account_id text NOT NULL, version ${int} NOT NULL CHECK (version >= 1), reported_at ${int} NOT NULL,
      UNIQUE (institution_id, month))${strict}`,
    `CREATE INDEX monthly_count_of_place ON monthly_count (jurisdiction_code, month)`,
    `CREATE TABLE import_draft (
      id text PRIMARY KEY, jurisdiction_code text NOT NULL, file_name text NOT NULL, file_hash text NOT NULL, content text, accept_missing ${int},
      added ${int} NOT NULL, changed ${int} NOT NULL, missing ${int} NOT NULL, returned ${int} NOT NULL, prepared_by text NOT NULL, prepared_at ${int} NOT NULL,
      settled text CHECK (settled IN ('committed', 'discarded', 'expired')), settled_by text, settled_at ${int},
      CHECK ((settled IS NULL) = (content IS NOT NULL)), CHECK ((settled IS NULL) = (settled_at IS NULL)))${strict}`,
    `CREATE INDEX import_draft_open ON import_draft (jurisdiction_code, prepared_at) WHERE settled IS NULL`,
  ],
};

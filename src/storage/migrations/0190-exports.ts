import type { Migration } from '#storage/migrate.ts';

/** 批量导出, approved by a second account; known devices of accounts, and what they are warned of. */
export const exportTables: Migration = {
  version: 190,
  statements: ({ int, strict }) => [
    `CREATE TABLE export_request (
      id text PRIMARY KEY, jurisdiction_code text NOT NULL, kind text NOT NULL, from_day text NOT NULL, until_day text NOT NULL, reason text NOT NULL,
      state text NOT NULL CHECK (state IN ('asked', 'approved', 'refused', 'withdrawn')), asked_by text NOT NULL REFERENCES account (id), asked_at ${int} NOT NULL,
      decided_by text REFERENCES account (id), decided_at ${int}, answer text, downloads ${int} NOT NULL CHECK (downloads BETWEEN 0 AND 3), version ${int} NOT NULL CHECK (version >= 1),
      CHECK (from_day <= until_day), CHECK (decided_by IS NULL OR decided_by <> asked_by), CHECK ((state IN ('approved', 'refused')) = (decided_by IS NOT NULL)), CHECK (downloads = 0 OR state = 'approved'))${strict}`,
    `CREATE INDEX export_request_of_place ON export_request (jurisdiction_code, asked_at)`,
    `CREATE TABLE known_device (account_id text NOT NULL REFERENCES account (id), token_hash text NOT NULL, first_at ${int} NOT NULL, seen_at ${int} NOT NULL, PRIMARY KEY (account_id, token_hash))${strict}`,
    `CREATE TABLE sign_in_failures (account_id text PRIMARY KEY REFERENCES account (id), times ${int} NOT NULL CHECK (times >= 1), last_at ${int} NOT NULL)${strict}`,
    `CREATE TABLE sign_in_notice (
      id text PRIMARY KEY, account_id text NOT NULL REFERENCES account (id), jurisdiction_code text NOT NULL, kind text NOT NULL CHECK (kind IN ('newDevice', 'failures')), at ${int} NOT NULL, device text NOT NULL,
      times ${int} NOT NULL CHECK (times >= 0), answer text CHECK (answer IN ('mine', 'notMine')), answered_at ${int}, CHECK ((answer IS NULL) = (answered_at IS NULL)))${strict}`,
    `CREATE INDEX sign_in_notice_of_account ON sign_in_notice (account_id, at)`,
    `CREATE INDEX sign_in_notice_of_place ON sign_in_notice (jurisdiction_code, at)`,
    `ALTER TABLE session ADD COLUMN warned ${int} NOT NULL DEFAULT 0`,
  ],
};

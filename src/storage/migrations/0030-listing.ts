import type { Migration } from '#storage/migrate.ts';

const oneOf = (column: string, values: readonly string[]): string => `CHECK (${column} IN (${values.map((value) => `'${value}'`).join(', ')}))`;
const sayers = ['institution', 'street', 'authority'];

/** 机构展示信息: published words, photos, what the authority adds, what changed, and reports that a fact is wrong. */
export const listing: Migration = {
  version: 30,
  statements: ({ int, strict }) => [
    // One row for each institution: the words in force. `source_hash` is set only where shipped samples put them.
    `CREATE TABLE listing (
      institution_id text PRIMARY KEY REFERENCES institution (id), jurisdiction_code text NOT NULL, version ${int} NOT NULL CHECK (version >= 1),
      words text NOT NULL, published_at ${int} NOT NULL, source_hash text)${strict}`,
    `CREATE TABLE listing_photo (
      id text PRIMARY KEY, institution_id text NOT NULL REFERENCES institution (id), jurisdiction_code text NOT NULL, ordinal ${int} NOT NULL,
      file text NOT NULL CHECK (length(file) = 64), caption text NOT NULL, illustration ${int} NOT NULL CHECK (illustration IN (0, 1)), taken_on text,
      width ${int} NOT NULL CHECK (width > 0), height ${int} NOT NULL CHECK (height > 0), said_by text NOT NULL ${oneOf('said_by', sayers)}, as_of text NOT NULL,
      cleared_by text, cleared_on text, CHECK ((cleared_by IS NULL) = (cleared_on IS NULL)))${strict}`,
    `CREATE INDEX listing_photo_by_institution ON listing_photo (institution_id, ordinal)`,
    `CREATE TABLE assessment (
      id text PRIMARY KEY, institution_id text NOT NULL REFERENCES institution (id), jurisdiction_code text NOT NULL, grade text NOT NULL ${oneOf('grade', ['A', 'B', 'C', 'D'])},
      standard text NOT NULL, body text NOT NULL, assessed_on text NOT NULL, valid_until text, document_number text, note text)${strict}`,
    `CREATE INDEX assessment_by_institution ON assessment (institution_id)`,
    `CREATE TABLE decision (
      id text PRIMARY KEY, institution_id text NOT NULL REFERENCES institution (id), jurisdiction_code text NOT NULL,
      kind text NOT NULL ${oneOf('kind', ['rectification', 'warning', 'fine', 'serviceStopped', 'criticism'])}, number text NOT NULL, body text NOT NULL, decided_on text NOT NULL,
      until_day text, about text NOT NULL, withdrawn_on text, withdrawn_note text, reply text, replied_on text,
      CHECK ((withdrawn_on IS NULL) = (withdrawn_note IS NULL)), CHECK ((reply IS NULL) = (replied_on IS NULL)))${strict}`,
    `CREATE INDEX decision_by_institution ON decision (institution_id)`,
    `CREATE TABLE institution_change (
      id text PRIMARY KEY, institution_id text NOT NULL REFERENCES institution (id), jurisdiction_code text NOT NULL, on_day text NOT NULL,
      kind text NOT NULL ${oneOf('kind', ['words', 'record', 'missing', 'returned'])}, parts text NOT NULL, said_by text NOT NULL ${oneOf('said_by', sayers)})${strict}`,
    `CREATE INDEX institution_change_by_institution ON institution_change (institution_id, on_day, id)`,
    `CREATE TABLE correction_report (
      id text PRIMARY KEY, jurisdiction_code text NOT NULL, institution_id text NOT NULL REFERENCES institution (id), reference text NOT NULL,
      topic text NOT NULL ${oneOf('topic', ['contact', 'fees', 'hours', 'places', 'credential', 'closed', 'photos', 'other'])},
      state text NOT NULL ${oneOf('state', ['received', 'checked', 'corrected', 'declined'])}, version ${int} NOT NULL CHECK (version >= 1),
      sealed_words text NOT NULL, sealed_phone text, created_at ${int} NOT NULL)${strict}`,
    `CREATE UNIQUE INDEX correction_report_reference ON correction_report (jurisdiction_code, reference)`,
    `CREATE INDEX correction_report_by_age ON correction_report (created_at)`,
  ],
};

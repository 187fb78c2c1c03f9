import type { Migration } from '#storage/migrate.ts';

/** 巡查 and 整改: written on the spot, looked at again until mended. */
export const inspectionTables: Migration = {
  version: 175,
  statements: ({ int, strict }) => [
    `CREATE TABLE inspection (
      id text PRIMARY KEY, jurisdiction_code text NOT NULL, institution_id text NOT NULL REFERENCES institution (id), inspected_on text NOT NULL, at ${int} NOT NULL, account_id text NOT NULL,
      said_by text NOT NULL CHECK (said_by IN ('street', 'office')), answers text NOT NULL, words text NOT NULL, outcome text NOT NULL CHECK (outcome IN ('sound', 'rectify', 'escalate')), due_on text, recheck_on text)${strict}`,
    'CREATE INDEX inspection_of_place ON inspection (jurisdiction_code, inspected_on)',
    `CREATE TABLE inspection_photo (id text PRIMARY KEY, inspection_id text NOT NULL REFERENCES inspection (id), ordinal ${int} NOT NULL, file text NOT NULL, width ${int} NOT NULL, height ${int} NOT NULL, UNIQUE (inspection_id, ordinal))${strict}`,
    `CREATE TABLE rectification (
      id text PRIMARY KEY, jurisdiction_code text NOT NULL, inspection_id text NOT NULL REFERENCES inspection (id), institution_id text NOT NULL REFERENCES institution (id), finding text NOT NULL, demand text NOT NULL,
      ordered_on text NOT NULL, due_on text NOT NULL CHECK (due_on >= ordered_on), done_on text, done_words text, rechecked_on text, passed ${int} CHECK (passed IN (0, 1)), recheck_note text, version ${int} NOT NULL CHECK (version >= 1),
      CHECK ((rechecked_on IS NULL) = (passed IS NULL)))${strict}`,
    'CREATE INDEX rectification_of_place ON rectification (jurisdiction_code, passed)',
    'CREATE INDEX rectification_of_inspection ON rectification (inspection_id)',
  ],
};

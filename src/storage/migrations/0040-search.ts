import type { Migration } from '#storage/migrate.ts';

// SQLite: `search_terms` is a view that hands its text to a contentless FTS5 table, so that no copy of it is kept.
const sqliteIndex = [
  `CREATE VIRTUAL TABLE search_grams USING fts5 (grams, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii')`,
  `CREATE VIRTUAL TABLE search_point USING rtree (id, west, east, south, north)`,
  `CREATE VIEW search_terms AS SELECT 0 AS document_id, '' AS grams WHERE false`,
  `CREATE TRIGGER search_terms_kept INSTEAD OF INSERT ON search_terms BEGIN INSERT OR REPLACE INTO search_grams (rowid, grams) VALUES (new.document_id, new.grams); END`,
  `CREATE TRIGGER search_point_kept AFTER INSERT ON search_document WHEN new.lng IS NOT NULL BEGIN INSERT INTO search_point VALUES (new.id, new.lng, new.lng, new.lat, new.lat); END`,
  `CREATE TRIGGER search_document_gone AFTER DELETE ON search_document BEGIN DELETE FROM search_grams WHERE rowid = old.id; DELETE FROM search_point WHERE id = old.id; END`,
];

const postgresIndex = [
  `CREATE TABLE search_terms (
    document_id bigint PRIMARY KEY REFERENCES search_document (id) ON DELETE CASCADE, grams text NOT NULL,
    terms tsvector NOT NULL GENERATED ALWAYS AS (array_to_tsvector(string_to_array(grams, ' '))) STORED)`,
  `CREATE INDEX search_terms_by_gram ON search_terms USING gin (terms)`,
  `ALTER TABLE search_document ADD COLUMN spot point GENERATED ALWAYS AS (point(lng, lat)) STORED`,
  `CREATE INDEX search_document_by_point ON search_document USING gist (spot)`,
];

/** Search over all jurisdictions: a document for each institution in force, its grams and its point. The index follows its documents by trigger or cascade. */
export const searchOverAll: Migration = {
  version: 40,
  statements: ({ engine, int, real, strict }) => [
    `CREATE TABLE search_place (jurisdiction_code text NOT NULL, code text NOT NULL, name text NOT NULL, words text NOT NULL, PRIMARY KEY (jurisdiction_code, code))${strict}`,
    `CREATE TABLE search_state (jurisdiction_code text PRIMARY KEY, hash text NOT NULL)${strict}`,
    `CREATE TABLE search_document (
      id ${engine === 'sqlite' ? 'integer' : 'bigint GENERATED ALWAYS AS IDENTITY'} PRIMARY KEY,
      institution_id text NOT NULL UNIQUE REFERENCES institution (id), jurisdiction_code text NOT NULL, county_code text, subdistrict_code text,
      name text ${engine === 'sqlite' ? '' : 'COLLATE "C"'} NOT NULL, credential text NOT NULL, kind text, ownership text, modes ${int} NOT NULL, bands ${int} NOT NULL,
      lng ${real}, lat ${real}, sample ${int} NOT NULL, address text, everything text NOT NULL, aliases ${int} NOT NULL, sounds text NOT NULL,
      CHECK ((lng IS NULL) = (lat IS NULL)))${strict}`,
    `CREATE TABLE search_whole (document_id ${int} PRIMARY KEY REFERENCES search_document (id) ON DELETE CASCADE, whole text NOT NULL)${strict}`,
    `CREATE INDEX search_document_by_jurisdiction ON search_document (jurisdiction_code)`,
    ...(engine === 'sqlite' ? sqliteIndex : postgresIndex),
  ],
};

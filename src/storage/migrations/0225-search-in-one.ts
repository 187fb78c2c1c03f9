import type { Migration } from '#storage/migrate.ts';

// PostgreSQL kept the grams beside the documents: a word that thousands bear cost a visit to both tables for each of them, twice the time.
const onPostgres = [
  `ALTER TABLE search_document ADD COLUMN grams text`,
  `UPDATE search_document SET grams = (SELECT search_terms.grams FROM search_terms WHERE document_id = id)`,
  `DROP TABLE search_terms`,
  `CREATE INDEX search_document_by_gram ON search_document USING gin (array_to_tsvector(string_to_array(grams, ' ')))`,
  `CREATE VIEW search_terms AS SELECT id AS document_id, grams FROM search_document`,
  `CREATE RULE search_terms_kept AS ON INSERT TO search_terms DO INSTEAD UPDATE search_document SET grams = new.grams WHERE id = new.document_id`,
];

/** The grams of a document stand in its own row on PostgreSQL; written through `search_terms` on either engine as before. */
export const searchInOne: Migration = { version: 225, statements: ({ engine }) => (engine === 'postgres' ? onPostgres : []) };

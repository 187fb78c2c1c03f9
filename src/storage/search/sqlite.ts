import { sql, type RawBuilder } from 'kysely';
import type { CandidateRequest, GramTest, WideSearchStore } from '#domain/directory/ports.ts';
import { findCandidates, findInstitutions } from '#storage/search/candidates.ts';
import type { ReadDb } from '#storage/schema.ts';

/** A condition as FTS5 reads it; grams hold letters and digits only, and are quoted all the same. */
const matchText = (test: GramTest): string => {
  if (typeof test === 'string') return `"${test.replaceAll('"', '')}"`;
  const [parts, word] = 'all' in test ? [test.all, ' AND '] : [test.any, ' OR '];
  return `(${parts.map(matchText).join(word)})`;
};

const conditionsOf = ({ jurisdictions, box, grams }: CandidateRequest): readonly RawBuilder<boolean>[] => [
  ...(jurisdictions === null ? [] : [sql<boolean>`jurisdiction_code IN (${sql.join(jurisdictions)})`]),
  ...(box === null ? [] : [sql<boolean>`id IN (SELECT id FROM search_point WHERE east >= ${box.west} AND west <= ${box.east} AND north >= ${box.south} AND south <= ${box.north})`]),
  ...(grams === null ? [] : [sql<boolean>`id IN (SELECT rowid FROM search_grams WHERE search_grams MATCH ${matchText(grams)})`]),
];

/** Search over all jurisdictions on SQLite: FTS5 over our own grams, R*Tree over points. */
export const sqliteSearch = (db: ReadDb): WideSearchStore => ({
  candidates: (request) => findCandidates(db, request, conditionsOf(request)),
  institutions: (documents) => findInstitutions(db, sql<boolean>`document_id IN (SELECT value FROM json_each(${JSON.stringify(documents)}))`),
});

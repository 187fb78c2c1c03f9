import { sql, type RawBuilder } from 'kysely';
import type { CandidateRequest, GramTest, WideSearchStore } from '#domain/directory/ports.ts';
import { findCandidates, findInstitutions } from '#storage/search/candidates.ts';
import type { ReadDb } from '#storage/schema.ts';

/** A condition as a tsquery is written; grams hold letters and digits only, and are quoted all the same. */
const queryText = (test: GramTest): string => {
  if (typeof test === 'string') return `'${test.replace(/['\\]/g, '')}'`;
  const [parts, word] = 'all' in test ? [test.all, ' & '] : [test.any, ' | '];
  return `(${parts.map(queryText).join(word)})`;
};

const conditionsOf = ({ jurisdictions, box, grams }: CandidateRequest): readonly RawBuilder<boolean>[] => [
  ...(jurisdictions === null ? [] : [sql<boolean>`jurisdiction_code IN (${sql.join(jurisdictions)})`]),
  ...(box === null ? [] : [sql<boolean>`spot <@ box(point(${box.west}::float8, ${box.south}::float8), point(${box.east}::float8, ${box.north}::float8))`]),
  ...(grams === null ? [] : [sql<boolean>`array_to_tsvector(string_to_array(grams, ' ')) @@ ${queryText(grams)}::tsquery`]),
];

/** Search over all jurisdictions on PostgreSQL, without extensions: GIN over a tsvector of our own grams, GiST over points. */
export const postgresSearch = (db: ReadDb): WideSearchStore => ({
  candidates: (request) => findCandidates(db, request, conditionsOf(request)),
  institutions: (documents) => findInstitutions(db, sql<boolean>`document_id = ANY (${`{${documents.join(',')}}`}::bigint[])`),
});

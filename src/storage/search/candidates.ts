import { sql, type RawBuilder, type SelectQueryBuilder, type Selectable } from 'kysely';
import { classBands, serviceModes, type Institution } from '#domain/directory/model.ts';
import type { Candidate, CandidateRequest } from '#domain/directory/ports.ts';
import { bitsOf } from '#storage/search/documents.ts';
import type { Database, ReadDb } from '#storage/schema.ts';

const columns = ['id', 'institution_id', 'jurisdiction_code', 'subdistrict_code', 'name', 'credential', 'kind', 'ownership', 'modes', 'lng', 'lat', 'sample', 'address', 'everything', 'aliases'] as const;
type Row = Pick<Selectable<Database['search_document']>, (typeof columns)[number]> & { readonly sounds: string | null };

const candidateOf = (row: Row): Candidate => ({
  id: row.institution_id, document: row.id, jurisdiction: row.jurisdiction_code, subdistrict: row.subdistrict_code, name: row.name, credential: row.credential,
  kind: row.kind, ownership: row.ownership, modes: serviceModes.filter((_, bit) => (row.modes & (1 << bit)) !== 0), address: row.address, sample: row.sample === 1,
  point: row.lng === null || row.lat === null ? null : { lng: row.lng, lat: row.lat }, everything: row.everything, aliases: row.aliases, sounds: row.sounds,
});

type Documents = SelectQueryBuilder<Database, 'search_document', Row>;

/** The conditions that both engines write alike, on documents that the engine has already narrowed by grams, place and box. */
const narrowed = (from: Documents, { counties, subdistricts, kinds, ownerships, modes, bands }: CandidateRequest): Documents => from
  .$if(counties.length > 0, (query) => query.where('county_code', 'in', [...counties]))
  .$if(subdistricts.length > 0, (query) => query.where('subdistrict_code', 'in', [...subdistricts]))
  .$if(kinds.length > 0, (query) => query.where('kind', 'in', [...kinds]))
  .$if(ownerships.length > 0, (query) => query.where('ownership', 'in', [...ownerships]))
  .$if(modes.length > 0, (query) => query.where(sql<boolean>`(modes & ${bitsOf(serviceModes, modes)}) <> 0`))
  .$if(bands.length > 0, (query) => query.where(sql<boolean>`(bands & ${bitsOf(classBands, bands)}) <> 0`));

/** Runs a request whose engine-specific conditions are given; one candidate more than asked for tells that there are too many. */
export async function findCandidates(db: ReadDb, request: CandidateRequest, conditions: readonly RawBuilder<boolean>[]): Promise<readonly Candidate[] | 'too-many'> {
  const sounds = request.withSounds ? sql<string | null>`sounds` : sql<string | null>`NULL`;
  const from = conditions.reduce<Documents>((query, condition) => query.where(condition), db.selectFrom('search_document').select(columns).select(sounds.as('sounds')));
  // Sorted outside: inside, a sort would have to wait for all of a request that is too wide.
  const rows = await db.selectFrom(narrowed(from, request).limit(request.most + 1).as('found')).selectAll().orderBy('name').orderBy('institution_id').execute();
  return rows.length > request.most ? 'too-many' : rows.map(candidateOf);
}

/** Whole records of documents, in no particular order; `chosen` is how an engine says that a document's number is one of a list. */
export async function findInstitutions(db: ReadDb, chosen: RawBuilder<boolean>): Promise<readonly Institution[]> {
  const rows = await db.selectFrom('search_whole').select('whole').where(chosen).execute();
  return rows.map(({ whole }) => {
    // Written from a checked institution, and written anew when the model changes (see renewDocuments): checking hundreds again would cost more than the search.
    const institution: Institution = JSON.parse(whole);
    return institution;
  });
}

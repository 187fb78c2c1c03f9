import type { ReadDb } from '#storage/schema.ts';

/** An institution's name whatever has become of it; undefined when there is none of that id in that place. */
export const findInstitutionName = async (db: ReadDb, jurisdiction: string, institution: string): Promise<string | undefined> =>
  (await db.selectFrom('institution').select('name').where('id', '=', institution).where('jurisdiction_code', '=', jurisdiction).executeTakeFirst())?.name;

/** Institutions of a place by name: what a list of accounts may call them by. */
export const listInstitutionNames = (db: ReadDb, jurisdiction: string) =>
  db.selectFrom('institution').select(['id', 'name', 'credit_code', 'sample']).where('jurisdiction_code', '=', jurisdiction).orderBy('name').execute();

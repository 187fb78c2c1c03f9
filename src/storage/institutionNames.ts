import type { ReadDb } from '#storage/schema.ts';

/** An institution's name whatever has become of it; undefined when there is none of that id in that place. */
export const findInstitutionName = async (db: ReadDb, jurisdiction: string, institution: string): Promise<string | undefined> =>
  (await db.selectFrom('institution').select('name').where('id', '=', institution).where('jurisdiction_code', '=', jurisdiction).executeTakeFirst())?.name;

/** Institutions of a place by name: what a list of accounts may call them by. */
export const listInstitutionNames = (db: ReadDb, jurisdiction: string) =>
  db.selectFrom('institution').select(['id', 'name', 'credit_code', 'sample']).where('jurisdiction_code', '=', jurisdiction).orderBy('name').execute();

/** The invented institution a demonstration's account works for: the one with most kinds of bookings, so that there is something of everything to do; undefined where a place has none. */
export const findSampleToWorkFor = async (db: ReadDb, jurisdiction: string): Promise<string | undefined> =>
  (await db.selectFrom('institution').leftJoin('slot_template', 'slot_template.institution_id', 'institution.id').select('institution.id')
    .where('institution.jurisdiction_code', '=', jurisdiction).where('institution.sample', '=', 1)
    .groupBy(['institution.id', 'institution.name']).orderBy((eb) => eb.fn.count('slot_template.kind').distinct(), 'desc').orderBy('institution.name').limit(1).executeTakeFirst())?.id;

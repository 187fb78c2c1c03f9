import type { AuditDraft } from '#domain/audit/model.ts';
import type { BandOffer, Institution } from '#domain/directory/model.ts';
import type { IsoDate } from '#domain/shared/dates.ts';
import { appendAudit, raiseRevision } from '#storage/commit.ts';
import { loadRecords, putInstitution } from '#storage/directory.ts';
import { noteChange } from '#storage/listing.ts';
import type { ReadDb, Storage } from '#storage/schema.ts';

type Change = {
  readonly jurisdiction: AuditDraft['jurisdiction']; readonly institution: string; readonly on: IsoDate; readonly isAsSeen: (bands: readonly BandOffer[]) => boolean;
  readonly bandsAfter: (bands: readonly BandOffer[]) => readonly BandOffer[]; readonly changeId: string; readonly event: (changed: boolean) => AuditDraft;
};

const recordOf = async (db: ReadDb, jurisdiction: string, id: string) => (await loadRecords(db, jurisdiction)).find(({ institution }) => institution.id === id);

/** 空余托位: what an institution says of its free places, on either engine. */
export const freePlacesStore = ({ read, write }: Storage) => ({
  find: async (jurisdiction: string, id: string): Promise<Institution | undefined> => (await recordOf(read, jurisdiction, id))?.institution,
  write: ({ jurisdiction, institution: id, on, isAsSeen, bandsAfter, changeId, event }: Change): Promise<'saved' | 'changed-meanwhile'> => write(async (tx) => {
    // Whoever raises the revision holds its row until the end: of two who say something at once the second finds other numbers.
    await raiseRevision(tx, jurisdiction);
    const record = await recordOf(tx, jurisdiction, id);
    if (!record || !isAsSeen(record.institution.bands)) return 'changed-meanwhile';
    const bands = [...bandsAfter(record.institution.bands)];
    const changed = bands.some(({ band, free }) => record.institution.bands.find((one) => one.band === band)?.free !== free);
    await putInstitution(tx, { ...record, institution: { ...record.institution, bands } });
    if (changed) await noteChange(tx, { id: changeId, jurisdiction, institution: id, on, kind: 'record', parts: ['bands'], by: 'institution' });
    await appendAudit(tx, event(changed));
    return 'saved';
  }),
});

/** Institutions in force whose free places were last confirmed before a day, or never: whom to nudge. Invented ones are left alone. */
export const staleFreePlaces = async (db: ReadDb, jurisdiction: string, before: IsoDate): Promise<readonly string[]> => {
  const rows = await db.selectFrom('institution').innerJoin('credential', 'credential.institution_id', 'institution.id').innerJoin('band_offer', 'band_offer.institution_id', 'institution.id')
    .select(['institution.id', (eb) => eb.fn.max('band_offer.confirmed_on').as('last')]).where('institution.jurisdiction_code', '=', jurisdiction).where('institution.sample', '=', 0)
    .where('institution.missing_since', 'is', null).where('credential.state', 'in', ['receipted', 'changed']).groupBy('institution.id').orderBy('institution.id').execute();
  return rows.flatMap(({ id, last }) => (last === null || last < before ? [id] : []));
};

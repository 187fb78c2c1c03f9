import type { RecognitionStore } from '#domain/recognition/ports.ts';
import { appendAudit, raiseRevision } from '#storage/commit.ts';
import { loadRecords, putInstitution } from '#storage/directory.ts';
import { noteChange } from '#storage/listing.ts';
import type { ReadDb, Storage } from '#storage/schema.ts';

const recordOf = async (db: ReadDb, jurisdiction: string, id: string) => (await loadRecords(db, jurisdiction)).find(({ institution }) => institution.id === id);

/** 普惠认定 over a storage. */
export const recognitionStore = ({ read, write }: Storage): RecognitionStore => ({
  find: async (jurisdiction, id) => (await recordOf(read, jurisdiction, id))?.institution,
  write: ({ jurisdiction, institution: id, on, isAsSeen, after, changeId, event }) => write(async (tx) => {
    // The raised revision is held until the end: of two at once the second finds other recognitions.
    await raiseRevision(tx, jurisdiction);
    const record = await recordOf(tx, jurisdiction, id);
    if (!record || !isAsSeen(record.institution)) return 'changed-meanwhile';
    await putInstitution(tx, { ...record, institution: { ...record.institution, recognitions: [...after] } });
    await noteChange(tx, { id: changeId, jurisdiction, institution: id, on, kind: 'record', parts: ['recognitions'], by: 'authority' });
    await appendAudit(tx, event);
    return 'saved';
  }),
});

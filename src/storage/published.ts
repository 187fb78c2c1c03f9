import { createHash } from 'node:crypto';
import type { Institution } from '#domain/directory/model.ts';
import type { AuditDraft } from '#domain/audit/model.ts';
import { appendAudit, raiseRevision } from '#storage/commit.ts';
import { putInstitution, type DirectoryRecord, type Origin } from '#storage/directory.ts';
import type { ReadDb, Storage } from '#storage/schema.ts';

/** A record ready to be stored, with the hash that tells changed from same. */
export const recordOf = (institution: Institution, origin: Origin, pinyin: string): DirectoryRecord =>
  ({ institution, origin, rowKey: institution.id, rowHash: createHash('sha256').update(JSON.stringify([institution, pinyin])).digest('hex'), pinyin });

/** Whether any invented institution stands in this database. */
export const hasSamples = async (db: ReadDb): Promise<boolean> =>
  await db.selectFrom('institution').select('id').where('sample', '=', 1).limit(1).executeTakeFirst() !== undefined;

/** Brings the records of one origin to what the shipped data says; changes only what differs, in one transaction with its event. Answers how many changed. */
export async function publishRecords(storage: Storage, jurisdiction: string, records: readonly DirectoryRecord[], event: (changed: number) => AuditDraft): Promise<number> {
  const rows = await storage.read.selectFrom('institution').select(['id', 'row_hash']).where('jurisdiction_code', '=', jurisdiction).execute();
  const known = new Map(rows.map(({ id, row_hash }) => [id, row_hash]));
  const changed = records.filter(({ institution, rowHash }) => known.get(institution.id) !== rowHash);
  if (changed.length === 0) return 0;
  await storage.write(async (tx) => {
    for (const record of changed) await putInstitution(tx, record);
    await raiseRevision(tx, jurisdiction);
    await appendAudit(tx, event(changed.length));
  });
  return changed.length;
}

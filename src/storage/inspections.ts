import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { Institution } from '#domain/directory/model.ts';
import { inspectionTyped, rectification, type Inspected, type Inspection, type Remedy } from '#domain/inspections/model.ts';
import type { InspectionStore } from '#domain/inspections/ports.ts';
import { jurisdictionCode } from '#domain/shared/codes.ts';
import { instant } from '#domain/shared/dates.ts';
import { appendAudit } from '#storage/commit.ts';
import { loadRecords } from '#storage/directory.ts';
import type { Database, ReadDb, Storage, WriteTx } from '#storage/schema.ts';

const readInspection = (row: Selectable<Database['inspection']>, photos: readonly Selectable<Database['inspection_photo']>[]): Inspection => ({
  ...inspectionTyped.parse({ institution: row.institution_id, inspectedOn: row.inspected_on, answers: JSON.parse(row.answers), words: row.words, outcome: row.outcome, dueOn: row.due_on, recheckOn: row.recheck_on }),
  id: row.id, jurisdiction: jurisdictionCode.parse(row.jurisdiction_code), account: row.account_id, bySide: z.enum(['street', 'office']).parse(row.said_by), at: instant.parse(row.at),
  photos: photos.filter((photo) => photo.inspection_id === row.id).map(({ id, file, width, height }) => ({ id, file, width, height })),
});

const readRemedy = (row: Selectable<Database['rectification']>): Remedy => ({
  ...rectification.parse({ id: row.id, finding: row.finding, demand: row.demand, orderedOn: row.ordered_on, dueOn: row.due_on, doneOn: row.done_on, recheckedOn: row.rechecked_on, passed: row.passed === null ? null : row.passed === 1 }),
  inspection: row.inspection_id, institution: row.institution_id, doneWords: row.done_words, recheckNote: row.recheck_note, version: row.version,
});

const remedyRow = (of: Remedy) => ({
  finding: of.finding, demand: of.demand, ordered_on: of.orderedOn, due_on: of.dueOn, done_on: of.doneOn, done_words: of.doneWords, rechecked_on: of.recheckedOn, passed: of.passed === null ? null : Number(of.passed), recheck_note: of.recheckNote, version: of.version,
});

const inspectedOf = ({ id, name, subdistrict, address }: Institution): Inspected => ({ id, name, subdistrict, address });
const photosOf = async (db: ReadDb, ids: readonly string[]) => (ids.length === 0 ? [] : db.selectFrom('inspection_photo').selectAll().where('inspection_id', 'in', ids).orderBy('ordinal').execute());

async function writeAll(tx: WriteTx, of: Inspection, remedies: readonly Remedy[]): Promise<boolean> {
  const made = await tx.insertInto('inspection').values({
    id: of.id, jurisdiction_code: of.jurisdiction, institution_id: of.institution, inspected_on: of.inspectedOn, at: of.at, account_id: of.account, said_by: of.bySide, answers: JSON.stringify(of.answers), words: of.words, outcome: of.outcome, due_on: of.dueOn, recheck_on: of.recheckOn,
  }).onConflict((clash) => clash.column('id').doNothing()).executeTakeFirst();
  if (made.numInsertedOrUpdatedRows !== 1n) return false;
  for (const [ordinal, photo] of of.photos.entries()) await tx.insertInto('inspection_photo').values({ id: photo.id, inspection_id: of.id, ordinal, file: photo.file, width: photo.width, height: photo.height }).execute();
  for (const remedy of remedies) await tx.insertInto('rectification').values({ id: remedy.id, jurisdiction_code: of.jurisdiction, inspection_id: of.id, institution_id: of.institution, ...remedyRow(remedy) }).execute();
  return true;
}

/** 巡查和整改: the store on either engine. */
export const inspectionStore = ({ read, write }: Storage): InspectionStore => ({
  institutions: async (jurisdiction) => (await loadRecords(read, jurisdiction)).map(({ institution }) => institution)
    .filter(({ credential, planned }) => planned === null && ['receipted', 'changed', 'suspended'].includes(credential.state)).map(inspectedOf).toSorted((one, other) => one.name.localeCompare(other.name, 'zh-CN')),
  find: async (jurisdiction, id) => {
    const row = await read.selectFrom('inspection').selectAll().where('id', '=', id).where('jurisdiction_code', '=', jurisdiction).executeTakeFirst();
    return row && readInspection(row, await photosOf(read, [row.id]));
  },
  recent: async (jurisdiction, subdistrict, most) => {
    const rows = await read.selectFrom('inspection').innerJoin('institution', 'institution.id', 'inspection.institution_id').selectAll('inspection').where('inspection.jurisdiction_code', '=', jurisdiction)
      .$if(subdistrict !== null, (query) => query.where('institution.subdistrict_code', '=', subdistrict)).orderBy('inspected_on', 'desc').orderBy('inspection.id', 'desc').limit(most).execute();
    const photos = await photosOf(read, rows.map(({ id }) => id));
    return rows.map((row) => readInspection(row, photos));
  },
  remedies: async (jurisdiction, { inspection, institution }) => (await read.selectFrom('rectification').selectAll().where('jurisdiction_code', '=', jurisdiction)
    .$if(inspection !== undefined, (query) => query.where('inspection_id', '=', inspection ?? '')).$if(institution !== undefined, (query) => query.where('institution_id', '=', institution ?? ''))
    .$if(inspection === undefined && institution === undefined, (query) => query.where((eb) => eb.or([eb('passed', 'is', null), eb('passed', '=', 0)])))
    .orderBy('ordered_on').orderBy('id').execute()).map(readRemedy),
  add: (inspection, remedies, event) => write(async (tx) => {
    if (!await writeAll(tx, inspection, remedies)) return 'known';
    await appendAudit(tx, event);
    return 'saved';
  }),
  change: (remedy, version, event) => write(async (tx) => {
    const changed = await tx.updateTable('rectification').set(remedyRow(remedy)).where('id', '=', remedy.id).where('version', '=', version).executeTakeFirst();
    if (changed.numUpdatedRows !== 1n) return 'changed-meanwhile';
    await appendAudit(tx, event);
    return 'saved';
  }),
});

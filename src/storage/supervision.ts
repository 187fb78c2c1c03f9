import type { Selectable } from 'kysely';
import { z } from 'zod';
import { isInForce, type Institution } from '#domain/directory/model.ts';
import { dayOf, instant, isoDate } from '#domain/shared/dates.ts';
import type { EntryRemoval, EntryWrite, SupervisionStore } from '#domain/supervision/ports.ts';
import { amendmentActs, checkers, dutyStates, entryKinds, supervisionSides, type Amendment, type DutyRecord, type Entry, type EntryKind, type StaffCheck, type Supervised } from '#domain/supervision/model.ts';
import { appendAudit, raiseRevision } from '#storage/commit.ts';
import { loadRecords } from '#storage/directory.ts';
import { isUniqueViolation } from '#storage/faults.ts';
import { assessmentColumns, assessmentsOf, decisionColumns, decisionsOf, noteChange, readAssessment, readDecision } from '#storage/listing.ts';
import type { Database, Storage, WriteTx } from '#storage/schema.ts';

const side = z.enum(supervisionSides);
const day = isoDate.nullable();
const tables = { assessment: 'assessment', decision: 'decision', duty: 'duty_record', staffCheck: 'staff_check' } as const satisfies Record<EntryKind, keyof Database>;

const readDuty = (row: Selectable<Database['duty_record']>): DutyRecord => ({
  id: row.id, duty: row.duty, year: row.year, state: z.enum(dutyStates).parse(row.state), doneOn: day.parse(row.done_on), note: row.note, by: side.parse(row.said_by), at: instant.parse(row.at),
});
const readCheck = (row: Selectable<Database['staff_check']>): StaffCheck => ({
  id: row.id, check: row.kind, done: row.done, notDone: row.not_done, checkedBy: z.enum(checkers).parse(row.checked_by), checkedOn: isoDate.parse(row.checked_on), nextDue: isoDate.parse(row.next_due), by: side.parse(row.said_by), at: instant.parse(row.at),
});
const readAmendment = (row: Selectable<Database['supervision_amendment']>): Amendment => ({
  id: row.id, kind: z.enum(entryKinds).parse(row.kind), entry: row.entry_id, act: z.enum(amendmentActs).parse(row.act), at: instant.parse(row.at), by: side.parse(row.said_by), account: row.account_id, reason: row.reason, before: row.before,
});

const supervisedOf = (of: Institution): Supervised =>
  ({ id: of.id, name: of.name, subdistrict: of.subdistrict, receiptedOn: of.credential.receiptedOn, isWatched: isInForce(of.credential) && of.missingSince === null });

/** Two of the same: a decision's number, a year's grade by one standard. Asked behind the revision's lock, so that of two at once the second finds the first. */
async function isKnown(tx: WriteTx, institution: string, entry: Entry): Promise<boolean> {
  if (entry.kind === 'decision') return await tx.selectFrom('decision').select('id').where('institution_id', '=', institution).where('number', '=', entry.of.number).where('id', '<>', entry.of.id).executeTakeFirst() !== undefined;
  if (entry.kind !== 'assessment') return false;
  return await tx.selectFrom('assessment').select('id').where('institution_id', '=', institution).where('year', '=', entry.of.year).where('standard', '=', entry.of.standard).where('id', '<>', entry.of.id).executeTakeFirst() !== undefined;
}

const isPublic = (kind: EntryKind): boolean => kind === 'assessment' || kind === 'decision';

const inserted = async (run: { executeTakeFirst: () => Promise<{ readonly numInsertedOrUpdatedRows?: bigint | undefined } | undefined> }): Promise<bigint> => (await run.executeTakeFirst())?.numInsertedOrUpdatedRows ?? 0n;
const updated = async (run: { executeTakeFirst: () => Promise<{ readonly numUpdatedRows: bigint }> }): Promise<bigint> => (await run.executeTakeFirst()).numUpdatedRows;

/** Writes the row of an entry; answers how many rows were written. */
async function writeRow(tx: WriteTx, { jurisdiction, institution, entry, version, account }: EntryWrite): Promise<bigint> {
  const { id } = entry.of;
  const whose = { id, jurisdiction_code: jurisdiction, institution_id: institution };
  const next = { version: (version ?? 0) + 1 };
  switch (entry.kind) {
    case 'assessment': {
      const row = { ...assessmentColumns(entry.of), ...next };
      return version === null ? inserted(tx.insertInto('assessment').values({ ...whose, ...row }).onConflict((clash) => clash.column('id').doNothing())) : updated(tx.updateTable('assessment').set(row).where('id', '=', id).where('institution_id', '=', institution).where('version', '=', version));
    }
    case 'decision': {
      const row = { ...decisionColumns(entry.of), ...next };
      return version === null ? inserted(tx.insertInto('decision').values({ ...whose, ...row }).onConflict((clash) => clash.column('id').doNothing())) : updated(tx.updateTable('decision').set(row).where('id', '=', id).where('institution_id', '=', institution).where('version', '=', version));
    }
    case 'duty': {
      const row = { duty: entry.of.duty, year: entry.of.year, state: entry.of.state, done_on: entry.of.doneOn, note: entry.of.note, said_by: entry.of.by, account_id: account, at: entry.of.at, ...next };
      return version === null ? inserted(tx.insertInto('duty_record').values({ ...whose, ...row }).onConflict((clash) => clash.column('id').doNothing())) : updated(tx.updateTable('duty_record').set(row).where('id', '=', id).where('institution_id', '=', institution).where('version', '=', version));
    }
    case 'staffCheck': {
      const row = { kind: entry.of.check, done: entry.of.done, not_done: entry.of.notDone, checked_by: entry.of.checkedBy, checked_on: entry.of.checkedOn, next_due: entry.of.nextDue, said_by: entry.of.by, account_id: account, at: entry.of.at, ...next };
      return version === null ? inserted(tx.insertInto('staff_check').values({ ...whose, ...row }).onConflict((clash) => clash.column('id').doNothing())) : updated(tx.updateTable('staff_check').set(row).where('id', '=', id).where('institution_id', '=', institution).where('version', '=', version));
    }
  }
}

const forgotten = JSON.stringify({ about: null });

async function noteAround(tx: WriteTx, { jurisdiction, institution, forgets, changeId, event }: Pick<EntryWrite | EntryRemoval, 'jurisdiction' | 'institution' | 'forgets' | 'changeId' | 'event'>, kind: EntryKind, amendment: Amendment | null): Promise<void> {
  if (amendment) {
    if (forgets) await tx.updateTable('supervision_amendment').set({ before: forgotten }).where('entry_id', '=', amendment.entry).where('institution_id', '=', institution).execute();
    await tx.insertInto('supervision_amendment').values({
      id: amendment.id, jurisdiction_code: jurisdiction, institution_id: institution, kind: amendment.kind, entry_id: amendment.entry, act: amendment.act, at: amendment.at, said_by: amendment.by, account_id: amendment.account, reason: amendment.reason, before: amendment.before,
    }).execute();
  }
  if (changeId !== null) await noteChange(tx, { id: changeId, jurisdiction, institution, on: dayOf(event.at), kind: 'record', parts: [kind === 'assessment' ? 'assessments' : 'decisions'], by: 'authority' });
  await appendAudit(tx, event);
}

/** 监督: the store on either engine. */
export const supervisionStore = ({ read, write }: Storage): SupervisionStore => ({
  watched: async (jurisdiction) => {
    const [records, duties, checks, assessments, decisions] = await Promise.all([
      loadRecords(read, jurisdiction), read.selectFrom('duty_record').selectAll().where('jurisdiction_code', '=', jurisdiction).execute(), read.selectFrom('staff_check').selectAll().where('jurisdiction_code', '=', jurisdiction).execute(),
      read.selectFrom('assessment').selectAll().where('jurisdiction_code', '=', jurisdiction).execute(), read.selectFrom('decision').selectAll().where('jurisdiction_code', '=', jurisdiction).execute(),
    ]);
    return {
      institutions: records.filter(({ institution }) => institution.planned === null).map(({ institution }) => supervisedOf(institution)),
      duties: duties.map((row) => ({ ...readDuty(row), institution: row.institution_id })), staffChecks: checks.map((row) => ({ ...readCheck(row), institution: row.institution_id })),
      assessments: assessments.map((row) => ({ ...readAssessment(row), institution: row.institution_id })), decisions: decisions.map((row) => ({ ...readDecision(row), institution: row.institution_id })),
    };
  },
  find: async (jurisdiction, id) => {
    const institution = (await loadRecords(read, jurisdiction)).find((record) => record.institution.id === id)?.institution;
    if (!institution || institution.planned !== null) return undefined;
    const [assessments, decisions, duties, checks, amendments] = await Promise.all([
      assessmentsOf(read, id).orderBy('assessed_on', 'desc').orderBy('id').execute(), decisionsOf(read, id).orderBy('decided_on', 'desc').orderBy('id').execute(),
      read.selectFrom('duty_record').selectAll().where('institution_id', '=', id).orderBy('year', 'desc').orderBy('duty').execute(),
      read.selectFrom('staff_check').selectAll().where('institution_id', '=', id).orderBy('checked_on', 'desc').orderBy('at', 'desc').execute(),
      read.selectFrom('supervision_amendment').selectAll().where('institution_id', '=', id).orderBy('at', 'desc').orderBy('id', 'desc').limit(100).execute(),
    ]);
    return {
      institution: supervisedOf(institution), assessments: assessments.map((row) => ({ of: readAssessment(row), version: row.version })), decisions: decisions.map((row) => ({ of: readDecision(row), version: row.version })),
      duties: duties.map((row) => ({ of: readDuty(row), version: row.version })), staffChecks: checks.map((row) => ({ of: readCheck(row), version: row.version })), amendments: amendments.map(readAmendment),
    };
  },
  write: (written) => write<'saved' | 'changed-meanwhile' | 'known'>(async (tx) => {
    const { jurisdiction, institution, entry, version } = written;
    if (isPublic(entry.kind)) await raiseRevision(tx, jurisdiction);
    if (await isKnown(tx, institution, entry)) return 'known';
    if (await writeRow(tx, written) !== 1n) {
      if (version !== null) return 'changed-meanwhile';
      // Sent twice: the first time has said it all.
      return await tx.selectFrom(tables[entry.kind]).select('id').where('id', '=', entry.of.id).where('institution_id', '=', institution).executeTakeFirst() ? 'saved' : 'known';
    }
    await noteAround(tx, written, entry.kind, written.amendment);
    return 'saved';
  }).catch((error: unknown) => {
    if (isUniqueViolation(error)) return 'known';
    throw error;
  }),
  takeOut: (removal) => write(async (tx) => {
    const { jurisdiction, institution, version, amendment } = removal;
    if (isPublic(amendment.kind)) await raiseRevision(tx, jurisdiction);
    const gone = await tx.deleteFrom(tables[amendment.kind]).where('id', '=', amendment.entry).where('institution_id', '=', institution).where('version', '=', version).executeTakeFirst();
    if (gone.numDeletedRows !== 1n) return 'changed-meanwhile';
    await noteAround(tx, removal, amendment.kind, amendment);
    return 'saved';
  }),
});

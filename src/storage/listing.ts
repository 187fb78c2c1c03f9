import type { Selectable } from 'kysely';
import { z } from 'zod';
import { assessment, change, decision, emptyWords, listingWords, photo, reportTopics, type Assessment, type Change, type Decision, type Listing, type ListingWords, type Photo, type Sayer, type TakenReport } from '#domain/listing/model.ts';
import type { ListingStore } from '#domain/listing/ports.ts';
import { instant } from '#domain/shared/dates.ts';
import { appendAudit, queueMessage, raiseRevision } from '#storage/commit.ts';
import { isUniqueViolation } from '#storage/faults.ts';
import type { Database, ReadDb, Storage, WriteTx } from '#storage/schema.ts';

const readWords = (text: string): ListingWords => listingWords.parse(JSON.parse(text));

/** A photo as its row says it. */
export const readPhoto = (row: Database['listing_photo']): Photo => photo.parse({
  id: row.id, file: row.file, caption: row.caption, illustration: row.illustration === 1, takenOn: row.taken_on, width: row.width, height: row.height,
  saidBy: row.said_by, asOf: row.as_of, cleared: row.cleared_by === null ? null : { by: row.cleared_by, on: row.cleared_on },
});

/** An assessment as its row says it. */
export const readAssessment = (row: Selectable<Database['assessment']>): Assessment => assessment.parse({
  id: row.id, grade: row.grade, year: row.year, standard: row.standard, body: row.body, assessedOn: row.assessed_on, validUntil: row.valid_until, documentNumber: row.document_number, note: row.note,
});

/** A formal decision as its row says it; one withdrawn before the kinds were told apart counts as revoked. */
export const readDecision = (row: Selectable<Database['decision']>): Decision => decision.parse({
  id: row.id, kind: row.kind, number: row.number, body: row.body, decidedOn: row.decided_on, until: row.until_day, about: row.about,
  withdrawn: row.withdrawn_on === null ? null : { kind: row.withdrawn_kind ?? 'revoked', on: row.withdrawn_on, note: row.withdrawn_note }, reply: row.reply === null ? null : { text: row.reply, on: row.replied_on },
});

/** Something recorded of an institution, with whose it is. */
export type Recorded<Of> = { readonly institution: string; readonly of: Of };

const readChange = (row: Database['institution_change']): Change => change.parse({ id: row.id, on: row.on_day, kind: row.kind, parts: row.parts === '' ? [] : row.parts.split(' '), by: row.said_by });

/** 照片 of an institution in their order. */
export const photosOf = (db: ReadDb, institution: string) => db.selectFrom('listing_photo').selectAll().where('institution_id', '=', institution).orderBy('ordinal');
/** 评估 of an institution. */
export const assessmentsOf = (db: ReadDb, institution: string) => db.selectFrom('assessment').selectAll().where('institution_id', '=', institution);
/** 正式决定 about an institution. */
export const decisionsOf = (db: ReadDb, institution: string) => db.selectFrom('decision').selectAll().where('institution_id', '=', institution);
/** 变更 of an institution, the fifty newest, newest first. */
export const changesOf = (db: ReadDb, institution: string) =>
  db.selectFrom('institution_change').selectAll().where('institution_id', '=', institution).orderBy('on_day', 'desc').orderBy('id', 'desc').limit(50);

/** 评估 and 正式决定 of all institutions of a place. */
export async function qualityOf(db: ReadDb, jurisdiction: string): Promise<{ readonly assessments: readonly Recorded<Assessment>[]; readonly decisions: readonly Recorded<Decision>[] }> {
  const [assessments, decisions] = await Promise.all([
    db.selectFrom('assessment').selectAll().where('jurisdiction_code', '=', jurisdiction).execute(), db.selectFrom('decision').selectAll().where('jurisdiction_code', '=', jurisdiction).execute(),
  ]);
  return {
    assessments: assessments.map((row) => ({ institution: row.institution_id, of: readAssessment(row) })),
    decisions: decisions.map((row) => ({ institution: row.institution_id, of: readDecision(row) })),
  };
}

/** The listing as it stands, photos not yet cleared among it. */
export async function findListing(db: ReadDb, jurisdiction: string, institution: string): Promise<Listing> {
  const row = await db.selectFrom('listing').selectAll().where('institution_id', '=', institution).where('jurisdiction_code', '=', jurisdiction).executeTakeFirst();
  return {
    version: row?.version ?? 0, words: row ? readWords(row.words) : emptyWords,
    photos: (await photosOf(db, institution).execute()).map(readPhoto),
    assessments: (await assessmentsOf(db, institution).execute()).map(readAssessment),
    decisions: (await decisionsOf(db, institution).execute()).map(readDecision),
    changes: (await changesOf(db, institution).execute()).map(readChange),
  };
}

/** 变更记录: notes what changed about an institution; the caller's transaction carries the event. */
export async function noteChange(tx: WriteTx, of: { readonly jurisdiction: string; readonly institution: string; readonly by: Sayer } & Omit<Change, 'by'>): Promise<void> {
  await tx.insertInto('institution_change').values({ id: of.id, institution_id: of.institution, jurisdiction_code: of.jurisdiction, on_day: of.on, kind: of.kind, parts: of.parts.join(' '), said_by: of.by }).execute();
}

/** Puts a photo down; its file stands already. The caller raises the revision and commits the event. */
export async function putPhoto(tx: WriteTx, jurisdiction: string, institution: string, ordinal: number, of: Photo): Promise<void> {
  await tx.insertInto('listing_photo').values({
    id: of.id, institution_id: institution, jurisdiction_code: jurisdiction, ordinal, file: of.file, caption: of.caption, illustration: Number(of.illustration), taken_on: of.takenOn,
    width: of.width, height: of.height, said_by: of.saidBy, as_of: of.asOf, cleared_by: of.cleared?.by ?? null, cleared_on: of.cleared?.on ?? null,
  }).execute();
}

/** What an assessment's row says of it, whose and which version aside. */
export const assessmentColumns = (of: Assessment) => ({
  grade: of.grade, year: of.year, standard: of.standard, body: of.body, assessed_on: of.assessedOn, valid_until: of.validUntil, document_number: of.documentNumber, note: of.note,
});

/** What a decision's row says of it, whose and which version aside. */
export const decisionColumns = (of: Decision) => ({
  kind: of.kind, number: of.number, body: of.body, decided_on: of.decidedOn, until_day: of.until, about: of.about,
  withdrawn_kind: of.withdrawn?.kind ?? null, withdrawn_on: of.withdrawn?.on ?? null, withdrawn_note: of.withdrawn?.note ?? null, reply: of.reply?.text ?? null, replied_on: of.reply?.on ?? null,
});

/** Somebody else published first: undoes what the transaction has written so far. */
class ChangedMeanwhile extends Error {
  override readonly name = 'ChangedMeanwhile';
}

const readReport = (row: Pick<Database['correction_report'], 'reference' | 'topic' | 'created_at'>): TakenReport =>
  ({ reference: row.reference, topic: z.enum(reportTopics).parse(row.topic), at: instant.parse(row.created_at) });

/** 机构展示信息: the listing store on either engine. */
export function listingStore({ read, write }: Storage): ListingStore {
  return {
    find: (jurisdiction, institution) => findListing(read, jurisdiction, institution),
    findPhoto: async (jurisdiction, institution, id) => {
      const row = await read.selectFrom('listing_photo').selectAll().where('id', '=', id).where('institution_id', '=', institution).where('jurisdiction_code', '=', jurisdiction).executeTakeFirst();
      return row && readPhoto(row);
    },
    publish: async (publication) => {
      const { institution, jurisdiction, version } = publication;
      const row = { version: version + 1, words: JSON.stringify(publication.words), published_at: publication.at, source_hash: null };
      try {
        await write(async (tx) => {
          const moved = version === 0
            ? await tx.insertInto('listing').values({ institution_id: institution, jurisdiction_code: jurisdiction, ...row }).onConflict((clash) => clash.doNothing()).executeTakeFirst()
            : await tx.updateTable('listing').set(row).where('institution_id', '=', institution).where('jurisdiction_code', '=', jurisdiction).where('version', '=', version).executeTakeFirst();
          if (('numUpdatedRows' in moved ? moved.numUpdatedRows : moved.numInsertedOrUpdatedRows) !== 1n) throw new ChangedMeanwhile();
          await noteChange(tx, { id: publication.changeId, jurisdiction, institution, on: publication.on, kind: 'words', parts: [...publication.parts], by: publication.by });
          await raiseRevision(tx, jurisdiction);
          await appendAudit(tx, publication.event);
        });
        return 'saved';
      } catch (fault) {
        if (fault instanceof ChangedMeanwhile) return 'changed-meanwhile';
        throw fault;
      }
    },
    takeReport: async (intake) => {
      const { id, jurisdiction, institution, reference, topic, at } = intake;
      try {
        await write(async (tx) => {
          await tx.insertInto('correction_report').values({
            id, jurisdiction_code: jurisdiction, institution_id: institution, reference, topic, state: 'received', version: 1, sealed_words: intake.sealedWords, sealed_phone: intake.sealedPhone, created_at: at,
          }).execute();
          for (const message of intake.messages) await queueMessage(tx, jurisdiction, message, at);
          await appendAudit(tx, intake.event);
        });
        return { kind: 'taken', report: { reference, topic, at } };
      } catch (fault) {
        if (!isUniqueViolation(fault)) throw fault;
        const before = await read.selectFrom('correction_report').select(['reference', 'topic', 'created_at']).where('id', '=', id).executeTakeFirst();
        return before ? { kind: 'taken-before', report: readReport(before) } : { kind: 'reference-taken' };
      }
    },
    findReport: async (jurisdiction, institution, reference) => {
      const row = await read.selectFrom('correction_report').select(['reference', 'topic', 'created_at'])
        .where('jurisdiction_code', '=', jurisdiction).where('reference', '=', reference).where('institution_id', '=', institution).executeTakeFirst();
      return row && readReport(row);
    },
  };
}

import { z } from 'zod';
import type { AuditDraft } from '#domain/audit/model.ts';
import type { DraftStore, Review, Standing, StandingChange } from '#domain/listingDraft/ports.ts';
import { sayers } from '#domain/listing/model.ts';
import { draftStates, proposal, returnReasons, type ListingDraft } from '#domain/listingDraft/model.ts';
import { jurisdictionCode } from '#domain/shared/codes.ts';
import { instant } from '#domain/shared/dates.ts';
import { appendAudit, queueMessage, raiseRevision } from '#storage/commit.ts';
import { loadRecords, putInstitution, type DirectoryRecord } from '#storage/directory.ts';
import { isUniqueViolation } from '#storage/faults.ts';
import { findListing, noteChange, photosOf, readPhoto } from '#storage/listing.ts';
import type { Database, ReadDb, Storage, WriteTx } from '#storage/schema.ts';

const open = ['draft', 'awaitingReview', 'returned'];
const words = (text: string | null): readonly string[] => (text === null || text === '' ? [] : text.split(' '));

const readDraft = (row: Database['listing_draft']): ListingDraft => ({
  id: row.id, jurisdiction: jurisdictionCode.parse(row.jurisdiction_code), institution: row.institution_id, state: z.enum(draftStates).parse(row.state), version: row.version,
  base: proposal.parse(JSON.parse(row.base)), baseVersion: row.base_version, proposal: proposal.parse(JSON.parse(row.proposal)), saidBy: z.enum(sayers).parse(row.said_by), madeBy: row.made_by, changedAt: instant.parse(row.changed_at),
  submitted: row.submitted_by === null ? null : { by: row.submitted_by, at: instant.parse(row.submitted_at) },
  decided: row.decided_by === null ? null : { by: row.decided_by, at: instant.parse(row.decided_at), reason: z.enum(returnReasons).nullable().parse(row.reason), words: row.reason_words, approved: words(row.approved) },
});

const rowOf = (draft: ListingDraft) => ({
  state: draft.state, version: draft.version, base: JSON.stringify(draft.base), base_version: draft.baseVersion, proposal: JSON.stringify(draft.proposal), said_by: draft.saidBy, made_by: draft.madeBy, changed_at: draft.changedAt,
  submitted_by: draft.submitted?.by ?? null, submitted_at: draft.submitted?.at ?? null, decided_by: draft.decided?.by ?? null, decided_at: draft.decided?.at ?? null,
  reason: draft.decided?.reason ?? null, reason_words: draft.decided?.words ?? null, approved: draft.decided ? draft.decided.approved.join(' ') : null,
});

const recordOf = async (db: ReadDb, jurisdiction: string, id: string): Promise<DirectoryRecord | undefined> => (await loadRecords(db, jurisdiction)).find(({ institution }) => institution.id === id);

async function writeWords(tx: WriteTx, { jurisdiction, institution, at }: StandingChange, version: number, text: string): Promise<void> {
  const row = { version: version + 1, words: text, published_at: at, source_hash: null };
  await tx.insertInto('listing').values({ institution_id: institution, jurisdiction_code: jurisdiction, ...row }).onConflict((clash) => clash.column('institution_id').doUpdateSet(row)).execute();
}

/** Changes what stands; the revision's row is held from before reading until the end, so of two who change at once the second sees the first. */
async function applyChange(tx: WriteTx, change: StandingChange): Promise<boolean> {
  const { jurisdiction, institution } = change;
  const record = await recordOf(tx, jurisdiction, institution);
  if (!record) return false;
  const listing = await findListing(tx, jurisdiction, institution);
  const next = change.next({ institution: record.institution, listing });
  if (!next) return false;
  if (next.words) await writeWords(tx, change, listing.version, JSON.stringify(next.words));
  if (next.institution) await putInstitution(tx, { ...record, institution: next.institution });
  if (next.parts.length > 0) await noteChange(tx, { id: change.changeId, jurisdiction, institution, on: change.on, kind: 'words', parts: [...next.parts], by: change.by });
  await appendAudit(tx, change.event);
  return true;
}

/** Leaves the transaction so that nothing of it stays. */
class Undone extends Error {
  override readonly name = 'Undone';
  readonly why: 'changed-meanwhile' | 'refused';
  constructor(why: 'changed-meanwhile' | 'refused') { super(why); this.why = why; }
}

const orUndone = async (work: () => Promise<void>): Promise<'saved' | 'changed-meanwhile' | 'refused'> => {
  try {
    await work();
    return 'saved';
  } catch (fault) {
    if (fault instanceof Undone) return fault.why;
    throw fault;
  }
};

async function writeReview(tx: WriteTx, review: Review): Promise<void> {
  const { draft, version, state, decision, photos, jurisdiction, institution } = review;
  await raiseRevision(tx, jurisdiction);
  const moved = await tx.updateTable('listing_draft').set({
    state, version: version + 1, decided_by: decision.by, decided_at: decision.at, reason: decision.reason, reason_words: decision.words, approved: decision.approved.join(' '), changed_at: decision.at,
  }).where('id', '=', draft).where('jurisdiction_code', '=', jurisdiction).where('version', '=', version).where('state', '=', 'awaitingReview').executeTakeFirst();
  if (moved.numUpdatedRows !== 1n) throw new Undone('changed-meanwhile');
  if (photos.length > 0) await tx.updateTable('listing_photo').set({ cleared_by: decision.by, cleared_on: review.on }).where('institution_id', '=', institution).where('id', 'in', [...photos]).where('cleared_by', 'is', null).execute();
  if (!(await applyChange(tx, review))) throw new Undone('refused');
  await queueMessage(tx, jurisdiction, review.notice, review.at);
}

async function saveDraft(write: Storage['write'], draft: ListingDraft, seen: number, event: AuditDraft): Promise<'saved' | 'changed-meanwhile'> {
  try {
    const saved = await orUndone(() => write(async (tx) => {
      if (seen === 0) await tx.insertInto('listing_draft').values({ id: draft.id, jurisdiction_code: draft.jurisdiction, institution_id: draft.institution, ...rowOf(draft) }).execute();
      else {
        const moved = await tx.updateTable('listing_draft').set(rowOf(draft)).where('id', '=', draft.id).where('version', '=', seen).where('state', 'in', open).executeTakeFirst();
        if (moved.numUpdatedRows !== 1n) throw new Undone('changed-meanwhile');
      }
      await appendAudit(tx, event);
    }));
    return saved === 'saved' ? 'saved' : 'changed-meanwhile';
  } catch (fault) {
    // Two begin a draft at once: the second finds the first's.
    if (isUniqueViolation(fault)) return 'changed-meanwhile';
    throw fault;
  }
}

/** 草稿和审核 on either engine. */
export function draftStore({ read, write }: Storage): DraftStore {
  const drafts = (jurisdiction: string) => read.selectFrom('listing_draft').selectAll().where('jurisdiction_code', '=', jurisdiction);
  const first = (row: Database['listing_draft'] | undefined) => row && readDraft(row);
  return {
    standing: async (jurisdiction, institution): Promise<Standing | undefined> => {
      const record = await recordOf(read, jurisdiction, institution);
      return record && { institution: record.institution, listing: await findListing(read, jurisdiction, institution) };
    },
    findOpen: async (jurisdiction, institution) => first(await drafts(jurisdiction).where('institution_id', '=', institution).where('state', 'in', open).executeTakeFirst()),
    find: async (jurisdiction, id) => first(await drafts(jurisdiction).where('id', '=', id).executeTakeFirst()),
    waiting: async (jurisdiction) => (await drafts(jurisdiction).where('state', '=', 'awaitingReview').orderBy('submitted_at').orderBy('id').limit(2_000).execute()).map(readDraft),
    ofInstitution: async (jurisdiction, institution) => (await drafts(jurisdiction).where('institution_id', '=', institution).orderBy('changed_at', 'desc').orderBy('id', 'desc').limit(20).execute()).map(readDraft),
    save: (draft, seen, event) => saveDraft(write, draft, seen, event),
    review: (review) => orUndone(() => write((tx) => writeReview(tx, review))),
    change: async (change) => {
      const saved = await orUndone(() => write(async (tx) => {
        await raiseRevision(tx, change.jurisdiction);
        if (!(await applyChange(tx, change))) throw new Undone('refused');
      }));
      return saved === 'saved' ? 'saved' : 'refused';
    },
    feesDue: async (jurisdiction, by) => {
      const rows = await read.selectFrom('institution').select(['id', 'next_fees']).where('jurisdiction_code', '=', jurisdiction).where('next_fees', 'is not', null).execute();
      return rows.flatMap(({ id, next_fees }) => (z.looseObject({ from: z.string() }).parse(JSON.parse(next_fees ?? '{}')).from <= by ? [id] : []));
    },
    photos: async (jurisdiction, institution) => (await photosOf(read, institution).where('jurisdiction_code', '=', jurisdiction).execute()).map(readPhoto),
  };
}

import type { Credential } from '#domain/directory/model.ts';
import type { FilingMove } from '#domain/filing/model.ts';
import type { FilingStore, WrittenMove } from '#domain/filing/ports.ts';
import { applyTransition, orUndo, Undo } from '#storage/bookingMoves.ts';
import { withSlots } from '#storage/bookingRows.ts';
import { dayOf } from '#domain/shared/dates.ts';
import { appendAudit, queueMessage, raiseRevision } from '#storage/commit.ts';
import { loadRecords, putInstitution } from '#storage/directory.ts';
import { isUniqueViolation } from '#storage/faults.ts';
import { movesOf, pendingMoves } from '#storage/filingRows.ts';
import { noteChange } from '#storage/listing.ts';
import { registrationPart } from '#storage/registrations.ts';
import type { Storage, WriteTx } from '#storage/schema.ts';

const standing = ['requested', 'confirmed', 'waiting', 'offered'];

/** Cancels or tells of every booking that stands and is not over; answers how many. The credential has been written: nobody books any more. */
async function reachBookings(tx: WriteTx, { move: { institution, bookings, at, jurisdiction }, wordFor }: WrittenMove): Promise<number> {
  if (bookings === 'none') return 0;
  const slots = (await tx.selectFrom('slot').select('id').where('institution_id', '=', institution).where('ends_at', '>', at).orderBy('id').execute()).map(({ id }) => id);
  let reached = 0;
  for (const slot of slots) {
    // The slot's row first, as everywhere: whoever is booking it now finishes before, or finds the institution ended.
    await tx.updateTable('slot').set((eb) => ({ taken: eb.ref('taken') })).where('id', '=', slot).execute();
    const rows = await tx.selectFrom('booking').selectAll().where('slot_id', '=', slot).where('state', 'in', standing).orderBy('created_at').orderBy('id').execute();
    for (const { booking } of await withSlots(tx, rows)) {
      const { event, message } = wordFor(booking.id, bookings);
      if (bookings === 'cancelled') await applyTransition(tx, { booking, to: 'cancelled', move: 'cancelled', at, endedBy: 'institution', reason: 'closure', event, message, offers: null });
      else {
        await queueMessage(tx, jurisdiction, message, at);
        await appendAudit(tx, event);
      }
      reached += 1;
    }
  }
  return reached;
}

/** Tells every family that can be told and waits, or has waited, for a place at the institution by name. */
async function reachWishes(tx: WriteTx, { move: { institution, jurisdiction, at }, wishWordFor }: WrittenMove): Promise<void> {
  if (!wishWordFor) return;
  const named = await tx.selectFrom('demand').select(['id', 'institutions']).where('jurisdiction_code', '=', jurisdiction).where('state', 'in', ['looking', 'told']).where('phone_key', 'is not', null)
    .where('lapses_on', '>=', dayOf(at)).where('institutions', 'like', `%${institution}%`).orderBy('id').execute();
  for (const { id } of named) {
    const { event, message } = wishWordFor(id);
    await queueMessage(tx, jurisdiction, message, at);
    await appendAudit(tx, event);
  }
}

/** Puts a credential in the place of what stood; answers false when the institution is gone. */
async function putCredential(tx: WriteTx, jurisdiction: string, institution: string, credential: Credential): Promise<boolean> {
  const record = (await loadRecords(tx, jurisdiction)).find((one) => one.institution.id === institution);
  if (!record) return false;
  await putInstitution(tx, { ...record, institution: { ...record.institution, credential } });
  return true;
}

const writeMove = async (tx: WriteTx, move: FilingMove, ordinal: number): Promise<void> => {
  await tx.insertInto('filing_move').values({
    id: move.id, jurisdiction_code: move.jurisdiction, institution_id: move.institution, ordinal, from_state: move.from, to_state: move.to, on_day: move.on, decision_number: move.decisionNumber, reason: move.reason,
    number: move.number, before: JSON.stringify(move.before), bookings: move.bookings, booking_count: move.bookingCount, by_account: move.by, at: move.at, second: move.second, due_on: move.dueOn, settled: null, settled_by: null, settled_at: null,
  }).execute();
};

/** Leaves a transaction, so that nothing of it stays. */
const undo = (): never => { throw new Undo({ kind: 'changed-meanwhile' }); };

async function applyMove(tx: WriteTx, written: WrittenMove): Promise<number> {
  const { move, credential, seen } = written;
  // Whoever raises the revision holds its row until the end: two changes stand one behind the other.
  await raiseRevision(tx, move.jurisdiction);
  const last = await tx.selectFrom('filing_move').select(['id', 'ordinal']).where('institution_id', '=', move.institution).orderBy('ordinal', 'desc').limit(1).executeTakeFirst();
  const held = await tx.selectFrom('credential').select('state').where('institution_id', '=', move.institution).executeTakeFirst();
  if ((last?.id ?? null) !== seen || held?.state !== move.from) return undo();
  await tx.updateTable('filing_move').set({ settled: 'superseded', settled_by: move.by, settled_at: move.at }).where('institution_id', '=', move.institution).where('second', '!=', 'none').where('settled', 'is', null).execute();
  if (credential && !(await putCredential(tx, move.jurisdiction, move.institution, credential))) return undo();
  const reached = await reachBookings(tx, written);
  await reachWishes(tx, written);
  await writeMove(tx, { ...move, bookingCount: reached }, (last?.ordinal ?? 0) + 1);
  if (credential) await noteChange(tx, { id: written.changeId, jurisdiction: move.jurisdiction, institution: move.institution, on: move.on, kind: 'record', parts: ['credential'], by: 'authority' });
  await appendAudit(tx, written.event);
  return reached;
}

/** 备案: the filing store on either engine. */
export function filingStore(storage: Storage): FilingStore {
  const { read, write } = storage;
  return {
    ...registrationPart(storage),
    institutions: async (jurisdiction) => (await loadRecords(read, jurisdiction)).map(({ institution }) => institution),
    moves: (jurisdiction, institution) => movesOf(read, jurisdiction, institution),
    pending: (jurisdiction) => pendingMoves(read, jurisdiction),
    write: async (written) => {
      for (let attempt = 0; attempt < 5; attempt += 1) {
        try {
          const outcome = await orUndo(write, (tx) => applyMove(tx, written));
          if (!(outcome instanceof Undo)) return { kind: 'saved', bookings: outcome };
        } catch (fault) {
          if (isUniqueViolation(fault)) return { kind: 'written-before' };
          throw fault;
        }
        // A booking that moved meanwhile undoes the whole, which is then tried again; a move of another does not go away.
        const last = (await movesOf(read, written.move.jurisdiction, written.move.institution))[0];
        if ((last?.id ?? null) !== written.seen) return { kind: last?.id === written.move.id ? 'written-before' : 'changed-meanwhile' };
      }
      return { kind: 'changed-meanwhile' };
    },
    settle: async ({ move, how, by, at, credential, changeId, on, event }) => {
      const outcome = await orUndo(write, async (tx) => {
        if (credential) await raiseRevision(tx, move.jurisdiction);
        const settled = await tx.updateTable('filing_move').set({ settled: how, settled_by: by, settled_at: at }).where('id', '=', move.id).where('settled', 'is', null).executeTakeFirst();
        if (settled.numUpdatedRows !== 1n) return undo();
        if (credential) {
          if (!(await putCredential(tx, move.jurisdiction, move.institution, credential))) return undo();
          await noteChange(tx, { id: changeId, jurisdiction: move.jurisdiction, institution: move.institution, on, kind: 'record', parts: ['credential'], by: 'authority' });
        }
        await appendAudit(tx, event);
        return undefined;
      });
      return outcome instanceof Undo ? 'changed-meanwhile' : 'saved';
    },
  };
}

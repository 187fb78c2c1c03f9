import type { DeskStore } from '#domain/booking/ports.ts';
import { addMove, applyTransition, fillSeats, orUndo, Undo } from '#storage/bookingMoves.ts';
import { readEnrolment, withSlots } from '#storage/bookingRows.ts';
import { appendAudit, queueMessage } from '#storage/commit.ts';
import { readSlot, readTerms, slotRows } from '#storage/slots.ts';
import { findTeamOf, writeTeam } from '#storage/teams.ts';
import type { ReadDb, Storage, WriteTx } from '#storage/schema.ts';

const kinds = ['visit', 'care', 'class', 'homeVisit'];
const activeOrOver = 1_000;

/** Ids of a host's slots that start in `[from, to)`. */
const slotIds = (db: ReadDb, host: { readonly kind: 'institution' | 'team'; readonly id: string }, from: number, to: number) =>
  db.selectFrom('slot').select('slot.id').where(host.kind === 'team' ? 'slot.team_id' : 'slot.institution_id', '=', host.id).where('slot.kind', 'in', kinds)
    .where('slot.starts_at', '>=', from).where('slot.starts_at', '<', to);

/** 机构工作台: the desk's store on either engine. */
export function deskStore({ read, write }: Storage): DeskStore {
  /** A booking that another process moved while it was being cancelled undoes the whole; it is read and tried again. */
  const untilUnchanged = async <Result>(work: (tx: WriteTx) => Promise<Result>): Promise<Result> => {
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const outcome = await orUndo(write, work);
      if (!(outcome instanceof Undo)) return outcome;
    }
    throw new Error('bookings changed five times while a band was being closed');
  };
  return {
    bookingsOf: async (host, from, to, states) => {
      const rows = await read.selectFrom('booking').selectAll().where('slot_id', 'in', slotIds(read, host, from, to)).$if(states !== undefined, (query) => query.where('state', 'in', states ?? [])).orderBy('created_at').orderBy('id').limit(activeOrOver).execute();
      return (await withSlots(read, rows)).toSorted((one, other) => one.booking.slot.startsAt - other.booking.slot.startsAt);
    },
    findById: async (jurisdiction, id) => (await withSlots(read, await read.selectFrom('booking').selectAll().where('id', '=', id).where('jurisdiction_code', '=', jurisdiction).execute()))[0],
    findTeamOf: (jurisdiction, subdistrict) => findTeamOf(read, jurisdiction, subdistrict),
    saveTeam: (team, before, event) => write((tx) => writeTeam(tx, team, before, event)),
    record: (event) => write((tx) => appendAudit(tx, event)),
    reissue: (booking, queryCodeHash, at, event, message) => write(async (tx) => {
      const changed = await tx.updateTable('booking').set({ query_code_hash: queryCodeHash, version: booking.version + 1 }).where('id', '=', booking.id).where('version', '=', booking.version)
        .where('sealed_contact', '!=', '').executeTakeFirst();
      if (changed.numUpdatedRows !== 1n) return 'changed-meanwhile';
      await addMove(tx, booking.id, booking.version + 1, at, 'reissued');
      await queueMessage(tx, booking.jurisdiction, message, at);
      await appendAudit(tx, event);
      return 'saved';
    }),
    closeBand: ({ host, from, to, at, decide, cancel, offers, event }) => untilUnchanged(async (tx) => {
      const cancelled: string[] = [];
      let touched = 0;
      // Slots the timetable has closed already are asked too: their bookings still stand.
      const rows = await slotRows(tx).where('slot.institution_id', '=', host.id).where('slot.kind', '=', 'care')
        .where('slot.starts_at', '>=', from).where('slot.starts_at', '<', to).where('slot.ends_at', '>', at).orderBy('slot.starts_at').execute();
      for (const slot of rows.map(readSlot)) {
        const closing = decide(slot);
        // The slot's row first: from here on nobody books it.
        const bands = closing.kind === 'part' ? JSON.stringify(closing.left) : '';
        const twin = closing.kind === 'part' && slot.bands.join() !== closing.left.join() ? await tx.selectFrom('slot').select('id').where('institution_id', '=', host.id).where('kind', '=', 'care')
          .where('starts_at', '=', slot.startsAt).where('bands', '=', bands).where('id', '!=', slot.id).executeTakeFirst() : undefined;
        await tx.updateTable('slot').set(closing.kind === 'part' && !twin ? { bands } : { state: 'closed' }).where('id', '=', slot.id).execute();
        if (closing.kind === 'whole' || slot.bands.join() !== closing.left.join()) touched += 1;
        const bookings = await tx.selectFrom('booking').selectAll().where('slot_id', '=', slot.id).where('state', 'in', ['requested', 'confirmed', 'waiting', 'offered']).orderBy('created_at').execute();
        for (const found of await withSlots(tx, bookings)) {
          const transition = cancel(found, closing);
          if (!transition) continue;
          await applyTransition(tx, transition);
          cancelled.push(transition.booking.id);
        }
        if (closing.kind === 'part') await fillSeats(tx, slot.id, offers(slot));
      }
      await appendAudit(tx, event(touched, cancelled.length));
      return { slots: touched, bookings: cancelled };
    }),
    issueEnrolment: (code, codeHash, event) => write(async (tx) => {
      const made = await tx.insertInto('enrolment_code').values({
        id: code.id, jurisdiction_code: code.jurisdiction, institution_id: code.institution, code_hash: codeHash, issued_on: code.issuedOn, valid_until: code.validUntil, seen_on: code.seenOn, state: code.state, version: code.version,
      }).onConflict((clash) => clash.column('code_hash').doNothing()).executeTakeFirst();
      if (made.numInsertedOrUpdatedRows !== 1n) return readEnrolment(await tx.selectFrom('enrolment_code').selectAll().where('code_hash', '=', codeHash).executeTakeFirstOrThrow());
      await appendAudit(tx, event);
      return code;
    }),
    enrolmentsOf: async (institution, validOn) => (await read.selectFrom('enrolment_code').selectAll().where('institution_id', '=', institution).where('valid_until', '>=', validOn)
      .orderBy('issued_on', 'desc').orderBy('id', 'desc').limit(1_000).execute()).map(readEnrolment),
    revokeEnrolment: (code, event) => write(async (tx) => {
      const changed = await tx.updateTable('enrolment_code').set({ state: 'revoked', version: code.version + 1 }).where('id', '=', code.id).where('version', '=', code.version).executeTakeFirst();
      if (changed.numUpdatedRows !== 1n) return 'changed-meanwhile';
      await appendAudit(tx, event);
      return 'saved';
    }),
    findTerms: async (scope, kind) => {
      const row = await read.selectFrom('booking_terms').selectAll().where('scope', '=', scope).where('kind', '=', kind).executeTakeFirst();
      return row && { terms: readTerms(row), version: row.version };
    },
    saveTerms: (scope, kind, terms, version, event) => write(async (tx) => {
      const row = {
        opens_days_ahead: terms.opensDaysAhead, opens_at: terms.opensAt, closes_hours_before: terms.closesHoursBefore, cancel_hours_before: terms.cancelHoursBefore, confirmation: terms.confirmation,
        monthly_hours: terms.monthlyHours, waiting_list: Number(terms.waitingList), version: version + 1,
      };
      const written = version === 0
        ? (await tx.insertInto('booking_terms').values({ scope, kind, ...row }).onConflict((clash) => clash.doNothing()).executeTakeFirst()).numInsertedOrUpdatedRows
        : (await tx.updateTable('booking_terms').set(row).where('scope', '=', scope).where('kind', '=', kind).where('version', '=', version).executeTakeFirst()).numUpdatedRows;
      if (written !== 1n) return 'changed-meanwhile';
      await appendAudit(tx, event);
      return 'saved';
    }),
  };
}

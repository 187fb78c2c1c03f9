import type { AuditDraft } from '#domain/audit/model.ts';
import { dayOf, instant } from '#domain/shared/dates.ts';
import { appendAudit } from '#storage/commit.ts';
import type { ReadDb, Storage } from '#storage/schema.ts';

/** What is due to be forgotten in one jurisdiction. */
export type DueCount = { readonly jurisdiction: string; readonly bookings: number };

/** The civil day in Asia/Shanghai at an instant. */
const dayText = (at: number): string => dayOf(instant.parse(at));

const endedSlots = (db: ReadDb, endedBefore: number) => db.selectFrom('slot').select('id').where('ends_at', '<', endedBefore);

/** Bookings that still hold a family's data although their slot ended before an instant, counted by jurisdiction. */
export async function countDue(db: ReadDb, endedBefore: number): Promise<readonly DueCount[]> {
  const rows = await db.selectFrom('booking').select(['jurisdiction_code', (eb) => eb.fn.countAll<number>().as('count')])
    .where('sealed_contact', '!=', '').where('slot_id', 'in', endedSlots(db, endedBefore)).groupBy('jurisdiction_code').execute();
  return rows.map(({ jurisdiction_code, count }) => ({ jurisdiction: jurisdiction_code, bookings: Number(count) }));
}

/** 到期删除: forgets the contact, children and code of bookings whose slot ended before an instant (of those that waited too), enrolment codes and hours as old, which booking an answer belonged to, messages and reports as old, and answers that have run out. Numbers and dates stay. */
export async function purgePersonalData(storage: Storage, endedBefore: number, realNow: number, event: (due: DueCount) => AuditDraft): Promise<readonly DueCount[]> {
  return await storage.write(async (tx) => {
    const due = await countDue(tx, endedBefore);
    const held = tx.selectFrom('booking').select('id').where('slot_id', 'in', endedSlots(tx, endedBefore));
    await tx.deleteFrom('booking_child').where('booking_id', 'in', held).execute();
    await tx.updateTable('visit_signal').set({ booking_id: null }).where('booking_id', 'in', held).execute();
    await tx.updateTable('booking').set({ sealed_contact: '', query_code_hash: '', enrolment_id: null }).where('sealed_contact', '!=', '').where('slot_id', 'in', endedSlots(tx, endedBefore)).execute();
    // Codes and hours of care outlive no booking: a code is forgotten with the last day it held, hours with their month.
    await tx.deleteFrom('child_hours').where('month', '<', dayText(endedBefore).slice(0, 7)).execute();
    await tx.deleteFrom('enrolment_code').where('valid_until', '<', dayText(endedBefore))
      .where('id', 'not in', tx.selectFrom('booking').select((eb) => eb.ref('enrolment_id').$castTo<string>().as('id')).where('enrolment_id', 'is not', null)).execute();
    await tx.deleteFrom('outbox').where('created_at', '<', endedBefore).execute();
    await tx.deleteFrom('call_row').where('due_at', '<', endedBefore).execute();
    await tx.updateTable('correction_report').set({ sealed_words: '', sealed_phone: null }).where('created_at', '<', endedBefore).where('sealed_words', '!=', '').execute();
    await tx.updateTable('health_point_report').set({ sealed_words: '', sealed_phone: null }).where('created_at', '<', endedBefore).where('sealed_words', '!=', '').execute();
    await tx.deleteFrom('idempotency').where('expires_at', '<=', realNow).execute();
    for (const one of due) await appendAudit(tx, event(one));
    return due;
  });
}

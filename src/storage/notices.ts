import { sql } from 'kysely';
import type { CallRow, LeasedRow } from '#domain/notices/model.ts';
import type { OutboxStore, Settlement } from '#domain/notices/ports.ts';
import { jurisdictionCode } from '#domain/shared/codes.ts';
import { instant } from '#domain/shared/dates.ts';
import { appendAudit } from '#storage/commit.ts';
import type { ReadDb, Storage, WriteTx } from '#storage/schema.ts';

/** Rows of the outbox that are due and free to be leased, oldest first. */
export const dueRows = (db: ReadDb, now: number, real: number, most: number) =>
  db.selectFrom('outbox').select('id').where('sent_at', 'is', null).where('dead_at', 'is', null).where('due_at', '<=', now)
    .where((eb) => eb.or([eb('lease_until', 'is', null), eb('lease_until', '<=', real)])).orderBy('due_at').limit(most);

/** Confirmed bookings that begin in `(from, to]` and have no reminder for that time, earliest first. */
export const unreminded = (db: ReadDb, from: number, to: number) =>
  db.selectFrom('slot').innerJoin('booking', 'booking.slot_id', 'slot.id').select(['booking.id', 'booking.jurisdiction_code', 'slot.starts_at', 'booking.created_at'])
    .where('slot.starts_at', '>', from).where('slot.starts_at', '<=', to).where('booking.state', '=', 'confirmed').where('booking.sealed_contact', '!=', '')
    .where((eb) => eb.not(eb.exists(eb.selectFrom('outbox').select('outbox.id')
      .where('outbox.dedup_key', '=', sql<string>`'reminder:' || ${eb.ref('booking.id')} || ':' || ${eb.ref('slot.starts_at')}`))))
    .orderBy('slot.starts_at').limit(500);

/** Puts a row on 电话通知清单, once. */
const list = (tx: WriteTx, call: CallRow) =>
  tx.insertInto('call_row').values({
    id: call.id, jurisdiction_code: call.jurisdiction, kind: call.kind, sealed: call.sealed, institution_id: call.institution, subdistrict_code: call.subdistrict, needed: call.needed ? 1 : 0,
    due_at: call.dueAt, office_at: call.officeAt, state: 'open', version: 1, tries: 0, worked_by: null, worked_at: null,
  }).onConflict((clash) => clash.column('id').doNothing()).execute();

const written = (settlement: Settlement, row: LeasedRow, now: number) => {
  switch (settlement.kind) {
    case 'later': return { lease_until: null, due_at: settlement.dueAt, fault: settlement.fault, ...(settlement.attempt ? {} : { attempts: row.attempts - 1 }) };
    case 'dead': return { lease_until: null, dead_at: now, outcome: 'dead', fault: settlement.fault };
    default: return { lease_until: null, sent_at: now, outcome: settlement.kind };
  }
};

async function settleOne(tx: WriteTx, row: LeasedRow, settlement: Settlement, now: number): Promise<boolean> {
  const settled = await tx.updateTable('outbox').set(written(settlement, row, now)).where('id', '=', row.id).where('sent_at', 'is', null).where('dead_at', 'is', null)
    .where('lease_until', '=', row.lease).where('attempts', '=', row.attempts).executeTakeFirst();
  if (settled.numUpdatedRows !== 1n) return false;
  if ((settlement.kind === 'listed' || settlement.kind === 'dead') && settlement.call) await list(tx, settlement.call);
  return true;
}

/** The outbox over a storage; a lease is taken and given back by conditional updates, so that several processes may share it. */
export function outboxStore({ read, write }: Storage): OutboxStore {
  return {
    claim: async (now, real, leaseMs, most) => {
      const ids = (await dueRows(read, now, real, most).execute()).map(({ id }) => id);
      if (ids.length === 0) return [];
      const lease = instant.parse(real + leaseMs);
      return write(async (tx) => {
        const rows = await tx.updateTable('outbox').set((eb) => ({ lease_until: lease, attempts: eb('attempts', '+', 1) }))
          .where('id', 'in', ids).where('sent_at', 'is', null).where('dead_at', 'is', null).where('due_at', '<=', now)
          .where((eb) => eb.or([eb('lease_until', 'is', null), eb('lease_until', '<=', real)])).returningAll().execute();
        return rows.map((row): LeasedRow => ({
          id: row.id, jurisdiction: jurisdictionCode.parse(row.jurisdiction_code), kind: row.kind, sealed: row.sealed, createdAt: instant.parse(row.created_at),
          dueAt: instant.parse(row.due_at), attempts: row.attempts, lease,
        })).toSorted((one, other) => one.dueAt - other.dueAt || (one.id < other.id ? -1 : 1));
      });
    },
    settle: (settlements, now) => (settlements.length === 0 ? Promise.resolve(0) : write(async (tx) => {
      let count = 0;
      for (const { row, settlement } of settlements) if (await settleOne(tx, row, settlement, now)) count += 1;
      return count;
    })),
    plan: (notices) => (notices.length === 0 ? Promise.resolve(0) : write(async (tx) => {
      let fresh = 0;
      for (const { id, jurisdiction, kind, sealed, dedupKey, at, dueAt } of notices) {
        const inserted = await tx.insertInto('outbox').values({
          id, jurisdiction_code: jurisdiction, kind, sealed, created_at: at, due_at: dueAt, sent_at: null, attempts: 0, lease_until: null, dedup_key: dedupKey,
        }).onConflict((clash) => clash.column('dedup_key').where('dedup_key', 'is not', null).doNothing()).executeTakeFirst();
        fresh += Number(inserted.numInsertedOrUpdatedRows ?? 0n);
      }
      return fresh;
    })),
    unreminded: async (from, to) => (await unreminded(read, from, to).execute()).map((row) => ({
      booking: row.id, jurisdiction: jurisdictionCode.parse(row.jurisdiction_code), startsAt: instant.parse(row.starts_at), bookedAt: instant.parse(row.created_at),
    })),
    deadLetters: async (jurisdiction) => {
      const rows = await read.selectFrom('outbox').select(['id', 'kind', 'fault', 'attempts', 'created_at', 'dead_at']).where('jurisdiction_code', '=', jurisdiction).where('dead_at', 'is not', null)
        .orderBy('dead_at', 'desc').limit(200).execute();
      return rows.map((row) => ({ id: row.id, kind: row.kind, fault: row.fault ?? 'unknown', attempts: row.attempts, createdAt: instant.parse(row.created_at), deadAt: instant.parse(row.dead_at) }));
    },
    revive: (jurisdiction, id, now, event) => write(async (tx) => {
      const revived = await tx.updateTable('outbox').set({ dead_at: null, outcome: null, fault: null, attempts: 0, lease_until: null, due_at: now })
        .where('id', '=', id).where('jurisdiction_code', '=', jurisdiction).where('dead_at', 'is not', null).executeTakeFirst();
      if (revived.numUpdatedRows !== 1n) return false;
      await appendAudit(tx, event);
      return true;
    }),
  };
}

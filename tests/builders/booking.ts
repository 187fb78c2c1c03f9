import { randomBytes } from 'node:crypto';
import { bookingRequest, rulesVersion, type BookingRequest } from '#domain/booking/model.ts';
import type { BookingDeps, DeskDeps } from '#domain/booking/deps.ts';
import type { SlotDetails } from '#domain/booking/model.ts';
import type { Desk } from '#domain/booking/staff.ts';
import { jurisdictionCode } from '#domain/shared/codes.ts';
import { instant, instantAt, isoDate, type Instant } from '#domain/shared/dates.ts';
import { bookingSeals } from '#server/bookingSeals.ts';
import { keyringOf } from '#server/crypto.ts';
import { newId } from '#storage/ids.ts';
import { bookingStore } from '#storage/booking.ts';
import { deskStore } from '#storage/desk.ts';
import { putInstitution } from '#storage/directory.ts';
import type { Storage } from '#storage/schema.ts';
import { aRecord } from '#tests/builders/institution.ts';

/** Sunday 22 November 2026, ten in the morning in Asia/Shanghai. */
export const sundayMorning: Instant = instantAt(isoDate.parse('2026-11-22'), '10:00');

/** A whole valid request for a visit; a test states only what matters. */
export const aRequest = (change: Partial<Record<keyof BookingRequest, unknown>> = {}): BookingRequest => bookingRequest.parse({
  slotId: newId(), children: [{ birthMonth: '2025-03' }], contactName: '示例家长', phone: '13800000000', consent: { rulesVersion, actingAs: 'guardian' }, ...change,
});

/** Commands over a real store, with a clock that stands still. */
export const bookingDeps = (storage: Storage, now: Instant = sundayMorning): BookingDeps => ({
  store: bookingStore(storage), seals: bookingSeals(keyringOf(randomBytes(32))), now: () => now, realNow: () => instant.parse(Date.now()),
  findHost: async (_jurisdiction, id) => ({ id, name: '示例·小森林托育园', listed: true }),
});

/** The same for the desk; `now` may be moved by the test. */
export const deskDeps = (storage: Storage, now: () => Instant = () => sundayMorning): DeskDeps => ({ ...bookingDeps(storage), now, desk: deskStore(storage) });

/** The desk of an institution, with an account that does not exist. */
export const deskOf = (institution: string): Desk => ({ actor: 'account-of-the-test', jurisdiction: jurisdictionCode.parse('120105'), host: { kind: 'institution', id: institution } });

/** Writes an institution and one slot of it, tomorrow at ten unless said otherwise. */
export async function aSlot(storage: Storage, { capacity = 6, kind = 'visit', startsAt = sundayMorning + 86_400_000, institution = newId(), bands = [], details, hours = 1 }: { capacity?: number; kind?: string; startsAt?: number; institution?: string; bands?: readonly string[]; details?: SlotDetails; hours?: number } = {}): Promise<{ id: string; institution: string }> {
  const id = newId();
  await storage.write(async (tx) => {
    const exists = await tx.selectFrom('institution').select('id').where('id', '=', institution).executeTakeFirst();
    if (!exists) await putInstitution(tx, { ...aRecord({ id: institution }), rowKey: institution });
    await tx.insertInto('slot').values({
      id, jurisdiction_code: '120105', institution_id: institution, kind, starts_at: startsAt, ends_at: startsAt + hours * 3_600_000, capacity, taken: 0, state: 'open', bands: JSON.stringify(bands),
      details: details ? JSON.stringify(details) : '',
    }).execute();
  });
  return { id, institution };
}

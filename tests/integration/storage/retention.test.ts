import { describe, expect, test } from 'vitest';
import { findBooking } from '#domain/booking/find.ts';
import { reserve } from '#domain/booking/reserve.ts';
import { jurisdictionCode } from '#domain/shared/codes.ts';
import { instant } from '#domain/shared/dates.ts';
import { newId } from '#storage/ids.ts';
import { purgeNow } from '#server/retention.ts';
import { aRequest, aSlot, bookingDeps, sundayMorning } from '#tests/builders/booking.ts';
import { engines } from '#tests/integration/storage/engines.ts';

const hebei = jurisdictionCode.parse('120105');
const day = 86_400_000;

describe.each(engines)('retention on $engine', ({ open }) => {
  test('a family is forgotten 90 days after the visit, not a day before, and the numbers stay', async () => {
    const { storage, leave } = await open();
    const deps = bookingDeps(storage);
    const slot = await aSlot(storage);
    const outcome = await reserve(deps, hebei, newId(), aRequest({ slotId: slot.id }));
    if (!outcome.ok) throw new Error(outcome.reason);
    const ends = sundayMorning + day + 3_600_000;
    expect(await purgeNow(storage, () => instant.parse(ends + 90 * day))).toEqual([]);
    expect(await findBooking(deps, hebei, outcome.value.receipt)).toMatchObject({ ok: true });
    expect(await purgeNow(storage, () => instant.parse(ends + 90 * day + 1))).toEqual([{ jurisdiction: '120105', bookings: 1 }]);
    expect(await findBooking(deps, hebei, outcome.value.receipt)).toEqual({ ok: false, reason: 'not-found' });
    expect(await storage.read.selectFrom('booking').select(['state', 'seats', 'sealed_contact', 'query_code_hash']).execute()).toEqual([{ state: 'confirmed', seats: 1, sealed_contact: '', query_code_hash: '' }]);
    expect(await storage.read.selectFrom('booking_child').select('child_key').execute()).toEqual([]);
    expect(await storage.read.selectFrom('outbox').select('id').execute()).toEqual([]);
    expect(await storage.read.selectFrom('audit_event').select('kind').orderBy('seq').execute()).toEqual([{ kind: 'booking-made' }, { kind: 'personal-data-purged' }]);
    expect(await purgeNow(storage, () => instant.parse(ends + 91 * day))).toEqual([]);
    await leave();
  });
});

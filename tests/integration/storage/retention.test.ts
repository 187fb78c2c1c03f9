import { describe, expect, test } from 'vitest';
import { issueEnrolmentCode } from '#domain/booking/enrolment.ts';
import { findBooking } from '#domain/booking/find.ts';
import { answerAfterVisit } from '#domain/booking/signals.ts';
import { reserve } from '#domain/booking/reserve.ts';
import { jurisdictionCode } from '#domain/shared/codes.ts';
import { instant, isoDate } from '#domain/shared/dates.ts';
import { newId } from '#storage/ids.ts';
import { purgeNow } from '#server/retention.ts';
import { aRequest, aSlot, bookingDeps, deskDeps, deskOf, sundayMorning } from '#tests/builders/booking.ts';
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

  test('what waited, a code, hours of care and which booking an answer belonged to are forgotten too; a code still in force is not', async () => {
    const { storage, leave } = await open();
    let now = sundayMorning;
    const deps = deskDeps(storage, () => now);
    const care = await aSlot(storage, { kind: 'care', capacity: 1 });
    const visit = await aSlot(storage, { institution: care.institution, startsAt: sundayMorning + 2 * day });
    const desk = deskOf(care.institution);
    const short = await issueEnrolmentCode(deps, desk, isoDate.parse('2026-11-30'));
    const long = await issueEnrolmentCode(deps, desk, isoDate.parse('2027-11-01'));
    if (!short.ok || !long.ok) throw new Error('no code');
    const book = async (change: object) => {
      const outcome = await reserve(deps, hebei, newId(), aRequest(change));
      if (!outcome.ok) throw new Error(outcome.reason);
      return outcome.value.receipt;
    };
    await book({ slotId: care.id, phone: '13800000001', enrolmentCode: short.value.code });
    expect(await book({ slotId: care.id, phone: '13800000002', waiting: true })).toMatchObject({ state: 'waiting' });
    const visited = await book({ slotId: visit.id, phone: '13800000003' });
    now = instant.parse(sundayMorning + 3 * day);
    expect(await answerAfterVisit(deps, hebei, visited, { infoMatched: 'yes', askedToPay: 'no', enrolled: 'yes' })).toMatchObject({ ok: true });
    await purgeNow(storage, () => instant.parse(sundayMorning + 130 * day));
    expect(await storage.read.selectFrom('booking').select('state').where('sealed_contact', '!=', '').execute()).toEqual([]);
    expect(await storage.read.selectFrom('booking_child').select('child_key').execute()).toEqual([]);
    expect(await storage.read.selectFrom('child_hours').select('child_key').execute()).toEqual([]);
    expect(await storage.read.selectFrom('enrolment_code').select('id').execute()).toEqual([{ id: long.value.enrolment.id }]);
    expect(await storage.read.selectFrom('visit_signal').select(['booking_id', 'enrolled']).execute()).toEqual([{ booking_id: null, enrolled: 'yes' }]);
    await leave();
  });
});

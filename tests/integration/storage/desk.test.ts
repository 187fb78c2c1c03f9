import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cancelBooking } from '#domain/booking/cancel.ts';
import { closeBand } from '#domain/booking/closeBand.ts';
import type { DeskDeps } from '#domain/booking/deps.ts';
import { bookingOf, findByPhoneEnd, openContact, queueOf, reissueCode, requestsOf, slotsOfDesk } from '#domain/booking/desk.ts';
import { issueEnrolmentCode, revokeEnrolmentCode } from '#domain/booking/enrolment.ts';
import { findBooking } from '#domain/booking/find.ts';
import { rescheduleBooking } from '#domain/booking/reschedule.ts';
import { reserve, type ReserveOutcome } from '#domain/booking/reserve.ts';
import { answerAfterVisit } from '#domain/booking/signals.ts';
import { attended, cancelByInstitution, confirm, decline, moveBooking, noShow, turnedAway } from '#domain/booking/staff.ts';
import { saveTerms, termsOf } from '#domain/booking/terms.ts';
import { acceptOffer } from '#domain/booking/waiting.ts';
import { walkIn } from '#domain/booking/walkIn.ts';
import { jurisdictionCode } from '#domain/shared/codes.ts';
import { instant, isoDate } from '#domain/shared/dates.ts';
import { newId } from '#storage/ids.ts';
import type { Storage } from '#storage/schema.ts';
import { signalTotals } from '#storage/signals.ts';
import { aRequest, aSlot, deskDeps, deskOf, sundayMorning } from '#tests/builders/booking.ts';
import { engines, type Opened } from '#tests/integration/storage/engines.ts';

const hebei = jurisdictionCode.parse('120105');
const [day, hour] = [86_400_000, 3_600_000];
const receiptOf = (outcome: ReserveOutcome) => {
  if (!outcome.ok) throw new Error(`refused: ${outcome.reason}`);
  return outcome.value.receipt;
};
const valueOf = <Value>(outcome: { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly reason: string }): Value => {
  if (!outcome.ok) throw new Error(`refused: ${outcome.reason}`);
  return outcome.value;
};
let phones = 0;
const nextPhone = (): string => { phones += 1; return `136${String(phones).padStart(8, '0')}`; };

describe.each(engines)('机构工作台 on $engine', ({ open }) => {
  let opened: Opened;
  let storage: Storage;
  let deps: DeskDeps;
  let now = sundayMorning;
  beforeAll(async () => {
    opened = await open();
    storage = opened.storage;
    deps = deskDeps(storage, () => now);
  });
  afterAll(() => opened.leave());

  const ask = async (slotId: string, more: object = {}) => receiptOf(await reserve(deps, hebei, newId(), aRequest({ slotId, phone: nextPhone(), ...more })));
  const chosen = async (claim: { reference: string }) => {
    const row = await storage.read.selectFrom('booking').select(['id', 'version', 'state', 'ended_by', 'reason']).where('reference', '=', claim.reference).executeTakeFirstOrThrow();
    return { booking: row.id, version: row.version, state: row.state, endedBy: row.ended_by, reason: row.reason };
  };
  const taken = async (id: string) => (await storage.read.selectFrom('slot').select('taken').where('id', '=', id).executeTakeFirstOrThrow()).taken;
  const hoursOf = async (institution: string) => (await storage.read.selectFrom('child_hours').select('minutes').where('institution_id', '=', institution).execute()).map(({ minutes }) => minutes);
  const counts = async () => Promise.all((['audit_event', 'outbox'] as const).map(async (table) => Number((await storage.read.selectFrom(table).select((eb) => eb.fn.countAll().as('count')).executeTakeFirstOrThrow()).count)));

  test('a first-time request lists the papers to bring, and is confirmed once, by its own institution, at the version it saw', async () => {
    const slot = await aSlot(storage, { kind: 'care' });
    const desk = deskOf(slot.institution);
    const receipt = await ask(slot.id);
    expect(receipt).toMatchObject({ state: 'requested', materials: ['guardianId', 'vaccinationRecord', 'healthCheck', 'agreement', 'allergyAndFeeding', 'pickUpAuthorisation'] });
    const seen = await chosen(receipt);
    expect(await confirm(deps, deskOf(newId()), seen)).toEqual({ ok: false, reason: 'not-found' });
    const before = await counts();
    expect(await confirm(deps, desk, seen)).toEqual({ ok: true, value: { state: 'confirmed', version: 2 } });
    expect((await counts()).map((count, index) => count - (before[index] ?? 0))).toEqual([1, 1]);
    expect(await confirm(deps, desk, seen)).toEqual({ ok: false, reason: 'changed-meanwhile' });
    expect(await decline(deps, desk, await chosen(receipt), 'materials')).toEqual({ ok: false, reason: 'wrong-state' });
  });

  test('declining tells the reason, frees the seat and offers it to who waits', async () => {
    const slot = await aSlot(storage, { kind: 'care', capacity: 1, startsAt: sundayMorning + 3 * day });
    const first = await ask(slot.id);
    const waits = await ask(slot.id, { waiting: true });
    valueOf(await decline(deps, deskOf(slot.institution), await chosen(first), 'age'));
    expect(await findBooking(deps, hebei, first)).toMatchObject({ ok: true, value: { state: 'declined', endedBy: 'institution', reason: 'age' } });
    expect(await findBooking(deps, hebei, waits)).toMatchObject({ ok: true, value: { state: 'offered' } });
    expect(await acceptOffer(deps, hebei, waits)).toMatchObject({ ok: true, value: { state: 'requested' } });
  });

  test('an enrolment code books care at once; unknown and another institution’s are refused by name; expired, revoked or long away fall back to a request', async () => {
    const slot = await aSlot(storage, { kind: 'care', startsAt: sundayMorning + 2 * day });
    const other = await aSlot(storage, { kind: 'care', startsAt: sundayMorning + 2 * day });
    const desk = deskOf(slot.institution);
    const { code, enrolment } = valueOf(await issueEnrolmentCode(deps, desk, isoDate.parse('2026-11-24')));
    expect(await ask(slot.id, { enrolmentCode: ` ${code.toLowerCase().replaceAll('-', ' ')} ` })).toMatchObject({ state: 'confirmed', enrolment: 'accepted' });
    for (const enrolmentCode of ['0000-0000-0000', '不知道']) {
      expect(await reserve(deps, hebei, newId(), aRequest({ slotId: slot.id, phone: nextPhone(), enrolmentCode }))).toEqual({ ok: false, reason: 'fields', faults: [{ field: 'enrolmentCode', code: 'unknown-value' }] });
    }
    expect(await reserve(deps, hebei, newId(), aRequest({ slotId: other.id, phone: nextPhone(), enrolmentCode: code }))).toMatchObject({ ok: false, reason: 'fields' });
    const later = await aSlot(storage, { kind: 'care', startsAt: sundayMorning + 3 * day, institution: slot.institution });
    expect(await ask(later.id, { enrolmentCode: code })).toMatchObject({ state: 'requested', enrolment: 'expired' });
    await revokeEnrolmentCode(deps, desk, enrolment.id);
    expect(await ask(slot.id, { enrolmentCode: code })).toMatchObject({ state: 'requested', enrolment: 'expired' });
    const year = valueOf(await issueEnrolmentCode(deps, desk, isoDate.parse('2027-11-01')));
    await storage.write((tx) => tx.updateTable('enrolment_code').set({ seen_on: '2026-08-01' }).where('id', '=', year.enrolment.id).execute());
    expect(await ask(slot.id, { enrolmentCode: year.code })).toMatchObject({ state: 'requested', enrolment: 'expired' });
    expect(await issueEnrolmentCode(deps, desk, isoDate.parse('2028-12-01'))).toEqual({ ok: false, reason: 'range' });
    const [once, again] = [valueOf(await issueEnrolmentCode(deps, desk, isoDate.parse('2027-05-31'), 'a form sent twice')), valueOf(await issueEnrolmentCode(deps, desk, isoDate.parse('2027-06-30'), 'a form sent twice'))];
    expect(again, 'one form, one code, as first asked').toEqual(once);
    expect(valueOf(await issueEnrolmentCode(deps, deskOf(other.institution), isoDate.parse('2027-05-31'), 'a form sent twice')).code).not.toBe(once.code);
    const issued = await storage.read.selectFrom('audit_event').select('object_id').where('kind', '=', 'enrolment-code-issued').where('object_id', 'in', [once.enrolment.id, again.enrolment.id]).execute();
    expect(issued).toHaveLength(1);
    const kept = JSON.stringify(await storage.read.selectFrom('enrolment_code').selectAll().execute());
    for (const secret of [code, code.replaceAll('-', ''), year.code]) expect(kept).not.toContain(secret);
  });

  test('attendance: not before its hour, mended among the three, and a child turned away has used no hours', async () => {
    const slot = await aSlot(storage, { kind: 'care', hours: 3, startsAt: sundayMorning + day });
    const desk = deskOf(slot.institution);
    const receipt = await ask(slot.id);
    valueOf(await confirm(deps, desk, await chosen(receipt)));
    expect(await attended(deps, desk, await chosen(receipt))).toEqual({ ok: false, reason: 'not-yet' });
    now = instant.parse(sundayMorning + day - 1);
    expect(await noShow(deps, desk, await chosen(receipt))).toEqual({ ok: false, reason: 'not-yet' });
    valueOf(await attended(deps, desk, await chosen(receipt)));
    now = instant.parse(sundayMorning + day);
    valueOf(await noShow(deps, desk, await chosen(receipt)));
    expect(await hoursOf(slot.institution)).toEqual([180]);
    valueOf(await turnedAway(deps, desk, await chosen(receipt)));
    expect([await taken(slot.id), await hoursOf(slot.institution), (await chosen(receipt)).state]).toEqual([1, [0], 'turnedAway']);
    // A slip of the hand, mended twice: the hours follow what was so.
    for (const [act, minutes] of [[attended, 180], [turnedAway, 0], [noShow, 180], [turnedAway, 0]] as const) {
      valueOf(await act(deps, desk, await chosen(receipt)));
      expect(await hoursOf(slot.institution)).toEqual([minutes]);
    }
    const visit = await aSlot(storage, { startsAt: sundayMorning + day + 3 * hour });
    const visitor = await ask(visit.id);
    expect(await turnedAway(deps, deskOf(visit.institution), await chosen(visitor))).toEqual({ ok: false, reason: 'wrong-state' });
    now = sundayMorning;
  });

  test('monthly hours bind one child at one institution, also under contention, and come back when a booking is cancelled', async () => {
    const first = await aSlot(storage, { kind: 'care', hours: 3 });
    const desk = deskOf(first.institution);
    const { terms, version } = await termsOf(deps, desk, 'care');
    expect([terms.monthlyHours, version]).toEqual([null, 0]);
    expect(await saveTerms(deps, desk, 'visit', { ...terms, waitingList: false, monthlyHours: 6 }, 0)).toEqual({ ok: false, reason: 'not-of-this-kind' });
    valueOf(await saveTerms(deps, desk, 'care', { ...terms, monthlyHours: 6 }, 0));
    expect(await saveTerms(deps, desk, 'care', { ...terms, monthlyHours: 9 }, 0)).toEqual({ ok: false, reason: 'changed-meanwhile' });
    const slots = await Promise.all([2, 3, 4, 5, 6].map((ahead) => aSlot(storage, { kind: 'care', hours: 3, institution: first.institution, startsAt: sundayMorning + ahead * day })));
    const phone = nextPhone();
    const outcomes = await Promise.all(slots.map(({ id }) => reserve(deps, hebei, newId(), aRequest({ slotId: id, phone }))));
    expect(outcomes.map((outcome) => (outcome.ok ? 'ok' : outcome.reason)).toSorted()).toEqual(['monthly-hours-used', 'monthly-hours-used', 'monthly-hours-used', 'ok', 'ok']);
    expect(await hoursOf(first.institution)).toEqual([360]);
    const made = outcomes.find(({ ok }) => ok);
    if (made) await cancelBooking(deps, hebei, receiptOf(made));
    expect(await hoursOf(first.institution)).toEqual([180]);
    const nextMonth = await aSlot(storage, { kind: 'care', hours: 3, institution: first.institution, startsAt: sundayMorning + 12 * day });
    const moving = outcomes.filter(({ ok }) => ok).map(receiptOf)[1];
    if (moving) expect(await rescheduleBooking(deps, hebei, newId(), { ...moving, slotId: nextMonth.id })).toMatchObject({ ok: true, value: { state: 'requested' } });
    expect((await hoursOf(first.institution)).toSorted((one, other) => one - other)).toEqual([0, 180]);
  });

  test('a closed band: its care is cancelled by the institution, each family told once; other bands of the same slot stay', async () => {
    const own = await aSlot(storage, { kind: 'care', bands: ['toddler'] });
    const shared = await aSlot(storage, { kind: 'care', bands: ['toddler', 'older'], institution: own.institution, startsAt: sundayMorning + 2 * day });
    const after = await aSlot(storage, { kind: 'care', bands: ['toddler'], institution: own.institution, startsAt: sundayMorning + 9 * day });
    const [toddler, both, older, later] = [await ask(own.id), await ask(shared.id), await ask(shared.id, { children: [{ birthMonth: '2024-06' }] }), await ask(after.id)];
    const before = await counts();
    const closed = valueOf(await closeBand(deps, deskOf(own.institution), ['toddler'], isoDate.parse('2026-11-23'), isoDate.parse('2026-11-25'), 'illness'));
    expect([closed.slots, closed.bookings.length]).toEqual([2, 2]);
    expect((await counts()).map((count, index) => count - (before[index] ?? 0))).toEqual([3, 2]);
    expect(await Promise.all([toddler, both, older, later].map(async (claim) => (await chosen(claim)).state))).toEqual(['cancelled', 'cancelled', 'requested', 'requested']);
    expect(await chosen(toddler)).toMatchObject({ endedBy: 'institution', reason: 'illness' });
    expect(await reserve(deps, hebei, newId(), aRequest({ slotId: own.id, phone: nextPhone() }))).toEqual({ ok: false, reason: 'institution-suspended' });
    expect(await reserve(deps, hebei, newId(), aRequest({ slotId: shared.id, phone: nextPhone() }))).toEqual({ ok: false, reason: 'too-young' });
    expect([await taken(own.id), await taken(shared.id)]).toEqual([0, 1]);
    expect(await reserve(deps, hebei, newId(), aRequest({ slotId: after.id, phone: nextPhone() }))).toMatchObject({ ok: true });
  });

  test('the desk sees what waits for its answer, its open times with the seats left, one booking with its history, and nothing of another host', async () => {
    const slot = await aSlot(storage, { kind: 'care', capacity: 3, startsAt: sundayMorning + day });
    const later = await aSlot(storage, { kind: 'visit', capacity: 2, startsAt: sundayMorning + 20 * day, institution: slot.institution });
    const desk = deskOf(slot.institution);
    const [asked, sure] = [await ask(slot.id), await ask(later.id)];
    expect((await requestsOf(deps, desk)).map(({ reference }) => reference)).toEqual([asked.reference]);
    const { booking } = await chosen(sure);
    expect(await bookingOf(deps, desk, booking)).toMatchObject({ row: { reference: sure.reference, state: 'confirmed', version: 1 }, history: [{ kind: 'booked' }], position: 0 });
    expect(await bookingOf(deps, deskOf(newId()), booking)).toBeUndefined();
    expect(await bookingOf(deps, desk, newId())).toBeUndefined();
    const [first, last] = [isoDate.parse('2026-11-22'), isoDate.parse('2026-12-20')];
    expect((await slotsOfDesk(deps, desk, first, last)).map(({ slot: { id }, free }) => [id, free])).toEqual([[slot.id, 2], [later.id, 1]]);
    expect(await slotsOfDesk(deps, deskOf(newId()), first, last)).toEqual([]);
    await confirm(deps, desk, await chosen(asked));
    expect(await requestsOf(deps, desk)).toEqual([]);
  });

  test('contacts are masked until opened with a reason, which is recorded; found by day and end of phone', async () => {
    const slot = await aSlot(storage);
    const desk = deskOf(slot.institution);
    const receipt = await ask(slot.id, { contactName: '欧阳女士', phone: '13955554321', note: '孩子怕生' });
    const [row] = await queueOf(deps, desk, isoDate.parse('2026-11-23'), isoDate.parse('2026-11-23'));
    expect(row).toMatchObject({ reference: receipt.reference, maskedName: '欧**', phoneEnds: '4321', hasNote: true, children: 1, advice: [{ band: 'toddler', fit: 'fits' }] });
    expect(JSON.stringify(row)).not.toMatch(/13955554321|欧阳|怕生|2025-03/);
    const { booking } = await chosen(receipt);
    expect(await openContact(deps, deskOf(newId()), booking, 'confirmTime')).toEqual({ ok: false, reason: 'not-found' });
    expect(await openContact(deps, desk, booking, 'confirmTime')).toMatchObject({ ok: true, value: { contactName: '欧阳女士', phone: '13955554321' } });
    const opened_ = await storage.read.selectFrom('audit_event').select(['actor', 'detail']).where('object_id', '=', booking).where('kind', '=', 'contact-opened').execute();
    expect(opened_).toEqual([{ actor: 'account-of-the-test', detail: '{"reason":"confirmTime"}' }]);
    expect((await findByPhoneEnd(deps, desk, isoDate.parse('2026-11-23'), '4321')).map(({ reference }) => reference)).toEqual([receipt.reference]);
    expect(await findByPhoneEnd(deps, desk, isoDate.parse('2026-11-24'), '4321')).toEqual([]);
    expect(JSON.stringify(await storage.read.selectFrom('audit_event').select('detail').execute())).not.toContain('4321');
  });

  test('a code is issued anew only to who says slot and form of address; the old one opens nothing more', async () => {
    const slot = await aSlot(storage);
    const desk = deskOf(slot.institution);
    const receipt = await ask(slot.id, { contactName: '李女士' });
    expect(await reissueCode(deps, desk, await chosen(receipt), { slotId: slot.id, contactName: '王女士' })).toEqual({ ok: false, reason: 'not-matching' });
    const fresh = valueOf(await reissueCode(deps, desk, await chosen(receipt), { slotId: slot.id, contactName: ' 李 女士' }));
    expect(await findBooking(deps, hebei, receipt)).toEqual({ ok: false, reason: 'not-found' });
    expect(await findBooking(deps, hebei, fresh)).toMatchObject({ ok: true, value: { history: [{ event: 'booked' }, { event: 'reissued' }] } });
  });

  test('a walk-in takes a seat once however often the form is sent, is attended on the spot, and never passes a queue', async () => {
    const slot = await aSlot(storage, { kind: 'class', capacity: 2, startsAt: sundayMorning + day });
    const desk = deskOf(slot.institution);
    const came = { slotId: slot.id, seats: 1, contactName: null, phone: null, children: [] };
    now = instant.parse(sundayMorning + day - hour / 2);
    const [one, again] = [await walkIn(deps, desk, 'walk-in-key-1', came), await walkIn(deps, desk, 'walk-in-key-1', came)];
    expect(one).toMatchObject({ ok: true, value: { state: 'attended' } });
    expect(again).toEqual(one);
    expect(await taken(slot.id)).toBe(1);
    valueOf(await walkIn(deps, desk, 'walk-in-key-2', came));
    expect(await walkIn(deps, desk, 'walk-in-key-3', came)).toEqual({ ok: false, reason: 'full' });
    expect(await walkIn(deps, deskOf(newId()), 'walk-in-key-4', came)).toEqual({ ok: false, reason: 'slot-unknown' });
    now = sundayMorning;
  });

  test('the desk moves a booking past the cut-off into a free slot, never into a full one', async () => {
    const from = await aSlot(storage, { startsAt: sundayMorning + day });
    const to = await aSlot(storage, { startsAt: sundayMorning + 2 * day, institution: from.institution, capacity: 1 });
    const [one, other] = [await ask(from.id), await ask(from.id)];
    now = instant.parse(sundayMorning + day - hour);
    expect(await rescheduleBooking(deps, hebei, newId(), { ...one, slotId: to.id })).toEqual({ ok: false, reason: 'too-late' });
    expect(await moveBooking(deps, deskOf(from.institution), await chosen(one), to.id)).toMatchObject({ ok: true, value: { state: 'confirmed' } });
    expect(await moveBooking(deps, deskOf(from.institution), await chosen(other), to.id)).toEqual({ ok: false, reason: 'full' });
    expect([await taken(from.id), await taken(to.id)]).toEqual([1, 1]);
    valueOf(await cancelByInstitution(deps, deskOf(from.institution), await chosen(other), 'staff'));
    expect(await taken(from.id)).toBe(0);
    now = sundayMorning;
  });

  test('after a visit three questions are answered once, and only the regulator’s totals show them', async () => {
    const slot = await aSlot(storage);
    const receipt = await ask(slot.id);
    const answers = { infoMatched: 'no', askedToPay: 'yes', enrolled: 'undecided' } as const;
    expect(await answerAfterVisit(deps, hebei, receipt, answers)).toEqual({ ok: false, reason: 'not-yet' });
    now = instant.parse(sundayMorning + day + 2 * hour);
    const shown = async () => { const found = await findBooking(deps, hebei, receipt); return found.ok && found.value.answered; };
    expect(await shown()).toBeUndefined();
    expect(await answerAfterVisit(deps, hebei, receipt, answers)).toEqual({ ok: true, value: 'saved' });
    expect(await shown(), 'told to who has the code, not what').toBe(true);
    expect(await answerAfterVisit(deps, hebei, receipt, { ...answers, askedToPay: 'no' })).toEqual({ ok: false, reason: 'already-answered' });
    now = sundayMorning;
    expect((await signalTotals(storage.read, hebei, '2026-11-23', '2026-11-23')).filter(({ institution }) => institution === slot.institution))
      .toEqual([{ institution: slot.institution, answered: 1, infoNotMatched: 1, infoPartly: 0, askedToPay: 1, enrolled: 0 }]);
  });
});

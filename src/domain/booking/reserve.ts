import { dayOf, type Instant } from '#domain/shared/dates.ts';
import { readEnrolmentCode, type JurisdictionCode } from '#domain/shared/codes.ts';
import { done, refused, type Outcome } from '#domain/shared/outcome.ts';
import type { BookingContact, BookingRefusal, BookingRequest, Slot } from '#domain/booking/model.ts';
import { bookingEvent, bookingMessage, childKeysOf, idempotencyEnd, type BookingDeps } from '#domain/booking/deps.ts';
import { queueIsOver } from '#domain/booking/offers.ts';
import type { Reservation, StoredAnswer } from '#domain/booking/ports.ts';
import { careHours, enrolmentHolds, fieldFaults, mayBook, monthFaults, seatsFor, stateWithSeat, type FieldFault, type MonthFault } from '#domain/booking/rules.ts';
import { answerOf, type BookingReceipt, type SlotHost } from '#domain/booking/views.ts';

export type ReserveRefusal = BookingRefusal | 'slot-unknown' | 'idempotency-key-reused';
export type ReserveOutcome =
  | Outcome<{ readonly receipt: BookingReceipt; readonly replayed: boolean }, ReserveRefusal>
  | { readonly ok: false; readonly reason: 'months'; readonly faults: readonly MonthFault[] }
  | { readonly ok: false; readonly reason: 'fields'; readonly faults: readonly FieldFault[] }
  | { readonly ok: false; readonly reason: 'too-many'; readonly seconds: number };

/** 建档码 of a request: none given, still in force, or no longer so (care is then asked for anew); undefined when the institution never issued it. */
type Enrolled = { readonly standing: 'none' | 'accepted' | 'expired'; readonly id: string | null };

async function enrolledBy(deps: BookingDeps, slot: Slot, typed: string | undefined): Promise<Enrolled | undefined> {
  if (slot.kind !== 'care' || typed === undefined || typed.trim() === '') return { standing: 'none', id: null };
  const code = readEnrolmentCode(typed);
  const found = code && await deps.store.findEnrolment(slot.host.id, deps.seals.hashEnrolmentCode(slot.host.id, code));
  if (!found) return undefined;
  return enrolmentHolds(found, dayOf(slot.startsAt)) ? { standing: 'accepted', id: found.id } : { standing: 'expired', id: null };
}

const contactOf = (request: BookingRequest, slot: Slot): BookingContact => ({
  contactName: request.contactName, phone: request.phone, note: request.note ?? null, children: request.children, actingAs: request.consent.actingAs,
  ...(slot.kind === 'visit' && request.plannedStart !== undefined ? { plannedStart: request.plannedStart } : {}),
  ...(slot.kind === 'homeVisit' && request.community !== undefined ? { community: request.community } : {}),
});

type Asked = { readonly slot: Slot; readonly host: SlotHost; readonly request: BookingRequest; readonly enrolled: Enrolled; readonly key: string; readonly keyHash: string; readonly requestHash: string; readonly now: Instant; readonly childKeys: readonly string[] };

/** Everything one attempt writes; reference, code and ids are drawn anew for each. */
function draw(deps: BookingDeps, { slot, request, enrolled, keyHash, requestHash, now, childKeys }: Asked) {
  const { seals } = deps;
  const id = seals.newId();
  const reference = seals.newReference();
  const queryCode = seals.newQueryCode();
  const contact = contactOf(request, slot);
  const common = {
    id, jurisdiction: slot.jurisdiction, reference, queryCodeHash: seals.hashQueryCode(reference, queryCode), slot, day: dayOf(slot.startsAt), seats: seatsFor(slot.kind, request.children.length),
    sealedContact: seals.sealContact(id, contact), childKeys, rulesVersion: request.consent.rulesVersion, actingAs: request.consent.actingAs, at: now,
    hours: careHours(slot), enrolment: enrolled.id,
  } as const;
  const kept = { keyHash, requestHash, expiresAt: idempotencyEnd(deps.realNow(), slot), now: deps.realNow() };
  return { id, reference, queryCode, contact, common, kept, marked: enrolled.standing === 'none' ? {} : { enrolment: enrolled.standing } };
}

/** Takes a seat now. */
async function take(deps: BookingDeps, asked: Asked) {
  const { slot, host, key, now, enrolled } = asked;
  const state = stateWithSeat(slot, enrolled.id !== null);
  const { id, reference, queryCode, contact, common, kept, marked } = draw(deps, asked);
  const receipt: BookingReceipt = { ...answerOf({ reference, state, slot: { ...slot, taken: slot.taken + common.seats } }, host, contact, now), ...marked, queryCode };
  const reservation: Reservation = {
    ...common, state, idempotency: { ...kept, sealedAnswer: deps.seals.sealAnswer(key, receipt) },
    event: bookingEvent(deps, slot.jurisdiction, 'booking-made', id, { slot: slot.id, seats: common.seats, state }),
    message: bookingMessage(deps, state === 'requested' ? 'booking-requested' : 'booking-made', id),
  };
  const result = await deps.store.reserve(reservation);
  return result.kind === 'reserved' ? { kind: 'made', receipt } as const : result;
}

/** Joins the queue of a full slot. */
async function queue(deps: BookingDeps, asked: Asked) {
  const { slot, host, key, now } = asked;
  const { id, reference, queryCode, contact, common, kept, marked } = draw(deps, asked);
  const receiptAt = (position: number): BookingReceipt =>
    ({ ...answerOf({ reference, state: 'waiting', slot: { ...slot, waiting: position } }, host, contact, now), ...marked, position, queryCode });
  const result = await deps.store.join({
    ...common, idempotency: kept, sealAnswer: (position) => deps.seals.sealAnswer(key, receiptAt(position)),
    event: bookingEvent(deps, slot.jurisdiction, 'waiting-joined', id, { slot: slot.id, seats: common.seats }), message: bookingMessage(deps, 'waiting-joined', id),
  });
  return result.kind === 'joined' ? { kind: 'made', receipt: receiptAt(result.position) } as const : result;
}

/** 预约 or 候补: takes a seat (or a place in the queue, when asked for and the slot is full) and writes booking, audit event, message and sealed answer in one transaction; the same key and body answer alike. */
export async function reserve(deps: BookingDeps, jurisdiction: JurisdictionCode, idempotencyKey: string, request: BookingRequest): Promise<ReserveOutcome> {
  const { store, seals } = deps;
  const keyHash = seals.hashKey(idempotencyKey);
  const requestHash = seals.hashRequest({ ...request });
  const replay = (answer: StoredAnswer): ReserveOutcome =>
    answer.requestHash === requestHash
      ? done({ receipt: seals.openAnswer(idempotencyKey, answer.sealedAnswer), replayed: true })
      : refused('idempotency-key-reused');

  const earlier = await store.findAnswer(jurisdiction, keyHash, deps.realNow());
  if (earlier) return replay(earlier);
  const slot = await store.findSlot(jurisdiction, request.slotId);
  const host = slot && await deps.findHost(jurisdiction, slot.host.id);
  if (!slot || !host) return refused('slot-unknown');
  const now = deps.now();
  const months = monthFaults(request, slot, now);
  if (months.length > 0) return { ok: false, reason: 'months', faults: months };
  const fields = fieldFaults(request, slot, now);
  if (fields.length > 0) return { ok: false, reason: 'fields', faults: fields };
  const allowed = mayBook(slot, request, now, host.listed);
  if (!allowed.ok && allowed.reason !== 'full') return allowed;
  const enrolled = await enrolledBy(deps, slot, request.enrolmentCode);
  if (!enrolled) return { ok: false, reason: 'fields', faults: [{ field: 'enrolmentCode', code: 'unknown-value' }] };
  const childKeys = childKeysOf(seals, request.phone, request.children);
  const mayWait = request.waiting === true && slot.terms.waitingList && !queueIsOver(slot, now) && seatsFor(slot.kind, request.children.length) <= slot.capacity;
  // A slot seen full costs no allowance; it is asked for all the same, since this key may have taken its last seat a moment ago.
  const seconds = allowed.ok || mayWait ? await deps.mayAsk?.(request.phone, childKeys) ?? 0 : 0;
  if (seconds > 0) return { ok: false, reason: 'too-many', seconds };

  const asked: Asked = { slot, host, request, enrolled, key: idempotencyKey, keyHash, requestHash, now, childKeys };
  let waits = mayWait && !allowed.ok;
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const result = await (waits ? queue(deps, asked) : take(deps, asked));
    if (result.kind === 'made') return done({ receipt: result.receipt, replayed: false });
    if (result.kind === 'replay') return replay(result.answer);
    if (result.kind === 'seat-open') waits = false;
    else if (result.kind === 'full' && mayWait && !waits) waits = true;
    else if (result.kind !== 'reference-taken') return refused(result.kind);
  }
  throw new Error('neither a seat nor a place in the queue in five attempts');
}

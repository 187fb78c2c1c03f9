import { z } from 'zod';
import { classBands } from '#domain/directory/model.ts';
import { addDays, dayOf, instant, instantAt, writeInstant, yearMonth, type Instant } from '#domain/shared/dates.ts';
import { readQueryCode, readReference, type JurisdictionCode } from '#domain/shared/codes.ts';
import { done, refused, type Outcome } from '#domain/shared/outcome.ts';
import { adviseChild, bookableUntil, cancelUntil, mayBook, monthFaults, openSeats, seatsFor, type MonthFault } from '#domain/booking/rules.ts';
import { bookingKinds, bookingMoves, bookingStates, type Booking, type BookingContact, type BookingKind, type BookingRefusal, type BookingRequest, type BookingState, type Slot } from '#domain/booking/model.ts';
import type { AuditDraft } from '#domain/audit/model.ts';
import type { BookingSeals, BookingStore, FoundBooking, Reservation } from '#domain/booking/ports.ts';

/** Who holds a slot, as the public view knows it. `listed` is false once the credential is no longer in force. */
export type SlotHost = { readonly id: string; readonly name: string; readonly listed: boolean };

/** What booking commands need. `now` is the domain's day and time (may be fixed by `NOW`), `realNow` the machine's clock. */
export type BookingDeps = {
  readonly store: BookingStore;
  readonly seals: BookingSeals;
  readonly now: () => Instant;
  readonly realNow: () => Instant;
  readonly findHost: (jurisdiction: JurisdictionCode, institution: string) => Promise<SlotHost | undefined>;
};

/** 预约时段 as the contract writes it. */
export const slotView = z.object({
  id: z.uuid(), kind: z.enum(bookingKinds), host: z.object({ id: z.string(), name: z.string() }),
  startsAt: z.string(), endsAt: z.string(), capacity: z.number().int(), open: z.number().int(), bands: z.array(z.enum(classBands)).readonly(), bookableUntil: z.string(),
}).readonly();
export type SlotView = z.infer<typeof slotView>;

const childAdvice = z.object({ birthMonth: yearMonth, band: z.enum(classBands).nullable(), fit: z.enum(['fits', 'check', 'expected', 'too-young', 'too-old']) }).readonly();

const answerShape = { reference: z.string(), state: z.enum(bookingStates), slot: slotView, advice: z.array(childAdvice).readonly(), cancelUntil: z.string() };
/** 预约回执: what a parent gets once; the query code is kept nowhere else in clear. */
export const bookingReceipt = z.object({ ...answerShape, queryCode: z.string() }).readonly();
export type BookingReceipt = z.infer<typeof bookingReceipt>;
/** 预约进度: what reference and code open later. */
export const bookingProgress = z.object({ ...answerShape, history: z.array(z.object({ at: z.string(), event: z.enum(bookingMoves) }).readonly()).readonly() }).readonly();
export type BookingProgress = z.infer<typeof bookingProgress>;
export type BookingAnswer = Omit<BookingReceipt, 'queryCode'>;

/** 预约时段 as the public sees it at `now`. */
export const viewSlot = (slot: Slot, host: { readonly id: string; readonly name: string }, now: Instant): SlotView => ({
  id: slot.id, kind: slot.kind, host: { id: host.id, name: host.name }, startsAt: writeInstant(slot.startsAt), endsAt: writeInstant(slot.endsAt),
  capacity: slot.capacity, open: openSeats(slot, now), bands: slot.bands, bookableUntil: writeInstant(bookableUntil(slot)),
});

const answerOf = (reference: string, state: BookingState, slot: Slot, host: SlotHost, children: BookingContact['children'], now: Instant): BookingAnswer => ({
  reference, state, slot: viewSlot(slot, host, now), advice: children.map(({ birthMonth }) => adviseChild(birthMonth, slot)),
  cancelUntil: writeInstant(cancelUntil(slot)),
});

const event = (deps: BookingDeps, jurisdiction: JurisdictionCode, kind: string, booking: string, detail: AuditDraft['detail']): AuditDraft =>
  ({ id: deps.seals.newId(), jurisdiction, at: deps.now(), kind, actor: 'parent', objectKind: 'booking', objectId: booking, detail });

const message = (deps: BookingDeps, kind: string, payload: unknown): Reservation['message'] => {
  const id = deps.seals.newId();
  return { id, kind, sealed: deps.seals.sealMessage(id, payload) };
};

/** One key per child: twins differ by ordinal, the same child in another booking does not. */
export function childKeysOf(seals: BookingSeals, phone: string, children: BookingContact['children']): readonly string[] {
  const seen = new Map<string, number>();
  return children.map(({ birthMonth }) => {
    const ordinal = seen.get(birthMonth) ?? 0;
    seen.set(birthMonth, ordinal + 1);
    return seals.childKey(phone, birthMonth, ordinal);
  });
}

/** An idempotency record lives 24 hours, or until the end of the slot's day when that is later. */
const idempotencyEnd = (realNow: Instant, slot: Slot): Instant =>
  instant.parse(Math.max(realNow + 86_400_000, instantAt(addDays(dayOf(slot.startsAt), 1), '00:00')));

export type ReserveRefusal = BookingRefusal | 'slot-unknown' | 'idempotency-key-reused';
export type ReserveOutcome = Outcome<{ readonly receipt: BookingReceipt; readonly replayed: boolean }, ReserveRefusal> | { readonly ok: false; readonly reason: 'months'; readonly faults: readonly MonthFault[] };

/** 预约: takes a seat and writes booking, audit event, message and sealed answer in one transaction; the same key and body answer alike. */
export async function reserve(deps: BookingDeps, jurisdiction: JurisdictionCode, idempotencyKey: string, request: BookingRequest): Promise<ReserveOutcome> {
  const { store, seals } = deps;
  const keyHash = seals.hashKey(idempotencyKey);
  const requestHash = seals.hashRequest({ ...request });
  const replay = (answer: { readonly requestHash: string; readonly sealedAnswer: string }): ReserveOutcome =>
    answer.requestHash === requestHash
      ? done({ receipt: seals.openAnswer(idempotencyKey, answer.sealedAnswer), replayed: true })
      : refused('idempotency-key-reused');

  const earlier = await store.findAnswer(jurisdiction, keyHash, deps.realNow());
  if (earlier) return replay(earlier);
  const slot = await store.findSlot(jurisdiction, request.slotId);
  const host = slot && await deps.findHost(jurisdiction, slot.host.id);
  if (!slot || !host) return refused('slot-unknown');
  const now = deps.now();
  const faults = monthFaults(request, slot.kind, now);
  if (faults.length > 0) return { ok: false, reason: 'months', faults };
  const allowed = mayBook(slot, request, now, host.listed);
  if (!allowed.ok && allowed.reason !== 'full') return allowed;

  const seats = seatsFor(slot.kind, request.children.length);
  const state = slot.kind === 'care' ? 'requested' : 'confirmed';
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const id = seals.newId();
    const reference = seals.newReference();
    const queryCode = seals.newQueryCode();
    const receipt: BookingReceipt = { ...answerOf(reference, state, { ...slot, taken: slot.taken + seats }, host, request.children, now), queryCode };
    const contact: BookingContact = { contactName: request.contactName, phone: request.phone, note: request.note ?? null, children: request.children, actingAs: request.consent.actingAs };
    const result = await store.reserve({
      id, jurisdiction, reference, queryCodeHash: seals.hashQueryCode(reference, queryCode), slot, day: dayOf(slot.startsAt), state, seats,
      sealedContact: seals.sealContact(id, contact), childKeys: childKeysOf(seals, request.phone, request.children),
      rulesVersion: request.consent.rulesVersion, actingAs: request.consent.actingAs, at: now,
      idempotency: { keyHash, requestHash, sealedAnswer: seals.sealAnswer(idempotencyKey, receipt), expiresAt: idempotencyEnd(deps.realNow(), slot), now: deps.realNow() },
      event: event(deps, jurisdiction, 'booking-made', id, { slot: slot.id, seats, state }),
      message: message(deps, 'booking-made', { booking: id }),
    });
    if (result.kind === 'reserved') return done({ receipt, replayed: false });
    if (result.kind === 'replay') return replay(result.answer);
    if (result.kind !== 'reference-taken') return refused(result.kind);
  }
  throw new Error('no free booking reference in three draws');
}

async function openFound(deps: BookingDeps, jurisdiction: JurisdictionCode, typed: { readonly reference: string; readonly queryCode: string }): Promise<FoundBooking | undefined> {
  const reference = readReference('Y', typed.reference) ?? 'Y-00000000';
  const code = readQueryCode(typed.queryCode) ?? '0000000000000000';
  const found = await deps.store.findByReference(jurisdiction, reference);
  // An unknown reference costs the same hash and comparison as a known one.
  const same = deps.seals.sameHash(deps.seals.hashQueryCode(reference, code), found?.queryCodeHash ?? deps.seals.hashQueryCode('Y-00000000', 'none'));
  return found && same ? found : undefined;
}

async function progressOf(deps: BookingDeps, found: FoundBooking, booking: Booking): Promise<BookingProgress> {
  const host = await deps.findHost(booking.jurisdiction, booking.slot.host.id);
  const contact = deps.seals.openContact(booking.id, found.sealedContact);
  const answer = answerOf(booking.reference, booking.state, booking.slot, host ?? { id: booking.slot.host.id, name: '', listed: false }, contact.children, deps.now());
  const history = await deps.store.history(booking.id);
  return { ...answer, history: history.map(({ at, kind }) => ({ at: writeInstant(at), event: kind })) };
}

/** 查预约: by reference and code; unknown, wrong and malformed answer alike. */
export async function findBooking(deps: BookingDeps, jurisdiction: JurisdictionCode, typed: { readonly reference: string; readonly queryCode: string }): Promise<Outcome<BookingProgress, 'not-found'>> {
  const found = await openFound(deps, jurisdiction, typed);
  return found ? done(await progressOf(deps, found, found.booking)) : refused('not-found');
}

/** 取消预约: frees the seat; again the same; refused after the cut-off. */
export async function cancelBooking(deps: BookingDeps, jurisdiction: JurisdictionCode, typed: { readonly reference: string; readonly queryCode: string }): Promise<Outcome<BookingProgress, 'not-found' | 'too-late'>> {
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const found = await openFound(deps, jurisdiction, typed);
    if (!found) return refused('not-found');
    const { booking } = found;
    if (booking.state === 'cancelled') return done(await progressOf(deps, found, booking));
    if (!isActive(booking) || deps.now() > cancelUntil(booking.slot)) return refused('too-late');
    const saved = await deps.store.cancel(booking, deps.now(), event(deps, jurisdiction, 'booking-cancelled', booking.id, { slot: booking.slot.id, by: 'parent' }), message(deps, 'booking-cancelled', { booking: booking.id }));
    if (saved === 'saved') return done(await progressOf(deps, found, { ...booking, state: 'cancelled', slot: { ...booking.slot, taken: booking.slot.taken - booking.seats } }));
  }
  throw new Error('booking changed three times while being cancelled');
}

const isActive = (booking: Booking): boolean => booking.state === 'confirmed' || booking.state === 'requested' || booking.state === 'waiting' || booking.state === 'offered';

export type RescheduleRefusal = BookingRefusal | 'not-found' | 'slot-unknown' | 'idempotency-key-reused';

/** 改期: takes the new seat and frees the old one in one transaction, or changes nothing. */
export async function rescheduleBooking(deps: BookingDeps, jurisdiction: JurisdictionCode, idempotencyKey: string, typed: { readonly reference: string; readonly queryCode: string; readonly slotId: string }): Promise<Outcome<BookingProgress, RescheduleRefusal>> {
  const found = await openFound(deps, jurisdiction, typed);
  if (!found) return refused('not-found');
  const keyHash = deps.seals.hashKey(idempotencyKey);
  const requestHash = deps.seals.hashRequest({ move: 'reschedule', booking: found.booking.id, slotId: typed.slotId });
  const earlier = await deps.store.findAnswer(jurisdiction, keyHash, deps.realNow());
  if (earlier) return earlier.requestHash === requestHash ? done(await progressOf(deps, found, found.booking)) : refused('idempotency-key-reused');
  const { booking } = found;
  const slot = await deps.store.findSlot(jurisdiction, typed.slotId);
  const host = slot && await deps.findHost(jurisdiction, slot.host.id);
  if (!slot || !host || slot.kind !== booking.slot.kind || slot.host.id !== booking.slot.host.id) return refused('slot-unknown');
  if (!isActive(booking) || deps.now() > cancelUntil(booking.slot)) return refused('too-late');
  if (slot.id === booking.slot.id) return done(await progressOf(deps, found, booking));
  const contact = deps.seals.openContact(booking.id, found.sealedContact);
  const request: BookingRequest = { slotId: slot.id, children: contact.children, contactName: contact.contactName, phone: contact.phone, consent: { rulesVersion: booking.rulesVersion, actingAs: contact.actingAs } };
  const allowed = mayBook(slot, request, deps.now(), host.listed);
  if (!allowed.ok && allowed.reason !== 'full' && allowed.reason !== 'rules-changed') return allowed;
  const seats = seatsFor(slot.kind, contact.children.length);
  const result = await deps.store.reschedule(booking, slot, dayOf(slot.startsAt), seats, deps.now(),
    event(deps, jurisdiction, 'booking-rescheduled', booking.id, { from: booking.slot.id, to: slot.id }), message(deps, 'booking-rescheduled', { booking: booking.id }),
    { keyHash, requestHash, sealedAnswer: deps.seals.sealAnswer(idempotencyKey, { booking: booking.id }), expiresAt: idempotencyEnd(deps.realNow(), slot), now: deps.realNow() });
  if (result.kind === 'reserved') return done(await progressOf(deps, found, { ...booking, slot: { ...slot, taken: slot.taken + seats } }));
  if (result.kind === 'replay') return result.answer.requestHash === requestHash ? done(await progressOf(deps, found, found.booking)) : refused('idempotency-key-reused');
  if (result.kind === 'changed-meanwhile' || result.kind === 'reference-taken') return refused('too-late');
  return refused(result.kind);
}

/** 可约时段: slots of one institution and kind between two days, as the public sees them now. */
export async function listSlots(deps: BookingDeps, host: SlotHost, kind: BookingKind, from: Instant, to: Instant): Promise<readonly SlotView[]> {
  if (!host.listed) return [];
  const slots = await deps.store.findSlots(host.id, kind, from, to);
  return slots.map((slot) => viewSlot(slot, host, deps.now()));
}

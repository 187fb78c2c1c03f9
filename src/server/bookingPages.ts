import type { BookingRequest } from '#domain/booking/model.ts';
import { fieldFaults, monthFaults } from '#domain/booking/rules.ts';
import type { BookingReceipt, SlotView } from '#domain/booking/views.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import { bookingRefusalText, tooManyBookingsText } from '#text/booking.ts';
import { bookingFormText } from '#text/bookingKinds.ts';
import type { App } from '#server/app.ts';
import { childRows, readBookingForm, type FormError } from '#server/bookingForm.ts';
import { hostShown, type HostShown } from '#server/bookingHosts.ts';
import { bookingSentence } from '#server/bookingSentence.ts';
import type { Typed } from '#server/forms.ts';
import { bookableSlots, slotStands } from '#server/pages/slots.ts';
import { newId } from '#storage/ids.ts';

/** A slot chosen and whom it is with. */
export type Chosen = { readonly slot: SlotView; readonly host: HostShown };

/** What the booking page shows next. */
export type BookingStep =
  | { readonly kind: 'no-slot' }
  | { readonly kind: 'closed'; readonly chosen: Chosen; readonly sentence: string; readonly others: readonly SlotView[] }
  | { readonly kind: 'form' | 'check'; readonly chosen: Chosen; readonly typed: Typed; readonly errors: readonly FormError[]; readonly key: string }
  | { readonly kind: 'refused'; readonly chosen: Chosen; readonly typed: Typed; readonly sentence: string; readonly key: string; readonly others: readonly SlotView[]; readonly mayWait: boolean }
  | { readonly kind: 'booked'; readonly receipt: BookingReceipt };

/** The slot a link names, with its host. */
export async function chosenSlot(app: App, place: Jurisdiction, slotId: string): Promise<Chosen | undefined> {
  const slot = /^[0-9a-f-]{36}$/i.test(slotId) ? await app.bookings.slot(place.code, slotId.toLowerCase()) : undefined;
  return slot && { slot, host: await hostShown(app, place, slot) };
}

const keyOf = (typed: Typed): string => (/^[\x21-\x7e]{8,128}$/.test(typed['key'] ?? '') ? typed['key'] ?? '' : newId());

/** Other open times of the same host and kind. */
export async function otherSlots(app: App, place: Jurisdiction, slot: SlotView): Promise<readonly SlotView[]> {
  const slots = await bookableSlots(app, place, slot.host.id, slot.kind);
  return slots.filter(({ id, open }) => open > 0 && id !== slot.id);
}

/** The form when it is first opened: what can no longer be booked is said at once, before anything is typed. */
async function opened(app: App, place: Jurisdiction, chosen: Chosen): Promise<BookingStep> {
  const listed = (await app.bookings.host(place.code, chosen.slot.host.id))?.listed === true;
  const stands = listed ? slotStands(chosen.slot, app.now()) : 'institution-suspended';
  if (stands === 'open' || stands === 'waitable') return { kind: 'form', chosen, typed: { slotId: chosen.slot.id, ...(stands === 'waitable' ? { waiting: '1' } : {}) }, errors: [], key: newId() };
  return { kind: 'closed', chosen, sentence: bookingRefusalText[stands], others: listed ? await otherSlots(app, place, chosen.slot) : [] };
}

/** Months and fields no booking of this slot can have, said before the answers are checked. */
const earlyErrors = (request: BookingRequest, { slot }: Chosen, now: ReturnType<App['now']>): readonly FormError[] => {
  const ruled = { kind: slot.kind, details: slot.details ?? { kind: 'visit' as const } };
  const bornOnly = ruled.details.kind === 'care' || (ruled.details.kind === 'class' && ruled.details.ages?.pregnancy !== true);
  return [
    ...monthFaults(request, ruled, now).map(({ index, code }) => ({ field: `year${String(childRows[index] ?? 1)}`, message: bookingSentence(bornOnly ? 'birthMonthBorn' : 'birthMonth', code) })),
    ...fieldFaults(request, ruled, now).map(({ field, code }) => ({ field, message: bookingSentence(field, code) })),
  ];
};

/** 预约: the form, its check, the booking. `typed` undefined: the page is only being read. */
export async function bookingStep(app: App, place: Jurisdiction, slotId: string, typed: Typed | undefined, from: string): Promise<BookingStep> {
  const chosen = await chosenSlot(app, place, typed?.['slotId'] ?? slotId);
  if (!chosen) return { kind: 'no-slot' };
  if (!typed) return opened(app, place, chosen);
  const key = keyOf(typed);
  const read = readBookingForm({ ...typed, slotId: chosen.slot.id }, chosen.slot.kind);
  if (!read.ok) return { kind: 'form', chosen, typed, errors: read.errors, key };
  const early = earlyErrors(read.value, chosen, app.now());
  if (early.length > 0 || typed['step'] === 'edit') return { kind: 'form', chosen, typed, errors: early, key };
  if (typed['step'] !== 'confirm') return { kind: 'check', chosen, typed, errors: [], key };
  const refuse = async (sentence: string, nextKey: string, mayWait = false): Promise<BookingStep> =>
    ({ kind: 'refused', chosen, typed, sentence, key: nextKey, mayWait, others: await otherSlots(app, place, chosen.slot) });
  const wait = await app.limits.take('booking', from);
  if (wait > 0) return refuse(`操作太频繁，请 ${String(Math.ceil(wait / 60))} 分钟后再试，您填写的内容还在。`, key);
  const outcome = await app.bookings.reserve(place.code, key, read.value);
  if (outcome.ok) return { kind: 'booked', receipt: outcome.value.receipt };
  if (outcome.reason === 'months') return { kind: 'form', chosen, typed, key, errors: outcome.faults.map(({ index, code }) => ({ field: `year${String(childRows[index] ?? 1)}`, message: bookingSentence('birthMonth', code) })) };
  if (outcome.reason === 'slot-unknown') return { kind: 'no-slot' };
  // The parent changed the answers after this form had been sent: a fresh key makes it a fresh booking.
  if (outcome.reason === 'idempotency-key-reused') return { kind: 'check', chosen, typed, errors: [], key: newId() };
  if (outcome.reason === 'fields') return { kind: 'form', chosen, typed, key, errors: outcome.faults.map(({ field, code }) => ({ field, message: bookingSentence(field, code) })) };
  if (outcome.reason === 'too-many') return refuse(tooManyBookingsText, key);
  const waited = read.value.waiting === true;
  const fullNow = outcome.reason === 'full' && chosen.slot.waitingList === true;
  return refuse(fullNow && waited ? bookingFormText.tooFull : bookingRefusalText[outcome.reason], newId(), fullNow && !waited);
}

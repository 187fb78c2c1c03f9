import type { BookingProgress, BookingReceipt, SlotView } from '#domain/booking/views.ts';
import type { Institution } from '#domain/directory/model.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import { bookingNotFoundText, bookingRefusalText, tooManyBookingsText, tooManyTriesText } from '#text/booking.ts';
import type { App } from '#server/app.ts';
import { childRows, readBookingForm, type FormError } from '#server/bookingForm.ts';
import { bookingSentence } from '#server/bookingSentence.ts';
import type { Typed } from '#server/forms.ts';
import { newId } from '#storage/ids.ts';

/** A slot chosen and the institution it is at. */
export type Chosen = { readonly slot: SlotView; readonly institution: Institution };

/** What the booking page shows next. */
export type BookingStep =
  | { readonly kind: 'no-slot' }
  | { readonly kind: 'form' | 'check'; readonly chosen: Chosen; readonly typed: Typed; readonly errors: readonly FormError[]; readonly key: string }
  | { readonly kind: 'refused'; readonly chosen: Chosen; readonly typed: Typed; readonly sentence: string; readonly key: string }
  | { readonly kind: 'booked'; readonly receipt: BookingReceipt };

/** The slot a link names, with its institution. */
export async function chosenSlot(app: App, place: Jurisdiction, slotId: string): Promise<Chosen | undefined> {
  const slot = /^[0-9a-f-]{36}$/i.test(slotId) ? await app.bookings.slot(place.code, slotId.toLowerCase()) : undefined;
  const entry = slot && await app.directory.find(place.code, slot.host.id);
  return slot && entry && { slot, institution: entry.institution };
}

const keyOf = (typed: Typed): string => (/^[\x21-\x7e]{8,128}$/.test(typed['key'] ?? '') ? typed['key'] ?? '' : newId());

/** 预约: the form, its check, the booking. `typed` undefined: the page is only being read. */
export async function bookingStep(app: App, place: Jurisdiction, slotId: string, typed: Typed | undefined, from: string): Promise<BookingStep> {
  const chosen = await chosenSlot(app, place, typed?.['slotId'] ?? slotId);
  if (!chosen) return { kind: 'no-slot' };
  if (!typed) return { kind: 'form', chosen, typed: { slotId: chosen.slot.id }, errors: [], key: newId() };
  const key = keyOf(typed);
  const read = readBookingForm({ ...typed, slotId: chosen.slot.id });
  if (!read.ok) return { kind: 'form', chosen, typed, errors: read.errors, key };
  if (typed['step'] === 'edit') return { kind: 'form', chosen, typed, errors: [], key };
  if (typed['step'] !== 'confirm') return { kind: 'check', chosen, typed, errors: [], key };
  const wait = await app.limits.take('booking', from);
  if (wait > 0) return { kind: 'refused', chosen, typed, sentence: `操作太频繁，请 ${String(Math.ceil(wait / 60))} 分钟后再试，您填写的内容还在。`, key };
  const outcome = await app.bookings.reserve(place.code, key, read.value);
  if (outcome.ok) return { kind: 'booked', receipt: outcome.value.receipt };
  if (outcome.reason === 'months') return { kind: 'form', chosen, typed, key, errors: outcome.faults.map(({ index, code }) => ({ field: `year${String(childRows[index] ?? 1)}`, message: bookingSentence('birthMonth', code) })) };
  if (outcome.reason === 'slot-unknown') return { kind: 'no-slot' };
  // The parent changed the answers after this form had been sent: a fresh key makes it a fresh booking.
  if (outcome.reason === 'idempotency-key-reused') return { kind: 'check', chosen, typed, errors: [], key: newId() };
  if (outcome.reason === 'fields') return { kind: 'form', chosen, typed, key, errors: outcome.faults.map(({ field, code }) => ({ field, message: bookingSentence(field, code) })) };
  if (outcome.reason === 'too-many') return { kind: 'refused', chosen, typed, sentence: tooManyBookingsText, key };
  return { kind: 'refused', chosen, typed, sentence: bookingRefusalText[outcome.reason], key: newId() };
}

/** What the page for finding and cancelling shows. */
export type FindStep =
  | { readonly kind: 'ask'; readonly typed: Typed; readonly errors: readonly FormError[] }
  | { readonly kind: 'found' | 'ask-cancel' | 'cancelled'; readonly typed: Typed; readonly progress: BookingProgress; readonly institution: Institution | undefined; readonly sentence?: string };

/** 查预约、取消预约: by POST only, so that the code never stands in an address. */
export async function findStep(app: App, place: Jurisdiction, typed: Typed | undefined, from: string): Promise<FindStep & { readonly status: 200 | 404 | 409 | 422 | 429 }> {
  if (!typed) return { kind: 'ask', typed: {}, errors: [], status: 200 };
  const claim = { reference: (typed['reference'] ?? '').trim(), queryCode: (typed['queryCode'] ?? '').trim() };
  const missing = (['reference', 'queryCode'] as const).filter((name) => claim[name] === '');
  if (missing.length > 0) return { kind: 'ask', typed, errors: missing.map((field) => ({ field, message: bookingSentence(field, 'required') })), status: 422 };
  const cancelling = typed['step'] === 'cancel';
  const outcome = cancelling ? await app.bookings.cancel(place.code, claim, from) : await app.bookings.find(place.code, claim, from);
  if (outcome.ok) {
    const entry = await app.directory.find(place.code, outcome.value.slot.host.id);
    const kind = cancelling ? 'cancelled' : typed['step'] === 'ask-cancel' ? 'ask-cancel' : 'found';
    return { kind, typed, progress: outcome.value, institution: entry?.institution, status: 200 };
  }
  if (outcome.reason === 'too-late') {
    const found = await app.bookings.find(place.code, claim, from);
    if (found.ok) return { kind: 'found', typed, progress: found.value, institution: (await app.directory.find(place.code, found.value.slot.host.id))?.institution, sentence: '已过可取消的时间，请直接联系机构说明。', status: 409 };
  }
  return outcome.reason === 'too-many'
    ? { kind: 'ask', typed: { reference: claim.reference }, errors: [{ field: 'reference', message: tooManyTriesText }], status: 429 }
    : { kind: 'ask', typed: { reference: claim.reference }, errors: [{ field: 'reference', message: bookingNotFoundText }], status: 404 };
}

import { activeStates, visitAnswers, type BookingState } from '#domain/booking/model.ts';
import type { BookingProgress, SlotView } from '#domain/booking/views.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import { bookingNotFoundText, bookingRefusalText, tooManyTriesText } from '#text/booking.ts';
import { afterText, visitQuestions } from '#text/bookingAfter.ts';
import { visitAnswerRefusalText } from '#text/bookingDesk.ts';
import type { App } from '#server/app.ts';
import type { FormError } from '#server/bookingForm.ts';
import { hostShown, type HostShown } from '#server/bookingHosts.ts';
import { otherSlots } from '#server/bookingPages.ts';
import type { Claim } from '#server/bookings.ts';
import { bookingSentence } from '#server/bookingSentence.ts';
import type { Typed } from '#server/forms.ts';
import { newId } from '#storage/ids.ts';

export type Notice = { readonly tone: 'amber' | 'leaf'; readonly title: string; readonly sentence: string };
type Open = { readonly typed: Typed; readonly progress: BookingProgress; readonly host: HostShown; readonly errors: readonly FormError[]; readonly notice: Notice | null };

/** What the page for finding, moving, cancelling and answering shows. */
export type FindStep =
  | { readonly kind: 'ask'; readonly typed: Typed; readonly errors: readonly FormError[] }
  | (Open & { readonly kind: 'found' | 'ask-cancel' | 'cancelled' })
  | (Open & { readonly kind: 'choose'; readonly others: readonly SlotView[] })
  | (Open & { readonly kind: 'check-move'; readonly target: SlotView; readonly key: string });
type Answered = FindStep & { readonly status: 200 | 404 | 409 | 422 | 429 };

const amber = (title: string, sentence: string): Notice => ({ tone: 'amber', title, sentence });
const leaf = (title: string, sentence: string): Notice => ({ tone: 'leaf', title, sentence });

type Asked = { readonly app: App; readonly place: Jurisdiction; readonly typed: Typed; readonly claim: Claim; readonly from: string };

/** The booking as it stands now, whatever was asked of it. */
async function shown({ app, place, typed, claim, from }: Asked, notice: Notice | null = null, status: Answered['status'] = 200): Promise<Answered> {
  const found = await app.bookings.find(place.code, claim, from);
  if (!found.ok) return notOpened(claim, found.reason);
  return { kind: 'found', typed, progress: found.value, host: await hostShown(app, place, found.value.slot), errors: [], notice, status };
}

const isActive = (state: BookingState): boolean => activeStates.some((active) => active === state);

/** The booking as it stands, with why it was not changed: it is over (another window may have ended it), or only too late. */
async function notNow(asked: Asked, title: string, sentence: string): Promise<Answered> {
  const found = await shown(asked, amber(title, sentence), 409);
  return found.kind === 'found' && !isActive(found.progress.state) ? { ...found, notice: amber(afterText.over, afterText.overWhat) } : found;
}

const notOpened = (claim: Claim, reason: 'not-found' | 'too-many'): Answered => ({
  kind: 'ask', typed: { reference: claim.reference }, errors: [{ field: 'reference', message: reason === 'too-many' ? tooManyTriesText : bookingNotFoundText }], status: reason === 'too-many' ? 429 : 404,
});

async function cancel(asked: Asked): Promise<Answered> {
  const { app, place, claim, from, typed } = asked;
  const outcome = await app.bookings.cancel(place.code, claim, from);
  if (outcome.ok) return { kind: 'cancelled', typed, progress: outcome.value, host: await hostShown(app, place, outcome.value.slot), errors: [], notice: null, status: 200 };
  return outcome.reason === 'too-late' || outcome.reason === 'booking-over' ? notNow(asked, afterText.notCancelled, afterText.cancelLate) : notOpened(claim, outcome.reason);
}

async function accept(asked: Asked): Promise<Answered> {
  const outcome = await asked.app.bookings.accept(asked.place.code, asked.claim, asked.from);
  if (outcome.ok) return shown(asked, leaf(afterText.accepted, afterText.acceptedWhat));
  return outcome.reason === 'offer-ended' ? shown(asked, amber(afterText.notDone, bookingRefusalText['offer-ended']), 409) : notOpened(asked.claim, outcome.reason);
}

/** 改期, first page: other times of the same host and kind. */
async function choose(asked: Asked, errors: readonly FormError[] = [], notice: Notice | null = null): Promise<Answered> {
  const found = await shown(asked);
  if (found.kind !== 'found') return found;
  if (!isActive(found.progress.state)) return { ...found, notice: amber(afterText.over, afterText.overWhat), status: 409 };
  return { ...found, kind: 'choose', others: await otherSlots(asked.app, asked.place, found.progress.slot), errors, notice, status: notice ? 409 : errors.length > 0 ? 422 : 200 };
}

/** 改期, second page: the old time beside the new one. */
async function checkMove(asked: Asked, key: string = newId()): Promise<Answered> {
  const found = await shown(asked);
  if (found.kind !== 'found') return found;
  if (!isActive(found.progress.state)) return choose(asked);
  const { slot } = found.progress;
  const target = (await otherSlots(asked.app, asked.place, slot)).find(({ id }) => id === asked.typed['slotId']);
  return target ? { ...found, kind: 'check-move', target, key } : choose(asked, [{ field: 'slotId', message: afterText.pickTime }]);
}

async function move(asked: Asked): Promise<Answered> {
  const { app, place, typed, claim, from } = asked;
  const key = typed['key'] ?? '';
  if (!/^[\x21-\x7e]{8,128}$/.test(key)) return checkMove(asked);
  const outcome = await app.bookings.reschedule(place.code, key, { ...claim, slotId: typed['slotId'] ?? '' }, from);
  if (outcome.ok) return shown(asked, leaf(afterText.moved, afterText.movedWhat));
  if (outcome.reason === 'not-found' || outcome.reason === 'too-many') return notOpened(claim, outcome.reason);
  if (outcome.reason === 'idempotency-key-reused') return checkMove(asked);
  if (outcome.reason === 'too-late' || outcome.reason === 'booking-over') return notNow(asked, afterText.notMoved, afterText.tooLate);
  const sentence = outcome.reason === 'slot-unknown' ? bookingSentence('slotId', 'unknown-value') : bookingRefusalText[outcome.reason];
  return choose(asked, [], amber(afterText.notMoved, sentence));
}

/** 参观后的三个问题: all three, once. */
async function answer(asked: Asked): Promise<Answered> {
  const { app, place, typed, claim, from } = asked;
  const read = visitAnswers.safeParse(Object.fromEntries(visitQuestions.fields.map(({ name }) => [name, typed[name]])));
  if (!read.success) {
    const missing = new Set(read.error.issues.map(({ path }) => String(path[0])));
    const found = await shown(asked);
    return found.kind === 'found' ? { ...found, errors: visitQuestions.fields.filter(({ name }) => missing.has(name)).map(({ name, error }) => ({ field: name, message: error })), status: 422 } : found;
  }
  const outcome = await app.bookings.answerAfterVisit(place.code, claim, read.data, from);
  if (outcome.ok) return shown(asked, leaf(visitQuestions.thanks, visitQuestions.thanksWhat));
  if (outcome.reason === 'not-found' || outcome.reason === 'too-many') return notOpened(claim, outcome.reason);
  return shown(asked, amber(visitQuestions.notTaken, visitAnswerRefusalText[outcome.reason]), 409);
}

/** 查预约、改期、取消、候补、参观反馈: by POST only, so that the code never stands in an address and reading changes nothing. */
export async function findStep(app: App, place: Jurisdiction, typed: Typed | undefined, from: string): Promise<Answered> {
  if (!typed) return { kind: 'ask', typed: {}, errors: [], status: 200 };
  const claim = { reference: (typed['reference'] ?? '').trim(), queryCode: (typed['queryCode'] ?? '').trim() };
  const missing = (['reference', 'queryCode'] as const).filter((name) => claim[name] === '');
  if (missing.length > 0) return { kind: 'ask', typed, errors: missing.map((field) => ({ field, message: bookingSentence(field, 'required') })), status: 422 };
  const asked = { app, place, typed, claim, from };
  switch (typed['step']) {
    case 'cancel': return cancel(asked);
    case 'accept': return accept(asked);
    case 'ask-move': return choose(asked);
    case 'check-move': return checkMove(asked);
    case 'move': return move(asked);
    case 'answer': return answer(asked);
    case 'ask-cancel': {
      const found = await shown(asked);
      return found.kind === 'found' ? { ...found, kind: 'ask-cancel' } : found;
    }
    default: return shown(asked);
  }
}

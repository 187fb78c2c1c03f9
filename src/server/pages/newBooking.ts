import { addMonths, monthOf, type IsoDate } from '#domain/shared/dates.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import type { App } from '#server/app.ts';
import { consentValue, keptFields, rowsTyped } from '#server/bookingForm.ts';
import type { BookingStep } from '#server/bookingPages.ts';
import { slotFacts } from '#server/pages/slotFacts.ts';
import { slotChoice, slotsView } from '#server/pages/slots.ts';
import { confirmButtonText, kindWords } from '#text/bookingKinds.ts';
import { bookingAnswers, newBookingText as words, yearsToChoose } from '#text/bookingPage.ts';
import { monthText } from '#text/dates.ts';

type Shown = Exclude<BookingStep, { readonly kind: 'booked' }>;

/** Furthest month care may be planned for. */
const monthsAhead = 24;

/** Months a family may plan to begin in. */
const startsFrom = (today: IsoDate): readonly { readonly value: string; readonly label: string }[] =>
  Array.from({ length: monthsAhead + 1 }, (_, ahead) => addMonths(monthOf(today), ahead)).map((month) => ({ value: month, label: monthText(month) }));

const titleOf = (step: Shown): string => {
  if (step.kind === 'no-slot') return words.noSlot;
  if (step.kind === 'check') return step.typed['waiting'] === '1' ? words.checkWaiting : words.check;
  return kindWords[step.chosen.slot.kind].title;
};

const statusOf = (step: Shown): 200 | 404 | 409 | 422 =>
  (step.kind === 'no-slot' ? 404 : step.kind === 'refused' ? 409 : step.kind === 'form' && step.errors.length > 0 ? 422 : 200);

/** What the page that books says besides its step. */
export function newBookingView(app: Pick<App, 'today' | 'now'>, place: Jurisdiction, step: Shown) {
  const faults = step.kind === 'form' ? step.errors : [];
  const common = { title: titleOf(step), status: statusOf(step), hasErrors: faults.length > 0, host: step.kind === 'no-slot' ? null : step.chosen.host };
  if (step.kind === 'no-slot') return { ...common, body: { kind: 'no-slot' as const } };
  const { slot, host } = step.chosen;
  const typed = step.kind === 'closed' ? {} : step.typed;
  const waiting = typed['waiting'] === '1';
  const key = step.kind === 'closed' ? '' : step.key;
  const body = {
    kind: step.kind, action: `/${place.slug}/bookings/new/`, slot, host, typed, facts: slotFacts(slot, place), waiting, consentValue, rows: rowsTyped(typed), years: yearsToChoose(app.today()), starts: startsFrom(app.today()),
    faults, errors: Object.fromEntries(faults.map(({ field, message }) => [field, message])),
    sentence: step.kind === 'closed' || step.kind === 'refused' ? step.sentence : '', mayWait: step.kind === 'refused' && step.mayWait,
    days: step.kind === 'closed' ? slotsView(place.slug, step.others, app.now()) : [],
    choices: step.kind === 'refused' ? step.others.map(slotChoice) : [],
    hidden: keptFields.map((name) => ({ name, value: name === 'key' ? key : name === 'slotId' ? slot.id : typed[name] ?? '' })),
    answers: bookingAnswers(typed, rowsTyped(typed), app.today(), slot.kind),
    confirm: confirmButtonText(slot.kind, { waiting, hasCode: (typed['enrolmentCode'] ?? '').trim() !== '' }),
  };
  return { ...common, body };
}

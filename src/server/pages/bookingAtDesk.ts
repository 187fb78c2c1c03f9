import { contactReasons } from '#domain/booking/desk.ts';
import type { BookingContact, StaffReason } from '#domain/booking/model.ts';
import { writeInstant, type Instant } from '#domain/shared/dates.ts';
import type { BookingAtDesk } from '#server/bookingDeskBooking.ts';
import { dayHref, marksOf, rowView } from '#server/pages/bookingDesk.ts';
import { bookingMoveText, staffReasonText } from '#text/booking.ts';
import { stateLines } from '#text/bookingAfter.ts';
import { contactReasonText } from '#text/bookingDesk.ts';
import { deskBookingText as words, deskBookingsText, deskKindText, type DeskAct } from '#text/bookingDeskPages.ts';
import { monthText, slotDayText, slotStartText, slotTimeText } from '#text/dates.ts';

type Choice = { readonly value: string; readonly label: string };

const reasons: Readonly<Record<'decline' | 'cancel', readonly StaffReason[]>> = {
  decline: ['full', 'materials', 'age', 'staff', 'illness', 'closure', 'other'], cancel: ['staff', 'illness', 'closure', 'weather', 'age', 'full', 'other'],
};
const reasonChoices = (of: 'decline' | 'cancel', isCare: boolean): readonly Choice[] =>
  reasons[of].filter((reason) => isCare || (reason !== 'materials' && reason !== 'illness')).map((reason) => ({ value: reason, label: staffReasonText[reason] }));

/** What a family reads, with the reason left open. */
const seen = (sentence: string): string => words.parentSees(sentence.replace(staffReasonText.other, words.chosenReason));
const parentReads = { decline: seen(stateLines.declined('other')), cancel: seen(stateLines.cancelledByHost('other')) };

const timeOf = ({ startsAt, endsAt }: { readonly startsAt: string; readonly endsAt: string }): string => `${slotDayText(startsAt)} ${slotTimeText(startsAt, endsAt)}`;
const slotOption = ({ slot, free }: BookingAtDesk['others'][number]): Choice => ({ value: slot.id, label: `${timeOf(slot)} ${slot.title ?? ''} ${deskBookingsText.free(free)}`.replace(/ {2,}/g, ' ') });

/** An opened contact as rows. */
const contactFacts = (contact: BookingContact) => [
  { name: words.name, value: contact.contactName }, { name: words.phone, value: contact.phone || null, missing: deskBookingsText.noPhone, ...(contact.phone ? { href: `tel:${contact.phone}` } : {}) },
  ...(contact.children.length > 0 ? [{ name: words.children, value: contact.children.map(({ birthMonth }) => monthText(birthMonth)).join('、') }] : []),
  ...(contact.plannedStart === undefined ? [] : [{ name: words.plannedStart, value: monthText(contact.plannedStart) }]), ...(contact.community === undefined ? [] : [{ name: words.community, value: contact.community }]),
  ...(contact.note === null ? [] : [{ name: words.note, value: contact.note }]), { name: words.relation, value: contact.actingAs === 'entrusted' ? words.entrustedBy : words.guardian },
];

function factsOf({ found: { row, position } }: BookingAtDesk, view: ReturnType<typeof rowView>) {
  return [
    ...(row.slot.title ? [{ name: words.kind, value: row.slot.title }] : []),
    ...(view.ages === '' ? [] : [{ name: words.ages, value: view.ages, note: words.agesNote }]),
    { name: words.phone, value: view.phone }, { name: words.reference, value: row.reference },
    ...(row.slot.kind === 'care' ? [{ name: words.enrolledBy, value: row.enrolled ? words.enrolledYes : words.enrolledNo }] : []),
    ...(position > 0 ? [{ name: words.position, value: deskBookingsText.place(position) }] : []), ...(row.offerEndsAt === null ? [] : [{ name: words.heldUntil, value: slotStartText(row.offerEndsAt) }]),
    ...(row.reason === null ? [] : [{ name: words.ended, value: staffReasonText[row.reason] }]), ...(row.hasNote ? [{ name: words.note, value: words.hasNote }] : []), { name: words.asked, value: slotStartText(row.askedAt) },
  ].filter(({ value }) => value !== null);
}

/** One booking's page at the desk: what stands, what can be done now, and with which choices; `open` names what the link wants unfolded. */
export function bookingAtDeskView(step: BookingAtDesk, now: Instant, open: string | null) {
  const { row, history, position } = step.found;
  const view = rowView(row, now, position);
  const isActive = row.state === 'requested' || row.state === 'confirmed' || row.state === 'waiting' || row.state === 'offered';
  const marks: readonly DeskAct[] = marksOf(row, now);
  const ofDay = step.ofDay.some(({ slot }) => slot.id === row.slot.id) ? step.ofDay : [...step.ofDay, { slot: row.slot, free: 0, waiting: 0 }];
  return {
    id: row.id, version: row.version, href: view.href, dayHref: dayHref(view.root, row.slot.startsAt.slice(0, 10)), title: `${view.name} · ${view.state}`, view, facts: factsOf(step, view), isRequest: row.state === 'requested', isCare: row.slot.kind === 'care',
    marks, mends: row.state !== 'confirmed', waitsForHour: row.state === 'confirmed' && !marks.includes('noShow'), isActive, mayCancel: isActive && row.state !== 'requested', parentReads,
    declineReasons: reasonChoices('decline', row.slot.kind === 'care'), cancelReasons: reasonChoices('cancel', row.slot.kind === 'care'),
    moves: step.others.map(slotOption), times: ofDay.map(({ slot }) => ({ value: slot.id, label: `${timeOf(slot)} ${deskKindText[slot.kind]}` })),
    isKept: row.maskedName !== null, contactReasons: contactReasons.map((reason) => ({ value: reason, label: contactReasonText[reason] })), contact: step.contact && contactFacts(step.contact), code: step.code,
    history: history.map(({ at, kind }) => ({ at: slotStartText(writeInstant(at)), what: bookingMoveText[kind] })),
    opensDecline: open === 'decline' || step.errors.some(({ field }) => field === 'decline-reason'), notice: step.notice, typed: step.typed, errors: step.errors,
  };
}
export type BookingAtDeskView = ReturnType<typeof bookingAtDeskView>;

import type { BookingState } from '#domain/booking/model.ts';
import type { BookingAnswer, BookingProgress } from '#domain/booking/views.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import type { Instant } from '#domain/shared/dates.ts';
import { cancelLabel } from '#server/pages/findBooking.ts';
import { slotFacts } from '#server/pages/slotFacts.ts';
import { stateTextOf } from '#text/booking.ts';
import { afterText, enrolmentLine, stateLines } from '#text/bookingAfter.ts';
import { adviceOf, visitAdviceDay } from '#text/bookingKinds.ts';
import { beforeComing } from '#text/bookingPage.ts';
import { bandText } from '#text/directory.ts';
import { slotStartText } from '#text/dates.ts';

type Answer = BookingAnswer & Partial<Pick<BookingProgress, 'endedBy' | 'reason' | 'position' | 'offerEndsAt' | 'answered'>>;

const linesOf = (answer: Answer): readonly string[] => {
  const { state, slot, reason, endedBy, position, offerEndsAt } = answer;
  switch (state) {
    case 'confirmed': return [...(answer.enrolment === 'accepted' ? [enrolmentLine.accepted] : []), stateLines.confirmed[slot.kind]];
    case 'requested': return [...(answer.enrolment === 'expired' ? [enrolmentLine.expired] : []), stateLines.requested[slot.kind]];
    case 'waiting': return [stateLines.waiting(position), stateLines.waitingRule];
    case 'offered': return [stateLines.offered(offerEndsAt === undefined ? '' : slotStartText(offerEndsAt))];
    case 'declined': return [stateLines.declined(reason)];
    case 'cancelled': return [endedBy === 'institution' ? stateLines.cancelledByHost(reason) : endedBy === 'parent' ? stateLines.cancelledByParent : stateLines.cancelledOtherwise];
    default: return [stateLines[state]];
  }
};

const tones = {
  confirmed: 'leaf', attended: 'leaf', offered: 'amber', cancelled: 'amber', declined: 'amber', expired: 'amber', requested: 'plain', waiting: 'plain', noShow: 'plain', turnedAway: 'plain',
} as const satisfies Record<BookingState, 'leaf' | 'amber' | 'plain'>;

/** What a booking's family is told: how it stands, what to bring, whether ages fit, and until when it can be changed. */
export function bookingStateView(answer: Answer, place: Pick<Jurisdiction, 'subdistricts'>, now: Instant) {
  const { slot, state } = answer;
  const coming = state === 'confirmed' || state === 'requested' || state === 'offered' || state === 'waiting';
  const queued = state === 'waiting' || state === 'offered';
  const says = slot.kind === 'visit' || slot.kind === 'care' || (slot.kind === 'class' && slot.details?.kind === 'class' && slot.details.ages !== null);
  const open = now <= Date.parse(answer.cancelUntil);
  const over = now >= Date.parse(slot.endsAt);
  const begun = now >= Date.parse(slot.startsAt);
  return {
    title: stateTextOf(slot.kind, state), giveUp: cancelLabel(state), tone: tones[state], lines: linesOf(answer), facts: slotFacts(slot, place), coming, queued,
    materials: coming && !queued ? answer.materials : undefined,
    advice: coming && says ? answer.advice.map(({ fit, band }) => `${adviceOf(slot.kind, fit)}${band === null || fit === 'expected' || slot.kind === 'class' ? '' : `：${bandText[band]}`}`) : [],
    adviceDay: slot.kind === 'visit' ? visitAdviceDay : null,
    before: coming && !queued ? beforeComing[slot.kind] : null,
    cancelUntil: slotStartText(answer.cancelUntil), mayChange: coming && (queued || open), lateToChange: coming && !queued && !open && !over,
    change: queued ? afterText.leaveQueue : afterText.cannotComeWhat(slotStartText(answer.cancelUntil)),
    asksAfterVisit: answer.answered !== true && slot.kind === 'visit' && ((state === 'attended' && begun) || (state === 'confirmed' && over)), hasAnswered: answer.answered === true,
    leavesCalendar: (state === 'cancelled' || state === 'declined') && !over,
  };
}

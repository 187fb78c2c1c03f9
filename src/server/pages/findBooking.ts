import type { BookingState } from '#domain/booking/model.ts';
import type { FindStep } from '#server/bookingFindPages.ts';
import { slotChoice } from '#server/pages/slots.ts';
import { afterText } from '#text/bookingAfter.ts';

type Endable = keyof typeof afterText.cancel;
const isEndable = (state: BookingState): state is Endable => state in afterText.cancel;

/** What the page for finding a booking is called at each step. */
export function findTitle(step: FindStep): string {
  switch (step.kind) {
    case 'ask': return afterText.find;
    case 'choose': return afterText.moveTitle;
    case 'check-move': return afterText.checkMove;
    case 'ask-cancel': return isEndable(step.progress.state) ? afterText.cancelAsk[step.progress.state] : afterText.yours;
    case 'cancelled': return step.progress.endedBy === 'institution' ? afterText.yours : afterText.cancelled;
    default: return afterText.yours;
  }
}

/** What giving it up is called in this state; null where nothing can be given up. */
export const cancelLabel = (state: BookingState): string | null => (isEndable(state) ? afterText.cancel[state] : null);

/** 改期: the time it has, the times there are, and the one chosen. */
export const moveView = (step: Extract<FindStep, { readonly kind: 'choose' | 'check-move' }>) => ({
  typed: step.typed, errors: step.errors, notice: step.notice, time: step.progress.slot, queued: step.progress.state === 'waiting' || step.progress.state === 'offered',
  choices: step.kind === 'choose' ? step.others.map(slotChoice) : [], target: step.kind === 'check-move' ? { ...step.target, key: step.key } : null,
});

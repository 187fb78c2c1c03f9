import { dayOf } from '#domain/shared/dates.ts';
import type { JurisdictionCode } from '#domain/shared/codes.ts';
import { done, refused, type Outcome } from '#domain/shared/outcome.ts';
import type { VisitAnswers } from '#domain/booking/model.ts';
import { bookingEvent, type BookingDeps } from '#domain/booking/deps.ts';
import { openFound, type Claim } from '#domain/booking/find.ts';

/** 参观后的三个问题: once for a visit that took place, by reference and code; a signal for the regulator, never a public star. */
export async function answerAfterVisit(deps: BookingDeps, jurisdiction: JurisdictionCode, typed: Claim, answers: VisitAnswers): Promise<Outcome<'saved', 'not-found' | 'not-a-visit' | 'not-yet' | 'already-answered'>> {
  const found = await openFound(deps, jurisdiction, typed);
  if (!found) return refused('not-found');
  const { booking } = found;
  const { slot } = booking;
  if (slot.kind !== 'visit' || slot.host.kind !== 'institution' || (booking.state !== 'attended' && booking.state !== 'confirmed')) return refused('not-a-visit');
  if (deps.now() < (booking.state === 'attended' ? slot.startsAt : slot.endsAt)) return refused('not-yet');
  const saved = await deps.store.addSignal({ id: deps.seals.newId(), jurisdiction, institution: slot.host.id, visitedOn: dayOf(slot.startsAt), at: deps.now(), ...answers }, booking.id,
    bookingEvent(deps, jurisdiction, 'visit-answered', booking.id, {}));
  return saved === 'saved' ? done('saved') : refused('already-answered');
}

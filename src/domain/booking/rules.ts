import { bandMonths, type ClassBand } from '#domain/directory/model.ts';
import { ageOn, fitsMonths } from '#domain/shared/age.ts';
import { addDays, addMonths, dayOf, instant, instantAt, monthNumber, monthOf, type Instant, type YearMonth } from '#domain/shared/dates.ts';
import { done, refused, type Outcome } from '#domain/shared/outcome.ts';
import { rulesVersion, type BookingKind, type BookingRefusal, type BookingRequest, type ChildAdvice, type Slot } from '#domain/booking/model.ts';

const hourMs = 3_600_000;

/** The last instant at which a slot can still be booked. */
export const bookableUntil = (slot: Slot): Instant => instant.parse(slot.startsAt - slot.terms.closesHoursBefore * hourMs);

/** The last instant at which a booking of this slot can still be cancelled. */
export const cancelUntil = (slot: Slot): Instant => instant.parse(slot.startsAt - slot.terms.cancelHoursBefore * hourMs);

/** The first instant at which a slot can be booked: the hour its terms name, Asia/Shanghai, `opensDaysAhead` days before its day. */
export const opensAt = (slot: Slot): Instant => instantAt(addDays(dayOf(slot.startsAt), -slot.terms.opensDaysAhead), slot.terms.opensAt);

/** 可约人数: seats bookable at `now`; 0 outside opening and cut-off, and while a family waits for one. */
export const openSeats = (slot: Slot, now: Instant): number =>
  slot.state === 'open' && slot.waiting === 0 && now >= opensAt(slot) && now <= bookableUntil(slot) ? Math.max(0, slot.capacity - slot.taken) : 0;

/** Seats one booking takes: visits, classes and home visits count families, care counts children. */
export const seatsFor = (kind: BookingKind, children: number): number => (kind === 'care' ? children : 1);

/** Furthest expected month a visit may name. */
const expectedMonthsAhead = 10;
const oldestMonths = 72;

export type MonthFault = { readonly index: number; readonly code: 'range' };

/** Birth months no booking can have: expected ones outside a visit or too far ahead, and children long at school. */
export function monthFaults(request: BookingRequest, kind: BookingKind, now: Instant): readonly MonthFault[] {
  const thisMonth = monthOf(dayOf(now));
  const latest = kind === 'visit' ? addMonths(thisMonth, expectedMonthsAhead) : thisMonth;
  const earliest = addMonths(thisMonth, -oldestMonths);
  return request.children.flatMap(({ birthMonth }, index) =>
    monthNumber(birthMonth) > monthNumber(latest) || monthNumber(birthMonth) < monthNumber(earliest) ? [{ index, code: 'range' as const }] : []);
}

/** The band that fits a child on the slot's day, as advice. Age never refuses a visit. */
export function adviseChild(birthMonth: YearMonth, slot: Slot): ChildAdvice {
  const age = ageOn(dayOf(slot.startsAt), birthMonth);
  if (age.most <= 0 && age.least < 0) return { birthMonth, band: null, fit: age.most < 0 ? 'expected' : 'too-young' };
  const bands: readonly ClassBand[] = ['infant', 'toddler', 'older'];
  const fitting = bands.map((band) => ({ band, fit: fitsMonths(age, ...bandMonths[band]) }));
  const best = fitting.find(({ fit }) => fit === 'fits') ?? fitting.find(({ fit }) => fit === 'check');
  if (best && (best.fit === 'fits' || best.fit === 'check')) return { birthMonth, band: best.band, fit: best.fit };
  return { birthMonth, band: null, fit: age.most < bandMonths.infant[0] ? 'too-young' : 'too-old' };
}

/** Whether this request may take this slot now; seats themselves are settled by storage. Age binds `care` only. */
export function mayBook(slot: Slot, request: BookingRequest, now: Instant, institutionListed: boolean): Outcome<{ readonly seats: number }, BookingRefusal> {
  if (request.consent.rulesVersion !== rulesVersion) return refused('rules-changed');
  if (!institutionListed || slot.state !== 'open') return refused('institution-suspended');
  if (now < opensAt(slot)) return refused('not-open-yet');
  if (now > bookableUntil(slot)) return refused('too-late');
  if (slot.kind === 'care') {
    const bands = slot.bands.length > 0 ? slot.bands : (['infant', 'toddler', 'older'] as const);
    for (const { birthMonth } of request.children) {
      const fits = bands.map((band) => fitsMonths(ageOn(dayOf(slot.startsAt), birthMonth), ...bandMonths[band]));
      if (fits.some((fit) => fit === 'fits' || fit === 'check')) continue;
      return refused(fits.every((fit) => fit === 'too-old') ? 'too-old' : 'too-young');
    }
  }
  const seats = seatsFor(slot.kind, request.children.length);
  return slot.waiting > 0 || slot.capacity - slot.taken < seats ? refused('full') : done({ seats });
}

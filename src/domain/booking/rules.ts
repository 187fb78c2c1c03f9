import { bandMonths, type ClassBand } from '#domain/directory/model.ts';
import { ageOn, fitsMonths } from '#domain/shared/age.ts';
import { addDays, addMonths, dayOf, instant, instantAt, isoDate, monthNumber, monthOf, type Instant, type IsoDate, type YearMonth } from '#domain/shared/dates.ts';
import { done, refused, type Outcome } from '#domain/shared/outcome.ts';
import { rulesVersion, type BookingKind, type BookingRefusal, type BookingRequest, type ChildAdvice, type EnrolmentCode, type Slot } from '#domain/booking/model.ts';
import type { CareHours } from '#domain/booking/ports.ts';

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
/** Furthest month care may be planned for. */
const plannedMonthsAhead = 24;

export type MonthFault = { readonly index: number; readonly code: 'range' };

/** Whether a slot takes families who expect a child: visits, home visits, and classes that say so. */
const takesExpected = ({ details }: Pick<Slot, 'details'>): boolean => details.kind === 'visit' || details.kind === 'homeVisit' || (details.kind === 'class' && details.ages?.pregnancy === true);

/** Birth months no booking can have: expected ones where none are taken or too far ahead, and children long at school. */
export function monthFaults(request: Pick<BookingRequest, 'children'>, slot: Pick<Slot, 'details'>, now: Instant): readonly MonthFault[] {
  const thisMonth = monthOf(dayOf(now));
  const latest = takesExpected(slot) ? addMonths(thisMonth, expectedMonthsAhead) : thisMonth;
  const earliest = addMonths(thisMonth, -oldestMonths);
  return request.children.flatMap(({ birthMonth }, index) =>
    monthNumber(birthMonth) > monthNumber(latest) || monthNumber(birthMonth) < monthNumber(earliest) ? [{ index, code: 'range' as const }] : []);
}

export type FieldFault = { readonly field: 'plannedStart' | 'community' | 'subdistrict' | 'enrolmentCode'; readonly code: 'required' | 'range' | 'unknown-value' };

/** Fields that only one kind of slot has, and what is wrong with them; a kind that has no use for a field overlooks it. */
export function fieldFaults(request: BookingRequest, slot: Pick<Slot, 'kind' | 'details'>, now: Instant): readonly FieldFault[] {
  if (slot.kind === 'visit' && request.plannedStart !== undefined) {
    const ahead = monthNumber(request.plannedStart) - monthNumber(monthOf(dayOf(now)));
    return ahead < 0 || ahead > plannedMonthsAhead ? [{ field: 'plannedStart', code: 'range' }] : [];
  }
  if (slot.details.kind !== 'homeVisit') return [];
  return [
    ...(request.community === undefined ? [{ field: 'community', code: 'required' } as const] : []),
    ...(request.subdistrict !== undefined && request.subdistrict !== slot.details.subdistrict ? [{ field: 'subdistrict', code: 'unknown-value' } as const] : []),
  ];
}

function adviseOn(day: IsoDate, birthMonth: YearMonth): ChildAdvice {
  const age = ageOn(day, birthMonth);
  if (age.most <= 0 && age.least < 0) return { birthMonth, band: null, fit: age.most < 0 ? 'expected' : 'too-young' };
  const bands: readonly ClassBand[] = ['infant', 'toddler', 'older'];
  const fitting = bands.map((band) => ({ band, fit: fitsMonths(age, ...bandMonths[band]) }));
  const best = fitting.find(({ fit }) => fit === 'fits') ?? fitting.find(({ fit }) => fit === 'check');
  if (best && (best.fit === 'fits' || best.fit === 'check')) return { birthMonth, band: best.band, fit: best.fit };
  return { birthMonth, band: null, fit: age.most < bandMonths.infant[0] ? 'too-young' : 'too-old' };
}

/** The band that fits a child on the slot's day, as advice. Age never refuses a visit. */
export const adviseChild = (birthMonth: YearMonth, slot: Slot): ChildAdvice => adviseOn(dayOf(slot.startsAt), birthMonth);

/** Advice by kind: a visit's for the month care is planned for, a class's by its own range, the others' for the slot's day. Never a refusal. */
export function adviceFor(birthMonth: YearMonth, slot: Slot, plannedStart?: YearMonth): ChildAdvice {
  if (slot.kind === 'visit' && plannedStart !== undefined) return adviseOn(isoDate.parse(`${plannedStart}-01`), birthMonth);
  const advice = adviseChild(birthMonth, slot);
  if (slot.details.kind !== 'class' || slot.details.ages === null || advice.fit === 'expected') return advice;
  const { fromMonths, untilMonths } = slot.details.ages;
  return { ...advice, fit: fitsMonths(ageOn(dayOf(slot.startsAt), birthMonth), fromMonths, untilMonths) };
}

/** 确认方式: the state a booking takes with its seat. Care is confirmed at once only for a child the institution has enrolled. */
export const stateWithSeat = (slot: Slot, enrolled: boolean): 'confirmed' | 'requested' =>
  (slot.kind === 'care' ? enrolled : slot.terms.confirmation === 'instant') ? 'confirmed' : 'requested';

// An institution receives a child again after three months away only with a new health check; counted as 92 days.
const absentDays = 92;

/** 建档码: whether a code holds on a day: in force, not past its end, and the child seen within three months. */
export const enrolmentHolds = (code: EnrolmentCode, day: IsoDate): boolean =>
  code.state === 'active' && day <= code.validUntil && day <= addDays(code.seenOn, absentDays);

/** 每月时长 a booking of this slot counts for each of its children; null for every kind but care. */
export const careHours = (slot: Slot): CareHours | null =>
  slot.kind === 'care' ? { month: monthOf(dayOf(slot.startsAt)), minutes: Math.round((slot.endsAt - slot.startsAt) / 60_000), most: slot.terms.monthlyHours === null ? null : slot.terms.monthlyHours * 60 } : null;

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

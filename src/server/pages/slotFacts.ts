import type { SlotDetails } from '#domain/booking/model.ts';
import type { SlotView } from '#domain/booking/views.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import type { Fact } from '#server/pages/institutionFacts.ts';
import { slotFactText as words, slotFeeText } from '#text/bookingKinds.ts';
import { bandText } from '#text/directory.ts';

const careFacts = (details: Extract<SlotDetails, { readonly kind: 'care' }>): readonly Fact[] => [
  { name: words.fee, value: slotFeeText(details.fee) },
  { name: words.least, value: details.leastMinutes === null ? null : words.minutes(details.leastMinutes) },
  { name: words.rounding, value: details.roundingMinutes === null ? null : words.roundedTo(details.roundingMinutes) },
  { name: words.late, value: details.lateFee },
  { name: words.meals, value: details.meals === null ? null : details.meals ? words.mealsYes : words.mealsNo },
  { name: words.bring, value: details.bring.length === 0 ? null : details.bring.join('、') },
  { name: words.illness, value: details.illnessRule },
  { name: words.medicine, value: details.medicineRule },
];

const classFacts = (details: Extract<SlotDetails, { readonly kind: 'class' }>): readonly Fact[] => [
  { name: words.ages, value: details.ages && words.agesOf(details.ages.fromMonths, details.ages.untilMonths, details.ages.pregnancy) },
  { name: words.adults, value: details.adults === null ? null : words.adultsOf(details.adults) },
  { name: words.where, value: details.place },
  { name: words.fee, value: slotFeeText(details.fee) },
];

const homeVisitFacts = (details: Extract<SlotDetails, { readonly kind: 'homeVisit' }>, place: Pick<Jurisdiction, 'subdistricts'>): readonly Fact[] => [
  { name: words.street, value: words.streetOf(place.subdistricts.find(({ code }) => code === details.subdistrict)?.name ?? details.subdistrict) },
  { name: words.visitors, value: [details.twoCome ? words.twoCome : words.oneComes, ...(details.showCards ? [words.showCards] : [])].join('，') },
  { name: words.verify, value: details.verifyPhone, missing: words.awaiting, ...(details.verifyPhone === null ? {} : { href: `tel:${details.verifyPhone}` }), note: words.verifyHow },
  { name: words.fee, value: words.feeFree },
];

/** What a slot says of its own kind, line by line; what its host has not said is said to be missing. A visit has nothing to say. */
export function slotFacts(slot: Pick<SlotView, 'kind' | 'title' | 'bands' | 'details'>, place: Pick<Jurisdiction, 'subdistricts'>): readonly Fact[] {
  const { details } = slot;
  if (details?.kind === 'care') return [{ name: words.band, value: slot.bands.length === 0 ? words.anyBand : slot.bands.map((band) => bandText[band]).join('、') }, ...careFacts(details)];
  if (details?.kind === 'class') return [{ name: words.name, value: slot.title ?? null }, ...classFacts(details)];
  return details?.kind === 'homeVisit' ? homeVisitFacts(details, place) : [];
}

/** 计时托须知 above a list of slots; null where they do not all say the same. */
export function commonCareFacts(slots: readonly SlotView[]): readonly Fact[] | null {
  const all = slots.flatMap(({ details }) => (details?.kind === 'care' ? [careFacts(details)] : []));
  const [first] = all;
  return first && all.every((facts) => JSON.stringify(facts) === JSON.stringify(first)) ? first : null;
}

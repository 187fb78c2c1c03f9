import type { BandOffer, ClassBand, Institution, Recognition } from '#domain/directory/model.ts';
import { daysBetween, type IsoDate } from '#domain/shared/dates.ts';

/** A count of free places holds for thirty days after the institution confirmed it. */
export const freePlacesHoldDays = 30;

/** 空余托位 of one band, if confirmed within the last thirty days; null when unknown or too old to go by. */
export const freshFreePlaces = (offer: BandOffer, today: IsoDate): number | null => {
  if (offer.free === null || offer.confirmedOn === null) return null;
  const age = daysBetween(offer.confirmedOn, today);
  return age >= 0 && age <= freePlacesHoldDays ? offer.free : null;
};

/** 空余托位 of an institution in some bands (all when none is named); null when no band says so freshly. */
export const freePlacesIn = (from: Institution, today: IsoDate, bands?: readonly ClassBand[]): number | null => {
  const stated = from.bands.filter((offer) => bands === undefined || bands.includes(offer.band))
    .flatMap((offer) => freshFreePlaces(offer, today) ?? []);
  return stated.length === 0 ? null : stated.reduce((sum, free) => sum + free, 0);
};

const isRecognised = (held: Recognition, today: IsoDate): boolean => held.from <= today && (held.until === null || today <= held.until);

/** 普惠托位: recognised places in force, out of all places (null: not stated), until the last recognition ends. */
export type AffordablePlaces = { readonly places: number; readonly of: number | null; readonly until: IsoDate | null };

/** 普惠托位 in force on a day in some bands (all when none is named); null when there is none. An expired recognition is none. */
export const affordablePlaces = (of: Institution, today: IsoDate, bands?: readonly ClassBand[]): AffordablePlaces | null => {
  const counts = (band: ClassBand): boolean => bands === undefined || bands.includes(band);
  const inForce = of.recognitions.filter((held) => isRecognised(held, today) && held.places.some(({ band }) => counts(band)));
  const places = inForce.flatMap((held) => held.places).reduce((sum, part) => sum + (counts(part.band) ? part.places : 0), 0);
  if (places === 0) return null;
  const offers = of.bands.filter(({ band }) => counts(band));
  const known = offers.flatMap((offer) => offer.places ?? []);
  const ends = inForce.flatMap((held) => held.until ?? []).sort();
  return {
    places,
    of: offers.length > 0 && known.length === offers.length ? known.reduce((sum, count) => sum + count, 0) : null,
    until: ends.length === inForce.length ? ends[ends.length - 1] ?? null : null,
  };
};

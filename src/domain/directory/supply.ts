import { monthlyFee } from '#domain/directory/fees.ts';
import { statedPlaces, type ClassBand, type Institution, type InstitutionKind, type ServiceMode } from '#domain/directory/model.ts';
import { affordablePlaces, freePlacesIn } from '#domain/directory/places.ts';
import type { IsoDate } from '#domain/shared/dates.ts';

/** A sum and of how many institutions it is known: what the others have is not guessed. */
export type KnownSum = { readonly sum: number; readonly of: number };

/** 全部费用 per month in one band: the middle, the least and the most (integer fen), of how many institutions that state it. */
export type FeeSpread = { readonly median: number; readonly least: number; readonly most: number; readonly of: number };

/** 供给 of a street. */
export type StreetSupply = { readonly subdistrict: string | null; readonly institutions: number; readonly places: KnownSum; readonly free: KnownSum };

/** 托育供给 of a place on a day, counted from what is in its directory in force. */
export type Supply = {
  readonly institutions: number;
  /** 示例 among them: invented, in a demonstration only. */
  readonly samples: number;
  readonly kinds: Readonly<Record<InstitutionKind, number>>;
  readonly modes: Readonly<Record<ServiceMode, number>>;
  readonly places: KnownSum;
  /** 空余托位, confirmed within thirty days. */
  readonly free: KnownSum;
  readonly bandPlaces: Readonly<Record<ClassBand, KnownSum>>;
  /** 普惠托位 in force and the institutions that have them. */
  readonly affordable: KnownSum;
  /** 普惠托位 over all places, both of institutions whose places are known; null: none is. */
  readonly affordableShare: { readonly part: number; readonly whole: number } | null;
  readonly fees: Readonly<Record<ClassBand, FeeSpread | null>>;
  readonly streets: readonly StreetSupply[];
};

const sumOf = (known: readonly number[]): KnownSum => ({ sum: known.reduce((total, one) => total + one, 0), of: known.length });

const known = <Of>(of: readonly Of[], valueOf: (one: Of) => number | null): KnownSum => sumOf(of.flatMap((one) => valueOf(one) ?? []));

const spreadOf = (amounts: readonly number[]): FeeSpread | null => {
  const sorted = amounts.toSorted((one, other) => one - other);
  const [least, most] = [sorted[0], sorted.at(-1)];
  if (least === undefined || most === undefined) return null;
  const upper = sorted[Math.floor(sorted.length / 2)] ?? most;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? least;
  return { median: Math.round((lower + upper) / 2), least, most, of: sorted.length };
};

/** 供给 counted from institutions that are listed and in force; `streets` in the order given, those without a street last. */
export function supplyOf(listed: readonly Institution[], streets: readonly string[], today: IsoDate): Supply {
  const stands = new Set(streets);
  const byStreet = Map.groupBy(listed, ({ subdistrict }): string | null => (subdistrict !== null && stands.has(subdistrict) ? subdistrict : null));
  const streetSupply = (subdistrict: string | null): StreetSupply => {
    const there = byStreet.get(subdistrict) ?? [];
    return { subdistrict, institutions: there.length, places: known(there, statedPlaces), free: known(there, (of) => freePlacesIn(of, today)) };
  };
  const whole = listed.flatMap((of) => { const all = statedPlaces(of); return all === null ? [] : [{ all, part: affordablePlaces(of, today)?.places ?? 0 }]; });
  const sums = { part: whole.reduce((sum, { part }) => sum + part, 0), whole: whole.reduce((sum, { all }) => sum + all, 0) };
  const ofKind = (kind: InstitutionKind): number => listed.filter((of) => of.kind === kind).length;
  const ofMode = (mode: ServiceMode): number => listed.filter((of) => of.modes.includes(mode)).length;
  const ofBand = (band: ClassBand): KnownSum => sumOf(listed.flatMap((of) => of.bands.flatMap((offer) => (offer.band === band ? offer.places ?? [] : []))));
  const feesOf = (band: ClassBand): FeeSpread | null => spreadOf(listed.flatMap((of) => (of.bands.some((offer) => offer.band === band) ? monthlyFee(of, [band])?.amount ?? [] : [])));
  return {
    institutions: listed.length, samples: listed.filter(({ sample }) => sample).length,
    kinds: { independent: ofKind('independent'), kindergartenClass: ofKind('kindergartenClass'), homeSite: ofKind('homeSite'), employer: ofKind('employer'), community: ofKind('community') },
    modes: { fullDay: ofMode('fullDay'), halfDay: ofMode('halfDay'), hourly: ofMode('hourly'), temporary: ofMode('temporary') },
    places: known(listed, statedPlaces), free: known(listed, (of) => freePlacesIn(of, today)),
    bandPlaces: { infant: ofBand('infant'), toddler: ofBand('toddler'), older: ofBand('older'), mixed: ofBand('mixed') },
    affordable: known(listed, (of) => affordablePlaces(of, today)?.places ?? null),
    affordableShare: sums.whole === 0 ? null : sums,
    fees: { infant: feesOf('infant'), toddler: feesOf('toddler'), older: feesOf('older'), mixed: feesOf('mixed') },
    streets: [...streets.map(streetSupply), ...(byStreet.has(null) ? [streetSupply(null)] : [])],
  };
}

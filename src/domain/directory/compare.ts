import { canComeHere, type CanCome, type SearchedChild } from '#domain/directory/admissionFit.ts';
import { monthlyFee, type MonthlyFee } from '#domain/directory/fees.ts';
import { classBands, feeItems, type ClassBand, type Fee, type Institution } from '#domain/directory/model.ts';
import { affordablePlaces, freePlacesIn, type AffordablePlaces } from '#domain/directory/places.ts';
import type { DirectoryEntry } from '#domain/directory/snapshot.ts';
import { monthOf, type IsoDate, type YearMonth } from '#domain/shared/dates.ts';
import { fromGcj02, metresBetween, type LngLat } from '#domain/shared/geo.ts';

/** Most institutions side by side, and most that one address may name. */
export const mostCompared = 4;
export const mostNamed = 20;

/** The institutions an address names, as far as their form goes, and what was wrong with the rest. */
export type NamedInstitutions = {
  readonly ids: readonly string[];
  /** Words that are no number of an institution at all. */
  readonly malformed: number;
  readonly repeated: number;
  /** Named beyond the most that one address may name. */
  readonly beyond: number;
};

const idForm = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** Reads `ids` of a comparison: `ids=a,b` as links write it, `ids=a&ids=b` as a form does, or both, in the order named. */
export const readNamed = (values: readonly string[]): NamedInstitutions => {
  const words = values.flatMap((value) => value.normalize('NFKC').split(/[,、\s]+/)).filter((word) => word !== '').map((word) => word.toLowerCase());
  const formed = words.filter((word) => idForm.test(word));
  const single = [...new Set(formed)];
  return {
    ids: single.slice(0, mostNamed), malformed: words.length - formed.length,
    repeated: formed.length - single.length, beyond: Math.max(0, single.length - mostNamed),
  };
};

/** What a comparison is asked for beside the institutions: the child's age in months, and where the family is. */
export type ComparedFor = {
  readonly child: SearchedChild | null;
  readonly near: (LngLat & { readonly crs: 'wgs84' | 'gcj02' }) | null;
};

/** 并排比较: the facts of one institution; null is what it has not stated. */
export type ComparedFacts = {
  readonly institution: Institution;
  readonly ended: boolean;
  /** null when no age was asked, or when the institution has ended. */
  readonly fit: CanCome | null;
  /** The bands the rest is told for: those that fit the age asked, else all. */
  readonly bandsFor: readonly ClassBand[] | undefined;
  readonly bandsHeld: readonly ClassBand[] | null;
  /** The first month care could begin; without an age this month where a place is free, else the first month any band names. */
  readonly from: YearMonth | null;
  readonly free: number | null;
  readonly monthlyFee: MonthlyFee | null;
  /** Charges for the bands told of, by item; null where the institution has stated no charge at all. */
  readonly charges: Readonly<Record<Fee['item'], readonly Fee[]>> | null;
  readonly affordable: AffordablePlaces | null;
  readonly weekend: boolean | null;
  /** Metres as the crow flies; null without a point on either side. */
  readonly metres: number | null;
};

const chargesOf = (of: Institution, bands: readonly ClassBand[] | undefined): ComparedFacts['charges'] => {
  if (of.fees.length === 0) return null;
  const applies = (charge: Fee): boolean => bands === undefined || charge.band === null || bands.includes(charge.band);
  const by = (item: Fee['item']): readonly Fee[] => of.fees.filter((charge) => charge.item === item && applies(charge));
  return { care: by('care'), meals: by('meals'), extension: by('extension'), materials: by('materials'), deposit: by('deposit'), oneOff: by('oneOff') };
};

const metresTo = (point: LngLat | null, near: ComparedFor['near']): number | null =>
  (point === null || near === null ? null : metresBetween(point, near.crs === 'gcj02' ? fromGcj02(near) : near));

/** What a comparison tells of one institution on a day, for the age and place asked. */
export const factsToCompare = ({ institution: of, group, point, weekend }: DirectoryEntry, asked: ComparedFor, today: IsoDate): ComparedFacts => {
  const ended = group === 'ended';
  const fit = asked.child === null || ended ? null : canComeHere(of, asked.child, today);
  const bandsFor = fit !== null && fit.bands.length > 0 ? fit.bands : undefined;
  const bandsHeld = classBands.filter((band) => of.bands.some((offer) => offer.band === band));
  const opens = of.bands.flatMap(({ availableFrom }) => availableFrom ?? []).sort();
  const free = ended ? null : freePlacesIn(of, today, bandsFor);
  return {
    institution: of, ended, fit, bandsFor,
    bandsHeld: bandsHeld.length === 0 ? null : bandsHeld,
    from: ended ? null : fit !== null ? fit.from : (free ?? 0) > 0 ? monthOf(today) : opens[0] ?? null,
    free,
    monthlyFee: monthlyFee(of, bandsFor),
    charges: chargesOf(of, bandsFor),
    affordable: affordablePlaces(of, today, bandsFor),
    weekend: of.hours.length === 0 ? null : weekend,
    metres: metresTo(point, asked.near),
  };
};

/** How the values of one row stand to each other: alike, different, or not to be said because some are not stated. */
export type Agreement = 'same' | 'differs' | 'incomplete';

/** Whether values differ; what is not stated (null) differs from nothing, and makes likeness unsure. Order within lists counts. */
export const agreementOf = (values: readonly unknown[]): Agreement => {
  const stated = values.filter((value) => value !== null);
  if (new Set(stated.map((value) => JSON.stringify(value))).size > 1) return 'differs';
  return stated.length === values.length ? 'same' : 'incomplete';
};

/** Charges in the order of the items, without their remarks: what two institutions must share to cost the same. */
export const chargeKey = (charges: readonly Fee[]): readonly string[] =>
  charges.map(({ mode, band, amount, per, required }) => [mode ?? '', band ?? '', amount ?? '', per, String(required)].join(' ')).sort();

/** The items that at least one of these institutions states. */
export const itemsStated = (compared: readonly ComparedFacts[]): readonly Fee['item'][] =>
  feeItems.filter((item) => compared.some(({ charges }) => (charges?.[item] ?? []).length > 0));

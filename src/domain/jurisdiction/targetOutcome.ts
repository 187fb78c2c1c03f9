import type { JurisdictionFacts, Subdistrict, Target } from '#domain/jurisdiction/model.ts';

/** What a goal that the site counts is measured with. */
export type Measured = {
  /** 托位 of institutions that state them. */
  readonly places: number;
  /** Streets and townships with an institution. */
  readonly covered: ReadonlySet<string>;
};

/** 乡镇 and streets a coverage is counted over: never a farm or a zone that only statistics know. */
export const coverable = (subdistricts: readonly Subdistrict[]): readonly Subdistrict[] => subdistricts.filter(({ kind }) => kind !== 'statisticalUnit');

/** 每千人口托位数, to two decimals; null where no published population is at hand: no rate without its denominator. */
export const placesPerThousand = (places: number, population: JurisdictionFacts['population']): number | null =>
  (population === undefined ? null : Math.round((places / population.count) * 100_000) / 100);

/** How far a goal is reached by what the site counts on a day; `of` where it is counted over units. */
export type TargetOutcome =
  | { readonly kind: 'reached' | 'notReached'; readonly now: number; readonly of: number | null }
  | { readonly kind: 'noPopulation' }
  | { readonly kind: 'notCounted' };

/** The standing of one goal by what the site counts now; goals it cannot count are never said to be reached or missed. */
export function outcomeOf({ measure, least }: Pick<Target, 'measure' | 'least'>, place: Pick<JurisdictionFacts, 'population'> & { readonly subdistricts: readonly Subdistrict[] }, { places, covered }: Measured): TargetOutcome {
  if (measure === null || least === null) return { kind: 'notCounted' };
  if (measure === 'placesPerThousand') {
    const now = placesPerThousand(places, place.population);
    if (now === null) return { kind: 'noPopulation' };
    return { kind: now >= least ? 'reached' : 'notReached', now, of: null };
  }
  const over = coverable(place.subdistricts).filter(({ kind }) => kind === 'town' || kind === 'township');
  if (over.length === 0) return { kind: 'notCounted' };
  const now = over.filter(({ code }) => covered.has(code)).length;
  return { kind: now === over.length ? 'reached' : 'notReached', now, of: over.length };
}

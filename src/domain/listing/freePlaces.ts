import type { AuditDraft } from '#domain/audit/model.ts';
import type { BandOffer, ClassBand, Institution } from '#domain/directory/model.ts';
import type { JurisdictionCode } from '#domain/shared/codes.ts';
import type { IsoDate } from '#domain/shared/dates.ts';
import { done, refused, type Outcome } from '#domain/shared/outcome.ts';

/** 空余托位 as an institution says them today, a band at a time; null: not said. */
export type FreePlaces = ReadonlyMap<ClassBand, number | null>;

/** New numbers ready to be written: bands as they will stand, for a page that knew `seen`. */
export type FreePlacesChange = {
  readonly jurisdiction: JurisdictionCode; readonly institution: string; readonly isAsSeen: (bands: readonly BandOffer[]) => boolean; readonly on: IsoDate;
  readonly bandsAfter: (bands: readonly BandOffer[]) => readonly BandOffer[]; readonly changeId: string; readonly event: (changed: boolean) => AuditDraft;
};

/** What free places need of storage; 'changed-meanwhile' when the numbers are no longer those the page knew. */
export type FreePlacesStore = { readonly find: (jurisdiction: JurisdictionCode, institution: string) => Promise<Institution | undefined>; readonly write: (change: FreePlacesChange) => Promise<'saved' | 'changed-meanwhile'> };

/** A short text that is another once any band's number or day is another. */
export const seenOf = (bands: readonly BandOffer[]): string => bands.map(({ band, free, confirmedOn }) => `${band}:${free === null ? '' : String(free)}:${confirmedOn ?? ''}`).join(' ');

/** Bands whose number cannot be: more free places than there are. */
export const impossibleBands = (bands: readonly BandOffer[], said: FreePlaces): readonly ClassBand[] =>
  bands.filter(({ band, places }) => { const free = said.get(band) ?? null; return free !== null && places !== null && free > places; }).map(({ band }) => band);

/** The bands with what was said of them on a day; a band without a number stays unconfirmed. */
export const withFreePlaces = (bands: readonly BandOffer[], said: FreePlaces, on: IsoDate): readonly BandOffer[] =>
  bands.map((offer) => { const free = said.get(offer.band) ?? null; return { ...offer, free, confirmedOn: free === null ? null : on }; });

/** 仍然准确: the numbers that stand, confirmed today. */
export const stillRight = (bands: readonly BandOffer[]): FreePlaces => new Map(bands.map(({ band, free }) => [band, free]));

export type FreePlacesDeps = { readonly store: FreePlacesStore; readonly newId: () => string; readonly at: () => AuditDraft['at']; readonly today: () => IsoDate };

/** 空位: publishes an institution's free places at once, good news and bad alike: they are its own count, and fade after thirty days. */
export async function sayFreePlaces(deps: FreePlacesDeps, actor: { readonly account: string; readonly jurisdiction: JurisdictionCode; readonly institution: string }, seen: string, said: FreePlaces | 'still-right'):
  Promise<Outcome<Institution, 'not-found' | 'impossible' | 'changed-meanwhile'>> {
  const institution = await deps.store.find(actor.jurisdiction, actor.institution);
  if (!institution) return refused('not-found');
  const numbers = said === 'still-right' ? stillRight(institution.bands) : said;
  if (impossibleBands(institution.bands, numbers).length > 0) return refused('impossible');
  const on = deps.today();
  const saved = await deps.store.write({
    jurisdiction: actor.jurisdiction, institution: actor.institution, isAsSeen: (bands) => seenOf(bands) === seen, on, bandsAfter: (bands) => withFreePlaces(bands, numbers, on), changeId: deps.newId(),
    event: (changed) => ({ id: deps.newId(), jurisdiction: actor.jurisdiction, at: deps.at(), kind: changed ? 'free-places-changed' : 'free-places-confirmed', actor: actor.account, objectKind: 'institution', objectId: actor.institution, detail: { on } }),
  });
  return saved === 'saved' ? done(institution) : refused('changed-meanwhile');
}

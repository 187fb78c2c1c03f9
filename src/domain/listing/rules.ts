import type { ClassBand } from '#domain/directory/model.ts';
import type { Assessment, Change, Decision, Listing, ListingWords, Menu, Photo, WordGroup } from '#domain/listing/model.ts';
import { wordGroups } from '#domain/listing/model.ts';
import { addDays, daysBetween, type IsoDate } from '#domain/shared/dates.ts';

/** Days after which a fact is marked 待更新, and after which it is warned about. */
export const freshDays = 90;
export const warnDays = 180;

/** How old a fact is: `fresh` up to 90 days, `old` up to 180, `stale` beyond. */
export type Freshness = { readonly level: 'fresh' | 'old' | 'stale'; readonly days: number };

/** 新旧 of a fact that was last confirmed on a day; a day to come counts as today. */
export const freshnessOf = (asOf: IsoDate, today: IsoDate): Freshness => {
  const days = Math.max(0, daysBetween(asOf, today));
  return { level: days <= freshDays ? 'fresh' : days <= warnDays ? 'old' : 'stale', days };
};

/** Whether a week's menu holds today, will hold, or is over; it expires with its Sunday. */
export const menuStands = (of: Pick<Menu, 'weekOf'>, today: IsoDate): 'current' | 'upcoming' | 'expired' =>
  (today < of.weekOf ? 'upcoming' : today <= addDays(of.weekOf, 6) ? 'current' : 'expired');

/** Photos that may be shown: those a reviewer has cleared of recognisable children. */
export const shownPhotos = (photos: readonly Photo[]): readonly Photo[] => photos.filter(({ cleared }) => cleared !== null);

const newestFirst = (one: IsoDate, other: IsoDate): number => (one < other ? 1 : one > other ? -1 : 0);

/** Formal decisions that may be shown on a day, newest first; one whose end day has passed is gone, one withdrawn stays with its note until then. */
export const shownDecisions = (decisions: readonly Decision[], today: IsoDate): readonly Decision[] =>
  decisions.filter(({ decidedOn, until }) => decidedOn <= today && (until === null || today <= until)).toSorted((one, other) => newestFirst(one.decidedOn, other.decidedOn));

/** Decisions in force on a day: shown and not withdrawn. */
export const decisionsInForce = (decisions: readonly Decision[], today: IsoDate): readonly Decision[] =>
  shownDecisions(decisions, today).filter(({ withdrawn }) => withdrawn === null);

/** Assessments made by a day, newest first, each said to hold or to have run out. */
export const shownAssessments = (assessments: readonly Assessment[], today: IsoDate): readonly (Assessment & { readonly inForce: boolean })[] =>
  assessments.filter(({ assessedOn }) => assessedOn <= today).toSorted((one, other) => newestFirst(one.assessedOn, other.assessedOn))
    .map((one) => ({ ...one, inForce: one.validUntil === null || today <= one.validUntil }));

/** The listing as the public may see it on a day. */
export const publicListing = (listing: Listing, today: IsoDate): Listing => ({
  ...listing, photos: shownPhotos(listing.photos), decisions: shownDecisions(listing.decisions, today),
  assessments: listing.assessments.filter(({ assessedOn }) => assessedOn <= today), changes: listing.changes.filter(({ on }) => on <= today),
});

/** 代录: who else stated a group of the record's facts last, and when, where the institution has not confirmed it since; undefined where it is the institution's own word or the list's. */
export const statedForIt = (changes: readonly Change[], group: string, confirmedOn: IsoDate | null): Pick<Change, 'by' | 'on'> | undefined => {
  const last = changes.find(({ kind, parts }) => kind === 'words' && parts.includes(group));
  return last && last.by !== 'institution' && (confirmedOn === null || confirmedOn < last.on) ? last : undefined;
};

/** Which groups differ between two versions of the words, the day of confirming aside. */
export const changedGroups = (before: ListingWords, after: ListingWords): readonly WordGroup[] => {
  const bare = (words: ListingWords, group: WordGroup): string => JSON.stringify({ ...words[group], saidBy: null, asOf: null });
  return wordGroups.filter((group) => bare(before, group) !== bare(after, group));
};

/** What a rule allows for one band, and where it stands. */
export type BandLimit = { readonly classSize: number; readonly childrenPerCareWorker: number | null };

/** How a band stands against the rule: children a class and children a care worker when every place is taken (one decimal, upwards), null where not stated. */
export type BandLoad = {
  readonly band: ClassBand;
  readonly perClass: number | null; readonly perCareWorker: number | null;
  readonly overSize: boolean; readonly overRatio: boolean;
};

const upTenth = (value: number): number => Math.ceil(value * 10 - 1e-9) / 10;

/** 班额与配比: places against classes and care workers as stated. It warns; people decide. */
export const bandLoad = (band: ClassBand, places: number | null, stated: { readonly classes: number | null; readonly careWorkers: number | null } | undefined, limit: BandLimit | undefined): BandLoad => {
  const perClass = places === null || !stated?.classes ? null : upTenth(places / stated.classes);
  const perCareWorker = places === null || !stated?.careWorkers ? null : upTenth(places / stated.careWorkers);
  return {
    band, perClass, perCareWorker,
    overSize: limit !== undefined && perClass !== null && perClass > limit.classSize,
    overRatio: limit !== undefined && limit.childrenPerCareWorker !== null && perCareWorker !== null && perCareWorker > limit.childrenPerCareWorker,
  };
};

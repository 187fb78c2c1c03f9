import { z } from 'zod';
import { bandOffer, fee, institution, type Institution } from '#domain/directory/model.ts';
import { listingWords, wordGroups, type ListingWords, type Sayer, type WordGroup } from '#domain/listing/model.ts';
import type { JurisdictionCode } from '#domain/shared/codes.ts';
import { isoDate, type Instant, type IsoDate } from '#domain/shared/dates.ts';

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'clock');
const most = { fees: 40, hours: 14 } as const;

/** What of the record an institution may propose; the authority keeps it, so nothing of it stands before review. */
export const statedFacts = institution.pick({
  phone: true, address: true, modes: true, admission: true, opensInSchoolHolidays: true, mealsProvided: true, openToNeighbours: true, accepts: true, fees: true, feesFrom: true, hours: true, extendedUntil: true,
}).extend({
  bands: z.array(bandOffer.pick({ band: true, places: true, availableFrom: true })),
  /** 公示 of a change of fees, and whether the parent committee was heard on it. */
  feeNotice: z.strictObject({ publishedOn: isoDate.nullable(), committeeHeard: z.boolean().nullable() }),
});
/** The same as a form takes it: what an old record holds may be stranger. */
export const typedFacts = statedFacts.extend({
  phone: z.string().trim().regex(/^[0-9+()（）\-－ 转]{5,30}$/, 'phone').nullable(), address: z.string().trim().min(2).max(200).nullable(), extendedUntil: clock.nullable(),
  bands: statedFacts.shape.bands.max(4), fees: z.array(fee.extend({ note: z.string().trim().max(200).nullable() })).max(most.fees), hours: statedFacts.shape.hours.max(most.hours),
});
export type StatedFacts = z.infer<typeof statedFacts>;

/** Facts by the group in which they are proposed and reviewed. */
export const factGroups = {
  contact: ['phone', 'address'], bands: ['bands'], admission: ['admission'], modes: ['modes'], opening: ['hours', 'extendedUntil', 'opensInSchoolHolidays'], fees: ['fees', 'feesFrom', 'feeNotice'],
  services: ['mealsProvided', 'openToNeighbours', 'accepts'],
} as const satisfies Readonly<Record<string, readonly (keyof StatedFacts)[]>>;
export type FactGroup = keyof typeof factGroups;
export type ListingGroup = FactGroup | WordGroup;

/** Groups in the order in which they are filled in and looked through. */
export const listingGroups = ['contact', 'modes', 'bands', 'classes', 'admission', 'opening', 'hours', 'fees', 'money', 'services', 'day', 'menu', 'staff', 'health', 'safety', 'committee', 'adaptation', 'materials', 'disclosures'] as const satisfies readonly ListingGroup[];
export const isFactGroup = (group: ListingGroup): group is FactGroup => group in factGroups;

/** A whole page as proposed: own words and facts of the record. */
export const proposal = z.strictObject({ words: listingWords, facts: statedFacts });
export type Proposal = z.infer<typeof proposal>;

/** What a page says now, as a proposal that changes nothing. */
export const proposalOf = (of: Institution, words: ListingWords): Proposal => ({
  words,
  facts: {
    phone: of.phone, address: of.address, modes: of.modes, bands: of.bands.map(({ band, places, availableFrom }) => ({ band, places, availableFrom })), admission: of.admission,
    fees: of.nextFees?.fees ?? of.fees, feesFrom: of.nextFees?.from ?? of.feesFrom,
    feeNotice: of.nextFees ? { publishedOn: of.nextFees.publishedOn, committeeHeard: of.nextFees.committeeHeard } : { publishedOn: words.money?.publishedOn ?? null, committeeHeard: words.money?.committeeHeard ?? null },
    hours: of.hours, extendedUntil: of.extendedUntil, opensInSchoolHolidays: of.opensInSchoolHolidays, mealsProvided: of.mealsProvided, openToNeighbours: of.openToNeighbours, accepts: of.accepts,
  },
});

/** One group's content, without who said it and when. */
export const contentOf = ({ words, facts }: Proposal, group: ListingGroup): Readonly<Record<string, unknown>> | null => {
  if (isFactGroup(group)) return Object.fromEntries(factGroups[group].map((key) => [key, facts[key]]));
  const held = words[group];
  return held === null ? null : Object.fromEntries(Object.entries(held).filter(([key]) => key !== 'saidBy' && key !== 'asOf'));
};

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([key, held]) => [key, sorted(held)]));
};
/** Whether two contents say the same, whatever the order of their fields. */
export const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));

/** Groups in which two pages differ. */
export const groupsBetween = (before: Proposal, after: Proposal): readonly ListingGroup[] => listingGroups.filter((group) => !isSame(contentOf(before, group), contentOf(after, group)));

/** A page with some groups of another in place of its own. */
export const withGroups = (onto: Proposal, from: Proposal, groups: readonly ListingGroup[]): Proposal => {
  const takes = (group: ListingGroup): Proposal => (groups.includes(group) ? from : onto);
  const facts = listingGroups.filter(isFactGroup).flatMap((group) => factGroups[group].map((key) => [key, takes(group).facts[key]] as const));
  return proposal.parse({ words: Object.fromEntries(wordGroups.map((group) => [group, takes(group).words[group]])), facts: Object.fromEntries(facts) });
};

/** 草稿 from its making to what became of it. */
export const draftStates = ['draft', 'awaitingReview', 'returned', 'published', 'dropped'] as const;
export type DraftState = (typeof draftStates)[number];
export const returnReasons = ['incomplete', 'notVerified', 'inconsistent', 'wording', 'photo', 'fees', 'other'] as const;
export type ReturnReason = (typeof returnReasons)[number];

/** What a reviewer decided. `approved`: the groups that were published. */
export type ReviewDecision = { readonly by: string; readonly at: Instant; readonly reason: ReturnReason | null; readonly words: string | null; readonly approved: readonly string[] };

/** 展示内容的一份草稿: what the page said when it was begun, what it is to say, and where it stands. */
export type ListingDraft = {
  readonly id: string; readonly jurisdiction: JurisdictionCode; readonly institution: string; readonly state: DraftState; readonly version: number;
  readonly base: Proposal; readonly baseVersion: number; readonly proposal: Proposal;
  readonly saidBy: Sayer; readonly madeBy: string; readonly changedAt: Instant;
  readonly submitted: { readonly by: string; readonly at: Instant } | null; readonly decided: ReviewDecision | null;
};

export const draftMoves = {
  edit: { from: ['draft', 'returned'], to: 'draft' }, submit: { from: ['draft', 'returned'], to: 'awaitingReview' }, withdraw: { from: ['awaitingReview'], to: 'draft' },
  drop: { from: ['draft', 'returned'], to: 'dropped' }, approve: { from: ['awaitingReview'], to: 'published' }, sendBack: { from: ['awaitingReview'], to: 'returned' },
} as const satisfies Readonly<Record<string, { readonly from: readonly DraftState[]; readonly to: DraftState }>>;
export type DraftMove = keyof typeof draftMoves;

/** Whether a move leads on from a state. */
export const mayMove = (state: DraftState, move: DraftMove): boolean => draftMoves[move].from.some((one) => one === state);

/** Groups a draft would change. */
export const proposedGroups = ({ base, proposal: to }: Pick<ListingDraft, 'base' | 'proposal'>): readonly ListingGroup[] => groupsBetween(base, to);

/** 别处已经变了: proposed groups that somebody else has published since the draft was begun. */
export const staleGroups = (draft: Pick<ListingDraft, 'base' | 'proposal'>, current: Proposal): readonly ListingGroup[] => {
  const moved = groupsBetween(draft.base, current);
  return proposedGroups(draft).filter((group) => moved.includes(group) && !isSame(contentOf(draft.proposal, group), contentOf(current, group)));
};

/** The record with proposed facts: free places stay with their bands, fees from a later day wait for it. Only the institution's own word confirms the record. */
export const withFacts = (of: Institution, { feeNotice, fees, feesFrom, bands, ...facts }: StatedFacts, groups: readonly ListingGroup[], today: IsoDate, sayer: Sayer = 'institution'): Institution => {
  const { nextFees, ...rest } = of;
  const freeOf = ({ band, places }: StatedFacts['bands'][number]) => {
    const { free, confirmedOn } = of.bands.find((held) => held.band === band) ?? { free: null, confirmedOn: null };
    return free !== null && places !== null && free > places ? { free: null, confirmedOn: null } : { free, confirmedOn };
  };
  const base = { ...rest, ...facts, bands: bands.map((one) => ({ ...one, ...freeOf(one) })), confirmedOn: sayer === 'institution' ? today : of.confirmedOn };
  if (!groups.includes('fees')) return nextFees ? { ...base, nextFees } : base;
  return feesFrom !== null && feesFrom > today ? { ...base, nextFees: { fees, from: feesFrom, ...feeNotice } } : { ...base, fees, feesFrom };
};

/** The record once the day of its approved fees has come; undefined while it has not. */
export const withFeesInForce = (of: Institution, today: IsoDate): Institution | undefined => {
  const { nextFees, ...rest } = of;
  return nextFees && nextFees.from <= today ? { ...rest, fees: nextFees.fees, feesFrom: nextFees.from } : undefined;
};

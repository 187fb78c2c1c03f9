import type { AuditDraft } from '#domain/audit/model.ts';
import type { Institution } from '#domain/directory/model.ts';
import type { Listing, ListingWords, Photo, Sayer } from '#domain/listing/model.ts';
import type { ListingDraft, Proposal, ReviewDecision } from '#domain/listingDraft/model.ts';
import type { JurisdictionCode } from '#domain/shared/codes.ts';
import type { Instant, IsoDate } from '#domain/shared/dates.ts';

/** What stands now: record and published words, those not shown to parents too. */
export type Standing = { readonly institution: Institution; readonly listing: Listing };

/** What is to stand instead; words or record undefined: they stay. */
export type NextStanding = { readonly words?: ListingWords; readonly institution?: Institution; readonly parts: readonly string[] };

/** A change of what stands, with the history and event that stand or fall with it. `next` is asked within the transaction, of what then stands; undefined: nothing is written. */
export type StandingChange = {
  readonly jurisdiction: JurisdictionCode; readonly institution: string; readonly on: IsoDate; readonly at: Instant; readonly by: Sayer; readonly changeId: string; readonly event: AuditDraft;
  readonly next: (current: Standing) => NextStanding | undefined;
};

/** 审核结果 to the institution, sealed; sent once what it tells of is written. */
export type ReviewNotice = { readonly id: string; readonly kind: 'listing-decided'; readonly sealed: string };

/** A reviewer's word on a draft of a version; photos named are cleared with it. */
export type Review = StandingChange & { readonly draft: string; readonly version: number; readonly state: 'published' | 'returned'; readonly decision: ReviewDecision; readonly photos: readonly string[]; readonly notice: ReviewNotice };

/** What drafts need of storage. */
export interface DraftStore {
  standing(jurisdiction: JurisdictionCode, institution: string): Promise<Standing | undefined>;
  /** The draft that is open (draft, awaiting review, returned); there is at most one. */
  findOpen(jurisdiction: JurisdictionCode, institution: string): Promise<ListingDraft | undefined>;
  find(jurisdiction: JurisdictionCode, id: string): Promise<ListingDraft | undefined>;
  /** Drafts awaiting review, the longest waiting first. */
  waiting(jurisdiction: JurisdictionCode): Promise<readonly ListingDraft[]>;
  /** Drafts of an institution, the latest first, twenty at most. */
  ofInstitution(jurisdiction: JurisdictionCode, institution: string): Promise<readonly ListingDraft[]>;
  /** Puts a draft in the place of the version seen (0: there was none). */
  save(draft: ListingDraft, seen: number, event: AuditDraft): Promise<'saved' | 'changed-meanwhile'>;
  review(review: Review): Promise<'saved' | 'changed-meanwhile' | 'refused'>;
  change(change: StandingChange): Promise<'saved' | 'refused'>;
  /** Institutions of a place whose approved fees come into force by a day. */
  feesDue(jurisdiction: JurisdictionCode, by: IsoDate): Promise<readonly string[]>;
  photos(jurisdiction: JurisdictionCode, institution: string): Promise<readonly Photo[]>;
}

export type DraftDeps = { readonly store: DraftStore; readonly newId: () => string; readonly now: () => Instant; readonly sealNotice: (id: string, body: unknown) => string };

/** Who acts: an institution for itself, a street for those within it, the authority's people for all of the place. */
export type DraftActor = { readonly account: string; readonly jurisdiction: JurisdictionCode; readonly sayer: Sayer; readonly institution: string | null; readonly subdistrict: string | null };

/** What somebody at work on a page has before them. */
export type Work = { readonly institution: Institution; readonly listing: Listing; readonly current: Proposal; readonly draft: ListingDraft | undefined; readonly stale: readonly string[] };

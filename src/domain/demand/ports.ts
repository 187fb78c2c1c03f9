import type { AuditDraft } from '#domain/audit/model.ts';
import type { Candidate, Demand, DemandBand, DemandReceipt, DemandSecret } from '#domain/demand/model.ts';
import type { JurisdictionCode, SubdistrictCode } from '#domain/shared/codes.ts';
import type { Instant, IsoDate, YearMonth } from '#domain/shared/dates.ts';

export type KeptAnswer = { readonly requestHash: string; readonly sealedAnswer: string };

/** A registration ready to be written, with everything that must stand or fall with it. */
export type Registration = {
  readonly demand: Demand;
  readonly band: DemandBand;
  readonly queryCodeHash: string;
  readonly sealed: string;
  /** Keyed hash of the phone; null without one. */
  readonly phoneKey: string | null;
  readonly rulesVersion: string;
  readonly idempotency: KeptAnswer & { readonly keyHash: string; readonly expiresAt: Instant; readonly now: Instant };
  readonly event: AuditDraft;
};

export type RegisterResult =
  | { readonly kind: 'registered' }
  | { readonly kind: 'replay'; readonly answer: KeptAnswer }
  | { readonly kind: 'too-many-for-phone' }
  | { readonly kind: 'taken' };

export type FoundDemand = { readonly demand: Demand; readonly hasPhone: boolean; readonly queryCodeHash: string; readonly sealed: string };

/** A notice ready to be written: the state it needs, the institutions shown, the message and its event. */
export type Notice = {
  readonly demand: Demand;
  readonly institution: string;
  readonly shown: readonly string[];
  readonly message: { readonly id: string; readonly kind: string; readonly sealed: string };
  readonly at: Instant;
  /** Not before this instant: nobody is called at night. */
  readonly dueAt: Instant;
  readonly event: AuditDraft;
};

/** 需求汇总, one cell: street × age band × month of beginning. */
export type DemandCount = { readonly subdistrict: SubdistrictCode; readonly band: DemandBand; readonly month: YearMonth; readonly count: number };

/** What demand needs of storage. Every write carries its audit event in one transaction. */
export interface DemandStore {
  findAnswer(jurisdiction: JurisdictionCode, keyHash: string, now: Instant): Promise<KeptAnswer | undefined>;
  register(registration: Registration): Promise<RegisterResult>;
  /** A registration whose data has not been forgotten. */
  findByReference(jurisdiction: JurisdictionCode, reference: string): Promise<FoundDemand | undefined>;
  findById(jurisdiction: JurisdictionCode, id: string): Promise<FoundDemand | undefined>;
  /** Forgets what was sealed and takes back a notice not yet sent; 'changed-meanwhile' when the version has moved. */
  withdraw(demand: Demand, event: AuditDraft): Promise<'saved' | 'changed-meanwhile'>;
  /** Begins a new round: looks again, until a later day. */
  renew(demand: Demand, lapsesOn: IsoDate, shown: readonly string[], event: AuditDraft): Promise<'saved' | 'changed-meanwhile'>;
  /** Registrations that wait for a notice on a day, oldest first: looking, with a phone, not lapsed. */
  findWaiting(jurisdiction: JurisdictionCode, today: IsoDate): Promise<readonly FoundDemand[]>;
  /** Remembers what the family has seen or what is gone again, unless the registration moved meanwhile. */
  remember(demand: Demand, shown: readonly string[]): Promise<void>;
  /** Writes the one notice of a round: state, message and event together, or nothing. */
  tell(notice: Notice): Promise<'saved' | 'changed-meanwhile'>;
  /** Registrations in force on a day, counted. */
  countDemand(jurisdiction: JurisdictionCode, today: IsoDate): Promise<readonly DemandCount[]>;
}

/** Keys and chance, made outside the domain. */
export interface DemandSeals {
  newId(): string;
  newReference(): string;
  newQueryCode(): string;
  hashQueryCode(reference: string, code: string): string;
  sameHash(one: string, other: string): boolean;
  phoneKey(phone: string): string;
  seal(demandId: string, secret: DemandSecret): string;
  open(demandId: string, sealed: string): DemandSecret;
  sealMessage(messageId: string, message: unknown): string;
  hashKey(idempotencyKey: string): string;
  hashRequest(request: unknown): string;
  sealAnswer(idempotencyKey: string, answer: DemandReceipt): string;
  /** The receipt exactly as first given; throws when the record was tampered with. */
  openAnswer(idempotencyKey: string, sealed: string): DemandReceipt;
}

/** What demand needs to know of a place and its directory. */
export interface DemandDirectory {
  /** The present code of a street by any code it bears or bore; undefined when it is not of this place. */
  streetOf(jurisdiction: JurisdictionCode, code: string): SubdistrictCode | undefined;
  /** The county a street lies in, below a city. */
  countyOf(jurisdiction: JurisdictionCode, subdistrict: string): string | null;
  /** Every institution in force, as of now. */
  candidates(jurisdiction: JurisdictionCode): Promise<readonly Candidate[]>;
}

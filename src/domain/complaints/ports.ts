import type { AuditDraft } from '#domain/audit/model.ts';
import type { Subject } from '#domain/jurisdiction/model.ts';
import type { JurisdictionCode, SubdistrictCode } from '#domain/shared/codes.ts';
import type { Instant, IsoDate } from '#domain/shared/dates.ts';
import type { Assignment, CaseFile, CaseForward, CaseMessage, CaseMove, CaseTask, Channel, Complaint, ComplaintState } from '#domain/complaints/model.ts';
import type { NamedPlace } from '#domain/leads/model.ts';
import type { ComplaintReceipt } from '#domain/complaints/views.ts';

/** A sealed row of the outbox; what it opens to is `{complaint}`, no content and no contact. */
export type CaseNotice = { readonly id: string; readonly kind: string; readonly sealed: string };
export type KeptAnswer = { readonly requestHash: string; readonly sealedAnswer: string };

/** A case ready to be written, with everything that must stand or fall with it. */
export type Intake = {
  readonly complaint: Complaint; readonly queryCodeHash: string; readonly sealedStory: string;
  /** Null where there is nothing to seal: unnamed. */
  readonly sealedIdentity: string | null;
  readonly move: CaseMove; readonly tasks: readonly CaseTask[]; readonly files: readonly CaseFile[];
  readonly idempotency: KeptAnswer & { readonly keyHash: string; readonly expiresAt: Instant; readonly now: Instant };
  readonly event: AuditDraft; readonly notice: CaseNotice;
  /** 摸排线索: an institution that the directory does not hold; null where none is named. */
  readonly named: (NamedPlace & { readonly event: string }) | null;
};
export type IntakeResult = { readonly kind: 'received' } | { readonly kind: 'replay'; readonly answer: KeptAnswer } | { readonly kind: 'reference-taken' };

/** A case as it lies in storage. */
export type FoundComplaint = {
  readonly complaint: Complaint; readonly queryCodeHash: string;
  /** Empty once forgotten. */
  readonly sealedStory: string; readonly sealedIdentity: string | null;
};

type Movable = 'state' | 'subject' | 'topic' | 'assignment' | 'clock' | 'closedAt' | 'waitingSince' | 'extendedFrom' | 'handler' | 'satisfaction' | 'reopenedAt' | 'master' | 'isMass' | 'legalHold';
export type CasePatch = Partial<Pick<Complaint, Movable>>;
export type TaskPatch = Pick<CaseTask, 'id'> & Partial<Pick<CaseTask, 'state' | 'dueOn' | 'receivedOn' | 'basis' | 'doneAt' | 'sealedResult' | 'reason'>>;

/** One move of a case and everything that goes with it; written in one transaction or not at all. */
export type CaseChange = {
  /** As it was read: its version must still hold. */
  readonly complaint: Complaint;
  readonly patch: CasePatch;
  readonly move: CaseMove;
  readonly messages?: readonly CaseMessage[];
  readonly files?: readonly CaseFile[];
  readonly tasks?: readonly CaseTask[];
  readonly taskPatches?: readonly TaskPatch[];
  readonly forwards?: readonly CaseForward[];
  readonly forwardReply?: { readonly id: string; readonly version: number; readonly sealedReply: string; readonly at: Instant };
  /** Whether the cases that go on in this one close and reopen with it. */
  readonly membersFollow?: boolean;
  readonly event: AuditDraft;
  readonly notice?: CaseNotice;
};

/** 办件队列 filter; `departments` is what an account may see, null for all. */
export type CaseFilter = {
  readonly states: readonly ComplaintState[]; readonly subject: Subject | null; readonly department: string | null; readonly channel: Channel | null; readonly subdistrict: SubdistrictCode | null;
  readonly institution: string | null; readonly handler: string | null; readonly scope: CaseScope;
};
/** What of a place an account sees: all of it, its department's cases, or its street's. */
export type CaseScope = { readonly kind: 'place' } | { readonly kind: 'department'; readonly department: string } | { readonly kind: 'street'; readonly subdistrict: SubdistrictCode; readonly account: string };

/** One case as figures count it: nothing tells it from another. */
export type FigureRow = { readonly subject: Subject; readonly department: string | null; readonly answerBy: IsoDate | null; readonly answeredAt: Instant | null; readonly satisfaction: number | null };

/** A case as a report on member units counts it: nothing tells it from another. */
export type MemberCase = Pick<Assignment, 'lead' | 'joint'> & {
  readonly state: ComplaintState; readonly receivedAt: Instant; readonly answerBy: IsoDate | null; readonly answeredAt: Instant | null;
  /** 最近期限, and whether its clock stands still. */
  readonly dueOn: string; readonly isWaiting: boolean;
};
/** A task of a case that was given to a department: 转办 or 协办. */
export type MemberTask = Pick<CaseTask, 'kind' | 'state' | 'dueOn' | 'createdAt'> & { readonly department: string };

/** An institution of the place's records, listed or not. */
export type CaseInstitution = { readonly id: string; readonly name: string; readonly kind: string | null; readonly subdistrict: SubdistrictCode | null; readonly county: string | null };

/** What complaints need of storage. Every write carries its audit event in one transaction. */
/** 集中投诉 about one institution: how many cases, since when. All are kept and none is refused: an alert, not a lock. */
export type Flood = { readonly institution: string; readonly name: string; readonly count: number; readonly since: Instant };

export interface ComplaintStore {
  findAnswer(jurisdiction: JurisdictionCode, keyHash: string, now: Instant): Promise<KeptAnswer | undefined>;
  intake(intake: Intake): Promise<IntakeResult>;
  findByReference(jurisdiction: JurisdictionCode, reference: string): Promise<FoundComplaint | undefined>;
  findById(jurisdiction: JurisdictionCode, id: string): Promise<FoundComplaint | undefined>;
  findInstitution(jurisdiction: JurisdictionCode, id: string): Promise<CaseInstitution | undefined>;
  moves(complaint: string): Promise<readonly CaseMove[]>;
  messages(complaint: string): Promise<readonly CaseMessage[]>;
  tasks(complaint: string): Promise<readonly CaseTask[]>;
  forwards(complaint: string): Promise<readonly CaseForward[]>;
  files(complaint: string): Promise<readonly CaseFile[]>;
  /** Cases that go on in this one. */
  members(master: string): Promise<readonly Complaint[]>;
  /** Institutions with at least so many cases received since an instant, those taken back and merged left out; most first. */
  floods(jurisdiction: JurisdictionCode, since: Instant, atLeast: number): Promise<readonly Flood[]>;
  /** Oldest deadline first, cases without one last; with their open tasks. At most `limit`, from `offset`. */
  queue(jurisdiction: JurisdictionCode, filter: CaseFilter, offset: number, limit: number): Promise<{ readonly total: number; readonly rows: readonly { readonly complaint: Complaint; readonly tasks: readonly CaseTask[] }[] }>;
  /** Writes one move; 'changed-meanwhile' when the version has moved. */
  commit(change: CaseChange): Promise<'saved' | 'changed-meanwhile'>;
  /** Records what was looked at, before it is shown. */
  record(event: AuditDraft): Promise<void>;
  /** What was forwarded to an institution, newest first, with the case's id and reference never in it. */
  forwardsTo(jurisdiction: JurisdictionCode, institution: string): Promise<readonly { readonly complaint: string; readonly forward: CaseForward }[]>;
  /** Cases received in `[from, to)`, merged and withdrawn ones not counted. */
  figureRows(jurisdiction: JurisdictionCode, from: Instant, to: Instant): Promise<readonly FigureRow[]>;
}

/** Two keys of one case, so that the person can be forgotten before the matter. */
export type CaseKeyPart = 'story' | 'identity';
/** The keys of cases, wrapped under the master key, in a database of their own: a backup of records holds none. */
export interface CaseKeyStore {
  /** Commits the keys of a case before the case itself is written. */
  put(owner: string, complaint: string, wrapped: Readonly<Record<CaseKeyPart, string>>, at: Instant): Promise<void>;
  get(complaint: string, part: CaseKeyPart): Promise<string | undefined>;
  destroy(complaint: string, parts: readonly CaseKeyPart[]): Promise<void>;
  /** Ids of cases whose keys one records database had made before an instant. */
  madeBefore(owner: string, before: Instant): Promise<readonly string[]>;
}

/** Sealed files on disk. */
export interface CaseBlobs {
  put(name: string, sealed: Uint8Array): Promise<void>;
  get(name: string): Promise<Uint8Array | undefined>;
  remove(name: string): Promise<void>;
}

/** Keys and chance, made outside the domain. */
export interface CaseSeals {
  newId(): string;
  newReference(): string;
  newQueryCode(): string;
  newKey(): string;
  newBlobName(): string;
  hashQueryCode(reference: string, code: string): string;
  sameHash(one: string, other: string): boolean;
  hashKey(idempotencyKey: string): string;
  hashRequest(request: unknown): string;
  sealAnswer(idempotencyKey: string, answer: ComplaintReceipt): string;
  /** The receipt exactly as first given; throws when the record was tampered with. */
  openAnswer(idempotencyKey: string, sealed: string): ComplaintReceipt;
  wrap(complaint: string, part: CaseKeyPart, key: string): string;
  unwrap(complaint: string, part: CaseKeyPart, wrapped: string): string;
  /** `context` names what is sealed (`story`, `message|id` …): a seal moved elsewhere does not open. */
  seal(key: string, context: string, text: string): string;
  open(key: string, context: string, sealed: string): string;
  sealBytes(key: string, context: string, bytes: Uint8Array): Uint8Array;
  openBytes(key: string, context: string, sealed: Uint8Array): Uint8Array;
  sealNotice(id: string, body: unknown): string;
}

/** A day range for figures, Asia/Shanghai. */
export type FigureRange = { readonly first: IsoDate; readonly last: IsoDate };

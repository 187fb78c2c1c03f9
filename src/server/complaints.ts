// 诉求, `app.complaints`: what a complainant does. `from` is the client's address: counted under its name of the day, kept with no case.
// Unknown reference, wrong and malformed code answer alike ('not-found') in like time; five wrong codes for one reference, then 'too-many' with seconds.
//
//   submit(jurisdiction, key, request, from, files?)      收到: case, first step, tasks, audit event and notice in one transaction; the same key and body answer alike
//   find(jurisdiction, claim, from)                       办理进度 (views.ts, complaintProgress)
//   reply(jurisdiction, claim, words, from, files?)       answers a question (the clock runs on) or adds to the case; the same words sent twice stand once
//   rate(jurisdiction, claim, satisfaction, from)         满意度 1…5, once it is answered; again overwrites
//   reopen(jurisdiction, claim, words, from)              once, within 14 days of a closing that was rated 1 or 2 (or told so on the telephone)
//   withdraw(jurisdiction, claim, from)                   撤回; again the same
//   file(jurisdiction, claim, file, from)                 bytes of one's own file
//   figures(jurisdiction, range)                          subject × department; cells under 5 hidden
// Files are CleanFile (model.ts): read, checked and re-encoded already; they are sealed under the case's key before they touch the disk.
import type { CleanFile, ComplaintRequest } from '#domain/complaints/model.ts';
import type { ComplaintFigures } from '#domain/complaints/figures.ts';
import type { FigureRange } from '#domain/complaints/ports.ts';
import type { ParentRefusal } from '#domain/complaints/refusals.ts';
import type { ComplaintProgress, ComplaintReceipt } from '#domain/complaints/views.ts';
import type { JurisdictionCode } from '#domain/shared/codes.ts';
import type { Outcome } from '#domain/shared/outcome.ts';

/** Reference and code as typed. */
export type ComplaintClaim = { readonly reference: string; readonly queryCode: string };
export type TooMany = { readonly ok: false; readonly reason: 'too-many'; readonly seconds: number };
export type FieldFault = { readonly field: 'institutionId' | 'subdistrict' | 'happenedOn' | 'answers'; readonly code: 'unknown-value' | 'range' };
export type SubmitOutcome =
  | Outcome<{ readonly receipt: ComplaintReceipt; readonly replayed: boolean }, 'idempotency-key-reused'>
  | { readonly ok: false; readonly reason: 'fields'; readonly faults: readonly FieldFault[] };
type Opened<Refusal extends string = never> = Outcome<ComplaintProgress, 'not-found' | Refusal> | TooMany;
export type OpenedFile = { readonly type: CleanFile['type']; readonly bytes: Uint8Array };

/** Complaints as pages and API use them: the domain's commands behind the limits. */
export type Complaints = {
  readonly submit: (jurisdiction: JurisdictionCode, key: string, request: ComplaintRequest, from: string, files?: readonly CleanFile[]) => Promise<SubmitOutcome | TooMany>;
  readonly find: (jurisdiction: JurisdictionCode, claim: ComplaintClaim, from: string) => Promise<Opened>;
  readonly reply: (jurisdiction: JurisdictionCode, claim: ComplaintClaim, words: string, from: string, files?: readonly CleanFile[]) => Promise<Opened<ParentRefusal>>;
  readonly rate: (jurisdiction: JurisdictionCode, claim: ComplaintClaim, satisfaction: number, from: string) => Promise<Opened<ParentRefusal>>;
  readonly reopen: (jurisdiction: JurisdictionCode, claim: ComplaintClaim, words: string, from: string) => Promise<Opened<ParentRefusal>>;
  readonly withdraw: (jurisdiction: JurisdictionCode, claim: ComplaintClaim, from: string) => Promise<Opened<ParentRefusal>>;
  readonly file: (jurisdiction: JurisdictionCode, claim: ComplaintClaim, file: string, from: string) => Promise<Outcome<OpenedFile, 'not-found'> | TooMany>;
  readonly figures: (jurisdiction: JurisdictionCode, range: FigureRange) => Promise<ComplaintFigures>;
};

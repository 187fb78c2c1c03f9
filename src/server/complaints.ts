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
//   outlook(jurisdiction, asked)                          who would have it and by when, were it received now
//   figures(jurisdiction, range)                          subject × department; cells under 5 hidden
// Files are CleanFile (model.ts): read, checked and re-encoded already; they are sealed under the case's key before they touch the disk.
import { figuresOf, type ComplaintFigures } from '#domain/complaints/figures.ts';
import type { ComplaintDeps } from '#domain/complaints/deps.ts';
import { complaintOutlook, type ComplaintOutlook, type OutlookAsked } from '#domain/complaints/outlook.ts';
import { findComplaint, openOwnFile, type Claim } from '#domain/complaints/find.ts';
import type { CleanFile, ComplaintRequest } from '#domain/complaints/model.ts';
import { rateCase, reopenCase, replyToCase, withdrawCase } from '#domain/complaints/parent.ts';
import type { FigureRange } from '#domain/complaints/ports.ts';
import type { ParentRefusal } from '#domain/complaints/refusals.ts';
import { submitComplaint, type SubmitOutcome } from '#domain/complaints/submit.ts';
import type { ComplaintProgress } from '#domain/complaints/views.ts';
import { readReference, type JurisdictionCode } from '#domain/shared/codes.ts';
import { addDays, dayOf, instantAt } from '#domain/shared/dates.ts';
import type { Outcome } from '#domain/shared/outcome.ts';
import { guardCode } from '#server/codeGuard.ts';
import type { Keyring } from '#server/crypto.ts';
import type { Limits } from '#server/limits.ts';

/** Reference and code as typed. */
export type ComplaintClaim = Claim;
export type TooMany = { readonly ok: false; readonly reason: 'too-many'; readonly seconds: number };
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
  readonly outlook: (jurisdiction: JurisdictionCode, asked: OutlookAsked) => Promise<ComplaintOutlook>;
  readonly figures: (jurisdiction: JurisdictionCode, range: FigureRange) => Promise<ComplaintFigures>;
};

/** Binds the complainant's commands to their store, keys, clock and limits. */
export function makeComplaints(deps: ComplaintDeps, limits: Limits, keys: Keyring): Complaints {
  const referenceOf = (claim: Claim): string => readReference('T', claim.reference) ?? claim.reference;
  const guarded = <Result extends { readonly ok: boolean; readonly reason?: string }>(claim: Claim, from: string, open: () => Promise<Result>): Promise<Result | TooMany> => guardCode(limits, keys, referenceOf(claim), from, open);
  /** Words cost more than a look: so many a day for one case. */
  const spoken = async <Result extends { readonly ok: boolean; readonly reason?: string }>(claim: Claim, from: string, open: () => Promise<Result>): Promise<Result | TooMany> => {
    const seconds = await limits.take('complaintWords', keys.mac('limit', referenceOf(claim)));
    return seconds > 0 ? { ok: false, reason: 'too-many', seconds } : guarded(claim, from, open);
  };
  return {
    submit: async (jurisdiction, key, request, from, files) => {
      const seconds = await limits.take('complaint', from);
      return seconds > 0 ? { ok: false, reason: 'too-many', seconds } : submitComplaint(deps, jurisdiction, key, request, files);
    },
    find: (jurisdiction, claim, from) => guarded(claim, from, () => findComplaint(deps, jurisdiction, claim)),
    reply: (jurisdiction, claim, words, from, files) => spoken(claim, from, () => replyToCase(deps, jurisdiction, claim, words, files)),
    rate: (jurisdiction, claim, satisfaction, from) => guarded(claim, from, () => rateCase(deps, jurisdiction, claim, satisfaction)),
    reopen: (jurisdiction, claim, words, from) => spoken(claim, from, () => reopenCase(deps, jurisdiction, claim, words)),
    withdraw: (jurisdiction, claim, from) => guarded(claim, from, () => withdrawCase(deps, jurisdiction, claim)),
    file: (jurisdiction, claim, file, from) => guarded(claim, from, () => openOwnFile(deps, jurisdiction, claim, file)),
    outlook: (jurisdiction, asked) => complaintOutlook(deps, jurisdiction, asked),
    figures: async (jurisdiction, range) =>
      figuresOf(await deps.store.figureRows(jurisdiction, instantAt(range.first, '00:00'), instantAt(addDays(range.last, 1), '00:00')), range, dayOf(deps.now())),
  };
}

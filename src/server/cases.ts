// 办件, `app.cases`: what office, departments and streets do with complaints, and what an institution sees of them.
// A desk is `caseDeskOf(signedIn)`; the page has asked `requireRole(Astro, 'complaint.handle')` (or what a move needs), every command asks again:
// permission of the move, state, scope (place · own department · own street). What a desk may not see answers 'not-found'.
// A case is named with the version the desk saw (`{id, version}`); an older one answers 'changed-meanwhile'. Every move is one transaction with its history,
// its audit event (no content) and its messages. Texts are cleaned here; too short or too long ones are the form's matter (limits are in model.ts).
//
//   queue(desk, filter, page)                oldest deadline first, with open tasks; no content is opened
//   open(desk, id)                           one case: story, messages, tasks, forwards, history, which moves are open; recorded first
//   openIdentity(desk, chosen, reason)       name and phone, once, after the reason is recorded (page: requireFresh too)
//   file(desk, id, file)                     bytes of a file, recorded
//   take / assign(…, account)                accept(…)          notAccept(…, reason, words)    investigate
//   handOver(…, {department, reason, documentNumber, words})    recordReceipt(…, task, receivedOn)    handBack(…, words)    recordReply(…, task|null, words)
//   addTask(…, kind, department, dueOn)      closeTask(…, task, words)     policeReport(…, at, number)
//   ask(…, words) pauses the clock           askNoLonger        note(…, words)
//   askExtension(…, reason, days)            extend(…)          answer(…, words)    close      recordCall(…, result, words)
//   merge(…, masterReference, reason)        massCase           uphold / redo(…, words)        hold(…, reason) / releaseHold
//   forward(…, institution, words, replyBy)  forwarded(desk)    institutionReply(desk, forward, words)    institution's own view
//   enter(desk, key, entered)                telephone, visit, 12345 …: same receipt as the site's
//   preview(desk, …)                         who would have it and by when, before it is entered or handed over
import type { CasePage, CaseView, ForwardedView, OpenedIdentity } from '#domain/complaints/caseViews.ts';
import type { CaseDeps, CaseDesk, Chosen } from '#domain/complaints/deps.ts';
import type { Assignment, CaseClock, EnteredCase, ExtensionReason, FollowUpResult, HandoverReason, HoldReason, IdentityReason, MergeReason, NotAcceptedReason } from '#domain/complaints/model.ts';
import type { CaseRefusal } from '#domain/complaints/refusals.ts';
import * as staff from '#domain/complaints/staff.ts';
import * as closing from '#domain/complaints/staffClose.ts';
import { enterCase, previewCase, type CaseQuestion, type EnterOutcome } from '#domain/complaints/staffEnter.ts';
import * as handing from '#domain/complaints/staffHandover.ts';
import { floodsOf } from '#domain/complaints/flood.ts';
import type { Flood } from '#domain/complaints/ports.ts';
import { caseIdOf, caseQueueOf, forwardedTo, openCase, openCaseFile, openIdentity, type QueueFilter } from '#domain/complaints/staffRead.ts';
import type { IsoDate } from '#domain/shared/dates.ts';
import type { Outcome } from '#domain/shared/outcome.ts';
import type { OpenedFile } from '#server/complaints.ts';
import type { SignedIn } from '#server/guard.ts';

export type { QueueFilter };
export type CasePreview = { readonly assignment: Assignment; readonly clock: CaseClock };

/** The desk of whoever is signed in. */
export const caseDeskOf = ({ account, place, may }: SignedIn): CaseDesk => ({
  actor: account.id, jurisdiction: account.jurisdiction, may, profile: place.accountProfile ?? 'small', department: account.department, subdistrict: account.subdistrict, institution: account.institution,
});

type Moved = Promise<Outcome<{ readonly version: number }, CaseRefusal>>;
export type HandOver = { readonly department: string; readonly reason: HandoverReason; readonly documentNumber: string | null };

/** The office's side of complaints as pages use it. */
export type Cases = {
  readonly queue: (desk: CaseDesk, filter: QueueFilter, page: number) => Promise<CasePage>;
  /** 集中投诉 of the last twenty-four hours. */
  readonly floods: (desk: CaseDesk) => Promise<readonly Flood[]>;
  readonly open: (desk: CaseDesk, id: string) => Promise<Outcome<CaseView, 'not-found'>>;
  /** The id of a case by its number as typed; undefined for what this desk may not see. */
  readonly idOf: (desk: CaseDesk, reference: string) => Promise<string | undefined>;
  readonly openIdentity: (desk: CaseDesk, id: string, reason: IdentityReason) => Promise<Outcome<OpenedIdentity, CaseRefusal>>;
  readonly file: (desk: CaseDesk, id: string, file: string) => Promise<Outcome<OpenedFile, 'not-found'>>;
  readonly take: (desk: CaseDesk, chosen: Chosen) => Moved;
  readonly assign: (desk: CaseDesk, chosen: Chosen, account: string) => Moved;
  readonly accept: (desk: CaseDesk, chosen: Chosen) => Moved;
  readonly notAccept: (desk: CaseDesk, chosen: Chosen, reason: NotAcceptedReason, whereToGo: string) => Moved;
  readonly investigate: (desk: CaseDesk, chosen: Chosen) => Moved;
  readonly handOver: (desk: CaseDesk, chosen: Chosen, to: HandOver) => Moved;
  readonly recordReceipt: (desk: CaseDesk, chosen: Chosen, task: string, receivedOn: IsoDate) => Moved;
  readonly handBack: (desk: CaseDesk, chosen: Chosen, words: string) => Moved;
  readonly recordReply: (desk: CaseDesk, chosen: Chosen, task: string | null, words: string) => Moved;
  readonly addTask: (desk: CaseDesk, chosen: Chosen, kind: 'joint' | 'callBack' | 'secureEvidence', department: string | null, dueOn: IsoDate | null) => Moved;
  readonly closeTask: (desk: CaseDesk, chosen: Chosen, task: string, words: string) => Moved;
  /** 报警记录: when the police were told and 接警单号. */
  readonly policeReport: (desk: CaseDesk, chosen: Chosen, reported: { readonly on: IsoDate; readonly time: string; readonly number: string | null }) => Moved;
  readonly ask: (desk: CaseDesk, chosen: Chosen, words: string) => Moved;
  readonly askNoLonger: (desk: CaseDesk, chosen: Chosen) => Moved;
  readonly note: (desk: CaseDesk, chosen: Chosen, words: string) => Moved;
  /** 延期: asked for with a reason and workdays, decided by a reviewer (another person under 三员分立); once. */
  readonly askExtension: (desk: CaseDesk, chosen: Chosen, reason: ExtensionReason, workdays: number) => Moved;
  readonly extend: (desk: CaseDesk, chosen: Chosen) => Moved;
  readonly answer: (desk: CaseDesk, chosen: Chosen, words: string) => Moved;
  readonly close: (desk: CaseDesk, chosen: Chosen) => Moved;
  readonly recordCall: (desk: CaseDesk, chosen: Chosen, result: FollowUpResult, words: string | null) => Moved;
  readonly merge: (desk: CaseDesk, chosen: Chosen, masterReference: string, reason: MergeReason) => Moved;
  readonly massCase: (desk: CaseDesk, chosen: Chosen) => Moved;
  readonly uphold: (desk: CaseDesk, chosen: Chosen, words: string) => Moved;
  readonly redo: (desk: CaseDesk, chosen: Chosen, words: string) => Moved;
  readonly hold: (desk: CaseDesk, chosen: Chosen, reason: HoldReason) => Moved;
  readonly releaseHold: (desk: CaseDesk, chosen: Chosen) => Moved;
  /** 转给机构: exactly these words, which somebody has read; nothing else of the case is ever shown there. */
  readonly forward: (desk: CaseDesk, chosen: Chosen, to: { readonly institution: string; readonly words: string; readonly replyBy: IsoDate | null }) => Moved;
  readonly forwarded: (desk: CaseDesk) => Promise<readonly ForwardedView[]>;
  readonly institutionReply: (desk: CaseDesk, forward: Chosen, words: string) => Moved;
  readonly enter: (desk: CaseDesk, key: string, entered: EnteredCase) => Promise<EnterOutcome>;
  /** Who would have it, why and by when, were it received now. */
  readonly preview: (desk: CaseDesk, asked: CaseQuestion) => Promise<CasePreview>;
};

/** Binds the office's commands to their store, keys and clock. */
export const makeCases = (deps: CaseDeps): Cases => ({
  floods: (desk) => floodsOf(deps, desk),
  queue: (desk, filter, page) => caseQueueOf(deps, desk, filter, page),
  open: (desk, id) => openCase(deps, desk, id),
  idOf: (desk, reference) => caseIdOf(deps, desk, reference),
  openIdentity: (desk, id, reason) => openIdentity(deps, desk, id, reason),
  file: (desk, id, file) => openCaseFile(deps, desk, id, file),
  take: (desk, chosen) => staff.take(deps, desk, chosen),
  assign: (desk, chosen, account) => staff.assignTo(deps, desk, chosen, account),
  accept: (desk, chosen) => staff.accept(deps, desk, chosen),
  notAccept: (desk, chosen, reason, whereToGo) => staff.notAccept(deps, desk, chosen, reason, whereToGo),
  investigate: (desk, chosen) => staff.investigate(deps, desk, chosen),
  handOver: (desk, chosen, to) => handing.handOver(deps, desk, chosen, to),
  recordReceipt: (desk, chosen, task, receivedOn) => handing.recordReceipt(deps, desk, chosen, task, receivedOn),
  handBack: (desk, chosen, words) => handing.handBack(deps, desk, chosen, words),
  recordReply: (desk, chosen, task, words) => handing.recordReply(deps, desk, chosen, task, words),
  addTask: (desk, chosen, kind, department, dueOn) => handing.addTask(deps, desk, chosen, kind, department, dueOn),
  closeTask: (desk, chosen, task, words) => handing.closeTask(deps, desk, chosen, task, words),
  policeReport: (desk, chosen, reported) => handing.policeReport(deps, desk, chosen, reported),
  ask: (desk, chosen, words) => staff.ask(deps, desk, chosen, words),
  askNoLonger: (desk, chosen) => staff.askNoLonger(deps, desk, chosen),
  note: (desk, chosen, words) => staff.note(deps, desk, chosen, words),
  askExtension: (desk, chosen, reason, workdays) => handing.askExtension(deps, desk, chosen, reason, workdays),
  extend: (desk, chosen) => handing.extend(deps, desk, chosen),
  answer: (desk, chosen, words) => closing.answer(deps, desk, chosen, words),
  close: (desk, chosen) => closing.close(deps, desk, chosen),
  recordCall: (desk, chosen, result, words) => closing.recordCall(deps, desk, chosen, result, words),
  merge: (desk, chosen, masterReference, reason) => closing.merge(deps, desk, chosen, masterReference, reason),
  massCase: (desk, chosen) => closing.massCase(deps, desk, chosen),
  uphold: (desk, chosen, words) => staff.uphold(deps, desk, chosen, words),
  redo: (desk, chosen, words) => staff.redo(deps, desk, chosen, words),
  hold: (desk, chosen, reason) => staff.hold(deps, desk, chosen, reason),
  releaseHold: (desk, chosen) => staff.releaseHold(deps, desk, chosen),
  forward: (desk, chosen, to) => handing.forward(deps, desk, chosen, to),
  forwarded: (desk) => forwardedTo(deps, desk),
  institutionReply: (desk, forward, words) => handing.institutionReply(deps, desk, forward, words),
  enter: (desk, key, entered) => enterCase(deps, desk, key, entered),
  preview: (desk, asked) => previewCase(deps, desk, asked),
});

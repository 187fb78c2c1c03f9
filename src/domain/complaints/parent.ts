import { type JurisdictionCode } from '#domain/shared/codes.ts';
import { dayOf } from '#domain/shared/dates.ts';
import { done, refused, type Outcome } from '#domain/shared/outcome.ts';
import { caseEvent, caseKey, caseMove, caseNotice, type ComplaintDeps } from '#domain/complaints/deps.ts';
import { openClaimed, progressOf, reopenUntil, type Claim } from '#domain/complaints/find.ts';
import { plainText, type CaseFile, type CaseMessage, type CleanFile, type Complaint, type MessageKind } from '#domain/complaints/model.ts';
import { nextState } from '#domain/complaints/moves.ts';
import type { CaseChange, CasePatch } from '#domain/complaints/ports.ts';
import type { ParentRefusal } from '#domain/complaints/refusals.ts';
import { putFiles } from '#domain/complaints/submit.ts';
import type { ComplaintProgress } from '#domain/complaints/views.ts';

export type ParentOutcome = Outcome<ComplaintProgress, 'not-found' | ParentRefusal>;
type Step = Outcome<CaseChange | 'nothing', ParentRefusal>;

/** Most files of one case. */
export const mostFiles = 9;

/** Reads, decides and writes; somebody else's move in between is no matter of the complainant's, so it is decided anew. */
async function act(deps: ComplaintDeps, jurisdiction: JurisdictionCode, claim: Claim, decide: (complaint: Complaint) => Promise<Step>): Promise<ParentOutcome> {
  for (let tries = 0; tries < 4; tries += 1) {
    const found = await openClaimed(deps, jurisdiction, claim);
    if (!found) return refused('not-found');
    const step = await decide(found.complaint);
    if (!step.ok) return step;
    if (step.value === 'nothing') return done(await progressOf(deps, found.complaint));
    if (await deps.store.commit(step.value) === 'saved') {
      const { patch, complaint } = step.value;
      return done(await progressOf(deps, { ...complaint, ...patch, version: complaint.version + 1 }));
    }
    for (const { blob } of step.value.files ?? []) await deps.blobs.remove(blob);
  }
  return refused('changed-meanwhile');
}

/** Words sealed under a case's key. */
export const sealedWords = (deps: ComplaintDeps, complaint: string, key: string, kind: MessageKind, by: string, words: string): CaseMessage => {
  const id = deps.seals.newId();
  return { id, at: deps.now(), kind, by, sealed: deps.seals.seal(key, `${complaint}|message|${id}`, plainText(words)) };
};

/** The clock of a case that waited and goes on: due as much later as it stood still. */
export const resumedClock = (deps: ComplaintDeps, { clock, waitingSince }: Complaint): CasePatch =>
  (waitingSince === null ? {} : {
    waitingSince: null,
    clock: { ...clock, answerBy: clock.answerBy === null ? null : deps.rules.resumed(clock.answerBy, dayOf(waitingSince), dayOf(deps.now())) },
  });

const isOwn = ({ kind }: CaseMessage): boolean => kind === 'addition' || kind === 'reply' || kind === 'reopening';

async function saidJustNow(deps: ComplaintDeps, complaint: Complaint, key: string, words: string): Promise<boolean> {
  const last = (await deps.store.messages(complaint.id)).findLast(isOwn);
  return last !== undefined && deps.seals.open(key, `${complaint.id}|message|${last.id}`, last.sealed) === plainText(words);
}

/** 补充: answers a question, so that the clock runs on, or adds words and files. The same words sent twice stand once. */
export function replyToCase(deps: ComplaintDeps, jurisdiction: JurisdictionCode, claim: Claim, words: string, files: readonly CleanFile[] = []): Promise<ParentOutcome> {
  return act(deps, jurisdiction, claim, async (complaint) => {
    const next = nextState(complaint.state, 'reply');
    if (!next.ok) return next;
    const key = await caseKey(deps, complaint.id, 'story');
    if (key === undefined) return refused('forgotten');
    if (await saidJustNow(deps, complaint, key, words)) return done('nothing');
    if (files.length > 0 && (await deps.store.files(complaint.id)).length + files.length > mostFiles) return refused('too-many-files');
    const isAnswer = complaint.waitingSince !== null;
    const message = sealedWords(deps, complaint.id, key, isAnswer ? 'reply' : 'addition', 'parent', words);
    const put: readonly CaseFile[] = await putFiles(deps, complaint.id, key, message.id, files);
    return done({
      complaint, patch: resumedClock(deps, complaint), move: caseMove(deps, 'reply', next.value, 'parent', { reason: isAnswer ? 'answered' : null }), messages: [message], files: put,
      event: caseEvent(deps, complaint.jurisdiction, 'reply', complaint.id, { files: put.length, answered: isAnswer }), notice: caseNotice(deps, 'complaint-words', complaint.id),
    });
  });
}

/** Whether a case, or the one it goes on in, has been answered. */
async function isAnswered(deps: ComplaintDeps, complaint: Complaint): Promise<boolean> {
  const shown = complaint.master === null ? complaint : (await deps.store.findById(complaint.jurisdiction, complaint.master))?.complaint ?? complaint;
  return shown.state === 'answered' || shown.state === 'closed';
}

/** 满意度评价, 1…5, once the case is answered; a later one stands. */
export function rateCase(deps: ComplaintDeps, jurisdiction: JurisdictionCode, claim: Claim, satisfaction: number): Promise<ParentOutcome> {
  return act(deps, jurisdiction, claim, async (complaint) => {
    const next = nextState(complaint.state, 'rate');
    if (!next.ok || !await isAnswered(deps, complaint)) return refused('not-answered-yet');
    if (complaint.satisfaction === satisfaction) return done('nothing');
    return done({ complaint, patch: { satisfaction }, move: caseMove(deps, 'rate', next.value, 'parent'), event: caseEvent(deps, complaint.jurisdiction, 'rate', complaint.id, { satisfaction }) });
  });
}

/** 要求重办: once, within 14 days of a closing that was rated 1 or 2; a new clock begins. */
export function reopenCase(deps: ComplaintDeps, jurisdiction: JurisdictionCode, claim: Claim, words: string): Promise<ParentOutcome> {
  return act(deps, jurisdiction, claim, async (complaint) => {
    const next = nextState(complaint.state, 'reopen');
    if (!next.ok) return complaint.reopenedAt !== null && complaint.state !== 'withdrawn' ? refused('reopened-before') : next;
    if (complaint.reopenedAt !== null) return refused('reopened-before');
    const until = reopenUntil(complaint);
    if (until === null) return refused('not-unsatisfied');
    if (dayOf(deps.now()) > until) return refused('too-late');
    const key = await caseKey(deps, complaint.id, 'story');
    if (key === undefined) return refused('forgotten');
    const { answerBy } = deps.rules.received(dayOf(deps.now()), { kind: complaint.kind, channel: complaint.channel, externalDeadline: null });
    return done({
      complaint, patch: { state: next.value, closedAt: null, reopenedAt: deps.now(), satisfaction: null, clock: { ...complaint.clock, answerBy, basis: 'site' } },
      move: caseMove(deps, 'reopen', next.value, 'parent'), messages: [sealedWords(deps, complaint.id, key, 'reopening', 'parent', words)], membersFollow: true,
      event: caseEvent(deps, complaint.jurisdiction, 'reopen', complaint.id, {}), notice: caseNotice(deps, 'complaint-words', complaint.id),
    });
  });
}

/** 撤回; again the same. */
export function withdrawCase(deps: ComplaintDeps, jurisdiction: JurisdictionCode, claim: Claim): Promise<ParentOutcome> {
  return act(deps, jurisdiction, claim, async (complaint) => {
    if (complaint.state === 'withdrawn') return done('nothing');
    const next = nextState(complaint.state, 'withdraw');
    if (!next.ok) return next;
    return done({
      complaint, patch: { state: next.value, closedAt: deps.now(), waitingSince: null }, move: caseMove(deps, 'withdraw', next.value, 'parent'),
      event: caseEvent(deps, complaint.jurisdiction, 'withdraw', complaint.id, {}), notice: caseNotice(deps, 'complaint-words', complaint.id),
    });
  });
}

import type { CaseView, OpenTask } from '#domain/complaints/caseViews.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import { dayOf } from '#domain/shared/dates.ts';
import { happenedWords, institutionWords } from '#server/pages/case.ts';
import { dayWords, saidOf, type CaseNames } from '#server/pages/caseWords.ts';
import { deadlineBasisText, reasonText } from '#text/cases.ts';
import { caseNotices, hotlineText, noticeText as words, noticeTitleText, type CaseNoticeKind } from '#text/casesPapers.ts';
import { fullDayText } from '#text/dates.ts';

/** One paper: the same sheet for all of them, A4 and black on white. */
export type Paper = {
  readonly title: string; readonly number: string | null; readonly to: string; readonly paragraphs: readonly string[]; readonly facts: readonly { readonly name: string; readonly value: string }[]; readonly quoted: string | null; readonly after: readonly string[];
  /** Who signs: the office of the place. */
  readonly signature: string; readonly day: string;
  readonly slip: { readonly title: string; readonly lines: readonly string[]; readonly blanks: readonly string[] } | null;
};
/** What a clerk writes into a paper before it is made. */
export type PaperWords = { readonly words: string; readonly number: string; readonly time: string };

const answerOf = ({ messages }: CaseView): string | null => messages.findLast(({ kind }) => kind === 'answer')?.text ?? null;
const whereToGo = ({ messages }: CaseView): string => messages.findLast(({ kind }) => kind === 'notice')?.text ?? '';
const reasonOf = ({ history }: CaseView, move: string): string => reasonText(history.findLast((step) => step.move === move)?.reason ?? null);

/** Whether a paper can be made now: what it says must have happened. */
export function isReady(what: CaseNoticeKind, view: CaseView): boolean {
  const { complaint, tasks } = view;
  switch (what) {
    case 'accepted': return complaint.state !== 'received' && complaint.state !== 'notAccepted' && view.history.some(({ move }) => move === 'accept');
    case 'notAccepted': return complaint.state === 'notAccepted';
    case 'extended': return complaint.extendedFrom !== null;
    case 'answer': return answerOf(view) !== null;
    case 'secureEvidence': return complaint.keepUntil !== null || tasks.some(({ kind }) => kind === 'secureEvidence');
    case 'handover': return tasks.some(({ kind, state }) => (kind === 'handover' || kind === 'joint') && state !== 'dropped');
  }
}

/** Papers and texts a case offers now. */
export const papersOf = (view: CaseView, { intakeMode = 'both' }: Pick<Jurisdiction, 'intakeMode'>): readonly { readonly href: string; readonly title: string }[] => [
  ...caseNotices.filter((what) => isReady(what, view)).map((what) => ({ href: `/office/cases/${view.complaint.id}/print/?what=${what}`, title: noticeTitleText[what] })),
  { href: `/office/cases/${view.complaint.id}/hotline/?for=reply`, title: hotlineText.replyTitle },
  ...(intakeMode === 'here' ? [] : [{ href: `/office/cases/${view.complaint.id}/hotline/?for=pass`, title: hotlineText.passTitle }]),
];

/** Papers into which a clerk must first write, or look through, what they say. */
export const needsWords = (what: CaseNoticeKind): boolean => what === 'handover' || what === 'secureEvidence';

/** The office that signs; the place's organiser where it is known. */
const signatureOf = (place: Jurisdiction): string => place.host.organiser ?? place.filingAuthority ?? place.name;

type Body = Pick<Paper, 'to' | 'paragraphs'> & Partial<Pick<Paper, 'facts' | 'quoted' | 'after' | 'slip' | 'number'>>;
const dueFacts = ({ complaint: { clock } }: CaseView) => (clock.answerBy === null ? [] : [{ name: words.dueBy, value: `${dayWords(clock.answerBy)}（${deadlineBasisText[clock.basis]}）` }]);

const toComplainant = (what: 'accepted' | 'notAccepted' | 'extended' | 'answer', view: CaseView): Body => {
  const { complaint } = view;
  const [received, { subject }] = [fullDayText(dayOf(complaint.receivedAt)), saidOf(complaint)];
  switch (what) {
    case 'accepted': return { to: words.complainant, paragraphs: [words.accepted(received, subject), complaint.clock.answerBy === null ? words.acceptedUnknown : words.acceptedBy(dayWords(complaint.clock.answerBy)), words.query] };
    case 'notAccepted': return { to: words.complainant, paragraphs: [words.notAccepted(received, subject), words.because(reasonOf(view, 'notAccept')), words.whereTo(whereToGo(view))] };
    case 'extended': return { to: words.complainant, paragraphs: [words.extended(subject, reasonOf(view, 'extend')), words.extendedTo(dayWords(complaint.extendedFrom ?? ''), dayWords(complaint.clock.answerBy ?? '')), words.query] };
    case 'answer': return { to: words.complainant, paragraphs: [words.answer(received, subject)], quoted: answerOf(view), after: [words.rate] };
  }
};

const evidence = (view: CaseView, { words: place, time, number }: PaperWords): Body => ({
  number: number || null, to: words.evidenceTo(institutionWords(view) ?? words.evidenceUnknown), paragraphs: [words.evidenceWhat], facts: [{ name: words.evidencePlace, value: place || words.evidencePlaceBlank }, { name: words.evidenceTime, value: time || words.evidenceBlankTime }],
  after: [...(view.complaint.keepUntil === null ? [] : [words.evidenceUntil(fullDayText(view.complaint.keepUntil))]), words.evidenceNot], slip: { title: words.evidenceSlip, lines: [words.evidenceSlipWhat], blanks: [words.signedBy, words.institutionSeal, words.day] },
});

const handover = (view: CaseView, names: CaseNames, task: OpenTask | undefined, { words: story, number }: PaperWords): Body => {
  const { complaint } = view;
  const said = saidOf(complaint);
  return {
    number: number || task?.documentNumber || null, to: words.handoverTo(names.department(task?.department ?? null)), paragraphs: [words.handoverWhat],
    facts: [
      { name: words.reference, value: complaint.reference }, ...(complaint.externalNumber === null ? [] : [{ name: words.external, value: complaint.externalNumber }]), { name: words.fromChannel, value: said.channel }, { name: words.subject, value: said.subject },
      { name: words.received, value: fullDayText(dayOf(complaint.receivedAt)) }, ...dueFacts(view), ...(task === undefined || task.reason === null ? [] : [{ name: words.handoverReason, value: reasonText(task.reason) }]),
    ],
    quoted: `${words.reason}：${story}`, after: [words.secret], slip: { title: words.slip, lines: [words.slipWhat, words.slipReturn], blanks: [words.receivedOn, words.signed] },
  };
};

/** A paper of a case. `task` is the handover a 转办单 goes with. */
export function paperOf(what: CaseNoticeKind, view: CaseView, names: CaseNames, place: Jurisdiction, today: string, written: PaperWords, task: OpenTask | undefined): Paper {
  const body = what === 'handover' ? handover(view, names, task, written) : what === 'secureEvidence' ? evidence(view, written) : toComplainant(what, view);
  return { title: noticeTitleText[what], facts: [], quoted: null, after: [], slip: null, number: what === 'secureEvidence' || what === 'handover' ? null : `${words.reference}：${view.complaint.reference}`, signature: signatureOf(place), day: fullDayText(today), ...body };
}

/** What a paper's form begins with: the place and time of recordings are the clerk's to fill in. */
export const evidenceTime = (view: CaseView): string => happenedWords(view) ?? '';

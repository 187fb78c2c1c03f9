import { closedWithoutRefund } from '#domain/complaints/model.ts';
import { unsatisfiedUpTo } from '#domain/complaints/find.ts';
import type { ComplaintProgress } from '#domain/complaints/views.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import { wasReopened, type ComplaintFindStep } from '#server/complaintFindPages.ts';
import { clockRows } from '#server/pages/complaintOutlook.ts';
import { complaintFindText as words, extensionReasonText, fileKindText, refusalReasonText, stateWords, stepWords } from '#text/complaintFind.ts';
import { receivedText } from '#text/complaintReceipt.ts';
import { closedWords, kindText, subjectWords } from '#text/complaintSubjects.ts';
import { fullDayText, slotStartText } from '#text/dates.ts';
import { sizeText } from '#text/complaintFiles.ts';

type Shown = Exclude<ComplaintFindStep, { readonly kind: 'file' }>;
type Row = { readonly name: string; readonly value: string | null; readonly note?: string | undefined };

const filesOf = (files: ComplaintProgress['files']) => files.map(({ id, type, size }, index) => ({ id, label: words.download(fileKindText[type], index + 1, sizeText(size)) }));

const headings = { addition: words.you, reply: words.you, reopening: words.you, question: words.asked, answer: words.answer, notice: words.notice } as const satisfies Record<ComplaintProgress['messages'][number]['kind'], string>;

/** Where it lies besides its clock: handed over, put off, refused, together with others. */
function standingOf({ handover, extension, notAccepted, closedOn, satisfaction }: ComplaintProgress): readonly Row[] {
  return [
    ...(handover === null ? [] : [{ name: words.handover, value: handover.department, note: `${words.sentOn(fullDayText(handover.sentOn))}，${handover.signedOn === null ? words.unsigned : words.signedOn(fullDayText(handover.signedOn))}` }]),
    ...(extension === null ? [] : [{ name: words.extension, value: words.extendedFrom(fullDayText(extension.from)), note: extension.reason === null ? undefined : extensionReasonText[extension.reason] }]),
    ...(notAccepted === null ? [] : [{ name: stateWords.notAccepted.name, value: notAccepted.reason === null ? words.notice : refusalReasonText[notAccepted.reason] }]),
    ...(closedOn === null ? [] : [{ name: words.closedOn, value: fullDayText(closedOn) }]),
    ...(satisfaction === null ? [] : [{ name: words.yourRate, value: words.rates[satisfaction - 1] ?? null }]),
  ];
}

/** Why one who was not satisfied cannot have it done again: done before, or too late; null where it may be asked for or nobody was unsatisfied. */
function noReopening(progress: ComplaintProgress): string | null {
  const { state, satisfaction, may, reopenUntil } = progress;
  if (state !== 'closed' || satisfaction === null || satisfaction > unsatisfiedUpTo || may.includes('reopen')) return null;
  if (wasReopened(progress)) return words.reopenedBefore;
  return reopenUntil === null ? null : words.reopenOver(fullDayText(reopenUntil));
}

function foundView(place: Jurisdiction, progress: ComplaintProgress) {
  const { state, subject, topic, kind, receivedAt, messages, steps } = progress;
  const isOver = state === 'notAccepted' || state === 'withdrawn' || state === 'closed';
  return {
    state: stateWords[state], waiting: progress.waitingSince === null ? null : messages.findLast((message) => message.kind === 'question')?.text ?? '', together: progress.together,
    facts: [
      { name: words.reference, value: progress.reference }, { name: words.subject, value: `${kindText[kind]}：${topic === closedWithoutRefund ? closedWords.label : subjectWords[subject].label}` },
      { name: words.receivedOn, value: slotStartText(receivedAt) }, ...standingOf(progress),
    ] satisfies readonly Row[],
    clock: isOver ? null : clockRows(place, progress), keep: isOver || progress.keepUntil === undefined ? null : receivedText.keepUntil(fullDayText(progress.keepUntil)),
    emergency: isOver ? [] : progress.emergency ?? [],
    steps: steps.map(({ at, event, department }) => ({ at: slotStartText(at), what: stepWords[event], department })),
    messages: messages.map((message) => ({ at: slotStartText(message.at), isOwn: message.from === 'you', heading: headings[message.kind], text: message.text, files: filesOf(message.files) })),
    files: filesOf(progress.files), may: progress.may, reopenUntil: progress.reopenUntil && fullDayText(progress.reopenUntil), isAsked: progress.waitingSince !== null,
    rates: words.rates.map((label, index) => ({ value: String(index + 1), label })), satisfaction: progress.satisfaction, isReopenable: !wasReopened(progress), noReopening: noReopening(progress), anew: `/${place.slug}/complaints/`,
  };
}
export type FoundCase = ReturnType<typeof foundView>;

/** What the page that follows a case shows besides its forms. */
export const complaintFindView = (place: Jurisdiction, step: Shown) => ({
  ...step, action: `/${place.slug}/complaints/find/`, title: step.kind === 'ask' ? words.title : step.kind === 'ask-withdraw' ? words.withdrawAsk : words.yours,
  byField: Object.fromEntries(step.errors.map(({ field, message }) => [field, message])), found: step.kind === 'ask' ? null : foundView(place, step.progress),
});

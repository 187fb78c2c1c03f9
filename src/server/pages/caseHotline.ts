import type { CaseView } from '#domain/complaints/caseViews.ts';
import { dayOf } from '#domain/shared/dates.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import { happenedWords, institutionWords } from '#server/pages/case.ts';
import { saidOf } from '#server/pages/caseWords.ts';
import { reasonText } from '#text/cases.ts';
import { hotlineText as words } from '#text/casesPapers.ts';
import { fullDayText } from '#text/dates.ts';

export type HotlineParts = { readonly found: string; readonly result: string; readonly opinion: string; readonly words: string };

/** 群众意见: what a call or the complainant's own mark said. */
function opinionOf({ history, complaint }: CaseView): string {
  const call = history.findLast(({ move }) => move === 'recordCall');
  return [...(call ? [words.contacted(fullDayText(dayOf(call.at)), reasonText(call.reason))] : []), ...(complaint.satisfaction === null ? [] : [words.rated(complaint.satisfaction)])].join('') || words.notYet;
}

/** What the case itself gives for each part; empty where it gives nothing. `draft` is the story without numbers. */
export const hotlineParts = (view: CaseView, draft: string): HotlineParts => ({
  found: view.messages.filter(({ kind }) => kind === 'departmentReply' || kind === 'institutionReply').map(({ text }) => text).join('\n'),
  result: view.messages.findLast(({ kind }) => kind === 'answer')?.text ?? '', opinion: opinionOf(view), words: draft,
});

/** 12345 回复 as text to copy: 调查情况 · 处理结果 · 群众意见. */
export const replyText = ({ complaint }: CaseView, { found, result, opinion }: HotlineParts): string => [
  ...(complaint.externalNumber === null ? [] : [words.ticket(complaint.externalNumber)]), words.reference(complaint.reference), '',
  ...([[words.found, found], [words.result, result], [words.opinion, opinion]] as const).flatMap(([name, text]) => [`【${name}】`, text.trim() || words.blank, '']),
].join('\n').trimEnd();

/** 转 12345 的文字: what it is about and when, without who said it. */
export function passText(view: CaseView, place: Jurisdiction, story: string): string {
  const [institution, time] = [institutionWords(view), happenedWords(view)];
  return [
    words.passHead(place.name), words.passSubject(saidOf(view.complaint).subject), ...(institution === null ? [] : [words.passInstitution(institution)]), ...(time === null ? [] : [words.passTime(time)]), words.passWords(story.trim() || words.blank), words.reference(view.complaint.reference),
  ].join('\n');
}

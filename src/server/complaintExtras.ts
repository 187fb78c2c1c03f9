import { extrasOf, keepOf, type SubjectQuestion } from '#domain/complaints/questions.ts';
import { subjects, type Subject } from '#domain/jurisdiction/model.ts';
import { subjectOf } from '#server/complaintForm.ts';
import { findDataFolder } from '#server/dataFolder.ts';
import type { Typed } from '#server/forms.ts';
import { loadComplaintQuestions } from '#storage/files/complaintData.ts';

export type ComplaintQuestion = SubjectQuestion;
/** What a subject asks and tells besides the form every subject has. */
export type ComplaintExtras = {
  readonly questions: readonly ComplaintQuestion[];
  /** What to keep. */
  readonly keep: readonly string[];
  readonly emergency: readonly ('110' | '120' | '119')[];
  /** Whether recordings matter, so that days and hours are asked. */
  readonly asksSpan: boolean;
};

const nothing: ComplaintExtras = { questions: [], keep: [], emergency: [], asksSpan: false };
const asked = loadComplaintQuestions(findDataFolder());

/** What to keep for a subject; `told` where the last day of recordings is said already. */
export const evidenceHints = (subject: Subject, told = false): readonly string[] => keepOf(asked, subject, told);

/** Extra questions, what to keep and whom to call first, for the subject that was chosen; a suggestion asks nothing more. */
export function complaintExtras(typed: Typed): ComplaintExtras {
  const subject = subjects.find((one) => one === subjectOf(typed).subject);
  if (subject === undefined || typed['kind'] === 'suggestion') return nothing;
  const { questions, emergency, recorded } = extrasOf(asked, subject);
  return { questions, keep: keepOf(asked, subject), emergency, asksSpan: recorded };
}

/** Answers to what the chosen subject asks; those left from a subject chosen before stay behind. */
export function answersAsked(typed: Typed, answers: Readonly<Record<string, string>> = {}): Record<string, string> {
  const { questions } = complaintExtras(typed);
  return Object.fromEntries(Object.entries(answers).filter(([key]) => questions.some((question) => question.key === key)));
}

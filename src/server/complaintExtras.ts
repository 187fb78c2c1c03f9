import { subjectOf } from '#server/complaintForm.ts';
import type { Typed } from '#server/forms.ts';
import { keepText } from '#text/complaintReceipt.ts';

export type ComplaintQuestion = { readonly key: string; readonly label: string; readonly hint?: string | undefined; readonly options?: readonly { readonly value: string; readonly label: string }[] };
/** What a subject asks and tells besides the form every subject has. */
export type ComplaintExtras = {
  readonly questions: readonly ComplaintQuestion[];
  /** What to keep. */
  readonly keep: readonly string[];
  readonly emergency: readonly ('110' | '120' | '119')[];
  /** Whether recordings matter, so that days and hours are asked. */
  readonly asksSpan: boolean;
};

const spanned: readonly string[] = ['abuse', 'safety', 'staff'];
const medical: readonly string[] = ['abuse', 'safety', 'food', 'health', 'product'];
const papers: readonly string[] = ['fee', 'unfiled', 'kindergarten', 'leave', 'staff', 'product'];

/** What to keep for a subject. */
export const evidenceHints = (subject: string): readonly string[] => [
  ...(spanned.includes(subject) ? [keepText.recordings] : []), ...(medical.includes(subject) ? [keepText.medical] : []), ...(papers.includes(subject) ? [keepText.agreement] : []),
  ...(medical.includes(subject) || papers.includes(subject) ? [] : [keepText.pictures]),
];

const emergencies: Readonly<Record<string, ComplaintExtras['emergency']>> = { abuse: ['110', '120'], safety: ['120', '110'], food: ['120'], health: ['120'], fire: ['119'] };

/** Extra questions, what to keep and whom to call first, for the subject that was chosen. */
export function complaintExtras(typed: Typed): ComplaintExtras {
  const subject = subjectOf(typed).subject ?? '';
  if (typed['kind'] === 'suggestion') return { questions: [], keep: [], emergency: [], asksSpan: false };
  return { questions: [], keep: evidenceHints(subject), emergency: emergencies[subject] ?? [], asksSpan: spanned.includes(subject) };
}

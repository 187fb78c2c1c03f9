import type { Institution } from '#domain/directory/model.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import { correctionReport, reportTopics, type CorrectionReport, type TakenReport } from '#domain/listing/model.ts';
import type { App } from '#server/app.ts';
import type { FormError } from '#server/bookingForm.ts';
import { fieldErrors } from '#server/fieldErrors.ts';
import type { Typed } from '#server/forms.ts';
import { newId } from '#storage/ids.ts';
import { reportFieldText, reportText, reportTopicText } from '#text/report.ts';

/** What the report page shows next. */
export type ReportStep =
  | { readonly kind: 'form'; readonly status: 200 | 422 | 429; readonly typed: Typed; readonly errors: readonly FormError[]; readonly id: string }
  | { readonly kind: 'taken'; readonly reference: string };

const isId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
const order = ['topic', 'right', 'phone', 'id'];

const errorsIn = (typed: Typed, issues: ReturnType<typeof fieldErrors>): readonly FormError[] => {
  const worded = issues.map(({ field, code }) => {
    const empty = (typed[field] ?? '').trim() === '';
    return { field, message: reportFieldText[field]?.[empty && field !== 'phone' ? 'required' : code] ?? reportFieldText[field]?.['format'] ?? '' };
  });
  return worded.filter((error, index) => worded.findIndex(({ field }) => field === error.field) === index).toSorted((one, other) => order.indexOf(one.field) - order.indexOf(other.field));
};

/** 信息有误: the form, or what became of it. The hidden id makes a second press of the button the same report. */
export const reportStep = (app: App, place: Jurisdiction, institution: Institution, typed: Typed | undefined, from: string): Promise<ReportStep> =>
  stepOf(app, typed, from, (report) => app.listings.takeReport(place.code, institution.id, report));

/** The same for a report about anything: `take` takes it in once it has been read and allowed. */
export async function stepOf(app: App, typed: Typed | undefined, from: string, take: (report: CorrectionReport) => Promise<TakenReport>): Promise<ReportStep> {
  if (!typed) return { kind: 'form', status: 200, typed: {}, errors: [], id: newId() };
  const id = isId(typed['id'] ?? '') ? typed['id'] ?? '' : newId();
  const phone = (typed['phone'] ?? '').trim();
  const read = correctionReport.safeParse({ id, topic: typed['topic'], right: typed['right'] ?? '', ...(phone === '' ? {} : { phone }) });
  if (!read.success) return { kind: 'form', status: 422, typed, id, errors: errorsIn(typed, fieldErrors(read.error, (_name, code) => code)) };
  const wait = await app.limits.take('report', from);
  if (wait > 0) return { kind: 'form', status: 429, typed, id, errors: [{ field: 'right', message: reportText.tooMany(Math.ceil(wait / 60)) }] };
  const taken = await take(read.data);
  return { kind: 'taken', reference: taken.reference };
}

/** The topics to choose from. */
export const reportChoices = reportTopics.map((topic) => ({ value: topic, label: reportTopicText[topic] }));

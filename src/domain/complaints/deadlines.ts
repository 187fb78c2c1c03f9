import { z } from 'zod';
import { confidences } from '#domain/jurisdiction/model.ts';
import { addWorkdays, isWorkday, type Calendar } from '#domain/shared/calendar.ts';
import { addDays, type IsoDate } from '#domain/shared/dates.ts';
import { done, refused, type Outcome } from '#domain/shared/outcome.ts';
import type { CaseClock } from '#domain/complaints/model.ts';

const span = z.strictObject({ days: z.number().int().positive(), unit: z.enum(['workday', 'day']) });
export type Span = z.infer<typeof span>;

/** 法定时限 of one channel of one kind of department, with how sure we are of it. */
export const lawTerm = z.strictObject({
  key: z.string().regex(/^[a-z][A-Za-z0-9-]*$/), name: z.string().min(1),
  /** Department keys that it binds; empty where only the channel does. */
  departments: z.array(z.string()), channels: z.array(z.string()),
  /** Whether the case must be a complaint or a tip-off; null for both. */
  kind: z.enum(['complaint', 'tipOff']).nullable(),
  confirm: span.nullable(), answer: span.nullable(), extension: span.nullable(),
  document: z.string().min(1), article: z.string().min(1), confidence: z.enum(confidences),
});
export type LawTerm = z.infer<typeof lawTerm>;

/** 期限: the site's own commitments, and the law's terms as far as they have been read. */
export const caseTerms = z.strictObject({
  site: z.strictObject({ confirm: span, answer: span, extension: span, returnWrongAddress: span }),
  /** Days for which recordings are commonly kept. */
  recordingDays: z.number().int().positive(),
  /** 保存期限 after closing: who it was, then what it was about. */
  keep: z.strictObject({ identityDays: z.number().int().positive(), textDays: z.number().int().positive() }).refine(({ identityDays, textDays }) => identityDays <= textDays, 'identity-first'),
  law: z.array(lawTerm),
});
export type CaseTerms = z.infer<typeof caseTerms>;

/** 到期日 counted from a day, the day itself not counted; 'calendar-missing' past the last published year (暂不可计算). */
export function dueOn(from: IsoDate, { days, unit }: Span, known: Calendar): Outcome<IsoDate, 'calendar-missing'> {
  if (unit === 'day') return done(addDays(from, days));
  const reached = addWorkdays(from, days, known);
  return reached.ok ? reached : refused('calendar-missing');
}

/** 工作日数 from the first day to the last, both counted; refused where a day's year has not been published. */
export function countWorkdays(first: IsoDate, last: IsoDate, known: Calendar): Outcome<number, 'calendar-missing'> {
  let count = 0;
  for (let day = first; day <= last; day = addDays(day, 1)) {
    const works = isWorkday(day, known);
    if (works === 'unknown') return refused('calendar-missing');
    if (works) count += 1;
  }
  return done(count);
}

/** 孰早: the earlier of two days; a day that is not known does not win. */
export const earlierOf = (one: IsoDate | null, other: IsoDate | null): IsoDate | null =>
  (one === null ? other : other === null || one < other ? one : other);

const dayOrNull = (from: IsoDate, term: Span | null, known: Calendar): IsoDate | null => {
  const due = term === null ? null : dueOn(from, term, known);
  return due?.ok ? due.value : null;
};

/** 本站承诺: confirmed in a working day, answered in the site's own span or by the outside deadline, whichever is earlier. */
export const siteClock = (on: IsoDate, externalDeadline: IsoDate | null, terms: CaseTerms, known: Calendar): CaseClock => ({
  confirmBy: dayOrNull(on, terms.site.confirm, known), answerBy: earlierOf(dayOrNull(on, terms.site.answer, known), externalDeadline), basis: 'site',
});

export type Bound = { readonly department: string; readonly channel: string | null; readonly kind: string };

/** 法定时限 that binds a department for a case; only terms read in full or in an official excerpt (A, B) count as law. */
export const lawTermOf = ({ department, channel, kind }: Bound, terms: CaseTerms): LawTerm | undefined =>
  terms.law.find((term) => (term.confidence === 'A' || term.confidence === 'B') && (term.kind === null || term.kind === kind)
    && (term.departments.includes(department) || (channel !== null && term.channels.includes(channel))));

/**
 * 法定期限: runs from the day on which that department signed for the case, never from the day it was sent here; the
 * site's commitment stays where the law states no day for an answer.
 */
export function lawClock(signedOn: IsoDate, bound: Bound, externalDeadline: IsoDate | null, terms: CaseTerms, known: Calendar): CaseClock & { readonly term: LawTerm | null } {
  const term = lawTermOf(bound, terms);
  if (term === undefined) return { ...siteClock(signedOn, externalDeadline, terms, known), confirmBy: null, term: null };
  if (term.answer === null) return { ...siteClock(signedOn, externalDeadline, terms, known), confirmBy: dayOrNull(signedOn, term.confirm, known), term };
  return { confirmBy: dayOrNull(signedOn, term.confirm, known), answerBy: earlierOf(dayOrNull(signedOn, term.answer, known), externalDeadline), basis: 'law', term };
}

/**
 * 延期: so many working days from the day it was due, at most what the law that binds the case allows, else what this site
 * has promised; an outside deadline is not ours to extend.
 */
export function extended(due: IsoDate, workdays: number, bound: Bound, externalDeadline: IsoDate | null, terms: CaseTerms, known: Calendar): Outcome<IsoDate, 'calendar-missing' | 'extension-too-long'> {
  const [later, latest] = [dueOn(due, { days: workdays, unit: 'workday' }, known), dueOn(due, lawTermOf(bound, terms)?.extension ?? terms.site.extension, known)];
  if (!later.ok) return later;
  // A day that lies past the published calendars lies past every day within them.
  return latest.ok && later.value > latest.value ? refused('extension-too-long') : done(earlierOf(later.value, externalDeadline) ?? later.value);
}

/** 期限顺延: the working days for which the clock stood still, while the complainant was waited for, are added to the day it was due. */
export function resumedDue(due: IsoDate, pausedOn: IsoDate, resumedOn: IsoDate, known: Calendar): Outcome<IsoDate, 'calendar-missing'> {
  if (resumedOn <= pausedOn) return done(due);
  const stood = countWorkdays(addDays(pausedOn, 1), resumedOn, known);
  return stood.ok ? dueOn(due, { days: stood.value, unit: 'workday' }, known) : stood;
}

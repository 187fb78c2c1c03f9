import { z } from 'zod';
import { decision } from '#domain/listing/model.ts';
import { isoDate, type IsoDate } from '#domain/shared/dates.ts';

const unclean = /[\u0000-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u;
const identityRun = /\d(?:[\s\-‐-―.·]?\d){13,16}(?:[\s\-‐-―.·]?[\dX])?/u;
const writtenDay = /(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)/gu;

/** Whether a text holds a run of digits as long as an identity number (15 to 18, full width and spaced ones too; written days aside): no person may be named by one. */
export const holdsIdentityRun = (text: string): boolean => (text.normalize('NFKC').toUpperCase().replace(writtenDay, '、').match(new RegExp(identityRun, 'gu')) ?? []).some((run) => run.replace(/[^\dX]/gu, '').length >= 15);

const words = (least: number, most: number) =>
  z.string().trim().min(least, 'too-short').max(most, 'too-long').refine((text) => !unclean.test(text), 'format').refine((text) => !holdsIdentityRun(text), 'identity-number');

/** 整改: what was found, what is asked for, until when; the day of the re-check, and whether it was put right. */
export const rectification = z.strictObject({
  id: z.uuid(), finding: words(2, 300), demand: words(2, 300), orderedOn: isoDate, dueOn: isoDate, doneOn: isoDate.nullable(), recheckedOn: isoDate.nullable(), passed: z.boolean().nullable(),
}).refine(({ orderedOn, dueOn }) => orderedOn <= dueOn, { path: ['dueOn'], message: 'due-before-order' })
  .refine(({ orderedOn, doneOn }) => doneOn === null || orderedOn <= doneOn, { path: ['doneOn'], message: 'done-before-order' })
  .refine(({ orderedOn, recheckedOn }) => recheckedOn === null || orderedOn <= recheckedOn, { path: ['recheckedOn'], message: 'recheck-before-order' })
  .refine(({ recheckedOn, passed }) => (recheckedOn === null) === (passed === null), { path: ['passed'], message: 'recheck-without-result' });
export type Rectification = z.infer<typeof rectification>;

/** A formal decision as the office enters it; its end day is the last on which it is shown. */
export const decisionDraft = z.strictObject({ kind: decision.shape.kind, number: words(2, 60), body: words(2, 60), about: words(2, 1_000), decidedOn: isoDate, until: isoDate.nullable() })
  .refine(({ decidedOn, until }) => until === null || decidedOn <= until, { path: ['until'], message: 'ends-before' });
export type DecisionDraft = z.infer<typeof decisionDraft>;

/** How a rectification stands: put right at a re-check, waiting for one, running, or past its day with nothing heard or a failed re-check. */
export type RectificationStanding = 'closed' | 'awaitsRecheck' | 'due' | 'overdue';

/** How a rectification stands on a day: the due day itself still counts as in time; a failed re-check takes back what the institution said was done before it. */
export function rectificationStanding({ dueOn, doneOn, recheckedOn, passed }: Pick<Rectification, 'dueOn' | 'doneOn' | 'recheckedOn' | 'passed'>, today: IsoDate): RectificationStanding {
  if (passed === true) return 'closed';
  if (doneOn !== null && (recheckedOn === null || recheckedOn < doneOn)) return 'awaitsRecheck';
  return today > dueOn ? 'overdue' : 'due';
}

/** Rectifications past their day, the longest overdue first. */
export const overdueRectifications = <Held extends Rectification>(held: readonly Held[], today: IsoDate): readonly Held[] =>
  held.filter((one) => rectificationStanding(one, today) === 'overdue').toSorted((one, other) => (one.dueOn < other.dueOn ? -1 : one.dueOn > other.dueOn ? 1 : 0));

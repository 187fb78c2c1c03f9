import { z } from 'zod';
import { isoDate, type IsoDate } from '#domain/shared/dates.ts';
import { recordWords as words } from '#domain/shared/recordWords.ts';

/** 整改: what was found, what is asked for, until when; the day of the re-check, and whether it was put right. */
export const rectification = z.strictObject({
  id: z.uuid(), finding: words(2, 300), demand: words(2, 300), orderedOn: isoDate, dueOn: isoDate, doneOn: isoDate.nullable(), recheckedOn: isoDate.nullable(), passed: z.boolean().nullable(),
}).refine(({ orderedOn, dueOn }) => orderedOn <= dueOn, { path: ['dueOn'], message: 'due-before-order' })
  .refine(({ orderedOn, doneOn }) => doneOn === null || orderedOn <= doneOn, { path: ['doneOn'], message: 'done-before-order' })
  .refine(({ orderedOn, recheckedOn }) => recheckedOn === null || orderedOn <= recheckedOn, { path: ['recheckedOn'], message: 'recheck-before-order' })
  .refine(({ recheckedOn, passed }) => (recheckedOn === null) === (passed === null), { path: ['passed'], message: 'recheck-without-result' });
export type Rectification = z.infer<typeof rectification>;

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

import type { Subject } from '#domain/jurisdiction/model.ts';
import { addDays, type IsoDate } from '#domain/shared/dates.ts';
import type { SubjectExtras } from '#domain/complaints/questions.ts';

/**
 * 监控录像最后一天: the last day on which recordings of the last day named are likely to be there; null where recordings do
 * not matter to the subject or no day is known. Recordings are kept so many days with the day itself counted as none.
 */
export const keepUntilOf = ({ recorded }: Pick<SubjectExtras, 'recorded'>, lastDay: IsoDate | null, recordingDays: number): IsoDate | null =>
  (lastDay === null || !recorded ? null : addDays(lastDay, recordingDays));

/** 剩余天数 until recordings are likely to be gone, that day counted; 0 once it has passed. */
export const daysLeft = (keepUntil: IsoDate, today: IsoDate): number =>
  Math.max(0, Math.round((Date.parse(keepUntil) - Date.parse(today)) / 86_400_000) + 1);

/** Subjects for which a report to the police the same day is the first thing to think of (未成年人保护法第十一条). */
export const policeFirst: readonly Subject[] = ['abuse'];

import type { Rectification } from '#domain/inspections/model.ts';
import type { IsoDate } from '#domain/shared/dates.ts';

/** How a rectification stands: put right at a re-check, waiting for one, running, or past its day with nothing heard or a failed re-check. */
export type RectificationStanding = 'closed' | 'awaitsRecheck' | 'due' | 'overdue';

/** How a rectification stands on a day: the due day itself still counts as in time; a failed re-check takes back what the institution said was done before it. */
export function rectificationStanding({ dueOn, doneOn, recheckedOn, passed }: Pick<Rectification, 'dueOn' | 'doneOn' | 'recheckedOn' | 'passed'>, today: IsoDate): RectificationStanding {
  if (passed === true) return 'closed';
  if (doneOn !== null && (recheckedOn === null || recheckedOn < doneOn)) return 'awaitsRecheck';
  return today > dueOn ? 'overdue' : 'due';
}

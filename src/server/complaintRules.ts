import type { ComplaintRules } from '#domain/complaints/deps.ts';
import type { Assignment } from '#domain/complaints/model.ts';
import type { Duty, Jurisdiction, Subject } from '#domain/jurisdiction/model.ts';
import { addWorkdays, isWorkday, type Calendar } from '#domain/shared/calendar.ts';
import { addDays, type IsoDate } from '#domain/shared/dates.ts';

const confirmWithin = 1;
const answerWithin = 15;
const recordingDays = 90;
const emergencies: Partial<Record<Subject, readonly ('110' | '120' | '119')[]>> = { abuse: ['110', '120'], safety: ['120', '110'], fire: ['119'], food: ['120'], health: ['120'] };
const recorded: readonly Subject[] = ['abuse', 'safety', 'staff'];

const assignmentOf = ({ lead, joint, basis, line }: Duty): Assignment => ({ lead, joint, basis, line });
const dutyOf = ({ duties }: Jurisdiction, subject: Subject, topic: string | null): Duty | undefined =>
  duties.find((duty) => duty.subject === subject && duty.topic === topic) ?? duties.find((duty) => duty.subject === subject && duty.topic === null);

const earlier = (one: IsoDate | null, other: IsoDate | null): IsoDate | null => (one === null ? other : other === null || one < other ? one : other);

/** 分派与期限 of this deployment: duties as the places' data state them, working days as the published calendars count them. */
export function complaintRules(known: Calendar): ComplaintRules {
  const later = (day: IsoDate, workdays: number): IsoDate | null => {
    const reached = addWorkdays(day, workdays, known);
    return reached.ok ? reached.value : null;
  };
  const workdaysBetween = (from: IsoDate, to: IsoDate): number => {
    let count = 0;
    for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (isWorkday(day, known) === true) count += 1;
    return count;
  };
  return {
    route: (place, { subject, topic, institutionKind }) => {
      const asked = institutionKind === 'kindergartenClass' && subject === 'other' ? 'kindergarten' : subject;
      const duty = dutyOf(place, asked, topic) ?? dutyOf(place, 'other', null);
      return duty ? assignmentOf(duty) : { lead: null, joint: [], basis: 'not-stated', line: null };
    },
    received: (on, { externalDeadline }) => ({ confirmBy: later(on, confirmWithin), answerBy: earlier(later(on, answerWithin), externalDeadline), basis: 'site' }),
    signedFor: (on, { externalDeadline }) => ({ confirmBy: null, answerBy: earlier(later(on, answerWithin), externalDeadline), basis: 'site' }),
    later,
    resumed: (due, pausedOn, resumedOn) => later(due, workdaysBetween(pausedOn, resumedOn)),
    keepUntil: (subject, lastDay) => (lastDay === null || !recorded.includes(subject) ? null : addDays(lastDay, recordingDays)),
    emergency: (subject) => emergencies[subject] ?? [],
  };
}

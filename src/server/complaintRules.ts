import type { ComplaintRules } from '#domain/complaints/deps.ts';
import { dueOn, extended, lawClock, resumedDue, siteClock, type CaseTerms } from '#domain/complaints/deadlines.ts';
import { keepUntilOf } from '#domain/complaints/evidence.ts';
import { extrasOf, type ComplaintQuestions } from '#domain/complaints/questions.ts';
import { routeOf } from '#domain/complaints/routing.ts';
import type { Calendar } from '#domain/shared/calendar.ts';
import { refused } from '#domain/shared/outcome.ts';
import { findDataFolder } from '#server/dataFolder.ts';
import { loadCaseTerms, loadComplaintQuestions } from '#storage/files/complaintData.ts';

type Held = { readonly terms: CaseTerms; readonly questions: ComplaintQuestions };
const fromData = (): Held => ({ terms: loadCaseTerms(findDataFolder()), questions: loadComplaintQuestions(findDataFolder()) });

/** 分派与期限 of this deployment: duties as the places' data state them, working days as the published calendars count them, terms and questions as data. */
export function complaintRules(known: Calendar, { terms, questions }: Held = fromData()): ComplaintRules {
  return {
    route: (place, asked) => {
      const { lead, joint, basis, line } = routeOf(place, asked);
      return { lead, joint, basis, line };
    },
    received: (on, { externalDeadline }) => siteClock(on, externalDeadline, terms, known),
    signedFor: (on, { department, channel, kind, externalDeadline }) => {
      const { confirmBy, answerBy, basis } = lawClock(on, { department, channel, kind }, externalDeadline, terms, known);
      return { confirmBy, answerBy, basis };
    },
    later: (day, workdays) => {
      const reached = workdays === 0 ? undefined : dueOn(day, { days: workdays, unit: 'workday' }, known);
      return reached === undefined ? day : reached.ok ? reached.value : null;
    },
    extended: (due, workdays, { department, channel, kind, externalDeadline }) => {
      const later = extended(due, workdays, { department: department ?? '', channel, kind }, externalDeadline, terms, known);
      return later.ok ? later : refused(later.reason === 'extension-too-long' ? later.reason : 'calendar-ends');
    },
    resumed: (due, pausedOn, resumedOn) => {
      const later = resumedDue(due, pausedOn, resumedOn, known);
      return later.ok ? later.value : null;
    },
    keepUntil: (subject, lastDay) => keepUntilOf(extrasOf(questions, subject), lastDay, terms.recordingDays),
    questions: (subject, kind) => new Map(kind === 'suggestion' ? [] : extrasOf(questions, subject).questions.map(({ key, options }) => [key, options?.map(({ value }) => value) ?? null])),
    emergency: (subject) => extrasOf(questions, subject).emergency,
  };
}

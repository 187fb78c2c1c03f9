import type { Account } from '#domain/accounts/model.ts';
import type { DueStanding } from '#domain/complaints/caseViews.ts';
import type { Complaint, ComplaintState } from '#domain/complaints/model.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import { writeInstant, type Instant } from '#domain/shared/dates.ts';
import { caseKindText, channelText, caseStateText, identityText } from '#text/cases.ts';
import { casePageText, caseQueueText, dueText } from '#text/casesForms.ts';
import { fullDayText, slotStartText, weekdayText } from '#text/dates.ts';
import { subjectText } from '#text/policy.ts';

/** Names behind keys and ids, of one place. */
export type CaseNames = {
  readonly department: (key: string | null) => string; readonly street: (code: string | null) => string; readonly institution: (id: string | null) => string | null; readonly account: (id: string) => string;
};

/** Reads the names once for a page. `me` is whoever looks. */
export function caseNames(place: Jurisdiction, institutions: readonly { readonly id: string; readonly name: string }[], accounts: readonly Account[], me: string): CaseNames {
  const [departments, streets] = [new Map(place.departments.map(({ key, name }) => [key, name])), new Map<string, string>(place.subdistricts.map(({ code, name }) => [code, name]))];
  const [names, people] = [new Map(institutions.map(({ id, name }) => [id, name])), new Map(accounts.map((one) => [one.id, one.institution === null ? one.title ?? one.login : casePageText.institutionActor]))];
  return {
    department: (key) => (key === null ? '' : departments.get(key) ?? key), street: (code) => (code === null ? '' : streets.get(code) ?? ''), institution: (id) => (id === null ? null : names.get(id) ?? null),
    account: (id) => (id === me ? casePageText.mine : id === 'parent' ? casePageText.complainant : id === 'system' ? casePageText.system : people.get(id) ?? casePageText.colleague),
  };
}

export type DueView = { readonly text: string; readonly day: string; readonly tone: 'red' | 'amber' | 'plain'; readonly icon: 'alert' | 'clock' | 'calendar' | 'info' };

/** 11月25日 周三, with its year: the office works across years. */
export const dayWords = (day: string): string => `${fullDayText(day)} ${weekdayText(day)}`;
/** 11月25日 周三 10:30, of an instant. */
export const momentWords = (at: Instant): string => slotStartText(writeInstant(at));

/** How a deadline stands, in words and with a shape; colour only repeats it. */
export function dueView(due: DueStanding): DueView {
  switch (due.kind) {
    case 'overdue': return { text: dueText.overdue(due.days), day: dayWords(due.on), tone: 'red', icon: 'alert' };
    case 'today': return { text: dueText.today, day: dayWords(due.on), tone: 'amber', icon: 'clock' };
    case 'ahead': return { text: dueText.ahead(due.days), day: dayWords(due.on), tone: 'plain', icon: 'calendar' };
    case 'paused': return { text: dueText.paused, day: '', tone: 'plain', icon: 'info' };
    case 'unknown': return { text: dueText.unknown, day: '', tone: 'amber', icon: 'info' };
    case 'none': return { text: dueText.none, day: '', tone: 'plain', icon: 'info' };
  }
}

const tones = {
  received: 'amber', accepted: 'plain', notAccepted: 'plain', transferred: 'plain', investigating: 'plain', answered: 'leaf', closed: 'leaf', withdrawn: 'plain', merged: 'plain',
} as const satisfies Record<ComplaintState, 'amber' | 'plain' | 'leaf'>;

/** What a case is, in the words of lists, pages and papers. */
export const saidOf = (complaint: Complaint) => ({
  state: caseStateText[complaint.state], tone: tones[complaint.state], kind: caseKindText[complaint.kind], channel: channelText[complaint.channel], identity: identityText[complaint.identity],
  subject: [subjectText[complaint.subject], complaint.topic].filter((part) => part !== null).join('：'),
});

/** Who has a case in hand, for a list. */
export const handlerWords = (handler: string | null, me: string): string => (handler === null ? caseQueueText.unassigned : handler === me ? caseQueueText.mine2 : caseQueueText.by);

import { openStates, streetDepartments, type ComplaintState } from '#domain/complaints/model.ts';
import type { MemberCase, MemberTask } from '#domain/complaints/ports.ts';
import type { Department, Target } from '#domain/jurisdiction/model.ts';
import { dayOf, type Instant, type IsoDate } from '#domain/shared/dates.ts';

/** A report's days, both counted, and the day it is made on. */
export type ReportDays = { readonly first: IsoDate; readonly last: IsoDate; readonly today: IsoDate };

/** What one member unit was given in the days of a report, and how it stands. */
export type MemberFigures = {
  /** Cases received in the days that it leads, and that it joins. */
  readonly led: number; readonly joined: number;
  /** Of the led ones: how many stand in each state, those of none left out. */
  readonly states: readonly { readonly state: ComplaintState; readonly count: number }[];
  /** Of the led ones: answered; of those whose time is known: within it. */
  readonly answered: number; readonly timed: number; readonly inTime: number;
  /** Led cases received by the last day, whenever, that are past their day today and wait for nobody's answer. */
  readonly overdue: number;
  /** 转办和协办任务 given in the days, those still open, and those past their day today. */
  readonly tasks: number; readonly openTasks: number; readonly overdueTasks: number;
};

const isOpen = (state: ComplaintState): boolean => openStates.some((one) => one === state);
const order: readonly ComplaintState[] = ['received', 'accepted', 'transferred', 'investigating', 'answered', 'closed', 'notAccepted'];

/** Counts one unit's share of cases and tasks; `cases` and `tasks` hold those of the days and, from before them, those still open. */
export function memberFigures(key: string, cases: readonly MemberCase[], tasks: readonly MemberTask[], { first, last, today }: ReportDays): MemberFigures {
  const within = (at: Instant): boolean => dayOf(at) >= first && dayOf(at) <= last;
  const leads = cases.filter(({ lead }) => lead === key);
  const led = leads.filter(({ receivedAt }) => within(receivedAt));
  const given = tasks.filter(({ department }) => department === key);
  const answered = led.filter(({ answeredAt }) => answeredAt !== null);
  const timed = answered.filter(({ answerBy }) => answerBy !== null);
  return {
    led: led.length, joined: cases.filter(({ lead, joint, receivedAt }) => lead !== key && joint.includes(key) && within(receivedAt)).length,
    states: order.flatMap((state) => { const count = led.filter((one) => one.state === state).length; return count === 0 ? [] : [{ state, count }]; }),
    answered: answered.length, timed: timed.length, inTime: timed.filter(({ answeredAt, answerBy }) => answeredAt !== null && answerBy !== null && dayOf(answeredAt) <= answerBy).length,
    overdue: leads.filter(({ state, dueOn, isWaiting, receivedAt }) => isOpen(state) && !isWaiting && dueOn < today && dayOf(receivedAt) <= last).length,
    tasks: given.filter(({ createdAt }) => within(createdAt)).length, openTasks: given.filter(({ state, createdAt }) => state === 'open' && dayOf(createdAt) <= last).length,
    overdueTasks: given.filter(({ state, dueOn, createdAt }) => state === 'open' && dueOn !== null && dueOn < today && dayOf(createdAt) <= last).length,
  };
}

/** Whether a target of the plan names a unit, by its full name or one of its others; bodies that stand for all streets or townships are named by their full names alone. */
export function isNamedIn({ name, aliases, key }: Pick<Department, 'key' | 'name' | 'aliases'>, target: Pick<Target, 'name' | 'quote'>): boolean {
  const names = streetDepartments.includes(key) ? [name] : [name, ...aliases];
  return names.some((one) => target.quote.includes(one) || target.name.includes(one));
}

import { taskKindText, caseStateText, channelText } from '#text/cases.ts';
import { caseQueueText as words } from '#text/casesForms.ts';
import { subjectText } from '#text/policy.ts';
import type { CasePage, CaseRow } from '#domain/complaints/caseViews.ts';
import type { Flood } from '#domain/complaints/ports.ts';
import { writeInstant } from '#domain/shared/dates.ts';
import { slotStartText } from '#text/dates.ts';
import { channels, complaintStates, streetDepartments } from '#domain/complaints/model.ts';
import { subjects, type Jurisdiction } from '#domain/jurisdiction/model.ts';
import type { QueueFilter } from '#server/cases.ts';
import { dueView, handlerWords, saidOf, type CaseNames } from '#server/pages/caseWords.ts';

/** What the list is filtered by: as asked of storage, as the form shows it, and as an address carries it on. */
export type ReadFilter = { readonly filter: QueueFilter; readonly typed: Readonly<Record<string, string>>; readonly page: number; readonly query: string };

const fields = ['state', 'subject', 'department', 'channel', 'street', 'institution', 'mine'] as const;
const idLike = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Reads the filter of an address; what no list knows counts as not asked. */
export function readFilter(params: URLSearchParams, place: Jurisdiction): ReadFilter {
  const said = (name: string): string => params.get(name) ?? '';
  const state = complaintStates.find((one) => one === said('state'));
  const [subject, channel] = [subjects.find((one) => one === said('subject')), channels.find((one) => one === said('channel'))];
  const [department, street] = [place.departments.find(({ key }) => key === said('department'))?.key, place.subdistricts.find(({ code }) => code === said('street'))?.code];
  const filter: QueueFilter = {
    ...(said('state') === 'all' ? { states: complaintStates } : state === undefined ? {} : { states: [state] }), ...(subject === undefined ? {} : { subject }), ...(channel === undefined ? {} : { channel }),
    ...(department === undefined ? {} : { department }), ...(street === undefined ? {} : { subdistrict: street }), ...(idLike.test(said('institution')) ? { institution: said('institution') } : {}), ...(said('mine') === '1' ? { mine: true } : {}),
  };
  const page = /^[1-9]\d{0,3}$/.test(said('page')) ? Number(said('page')) : 1;
  const typed = { state: said('state') === 'all' ? 'all' : state ?? '', subject: subject ?? '', channel: channel ?? '', department: department ?? '', street: street ?? '', institution: filter.institution ?? '', mine: filter.mine ? '1' : '' };
  return { filter, typed, page, query: queryOf(typed, page) };
}

/** The address of a list or of a case in it. */
export function queryOf(typed: Readonly<Record<string, string>>, page: number): string {
  const params = new URLSearchParams(fields.flatMap((name) => { const value = typed[name] ?? ''; return value === '' ? [] : [[name, value]]; }));
  if (page > 1) params.set('page', String(page));
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}

/** 集中投诉 as the list says it, each with the way to its cases. */
export const floodLines = (floods: readonly Flood[]) => floods.map(({ institution, name, count, since }) => ({ text: words.flood(name, count, slotStartText(writeInstant(since))), href: `/office/cases/?state=all&institution=${institution}` }));

type Option = { readonly value: string; readonly label: string };
const withAny = (options: readonly Option[]): readonly Option[] => [{ value: '', label: words.any }, ...options];

/** The lists of the filter. */
export const filterOptions = (place: Jurisdiction): Readonly<Record<'state' | 'subject' | 'department' | 'channel' | 'street', readonly Option[]>> => ({
  state: [{ value: '', label: words.open }, { value: 'all', label: words.all }, ...complaintStates.map((value) => ({ value, label: caseStateText[value] }))],
  subject: withAny(subjects.map((value) => ({ value, label: subjectText[value] }))), department: withAny(place.departments.map(({ key, name }) => ({ value: key, label: name }))),
  channel: withAny(channels.map((value) => ({ value, label: channelText[value] }))), street: withAny(place.subdistricts.map(({ code, name }) => ({ value: code, label: name }))),
});

/** The body in charge: the lead, or those listed together. A street's own name stands for streets in general. */
export const leadWords = ({ assignment, subdistrict }: Pick<CaseRow['complaint'], 'assignment' | 'subdistrict'>, names: CaseNames): string => {
  if (assignment.lead === null) return assignment.joint.map((key) => names.department(key)).join('、');
  return streetDepartments.includes(assignment.lead) && subdistrict !== null ? names.street(subdistrict) || names.department(assignment.lead) : names.department(assignment.lead);
};

function rowOf({ complaint, due, firstTask, openTasks }: CaseRow, names: CaseNames, query: string, me: string, flooded: ReadonlySet<string>) {
  const said = saidOf(complaint);
  return {
    id: complaint.id, version: complaint.version, reference: complaint.reference, href: `/office/cases/${complaint.id}/${query}`, due: dueView(due), state: said.state, tone: said.tone, subject: said.subject,
    about: names.institution(complaint.institution) ?? words.noInstitution,
    facts: [said.kind, said.channel, complaint.externalNumber, names.street(complaint.subdistrict), leadWords(complaint, names), handlerWords(complaint.handler, me)].filter((part, at, all) => part !== null && part !== '' && all.indexOf(part) === at).join(' · '),
    firstTask: firstTask === null ? null : [taskKindText[firstTask.kind], names.department(firstTask.department)].filter(Boolean).join('：'), isUrgent: firstTask?.kind === 'secureEvidence' || firstTask?.kind === 'policeReport', tasksMore: openTasks > 1 ? words.tasksMore(openTasks - 1) : null, isMass: complaint.isMass, isFlood: complaint.institution !== null && flooded.has(complaint.institution),
  };
}
export type QueueRow = ReturnType<typeof rowOf>;

/** 清单 as its page shows it. */
export function queueView(page: CasePage, names: CaseNames, read: ReadFilter, me: string, floods: readonly Flood[] = []) {
  const flooded = new Set(floods.map(({ institution }) => institution));
  const last = Math.max(1, Math.ceil(page.total / page.size));
  return {
    total: page.total, rows: page.rows.map((row) => rowOf(row, names, read.query, me, flooded)), page: page.page, last,
    previous: page.page > 1 ? `/office/cases/${queryOf(read.typed, page.page - 1)}` : null, next: page.page < last ? `/office/cases/${queryOf(read.typed, page.page + 1)}` : null,
  };
}

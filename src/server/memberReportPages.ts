import { isNamedIn, type MemberFigures, type ReportDays } from '#domain/complaints/memberReport.ts';
import type { Department, Jurisdiction } from '#domain/jurisdiction/model.ts';
import { csvText } from '#domain/shared/csv.ts';
import { addMonths, daysBetween, isoDate, monthOf, yearMonth, type IsoDate } from '#domain/shared/dates.ts';
import type { App } from '#server/app.ts';
import type { FormError } from '#server/bookingForm.ts';
import { findDataFolder } from '#server/dataFolder.ts';
import type { SignedIn } from '#server/guard.ts';
import { othersOf } from '#server/pages/duties.ts';
import { readPlannedSites } from '#storage/files/plannedSites.ts';
import { subjectWords } from '#text/complaintSubjects.ts';
import { caseStateText } from '#text/cases.ts';
import { monthText } from '#text/dates.ts';
import { memberReportText as words, type TaskCounts } from '#text/memberReport.ts';

const longestDays = 731;

/** The quarter a day lies in, up to that day. */
const quarterSoFar = (today: IsoDate): { readonly first: IsoDate; readonly last: IsoDate } => {
  const month = monthOf(today);
  return { first: isoDate.parse(`${addMonths(month, -((Number(month.slice(5)) - 1) % 3))}-01`), last: today };
};

/** Days as asked for; what cannot be read is said, and the quarter so far stands in its place. */
export function reportDaysOf(parameters: URLSearchParams, today: IsoDate): { readonly days: ReportDays; readonly typed: { readonly first: string; readonly last: string }; readonly errors: readonly FormError[] } {
  const usual = quarterSoFar(today);
  const typed = { first: (parameters.get('first') ?? usual.first).trim().slice(0, 20), last: (parameters.get('last') ?? usual.last).trim().slice(0, 20) };
  const [first, last] = [isoDate.safeParse(typed.first), isoDate.safeParse(typed.last)];
  const errors = [...(first.success ? [] : [{ field: 'first', message: words.faults.first }]), ...(last.success ? [] : [{ field: 'last', message: words.faults.last }])];
  if (!first.success || !last.success) return { days: { ...usual, today }, typed, errors };
  const wrong = last.data < first.data ? words.faults.order : daysBetween(first.data, last.data) > longestDays ? words.faults.long : null;
  return wrong === null ? { days: { first: first.data, last: last.data, today }, typed, errors } : { days: { ...usual, today }, typed, errors: [{ field: 'last', message: wrong }] };
}

type Task = { readonly role: string; readonly name: string; readonly detail: string };
type Unit = { readonly key: string; readonly name: string; readonly tasks: readonly Task[]; readonly counts: TaskCounts };

const lineSaid = (line: number | null): string => (line === null ? '' : words.line(line));

/** What the place's documents give a unit: its duties by subject, what else they write, targets that name it, and planned sites it answers for. */
function unitOf(place: Jurisdiction, unit: Department): Unit {
  const duties = [
    ...place.duties.map((duty) => ({ ...duty, name: duty.topic === null ? subjectWords[duty.subject].label : `${subjectWords[duty.subject].label}：${duty.topic}` })),
    ...othersOf(place).map((duty) => ({ ...duty, name: duty.matter })),
  ];
  const dutyTask = (role: string) => ({ name, line }: (typeof duties)[number]): Task => ({ role, name, detail: lineSaid(line) });
  const [leads, joins] = [duties.filter(({ lead }) => lead === unit.key), duties.filter(({ lead, joint }) => lead !== unit.key && joint.includes(unit.key))];
  const targets = place.targets.filter((target) => isNamedIn(unit, target)).map(({ name, least, most, unit: of, due, line }) =>
    ({ role: words.target, name: `${name}${words.asked(least, most, of)}`, detail: [due === null ? '' : words.due(due), words.line(line)].filter((part) => part !== '').join('，') }));
  const sites = readPlannedSites(findDataFolder(), place.code).rows.filter(({ value }) => value.responsibleUnit === unit.name || unit.aliases.includes(value.responsibleUnit))
    .map(({ value }) => ({ role: words.site, name: value.name, detail: `${words.due(monthText(yearMonth.parse(value.dueMonth)))}，${words.line(value.line)}` }));
  return { key: unit.key, name: unit.name, tasks: [...leads.map(dutyTask(words.leads)), ...joins.map(dutyTask(words.joins)), ...targets, ...sites], counts: { leads: leads.length, joins: joins.length, targets: targets.length + sites.length } };
}

const isQuiet = ({ led, joined, overdue, tasks, openTasks }: MemberFigures): boolean => led + joined + overdue + tasks + openTasks === 0;
const numbersOf = ({ counts }: Unit, of: MemberFigures): readonly number[] =>
  [counts.leads + counts.joins + counts.targets, of.led, of.joined, of.answered, of.inTime, of.tasks, of.openTasks, of.overdue + of.overdueTasks];

const csvOf = (days: ReportDays, units: readonly { readonly unit: Unit; readonly of: MemberFigures; readonly paragraph: string }[]): string =>
  csvText([words.csvColumns, ...units.map(({ unit: { name, counts }, of, paragraph }) =>
    [days.first, days.last, days.today, name, counts.leads, counts.joins, counts.targets, of.led, of.joined, of.answered, of.timed, of.inTime, of.tasks, of.openTasks, of.overdueTasks, of.overdue, paragraph])]);

const standingOf = ({ document }: Jurisdiction): string | null => (document.status === 'areaAbolished' ? words.historical : document.status === 'expired' ? words.expired : null);

/** 成员单位情况: every unit of the place's documents, or the one chosen, for some days; a street counts its own cases. */
export async function memberReportView(app: App, { place, account }: Pick<SignedIn, 'place' | 'account'>, parameters: URLSearchParams) {
  const { days, typed, errors } = reportDaysOf(parameters, app.today());
  const chosen = place.departments.find(({ key }) => key === parameters.get('unit'));
  const units = (chosen ? [chosen] : place.departments).map((unit) => unitOf(place, unit));
  const figures = await app.memberReport({ jurisdiction: place.code, subdistrict: account.subdistrict }, units.map(({ key }) => key), days);
  const rows = units.flatMap((unit) => { const of = figures.get(unit.key); return of === undefined ? [] : [{ unit, of, paragraph: words.paragraph(unit.name, days, unit.counts, of) }]; });
  const street = place.subdistricts.find(({ code }) => code === account.subdistrict)?.name;
  const query = new URLSearchParams({ first: days.first, last: days.last, ...(chosen ? { unit: chosen.key } : {}) }).toString();
  return {
    typed, errors, days, span: words.days(days.first, days.last), unit: chosen?.key ?? '', csv: csvOf(days, rows), csvHref: `/office/member-report/table/?${query}`,
    options: [{ value: '', label: words.everyUnit }, ...place.departments.map(({ key, name }) => ({ value: key, label: name }))], streetOnly: street === undefined ? null : words.streetOnly(street),
    document: place.document.title === null ? words.noDocument : words.source(place.document.title.replace(/^《|》$/g, '')), standing: standingOf(place),
    summary: rows.filter(({ of }) => !isQuiet(of)).map(({ unit, of }) => [{ text: unit.name, href: `#unit-${unit.key}` }, ...numbersOf(unit, of).map(String)]),
    units: rows.toSorted((one, other) => Number(isQuiet(one.of)) - Number(isQuiet(other.of))).map(({ unit, of, paragraph }) => ({
      id: `unit-${unit.key}`, name: unit.name, tasks: unit.tasks, paragraph, isQuiet: isQuiet(of), overdue: of.overdue + of.overdueTasks,
      standing: of.states.map(({ state, count }) => ({ name: caseStateText[state], count })),
    })),
  };
}

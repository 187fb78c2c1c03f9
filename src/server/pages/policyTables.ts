import { allowancesIn, leaveIn, leaveStanding, materialsIn, natures, type LeaveRow, type MaterialRow, type PolicyData } from '#domain/guidance/model.ts';
import { needsOfficialCheck } from '#domain/guidance/policy.ts';
import { agesByBirthMonth, cohortsOn, goalStanding } from '#domain/guidance/policyDates.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import { monthOf, type IsoDate } from '#domain/shared/dates.ts';
import { fullDayText } from '#text/dates.ts';
import { goalValue } from '#text/disclosure.ts';
import { bornText, dutyText, goalText, leadText, leaveAmountText, leaveKindText, leaveText, materialsText, natureText, planStatusText, planText, policyText, runningText, startText, subjectText, allowanceText } from '#text/policy.ts';

type Cell = string | { readonly text: string; readonly muted?: boolean };
/** Rows for a table; the first cell names its row. */
export type Rows = readonly (readonly Cell[])[];

const marked = (text: string, toVerify: boolean): string => (toVerify ? `${text}（${policyText.toVerify}）` : text);

const leaveRow = (row: LeaveRow): readonly Cell[] => {
  const standing = leaveStanding(row);
  const name = leaveKindText[row.kind];
  if (standing === 'withheld') return [name, { text: policyText.toVerify, muted: true }, leaveText.withheld, { text: '', muted: true }];
  return [
    name, marked(leaveAmountText(row), standing === 'toVerify'),
    [row.detail, row.doubt].filter((text) => text !== null).join('。'),
    `${row.document}${row.article ?? ''}`,
  ];
};

/** 休假: the national floor and what the province adds; a number nobody verified is not among them. */
export const leaveTables = ({ leave }: PolicyData, place: Jurisdiction): { readonly floor: Rows; readonly local: Rows; readonly note: string } => {
  const { floor, local } = leaveIn(leave, place.code);
  const sure = local.filter((row) => leaveStanding(row) !== 'withheld');
  const note = local.length === 0 ? leaveText.nobody : sure.length === 0 ? leaveText.withheld : leaveText.localNote;
  return { floor: floor.map(leaveRow), local: sure.length === 0 ? [] : local.map(leaveRow), note };
};

/** 本地的补贴 that can be claimed on a day. */
export const allowanceRows = ({ allowances }: PolicyData, place: Jurisdiction, today: string): Rows => allowancesIn(allowances, place.code, today).map((row) => [
  marked(row.name, needsOfficialCheck(row.confidence)), row.who, row.amount, row.channel ?? policyText.askOffice,
  `${row.from === null ? '' : fullDayText(row.from)} – ${row.until === null ? allowanceText.open : fullDayText(row.until)}`,
  row.number === null ? row.document : `${row.document}（${row.number}）`,
]);

const material = (row: MaterialRow) => ({
  key: row.key, name: row.name, note: row.note, toVerify: row.group === 'required' && needsOfficialCheck(row.confidence),
  source: row.document === null ? null : `${row.document}${row.article ?? ''}`,
  facts: row.group === 'usual' ? [] : [
    { name: materialsText.point, value: row.point }, { name: materialsText.items, value: row.items },
    { name: materialsText.validity, value: row.validity }, { name: materialsText.cost, value: row.cost },
  ].filter(({ value }) => value !== '-'),
});
export type ShownMaterial = ReturnType<typeof material>;

/** 入托材料清单 of a place in two groups; what nobody said is null. */
export const materialGroups = ({ materials }: PolicyData, place: Jurisdiction) => {
  const rows = materialsIn(materials, place.code);
  return { required: rows.filter(({ group }) => group === 'required').map(material), usual: rows.filter(({ group }) => group === 'usual').map(material) };
};

/** 我要办托: who registers each nature here, by the words of the place's document. */
export const registrationRows = ({ registration }: PolicyData, place: Jurisdiction): Rows => natures.flatMap((nature) => {
  const row = registration.find((candidate) => candidate.place === place.code && candidate.nature === nature);
  if (row === undefined) return [];
  const body = row.body === null ? { text: runningText.noBody, muted: true } : row.doubt === null ? row.body : `${row.body}。注意：${row.doubt}`;
  return [[natureText[nature], body, `“${row.quote}”（${policyText.quoteLine(row.line)}）`]];
});

/** 备案机关 of a place in one sentence; where the area is abolished, the body of that time and whom to ask now. */
export const filingLine = ({ filingAuthority, successor }: Jurisdiction): string =>
  (successor === null ? runningText.filing(filingAuthority) : runningText.filingThen(filingAuthority, successor.name));

/** 谁管什么: the duties of a place as its document has them. */
export const dutyRows = ({ duties, departments }: Jurisdiction): Rows => {
  const nameOf = (key: string): string => departments.find((candidate) => candidate.key === key)?.name ?? key;
  return duties.map((duty) => [
    duty.topic === null ? subjectText[duty.subject] : `${subjectText[duty.subject]}：${duty.topic}`,
    leadText(duty, duty.lead === null ? undefined : nameOf(duty.lead)),
    duty.joint.length === 0 ? { text: dutyText.nobody, muted: true } : duty.joint.map(nameOf).join('、'),
    duty.line === null ? { text: dutyText.nobody, muted: true } : dutyText.line(duty.line),
  ]);
};

/** 托育还是幼儿园: the cohorts of today, and the age by month of birth. */
export const cohortTables = (today: IsoDate): { readonly cohorts: Rows; readonly ages: Rows } => ({
  cohorts: cohortsOn(today).map((cohort) => [bornText(cohort), startText(cohort.nurseryFrom, monthOf(today)), startText(cohort.kindergartenFrom, monthOf(today))]),
  ages: agesByBirthMonth.map(({ month, atNursery, atKindergarten }) => [`${String(month)} 月`, `满 ${String(atNursery)} 个月`, `满 ${String(atKindergarten)} 个月`]),
});

/** 方案的目标 with how each stands on a day; goals, never achievements. */
export const goalRows = ({ targets, document }: Jurisdiction, today: IsoDate): Rows => targets.map((goal) => [
  goal.name,
  goalValue(goal) ?? { text: '没有数值', muted: true },
  goal.due ?? { text: '没有写', muted: true },
  goalText[goalStanding(goal.dueOn, today, document.status, document.validUntil)],
  `“${goal.quote}”（${policyText.quoteLine(goal.line)}）`,
]);

/** 这份文件: what identifies a place's document and how it stands on a day. */
export const documentFacts = ({ document }: Jurisdiction) => [
  { name: planText.document, value: document.title ?? policyText.noDocumentTitle },
  { name: planText.number, value: document.number, missing: planText.missing },
  { name: planText.issuer, value: document.issuer },
  { name: planText.issued, value: document.issuedOn === null ? null : fullDayText(document.issuedOn), missing: planText.missing },
  { name: planText.standing, value: planStatusText[document.status], note: document.validUntil === null ? undefined : `有效期到${fullDayText(document.validUntil)}` },
];

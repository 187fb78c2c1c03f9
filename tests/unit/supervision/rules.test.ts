import { expect, test } from 'vitest';
import { jurisdictionCode } from '#domain/shared/codes.ts';
import { instantAt, isoDate } from '#domain/shared/dates.ts';
import { annualDuties, assessmentDraft, dutySaid, staffCheckDraft, type DutyRecord, type StaffCheck, type Supervised } from '#domain/supervision/model.ts';
import { dueThings, dutiesIn, dutyDueOn, dutyStanding, gradeStanding, latestChecks, latestGrades, yearsAsked } from '#domain/supervision/rules.ts';
import { loadAnnualDuties } from '#storage/files/annualDuties.ts';
import { copyOfData, problemsOf, realData, spoil } from '#tests/unit/data/copyOfData.ts';

const day = (text: string) => isoDate.parse(text);
const [hebei, zezhou, daqing] = [jurisdictionCode.parse('120105'), jurisdictionCode.parse('140525'), jurisdictionCode.parse('230600')];
const rules = loadAnnualDuties(realData);
const of = (change: Partial<Supervised> = {}): Supervised => ({ id: 'one', name: '示例·甲', subdistrict: null, receiptedOn: day('2024-05-01'), isWatched: true, ...change });
const duty = (change: Partial<DutyRecord & { readonly institution: string }> = {}) => ({ id: 'd', institution: 'one', duty: 'health-check', year: 2026, state: 'done' as const, doneOn: day('2026-06-01'), note: null, by: 'institution' as const, at: instantAt(day('2026-06-01'), '10:00'), ...change });
const check = (change: Partial<StaffCheck & { readonly institution: string }> = {}) => ({ id: 'c', institution: 'one', check: 'staff-health', done: 8, notDone: 0, checkedBy: 'clinic' as const, checkedOn: day('2025-10-01'), nextDue: day('2026-10-01'), by: 'institution' as const, at: instantAt(day('2025-10-01'), '10:00'), ...change });
const errors = (parsed: { error?: { issues: readonly { path: readonly PropertyKey[]; message: string }[] } | undefined }) => (parsed.error?.issues ?? []).map(({ path, message }) => `${path.join('.')}:${message}`);

test('each place has the duties of the country and of its own document, every one with its source', () => {
  expect(dutiesIn(rules, hebei).map(({ key, confidence }) => `${key} ${confidence}`)).toEqual(['health-check C', 'year-end-report C', 'health-training A', 'escape-drill A']);
  expect(dutiesIn(rules, zezhou).map(({ key }) => key)).toEqual(['health-check', 'year-end-report', 'health-training']);
  expect(dutiesIn(rules, daqing).map(({ key }) => key)).toEqual(['health-check', 'year-end-report']);
});

test('a duty that names no real day, no source or an unknown key is refused with a sentence', () => {
  const last = copyOfData();
  spoil(last, 'rules/annual-duties.json', '"lastDay": "12-31"', '"lastDay": "11-31"');
  expect(problemsOf(() => loadAnnualDuties(last))).toHaveLength(1);
  expect(annualDuties.safeParse({ ...rules, duties: [{ ...rules.duties[0], citation: undefined }] }).success).toBe(false);
});

test('asked from the first year of the rules, not before the year of the filing, up to this one', () => {
  expect(yearsAsked(rules, of(), day('2026-11-23'))).toEqual([2026]);
  expect(yearsAsked(rules, of(), day('2028-01-01'))).toEqual([2028, 2027, 2026]);
  expect(yearsAsked(rules, of({ receiptedOn: day('2027-03-01') }), day('2028-01-01'))).toEqual([2028, 2027]);
  expect(yearsAsked(rules, of({ receiptedOn: null }), day('2025-12-31'))).toEqual([]);
});

test('a duty is open, due soon within sixty days, in time on its last day, overdue the day after, and done whenever it was', () => {
  const [asked] = dutiesIn(rules, hebei);
  if (!asked) throw new Error('no duty');
  const stands = (today: string, said?: DutyRecord) => dutyStanding(rules, asked, 2026, said, day(today));
  expect(dutyDueOn(asked, 2026)).toBe('2026-12-31');
  expect(['2026-10-31', '2026-11-01', '2026-12-31', '2027-01-01'].map((today) => stands(today))).toEqual(['open', 'soon', 'soon', 'overdue']);
  expect([stands('2027-01-01', duty()), stands('2027-01-01', duty({ state: 'notDone', doneOn: null }))]).toEqual(['done', 'overdue']);
});

test('the newest check of a kind counts, by its day and then by when it was said', () => {
  const [older, newer, mended] = [check({ id: 'a' }), check({ id: 'b', checkedOn: day('2026-09-01') }), check({ id: 'c', checkedOn: day('2026-09-01'), at: instantAt(day('2026-09-03'), '09:00') })];
  expect(latestChecks([older, newer, mended, check({ id: 'd', check: 'criminal-record' })]).map(({ id }) => id)).toEqual(['c', 'd']);
});

test('what is due in a place: overdue first, then what is due soon; what is done and what nobody asks is not there', () => {
  const found = dueThings(rules, daqing, { institutions: [of(), of({ id: 'two', name: '示例·乙' })], duties: [duty(), duty({ id: 'e', institution: 'two', state: 'notDone', doneOn: null })], staffChecks: [check(), check({ id: 'f', institution: 'two', nextDue: day('2027-06-01') })] }, day('2026-11-23'));
  expect(found.map(({ institution, key, standing, dueOn, isFoundUndone }) => [institution.id, key, standing, dueOn, isFoundUndone])).toEqual([
    ['one', 'staff-health', 'overdue', '2026-10-01', false], ['two', 'health-check', 'soon', '2026-12-31', true], ['two', 'year-end-report', 'soon', '2026-12-31', false], ['one', 'year-end-report', 'soon', '2026-12-31', false],
  ]);
});

test('an assessment keeps its year and days in order, and no number of a person', () => {
  const draft = { grade: 'B', year: 2026, standard: '示例评估标准', body: '示例主管部门', assessedOn: '2026-11-01', validUntil: '', documentNumber: '', note: '' };
  expect(assessmentDraft.parse(draft)).toMatchObject({ validUntil: null, documentNumber: null, note: null });
  expect(errors(assessmentDraft.safeParse({ ...draft, year: 2027 }))).toEqual(['year:year-after']);
  expect(errors(assessmentDraft.safeParse({ ...draft, validUntil: '2026-10-31' }))).toEqual(['validUntil:ends-before']);
  expect(errors(assessmentDraft.safeParse({ ...draft, note: '联系 138 0000 0000' }))).toEqual(['note:phone-number']);
});

test('the newest grade of an institution counts, and its validity is over the day after its last', () => {
  const graded = (institution: string, assessedOn: string, validUntil: string | null) => ({ institution, assessedOn: day(assessedOn), validUntil: validUntil === null ? null : day(validUntil) });
  const latest = latestGrades([graded('one', '2024-01-01', '2026-01-01'), graded('one', '2025-01-01', '2026-11-22'), graded('two', '2026-01-01', null)]);
  expect([...latest].map(([institution, held]) => [institution, held.assessedOn, gradeStanding(rules, held, day('2026-11-22')), gradeStanding(rules, held, day('2026-11-23'))])).toEqual([['one', '2025-01-01', 'soon', 'overdue'], ['two', '2026-01-01', 'open', 'open']]);
});

test('a duty is done on a day or not done at all; counts of staff hold somebody, and the next check is not before this one', () => {
  expect(errors(dutySaid.safeParse({ state: 'done', doneOn: '', note: '' }))).toEqual(['doneOn:required']);
  expect(errors(dutySaid.safeParse({ state: 'notDone', doneOn: '2026-01-01', note: '' }))).toEqual(['doneOn:required']);
  const counted = { check: 'staff-health', done: 0, notDone: 3, checkedBy: 'clinic', checkedOn: '2026-11-01', nextDue: '2026-11-01' };
  expect(staffCheckDraft.safeParse(counted).success).toBe(true);
  expect(errors(staffCheckDraft.safeParse({ ...counted, notDone: 0 }))).toEqual(['done:required']);
  expect(errors(staffCheckDraft.safeParse({ ...counted, nextDue: '2026-10-31' }))).toEqual(['nextDue:ends-before']);
});

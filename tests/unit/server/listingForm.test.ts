import { describe, expect, test } from 'vitest';
import { listingWords } from '#domain/listing/model.ts';
import { contentOf, isSame, listingGroups, proposalOf, withGroups, type ListingGroup } from '#domain/listingDraft/model.ts';
import { withContent } from '#domain/listingDraft/commands.ts';
import { isoDate } from '#domain/shared/dates.ts';
import { readGroup } from '#server/listingGroupRead.ts';
import { diffView } from '#server/pages/listingDiff.ts';
import { groupForm } from '#server/pages/listingForm.ts';
import { anInstitution } from '#tests/builders/institution.ts';

const today = isoDate.parse('2026-11-23');
const said = { saidBy: 'institution', asOf: '2026-11-01' } as const;
const full = proposalOf(anInstitution({
  phone: '022-26000000', bands: [{ band: 'toddler', places: 15, free: 3, confirmedOn: '2026-11-18', availableFrom: '2027-03' }, { band: 'older', places: 20, free: null, confirmedOn: null, availableFrom: null }],
  fees: [{ item: 'care', mode: 'fullDay', band: 'toddler', amount: 240_050, per: 'month', required: true, note: null }, { item: 'extension', mode: null, band: null, amount: null, per: 'hour', required: false, note: '按次登记' }],
  feesFrom: '2026-09-01', hours: [{ weekday: 1, opens: '07:30', closes: '12:00' }, { weekday: 1, opens: '13:00', closes: '17:30' }, { weekday: 6, opens: '08:00', closes: '12:00' }],
  extendedUntil: '18:30', opensInSchoolHolidays: false, mealsProvided: true, accepts: { allergy: true, medicine: null, specialNeeds: false },
}), listingWords.parse({
  classes: { ...said, bands: [{ band: 'toddler', classes: 1, careWorkers: 3 }] }, money: { ...said, extensionSteps: [{ from: '17:30', until: '18:00', amount: 1_000, per: 'time' }], prepaidMonths: 1, depositRefund: '离园当日退', absenceMeals: null, absenceCare: null, leaving: null, agreement: '第一条\n第二条', publishedOn: '2026-08-20', committeeHeard: true },
  hours: { ...said, publicHolidays: 'closed', makeUpWorkdays: 'open', schoolHolidays: null, receptionDays: '每月第一个周五' }, day: { ...said, schedule: [{ from: '07:30', until: '08:00', what: '晨检' }, { from: '08:00', until: null, what: '早餐' }], outdoorMinutes: 120, sleep: null },
  menu: { ...said, weekOf: '2026-11-23', days: [{ weekday: 1, meals: [{ meal: 'breakfast', food: '鸡蛋' }, { meal: 'lunch', food: '米饭' }] }] }, staff: { ...said, careWorkers: 6, qualified: 5 },
  health: { ...said, healthWorker: 'partTime', clinic: { name: '示例社区卫生服务中心', visits: null }, medicine: null, illness: '通知家长' }, safety: { ...said, insurance: { held: true, insurer: null, until: '2027-06-30' }, pickup: null, recordingDays: 90 },
  committee: { ...said, formed: false }, adaptation: { ...said, days: 7, parentMayStay: true, charge: null, refund: null }, materials: { ...said, items: ['体检表', '接种证'] },
  disclosures: { ...said, fees: { text: '收费见公示栏', publishedOn: '2026-08-20' }, care: null, meals: null, health: null, security: null },
}));
const sent = (group: ListingGroup, change: Readonly<Record<string, string>> = {}) => ({
  ...Object.fromEntries(groupForm(group, full).flatMap(({ hidden, fields }) => [...hidden.map(({ name, value }) => [name, value] as const), ...fields.map(({ name, value }) => [name, value] as const)])), ...change,
});

describe('各组的表单', () => {
  test.each(listingGroups)('%s: sent back as it was shown it says the same', (group) => {
    const read = readGroup(group, sent(group), today);
    expect(read).toMatchObject({ ok: true });
    const after = read.ok ? withContent(full, group, read.content, { sayer: 'institution' }, today) : undefined;
    expect(after && isSame(contentOf(after, group), contentOf(full, group)), JSON.stringify(read.ok && read.content)).toBe(true);
  });

  test.each([
    ['bands', { 'bands.1.places': '很多' }, 'bands.1.places', /托位数.*整数/], ['fees', { 'fees.0.amount': '-5' }, 'fees.0.amount', /金额.*元/], ['fees', { 'fees.3.amount': '100' }, 'fees.3.item', /请填写项目/],
    ['opening', { 'hours.0.opens': '25:00' }, 'hours.0.opens', /开门.*时间/], ['menu', { weekOf: '2026-11-24' }, 'weekOf', /周一/], ['staff', { qualified: '9' }, 'qualified', /不能多于/],
    ['money', { depositRefund: '退'.repeat(10_000) }, 'depositRefund', /最多 500 个字/], ['contact', { phone: '<script>' }, 'phone', /电话号码/], ['admission', { min: '' }, 'min', /请填写最小月龄/],
    ['materials', { items: Array.from({ length: 31 }, (_, at) => `第${String(at)}样`).join('\n') }, 'items', /最多 30 行/], ['disclosures', { 'fees.text': '' }, 'fees.text', /请填写公示内容/], ['bands', { 'bands.1.places': '999999' }, 'bands.1.places', /不能超过 2000/],
  ] as const)('%s %o: the field and the fix are named', (group, change, field, message) => {
    expect(readGroup(group, sent(group, change), today)).toEqual({ ok: false, errors: [{ field, message: expect.stringMatching(message) }] });
  });

  test('a group left empty is no words at all', () => {
    const empty = Object.fromEntries(Object.keys(sent('materials')).map((name) => [name, '']));
    expect(readGroup('materials', empty, today)).toEqual({ ok: true, content: null });
    expect(readGroup('menu', Object.fromEntries(Object.entries(sent('menu')).map(([name, value]) => [name, name.endsWith('weekday') ? value : ''])), today)).toEqual({ ok: true, content: null });
  });
});

test('the comparison reads as a clerk would say it', () => {
  const read = readGroup('fees', sent('fees', { 'fees.0.amount': '2600', feesFrom: '2027-01-01' }), today);
  const dearer = read.ok ? withContent(full, 'fees', read.content, { sayer: 'institution' }, today) : undefined;
  const bare = withGroups(full, proposalOf(anInstitution(), listingWords.parse({})), ['menu', 'modes', 'admission', 'safety']);
  expect(dearer && diffView(full, dearer)).toEqual([{
    group: 'fees', title: '收费', lines: [
      { name: '保育费 全日托 托小班（12–24 个月）', before: '¥2400.5，每月，必交', after: '¥2600，每月，必交', isNew: false, isGone: false },
      { name: '从哪一天起执行', before: '2026年9月1日', after: '2027年1月1日', isNew: false, isGone: false },
    ],
  }]);
  expect(diffView(full, bare)).toMatchObject([
    { group: 'menu', lines: [{ name: '这一周的周一', after: '（没有）' }, { name: '周一 早餐', before: '鸡蛋', isGone: true }, { name: '周一 午餐' }] },
    { group: 'safety', lines: [{ name: '投了托育责任险', before: '是' }, { name: '保到哪一天' }, { name: '录像保存多少天', before: '90' }] },
  ]);
});

import { expect, test } from 'vitest';
import { canComeHere, type CanCome } from '#domain/directory/admissionFit.ts';
import { monthlyFee } from '#domain/directory/fees.ts';
import { isoDate, yearMonth } from '#domain/shared/dates.ts';
import { anInstitution } from '#tests/builders/institution.ts';
import {
  admissionText, affordableText, answerText, endedText, feeMissing, freeText, hoursText, includesText, modesText, monthlyFeeText, moneyText, notIncludedText,
} from '#text/institution.ts';

const today = isoDate.parse('2026-11-22');
const can = (change: Partial<CanCome>): CanCome => ({ fits: 'yes', reason: 'fits', bands: ['toddler'], from: yearMonth.parse('2026-11'), freePlaces: 3, beyondStandard: false, ...change });
const care = { item: 'care', mode: 'fullDay', band: null, amount: 198_000, per: 'month', required: true, note: null };
const meals = { item: 'meals', mode: null, band: null, amount: 40_000, per: 'month', required: true, note: null };

test('beside an age that an institution stretches a band to, the band\'s usual months are left out', () => {
  expect(answerText(4, can({ bands: ['mixed'], beyondStandard: true }), today)).toBe('4 个月可上 混合编班');
  expect(answerText(13, can({}), today)).toBe('13 个月可上 托小班（12–24 个月）');
});

test('the one answer of a card names the age and the band with its months', () => {
  expect(answerText(18, can({}), today)).toBe('18 个月可上 托小班（12–24 个月）');
  expect(answerText(23, can({ fits: 'check', reason: 'check-birth-month' }), today)).toBe('23 个月可上 托小班（12–24 个月），以机构现场核对出生日期为准');
});

test('a later month is said instead of the age', () => {
  expect(answerText(18, can({ from: yearMonth.parse('2027-09'), bands: ['older'] }), today)).toBe('2027年9月可上 托大班（24–36 个月）');
});

test('too young says from when; nothing ever says that a child does not qualify', () => {
  const answer = answerText(5, canComeHere(anInstitution(), { months: 5, start: null }, today), today);
  expect(answer).toBe('5 个月还没到收托月龄，2027年6月起可选');
  expect(answer).not.toContain('不符合');
});

test('an expected child is told to visit, an unstated rule to ask', () => {
  expect(answerText(-3, can({ fits: 'unknown', reason: 'expected', bands: [], from: null }), today)).toBe('孩子出生前可以先预约参观');
  expect(answerText(18, can({ fits: 'unknown', reason: 'not-stated', bands: [], from: null }), today)).toContain('机构未填报收托月龄');
});

test('free places carry the day they were confirmed; unknown ones say how to ask', () => {
  const day = isoDate.parse('2026-11-18');
  expect(freeText(3, day, null, today)).toBe('空 3 个托位（11月18日核对）');
  expect(freeText(0, day, null, today)).toBe('没有空位（11月18日核对）');
  expect(freeText(null, isoDate.parse('2026-08-03'), '示例电话', today)).toBe('空位请电话询问（上次核对 8月3日）');
  expect(freeText(null, null, null, today)).toBe('空位请询问机构（机构未填报）');
});

test('money has its period; a missing fee is said, never left blank', () => {
  expect(moneyText(238_000, 'month')).toBe('¥2,380／月');
  expect(monthlyFeeText(monthlyFee(anInstitution({ fees: [care, meals] })))).toBe('约 ¥2,380／月');
  expect(monthlyFeeText(null)).toBeNull();
  expect(feeMissing).toBe('机构未填报费用');
});

test('bands that differ say 起, and what is charged by the day stands apart', () => {
  const sum = monthlyFee(anInstitution({
    bands: [{ band: 'toddler', places: 15, free: 1, confirmedOn: null, availableFrom: null }, { band: 'older', places: 20, free: 1, confirmedOn: null, availableFrom: null }],
    fees: [{ ...care, band: 'toddler' }, { ...care, band: 'older', amount: 168_000 }, { ...meals, amount: 1500, per: 'day' }, { ...meals, item: 'materials', amount: null }],
  }));
  expect(monthlyFeeText(sum)).toBe('约 ¥1,680／月起');
  expect(sum && notIncludedText(sum)).toBe('另收伙食费 ¥15／天、材料及其他代收（金额未填报）');
  expect(sum && includesText(sum)).toBe('含保育费');
});

test('普惠 is a share of places', () => {
  expect(affordableText({ places: 20, of: 47, until: null })).toBe('普惠托位 20/47');
  expect(affordableText({ places: 20, of: null, until: null })).toBe('普惠托位 20');
});

test('hours are gathered by days that are alike', () => {
  const at = (weekday: number, opens = '07:30', closes = '17:30') => ({ weekday, opens, closes });
  expect(hoursText([1, 2, 3, 4, 5].map((day) => at(day)))).toBe('周一至周五 7:30–17:30');
  expect(hoursText([at(1), at(3), at(6, '08:00', '12:00')])).toBe('周一、周三 7:30–17:30；周六 8:00–12:00');
  expect(hoursText([at(2, '14:00', '17:00'), at(2, '08:00', '11:30')])).toBe('周二 8:00–11:30、14:00–17:00');
  expect(hoursText([])).toBeNull();
});

test('a class closed in the school holidays says so beside its modes', () => {
  expect(modesText(['fullDay', 'halfDay'], false)).toBe('全日托 · 半日托 · 寒暑假不开放');
  expect(modesText([], null)).toBe('服务方式机构未填报');
});

test('a cohort is said with its months of entry and birth', () => {
  const { admission } = anInstitution({ admission: { rule: 'byCohort', entryMonth: '2027-09', bornFrom: '2024-09', bornUntil: '2025-08', applyFrom: '2027-05-01', applyUntil: null, how: '到园登记' } });
  expect(admission && admissionText(admission, today)).toBe('按学年招生：2027年9月入托，收 2024年9月至 2025年8月出生的孩子；报名 2027年5月1日起；到园登记');
});

test('what has ended says what happened, since when and by which decision, and never 撤销 or 吊销', () => {
  const ended = (change: object) => endedText(anInstitution({ credential: { ...anInstitution().credential, ...change } }));
  expect(ended({ state: 'suspended', since: '2026-10-08' }).sentence).toBe('自 2026年10月8日 起。决定文号未载明。');
  expect(ended({ state: 'withdrawn', since: '2026-10-08', decisionNumber: '示例〔2026〕1号' })).toMatchObject({ badge: '已注销备案', sentence: '自 2026年10月8日 起。决定文号：示例〔2026〕1号。' });
  expect(endedText(anInstitution({ missingSince: '2026-11-01' })).sentence).toContain('自 2026年11月1日 起，最近一次导入的名录里没有这家机构');
  expect(JSON.stringify([ended({ state: 'withdrawn' }), ended({ state: 'suspended' })])).not.toMatch(/撤销|吊销|许可/);
});

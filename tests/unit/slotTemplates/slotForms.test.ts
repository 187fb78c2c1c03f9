import { expect, test } from 'vitest';
import { nothingSaid } from '#domain/booking/model.ts';
import { jurisdictionCode } from '#domain/shared/codes.ts';
import { isoDate } from '#domain/shared/dates.ts';
import { patternOf, type SlotTemplate } from '#domain/slotTemplates/model.ts';
import { readTemplate, shareRowsOf, typedOfTemplate } from '#server/slotForms.ts';

const template = (change: Partial<SlotTemplate>): SlotTemplate => ({
  id: 'f47ac10b-58cc-4372-a567-0e02b2c3d479', jurisdiction: jurisdictionCode.parse('120105'), host: { kind: 'institution', id: 'one' }, version: 3, caps: [null], kind: 'visit', weekdays: [1, 3],
  times: [{ start: '09:30', minutes: 45 }], shares: [{ bands: [], capacity: 4, staffOnDuty: null }], title: null, details: nothingSaid.visit, validFrom: isoDate.parse('2026-11-24'), validUntil: null, makeUpLike: 6, holidays: 'closed', schoolHolidays: 'open', ...change,
});
const care: Partial<SlotTemplate> = { kind: 'care', details: { ...nothingSaid.care, fee: { amount: 3050, per: 'hour' }, leastMinutes: 60, meals: false, bring: ['水杯', '备用衣服'], illnessRule: '发热不接' } };

test.each<[string, SlotTemplate]>([
  ['a visit', template({})],
  ['a visit for one band', template({ shares: [{ bands: ['infant'], capacity: 2, staffOnDuty: null }] })],
  ['as many times as there may be', template({ times: Array.from({ length: 12 }, (_, at) => ({ start: `${String(8 + at).padStart(2, '0')}:00`, minutes: 30 })) })],
  ['care with bands that share their places', template({ ...care, shares: [{ bands: ['infant', 'toddler'], capacity: 6, staffOnDuty: 2 }, { bands: ['older'], capacity: 7, staffOnDuty: null }] })],
  ['a class', template({ kind: 'class', title: '亲子阅读', details: { ...nothingSaid.class, ages: { fromMonths: 6, untilMonths: 24, pregnancy: true }, adults: 2, place: '一楼', fee: { amount: 0, per: 'time' } } })],
])('%s comes out of its form as it went in', (_, given) => {
  const { pattern, errors } = readTemplate(typedOfTemplate(given));
  expect(errors).toEqual([]);
  expect(pattern).toEqual(patternOf(given));
});

test('rows of places: one, or for care one for each band and for bands that share', () => {
  expect(shareRowsOf('visit', {})).toEqual(['']);
  expect(shareRowsOf('visit', { capacityinfant: '2' })).toEqual(['infant']);
  expect(shareRowsOf('care', { 'capacityinfant-toddler': '2' })).toEqual(['', 'infant', 'toddler', 'older', 'mixed', 'infant-toddler']);
});

test('what is wrong stands beside its field; a class for 孕期 alone is asked for its months', () => {
  const typed = typedOfTemplate(template({ kind: 'class', title: '孕期课堂', details: nothingSaid.class }));
  const wrong = readTemplate({ ...typed, start1: '9点', capacity: '0', weekdays: '', pregnancy: '1' });
  expect(wrong.pattern).toBeUndefined();
  expect(wrong.errors.map(({ field }) => field).toSorted()).toEqual(['capacity', 'start1', 'untilMonths', 'weekdays']);
  for (const { message } of wrong.errors) expect(message).toMatch(/。$/);
});

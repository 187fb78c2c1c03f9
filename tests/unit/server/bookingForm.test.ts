import { expect, test } from 'vitest';
import { consentValue, readBookingForm, rowsTyped } from '#server/bookingForm.ts';

const whole = { slotId: '0190b000-0000-7000-8000-000000000001', year1: '2025', month1: '3', contactName: '王奶奶', phone: '13900000000', actingAs: 'entrusted', consent: consentValue, note: '' };

test('a whole form reads as the request the API takes', () => {
  expect(readBookingForm({ ...whole, year2: '2025', month2: '3' })).toEqual({ ok: true, value: {
    slotId: whole.slotId, children: [{ birthMonth: '2025-03' }, { birthMonth: '2025-03' }], contactName: '王奶奶', phone: '13900000000', consent: { rulesVersion: consentValue, actingAs: 'entrusted' },
  } });
});

test('an empty form names every field once, in the order of the form, with what to do', () => {
  const read = readBookingForm({ slotId: whole.slotId });
  expect(read.ok ? [] : read.errors.map(({ field }) => field)).toEqual(['year1', 'contactName', 'phone', 'actingAs', 'consent']);
  for (const { message } of read.ok ? [] : read.errors) expect(message).toMatch(/^[\p{Script=Han}\p{P}\p{N}A-Za-z ]+。$/u);
});

test.each([
  ['a year without its month', { month1: '' }, 'year1', '请按“年-月”填写，例如 2025-03。'], ['a short phone', { phone: '139' }, 'phone', '请填写 11 位手机号，或带区号的固定电话。'],
  ['the second child half filled', { year2: '2025' }, 'year2', '请按“年-月”填写，例如 2025-03。'], ['digits in the note', { note: '12345678901' }, 'note', '备注里请不要填写证件号、电话等长串数字或特殊符号。'],
])('%s is said beside its field', (_name, change, field, message) => {
  expect(readBookingForm({ ...whole, ...change })).toEqual({ ok: false, errors: [{ field, message }] });
});

test('the first child is always asked, further ones only when something was typed', () => {
  expect(rowsTyped({})).toEqual([1]);
  expect(rowsTyped({ year1: '2025', month3: '4' })).toEqual([1, 3]);
});

import { expect, test } from 'vitest';
import { bookingRequest, defaultTermsOf, nothingSaid, type Slot } from '#domain/booking/model.ts';
import { adviseChild, mayBook, openSeats, seatsFor } from '#domain/booking/rules.ts';
import { jurisdictionCode } from '#domain/shared/codes.ts';
import { instant, instantAt, isoDate, yearMonth, type Instant } from '#domain/shared/dates.ts';

const at = (day: string, time: string): Instant => instantAt(isoDate.parse(day), time);
const slot = (change: Partial<Slot> = {}): Slot => ({
  id: '0190b000-0000-7000-8000-000000000001', jurisdiction: jurisdictionCode.parse('120105'), host: { kind: 'institution', id: '0190a000-0000-7000-8000-000000000001' }, kind: 'visit', title: null, waiting: 0, details: nothingSaid.visit, terms: defaultTermsOf('visit'),
  startsAt: at('2026-12-01', '10:00'), endsAt: at('2026-12-01', '11:00'), capacity: 3, taken: 1, state: 'open', bands: [], ...change,
});
const body = { slotId: '0190b000-0000-7000-8000-000000000001', children: [{ birthMonth: '2025-03' }], contactName: '示例家长', phone: '13800000000', consent: { rulesVersion: '2026-11', actingAs: 'guardian' } };
const request = (change: object = {}) => bookingRequest.parse({ ...body, ...change });

test.each([
  ['the moment it opens, midnight 28 days ahead', at('2026-11-03', '00:00'), 2], ['a moment before that', instant.parse(at('2026-11-03', '00:00') - 1), 0],
  ['two hours before, to the moment', at('2026-12-01', '08:00'), 2], ['a moment later', instant.parse(at('2026-12-01', '08:00') + 1), 0],
])('seats are open at %s', (_name, now, seats) => {
  expect(openSeats(slot(), now)).toBe(seats);
});

test('a closed or full slot has no open seats', () => {
  expect(openSeats(slot({ state: 'closed' }), at('2026-11-22', '10:00'))).toBe(0);
  expect(openSeats(slot({ taken: 3 }), at('2026-11-22', '10:00'))).toBe(0);
});

test('a visit takes one seat for a family, care one for each child', () => {
  expect([seatsFor('visit', 4), seatsFor('class', 2), seatsFor('care', 2)]).toEqual([1, 1, 2]);
});

test('age advises a visit and never refuses it', () => {
  const now = at('2026-11-22', '10:00');
  for (const birthMonth of ['2027-06', '2026-11', '2025-03', '2020-12']) expect(mayBook(slot(), request({ children: [{ birthMonth }] }), now, true)).toMatchObject({ ok: true });
  expect(['2027-06', '2026-10', '2026-03', '2025-03', '2023-12', '2022-01'].map((birthMonth) => adviseChild(yearMonth.parse(birthMonth), slot()).fit))
    .toEqual(['expected', 'too-young', 'fits', 'fits', 'check', 'too-old']);
});

test('rules that have changed since the form was read are said, not silently accepted', () => {
  expect(mayBook(slot(), request({ consent: { rulesVersion: '2020-01', actingAs: 'guardian' } }), at('2026-11-22', '10:00'), true)).toEqual({ ok: false, reason: 'rules-changed' });
});

test.each([
  ['full-width digits, blanks and +86', '+86 １３８-0000 0000', '13800000000'], ['a landline with its area code', '022-26296000', '02226296000'],
])('a phone is read with %s', (_name, typed, read) => {
  expect(request({ phone: typed }).phone).toBe(read);
});

test.each([
  ['ten digits', { phone: '1380000000' }], ['five children', { children: Array.from({ length: 5 }, () => ({ birthMonth: '2025-03' })) }], ['no child', { children: [] }],
  ['a full date of birth', { children: [{ birthMonth: '2025-03-01' }] }], ['an ID number in the note', { note: '身份证 12010520250301 0012' }], ['a phone in the note', { note: '打１３８００００００００' }],
  ['a name of 21 characters', { contactName: '长'.repeat(21) }], ['a lone surrogate', { contactName: '\uD800' }], ['an unknown field', { childName: '小明' }],
])('%s is refused', (_name, change) => {
  expect(bookingRequest.safeParse({ ...body, ...change }).success).toBe(false);
});

test('names of minorities and rare characters are kept as they are', () => {
  expect(request({ contactName: '阿依古丽·买买提' }).contactName).toBe('阿依古丽·买买提');
  expect(request({ contactName: '𠮷䶮女士' }).contactName).toBe('𠮷䶮女士');
});

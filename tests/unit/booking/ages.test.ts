import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bandMonths, classBands, type ClassBand } from '#domain/directory/model.ts';
import { bookingRequest, defaultTermsOf, nothingSaid, type Slot, type SlotDetails } from '#domain/booking/model.ts';
import { belongsToClosed, closingOf } from '#domain/booking/closeBand.ts';
import { adviceFor, careHours, enrolmentHolds, fieldFaults, mayBook, monthFaults, opensAt, stateWithSeat } from '#domain/booking/rules.ts';
import { jurisdictionCode, makeEnrolmentCode, readEnrolmentCode, subdistrictCode } from '#domain/shared/codes.ts';
import { addDays, instant, instantAt, isoDate, monthOf, yearMonth, type IsoDate } from '#domain/shared/dates.ts';

const slotOn = (day: IsoDate, change: Partial<Slot> = {}): Slot => {
  const startsAt = instantAt(day, '10:00');
  return {
    id: '0190b000-0000-7000-8000-000000000001', jurisdiction: jurisdictionCode.parse('120105'), host: { kind: 'institution', id: '0190a000-0000-7000-8000-000000000001' }, kind: 'care', title: null,
    startsAt, endsAt: instant.parse(startsAt + 3 * 3_600_000), capacity: 8, taken: 0, waiting: 0, state: 'open', bands: [], details: nothingSaid.care, terms: defaultTermsOf('care'), ...change,
  };
};
const request = (change: object = {}) => bookingRequest.parse({
  slotId: '0190b000-0000-7000-8000-000000000001', children: [{ birthMonth: '2025-03' }], contactName: '示例家长', phone: '13800000000', consent: { rulesVersion: '2026-11', actingAs: 'guardian' }, ...change,
});

/** 满月龄 by the calendar: whole months from a full date of birth; a month whose day does not exist is completed on the day after its last. */
function wholeMonths(born: IsoDate, day: IsoDate): number {
  const [y, m, d] = born.split('-').map(Number);
  const [year, month, date] = day.split('-').map(Number);
  return ((year ?? 0) - (y ?? 0)) * 12 + (month ?? 0) - (m ?? 0) - ((date ?? 0) < (d ?? 0) ? 1 : 0);
}

const days = fc.integer({ min: 0, max: 366 * 5 }).map((after) => addDays(isoDate.parse('2024-01-01'), after));

test('care refuses a child only when no day of birth in its month would fit, over every day, leap years and month ends included', () => {
  fc.assert(fc.property(days, fc.integer({ min: 0, max: 48 * 31 }), fc.constantFrom(...classBands), (day, daysOld, band: ClassBand) => {
    const month = monthOf(addDays(day, -daysOld));
    const birthdays = Array.from({ length: 31 }, (_, at) => `${month}-${String(at + 1).padStart(2, '0')}`).flatMap((text) => isoDate.safeParse(text).data ?? []).filter((born) => born <= day);
    const [from, until] = bandMonths[band];
    const fitting = birthdays.filter((born) => { const months = wholeMonths(born, day); return months >= from && months < until; });
    const now = instantAt(addDays(day, -1), '08:00');
    const outcome = mayBook(slotOn(day, { bands: [band] }), request({ children: [{ birthMonth: month }] }), now, true);
    // Born on any day of the month that fits: taken. The one child the rule may take beyond that is born later in the month than today's date, and n−1 fits it.
    if (fitting.length > 0) expect(outcome.ok).toBe(true);
    if (!outcome.ok) expect(fitting).toEqual([]);
    if (outcome.ok && fitting.length === 0) expect([from - 1, from, until - 1, until]).toContain(wholeMonths(isoDate.parse(`${month}-01`), day));
  }), { numRuns: 3_000 });
});

test('the contract’s example: born in March 2025, cared for on 5 March 2026, is 11 or 12 months and is taken by both bands', () => {
  const slot = (band: ClassBand) => slotOn(isoDate.parse('2026-03-05'), { bands: [band] });
  const now = instantAt(isoDate.parse('2026-03-04'), '08:00');
  expect(['infant', 'toddler'].map((band) => mayBook(slot(band === 'infant' ? 'infant' : 'toddler'), request(), now, true).ok)).toEqual([true, true]);
  expect(mayBook(slot('older'), request(), now, true)).toEqual({ ok: false, reason: 'too-young' });
});

test('care is confirmed at once only with an enrolment, whatever its terms say; other kinds as their terms say', () => {
  const day = isoDate.parse('2026-12-01');
  const instantly = { ...defaultTermsOf('care'), confirmation: 'instant' as const };
  expect([stateWithSeat(slotOn(day, { terms: instantly }), false), stateWithSeat(slotOn(day), true)]).toEqual(['requested', 'confirmed']);
  expect([stateWithSeat(slotOn(day, { kind: 'class', terms: { ...instantly, confirmation: 'onRequest' } }), false), stateWithSeat(slotOn(day, { kind: 'visit', terms: instantly }), false)]).toEqual(['requested', 'confirmed']);
});

test('an enrolment code holds to its last day, and no longer than three months after the child was last seen', () => {
  const code = { id: 'a', jurisdiction: jurisdictionCode.parse('120105'), institution: 'b', issuedOn: isoDate.parse('2026-09-01'), validUntil: isoDate.parse('2027-08-31'), seenOn: isoDate.parse('2026-09-01'), state: 'active' as const, version: 1 };
  expect(['2026-12-02', '2026-12-03'].map((day) => enrolmentHolds(code, isoDate.parse(day)))).toEqual([true, false]);
  expect(['2027-08-31', '2027-09-01'].map((day) => enrolmentHolds({ ...code, seenOn: isoDate.parse('2027-08-01') }, isoDate.parse(day)))).toEqual([true, false]);
  expect(enrolmentHolds({ ...code, state: 'revoked' }, isoDate.parse('2026-09-02'))).toBe(false);
});

test('an enrolment code is read however it is typed, and nothing else is', () => {
  fc.assert(fc.property(fc.uint8Array({ minLength: 8, maxLength: 8 }), (random) => {
    const code = makeEnrolmentCode(random);
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/);
    for (const typed of [code, code.toLowerCase(), code.replaceAll('-', ''), ` ${code.replaceAll('-', ' ')} `]) expect(readEnrolmentCode(typed)).toBe(code);
  }));
  for (const typed of ['', '1234', 'UUUU-UUUU-UUUU', '1234-5678-9ABC-D']) expect(readEnrolmentCode(typed)).toBeUndefined();
});

test('expected months: visits, home visits and classes for 孕期 take them up to ten months ahead; care and other classes do not', () => {
  const day = isoDate.parse('2026-12-01');
  const now = instantAt(isoDate.parse('2026-11-22'), '10:00');
  const children = [{ birthMonth: yearMonth.parse('2027-05') }];
  const forPregnancy: SlotDetails = { ...nothingSaid.class, ages: { fromMonths: 0, untilMonths: 12, pregnancy: true } };
  const home: SlotDetails = { kind: 'homeVisit', subdistrict: subdistrictCode.parse('120105001'), twoCome: true, showCards: true, verifyPhone: null };
  const faults = ([['visit', nothingSaid.visit], ['homeVisit', home], ['class', forPregnancy], ['class', nothingSaid.class], ['care', nothingSaid.care]] as const)
    .map(([kind, details]) => monthFaults({ children }, slotOn(day, { kind, details }), now).length);
  expect(faults).toEqual([0, 0, 0, 1, 1]);
});

test('fields of one kind: the month planned for, the community, the subdistrict', () => {
  const day = isoDate.parse('2026-12-01');
  const now = instantAt(isoDate.parse('2026-11-22'), '10:00');
  const visit = slotOn(day, { kind: 'visit', details: nothingSaid.visit });
  expect(['2026-10', '2026-11', '2028-11', '2028-12'].map((plannedStart) => fieldFaults(request({ plannedStart }), visit, now).length)).toEqual([1, 0, 0, 1]);
  const home = slotOn(day, { kind: 'homeVisit', details: { kind: 'homeVisit', subdistrict: subdistrictCode.parse('120105001'), twoCome: true, showCards: true, verifyPhone: null } });
  expect(fieldFaults(request(), home, now)).toEqual([{ field: 'community', code: 'required' }]);
  expect(fieldFaults(request({ community: '示例社区', subdistrict: '120105002' }), home, now)).toEqual([{ field: 'subdistrict', code: 'unknown-value' }]);
  for (const community of ['示例小区 12 号楼 1203', '社区 13800000000']) expect(bookingRequest.safeParse({ ...request(), community }).success).toBe(false);
});

test('advice follows the month planned for, and a class’s own range', () => {
  const visit = slotOn(isoDate.parse('2026-12-01'), { kind: 'visit', details: nothingSaid.visit });
  expect([adviceFor(yearMonth.parse('2026-06'), visit).band, adviceFor(yearMonth.parse('2026-06'), visit, yearMonth.parse('2027-09')).band]).toEqual(['infant', 'toddler']);
  const talk = slotOn(isoDate.parse('2026-12-01'), { kind: 'class', details: { ...nothingSaid.class, ages: { fromMonths: 0, untilMonths: 6, pregnancy: false } } });
  expect(['2026-09', '2025-03'].map((month) => adviceFor(yearMonth.parse(month), talk).fit)).toEqual(['fits', 'too-old']);
});

test('a slot opens at the hour its terms name', () => {
  const slot = slotOn(isoDate.parse('2026-12-29'), { terms: { ...defaultTermsOf('care'), opensDaysAhead: 7, opensAt: '09:00' } });
  expect(opensAt(slot)).toBe(instantAt(isoDate.parse('2026-12-22'), '09:00'));
  expect(careHours(slot)).toEqual({ month: '2026-12', minutes: 180, most: null });
});

test('a closed band takes its own children, not those a band that stays would take', () => {
  const slot = slotOn(isoDate.parse('2026-12-01'), { bands: ['toddler', 'older'] });
  expect(closingOf(slot, ['toddler'])).toEqual({ kind: 'part', left: ['older'] });
  expect(closingOf(slot, ['toddler', 'older'])).toEqual({ kind: 'whole' });
  expect(['2025-06', '2024-12', '2024-06'].map((month) => belongsToClosed(slot, yearMonth.parse(month), ['toddler'], ['older']))).toEqual([true, false, false]);
});

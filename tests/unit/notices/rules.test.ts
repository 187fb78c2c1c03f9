import fc from 'fast-check';
import { expect, test } from 'vitest';
import { afterWaking, backoff, isWaking, mostAttempts, nextWaking, officeFrom, reachedShare, reminderDue, tellableAt } from '#domain/notices/rules.ts';
import { bookingNoticeKinds, noticeKinds, type BookingSubject, type NoticeSubject } from '#domain/notices/model.ts';
import { bookingKinds, staffReasons } from '#domain/booking/model.ts';
import { instant, instantAt, isoDate, timeOf, type Instant } from '#domain/shared/dates.ts';
import { calendarOf } from '#server/noticeCalendar.ts';
import { callScript, deskMail, listingMail, longestSms, noticeKindText, reportMail, smsText } from '#text/notices.ts';

const at = (day: string, time: string): Instant => instantAt(isoDate.parse(day), time);
const anInstant = fc.integer({ min: Date.UTC(2026, 0), max: Date.UTC(2029, 0) }).map((value) => instant.parse(value));

test('no message but a closure is ever told before eight or from nine in the evening, and none is told earlier than asked', () => {
  fc.assert(fc.property(anInstant, fc.constantFrom(...noticeKinds), (now, kind) => {
    const told = tellableAt(kind, now);
    expect(told).toBeGreaterThanOrEqual(now);
    if (kind === 'booking-cancelled-by-institution' || kind === 'institution-suspended' || kind === 'institution-closed') expect(told).toBe(now);
    else expect(timeOf(told) >= '08:00' && timeOf(told) < '21:00').toBe(true);
    expect(told - now).toBeLessThanOrEqual(11 * 3_600_000);
  }), { numRuns: 2_000 });
});

test('waking hours: the very ends of the day, and counting over a night', () => {
  expect([at('2026-11-23', '07:59'), at('2026-11-23', '08:00'), at('2026-11-23', '20:59'), at('2026-11-23', '21:00')].map(isWaking)).toEqual([false, true, true, false]);
  expect(nextWaking(at('2026-11-23', '21:00'))).toBe(at('2026-11-24', '08:00'));
  expect(afterWaking(at('2026-11-23', '20:00'), 7_200_000)).toBe(at('2026-11-24', '09:00'));
  expect(officeFrom(at('2026-11-23', '10:00'), 'booking-cancelled-by-institution')).toBe(at('2026-11-23', '12:00'));
  expect(officeFrom(at('2026-11-23', '10:00'), 'institution-closed')).toBe(at('2026-11-23', '10:00'));
  expect(officeFrom(at('2026-11-23', '20:30'), 'offer-made')).toBe(at('2026-11-24', '09:30'));
});

test('a reminder: six the evening before; booked later, the morning; missed, the next waking hour; too near, none', () => {
  const visit = at('2026-11-24', '10:00');
  const early = at('2026-11-20', '12:00');
  expect(reminderDue(visit, early, at('2026-11-22', '12:00'))).toBe(at('2026-11-23', '18:00'));
  expect(reminderDue(visit, at('2026-11-23', '19:00'), at('2026-11-23', '19:01'))).toBe(at('2026-11-24', '08:00'));
  expect(reminderDue(visit, early, at('2026-11-23', '20:00'))).toBe(at('2026-11-23', '20:00'));
  expect(reminderDue(visit, early, at('2026-11-23', '23:00'))).toBe(at('2026-11-24', '08:00'));
  expect(reminderDue(visit, early, at('2026-11-24', '09:01'))).toBeNull();
  expect(reminderDue(visit, early, at('2026-11-24', '11:00'))).toBeNull();
  expect(reminderDue(at('2026-11-24', '08:30'), at('2026-11-23', '20:00'), at('2026-11-23', '20:00'))).toBeNull();
});

test('waits double from half a minute to four hours, chance takes off at most half, and ten attempts last for hours', () => {
  expect([1, 2, 3].map((attempts) => backoff(attempts, 0))).toEqual([30_000, 60_000, 120_000]);
  fc.assert(fc.property(fc.integer({ min: 1, max: 60 }), fc.double({ min: 0, max: 0.999, noNaN: true }), (attempts, chance) => {
    expect(backoff(attempts, chance)).toBeLessThanOrEqual(4 * 3_600_000);
    expect(backoff(attempts, chance)).toBeGreaterThanOrEqual(backoff(attempts, 0) / 2 - 1);
  }));
  const whole = Array.from({ length: mostAttempts - 1 }, (_, index) => backoff(index + 1, 0)).reduce((sum, wait) => sum + wait, 0);
  expect(whole).toBeGreaterThan(4 * 3_600_000);
});

test('the share of those reached counts who wished to change as reached, and says nothing of nobody', () => {
  expect(reachedShare({ told: 1, changed: 1, notReached: 1, open: 0 })).toBe(66);
  expect(reachedShare({ told: 0, changed: 0, notReached: 0, open: 0 })).toBeNull();
});

const aBooking = (change: Partial<BookingSubject> = {}): BookingSubject => ({
  about: 'booking', id: 'one', reference: 'Y-7K3M9P2Q', host: { kind: 'institution', id: 'host', name: '示例·小森林托育园', phone: null, subdistrict: null }, bookingKind: 'visit', title: null,
  startsAt: at('2026-12-24', '10:30'), endsAt: at('2026-12-24', '11:00'), state: 'confirmed', version: 1, reason: null, offerEndsAt: at('2026-12-22', '20:30'), ...change,
});
const hosts = ['示例', '示例·小森林托育园', `示例${'很长名称的托育服务有限责任公司'.repeat(4)}`];
const subjects: readonly NoticeSubject[] = hosts.flatMap((name): readonly NoticeSubject[] => {
  const host = { kind: 'institution', id: 'host', name, phone: null, subdistrict: null } as const;
  return [...bookingKinds.flatMap((bookingKind) => staffReasons.map((reason) => aBooking({ host, bookingKind, reason }))), ...[true, false].map((hasEnded) => ({ about: 'demand' as const, hasEnded, id: 'd', reference: 'D-7K3M9P2Q', host })), { about: 'report', id: 'r', reference: 'X-7K3M9P2Q', host }, { about: 'listing', id: 'l', reference: '2026-11-23', host, isWhole: false }];
});

test('no short message passes 70 characters, and none says 投诉, holds a link or a word of a child', () => {
  const texts = subjects.flatMap((subject) => noticeKinds.flatMap((kind) => smsText(kind, subject) ?? []));
  expect(texts.length).toBeGreaterThan(bookingNoticeKinds.length * bookingKinds.length);
  for (const text of texts) {
    expect([...text].length, text).toBeLessThanOrEqual(longestSms);
    expect(text).toMatch(/^【托育服务】/);
    expect(text).not.toMatch(/投诉|举报|https?:|www|宝宝|孩子|婴幼儿|月龄|出生|undefined|null/);
  }
});

test('scripts and mails speak of no complaint, no money to send and no child by name; every kind has its words', () => {
  for (const subject of subjects) {
    for (const kind of noticeKinds) {
      const script = callScript(kind, subject, { contactName: '李女士' }).join('');
      expect(script).not.toMatch(/投诉|undefined|null/);
      expect(script.length).toBeGreaterThan(20);
      expect(noticeKindText[kind]).toBeTruthy();
    }
  }
  const mails = [...bookingNoticeKinds.map((kind) => deskMail(kind, aBooking())), reportMail({ reference: 'X-7K3M9P2Q', host: { name: '示例' } }), ...[true, false].map((isWhole) => listingMail({ host: { name: '示例' }, isWhole }))];
  for (const { subject, text } of mails) expect(`${subject}${text}`).not.toMatch(/投诉|李女士|1[3-9]\d{9}|月龄|出生|undefined/);
});

test('a calendar entry: REQUEST with its zone, then CANCEL of the same entry with a higher number', () => {
  const entry = { uid: 'booking-Y-7K3M9P2Q', sequence: 0, title: '参观：示例', address: '示例路 1 号', startsAt: at('2026-12-24', '10:30'), endsAt: at('2026-12-24', '11:00'), stamp: at('2026-11-23', '10:00'), cancelled: false, organiser: '示例' };
  const asked = calendarOf(entry);
  expect(asked.method).toBe('REQUEST');
  for (const line of ['METHOD:REQUEST', 'UID:booking-Y-7K3M9P2Q', 'SEQUENCE:0', 'DTSTART;TZID=Asia/Shanghai:20261224T103000', 'DTEND;TZID=Asia/Shanghai:20261224T110000', 'BEGIN:VTIMEZONE', 'TZOFFSETTO:+0800', 'BEGIN:VALARM']) {
    expect(asked.text.split('\r\n'), line).toContain(line);
  }
  const ended = calendarOf({ ...entry, sequence: 1, cancelled: true });
  for (const line of ['METHOD:CANCEL', 'UID:booking-Y-7K3M9P2Q', 'SEQUENCE:1', 'STATUS:CANCELLED']) expect(ended.text.split('\r\n')).toContain(line);
  expect(ended.text).not.toContain('VALARM');
});

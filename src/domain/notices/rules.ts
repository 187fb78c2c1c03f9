import type { BookingNoticeKind, BookingSubject, CallActor, CallRefusal, CallRow, NoticeKind, Reached } from '#domain/notices/model.ts';
import { addDays, dayOf, instant, instantAt, timeOf, type Instant } from '#domain/shared/dates.ts';

const [wakes, sleeps] = ['08:00', '21:00'] as const;
const [minuteMs, hourMs] = [60_000, 3_600_000] as const;

/** 可以打扰: from 8:00 until 21:00, Asia/Shanghai. */
export const isWaking = (at: Instant): boolean => timeOf(at) >= wakes && timeOf(at) < sleeps;

/** The instant itself when it is a waking one, else the next eight o'clock. */
export function nextWaking(at: Instant): Instant {
  if (isWaking(at)) return at;
  return timeOf(at) < wakes ? instantAt(dayOf(at), wakes) : instantAt(addDays(dayOf(at), 1), wakes);
}

/** The instant at which so many waking milliseconds have passed. */
export function afterWaking(at: Instant, milliseconds: number): Instant {
  let [from, left] = [nextWaking(at), milliseconds];
  for (;;) {
    const room = instantAt(dayOf(from), sleeps) - from;
    if (left <= room) return instant.parse(from + left);
    left -= room;
    from = instantAt(addDays(dayOf(from), 1), wakes);
  }
}

/** Whether a notice may wake somebody: only that what they set out for tomorrow does not take place, or may not. */
export const mayDisturb = (kind: NoticeKind): boolean => kind === 'booking-cancelled-by-institution' || kind === 'institution-suspended' || kind === 'institution-closed';

/** When a notice may be told to a person: at once, or at the next waking instant. */
export const tellableAt = (kind: NoticeKind, now: Instant): Instant => (mayDisturb(kind) ? now : nextWaking(now));

/** Attempts after which a row is a dead letter: two to four hours of trying, nights not counted. */
export const mostAttempts = 10;
const firstWaitMs = minuteMs / 2;
const longestWaitMs = 4 * hourMs;

/** Milliseconds to wait after the `attempts`th failure: doubled each time up to four hours; `chance` in [0, 1) takes off up to half, so that what failed together does not come back together. */
export const backoff = (attempts: number, chance: number): number => Math.round(Math.min(longestWaitMs, firstWaitMs * 2 ** Math.max(0, attempts - 1)) * (1 - chance / 2));

/** A reminder less than an hour before is no help on the way. */
const leastNoticeMs = hourMs;

/**
 * 提醒时间: six in the evening before; for what was booked after that, eight in the morning of the day. Where the hour was missed (the
 * program stood still), the next waking instant. Null when that leaves less than an hour, or it has begun.
 */
export function reminderDue(startsAt: Instant, bookedAt: Instant, now: Instant): Instant | null {
  const day = dayOf(startsAt);
  const eve = instantAt(addDays(day, -1), '18:00');
  const wanted = bookedAt <= eve ? eve : instantAt(day, wakes);
  const due = nextWaking(instant.parse(Math.max(wanted, now)));
  return due <= startsAt - leastNoticeMs ? due : null;
}

/** How far ahead reminders are written: the eve of everything that begins within these milliseconds is near. */
export const planAheadMs = 48 * hourMs;

/** One reminder for a booking and a time: a booking moved to another time gets another. */
export const reminderKey = (booking: string, startsAt: Instant): string => `reminder:${booking}:${startsAt}`;

/** Whether a notice still says what is so, read when it is about to be told; what is not is never told. */
export function stillTrue(kind: BookingNoticeKind, subject: BookingSubject, now: Instant, startsAt?: Instant): boolean {
  if (now >= subject.startsAt) return false;
  const { state } = subject;
  switch (kind) {
    case 'booking-made': case 'booking-confirmed': return state === 'confirmed';
    case 'reminder': return state === 'confirmed' && startsAt === subject.startsAt;
    case 'booking-requested': return state === 'requested';
    case 'booking-declined': return state === 'declined';
    case 'booking-cancelled': case 'booking-cancelled-by-institution': case 'institution-closed': return state === 'cancelled';
    case 'booking-rescheduled': return state === 'confirmed' || state === 'requested';
    case 'waiting-joined': return state === 'waiting';
    case 'offer-made': return state === 'offered' && subject.offerEndsAt !== null && now < subject.offerEndsAt;
    case 'offer-expired': case 'waiting-ended': return state === 'expired';
    case 'code-reissued': case 'institution-suspended': return state === 'requested' || state === 'confirmed' || state === 'waiting' || state === 'offered';
  }
}

/** What the family has just seen on the screen, or been told on the telephone: a call is a courtesy. A message costs nobody's time and is sent all the same. */
const seen: readonly NoticeKind[] = ['booking-made', 'booking-requested', 'booking-cancelled', 'waiting-joined', 'code-reissued'];
export const needsCall = (kind: NoticeKind): boolean => !seen.includes(kind);

/** What an institution is mailed about; it need not be told what it did itself, nor reminded by every family's reminder. */
const forTheDesk: readonly NoticeKind[] = ['booking-made', 'booking-requested', 'booking-cancelled', 'booking-rescheduled', 'waiting-joined'];
export const concernsDesk = (kind: NoticeKind): boolean => forTheDesk.includes(kind);

/** From when the street and the office may call where the institution has not: at once where it has closed and nobody there may call. */
export const officeFrom = (due: Instant, kind: NoticeKind): Instant => (kind === 'institution-closed' ? due : afterWaking(due, 2 * hourMs));

/** Why an account may not work on a row now; undefined when it may. */
export function refusalFor(actor: CallActor, row: CallRow, now: Instant): Extract<CallRefusal, 'not-yours' | 'not-yet'> | undefined {
  if (actor.jurisdiction !== row.jurisdiction) return 'not-yours';
  if (actor.side === 'institution') return actor.institution === row.institution ? undefined : 'not-yours';
  if (actor.subdistrict !== null && actor.subdistrict !== row.subdistrict) return 'not-yours';
  return row.officeAt <= now ? undefined : 'not-yet';
}

/** 已通知比例: whole per cent of those to be called who were spoken to; null where nobody was to be. */
export function reachedShare({ told, changed, notReached, open }: Reached): number | null {
  const all = told + changed + notReached + open;
  return all === 0 ? null : Math.floor(((told + changed) * 100) / all);
}
